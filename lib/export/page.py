"""A chart as one HTML file that needs nothing else: no network, no server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lib.charts.frame import framed

if TYPE_CHECKING:
    from lib.charts.frame import Chart


# The file may run what stands in it and ask for nothing.
POLICY: Final = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"


def to_html(chart: Chart) -> bytes:
    """The framed chart with its own copy of plotly.js; about 5 MB."""
    page: str = framed(chart).to_html(include_plotlyjs=True, full_html=True, config={"displaylogo": False})
    policy = f'<head><meta http-equiv="Content-Security-Policy" content="{POLICY}" />'
    return page.replace("<head>", policy, 1).encode()
