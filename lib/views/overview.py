"""The overview: the answer in a sentence, counts by status, what changed, the map."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import streamlit as st

from lib.charts.overview import map_chart
from lib.export.figures import verdicts_table
from lib.summary import ORDER, by_gravity, headline, news
from lib.verdict.causes import changes_between
from lib.views.cached import load_boundaries, load_quarter_before
from lib.views.chart_panel import show_chart
from lib.views.moves import move_lines
from lib.views.scoreboard import by_subject
from lib.views.status import badge
from lib.words import escape, finding

if TYPE_CHECKING:
    from lib.views.shell import View

MOST_FINDINGS = 8


def show_answer(view: View) -> None:
    """Say first how the plan stands."""
    counts = view.board.tally()
    st.caption(view.texts("overview.plan"))
    st.header(headline(counts, view.words), anchor=False)
    st.markdown(" ".join(badge(status, view.texts, count=counts[status]) for status in ORDER if counts[status]))


def show_findings(view: View) -> None:
    """The verdicts that have a colour, each as a sentence, the gravest first."""
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


def show_changes(view: View) -> None:
    """What changed since the last quarter and why; which figures came in, also where they changed nothing."""
    board, before = view.board, load_quarter_before(view.board)
    st.markdown(f"**{escape(view.texts('overview.since', date=view.words.day(before.as_of)))}**")
    moved = move_lines(view, board, changes_between(before, board))
    arrived = news(before, board, view.words) or view.texts("news.none")
    if moved:
        st.markdown("\n".join(moved))
        st.caption(escape(arrived))
    else:
        st.markdown(view.texts("overview.quiet", status=view.texts("overview.no_change"), news=escape(arrived)))


def show_regions(view: View) -> None:
    """One line a region: how many of its sentences stand where."""
    board, lines = view.board, []
    for subject, sentences in by_subject(view).items():
        counts = Counter(board.outcome(readings) for readings in sentences)
        badges = " ".join(badge(status, view.texts, count=counts[status]) for status in ORDER if counts[status])
        name = escape(view.words.short_region(subject))
        lines.append(view.texts("overview.region_line", region=name, badges=badges))
    st.markdown("  \n".join([f"**{escape(view.texts('overview.by_region'))}**", *lines]))


def show_map(view: View) -> None:
    """The map with its downloads; the table behind it is the verdicts."""
    show_chart(
        view, "map", map_chart(view.board, load_boundaries(), view.words), verdicts_table(view.board, view.words)
    )
