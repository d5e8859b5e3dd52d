"""A change over the plan: by a stated percentage, or merely in a direction."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from lib.periods import parse_period
from lib.schema import Status
from lib.verdict.level import baseline_of
from lib.verdict.model import Case, Target, Verdict, bound_status, figure_marks, pace_status, without_data

if TYPE_CHECKING:
    from lib.series import Figure

FEWEST_FOR_CHANGE: Final = 2
FEWEST_FOR_DIRECTION: Final = 3


def judge_cumulative(case: Case) -> Verdict:
    """Judge "forest stock +7.7 %": done = ln(v/v0) / ln(1 + c), from the year before the plan to its last year.

    Source of the formula: Qinghai Bureau of Statistics, 2009-09-17, on cumulative targets.
    """
    target = case.target
    base = target.baseline_period or case.year_before
    window = [figure for figure in _window(case) if figure.position >= parse_period(base).position]
    absent = tuple(code for code in (base, target.target_period) if code not in {f.period for f in window})
    if base in absent or len(window) < FEWEST_FOR_CHANGE or (target.target_period in absent and case.as_of > case.due):
        return without_data(case, *absent)
    first, last = window[0], window[-1]
    if first.segment != last.segment or min(first.value, last.value) <= 0:
        return Verdict(
            target.target, Status.NOT_JUDGED, "break_between", figure=last, baseline=first, marks=("series_break",)
        )
    change, elapsed = (last.value / first.value - 1) * 100, _elapsed(case, first, last)
    done = None if target.is_bound else math.log(last.value / first.value) / math.log1p(target.goal / 100)
    settled = last.period == target.target_period
    return Verdict(
        target=target.target,
        status=_cumulative_status(target, change, done, elapsed, settled=settled),
        reason="change_settled" if settled else "change_so_far",
        figure=last,
        value=change,
        baseline=first,
        expected=math.expm1(math.log1p(target.goal / 100) * elapsed) * 100,
        gap=change - target.goal,
        gap_closed=done,
        elapsed=elapsed,
        marks=figure_marks(first, last),
    )


def _cumulative_status(target: Target, change: float, done: float | None, elapsed: float, *, settled: bool) -> Status:
    """Met or missed at the end; on the way, met early, held under a bound, or the pace."""
    if settled:
        return Status.ACHIEVED if target.is_met_by(change) else Status.MISSED
    if done is None:
        return bound_status(target, change, change)
    return Status.ACHIEVED if target.is_met_by(change) else pace_status(done / elapsed)


def judge_direction(case: Case) -> Verdict:
    """Judge "further improved" by the average and the last change since the baseline.

    Source: Destatis, direction-only rule of the German sustainability indicators (both right, average right only,
    last right only, both wrong); at the deadline the average change decides.
    """
    window = _window(case)
    settled = bool(window) and window[-1].period == case.target.target_period
    if len(window) < FEWEST_FOR_DIRECTION or (case.as_of > case.due and not settled):
        return without_data(case, case.target.target_period)
    if len({figure.segment for figure in window}) > 1:
        return Verdict(
            case.target.target, Status.NOT_JUDGED, "break_between", figure=window[-1], marks=("series_break",)
        )
    average = (window[-1].value - window[0].value) * case.target.direction
    latest = (window[-1].value - window[-2].value) * case.target.direction
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
