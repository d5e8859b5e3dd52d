"""What is still needed each year to land on a goal: an amount, a growth, an average of growth rates.

Nothing is capped at zero: a goal already passed gives the change that would lead back to it.
Source of the compound formulas: Qinghai Bureau of Statistics, 2009-09-17, on cumulative targets; with the factor so far
F = (1+g1)...(1+gn), a total target G leaves G/F - 1, which is (G/F)^(1/(N-n)) - 1 in each of the N - n years left.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

# exp(700) is about 1e304, short of where a float ends.
_LARGEST_LOG: Final = 700.0


def required_change(value: float, goal: float, years_left: float) -> float | None:
    """The change a year, (goal - value) / years left, in the values' unit. None where no time is left."""
    if years_left <= 0:
        return None
    change = (goal - value) / years_left
    return change if math.isfinite(change) else None


def required_growth(value: float, goal: float, years_left: float) -> float | None:
    """The compound change a year, (goal / value)^(1 / years left) - 1, in per cent.

    It is of the nature of the values: of levels at current prices it is a change at current prices, never real growth.
    None where value or goal is not positive or no time is left.
    """
    if value <= 0 or goal <= 0 or years_left <= 0:
        return None
    return _per_cent((math.log(goal) - math.log(value)) / years_left)


def required_total(rates: Sequence[float], total: float) -> float | None:
    """The change still needed in total, (1 + total) / ((1+g1)...(1+gn)) - 1; all in per cent.

    None where a rate or the total is -100 or below: nothing grows from nothing.
    """
    log = _log_left(rates, _log_factor(total))
    return None if log is None else _per_cent(log)


def required_average(rates: Sequence[float], goal: float, years: int) -> float | None:
    """The average growth needed in the years left, ((1+g)^N / ((1+g1)...(1+gn)))^(1/(N-n)) - 1; all in per cent.

    `goal` is the yearly average over all `years` (N), `rates` are those of the years done (n). None where no year is left
    or a rate or the goal is -100 or below.
    """
    left, yearly = years - len(rates), _log_factor(goal)
    if left <= 0 or yearly is None:
        return None
    log = _log_left(rates, years * yearly)
    return None if log is None else _per_cent(log / left)


def _log_factor(rate: float) -> float | None:
    """The logarithm of 1 + rate / 100; None for -100 and below, and for what is not a number."""
    return math.log1p(rate / 100) if rate > -100 else None


def _log_left(rates: Sequence[float], log_total: float | None) -> float | None:
    """The logarithm of the factor still needed."""
    logs = [_log_factor(rate) for rate in rates]
    known = [log for log in logs if log is not None]
    return None if log_total is None or len(known) < len(logs) else log_total - math.fsum(known)


def _per_cent(log: float) -> float | None:
    """A factor's change in per cent; None where it is beyond all numbers."""
    return math.expm1(log) * 100 if abs(log) <= _LARGEST_LOG else None
