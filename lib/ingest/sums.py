"""Parts against their whole: three sectors and GDP, all cities and their province. Only figures of one status are added."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, Final, TypeVar

from lib.ingest.book import Key, Point, write_value
from lib.ingest.text import to_records
from lib.schema import NATION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from lib.ingest.book import Context
    from lib.schema import Problem

_GDP: Final = "gdp"
_SECTORS: Final = ("va_primary", "va_secondary", "va_tertiary")
_ROUNDING: Final = 0.15  # of figures with one decimal
_NATION_ROUNDING: Final = 1.5  # of figures without decimals
_SHARE: Final = 0.01  # the province's 14 cities of 2023 are 0.47 % off, unexplained
_NOISE: Final = 1e-9
_Case = TypeVar("_Case", bound=tuple[Any, ...])


def read_cities(regions: pd.DataFrame) -> dict[str, list[str]]:
    """The cities of each region that has any, from data/regions.csv."""
    cities: dict[str, list[str]] = {}
    for row in to_records(regions):
        if row["type"] == "city" and row["parent"]:
            cities.setdefault(row["parent"], []).append(row["region"])
    return cities


def find_least(candidates: Iterable[_Case], enough: float) -> _Case | None:
    """The candidate that begins with the least number; None as soon as one is no larger than `enough`."""
    best: _Case | None = None
    for candidate in candidates:
        if candidate[0] <= enough:
            return None
        if best is None or candidate[0] < best[0]:
            best = candidate
    return best


def compare_sectors(context: Context) -> Iterable[Problem]:
    """Name each GDP that its three sectors miss by more than rounding allows."""
    fresh = context.book.fresh
    totals = dict.fromkeys(key._replace(indicator=_GDP) for key in fresh if key.indicator in {_GDP, *_SECTORS})
    for total in totals:
        groups = [context.book.at(total._replace(indicator=code)) for code in (_GDP, *_SECTORS)]
        limit = _NATION_ROUNDING if total.region == NATION else _ROUNDING
        for status in _shared(groups):
            wholes, *parts = ([point for point in group if point.status == status] for group in groups)
            sums = [(sum(point.value for point in mix), mix) for mix in product(*parts)]
            misses = ((abs(whole.value - added), (whole, *mix)) for whole in wholes for added, mix in sums)
            best = find_least(misses, limit + _NOISE)
            if best:
                yield from _name_sectors(total, best[1], context)


def _miss(mix: tuple[Point, ...]) -> float:
    """The first figure less the sum of the others."""
    return mix[0].value - sum(point.value for point in mix[1:])


def _shared(groups: list[list[Point]]) -> list[str]:
    """The statuses that every group has a figure of; none where a group is empty."""
    return sorted(set.intersection(*({point.status for point in group} for group in groups)))


def _name_sectors(total: Key, mix: tuple[Point, ...], context: Context) -> Iterable[Problem]:
    """Name region, period, GDP, sum and difference, on the first line of the file that has a part in it."""
    hint = {
        "region": context.lexicon.regions.label(total.region),
        "period": total.period,
        "total": write_value(mix[0].value),
        "sum": write_value(mix[0].value - _miss(mix)),
        "difference": write_value(abs(_miss(mix))),
    }
    yield from _name_first("sectors_do_not_add", mix, hint)


def compare_cities(context: Context, cities: Mapping[str, list[str]]) -> Iterable[Problem]:
    """Name each total that differs by more than 1 % from the sum of all its cities."""
    parents = {city: parent for parent, group in cities.items() for city in group}
    facts = context.lexicon.facts
    totals: dict[Key, None] = {}
    for key in context.book.fresh:
        parent = key.region if key.region in cities else parents.get(key.region, "")
        if parent and facts[key.indicator].adds:
            totals[key._replace(region=parent)] = None
    for total in totals:
        groups = [context.book.at(total._replace(region=code)) for code in (total.region, *cities[total.region])]
        for status in _shared(groups):
            yield from _compare_total(total, [[it for it in group if it.status == status] for group in groups], context)


def _compare_total(total: Key, groups: list[list[Point]], context: Context) -> Iterable[Problem]:
    """Hold a total against the least and the largest sum that its cities' figures of one status make."""
    low, high = (sum(pick(point.value for point in group) for group in groups[1:]) for pick in (min, max))
    whole = min(groups[0], key=lambda point: max(low - point.value, point.value - high))
    nearest = min(max(whole.value, low), high)
    difference = abs(whole.value - nearest)
    if not whole.value or difference <= abs(whole.value) * _SHARE + _NOISE:
        return
    hint = {
        "region": context.lexicon.regions.label(total.region),
        "indicator": context.lexicon.facts[total.indicator].label,
        "period": total.period,
        "total": write_value(whole.value),
        "sum": write_value(nearest),
        "difference": f"{difference / abs(whole.value) * 100:.1f}",
    }
    yield from _name_first("cities_do_not_add", [whole, *(point for group in groups[1:] for point in group)], hint)


def _name_first(code: str, points: Iterable[Point], hint: Mapping[str, object]) -> Iterable[Problem]:
    """Name a problem on the whole's line if it stands in the file, else on the first line that has a part in it."""
    whole, *parts = (point.reading for point in points)
    lines = [reading for reading in parts if reading]
    place = whole or min(lines, key=lambda reading: reading.record.row, default=None)
    if place:
        yield place.name(code, hint)
