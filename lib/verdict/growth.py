"""Growth over the plan's years, from published rates only: an average to be reached, a benchmark to be beaten.

Rates are compounded: with factor F = (1+g1)...(1+gn) the average so far is F^(1/n) - 1 and the share done of an average
target g over N years is ln F / (N ln(1+g)). Source: Qinghai Bureau of Statistics, 2009-09-17, on cumulative targets.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from lib.periods import years_between
from lib.schema import Status
from lib.verdict.model import Case, Verdict, figure_marks, pace_status, without_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lib.series import Figure

FEWEST_YEARS = 2


def average_rate(rates: Sequence[float]) -> float:
    """The compound average of yearly growth rates, in per cent. ValueError for no rate or one of -100 or less."""
    return math.expm1(math.fsum(math.log1p(rate / 100) for rate in rates) / len(rates)) * 100


def judge_average(case: Case) -> Verdict:
    """Judge "investment growth of 15 %" read as an average over the plan's years."""
    years, figures, gaps = _plan_years(case, case.usable)
    if gaps or len(figures) < FEWEST_YEARS:
        return without_data(case, *(gaps or years))
    goal = case.target.value if case.target.value is not None else float("nan")
    average = average_rate([figure.value for figure in figures])
    all_years = years_between(case.target.start_period, case.target.target_period)
    done = len(figures) * math.log1p(average / 100) / (len(all_years) * math.log1p(goal / 100))
    elapsed = len(figures) / len(all_years)
    settled = len(figures) == len(all_years)
    met = case.target.is_met_by(average)
    status = (Status.ACHIEVED if met else Status.MISSED) if settled else pace_status(done / elapsed)
    return Verdict(
        target=case.target.target,
        status=status,
        reason="average_settled" if settled else "average_so_far",
        figure=figures[-1],
        value=average,
        expected=goal,
        gap=average - goal,
        gap_closed=done,
        elapsed=elapsed,
        years=tuple(figure.period for figure in figures),
        marks=figure_marks(*figures),
    )


def judge_relative(case: Case) -> Verdict:
    """Judge "growth above the average" by the compound averages over the same years in region and benchmark."""
    years, own, gaps = _plan_years(case, case.usable)
    if gaps or len(own) < FEWEST_YEARS:
        return without_data(case, *(gaps or years))
    others = {figure.period: figure for figure in case.benchmark}
    absent = tuple(figure.period for figure in own if figure.period not in others)
    if absent:
        return _without_benchmark(case, absent)
    pairs = [(figure, others[figure.period]) for figure in own]
    average, benchmark = (average_rate([pair[side].value for pair in pairs]) for side in (0, 1))
    ahead = (average - benchmark) * case.target.direction
    settled = len(own) == len(years_between(case.target.start_period, case.target.target_period))
    behind = any((figure.value - other.value) * case.target.direction <= 0 for figure, other in pairs)
    return Verdict(
        target=case.target.target,
        status=_relative_status(ahead, pairs[-1], settled=settled, direction=case.target.direction),
        reason="relative_settled" if settled else "relative_so_far",
        figure=own[-1],
        value=average,
        expected=benchmark,
        gap=average - benchmark,
        elapsed=len(own) / len(years_between(case.target.start_period, case.target.target_period)),
        years=tuple(figure.period for figure in own),
        marks=(*(("not_every_year",) if ahead > 0 and behind else ()), *figure_marks(*own)),
    )


def _relative_status(ahead: float, last: tuple[Figure, Figure], *, settled: bool, direction: int) -> Status:
    """Ahead or not at the end; on the way, behind on average but ahead in the last year is at risk, not off track."""
    if settled:
        return Status.ACHIEVED if ahead > 0 else Status.MISSED
    if ahead > 0:
        return Status.ON_TRACK
    return Status.AT_RISK if (last[0].value - last[1].value) * direction > 0 else Status.OFF_TRACK


def _plan_years(case: Case, figures: tuple[Figure, ...]) -> tuple[tuple[str, ...], list[Figure], tuple[str, ...]]:
    """The plan's years due so far, their figures in order, and the years without one.

    A year is due once it lies before the last figure, or once the release of the target period is over.
    """
    years = years_between(case.target.start_period, case.target.target_period)
    found = {figure.period: figure for figure in figures if figure.period in years}
    last = years[-1] if case.as_of > case.due else max(found, default=years[0])
    expected = [year for year in years if year <= last]
    gaps = tuple(year for year in expected if year not in found)
    return tuple(expected), [found[year] for year in expected if year in found], gaps


def _without_benchmark(case: Case, periods: tuple[str, ...]) -> Verdict:
    missing = without_data(case, *periods).missing[0]
    of_benchmark = type(missing)(case.target.benchmark, missing.indicator, periods)
    return Verdict(case.target.target, Status.NO_DATA, "missing_figures", missing=(of_benchmark,))
