"""What a file leaves to be told, for a person to answer; and the lines that were told to be left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lib.ingest.problems import list_rows, problem
from lib.ingest.text import fold
from lib.ingest.told import IGNORE

if TYPE_CHECKING:
    from lib.ingest.layout import Layout, Record
    from lib.ingest.rows import Lexicon, Reading
    from lib.ingest.told import Told
    from lib.schema import Problem

_MOST: Final = 40
_NAMES: Final = {"region": "regions", "indicator": "indicators"}
_UNCLEAR: Final = ("unknown", "not_listed", "ambiguous")


@dataclass(frozen=True)
class Label:
    """A name in a file's lines that is not known or not clear. `kind`: region or indicator; `choices`: codes it can be."""

    kind: str
    text: str
    count: int
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Questions:
    """What a file leaves to be told.

    `headers`: its headings in the form that recurs, sorted: the name of its layout. `taken`: the columns it names.
    `unknown`: each heading that nothing is known of, with its first cells. `labels`: names in its lines. `lacking`: which
    of region, indicator, period and unit it does not say; `units`: those that fit. `wide`: a heading may be an indicator.
    """

    headers: tuple[str, ...] = ()
    taken: frozenset[str] = frozenset()
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: tuple[Label, ...] = ()
    lacking: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    wide: bool = False


NO_QUESTIONS: Final = Questions()


def collect_questions(layouts: list[Layout], readings: list[Reading], lexicon: Lexicon) -> Questions:
    """Gather what all tables of a file leave to be told."""
    asked = [layout.asked for layout in layouts]
    unitless = {code for item in asked for code in item.unitless}
    unitless |= {str(reading.row["indicator"]) for reading in readings if reading.unitless}
    taken = frozenset(name for item in asked for name in item.taken if name != IGNORE)
    lacking = {name for item in asked for name in item.lacking} | ({"unit"} if unitless else set())
    return Questions(
        headers=tuple(sorted({header for item in asked for header in item.headers})),
        taken=taken,
        unknown=dict([pair for item in asked for pair in item.unknown.items()][:_MOST]),
        labels=_find_labels(readings, lexicon),
        lacking=tuple(name for name in ("region", "indicator", "period", "unit") if name in lacking),
        units=_fitting_units(unitless, lexicon),
        wide=any(item.wide for item in asked) or "value" not in taken,
    )


def _find_labels(readings: list[Reading], lexicon: Lexicon) -> tuple[Label, ...]:
    """The names that are not known or not clear, most frequent first."""
    codes = {f"{kind}_{fault}": kind for kind in _NAMES for fault in _UNCLEAR}
    counts = Counter(
        (codes[item.code], reading.cell(codes[item.code]))
        for reading in readings
        for item in reading.problems
        if item.code in codes
    )
    names = {"region": lexicon.regions, "indicator": lexicon.indicators}
    return tuple(Label(kind, text, n, names[kind].find(text)) for (kind, text), n in counts.most_common(_MOST))


def _fitting_units(indicators: set[str], lexicon: Lexicon) -> tuple[str, ...]:
    """The units in which any of these indicators can be given, in the table's order."""
    groups = [lexicon.facts[code].units for code in indicators]
    units = lexicon.units.by_code
    return tuple(code for code in units if any(lexicon.units.choose(units[code], group) for group in groups))


def leave_out(pairs: list[tuple[Record, Layout]], told: Told) -> tuple[list[tuple[Record, Layout]], list[Problem]]:
    """Part the lines whose region or indicator was told to be none of ours, and tell of them."""
    kept: list[tuple[Record, Layout]] = []
    left_out: dict[tuple[str, str], list[int]] = {}
    for record, layout in pairs:
        place = next((name for name, kind in _NAMES.items() if _is_ignored(record, name, kind, told)), "")
        if place:
            left_out.setdefault((layout.headers.get(place, place), record.cells[place]), []).append(record.row)
        else:
            kept.append((record, layout))
    problems = [
        problem("lines_ignored", row=rows[0], column=column, value=text, count=len(rows), rows=list_rows(rows))
        for (column, text), found in left_out.items()
        if (rows := list(dict.fromkeys(found)))
    ]
    return kept, problems


def _is_ignored(record: Record, name: str, kind: str, told: Told) -> bool:
    """Whether a record's name of a kind was told to be left out."""
    names = getattr(told, kind)
    return bool(names) and names.get(fold(record.cells.get(name, ""))) == IGNORE
