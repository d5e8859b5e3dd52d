"""Regions against each other, the province, the nation or a partner: what compares, and why the rest does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from lib.charts.indicator import compare_chart
from lib.export.figures import tidy
from lib.schema import Basis, Nature
from lib.verdict.compare import Row, compare_regions
from lib.views.chart_panel import show_chart
from lib.views.pair import chosen_pair
from lib.views.state import choose, choose_many
from lib.views.table import show_cells
from lib.words import escape

if TYPE_CHECKING:
    from lib.series import Figure
    from lib.views.shell import View

MOST: Final = 6
SPANS: Final = {"year": (Basis.ANNUAL, Basis.POINT), "within": (Basis.YTD,)}


def show_comparison(view: View) -> None:
    """What is compared, the chart, and every period with what stands against comparing it."""
    indicator, regions, bases = _ask(view)
    if not view.board.known["indicator"].eq(indicator).any():
        st.info(view.texts("indicator.nothing"))
        return
    if len(regions) < 2:
        st.info(view.texts("compare.two"))
        return
    asked = (indicator, tuple(regions), bases)
    rows = view.board.once(("compared", asked), lambda: compare_regions(view.board, indicator, regions, bases))
    if not rows:
        st.info(view.texts("compare.nothing"))
        return
    chart = view.once(("compare", asked), lambda: compare_chart(view.board, indicator, rows, view.words))
    table = view.once(("comparison", asked), lambda: comparison_table(view, rows, regions))
    if chart is None:
        st.warning(view.texts("compare.none_alike"))
    else:
        show_chart(view, f"compare-{indicator}", chart, lambda: table)
    st.subheader(view.texts("compare.periods"), anchor=False)
    st.caption(view.texts("compare.periods_note", first=escape(view.words.short_region(regions[0]))))
    show_cells(table, key="compare-table", column_config=_number_looks(table), placeholder="—")


def _ask(view: View) -> tuple[str, list[str], tuple[Basis, ...]]:
    """Indicator, regions and span, each kept in the address."""
    texts, tables = view.texts, view.board.tables
    codes = [str(code) for code in tables.indicators.loc[tables.indicators["nature"] != Nature.EVENT, "indicator"]]
    first, second = st.columns((2, 1), vertical_alignment="bottom")
    with first:
        indicator = choose(view.texts("indicator.pick"), "indicator", codes, codes[0], view.words.indicator)
    with second:
        span = choose(texts("compare.span"), "span", list(SPANS), "year", lambda name: texts(f"compare.span_{name}"))
    known = view.board.known
    held = set(known.loc[known["indicator"] == indicator, "region"].astype("str"))
    listed = [str(code) for code in tables.regions["region"] if code in held]
    named, default = view.words.region, _first_two(view, held)
    regions = choose_many(texts("compare.regions"), "regions", listed, default, named, MOST) if listed else []
    return indicator, regions, SPANS[span]


def _first_two(view: View, held: set[str]) -> list[str]:
    """The pair that is looked at, else the plan's first two regions with figures, those with a target of their own first."""
    board, pair = view.board, chosen_pair(view)
    if pair is not None and held.issuperset(pair):
        return list(pair)
    own = [target.region for target in board.targets.values() if target.region in board.peers]
    return [code for code in dict.fromkeys([*own, *board.peers]) if code in held][:2]


def comparison_table(view: View, rows: list[Row], regions: list[str]) -> pd.DataFrame:
    """A row a period: each region's figure, the distance of each from the first named, and why it does not compare."""
    return pd.DataFrame([_cells(view, row, regions) for row in rows])


def _cells(view: View, row: Row, regions: list[str]) -> dict[str, Any]:
    texts, words = view.texts, view.words
    figures = {figure.region: figure for figure in row.figures}
    first, unit = figures.get(regions[0]), words.unit(row.figures[0].unit)
    values = {
        texts("compare.of", region=words.short_region(code), unit=unit): figures[code].value
        if code in figures
        else None
        for code in regions
    }
    apart = {
        texts("compare.apart", region=words.short_region(code), unit=_apart_unit(view, row)): _distance(
            figures.get(code), first, row
        )
        for code in regions[1:]
    }
    return {
        texts("column.period"): words.span(row.figures[0]),
        **values,
        **apart,
        texts("column.status"): texts(f"vintage.{row.vintage}") if not row.refused else "",
        texts("column.note"): texts(f"compare.refused_{row.refused}") if row.refused else "",
    }


def _apart_unit(view: View, row: Row) -> str:
    """Rates lie percentage points apart, amounts their own unit."""
    unit = row.figures[0].unit
    return view.words.unit("pp" if unit == "pct" else unit)


def _distance(figure: Figure | None, first: Figure | None, row: Row) -> float | None:
    """How far a figure lies from the first region's; nothing where they do not compare."""
    if figure is None or first is None or row.refused:
        return None
    return tidy(figure.value - first.value)


def _number_looks(table: pd.DataFrame) -> dict[str, Any]:
    """Numbers as the reader's own machine writes them."""
    numbers = table.select_dtypes("number").columns
    return {name: st.column_config.NumberColumn(format="localized") for name in numbers}
