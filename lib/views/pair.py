"""The partners of a pair beside each other, for plans that pair regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lib.export.pair import pair_lines, pair_sources, pair_table
from lib.export.table import to_csv
from lib.verdict.benchmark import pairs_of
from lib.views.chart_panel import file_name
from lib.views.state import choose, read_choice
from lib.views.table import show_cells
from lib.views.takeaway import offer_takeaway
from lib.words import escape

if TYPE_CHECKING:
    from lib.views.shell import View


def chosen_pair(view: View) -> tuple[str, str] | None:
    """The two sides of the pair in the address, of the first if it names none; None for a plan without pairs."""
    pairs = pairs_of(view.board)
    return pairs[read_choice("pair", list(pairs), next(iter(pairs)))] if pairs else None


def show_pair(view: View) -> None:
    """Every indicator of a pair with gap, growth and years behind; the evaluation sheet to take away."""
    pairs, texts = pairs_of(view.board), view.texts
    if not pairs:
        return
    st.subheader(texts("pair.title"), anchor=False)
    pair = choose(texts("pair.pick"), "pair", list(pairs), next(iter(pairs)), view.words.region)
    st.caption(escape(texts("pair.note")))
    table = pair_table(view.board, pairs[pair], view.words)
    if table.empty:
        st.info(texts("pair.nothing"))
        return
    st.markdown("\n".join(f"- {escape(line)}" for line in pair_lines(view.board, pair, view.words)))
    with st.expander(texts("chart.table")):
        show_cells(table, key="pair-table")
    st.caption("  \n".join(map(escape, pair_sources(view.board, pairs[pair], view.words))))
    offer_takeaway(view, pair)
    st.download_button(
        texts("pair.csv"), to_csv(table), file_name=f"{file_name(f'pair-{pair}', view)}.csv", mime="text/csv",
        on_click="ignore", key="pair-csv",
    )  # fmt: skip
