"""The figures of a file beside those held already, by figure: what the checks of one against others look things up in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lib.ingest.text import to_records
from lib.periods import parse_period
from lib.schema import FIGURE_KEY, Vintage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import pandas as pd

    from lib.ingest.rows import Lexicon, Reading

_MOST: Final = 8  # different values of one figure that are worth comparing


class Key(NamedTuple):
    """What a figure is about: schema.FIGURE_KEY."""

    region: str
    indicator: str
    period: str
    basis: str
    unit: str


@dataclass(frozen=True)
class Point:
    """One figure; `reading` where it stands in the file, None where it was held before."""

    value: float
    status: str
    reading: Reading | None = None


@dataclass
class Book:
    """`fresh`: the file's figures; `held`: those held before. Each value and status once; lower bounds are left out."""

    fresh: dict[Key, list[Point]] = field(default_factory=lambda: defaultdict(list))
    held: dict[Key, list[Point]] = field(default_factory=lambda: defaultdict(list))

    def at(self, key: Key) -> list[Point]:
        """The figures to reckon with: the file's, else those held."""
        return self.fresh.get(key) or self.held.get(key, [])


def read_key(reading: Reading) -> Key:
    """What a sound record's figure is about."""
    return Key._make(str(reading.row[name]) for name in FIGURE_KEY)


def read_book(readings: Iterable[Reading], known: pd.DataFrame | None) -> Book:
    """Sort the rows of a file, all sound, and the figures held (schema.STORED_COLUMNS, at least key and value) by figure."""
    book = Book()
    for reading in readings:
        if reading.row["qualifier"] != "at_least":
            _add(book.fresh[read_key(reading)], Point(reading.value, str(reading.row["status"]), reading))
    for *names, value, status, qualifier in _read_known(known):
        if qualifier != "at_least":
            _add(book.held[Key._make(map(str, names))], Point(float(value), str(status)))
    return book


def _read_known(known: pd.DataFrame | None) -> Iterable[tuple[Any, ...]]:
    """Key, value, status and qualifier of each figure held; a frame without the last two has first figures."""
    if known is None:
        return ()
    status = known["status"] if "status" in known else [Vintage.PRELIMINARY] * len(known)
    qualifier = known["qualifier"] if "qualifier" in known else [""] * len(known)
    return zip(*(known[name] for name in (*FIGURE_KEY, "value")), status, qualifier, strict=True)


def _add(points: list[Point], point: Point) -> None:
    """Keep each value and status once, and not too many."""
    if len(points) < _MOST and all((it.value, it.status) != (point.value, point.status) for it in points):
        points.append(point)


class Breaks:
    """Where series change their basis: figures on two sides of a break are not compared."""

    def __init__(self, table: pd.DataFrame | None) -> None:
        """Read data/breaks.csv."""
        self._ends: dict[tuple[str, str], list[tuple[date, date | None]]] = defaultdict(list)
        self._segments: dict[tuple[str, str, str, bool], int] = {}
        for row in to_records(table) if table is not None else []:
            revised = parse_period(row["revised_period"]).end if row["revised_period"] else None
            pair = (parse_period(row["period"]).end, revised)
            self._ends[row["indicator"], row["region"]].append(pair)

    def segment(self, key: Key, status: str) -> int:
        """How many breaks lie before a figure; a revision may stand on the new basis earlier than first figures do."""
        asked = (key.indicator, key.region, key.period, status == Vintage.REVISED)
        if asked not in self._segments:
            self._segments[asked] = self._count(*asked)
        return self._segments[asked]

    def _count(self, indicator: str, region: str, period: str, revised: bool) -> int:  # noqa: FBT001 - one key of four
        """The breaks of an indicator and region that lie before a period's end."""
        end = parse_period(period).end
        pairs = {*self._ends.get((indicator, ""), ()), *self._ends.get((indicator, region), ())}
        return sum(end >= first or (revised and later is not None and end >= later) for first, later in pairs)


@dataclass(frozen=True)
class Context:
    """All that the checks of figures against figures need."""

    book: Book
    lexicon: Lexicon
    breaks: Breaks


def write_value(value: float) -> str:
    """A value as a message shows it, without the noise of binary fractions."""
    return f"{round(value, 4):.4f}".rstrip("0").rstrip(".")
