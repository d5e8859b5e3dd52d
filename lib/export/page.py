"""A chart as one HTML file that needs nothing else: no network, no server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lib.charts.frame import framed

if TYPE_CHECKING:
    from lib.charts.frame import Chart


def to_html(chart: Chart) -> bytes:
    """The framed chart with its own copy of plotly.js; about 5 MB."""
    page: str = framed(chart).to_html(include_plotlyjs=True, full_html=True, config={"displaylogo": False})
    return page.encode()


def frame_of(chart: Chart) -> dict[str, Any]:
    """The framed layout as plain JSON values, for pictures made in the visitor's browser."""
    layout: dict[str, Any] = json.loads(framed(chart).to_json())["layout"]
    return layout
