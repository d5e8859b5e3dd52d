"""Observed over required compound growth: Open SDG and Statistics Canada, and Eurostat.

Sources: open-sdg, progress-methodology.md (26d2e38); open-sdg/sdg-build, sdg/ProgressMeasure.py (139fede), which Statistics
Canada runs; Eurostat (2021) as Open SDG's methodology page cites it. We reproduce the published code, its stand-in of
0.001 for zero and its complex roots included, to be comparable; we do not judge by it: a stand-in makes the status depend
on the unit, and growth of a value that may change its sign means nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from lib.verdict.methods.bands import Band, Bands, ladder
from lib.verdict.methods.compound import average_growth, raised
from lib.verdict.methods.reading import NOT_AVAILABLE, Category, Point, Reading

ZERO_STAND_IN: Final = 0.001
LIMIT_EXPONENT: Final = 4.44
BEST_SCORE: Final = 5.0
OPEN_SDG_BASE_YEAR: Final = 2015

OPEN_SDG: Final = Bands(
    ladder(
        (Category.SUBSTANTIAL_PROGRESS, 0.95),
        (Category.MODERATE_PROGRESS, 0.60),
        (Category.LIMITED_PROGRESS, 0.0),
        (Category.DETERIORATION, -math.inf),
    ),
    unit="ratio",
    source="Open SDG 2.4, progress-methodology.md; sdg-build ProgressMeasure.py (139fede)",
)
OPEN_SDG_WITHOUT_TARGET: Final = Bands(
    ladder(
        (Category.SUBSTANTIAL_PROGRESS, 0.015),
        (Category.MODERATE_PROGRESS, 0.005),
        (Category.LIMITED_PROGRESS, 0.0),
        (Category.DETERIORATION, -math.inf),
    ),
    unit="growth",
    source="Open SDG 2.4, progress-methodology.md; sdg-build ProgressMeasure.py (139fede)",
)
OPEN_SDG_SCORE: Final = Bands(
    (
        Band(Category.SUBSTANTIAL_PROGRESS, 2.5, 5.0, high_closed=True),
        Band(Category.MODERATE_PROGRESS, 0.0, 2.5),
        Band(Category.LIMITED_PROGRESS, -2.5, 0.0),
        Band(Category.DETERIORATION, -5.0, -2.5),
    ),
    unit="score",
    source="sdg-build ProgressMeasure.py (139fede), several series",
    low=-BEST_SCORE,
    high=BEST_SCORE,
)
EUROSTAT: Final = Bands(
    ladder(
        (Category.SIGNIFICANT_PROGRESS, 0.95),
        (Category.MODERATE_PROGRESS, 0.60),
        (Category.INSUFFICIENT_PROGRESS, 0.0),
        (Category.MOVEMENT_AWAY, -math.inf),
    ),
    unit="ratio",
    source="Eurostat 2021, as cited by Open SDG's methodology page",
)
# The handling of exactly 0 % and -1 % a year is our reading: Eurostat's annex was not seen.
EUROSTAT_WITHOUT_TARGET: Final = Bands(
    (
        Band(Category.SIGNIFICANT_PROGRESS, 0.01),
        Band(Category.MODERATE_PROGRESS, 0.0, 0.01),
        Band(Category.MODERATE_MOVEMENT_AWAY, -0.01, 0.0, low_closed=False),
        Band(Category.SIGNIFICANT_MOVEMENT_AWAY, -math.inf, -0.01, high_closed=True),
    ),
    unit="growth",
    source="Eurostat, EU SDG monitoring, rule without a target; ends read by us",
)


def endpoints(points: Sequence[Point], base_year: float = OPEN_SDG_BASE_YEAR) -> tuple[Point, Point] | None:
    """The base and the latest point as sdg-build picks them: the base year or the next one there is; blanks dropped.

    None for no value at all. ValueError for two values of one year and for a base year after all data, where the
    reference stops with an exception too.
    """
    known = sorted(point for point in points if not math.isnan(point.value))
    if not known:
        return None
    base = next((point for point in known if point.year >= base_year), None)
    if base is None or any(earlier.year == later.year for earlier, later in pairwise(known)):
        raise ValueError(known)
    return base, known[-1]


def open_sdg(baseline: Point, current: Point, target: Point, direction: int) -> Reading:
    """Judge by R = s d CAGRo / |CAGRr|, s = -1 for a negative base; a target met comes first, whatever R.

    CAGRo = (v/v0)^(1/(t-t0)) - 1, CAGRr = (T/v0)^(1/(tT-t0)) - 1. R is infinite where base and target are equal.
    Source: sdg-build ProgressMeasure.py (139fede).
    """
    goal = target._replace(value=target.value or ZERO_STAND_IN)
    reading = OPEN_SDG.read(_open_sdg_ratio(baseline, current, goal, direction))
    met = (current.value - goal.value) * direction >= 0
    return replace(reading, category=Category.TARGET_ACHIEVED) if met else reading


def _open_sdg_ratio(baseline: Point, current: Point, target: Point, direction: int) -> float | None:
    observed = _open_sdg_growth(baseline, current, direction)
    years = target.year - baseline.year
    if observed is None or years <= 0:
        return None
    return _ratio(observed, _required_growth(target.value / (baseline.value or ZERO_STAND_IN), 1 / years))


def _required_growth(factor: float, exponent: float) -> float:
    """The size of the growth asked for, as the reference code takes it: from a complex power for a negative factor."""
    if factor >= 0 or math.isinf(factor):
        return abs(raised(abs(factor), exponent) - 1)
    try:
        return abs(complex(factor) ** exponent - 1)
    except ArithmeticError:
        return math.inf


def _ratio(observed: float, required: float) -> float | None:
    """A quotient that is infinite for a required growth of zero, and none for zero over zero."""
    if required:
        return observed / required
    return math.copysign(math.inf, observed) if observed else None


def _open_sdg_growth(baseline: Point, current: Point, direction: int) -> float | None:
    """The observed growth s d CAGRo; none over less than a year or from one sign to the other."""
    base = baseline._replace(value=baseline.value or ZERO_STAND_IN)
    if current.year - base.year < 1:
        return None
    growth = average_growth(base, current)
    return None if growth is None else growth * direction * (-1 if base.value < 0 else 1)


def open_sdg_without_target(baseline: Point, current: Point, direction: int, limit: float | None = None) -> Reading:
    """Judge by the growth g = s d CAGRo; near a natural limit less growth is asked for.

    The cut-offs are multiplied by `limit_coefficient`. Source: sdg-build ProgressMeasure.py (139fede).
    """
    growth = _open_sdg_growth(baseline, current, direction)
    return scale_bands(OPEN_SDG_WITHOUT_TARGET, limit_coefficient(baseline.value, limit)).read(growth)


def limit_coefficient(base: float, limit: float | None) -> float:
    """C = 1 - (v0/L)^4.44 up to the limit, 1 - ((2L-v0)/L)^4.44 up to twice the limit, and 1 beyond; 0 at the limit."""
    if limit is None or abs(base) >= 2 * abs(limit):
        return 1.0
    share = abs(base) / abs(limit)
    return 1 - raised(min(share, 2 - share), LIMIT_EXPONENT)


def scale_bands(bands: Bands, factor: float) -> Bands:
    """The same bands with every finite bound multiplied."""
    return replace(
        bands,
        bands=tuple(replace(band, low=_scaled(band.low, factor), high=_scaled(band.high, factor)) for band in bands),
    )


def _scaled(bound: float, factor: float) -> float:
    return bound if math.isinf(bound) else bound * factor


def open_sdg_score(reading: Reading) -> float | None:
    """The score from -5 to +5 of a reading with a target; 5 for one achieved, none for one not available.

    R >= 0.6: 7.1429 R - 4.2857; below: 4.1667 R - 2.5. Source: sdg-build ProgressMeasure.py (139fede).
    """
    if reading.category == Category.TARGET_ACHIEVED:
        return BEST_SCORE
    if reading.value is None:
        return None
    ratio = reading.value
    score = 7.1429 * ratio - 4.2857 if ratio >= 0.6 else 4.1667 * ratio - 2.5
    return max(-BEST_SCORE, min(BEST_SCORE, score))


def open_sdg_aggregate(readings: Sequence[Reading]) -> Reading:
    """Judge several series by the mean of their scores; achieved only where all that have a score are.

    A series without a score is left out without a word, as the reference does. Source: sdg-build (139fede).
    """
    scored = [(reading, score) for reading in readings if (score := open_sdg_score(reading)) is not None]
    if not scored:
        return NOT_AVAILABLE
    mean = math.fsum(score for _, score in scored) / len(scored)
    if all(reading.category == Category.TARGET_ACHIEVED for reading, _ in scored):
        return Reading(mean, Category.TARGET_ACHIEVED)
    return OPEN_SDG_SCORE.read(mean)


def eurostat(baseline: Point, current: Point, target: Point, direction: int) -> Reading:
    """Judge by d CAGRo / |CAGRr|, for values above zero; not available where base and target are equal.

    Source: Eurostat 2021, as cited by Open SDG's methodology page. Long term: about 15 years; short term: the last 5.
    """
    if min(baseline.value, current.value, target.value) < 0:
        return NOT_AVAILABLE
    observed, required = average_growth(baseline, current), average_growth(baseline, target)
    return EUROSTAT.read(observed * direction / abs(required)) if observed is not None and required else NOT_AVAILABLE


def eurostat_without_target(baseline: Point, current: Point, direction: int) -> Reading:
    """Judge by the compound growth a year in the direction wanted, for values above zero.

    Source: Eurostat, EU SDG monitoring; at least 1 % a year is significant, either way.
    """
    growth = average_growth(baseline, current) if min(baseline.value, current.value) >= 0 else None
    return EUROSTAT_WITHOUT_TARGET.read(None if growth is None else growth * direction)
