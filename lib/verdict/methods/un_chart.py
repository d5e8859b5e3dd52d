"""The UN Progress Chart: where compound growth would lead, as a share of the way from base to target.

Source: United Nations Statistics Division, Progress Chart Technical Note 2023, as EUSTAT, the Basque statistics office,
documents and applies it (_pages/en/metodologia.md, 10f3c70). EUSTAT itself leaves growth-rate series to expert judgement.
"""

from __future__ import annotations

import math
from typing import Final

from lib.verdict.methods.bands import Bands, ladder
from lib.verdict.methods.compound import annual_factor, average_growth, raised
from lib.verdict.methods.reading import Category, Point, Reading

LEVELS: Final[dict[str, int]] = {
    Category.ON_TRACK: 3,
    Category.FAIR_PROGRESS: 2,
    Category.STAGNATION_OR_REGRESSION: 1,
}
NATURAL_ENDS: Final = (0.0, 100.0)
NEAR_ENOUGH: Final = 1.0  # percentage points

UN_CHART: Final = Bands(
    ladder(
        (Category.ON_TRACK, 0.95),
        (Category.FAIR_PROGRESS, 0.10),
        (Category.STAGNATION_OR_REGRESSION, -math.inf),
    ),
    unit="share",
    source="UN Progress Chart Technical Note 2023, as documented by EUSTAT (10f3c70)",
)
UN_CHART_WITHOUT_TARGET: Final = Bands(
    ladder(
        (Category.ON_TRACK, 0.02),
        (Category.FAIR_PROGRESS, 0.005),
        (Category.STAGNATION_OR_REGRESSION, -math.inf),
    ),
    unit="growth",
    source="UN Progress Chart Technical Note 2023, as documented by EUSTAT (10f3c70)",
)


def un_chart(baseline: Point, current: Point, target: Point, direction: int) -> Reading:
    """Judge by q = (ve - vb) / (T - vb) with ve = v (v/vb)^((tT-t)/(t-b)); a target met comes first, whatever the trend.

    A value within one point of a target of 0 or 100 counts as met. Not available for a base of zero, for base and current
    on different sides of zero and for a base equal to the target, unless met.
    """
    share = _extrapolated_share(baseline, current, target)
    met = (current.value - target.value) * direction >= 0
    return Reading(share, Category.ON_TRACK) if met or _is_near_end(current, target) else UN_CHART.read(share)


def _extrapolated_share(baseline: Point, current: Point, target: Point) -> float | None:
    factor = annual_factor(baseline, current)
    if factor is None or target.value == baseline.value:
        return None
    expected = current.value * raised(factor, target.year - current.year)
    share = (expected - baseline.value) / (target.value - baseline.value)
    return None if math.isnan(share) else share


def _is_near_end(current: Point, target: Point) -> bool:
    return target.value in NATURAL_ENDS and distance(current, target) <= NEAR_ENOUGH


def distance(current: Point, target: Point) -> float:
    """How far the current value is from the target, in the indicator's unit."""
    return abs(target.value - current.value)


def un_chart_without_target(baseline: Point, current: Point, direction: int) -> Reading:
    """Judge by compound growth a year in the direction wanted: from 2 % on track, from 0.5 % fair; for values above zero."""
    growth = average_growth(baseline, current) if min(baseline.value, current.value) >= 0 else None
    return UN_CHART_WITHOUT_TARGET.read(None if growth is None else growth * direction)
