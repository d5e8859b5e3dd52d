"""The scoreboard: one row a target, grouped by the plan's regions; an ambiguous sentence shows both readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lib.export.figures import verdicts_table
from lib.export.table import to_csv
from lib.schema import Kind
from lib.summary import Selection
from lib.views.cached import load_quarter_before
from lib.views.chart_panel import file_name
from lib.views.filters import choose_targets
from lib.views.row import is_judged, show_judged, show_open, show_open_reading, title_of
from lib.views.shell import keep_current
from lib.views.state import link_parameters
from lib.views.status import badge
from lib.words import escape

if TYPE_CHECKING:
    from lib.verdict.board import Board
    from lib.verdict.target import Target
    from lib.views.shell import View

EVERYTHING = Selection()


@st.fragment
def show_scoreboard(view: View) -> None:
    """The targets chosen, one group a region of the plan; another choice draws only this part of the page anew."""
    keep_current(view)
    st.subheader(view.texts("scoreboard.title"), anchor=False)
    selection = choose_targets(view)
    grouped, before = by_subject(view, selection), load_quarter_before(view.board)
    for subject, sentences in grouped.items():
        _show_group(view, before, subject, sentences)
    targets = [target for sentences in grouped.values() for readings in sentences for target in readings]
    if any(is_judged(view, target) for target in targets):
        st.caption(view.texts("scoreboard.legend"))
    shown = [target.target for target in targets]
    st.download_button(
        view.texts("scoreboard.download"), lambda: to_csv(verdicts_table(view.board, view.words, shown)), mime="text/csv",
        file_name=f"{file_name('verdicts', view)}.csv", on_click="ignore", key="scoreboard-csv", disabled=not shown,
    )  # fmt: skip


def by_subject(view: View, selection: Selection = EVERYTHING) -> dict[str, list[list[Target]]]:
    """The sentences chosen under each region's heading in the plan, numbers before milestones."""
    grouped: dict[str, list[list[Target]]] = {}
    for readings in view.board.sentences().values():
        if selection.keeps(view.board, readings):
            grouped.setdefault(readings[0].subject, []).append(readings)
    return {
        subject: sorted(sentences, key=lambda readings: readings[0].kind == Kind.MILESTONE)
        for subject, sentences in grouped.items()
    }


def _show_group(view: View, before: Board, subject: str, sentences: list[list[Target]]) -> None:
    """A region's judged sentences a row each, then all others a line each, in two columns where there is room."""
    judged = [readings for readings in sentences if any(is_judged(view, target) for target in readings)]
    others = [readings for readings in sentences if readings not in judged]
    with st.container(border=True, gap="xsmall", key=f"group-{subject}"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"##### {escape(view.words.region(subject))}", width="content")
            st.page_link(
                "pages/regions.py", label=view.texts("scoreboard.open"),
                query_params={**link_parameters(), "lang": view.texts.lang, "region": subject},
            )  # fmt: skip
        for readings in judged:
            _show_judged(view, before, readings)
        half = (len(others) + 1) // 2
        for column, part in zip(st.columns(2), (others[:half], others[half:]), strict=True):
            with column, st.container(gap=None):
                for readings in part:
                    show_open(view, before, readings)


def _show_judged(view: View, before: Board, readings: list[Target]) -> None:
    """A sentence of the plan with a verdict: its words once, then a row for each reading."""
    if len(readings) > 1:
        st.markdown(f"**{escape(title_of(view, readings[0]))}** {badge(view.board.outcome(readings), view.texts)}")
        st.caption(view.texts("scoreboard.ambiguous"))
    for target in readings:
        if is_judged(view, target):
            show_judged(view, before, target, reading=len(readings) > 1)
        else:
            show_open_reading(view, target)
