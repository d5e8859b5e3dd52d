"""Blocks of figures that were copied: a region's figures of one period that equal another period's or another region's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lib.ingest.problems import list_rows
from lib.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lib.ingest.book import Context, Point
    from lib.ingest.rows import Reading
    from lib.schema import Problem

_LEAST: Final = 3  # figures that are equal
_BACK: Final = 8  # earlier periods that are looked at
_Place = tuple[str, str, str]  # region, period, basis
_Block = dict[tuple[str, str], list["Point"]]  # by indicator and unit


@dataclass(frozen=True)
class _Blocks:
    """The figures of each region and period: the file's, and with those held beside them."""

    fresh: dict[_Place, _Block]
    every: dict[_Place, _Block]
    periods: dict[tuple[str, str], list[str]]  # by region and basis, in order
    regions: dict[tuple[str, str], list[str]]  # by period and basis
    values: dict[_Place, set[tuple[tuple[str, str], float]]]  # by indicator and unit


def find_copies(context: Context) -> Iterable[Problem]:
    """Name each block of at least three figures, most of what can be compared, that equals another."""
    blocks = _sort(context)
    for place, block in blocks.fresh.items():
        if len(block) >= _LEAST:
            yield from _find_copy(place, block, blocks, context)


def _sort(context: Context) -> _Blocks:
    """Sort all figures into blocks."""
    fresh: dict[_Place, _Block] = defaultdict(dict)
    every: dict[_Place, _Block] = defaultdict(dict)
    for figures, known in ((context.book.fresh, False), (context.book.held, True)):
        for key, points in figures.items():
            place, kind = (key.region, key.period, key.basis), (key.indicator, key.unit)
            every[place].setdefault(kind, []).extend(points)
            if not known:
                fresh[place][kind] = points
    values = {
        place: {(kind, point.value) for kind, points in block.items() for point in points}
        for place, block in every.items()
    }
    return _Blocks(fresh, every, *_index(every), values)


def _index(every: Iterable[_Place]) -> tuple[dict[tuple[str, str], list[str]], dict[tuple[str, str], list[str]]]:
    """The periods of each region and basis, and the regions of each period and basis."""
    periods: dict[tuple[str, str], list[str]] = defaultdict(list)
    regions: dict[tuple[str, str], list[str]] = defaultdict(list)
    for region, period, basis in sorted(every, key=lambda place: (parse_period(place[1]).position, place)):
        periods[region, basis].append(period)
        regions[period, basis].append(region)
    return periods, regions


def _find_copy(place: _Place, block: _Block, blocks: _Blocks, context: Context) -> Iterable[Problem]:
    """Compare a block with its region's earlier ones, the nearest first, and with other regions' of the same period."""
    region, period, basis = place
    periods = blocks.periods[region, basis]
    earlier = periods[: periods.index(period)][-_BACK:]
    beside = [it for it in blocks.regions[period, basis] if it != region]
    others = [(region, it, basis) for it in reversed(earlier)] + [(it, period, basis) for it in beside]
    first = {(kind, points[0].value) for kind, points in block.items()}
    for other in others:
        if len(first & blocks.values[other]) < _LEAST:
            continue
        equal = _list_equal(block, blocks.every[other], blocks.values[other])
        if equal and (other not in blocks.fresh or other[0] == region or _first(block) > _first(blocks.fresh[other])):
            yield _name(place, other, equal, context)
            return


def _first(block: _Block) -> int:
    """The line on which a block of the file begins."""
    return min(_line(point) for points in block.values() for point in points)


def _line(point: Point) -> int:
    """The line of a figure of the file."""
    return point.reading.record.row if point.reading else 0


def _list_equal(block: _Block, other: _Block, values: set[tuple[tuple[str, str], float]]) -> list[Reading]:
    """The figures that are equal, if they are three or more, not all of one value, and most of those in both blocks.

    `values` are the other block's.
    """
    equal = [points[0] for kind, points in block.items() if points[0].value and (kind, points[0].value) in values]
    if len(equal) < _LEAST or len({point.value for point in equal}) == 1:
        return []
    most = 2 * len(equal) > len(block.keys() & other.keys())
    return [point.reading for point in equal if point.reading] if most else []


def _name(place: _Place, other: _Place, equal: list[Reading], context: Context) -> Problem:
    """Name both blocks, on the first of the lines that are equal."""
    label = context.lexicon.regions.label
    rows = sorted(reading.record.row for reading in equal)
    hint = {
        "region": label(place[0]),
        "period": place[1],
        "other_region": label(other[0]),
        "other_period": other[1],
        "count": len(rows),
        "rows": list_rows(rows),
    }
    return min(equal, key=lambda reading: reading.record.row).name("block_copied", hint)
