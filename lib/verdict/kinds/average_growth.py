"""Growth to be reached on average over the plan's years: "investment growth of 15 %", from published rates only.

The share done of an average target g over N years is ln F / (N ln(1+g)), F being the factor of the rates so far. Source:
Qinghai Bureau of Statistics, 2009-09-17, on cumulative targets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.schema import Status
from lib.verdict.methods.log_progress import share_done
from lib.verdict.model import Case, Required, Verdict, bound_status, figure_marks, pace_status, without_data
from lib.verdict.required import required_average
from lib.verdict.yearly import COLLAPSE, absent_years, average_rate, plan_figures

if TYPE_CHECKING:
    from lib.verdict.target import Target


def judge(case: Case) -> Verdict:
    """Judge the compound average of the years published so far; two years are needed, and none may be missing between."""
    target, figures = case.target, plan_figures(case)
    absent = absent_years(case, figures)
    if absent:
        return without_data(case, *absent)
    rates = [figure.value for figure in figures]
    average = average_rate(rates)
    elapsed, settled = len(figures) / len(case.years), len(figures) == len(case.years)
    done = _share_done(target, average, elapsed)
    return Verdict(
        target=target.target,
        status=_status(target, average, figures[-1].value, done, elapsed, settled=settled),
        reason="average_settled" if settled else "average_so_far",
        figure=figures[-1],
        value=average,
        expected=target.goal,
        gap=average - target.goal,
        gap_closed=done,
        elapsed=elapsed,
        asked=elapsed,
        pace=None if done is None else done / elapsed,
        required=_required(case, rates),
        years=tuple(figure.period for figure in figures),
        used=tuple(figures),
        marks=figure_marks(*figures),
    )


def _share_done(target: Target, average: float, elapsed: float) -> float | None:
    """The share of the way done, ln F / (N ln(1+g)); none for a bound or where a collapse is asked for or has come."""
    if target.is_bound or min(average, target.goal) <= COLLAPSE:
        return None
    share = share_done(1.0, 1 + average / 100, 1 + target.goal / 100)
    return None if share is None else elapsed * share


def _status(
    target: Target, average: float, latest: float, done: float | None, elapsed: float, *, settled: bool
) -> Status:
    if settled:
        return Status.ACHIEVED if target.is_met_by(average) else Status.MISSED
    if target.is_bound:
        return bound_status(target, average, latest)
    if target.goal <= COLLAPSE:
        return Status.NOT_JUDGED  # a fall to nothing has no share of the way in logarithms
    return Status.MOVING_AWAY if done is None else pace_status(done / elapsed)


def _required(case: Case, rates: list[float]) -> Required | None:
    """The average growth that the years left would need."""
    growth = required_average(rates, case.target.goal, len(case.years))
    return None if growth is None else Required(len(case.years) - len(rates), None, growth)
