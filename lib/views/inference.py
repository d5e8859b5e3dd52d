"""What lies behind a verdict: its numbers, its steps, the year under way, and what other methods say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from lib.explain import opinion_row, opinions_sentence, reported_sentence, steps_of, within_lines
from lib.export.figures import numbers_table
from lib.schema import Kind
from lib.views.table import show_cells, show_words
from lib.words import escape

if TYPE_CHECKING:
    from lib.verdict.model import Verdict
    from lib.verdict.target import Target
    from lib.views.shell import View

# Marks that change how a status is to be read, the gravest first; the others stand among the numbers.
WEIGHTY: Final = (
    "base_decides", "incomplete", "estimate", "methods_disagree", "weak_source", "worsening", "fell_back", "series_break",
    "growth_differs", "stale", "small_gap", "not_every_year",
)  # fmt: skip


def show_marks(view: View, verdict: Verdict) -> None:
    """The marks that matter for reading a status, a line each."""
    lines = [f":material/flag: {escape(view.texts(f'mark.{mark}'))}" for mark in WEIGHTY if mark in verdict.marks]
    if lines:
        st.caption("  \n".join(lines))


def show_inference(view: View, target: Target) -> None:
    """Everything behind one verdict, folded away: numbers, steps, the year under way, other methods."""
    verdict, texts = view.board.verdicts[target.target], view.texts
    if target.kind == Kind.MILESTONE or verdict.figure is None:
        return
    parts = {
        texts("region.numbers"): _show_numbers,
        texts("trace.title"): _show_steps,
        texts("opinion.title"): _show_opinions,
    }
    if verdict.within is not None:
        parts[texts("within.title")] = _show_within
    with st.expander(texts("region.behind")):
        for tab, show in zip(st.tabs(list(parts)), parts.values(), strict=True):
            with tab:
                show(view, verdict, target)


def show_reported(view: View, verdict: Verdict, target: Target) -> None:
    """Which members of the region have reported, where it is made of members."""
    sentence = reported_sentence(verdict.reported, target.indicator, view.words)
    if sentence:
        st.caption(escape(sentence))


def show_trace(view: View, verdict: Verdict, target: Target) -> None:
    """The steps where there is no room to fold: under a target that is itself unfolded."""
    if verdict.figure is not None:
        st.markdown(f"**{escape(view.texts('trace.title'))}**")
        _show_steps(view, verdict, target)


def _show_numbers(view: View, verdict: Verdict, target: Target) -> None:
    show_words(numbers_table(verdict, target, view.words), border="horizontal", hide_header=True)


def _show_steps(view: View, verdict: Verdict, target: Target) -> None:
    steps = steps_of(verdict, target, view.words)
    st.markdown("\n".join(f"{place}. {escape(step)}" for place, step in enumerate(steps, 1)))


def _show_opinions(view: View, verdict: Verdict, target: Target) -> None:  # noqa: ARG001 - as its neighbours
    sentence = opinions_sentence(verdict, view.words)
    st.markdown(escape(sentence or view.texts("opinion.none")))
    if verdict.opinions:
        rows = [opinion_row(opinion, view.words) for opinion in verdict.opinions]
        show_cells(pd.DataFrame(rows))


def _show_within(view: View, verdict: Verdict, target: Target) -> None:  # noqa: ARG001 - as its neighbours
    st.markdown("  \n".join(map(escape, within_lines(verdict.within, view.words))))
