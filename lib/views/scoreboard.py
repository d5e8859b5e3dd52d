"""The scoreboard: one row a target, grouped by the plan's regions; an ambiguous sentence shows both readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lib import formats
from lib.charts.build import bullet_chart
from lib.export.figures import verdicts_table
from lib.export.table import to_csv
from lib.schema import Basis, Kind, Status
from lib.series import PUBLISHED
from lib.views.chart_panel import file_name
from lib.views.state import link_parameters
from lib.views.status import badge
from lib.words import as_published, escape, finding, shorten, who_reports

if TYPE_CHECKING:
    from lib.series import Figure
    from lib.verdict.model import Verdict
    from lib.verdict.target import Target
    from lib.views.shell import View

WIDTHS = (3, 4, 3)
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


def show_scoreboard(view: View) -> None:
    """All regions of the plan, one group each."""
    st.subheader(view.texts("scoreboard.title"), anchor=False)
    st.caption(view.texts("scoreboard.legend"))
    for subject, sentences in by_subject(view).items():
        _show_group(view, subject, sentences)
    table = verdicts_table(view.board, view.words)
    st.download_button(
        view.texts("scoreboard.download"), to_csv(table), file_name=f"{file_name('verdicts', view)}.csv", mime="text/csv",
        on_click="ignore", key="scoreboard-csv",
    )  # fmt: skip


def by_subject(view: View) -> dict[str, list[list[Target]]]:
    """The sentences under each region's heading in the plan, numbers before milestones."""
    grouped: dict[str, list[list[Target]]] = {}
    for readings in view.board.sentences().values():
        grouped.setdefault(readings[0].subject, []).append(readings)
    return {
        subject: sorted(sentences, key=lambda readings: readings[0].kind == Kind.MILESTONE)
        for subject, sentences in grouped.items()
    }


def _show_group(view: View, subject: str, sentences: list[list[Target]]) -> None:
    with st.container(border=True, key=f"group-{subject}"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"##### {escape(view.words.region(subject))}", width="content")
            st.page_link(
                "pages/regions.py", label=view.texts("scoreboard.open"),
                query_params={**link_parameters(), "lang": view.texts.lang, "region": subject},
            )  # fmt: skip
        for readings in sentences:
            _show_sentence(view, readings)


def _show_sentence(view: View, readings: list[Target]) -> None:
    """The plan's words once, then a row for each reading."""
    if len(readings) > 1:
        st.markdown(f"**{escape(title_of(view, readings[0]))}** {badge(view.board.outcome(readings), view.texts)}")
        st.caption(view.texts("scoreboard.ambiguous"))
    for target in readings:
        show_row(view, target, reading=len(readings) > 1)


def show_row(view: View, target: Target, *, reading: bool = False) -> None:
    """One target: words, bullet, value and status; a milestone is one line."""
    verdict = view.board.verdicts[target.target]
    if target.kind == Kind.MILESTONE:
        st.markdown(f"{badge(verdict.status, view.texts)} {escape(title_of(view, target))}")
        return
    words, bullet, status = st.columns(WIDTHS, vertical_alignment="center")
    with words:
        _show_words(view, target, reading=reading)
    with bullet:
        _show_bullet(view, verdict, target)
    with status:
        st.markdown(badge(verdict.status, view.texts))
        st.caption("  \n".join(brief_facts(view, verdict, target)))


def title_of(view: View, target: Target) -> str:
    """The target in short words, without the reading where both are shown."""
    rows = view.board.tables.targets
    return str(rows.loc[rows["target"] == target.target, f"title_{view.texts.lang}"].iloc[0])


def _show_words(view: View, target: Target, *, reading: bool) -> None:
    if reading:
        st.markdown(escape(view.texts("scoreboard.reading", region=view.words.region(target.region))))
    else:
        st.markdown(f"**{escape(title_of(view, target))}**")
        st.caption(escape(view.texts("scoreboard.due", target=target.target, period=target.target_period)))


def _show_bullet(view: View, verdict: Verdict, target: Target) -> None:
    figure = bullet_chart(verdict, target, view.words)
    if figure is not None:
        alt = finding(verdict, target, view.words)
        st.plotly_chart(figure, config={"staticPlot": True}, key=f"bullet-{target.target}", alt=alt)
        return
    lines = missing_lines(view, verdict) or [finding(verdict, target, view.words)]
    st.caption("  \n".join(escape(line) for line in lines))


def missing_lines(view: View, verdict: Verdict) -> list[str]:
    """What nobody has published and from whom it would come."""
    lines = []
    for item in verdict.missing:
        periods = view.words.join([formats.span(code, Basis.ANNUAL, view.texts.lang) for code in item.periods])
        lines.append(view.texts("scoreboard.missing_periods", periods=periods))
        lines.append(f"{view.texts('scoreboard.missing')} {who_reports(item, view.words)}")
    return lines


def _source_line(view: View, figure: Figure) -> str:
    """Whose figure and of which day, short."""
    day = view.words.day(figure.known_from)
    dated = view.texts("fact.day" if figure.release == PUBLISHED else "fact.day_assumed", date=day)
    return view.texts("fact.source", source=shorten(view.words.source(figure), SOURCE_LENGTH), date=dated)


def brief_facts(view: View, verdict: Verdict, target: Target) -> list[str]:
    """The few facts that fit a row: the distance, how much of the gap is closed or why that is not said, the figure's date."""
    texts, lines = view.texts, []
    if verdict.gap_closed is not None and verdict.elapsed is not None:
        key = "fact.closed" if verdict.gap_closed < 1 else "fact.closed_fully"
        lines.append(texts(key, closed=formats.share(verdict.gap_closed), elapsed=formats.share(verdict.elapsed)))
    if verdict.gap is not None and target.kind != Kind.DIRECTION:
        gap = view.words.amount(verdict.gap, target.indicator, target.unit or "pct", signed=True)
        lines.append(texts("fact.gap", gap=gap))
    if verdict.later is not None:
        words, later = view.words, verdict.later
        lines.append(texts("fact.later", value=words.figure(later), period=words.span(later)))
        lines.append(_source_line(view, later))
    elif verdict.figure is not None and verdict.status != Status.NO_DATA:
        lines.append(texts("fact.as_published", value=as_published(verdict.figure, view.words)))
        lines.append(_source_line(view, verdict.figure))
    lines += [texts(f"mark.{mark}") for mark in BRIEF if mark in verdict.marks]
    return [escape(line) for line in lines]
