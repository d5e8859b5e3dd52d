"""Log progress: the share done of a target for cumulative change or average growth, and the effort that is left.

Source: Qinghai Bureau of Statistics, 2009-09-17, 关于节能目标完成情况的计算方法, with a worked example on energy intensity.
F is the cumulative factor so far, G the one the target asks for; both must be above zero.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from lib.verdict.methods.bands import DIGITS
from lib.verdict.methods.compound import average_growth
from lib.verdict.methods.reading import NOT_AVAILABLE, Category, Point, Reading


def cumulative_factor(rates: Iterable[float]) -> float:
    """F = (1+g1)...(1+gn) from yearly rates in per cent."""
    return math.prod(1 + rate / 100 for rate in rates)


def share_done(baseline: float, current: float, target: float) -> float | None:
    """The share ln F / ln G; none unless all three values have one sign and the target asks for a change."""
    done, asked = _log_factor(baseline, current), _log_factor(baseline, target)
    return done / asked if done is not None and asked else None


def _log_factor(start: float, end: float) -> float | None:
    """ln(end / start), taken apart so that no quotient leaves the machine's range."""
    if 0 in (start, end) or (start < 0) != (end < 0):
        return None
    return math.log(abs(end)) - math.log(abs(start))


def cumulative_change(start: float, end: float) -> float | None:
    """F - 1 in per cent; from the current value to the target it is the change still required, G/F - 1."""
    return 100 * (end / start - 1) if start else None


def yearly_change(start: Point, end: Point) -> float | None:
    """The average change a year in per cent: F^(1/n) - 1 so far, (G/F)^(1/(N-n)) - 1 from the current value to the target."""
    growth = average_growth(start, end)
    return None if growth is None else 100 * growth


def elapsed_share(baseline: Point, current: Point, target: Point) -> float | None:
    """The share of the time from base to target that is gone."""
    years = target.year - baseline.year
    return (current.year - baseline.year) / years if years > 0 else None


def log_progress(baseline: Point, current: Point, target: Point) -> Reading:
    """Judge by the share done against the share of the time gone: ahead, level, behind, or the wrong way.

    The bureau publishes the formula and sets the two shares side by side; the four words are ours.
    """
    done = share_done(baseline.value, current.value, target.value)
    elapsed = elapsed_share(baseline, current, target)
    if done is None or not elapsed or elapsed < 0:
        return NOT_AVAILABLE
    if done < 0:
        return Reading(done, Category.NEGATIVE_PROGRESS)
    lead = round(done - elapsed, DIGITS)
    return Reading(done, Category.AHEAD if lead > 0 else Category.BEHIND if lead < 0 else Category.LEVEL)
