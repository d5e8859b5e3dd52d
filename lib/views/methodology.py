"""How a status is decided, in words: the kinds, the statuses, vintages, breaks, zones, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from lib.schema import Kind, Status
from lib.views.status import badge
from lib.words import escape

if TYPE_CHECKING:
    from lib.views.shell import View

SECTIONS: Final = ("principles", "vintages", "breaks", "zones", "ambiguous", "as_of")

FORMULAS: Final = {
    Kind.LEVEL: r"\mathrm{pace} = \frac{(v - v_0)/(T - v_0)}{(t - t_0)/(t_T - t_0)}",
    Kind.AVERAGE_GROWTH: r"\bar g = \Big(\prod_{i=1}^{n} (1 + g_i)\Big)^{1/n} - 1",
    Kind.CUMULATIVE_CHANGE: r"\mathrm{done} = \frac{\ln (v/v_0)}{\ln (1 + c)}",
    Kind.RELATIVE: r"\bar g_{\mathrm{region}} - \bar g_{\mathrm{benchmark}}",
}


def show_methodology(view: View) -> None:
    """Statuses first, then the rule of each kind, then how figures are chosen."""
    texts = view.texts
    st.subheader(texts("method.statuses"), anchor=False)
    for status in Status:
        st.markdown(f"{badge(status, texts)} {texts(f'method.status.{status}')}")
    st.subheader(texts("method.kinds"), anchor=False)
    for kind in Kind:
        st.markdown(f"**{texts(f'kind.{kind}')}.** {texts(f'method.kind.{kind}')}")
        if kind in FORMULAS:
            st.latex(FORMULAS[kind])
    for section in SECTIONS:
        st.subheader(texts(f"method.{section}.title"), anchor=False)
        st.markdown(texts(f"method.{section}.text"))
    _show_breaks(view)
    _show_lags(view)
    st.subheader(texts("method.sources.title"), anchor=False)
    st.markdown(texts("method.sources.text"))


def _show_breaks(view: View) -> None:
    """The breaks on file."""
    texts, words = view.texts, view.words
    rows = view.board.tables.breaks
    with st.expander(texts("method.breaks.table", count=len(rows))):
        table = pd.DataFrame(
            {
                texts("column.indicator"): [words.indicator(code) for code in rows["indicator"]],
                texts("column.region"): [
                    words.region(code) if code else texts("method.all_regions") for code in rows["region"]
                ],
                texts("column.period"): list(rows["period"]),
                texts("column.note"): list(rows[f"reason_{texts.lang}"]),
                texts("column.source"): list(rows["source"]),
            }
        )
        st.dataframe(table, hide_index=True)


def _show_lags(view: View) -> None:
    """The assumed release dates and the definitions, indicator by indicator."""
    texts, words = view.texts, view.words
    rows = view.board.tables.indicators
    rows = rows[rows["release_lag_days"].notna()]
    with st.expander(texts("method.indicators.table", count=len(rows))):
        table = pd.DataFrame(
            {
                texts("column.indicator"): [words.indicator(code) for code in rows["indicator"]],
                texts("column.unit"): [words.unit(code) for code in rows["unit"]],
                texts("column.release_lag"): list(rows["release_lag_days"]),
                texts("column.revision_lag"): list(rows["revision_lag_days"]),
                texts("column.definition"): list(rows[f"definition_{texts.lang}"]),
                texts("column.source"): list(rows["source"]),
            }
        )
        st.dataframe(table, hide_index=True)


def show_attributions(view: View) -> None:
    """Whose work the page rests on."""
    st.caption(escape(view.texts("method.attributions")))
