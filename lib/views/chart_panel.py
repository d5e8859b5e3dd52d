"""A chart on the page: its finding, the picture, its sources, the downloads and the table behind it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from lib.export.page import frame_of, to_html
from lib.export.press import print_charts
from lib.export.table import to_csv
from lib.views.cached import find_press
from lib.views.download import CHART_CONFIG, LABEL_KEYS, offer_downloads
from lib.views.table import show_cells
from lib.words import escape

if TYPE_CHECKING:
    import pandas as pd

    from lib.charts.frame import Chart
    from lib.views.shell import View

HEADING: Final = "#### "


def show_chart(view: View, chart_id: str, chart: Chart, table: pd.DataFrame, *, titled: bool = True) -> None:
    """Show a chart with everything that makes it stand alone; `table` is what its CSV holds."""
    if titled:
        st.markdown(HEADING + escape(chart.heading.title))
    st.caption(escape(chart.heading.subtitle))
    with st.container(key=f"chart-{chart_id}"):
        st.plotly_chart(chart.figure, config=CHART_CONFIG, key=f"plot-{chart_id}", alt=chart.alt)
    st.caption("  \n".join(escape(note) for note in chart.heading.notes))
    offer_downloads(
        chart_id,
        frame_of(chart),
        name=file_name(chart_id, view),
        pdf=partial(_to_pdf, chart) if find_press() else None,
        html=partial(to_html, chart),
        csv=partial(to_csv, table),
        labels={key: view.texts(f"download.{key}") for key in LABEL_KEYS},
    )
    with st.expander(view.texts("chart.table")):
        show_cells(table, alt=chart.alt)


def _to_pdf(chart: Chart) -> bytes:
    return print_charts({"chart": chart}, ("pdf",))["chart.pdf"]


def file_name(chart_id: str, view: View) -> str:
    """A file name that says what it holds and of which day."""
    held = "" if view.board.entry is None else f"-entry{view.board.entry}"
    return f"{view.board.plan.lower()}-{chart_id}-{view.board.as_of.isoformat()}{held}-{view.texts.lang}"
