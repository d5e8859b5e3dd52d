"""Figures far from the series they would join: a wrong unit shows by its size, a share written as a fraction of 1 too.

A series is one region, indicator, basis and unit. Where figures of it are held already, new ones are compared with
those; else with the other periods of the same file. These are warnings: series do jump, if seldom fifty-fold.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from statistics import median, median_low
from typing import TYPE_CHECKING, Final

from lib.ingest.values import PERCENT, convert, read_number, write_number
from lib.periods import parse_period
from lib.schema import Nature

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from lib.ingest.rows import Lexicon, Reading
    from lib.ingest.values import Unit, Units
    from lib.schema import Problem

_KEY: Final = ("region", "indicator", "basis", "unit")
JUMP: Final = 50  # below the 100 or 10,000 between units, above what a flow that is mostly zero does
_FITS: Final = 0.7  # a unit explains a jump if it leaves less than a factor of five, as a power of ten
USUAL: Final = 5  # a share whose series stands above 5 % does not fall to 1 %
_CERTAIN: Final = 3  # figures held before a cure is certain
_SURE: Final = 2
_CLOSE: Final = 1.25
_TEXT: Final = 4  # digits of a typical value


@dataclass(frozen=True)
class _Point:
    """A period's size in a series; the lower median where there are several figures of it."""

    position: float
    period: str
    value: float


