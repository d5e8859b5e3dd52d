"""Levels on two sides of a break: never divided as if they were one series, but bounded and compared with what is published."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from lib.verdict.model import Carried, usable

if TYPE_CHECKING:
    from lib.series import Figure
    from lib.verdict.model import Case

# A level's change and its published real growth may differ by prices; by more than this, another cause is likely
# (seen in the reference figures: 5.9 points in Shenyang and 3.5 in Dalian at the census of 2023).
LARGEST_DIFFERENCE: Final = 2.5


def carry(case: Case, baseline: Figure, figure: Figure) -> Carried | None:
    """What the old base would about show at a figure's period: its last level, grown at the published real rates.

    v = u (1 + g1) ... (1 + gn), with u the last level on the baseline's side of the break and g the published growth of
    each year since; None where a rate is missing or no break lies between.
    """
    if baseline.segment == figure.segment:
        return None
    start = [f for f in case.usable if f.segment == baseline.segment and f.position < figure.position][-1]
    rates = [f for f in usable(case.growth) if start.position < f.position <= figure.position]
    if len(rates) != round(figure.position - start.position):
        return None
    value = start.value * math.prod(1 + rate.value / 100 for rate in rates)
    return Carried(start, tuple(rates), value, _closed(case, baseline, value, figure.value))


def _closed(case: Case, baseline: Figure, old: float, new: float) -> tuple[float, float] | None:
    """The shares of the gap closed on the old base and on the new one; none where the baseline had met the target."""
    distance = case.target.goal - baseline.value
    if distance * case.target.direction <= 0:
        return None
    return (old - baseline.value) / distance, (new - baseline.value) / distance


def growth_gap(case: Case, figure: Figure) -> float | None:
    """By how many points the change of the level over the year before differs from the published growth of the year.

    The difference is only ever shown as a doubt about the levels, never as growth.
    """
    before = [f for f in case.usable if f.position == figure.position - 1]
    published = [f for f in usable(case.growth) if f.period == figure.period]
    if not before or not published or before[0].value <= 0:
        return None
    gap = (figure.value / before[0].value - 1) * 100 - published[0].value
    return round(gap, 9)  # 2.5 points are 2.5 in any unit, whatever binary fractions make of it


def break_marks(case: Case, figure: Figure, carried: Carried | None) -> tuple[str, ...]:
    """Mark levels that do not agree with the published growth, and an answer that hangs on the base."""
    gap = growth_gap(case, figure)
    met = case.target.is_met_by
    marks = {
        "growth_differs": gap is not None and abs(gap) > LARGEST_DIFFERENCE,
        "base_decides": carried is not None and met(carried.value) != met(figure.value),
    }
    return tuple(mark for mark, holds in marks.items() if holds)
