"""A change over the plan: by a stated percentage, or merely in a direction."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from lib.periods import parse_period
from lib.schema import Status
from lib.verdict.level import baseline_of
from lib.verdict.model import Case, Verdict, figure_marks, pace_status, without_data

if TYPE_CHECKING:
    from lib.series import Figure

FEWEST_FOR_DIRECTION = 3


def judge_cumulative(case: Case) -> Verdict:
    """Judge "forest stock +7.7 %": done = ln(v/v0) / ln(1 + c).

    Source of the formula: Qinghai Bureau of Statistics, 2009-09-17, on cumulative targets.
    """
    window = _window(case)
    if len(window) < 2:
        return without_data(case, baseline_of(case).period if window else case.year_before, case.target.target_period)
    first, last = window[0], window[-1]
    if first.segment != last.segment or min(first.value, last.value) <= 0:
        return Verdict(
            case.target.target, Status.NOT_JUDGED, "break_between", figure=last, baseline=first, marks=("series_break",)
        )
    goal = case.target.value if case.target.value is not None else float("nan")
    change = (last.value / first.value - 1) * 100
    settled = last.period == case.target.target_period
    if not settled and case.as_of > case.due:
        return without_data(case, case.target.target_period)
    done = math.log(last.value / first.value) / math.log1p(goal / 100)
    elapsed = _elapsed(case, first, last)
    met = case.target.is_met_by(change)
    status = (Status.ACHIEVED if met else Status.MISSED) if settled else pace_status(done / elapsed)
    return Verdict(
        target=case.target.target,
        status=Status.ACHIEVED if met else status,
        reason="change_settled" if settled else "change_so_far",
        figure=last,
        value=change,
        baseline=first,
        expected=math.expm1(math.log1p(goal / 100) * elapsed) * 100,
        gap=change - goal,
        gap_closed=done,
        elapsed=elapsed,
        marks=figure_marks(first, last),
    )


def judge_direction(case: Case) -> Verdict:
    """Judge "further improved" by the average and the last change since the baseline.

    Source: Destatis, direction-only rule of the German sustainability indicators (both right, average right only,
    last right only, both wrong); at the deadline the average change decides.
    """
    window = _window(case)
    if len(window) < FEWEST_FOR_DIRECTION:
        return without_data(case, case.target.target_period)
    if len({figure.segment for figure in window}) > 1:
        return Verdict(
            case.target.target, Status.NOT_JUDGED, "break_between", figure=window[-1], marks=("series_break",)
        )
    average = (window[-1].value - window[0].value) * case.target.direction
    latest = (window[-1].value - window[-2].value) * case.target.direction
    settled = window[-1].period == case.target.target_period
    return Verdict(
        target=case.target.target,
        status=_direction_status(average, latest, settled=settled),
        reason="direction_settled" if settled else "direction_so_far",
        figure=window[-1],
        value=window[-1].value,
        baseline=window[0],
        gap=window[-1].value - window[0].value,
        elapsed=_elapsed(case, window[0], window[-1]),
        marks=(*(("worsening",) if latest < 0 < average else ()), *figure_marks(*window)),
    )


def _direction_status(average: float, latest: float, *, settled: bool) -> Status:
    if settled:
        return Status.ACHIEVED if average > 0 else Status.MISSED
    if average > 0:
        return Status.ON_TRACK if latest > 0 else Status.AT_RISK
    return Status.OFF_TRACK if latest > 0 else Status.MOVING_AWAY


def _window(case: Case) -> list[Figure]:
    """The usable figures from the baseline up to the target period."""
    if not case.usable:
        return []
    first, end = baseline_of(case), parse_period(case.target.target_period).position
    return [figure for figure in case.usable if first.position <= figure.position <= end]


def _elapsed(case: Case, first: Figure, last: Figure) -> float:
    span = parse_period(case.target.target_period).position - first.position
    return min((last.position - first.position) / span, 1.0)
