"""A change over the whole plan by a stated percentage: "forest stock to grow by 7.7 %".

Done = ln(F) / ln(1 + c), with F the factor of the change so far and c the stated change. Source: Qinghai Bureau of
Statistics, 2009-09-17, on cumulative targets.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from lib.schema import Status
from lib.verdict.ahead import forecast_of_level, required_of_level
from lib.verdict.methods.log_progress import share_done
from lib.verdict.model import (
    Case,
    Verdict,
    bound_status,
    due_years,
    figure_marks,
    pace_status,
    usable,
    without_data,
)
from lib.verdict.yearly import COLLAPSE

if TYPE_CHECKING:
    from lib.series import Figure
    from lib.verdict.target import Target


def judge(case: Case) -> Verdict:
    """Judge the change from the baseline's period, or the year before the plan, up to the last figure of the plan."""
    target = case.target
    base = target.baseline_period or case.year_before
    window = [f for f in case.usable if f.period == base or f.period in case.years]
    absent = _absent(case, base, window)
    if absent:
        return without_data(case, *absent)
    first, last = window[0], window[-1]
    change = _change(case, first, last)
    if change is None:
        reason = "not_positive" if min(first.value, last.value) <= 0 else "break_between"
        return Verdict(
            target.target, Status.NOT_JUDGED, reason, figure=last, baseline=first, used=(first, last),
            marks=(*_break_mark(first, last), *figure_marks(first, last)),
        )  # fmt: skip
    return _measured(case, first, last, change)


def _absent(case: Case, base: str, window: list[Figure]) -> tuple[str, ...]:
    """The baseline and the figures due that are not there; a first figure of the plan is needed in any case."""
    known = {figure.period for figure in window}
    wanted = [base] if base not in known else []
    if known <= {base}:
        wanted += due_years(case)[-1:] or [case.years[0]]
    elif case.is_overdue and case.target.target_period not in known:
        wanted += [case.target.target_period]
    return tuple(wanted)


def _change(case: Case, first: Figure, last: Figure) -> float | None:
    """The change in per cent; across a break from the published growth of every year between, or not at all."""
    if min(first.value, last.value) <= 0:
        return None
    if first.segment == last.segment:
        return (last.value / first.value - 1) * 100
    rates = [f.value for f in usable(case.growth) if first.position < f.position <= last.position]
    if len(rates) != round(last.position - first.position):
        return None
    return (math.prod(1 + rate / 100 for rate in rates) - 1) * 100


def _measured(case: Case, first: Figure, last: Figure, change: float) -> Verdict:
    target, broken = case.target, first.segment != last.segment
    elapsed = min((last.position - first.position) / (target.deadline - first.position), 1.0)
    countable = not target.is_bound and min(change, target.goal) > COLLAPSE
    done = share_done(1.0, 1 + change / 100, 1 + target.goal / 100) if countable else None
    settled = last.period == target.target_period
    goal = first.value * (1 + target.goal / 100)
    return Verdict(
        target=target.target,
        status=_status(target, change, done, elapsed, settled=settled),
        reason="change_settled" if settled else "change_so_far",
        figure=last,
        value=change,
        baseline=first,
        expected=math.expm1(math.log1p(target.goal / 100) * elapsed) * 100 if target.goal > COLLAPSE else None,
        gap=change - target.goal,
        gap_closed=done,
        elapsed=elapsed,
        asked=elapsed,
        pace=None if done is None else done / elapsed,
        required=None if settled or broken else required_of_level(case, last, goal),
        forecast=None if settled or broken else forecast_of_level(case),
        used=(first, last),
        marks=(*_break_mark(first, last), *figure_marks(first, last)),
    )


def _break_mark(first: Figure, last: Figure) -> tuple[str, ...]:
    return ("series_break",) if first.segment != last.segment else ()


def _status(target: Target, change: float, done: float | None, elapsed: float, *, settled: bool) -> Status:
    """Met or missed at the end; on the way, met early, held under a bound, or the pace."""
    if settled:
        return Status.ACHIEVED if target.is_met_by(change) else Status.MISSED
    if target.is_bound:
        return bound_status(target, change, change)
    if target.is_met_by(change):
        return Status.ACHIEVED
    if target.goal <= COLLAPSE:
        return Status.NOT_JUDGED  # a fall to nothing has no share of the way in logarithms
    return Status.MOVING_AWAY if done is None else pace_status(done / elapsed)
