"""Changes beyond what a series ever did: three times the largest change seen among at least four earlier periods.

A series is one region, indicator, basis and unit, and for figures within the year one cut of it, so that January to
September is compared with January to September. Levels change by their logarithm, shares and growth rates by points.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low
from typing import TYPE_CHECKING, Final

from lib.ingest.book import Key, write_value
from lib.ingest.magnitude import JUMP, USUAL
from lib.periods import parse_period
from lib.schema import Nature

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lib.ingest.book import Context, Point
    from lib.schema import Problem

_PERIODS: Final = 4
_TIMES: Final = 3
_LEAST_POINTS: Final = 1.0  # a share that hardly moved may move by one point
_LEAST_RATIO: Final = math.log(1.05)  # and a level by 5 %
_NOISE: Final = 1e-9


@dataclass(frozen=True)
class _Step:
    """A figure of a series: the middle one where there are several, and the segment between breaks it stands in."""

    key: Key
    value: float
    segment: int

    @property
    def position(self) -> float:
        """The end of its period in years."""
        return parse_period(self.key.period).position


def find_jumps(context: Context) -> Iterable[Problem]:
    """Name each figure of the file that moved further than its series ever did."""
    wanted = {_series(key) for key in context.book.fresh}
    groups: dict[tuple[str, ...], set[Key]] = defaultdict(set)
    for key in {*context.book.fresh, *context.book.held}:
        if _series(key) in wanted:
            groups[_series(key)].add(key)
    for keys in groups.values():
        if len(keys) > _PERIODS:
            yield from _find_in_series(sorted(keys, key=lambda key: parse_period(key.period).position), context)


def _series(key: Key) -> tuple[str, ...]:
    """What names a series: all but the period, of which the cut counts."""
    return (key.region, key.indicator, key.basis, key.unit, str(parse_period(key.period).month))


def _find_in_series(keys: list[Key], context: Context) -> Iterable[Problem]:
    """Hold each figure of the file against the changes before it."""
    steps = [_read_step(key, context) for key in keys]
    nature = context.lexicon.facts[keys[0].indicator].nature
    ratio = nature in {Nature.FLOW, Nature.STOCK}
    floor = _LEAST_RATIO if ratio else _LEAST_POINTS
    largest, seen = 0.0, 0
    for at, (before, step) in enumerate(pairwise(steps), start=1):
        change = _change(before, step, ratio=ratio)
        if change is None:
            continue
        points = context.book.fresh.get(step.key)
        known = at >= _PERIODS and seen >= _PERIODS - 1 and not _is_size_fault(before, step, nature)
        if points and known and abs(change) > max(_TIMES * abs(largest), floor) + _NOISE:
            written = (_write(change, ratio=ratio), _write(largest, ratio=ratio))
            yield _name(before, at, points[0], written, context)
        largest, seen = max(largest, change, key=abs), seen + 1


def _read_step(key: Key, context: Context) -> _Step:
    """One step for each period."""
    points = context.book.at(key)
    return _Step(key, median_low(point.value for point in points), context.breaks.segment(key, points[-1].status))


def _change(before: _Step, after: _Step, *, ratio: bool) -> float | None:
    """The change a year from one step to the next; None across a break and where a level has no size."""
    years = after.position - before.position
    if before.segment != after.segment or years <= 0:
        return None
    if not ratio:
        return (after.value - before.value) / years
    return math.log(after.value / before.value) / years if min(before.value, after.value) > 0 else None


def _is_size_fault(before: _Step, after: _Step, nature: str) -> bool:
    """Whether the figure is so far off that it is named for its size."""
    if nature == Nature.SHARE:
        return 0 < after.value <= 1 and before.value > USUAL
    return nature in {Nature.FLOW, Nature.STOCK} and _ratio(before, after) >= JUMP


def _ratio(before: _Step, after: _Step) -> float:
    """How many times one is as large as the other; 1 where one has no size."""
    if before.value * after.value == 0:
        return 1.0
    return max(abs(after.value / before.value), abs(before.value / after.value))


def _write(change: float, *, ratio: bool) -> str:
    """A yearly change as a message shows it."""
    return f"{math.expm1(change) * 100:+.1f} %" if ratio else f"{change:+.1f}"


def _name(before: _Step, count: int, point: Point, changes: tuple[str, str], context: Context) -> Problem:
    """Name the period before, the change, the largest seen, and the number of earlier periods."""
    if point.reading is None:
        raise ValueError(before.key)
    lexicon, key = context.lexicon, before.key
    hint = {
        "indicator": lexicon.facts[key.indicator].label,
        "region": lexicon.regions.label(key.region),
        "previous": key.period,
        "known": write_value(before.value),
        "unit": lexicon.units.label(key.unit),
        "change": changes[0],
        "largest": changes[1],
        "count": count,
    }
    return point.reading.name("history_jump", hint)
