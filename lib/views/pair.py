"""The partners of a pair beside each other, for plans that pair regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lib.export.pair import pair_lines, pair_sources, pair_table
from lib.export.table import to_csv
from lib.verdict.benchmark import pairs_of
from lib.views.chart_panel import file_name
from lib.views.state import choose, read_choice
from lib.views.table import fold_sheet, share_cells
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
    sheet = share_cells(view, ("pair", pair), lambda: pair_table(view.board, pairs[pair], view.words))
    if sheet.frame.empty:
        st.info(texts("pair.nothing"))
        return
    lines, sources = view.once(("pair", pair), lambda: _word_pair(view, pair, pairs[pair]))
    st.markdown(lines)
    fold_sheet(view, texts("chart.table"), f"pair-{pair}", lambda: sheet)
    st.caption(sources)
    offer_takeaway(view, pair)
    st.download_button(
        texts("pair.csv"), lambda: to_csv(sheet.frame), file_name=f"{file_name(f'pair-{pair}', view)}.csv", mime="text/csv",
        on_click="ignore", key="pair-csv",
    )  # fmt: skip


def _word_pair(view: View, pair: str, sides: tuple[str, str]) -> tuple[str, str]:
    """The pair in sentences, and the sources of its figures."""
    lines, sources = pair_lines(view.board, pair, view.words), pair_sources(view.board, sides, view.words)
    return "\n".join(f"- {escape(line)}" for line in lines), "  \n".join(map(escape, sources))
