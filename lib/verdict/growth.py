"""Growth over the plan's years, from published rates only: an average to be reached, a benchmark to be beaten.

Rates are compounded: with factor F = (1+g1)...(1+gn) the average so far is F^(1/n) - 1 and the share done of an average
target g over N years is ln F / (N ln(1+g)). Source: Qinghai Bureau of Statistics, 2009-09-17, on cumulative targets.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from lib.periods import years_between
from lib.schema import Status
from lib.verdict.model import (
    Case,
    Missing,
    Target,
    Verdict,
    bound_status,
    figure_marks,
    pace_status,
    usable,
    without_data,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lib.series import Figure

FEWEST_YEARS: Final = 2
COLLAPSE: Final = -100.0


def average_rate(rates: Sequence[float]) -> float:
    """The compound average of yearly growth rates, in per cent; -100 once a rate is. ValueError for no rate."""
    if not rates:
        raise ValueError(rates)
    if min(rates) <= COLLAPSE:
        return COLLAPSE
    return math.expm1(math.fsum(math.log1p(rate / 100) for rate in rates) / len(rates)) * 100


def judge_average(case: Case) -> Verdict:
    """Judge "investment growth of 15 %" read as an average over the plan's years."""
    target, figures = case.target, _plan_figures(case)
    absent = _absent_years(case, figures)
    if absent:
        return without_data(case, *absent)
    average = average_rate([figure.value for figure in figures])
    years = _plan_years(target)
    elapsed, settled = len(figures) / len(years), len(figures) == len(years)
    done = _share_done(target, average, elapsed)
    return Verdict(
        target=target.target,
        status=_average_status(target, average, figures[-1].value, done, elapsed, settled=settled),
        reason="average_settled" if settled else "average_so_far",
        figure=figures[-1],
        value=average,
        expected=target.goal,
        gap=average - target.goal,
        gap_closed=done,
        elapsed=elapsed,
        years=tuple(figure.period for figure in figures),
        marks=figure_marks(*figures),
    )


def _share_done(target: Target, average: float, elapsed: float) -> float | None:
    """The share of the way done, ln F / (N ln(1+g)); none for a bound or after a collapse."""
    if target.is_bound or average <= COLLAPSE:
        return None
    return elapsed * math.log1p(average / 100) / math.log1p(target.goal / 100)


def _average_status(
    target: Target, average: float, latest: float, done: float | None, elapsed: float, *, settled: bool
) -> Status:
    if settled:
        return Status.ACHIEVED if target.is_met_by(average) else Status.MISSED
    if target.is_bound:
        return bound_status(target, average, latest)
    return Status.MOVING_AWAY if done is None else pace_status(done / elapsed)


def judge_relative(case: Case) -> Verdict:
    """Judge "growth above the average" by the compound averages over the same years in region and benchmark."""
    target, own = case.target, _plan_figures(case)
    absent = _absent_years(case, own)
    if absent:
        return without_data(case, *absent)
    others = {figure.period: figure for figure in usable(case.benchmark)}
    unmatched = tuple(figure.period for figure in own if figure.period not in others)
    if unmatched:
        missing = Missing(target.benchmark, target.indicator, unmatched)
        return Verdict(target.target, Status.NO_DATA, "missing_figures", missing=(missing,))
    pairs = [(figure, others[figure.period]) for figure in own]
    average, benchmark = (average_rate([pair[side].value for pair in pairs]) for side in (0, 1))
    settled = len(own) == len(_plan_years(target))
    ahead = target.is_satisfied(average, benchmark)
    every_year = all(target.is_satisfied(figure.value, other.value) for figure, other in pairs)
    return Verdict(
        target=target.target,
        status=_relative_status(target, pairs[-1], ahead=ahead, settled=settled),
        reason="relative_settled" if settled else "relative_so_far",
        figure=own[-1],
        value=average,
        expected=benchmark,
        gap=average - benchmark,
        elapsed=len(own) / len(_plan_years(target)),
        years=tuple(figure.period for figure in own),
        marks=(*(("not_every_year",) if ahead and not every_year else ()), *figure_marks(*own)),
    )


def _relative_status(target: Target, last: tuple[Figure, Figure], *, ahead: bool, settled: bool) -> Status:
    """Ahead or not at the end; on the way, behind on average but ahead in the last year is at risk, not off track."""
    if settled:
        return Status.ACHIEVED if ahead else Status.MISSED
    if ahead:
        return Status.ON_TRACK
    return Status.AT_RISK if target.is_satisfied(last[0].value, last[1].value) else Status.OFF_TRACK


def _plan_years(target: Target) -> list[str]:
    return years_between(target.start_period, target.target_period)


def _plan_figures(case: Case) -> list[Figure]:
    """The usable figures of the plan's years, one a year."""
    years = _plan_years(case.target)
    found = {figure.period: figure for figure in case.usable if figure.period in years}
    return [found[year] for year in years if year in found]


def _absent_years(case: Case, figures: list[Figure]) -> tuple[str, ...]:
    """The years without a figure up to the last one known, up to the plan's end once that is due, and two at the least."""
    years = _plan_years(case.target)
    known = [figure.period for figure in figures]
    last = len(years) if case.as_of > case.due else max((years.index(year) + 1 for year in known), default=0)
    needed = years[: max(last, FEWEST_YEARS)]
    return tuple(year for year in needed if year not in known)
