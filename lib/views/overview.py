"""The overview: the answer in a sentence, counts by status, what changed, the map."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import streamlit as st

from lib.charts.overview import map_chart
from lib.explain import change_sentence
from lib.export.figures import verdicts_table
from lib.summary import ORDER, by_gravity, headline, news
from lib.verdict.causes import changes_between
from lib.verdict.trend import GRAVITY
from lib.views.cached import load_boundaries, load_quarter_before
from lib.views.chart_panel import show_chart
from lib.views.moves import move_lines
from lib.views.scoreboard import by_subject
from lib.views.status import badge, sign
from lib.words import escape, finding

if TYPE_CHECKING:
    from lib.verdict.causes import Change
    from lib.verdict.target import Target
    from lib.views.shell import View

MOST_FINDINGS = 8


def show_answer(view: View) -> None:
    """Say first how the plan stands."""
    answer, badges = view.once("answer", lambda: _word_answer(view))
    st.caption(escape(view.words.plan_title))
    st.header(answer, anchor=False)
    st.markdown(badges)


def _word_answer(view: View) -> tuple[str, str]:
    counts = view.board.tally()
    badges = [badge(status, view.texts, count=counts[status]) for status in ORDER if counts[status]]
    return escape(headline(counts, view.words)), " ".join(badges)


def show_findings(view: View) -> None:
    """The verdicts that have a colour, each as a sentence, the gravest first."""
    board = view.board
    st.subheader(view.texts("overview.findings"), anchor=False)
    lines = view.once("findings", lambda: _word_findings(view))
    st.markdown("\n\n".join(lines[:MOST_FINDINGS]))
    if len(lines) > MOST_FINDINGS:
        st.caption(view.texts("overview.more_findings", count=len(lines) - MOST_FINDINGS))
    if not lines:
        st.info(view.texts("overview.no_findings"))
        if board.known.empty:
            st.page_link(
                "pages/upload.py", label=view.texts("page.upload.title"), query_params={"lang": view.texts.lang}
            )


def _word_findings(view: View) -> list[str]:
    board = view.board
    pairs = [(verdict, board.targets[verdict.target]) for verdict in by_gravity(board.verdicts.values())]
    return [
        f"{badge(verdict.status, view.texts)} {escape(finding(verdict, target, view.words))}"
        for verdict, target in pairs
    ]


def show_changes(view: View) -> None:
    """What changed since the last quarter and why; which figures came in, also where they changed nothing."""
    board, before = view.board, load_quarter_before(view.board)
    st.markdown(f"**{escape(view.texts('overview.since', date=view.words.day(before.as_of)))}**")
    changes = board.once("changes", lambda: changes_between(before, board))
    arrived = view.once("news", lambda: escape(news(before, board, view.words) or view.texts("news.none")))
    if not changes:
        st.markdown(view.texts("overview.quiet", status=view.texts("overview.no_change"), news=arrived))
        return
    told = [change for change in changes if change.old in GRAVITY or change.new in GRAVITY]
    if told:
        st.markdown("\n".join(move_lines(view, board, told)))
    _show_alike(view, [change for change in changes if change not in told])
    st.caption(arrived)


def _show_alike(view: View, changes: list[Change]) -> None:
    """Changes between statuses without a colour: those of one kind in a line that unfolds."""
    kinds: dict[tuple[str, str, str], list[Change]] = {}
    for change in changes:
        kinds.setdefault((change.old, change.new, change_sentence(change, view.words)), []).append(change)
    for (old, new, cause), alike in kinds.items():
        lines = "\n".join(move_lines(view, view.board, alike))
        if len(alike) == 1:
            st.markdown(lines)
            continue
        shapes = {"old": sign(old, view.texts), "new": sign(new, view.texts)}
        label = view.texts("overview.alike", count=len(alike), cause=cause, **shapes)
        with st.expander(escape(label), type="compact", key=f"alike-{old}-{new}-{alike[0].target}"):
            st.markdown(lines)


def show_regions(view: View) -> None:
    """One line a region: how many of its sentences stand where."""
    lines = view.once("by_region", lambda: [_word_region(view, *group) for group in by_subject(view).items()])
    st.markdown("  \n".join([f"**{escape(view.texts('overview.by_region'))}**", *lines]))


def _word_region(view: View, subject: str, sentences: list[list[Target]]) -> str:
    counts = Counter(view.board.outcome(readings) for readings in sentences)
    badges = " ".join(badge(status, view.texts, count=counts[status]) for status in ORDER if counts[status])
    return view.texts("overview.region_line", region=escape(view.words.short_region(subject)), badges=badges)


def show_map(view: View) -> None:
    """The map with its downloads, where the plan has one; the table behind it is the verdicts."""
    chart = view.once("map", lambda: map_chart(view.board, load_boundaries(), view.words))
    if chart is not None:
        show_chart(view, "map", chart, lambda: verdicts_table(view.board, view.words))
