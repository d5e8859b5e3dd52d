"""Read an upload of rows for the tracker's own tables: bytes in, text cells under known columns and every problem out.

What the rows mean, and whether they fit the tables, is not asked here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from lib.ingest.decode import CONTROL, decode, is_workbook, refuse_bytes
from lib.ingest.lines import HEADER_WITHIN, split_text
from lib.ingest.problems import problem, shorten
from lib.ingest.sheet import read_workbook
from lib.ingest.text import fold
from lib.schema import FORMULA_STARTS, TABLE_KEYS, TABLES, UPLOADED_TABLES

if TYPE_CHECKING:
    from lib.ingest.lines import Grid, Line
    from lib.schema import Problem

# The line of the file that a row stands on, beside the table's own columns.
ROW: Final = "row"
ROWS_AT_MOST: Final = 10_000  # of one table, many times what any plan states
_LONGEST: Final = 4000  # characters of a cell
_MEANINGS: Final = {name: {fold(column): column for column in TABLES[name]} for name in UPLOADED_TABLES}
_HEADINGS: Final = frozenset(heading for columns in _MEANINGS.values() for heading in columns)


@dataclass(frozen=True)
class Part:
    """Rows for one table: its columns as text, trimmed, and ROW."""

    table: str
    rows: pd.DataFrame


@dataclass(frozen=True)
class Parsed:
    """What a file holds for the tables, each part with all of its table's columns; no part where `problems` has an error.

    `known`: the tables whose headers were found, also where the file was refused.
    """

    parts: tuple[Part, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    encoding: str = ""
    known: tuple[str, ...] = ()


def parse_tables(raw: bytes, names: frozenset[str] = frozenset()) -> Parsed:
    """Read a file. Never raises for what is in it. `names`: words of the tables, by which encodings are told apart."""
    refusal = refuse_bytes(raw)
    if refusal:
        return Parsed(problems=[refusal])
    parsed = _parse_book(raw) if is_workbook(raw) else _parse_text(raw, names)
    refused = any(item.severity == "error" for item in parsed.problems)
    return replace(parsed, parts=()) if refused else parsed


def _parse_text(raw: bytes, names: frozenset[str]) -> Parsed:
    decoded = decode(raw, _HEADINGS | {fold(name) for name in names})
    if not decoded.usable:
        return Parsed(problems=list(decoded.problems))
    grid = split_text(decoded.text, _count_headings, mend_quotes=False)
    read = _parse_grid(grid)
    return Parsed(read.parts, [*decoded.problems, *read.problems], decoded.encoding, read.known)


def _parse_book(raw: bytes) -> Parsed:
    """Every visible sheet that holds one of the tables; the others are named."""
    book = read_workbook(raw)
    grids = [grid for grid in book.grids if grid.problems or _find_header(grid)]
    problems = list(book.problems)
    if not grids and not problems:
        return Parsed(problems=[_not_recognised()])
    parts: list[Part] = []
    known: list[str] = []
    for grid in grids:
        read = _parse_grid(grid)
        parts += read.parts
        known += read.known
        named = f"{grid.sheet}!" if len(grids) > 1 else ""
        problems += [replace(item, column=f"{named}{item.column}") for item in read.problems]
    taken = {grid.sheet for grid in grids}
    if skipped := [*(grid.sheet for grid in book.grids if grid.lines and grid.sheet not in taken), *book.hidden]:
        problems.append(problem("sheets_skipped", sheets=shorten(", ".join(skipped))))
    return Parsed(tuple(parts), problems, "XLSX", tuple(known))


def _count_headings(line: Line) -> int:
    """How many cells of a line a header could hold: the measure of separators."""
    return sum(fold(cell) in _HEADINGS for cell in line.cells[: len(_HEADINGS)])


def _find_header(grid: Grid) -> tuple[int, str] | None:
    """The place of the header and the table it is of: the one whose columns are most complete, its key among them."""
    for place, line in enumerate(grid.lines[:HEADER_WITHIN]):
        cells = {fold(cell) for cell in line.cells[: 2 * len(_HEADINGS)]}
        shares = {name: len(cells & set(meanings)) / len(meanings) for name, meanings in _MEANINGS.items()}
        whole = {name: share for name, share in shares.items() if share > 1 / 2 and _has_key(name, cells)}
        if whole:
            return place, max(whole, key=whole.__getitem__)
    return None


def _has_key(table: str, cells: set[str]) -> bool:
    return all(fold(column) in cells for column in TABLE_KEYS[table])


def _not_recognised() -> Problem:
    return problem("table_not_recognised", tables=", ".join(f"{name}.csv" for name in UPLOADED_TABLES))


def _parse_grid(grid: Grid) -> Parsed:
    """One table of a file."""
    problems = list(grid.problems)
    found = _find_header(grid)
    if found is None:
        return Parsed(problems=problems or [_not_recognised()])
    place, table = found
    header, below = grid.lines[place], grid.lines[place + 1 :]
    width = max((at + 1 for at, cell in enumerate(header.cells) if cell.strip()), default=0)
    problems += [*_check_header(header, width, table), *_check_lines(below, header, width, ragged=grid.ragged)]
    if len(below) > ROWS_AT_MOST:
        problems.append(problem("too_many_rows", limit=ROWS_AT_MOST))
    if any(item.severity == "error" for item in problems):
        return Parsed(problems=problems, known=(table,))
    places = {_MEANINGS[table][fold(cell)]: at for at, cell in enumerate(header.cells[:width])}
    cells = {column: [_plain(line.cell(places[column])) for line in below] for column in TABLES[table]}
    rows = pd.DataFrame({**cells, ROW: [line.number for line in below]})
    return Parsed((Part(table, rows.astype(dict.fromkeys(TABLES[table], "str"))),), problems, known=(table,))


def _check_header(header: Line, width: int, table: str) -> list[Problem]:
    """A column that is missing, not known, without a name, or there twice: none is guessed and none is dropped."""
    meanings = _MEANINGS[table]
    found: list[Problem] = []
    seen: dict[str, str] = {}
    for at, cell in enumerate(header.cells[:width]):
        label, column = cell.strip(), meanings.get(fold(cell), "")
        if not label:
            found.append(problem("header_blank", row=header.number, position=at + 1))
        elif not column:
            allowed = ", ".join(TABLES[table])
            found.append(
                problem("table_column_unknown", row=header.number, column=label, table=f"{table}.csv", allowed=allowed)
            )
        elif column in seen:
            hint = {"first": seen[column], "meaning": column}
            found.append(problem("header_duplicate", row=header.number, column=label, **hint))
        seen.setdefault(column, label)
    missing = [column for column in TABLES[table] if column not in seen]
    if missing:
        hint = {"table": f"{table}.csv", "missing": ", ".join(missing)}
        found.append(problem("table_columns_missing", row=header.number, **hint))
    return found


def _check_lines(lines: list[Line], header: Line, width: int, *, ragged: bool) -> list[Problem]:
    """Lines that do not fit under the header, and cells that no page could show."""
    found: list[Problem] = []
    for line in lines:
        filled = max((at + 1 for at, cell in enumerate(line.cells) if cell.strip()), default=0)
        if filled > width:
            found.append(problem("row_too_long", row=line.number, expected=width, found=filled))
        elif ragged and len(line.cells) < width:
            found.append(problem("row_too_short", row=line.number, expected=width, found=len(line.cells)))
        for at, cell in enumerate(line.cells[:width]):
            row, column = line.number, header.cell(at)
            if len(cell) > _LONGEST:
                found.append(problem("cell_too_long", row=row, column=column, limit=_LONGEST, found=len(cell)))
            elif control := CONTROL.search(cell):
                code = f"U+{ord(control[0]):04X}"
                found.append(problem("control_character", row=row, column=column, character=code))
    if not lines:
        found.append(problem("table_without_rows", row=header.number))
    return found


def _plain(cell: str) -> str:
    """A cell as it was before one of our own files put an apostrophe before what a spreadsheet would run."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell
