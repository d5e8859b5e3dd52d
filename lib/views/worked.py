"""The plan's own targets as judged on fixed days, to show a rule by; picked by what they show, not by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from lib.clock import today
from lib.explain import reported_sentence, steps_of
from lib.schema import Kind
from lib.views.cached import load_board
from lib.views.row import title_of
from lib.views.status import badge
from lib.words import escape, finding

if TYPE_CHECKING:
    from lib.verdict.board import Board
    from lib.verdict.model import Verdict
    from lib.verdict.target import Target
    from lib.views.shell import View


@dataclass(frozen=True)
class Worked:
    """One of the plan's own targets as judged on a day, to show a rule by; `label` names it."""

    label: str
    board: Board
    target: Target
    verdict: Verdict


def kind_case(view: View, kind: Kind) -> Worked | None:
    """A target of a kind as known in the last year before its figure is due, else today: one with numbers, if any has."""
    return view.once(("case", kind, today()), lambda: _find_case(view, kind))


def _find_case(view: View, kind: Kind) -> Worked | None:
    boards = [load_board(day, view.board.plan, upto=view.board.entry) for day in (_year_of_deadline(view), today())]
    found = [(board, target) for board in boards for target in board.targets.values() if target.kind == kind]
    telling = [(board, target) for board, target in found if len(board.verdicts[target.target].trace) > 1]
    with_pace = [(board, target) for board, target in telling if board.verdicts[target.target].pace is not None]
    silent = [pair for pair in found if pair[0] is boards[-1]]
    chosen = next(iter(with_pace or telling or silent), None)
    return None if chosen is None else worked_on(view, *chosen)


def disagreement_case(view: View) -> Worked | None:
    """A target of which the published methods say different things, as known a year before its deadline."""
    return view.once(("disagreement", today()), lambda: _find_disagreement(view))


def _find_disagreement(view: View) -> Worked | None:
    board = load_board(
        min(date(_year_of_deadline(view).year - 1, 12, 31), today()), view.board.plan, upto=view.board.entry
    )
    split = [target for target in board.targets.values() if "methods_disagree" in board.verdicts[target.target].marks]
    return worked_on(view, board, split[0]) if split else None


def worked_examples(view: View) -> list[Worked]:
    """Cases whose numbers the calculator can start from."""
    cases = (kind_case(view, Kind.LEVEL), disagreement_case(view))
    return [case for case in cases if case is not None and case.verdict.gap_closed is not None]


def _year_of_deadline(view: View) -> date:
    """The middle of the plan's last year, when the year before is published and the last one is not."""
    years = [int(target.deadline) - 1 for target in view.board.targets.values() if target.target_period]
    return min(date(max(years, default=today().year), 6, 30), today())


def worked_on(view: View, board: Board, target: Target) -> Worked:
    """A target on a board, with the name by which it is known."""
    region, indicator = view.words.short_region(target.region), view.words.indicator(target.indicator)
    label = view.texts("methods.case_of", region=region, indicator=indicator, day=view.words.day(board.as_of))
    return Worked(label, board, target, board.verdicts[target.target])


def show_case(view: View, worked: Worked, steps: frozenset[str] | None = None) -> None:
    """A case: the plan's words and the day, the status, the steps of these names with their numbers; every step for None."""
    texts, verdict, target = view.texts, worked.verdict, worked.target
    with st.container(border=True):
        title = texts("methods.case", title=title_of(view, target), day=view.words.day(worked.board.as_of))
        st.markdown(f"**{escape(title)}**")
        st.markdown(f"{badge(verdict.status, texts)} {escape(finding(verdict, target, view.words))}")
        worded = zip(verdict.trace, steps_of(verdict, target, view.words), strict=True)
        shown = [text for step, text in worded if steps is None or step.name in steps]
        if len(shown) > 1:
            st.markdown("\n".join(f"{place}. {escape(text)}" for place, text in enumerate(shown, 1)))
        reported = reported_sentence(verdict.reported, target.indicator, view.words)
        if reported:
            st.caption(escape(reported))