def compare_sizes(readings: list[Reading], lexicon: Lexicon, known: pd.DataFrame | None) -> list[Problem]:
    """Warn of levels fifty times off the nearest period of their series, and of shares that look like fractions of 1.

    `readings`: the sound ones.
    """
    groups: dict[tuple[str, ...], list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.value:
            groups[tuple(str(reading.row[name]) for name in _KEY)].append(reading)
    held = _read_known(known, set(groups))
    found: list[Problem] = []
    for key, group in groups.items():
        nature = lexicon.facts[key[1]].nature
        if nature in {Nature.FLOW, Nature.STOCK}:
            found += _find_jumps(group, held.get(key, []), lexicon.units)
        elif nature == Nature.SHARE and key[3] == PERCENT:
            found += _find_fractions(group, held.get(key, []))
    return found


def _read_known(known: pd.DataFrame | None, keys: set[tuple[str, ...]]) -> dict[tuple[str, ...], list[_Point]]:
    """The series held of these keys."""
    if known is None:
        return {}
    series: dict[tuple[str, ...], list[tuple[str, float]]] = defaultdict(list)
    rows = known[known["indicator"].isin({key[1] for key in keys}) & known["region"].isin({key[0] for key in keys})]
    for *key, period, value in zip(*(rows[name] for name in (*_KEY, "period", "value")), strict=True):
        if value and tuple(key) in keys:
            series[tuple(key)].append((str(period), float(value)))
    return {key: _build_series(figures) for key, figures in series.items()}


def _build_series(figures: Iterable[tuple[str, float]]) -> list[_Point]:
    """One point for each period's end, in order."""
    ends: dict[float, list[tuple[float, str]]] = defaultdict(list)
    for period, value in figures:
        ends[parse_period(period).position].append((value, period))
    middles = {position: median_low(values) for position, values in ends.items()}
    return [_Point(position, period, value) for position, (value, period) in sorted(middles.items())]


def _own(group: list[Reading]) -> list[_Point]:
    """The series that a file's rows make by themselves."""
    return _build_series((str(reading.row["period"]), reading.value) for reading in group)


def _factor(value: float, other: float) -> float:
    """How many times one is as large as the other, at least 1, whatever their signs."""
    return max(abs(value / other), abs(other / value))


def _find_jumps(group: list[Reading], held: list[_Point], units: Units) -> Iterable[Problem]:
    """Name each figure far from its nearest period. Within a file also far from the middle: else its neighbours would be."""
    series = held or _own(group)
    middle = median_low(abs(point.value) for point in series)
    for reading in group:
        value = reading.value
        nearest = _find_nearest(series, reading, itself=bool(held))
        if nearest and _factor(value, nearest.value) >= JUMP and (held or _factor(value, middle) >= JUMP):
            yield _name_jump(reading, nearest, units, certain=len(held) >= _CERTAIN)


def _find_nearest(series: list[_Point], reading: Reading, *, itself: bool) -> _Point | None:
    """The point nearest in time, of two the one nearer in size; `itself`: the same period counts too."""
    position = parse_period(str(reading.row["period"])).position
    place = bisect_left(series, position, key=lambda point: point.position)
    near = [point for point in series[max(0, place - 1) : place + 2] if itself or point.position != position]
    value = reading.value
    return min(near, key=lambda it: (abs(it.position - position), _factor(value, it.value)), default=None)


def _name_jump(reading: Reading, nearest: _Point, units: Units, *, certain: bool) -> Problem:
    """Name the figure compared with, how far off this one is, and the units that would explain it."""
    fitting = _find_units(reading, nearest, units)
    hint: dict[str, object] = {
        "period": nearest.period,
        "known": write_number(Decimal(str(nearest.value))),
        "unit": units.label(str(reading.row["unit"])),
        "ratio": f"{float(f'{_factor(reading.value, nearest.value):.2g}'):,.0f}",
        "likely": units.label(*(unit.code for unit in fitting or _find_others(reading, units))),
    }
    fix = _convert(reading, fitting[0], nearest, units) if certain and len(fitting) == 1 else ""
    return reading.name("magnitude_jump", hint, fix)


def _find_units(reading: Reading, nearest: _Point, units: Units) -> list[Unit]:
    """The units in which the figure as written would be near its neighbour."""
    wanted = math.log10(abs(nearest.value / reading.value) * float(_stated(reading, units).factor))
    others = _find_others(reading, units)
    stated = _stated(reading, units)
    return [unit for unit in others if unit != stated and abs(math.log10(unit.factor) - wanted) <= _FITS]


def _find_others(reading: Reading, units: Units) -> list[Unit]:
    """All other units of the dimension, or the stated one where there is no other."""
    stated = _stated(reading, units)
    others = [unit for unit in units.by_code.values() if unit.dimension == stated.dimension and unit != stated]
    return others or [stated]


def _stated(reading: Reading, units: Units) -> Unit:
    """The unit a figure was written in."""
    return units.find(str(reading.row["unit_text"])) or units.by_code[str(reading.row["unit"])]


def _convert(reading: Reading, meant: Unit, nearest: _Point, units: Units) -> str:
    """The figure in the unit stated, once it was meant in another; "" where it would still be twice its neighbour or half.

    A unit written behind the number stays there.
    """
    stated = _stated(reading, units)
    figure = read_number(reading.cell("value"), semicolons=reading.layout.separator == ";")
    own = units.by_code[str(reading.row["unit"])]
    if _factor(float(convert(figure.value, meant, own)), nearest.value) > _SURE:
        return ""
    return f"{write_number(convert(figure.value, meant, stated))}{figure.unit}"


def _find_fractions(group: list[Reading], held: list[_Point]) -> Iterable[Problem]:
    """Name each share of at most 1 % in a series that stands above 5 %."""
    typical = median(point.value for point in held or _own(group))
    certain = len(held) >= _CERTAIN
    for reading in group:
        if typical > USUAL and 0 < reading.value <= 1:
            read = Decimal(str(reading.value))
            hint = {"read": write_number(read), "meant": write_number(read * 100), "typical": f"{typical:.{_TEXT}g}"}
            sure = certain and _factor(float(read * 100), typical) < _CLOSE and not _has_unit(reading)
            yield reading.name("share_as_fraction", hint, write_number(read * 100) if sure else "")


def _has_unit(reading: Reading) -> bool:
    """Whether the cell itself holds a unit, which a new number would push aside."""
    return bool(read_number(reading.cell("value")).unit)
