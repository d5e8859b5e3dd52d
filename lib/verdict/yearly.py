"""The plan's yearly growth rates: which there are, which are absent, and their compound average.

Rates are compounded: with factor F = (1+g1)...(1+gn) the average so far is F^(1/n) - 1. Source: Qinghai Bureau of
Statistics, 2009-09-17, on cumulative targets.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lib.series import Figure
    from lib.verdict.model import Case

FEWEST_YEARS: Final = 2
COLLAPSE: Final = -100.0


def average_rate(rates: Sequence[float]) -> float:
    """The compound average of yearly growth rates, in per cent; -100 once a rate is. ValueError for no rate."""
    if not rates:
        raise ValueError(rates)
    if min(rates) <= COLLAPSE:
        return COLLAPSE
    return math.expm1(math.fsum(math.log1p(rate / 100) for rate in rates) / len(rates)) * 100


def plan_figures(case: Case) -> list[Figure]:
    """The usable figures of the plan's years, one a year."""
    found = {figure.period: figure for figure in case.usable}
    return [found[year] for year in case.years if year in found]


def absent_years(case: Case, figures: list[Figure]) -> tuple[str, ...]:
    """The years without a figure: up to the last one known, those that are due, and the first two in any case."""
    known = {figure.period for figure in figures}
    return tuple(
        year
        for place, year in enumerate(case.years)
        if year not in known and (place < FEWEST_YEARS or case.is_due(year) or any(later > year for later in known))
    )
