"""A row of the scoreboard: one line of essentials for a target with figures, one line alone without; the rest unfolds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lib import formats
from lib.charts.build import bullet_chart
from lib.schema import Basis, Kind
from lib.series import PUBLISHED
from lib.summary import trend_words
from lib.verdict.trend import GRAVITY, Direction, shown_figure, trend_of
from lib.views.drawn import draw
from lib.views.evidence import show_evidence
from lib.views.status import badge, sign
from lib.words import as_published, escape, finding, shorten, who_reports

if TYPE_CHECKING:
    from lib.series import Figure
    from lib.verdict.board import Board
    from lib.verdict.model import Verdict
    from lib.verdict.target import Target
    from lib.views.shell import View

WIDTHS = (10, 11, 14)
SOURCE_LENGTH = 40
# The marks that a row has room for.
BRIEF = (
    "base_decides",
    "incomplete",
    "methods_disagree",
    "weak_source",
    "fell_back",
    "worsening",
    "series_break",
    "stale",
)


def title_of(view: View, target: Target) -> str:
    """The target in short words, without the reading where both are shown."""
    return str(view.board.stated(target.target)[f"title_{view.texts.lang}"])


def is_judged(view: View, target: Target) -> bool:
    """Whether a target has a status that figures gave it, and so a row of its own height."""
    return target.kind != Kind.MILESTONE and view.board.verdicts[target.target].status in GRAVITY


def show_judged(view: View, before: Board, target: Target, *, reading: bool) -> None:
    """Words, bullet and essentials side by side; sources and marks unfold."""
    verdict = view.board.verdicts[target.target]
    words, bullet, essentials = st.columns(WIDTHS, vertical_alignment="center")
    with words:
        _show_words(view, verdict, target, reading=reading)
    with bullet:
        figure = view.once(("bullet", target.target), lambda: bullet_chart(verdict, target, view.words))
        alt = view.once(("finding", target.target), lambda: finding(verdict, target, view.words))
        if figure is None:
            st.caption(escape(alt))
        else:
            draw(figure, f"bullet-{target.target}", alt)
    with essentials:
        far, lines = view.once(("essentials", target.target), lambda: _word_essentials(view, before, target))
        st.markdown(far)
        st.caption(lines)


def _word_essentials(view: View, before: Board, target: Target) -> tuple[str, str]:
    """The status with the distance; below it the date of the figure and where the verdict went."""
    verdict = view.board.verdicts[target.target]
    lines = [line for line in (date_of_figure(view, verdict), trend(view, before, target)) if line]
    far = f"{badge(verdict.status, view.texts)} {escape(distance(view, verdict, target))}"
    return far, "  \n".join(map(escape, lines))


def _show_words(view: View, verdict: Verdict, target: Target, *, reading: bool) -> None:
    """What the plan asks for, or how it is read; below it what else there is to know, folded away."""
    read_as = view.texts("scoreboard.reading", region=view.words.region(target.region))
    title = escape(read_as) if reading else f"**{escape(title_of(view, target))}**"
    due = view.texts("scoreboard.due", target=target.target, period=target.target_period)
    with st.container(gap=None):
        st.markdown(title)
        label = view.texts("scoreboard.details", due=due)
        with st.expander(escape(label), type="compact", key=f"details-{target.target}"):
            st.caption("  \n".join(view.once(("details", target.target), lambda: details(view, verdict))))


def show_open(view: View, before: Board, readings: list[Target]) -> None:
    """A line for what has no verdict by figures: status and words; who would have to report unfolds."""
    label = view.once(("open", readings[0].target), lambda: _word_open(view, before, readings))
    with st.expander(label, type="compact", key=f"open-{readings[0].target}"):
        if len(readings) > 1:
            st.caption(view.texts("scoreboard.ambiguous"))
        for target in readings:
            show_missing(view, target, reading=len(readings) > 1)


def _word_open(view: View, before: Board, readings: list[Target]) -> str:
    moved = [line for target in readings[:1] if (line := trend(view, before, target))]
    return escape(" · ".join([sign(view.board.outcome(readings), view.texts), title_of(view, readings[0]), *moved]))


def show_open_reading(view: View, target: Target) -> None:
    """A line for the reading of a sentence that cannot be judged while another can."""
    reading = view.texts("scoreboard.reading", region=view.words.region(target.region))
    label = f"{sign(view.board.verdicts[target.target].status, view.texts)} · {reading}"
    with st.expander(escape(label), type="compact", key=f"open-{target.target}"):
        show_missing(view, target)


def show_missing(view: View, target: Target, *, reading: bool = False) -> None:
    """Why a target has no verdict, and who would have to report what."""
    st.caption(view.once(("missing", target.target, reading), lambda: _word_missing(view, target, reading=reading)))
    show_evidence(view, view.board.verdicts[target.target].evidence)


def _word_missing(view: View, target: Target, *, reading: bool) -> str:
    verdict = view.board.verdicts[target.target]
    name = f"**{escape(view.texts('scoreboard.reading', region=view.words.region(target.region)))}**"
    lines = missing_lines(view, verdict) or [finding(verdict, target, view.words)]
    lines += [view.texts(f"mark.{mark}") for mark in BRIEF if mark in verdict.marks]
    due = view.texts("scoreboard.due", target=target.target, period=target.target_period)
    return "  \n".join([*([name] if reading else []), *(escape(line) for line in (*lines, due))])


def missing_lines(view: View, verdict: Verdict) -> list[str]:
    """What nobody has published and from whom it would come."""
    lines = []
    for item in verdict.missing:
        periods = view.words.join([formats.span(code, Basis.ANNUAL, view.texts.lang) for code in item.periods])
        lines.append(view.texts("scoreboard.missing_periods", periods=periods))
        lines.append(f"{view.texts('scoreboard.missing')} {who_reports(item, view.words)}")
    return lines


def distance(view: View, verdict: Verdict, target: Target) -> str:
    """How far from the target."""
    if verdict.gap is None or target.kind == Kind.DIRECTION:
        return ""
    gap = view.words.amount(verdict.gap, target.indicator, target.unit or "pct", signed=True)
    return view.texts("fact.gap", gap=gap)


def date_of_figure(view: View, verdict: Verdict) -> str:
    """The period of the figure and since when it is known, said where no date of publication was seen."""
    figure = shown_figure(verdict)
    if figure is None:
        return ""
    day = view.words.day(figure.known_from)
    key = "fact.published" if figure.release == PUBLISHED else "fact.known_from"
    shown = view.words.span(figure)
    if verdict.later is not None:
        shown = view.texts("figure.with_period", value=view.words.figure(figure), period=shown)
    return view.texts(key, figure=shown, date=day)


def trend(view: View, before: Board, target: Target) -> str:
    """Where the verdict went since the last quarter; nothing for a target that had no verdict then and has none now."""
    new = view.board.verdicts[target.target]
    found = trend_of(before.verdicts[target.target], new)
    if found.direction == Direction.SAME and new.status not in GRAVITY:
        return ""
    return trend_words(found, before.as_of, view.words)


def details(view: View, verdict: Verdict) -> list[str]:
    """What else a reader may ask of a row: how much of the gap is closed, the figures as published with sources, the marks."""
    texts, lines = view.texts, []
    if verdict.gap_closed is not None and verdict.elapsed is not None:
        key = "fact.closed" if verdict.gap_closed < 1 else "fact.closed_fully"
        lines.append(texts(key, closed=formats.share(verdict.gap_closed), elapsed=formats.share(verdict.elapsed)))
    for figure in (verdict.figure, verdict.later):
        if figure is not None:
            published = texts("fact.as_published", value=as_published(figure, view.words))
            lines.append(texts("figure.with_period", value=published, period=view.words.span(figure)))
            lines.append(_source_line(view, figure))
    lines += [texts(f"mark.{mark}") for mark in BRIEF if mark in verdict.marks]
    return [escape(line) for line in lines]


def _source_line(view: View, figure: Figure) -> str:
    """Whose figure and of which day, short."""
    day = view.words.day(figure.known_from)
    dated = view.texts("fact.day" if figure.release == PUBLISHED else "fact.day_assumed", date=day)
    return view.texts("fact.source", source=shorten(view.words.source(figure), SOURCE_LENGTH), date=dated)
