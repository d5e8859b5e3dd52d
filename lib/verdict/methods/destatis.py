"""Weather symbols of the German statistics office: the average yearly change of the last five years, carried on.

Source: Destatis, Indicators of the German Sustainable Development Strategy, status.md (2dfa9ea). Changes are arithmetic, so
zero and negative values are as good as any.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from lib.verdict.methods.bands import Band, Bands
from lib.verdict.methods.reading import Category, Point, Reading

MOST_POINTS: Final = 6
FEWEST_POINTS: Final = 4
NO_RATING: Final = Reading(None, Category.NO_RATING)
WORST_FIRST: Final = (Category.THUNDERSTORM, Category.CLOUD, Category.SUN_WITH_CLOUD, Category.SUN, Category.NO_RATING)

DESTATIS: Final = Bands(
    (
        Band(Category.SUN, -math.inf, 0.05),
        Band(Category.SUN_WITH_CLOUD, 0.05, 0.20, high_closed=True),
        Band(Category.CLOUD, 0.20, math.inf, low_closed=False),
    ),
    unit="share",
    source="Destatis, DNS indicators, status.md (2dfa9ea): target values, while moving in the right direction",
)


class Trend(NamedTuple):
    """What a rating looks at: the window's first point, the last but one and the last."""

    first: Point
    previous: Point
    last: Point

    @property
    def years(self) -> float:
        """How many years the window spans."""
        return self.last.year - self.first.year

    @property
    def change(self) -> float:
        """The average yearly change a = (v - v_first) / (t - t_first)."""
        return (self.last.value - self.first.value) / self.years

    def heading(self, direction: int) -> int:
        """+1 where the window moves as wanted, -1 where it moves the other way, 0 where it stands still."""
        return _heading(self.first, self.last, direction)

    def last_heading(self, direction: int) -> int:
        """The same for the last change alone."""
        return _heading(self.previous, self.last, direction)


def _heading(start: Point, end: Point, direction: int) -> int:
    if math.isclose(start.value, end.value):
        return 0
    return direction if end.value > start.value else -direction


def find_trend(points: Sequence[Point], since: float = -math.inf) -> Trend | None:
    """The window of a series: its last six points after a break; none unless the last four are evenly spaced."""
    window = sorted(point for point in points if point.year >= since)[-MOST_POINTS:]
    steps = {later.year - earlier.year for earlier, later in pairwise(window[-FEWEST_POINTS:])}
    if len(window) < FEWEST_POINTS or len(steps) > 1 or 0 in steps:
        return None
    return Trend(window[0], window[-2], window[-1])


def by_year(trend: Trend | None, target: Point, direction: int) -> Reading:
    """Judge a value to be reached by a year by the gap that the trend would leave, m = d (T - p) / |T - v|.

    p = v + a (tT - t) is the value the trend leads to. m < 5 % sun; up to 20 % sun with cloud; beyond, cloud; a trend not
    in the right direction thunderstorm. Once the target is met, the rule for every year holds and a is the value read.
    """
    if not trend or trend.years <= 0:
        return NO_RATING
    if _is_met(trend.last.value, target.value, direction):
        return every_year(trend, target.value, direction)
    projected = trend.last.value + trend.change * (target.year - trend.last.year)
    if trend.heading(direction) <= 0:
        return Reading(projected, Category.THUNDERSTORM)
    missed = direction * (target.value - projected) / abs(target.value - trend.last.value)
    return NO_RATING if math.isnan(missed) else Reading(projected, DESTATIS.category(missed))


def _is_met(value: float, bound: float, direction: int) -> bool:
    return (value - bound) * direction >= 0 or math.isclose(value, bound)


def every_year(trend: Trend | None, bound: float, direction: int) -> Reading:
    """Judge a bound to be kept in every year by the last value first and the average change a second.

    Kept and not worsening sun, kept but worsening sun with cloud, broken but improving cloud, else thunderstorm. The
    published text gives a broken bound that stands still both a cloud and a thunderstorm; the ratings give the latter.
    A benchmark is a bound of 0 on the `difference` from it.
    """
    if not trend or trend.years <= 0:
        return NO_RATING
    heading = trend.heading(direction)
    if _is_met(trend.last.value, bound, direction):
        return Reading(trend.change, Category.SUN if heading >= 0 else Category.SUN_WITH_CLOUD)
    return Reading(trend.change, Category.CLOUD if heading > 0 else Category.THUNDERSTORM)


def direction_only(trend: Trend | None, direction: int) -> Reading:
    """Judge a target without a number by the average change and the last change.

    Both right sun, only the average sun with cloud, only the last cloud, neither thunderstorm.
    """
    if not trend or trend.years <= 0:
        return NO_RATING
    average, last = trend.heading(direction) > 0, trend.last_heading(direction) > 0
    if average:
        return Reading(trend.change, Category.SUN if last else Category.SUN_WITH_CLOUD)
    return Reading(trend.change, Category.CLOUD if last else Category.THUNDERSTORM)


def difference(points: Iterable[Point], benchmark: Iterable[Point]) -> tuple[Point, ...]:
    """A series minus its benchmark in the years that both have; rate it with `every_year` and a bound of 0."""
    others: Mapping[float, float] = {point.year: point.value for point in benchmark}
    return tuple(Point(year, value - others[year]) for year, value in points if year in others)


def weaker_bound(low: float, high: float, direction: int) -> float:
    """The end of a target interval that counts: the one reached first."""
    return low if direction > 0 else high


def next_target(targets: Iterable[Point], year: float) -> Point | None:
    """Of targets for several years the next one, counted from the year of the last value; none when all are past."""
    return min((target for target in targets if target.year >= year), default=None)


def worst(readings: Iterable[Reading]) -> Reading:
    """Judge several targets for the same time by the worst of their ratings; one without a rating does not count."""
    ranks = {str(category): rank for rank, category in enumerate(WORST_FIRST)}
    return min(readings, key=lambda reading: ranks[reading.category], default=NO_RATING)
