"""One indicator across regions: ranking and map of a year, a panel a city on one scale, all its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lib.charts.indicator import indicator_map, multiples_chart, periods_of, ranking_chart
from lib.explain import reported_sentence
from lib.export.figures import figures_table, in_order, period_words, used_table
from lib.schema import Basis, Nature
from lib.views.cached import load_boundaries
from lib.views.chart_panel import show_chart
from lib.views.state import choose, link_parameters
from lib.views.table import fold_sheet, share_cells, show_sheet
from lib.words import escape

if TYPE_CHECKING:
    from lib.series import Figure
    from lib.views.shell import View

YEARS_SHOWN = 2


def pick_indicator(view: View) -> str:
    """Ask for an indicator; milestones have no figures."""
    table = view.board.tables.indicators
    codes = [str(code) for code in table.loc[table["nature"] != Nature.EVENT, "indicator"]]
    return choose(view.texts("indicator.pick"), "indicator", codes, codes[0], view.words.indicator)


def show_indicator(view: View, indicator: str) -> None:
    """What the indicator means, then its charts; where nothing is published, say so."""
    row = view.words.indicators[indicator]
    st.markdown(escape(str(row[f"definition_{view.texts.lang}"])))
    known = view.board.known
    sheet = share_cells(
        view,
        ("indicator-figures", indicator),
        lambda: figures_table(in_order(known[known["indicator"] == indicator]), view.words),
    )
    if sheet.frame.empty:
        st.info(view.texts("indicator.nothing"))
        st.page_link("pages/upload.py", label=view.texts("region.upload"), query_params=link_parameters())
        return
    _show_year(view, indicator)
    panels = view.once(("multiples", indicator), lambda: multiples_chart(view.board, indicator, view.words))
    if panels is not None:
        st.divider()
        show_chart(view, f"series-{indicator}", panels, lambda: sheet.frame)
    _show_zones(view, indicator)
    fold_sheet(view, view.texts("indicator.all_figures", count=len(sheet.frame)), f"figures-{indicator}", lambda: sheet)


def _show_zones(view: View, indicator: str) -> None:
    """The plan's regions where they have a figure: published as such, or summed from all members."""
    zones = view.board.zones
    figures = [figure for zone in zones for figure in view.board.yearly(zone, indicator)]
    reported = [line for zone in zones for line in _reported_lines(view, zone, indicator)]
    if figures or reported:
        st.markdown(f"**{escape(view.texts('indicator.zones'))}**")
        st.caption("  \n".join([view.texts("indicator.zones_note"), *reported]))
    if figures:
        show_sheet(share_cells(view, ("zones", indicator), lambda: used_table(figures, view.words)))


def _reported_lines(view: View, zone: str, indicator: str) -> list[str]:
    """Who has reported the newest years of a region's indicator, where somebody has not."""
    newest = [item for item in view.board.reported(zone, indicator) if item.missing][-YEARS_SHOWN:]
    sentences = [reported_sentence(item, indicator, view.words) for item in newest]
    return [
        escape(view.texts("indicator.reported", region=view.words.short_region(zone), text=text)) for text in sentences
    ]


def _show_year(view: View, indicator: str) -> None:
    """The ranking and the map of the year chosen; at first the latest year in which most regions have a figure."""
    periods = view.board.once(("periods", indicator), lambda: periods_of(view.board, indicator))
    if not periods:
        st.info(view.texts("indicator.no_cities"))
        return
    default = max(periods, key=lambda code: (len(periods[code]), code))
    period = choose(view.texts("indicator.period"), "period", list(periods), default, _PeriodWords(view, periods))
    figures = periods[period]
    ranking = view.once(
        ("ranking", indicator, period), lambda: ranking_chart(view.board, indicator, figures, view.words)
    )
    shades = view.once(
        ("shades", indicator, period),
        lambda: indicator_map(view.board, load_boundaries(), indicator, figures, view.words),
    )
    for column, kind, chart in zip(st.columns((5, 4), gap="large"), ("ranking", "map"), (ranking, shades), strict=True):
        if chart is None:
            continue
        with column:
            show_chart(view, f"{kind}-{indicator}-{period}", chart, lambda: used_table(figures, view.words))


class _PeriodWords:
    """Words for a period in the list: the year and how many regions have a figure."""

    def __init__(self, view: View, periods: dict[str, list[Figure]]) -> None:
        """Keep what the words need."""
        self.view, self.periods = view, periods

    def __call__(self, code: str) -> str:
        """Word one period."""
        count = len(self.periods[code])
        return self.view.texts(
            "indicator.period_count", period=period_words(code, Basis.ANNUAL, self.view.words), count=count
        )
