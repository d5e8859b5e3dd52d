"""Commitments without numbers: what is due next, the line of time, what each asks for and of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from lib.charts.timeline import timeline_chart
from lib.export.commitments import commitments_table
from lib.periods import parse_period
from lib.tables import rows_of
from lib.verdict.calendar import next_due, read_commitments
from lib.views.chart_panel import show_chart
from lib.views.status import badge
from lib.words import escape

if TYPE_CHECKING:
    from lib.verdict.calendar import Commitment
    from lib.views.shell import View

SHOWN: Final = 8


def show_calendar(view: View) -> None:
    """What is overdue and what falls due next, for a plan with commitments."""
    board, texts = view.board, view.texts
    if not read_commitments(board):
        return
    st.subheader(texts("commitment.calendar"), anchor=False)
    st.caption(texts("commitment.calendar_note"))
    end = max(parse_period(target.target_period).end for target in board.targets.values())
    listed = next_due(board)
    own = [item for item in listed if item.is_overdue or item.due != end]
    st.markdown("\n".join(_line(view, item) for item in own[:SHOWN]) or _nothing(view, len(listed)))
    rest = len(listed) - len(own[:SHOWN])
    if own and rest:
        st.caption(escape(texts("commitment.rest", count=rest, day=view.words.day(end))))


def _nothing(view: View, ahead: int) -> str:
    """That nothing has a date of its own, or that nothing is ahead at all."""
    if not ahead:
        return view.texts("commitment.nothing_due")
    return escape(view.texts("commitment.all_at_end", count=ahead))


def _line(view: View, item: Commitment) -> str:
    texts, words = view.texts, view.words
    title = str(view.board.stated(item.target.target)[f"title_{texts.lang}"])
    due = texts("commitment.by", day=words.day(item.due)) if item.due else ""
    owner = _described(view).get(item.target.target, {}).get(f"owner_{texts.lang}", "")
    facts = words.join_marks([part for part in (due, owner) if part])
    return f"- {badge(item.verdict.status, texts)} **{escape(title)}**  \n  {escape(facts)}"


def show_timeline(view: View) -> None:
    """The line of time with its downloads, for a plan whose commitments have dates."""
    chart = view.once("timeline", lambda: timeline_chart(view.board, view.words))
    if chart is not None:
        show_chart(view, "timeline", chart, lambda: commitments_table(view.board, view.words))


def commitment_terms(view: View, target: str) -> dict[str, str]:
    """What a commitment asks for in the document's terms, by key of the catalogue; none for a target with a number."""
    row = _described(view).get(target)
    if row is None:
        return {}
    lang = view.texts.lang
    terms = {
        "commitment.item": row["item"],
        "commitment.form": view.texts(f"form.{row['form']}"),
        "commitment.pillar": row[f"pillar_{lang}"],
        "commitment.area": row[f"area_{lang}"],
        "commitment.rhythm": row[f"rhythm_{lang}"],
        "commitment.owner": row[f"owner_{lang}"] or view.texts("commitment.owner_unknown"),
    }
    return {key: value for key, value in terms.items() if value}


def _described(view: View) -> dict[str, dict[str, Any]]:
    rows = view.board.tables.commitments
    return view.board.once("described", lambda: {str(row["target"]): row for row in rows_of(rows)})


def relation_lines(view: View, target: str) -> list[str]:
    """How a target stands to targets of other plans, from both sides."""
    texts, lang, lines = view.texts, view.texts.lang, []
    rows = view.board.once("relations", lambda: rows_of(view.board.tables.relations))
    for row in rows:
        if target not in (row["target"], row["other"]):
            continue
        back = target == row["other"]
        other = view.words.target_of(str(row["target"] if back else row["other"]))
        key = f"relation.{row['relation']}" + ("_back" if back else "")
        lines.append(texts(key, other=other, note=row[f"note_{lang}"]))
    return lines
