"""A chart on the page: its finding, the picture, its sources, the downloads and the table behind it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from lib.export.page import to_html
from lib.export.press import print_charts
from lib.export.table import to_csv
from lib.views.cached import find_press
from lib.views.download import CHART_CONFIG, LABEL_KEYS, offer_downloads
from lib.views.drawn import draw
from lib.views.table import fold_sheet, share_cells
from lib.words import escape

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from lib.charts.frame import Chart
    from lib.views.shell import View

HEADING: Final = "#### "


def show_chart(
    view: View, chart_id: str, chart: Chart, table: Callable[[], pd.DataFrame], *, titled: bool = True
) -> None:
    """Show a chart, shared among visitors, with everything that makes it stand alone; `table` gives what its CSV holds."""
    sheet = partial(share_cells, view, chart, table, alt=chart.alt)
    if titled:
        st.markdown(HEADING + escape(chart.heading.title))
    st.caption(escape(chart.heading.subtitle))
    with st.container(key=f"chart-{chart_id}"):
        draw(chart.figure, f"plot-{chart_id}", chart.alt, CHART_CONFIG)
    st.caption("  \n".join(escape(note) for note in chart.heading.notes))
    offer_downloads(
        chart_id,
        chart.frame,
        name=file_name(chart_id, view),
        pdf=partial(_to_pdf, chart) if find_press() else None,
        html=partial(to_html, chart),
        csv=lambda: to_csv(sheet().frame),
        labels={key: view.texts(f"download.{key}") for key in LABEL_KEYS},
    )
    fold_sheet(view, view.texts("chart.table"), chart_id, sheet)


def _to_pdf(chart: Chart) -> bytes:
    return print_charts({"chart": chart}, ("pdf",))["chart.pdf"]


def file_name(chart_id: str, view: View) -> str:
    """A file name that says what it holds and of which day."""
    held = "" if view.board.entry is None else f"-entry{view.board.entry}"
    return f"{view.board.plan.lower()}-{chart_id}-{view.board.as_of.isoformat()}{held}-{view.texts.lang}"
