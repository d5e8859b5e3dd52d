"""The overview: the answer in a sentence, counts by status, what changed, the map."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import streamlit as st

from lib.charts.overview import map_chart
from lib.explain import change_sentence
from lib.export.figures import verdicts_table
from lib.summary import ORDER, by_gravity, headline, last_quarter_end
from lib.verdict.causes import changes_between
from lib.views.cached import load_board, load_boundaries
from lib.views.chart_panel import show_chart
from lib.views.scoreboard import by_subject
from lib.views.status import badge
from lib.words import escape, finding

if TYPE_CHECKING:
    from lib.verdict.board import Board
    from lib.views.shell import View

MOST_FINDINGS = 8


def show_answer(view: View) -> None:
    """Say first how the plan stands."""
    counts = view.board.tally()
    st.caption(view.texts("overview.plan"))
    st.header(headline(counts, view.words), anchor=False)
    st.markdown(" ".join(badge(status, view.texts, count=counts[status]) for status in ORDER if counts[status]))


def show_findings(view: View) -> None:
    """The verdicts that have a colour, each as a sentence; then what changed since the last quarter."""
    board = view.board
    st.subheader(view.texts("overview.findings"), anchor=False)
    coloured = by_gravity(board.verdicts.values())
    for verdict in coloured[:MOST_FINDINGS]:
        text = escape(finding(verdict, board.targets[verdict.target], view.words))
        st.markdown(f"{badge(verdict.status, view.texts)} {text}")
    if len(coloured) > MOST_FINDINGS:
        st.caption(view.texts("overview.more_findings", count=len(coloured) - MOST_FINDINGS))
    if not coloured:
        st.info(view.texts("overview.no_findings"))
    before = last_quarter_end(board.as_of)
    st.markdown(f"**{escape(view.texts('overview.since', date=view.words.day(before)))}**")
    for line in changes(load_board(before, likely=board.likely, upto=board.entry), view) or [
        view.texts("overview.no_change")
    ]:
        st.markdown(line)


def show_regions(view: View) -> None:
    """One line a region: how many of its sentences stand where."""
    board = view.board
    st.markdown(f"**{escape(view.texts('overview.by_region'))}**")
    for subject, sentences in by_subject(view).items():
        counts = Counter(board.outcome(readings) for readings in sentences)
        badges = " ".join(badge(status, view.texts, count=counts[status]) for status in ORDER if counts[status])
        st.markdown(view.texts("overview.region_line", region=escape(view.words.short_region(subject)), badges=badges))


def changes(before: Board, view: View) -> list[str]:
    """The targets whose status differs from what it was and why, as markdown lines."""
    return [
        view.texts(
            "overview.change",
            target=escape(change.target),
            old=badge(change.old, view.texts),
            new=badge(change.new, view.texts),
            cause=escape(change_sentence(change, view.words)),
        )
        for change in changes_between(before, view.board)
    ]


def show_map(view: View) -> None:
    """The map with its downloads; the table behind it is the verdicts."""
    show_chart(
        view, "map", map_chart(view.board, load_boundaries(), view.words), verdicts_table(view.board, view.words)
    )
