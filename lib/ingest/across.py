"""What only shows when a file's rows are held against each other. No result depends on the order of rows."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from lib.ingest.problems import list_rows, problem
from lib.periods import parse_period
from lib.schema import VINTAGE_KEY, Basis, Nature

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lib.ingest.rows import Lexicon, Reading
    from lib.schema import Problem


def compare_rows(readings: list[Reading], lexicon: Lexicon) -> list[Problem]:
    """Find duplicates, cumulative figures that fall, and what was assumed or missing in many rows alike.

    `readings`: the sound ones.
    """
    return [
        *_find_duplicates(readings), *_find_falls(readings, lexicon), *_tell_assumed(readings, lexicon),
        *_tell_sources(readings),
    ]  # fmt: skip


def _find_duplicates(readings: list[Reading]) -> list[Problem]:
    """Name each further row of a figure with one that it repeats or contradicts."""
    groups: dict[tuple[object, ...], list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[tuple(reading.row[column] for column in VINTAGE_KEY)].append(reading)
    return [item for group in groups.values() if len(group) > 1 for item in _name_duplicates(group)]


def _name_duplicates(group: list[Reading]) -> Iterable[Problem]:
    """Tell a row entered twice from one that another contradicts."""
    first = group[0]
    rival = next((other for other in group if other.value != first.value), None)
    for other in group[1:]:
        against = first if other.value != first.value else rival
        if against is None:
            yield other.name("duplicate_same", {"first": first.record.row})
        else:
            hint = {"first": against.record.row, "first_value": against.cell("value")}
            yield other.name("duplicate_different", hint)


def _find_falls(readings: list[Reading], lexicon: Lexicon) -> list[Problem]:
    """Find cumulative figures below all those of the period before in the same year, status and unit."""
    groups: dict[tuple[object, ...], list[Reading]] = defaultdict(list)
    for reading in readings:
        row = reading.row
        if row["basis"] == Basis.YTD and lexicon.facts[str(row["indicator"])].nature == Nature.FLOW:
            year = parse_period(str(row["period"])).year
            groups[row["region"], row["indicator"], row["unit"], row["status"], year].append(reading)
    return [fall for group in groups.values() for fall in _find_falls_within(group)]


def _find_falls_within(group: list[Reading]) -> Iterable[Problem]:
    """Compare each period of one year with the one before."""
    months: dict[int, list[Reading]] = defaultdict(list)
    for reading in group:
        months[parse_period(str(reading.row["period"])).month].append(reading)
    order = sorted(months)
    for before, month in pairwise(order):
        lowest = min(months[before], key=lambda reading: reading.value)
        yield from (_name_fall(reading, lowest) for reading in months[month] if reading.value < lowest.value)


def _name_fall(reading: Reading, before: Reading) -> Problem:
    """Name both periods and both figures."""
    hint: dict[str, object] = {
        "period": reading.row["period"],
        "previous": before.row["period"],
        "previous_value": before.cell("value"),
        "previous_row": before.record.row,
    }
    return reading.name("cumulative_falls", hint)


def _tell_assumed(readings: list[Reading], lexicon: Lexicon) -> list[Problem]:
    """Say once for each indicator that its quarters were read as cumulative without the file saying so."""
    groups: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.basis_assumed:
            groups[str(reading.row["indicator"])].append(reading)
    return [_name_assumed(group, lexicon.facts[indicator].label) for indicator, group in groups.items()]


def _name_assumed(group: list[Reading], label: str) -> Problem:
    """One problem for all of an indicator's rows."""
    rows = [reading.record.row for reading in group]
    column = group[0].header("period")
    return problem("basis_assumed", row=rows[0], column=column, indicator=label, count=len(rows), rows=list_rows(rows))


def _tell_sources(readings: list[Reading]) -> list[Problem]:
    """Say once that figures have no source."""
    rows = [reading.record.row for reading in readings if not reading.row["source"]]
    if not rows:
        return []
    column = readings[0].layout.headers.get("source", "")  # a column that the file lacks has no name in it
    return [problem("source_missing", row=rows[0], column=column, count=len(rows), rows=list_rows(rows))]
