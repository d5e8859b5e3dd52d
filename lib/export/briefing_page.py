"""A briefing as one HTML file that needs nothing else, prints well, and is safe whatever a source is called."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from lib.charts.frame import framed
from lib.export.page import POLICY
from lib.theme import FONT

if TYPE_CHECKING:
    from lib.charts.frame import Chart
    from lib.export.briefing import Briefing

_PAGES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined,
    trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip


def to_page(briefing: Briefing) -> bytes:
    """The file: words first, then table, charts and sections; about 5 MB, as it carries its own plotly.js."""
    page = _PAGES.get_template("briefing.html")
    charts = [(name, chart, _drawing(chart)) for name, chart in briefing.charts.items()]
    library = Markup(get_plotlyjs()) if charts else ""  # noqa: S704 - the library's own script, not data
    return page.render(briefing=briefing, charts=charts, library=library, policy=POLICY, font=Markup(FONT)).encode()  # noqa: S704 - ours


def _drawing(chart: Chart) -> Markup:
    """The framed chart as a piece of HTML; plotly escapes what stands in it for its script."""
    piece = framed(chart).to_html(full_html=False, include_plotlyjs=False, config={"staticPlot": True})
    return Markup(piece)  # noqa: S704 - plotly's own, texts passed through plot_text
