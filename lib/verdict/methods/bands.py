"""Cut-offs as data: ordered bands of a number line, and the proof that they cover it once and leave nothing out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from lib.verdict.methods.reading import NOT_AVAILABLE, Category, Reading

DIGITS: Final = 9  # 0.95 in decimals is 0.95, whatever binary fractions make of it


@dataclass(frozen=True)
class Band:
    """All values from `low` to `high` that bear one category; each end belongs to the band or not."""

    category: str
    low: float = -math.inf
    high: float = math.inf
    low_closed: bool = True
    high_closed: bool = False

    def holds(self, value: float) -> bool:
        """Whether the value lies in the band; infinity lies in the band that goes on for ever."""
        above = value > self.low or (value == self.low and (self.low_closed or math.isinf(value)))
        below = value < self.high or (value == self.high and (self.high_closed or math.isinf(value)))
        return above and below

    def spans(self, low: float, high: float) -> bool:
        """Whether every value strictly between two bounds lies in the band."""
        return self.low <= low and high <= self.high


@dataclass(frozen=True)
class Bands:
    """A method's bands over its domain; `complete` says whether the publisher's rule speaks of every value in it."""

    bands: tuple[Band, ...]
    unit: str
    source: str
    complete: bool = True
    low: float = -math.inf
    high: float = math.inf

    def __iter__(self) -> Iterator[Band]:
        """The bands in the publisher's order."""
        return iter(self.bands)

    def category(self, value: float) -> str:
        """The category of a value; `undefined` where the published rule gives none, or two."""
        found = [band.category for band in self.bands if band.holds(round(value, DIGITS))]
        return found[0] if len(found) == 1 else Category.UNDEFINED

    def read(self, value: float | None) -> Reading:
        """The reading of a value; `not_available` for none."""
        if value is None or math.isnan(value):
            return NOT_AVAILABLE
        return Reading(value, self.category(value))


class Hole(NamedTuple):
    """Values that no band holds; a single one where `low` equals `high`."""

    low: float
    high: float
    low_closed: bool
    high_closed: bool


class Overlap(NamedTuple):
    """Values that several bands hold."""

    low: float
    high: float
    low_closed: bool
    high_closed: bool
    categories: tuple[str, ...]


class _Piece(NamedTuple):
    """A single bound, or all that lies strictly between two neighbouring ones, and the bands that hold it."""

    low: float
    high: float
    holders: tuple[Band, ...]

    @property
    def is_point(self) -> bool:
        return self.low == self.high


def ladder(*steps: tuple[str, float]) -> tuple[Band, ...]:
    """Bands from falling lower bounds, each belonging to its band and ending below the one before."""
    tops = (math.inf, *(start for _, start in steps))
    return tuple(Band(category, start, top) for (category, start), top in zip(steps, tops, strict=False))


def check(bands: Iterable[Band], low: float = -math.inf, high: float = math.inf) -> list[Hole | Overlap]:
    """Name every value from `low` to `high` that no band or more than one band holds, in order; nothing if all is well.

    The bounds cut the line into points and open intervals; each is held by a band as a whole or not at all, so looking at
    each once proves the rule for every real number. Neighbours with the same fault are reported as one interval.
    """
    pieces = _pieces(tuple(bands), low, high)
    runs = [list(run) for _, run in groupby(pieces, key=lambda piece: piece.holders)]
    return [_fault(run) for run in runs if len(run[0].holders) != 1]


def _pieces(bands: Sequence[Band], low: float, high: float) -> list[_Piece]:
    """The domain cut at every bound."""
    bounds = {low, high, *(bound for band in bands for bound in (band.low, band.high) if low < bound < high)}
    cuts = sorted(bounds)
    points = [_Piece(cut, cut, tuple(band for band in bands if band.holds(cut))) for cut in cuts if math.isfinite(cut)]
    gaps = [_Piece(*ends, tuple(band for band in bands if band.spans(*ends))) for ends in pairwise(cuts)]
    return sorted((*points, *gaps), key=lambda piece: (piece.low, piece.high))


def _fault(run: list[_Piece]) -> Hole | Overlap:
    """The interval that neighbouring pieces make up."""
    first, last = run[0], run[-1]
    ends = (first.low, last.high, first.is_point, last.is_point)
    return Overlap(*ends, tuple(band.category for band in first.holders)) if first.holders else Hole(*ends)
