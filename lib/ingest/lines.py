"""Text to lines of cells: which separator, where each record starts, and where the quotes break."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from lib.ingest.problems import problem
from lib.ingest.quotes import straighten
from lib.ingest.values import read_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lib.schema import Problem

SEPARATORS: Final = (",", ";", "\t", "|", "，")
HEADER_WITHIN: Final = 10
ROW_LIMIT: Final = 100_000
CELL_LIMIT: Final = 131_072  # characters
_WIDEST: Final = 200
_HINTED_SEPARATOR: Final = re.compile(r"^sep=(.)(?:\r\n|\r|\n)", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One record as the reader gave it, and the line of the file it starts on."""

    number: int
    cells: list[str]

    @property
    def blank(self) -> bool:
        """Whether nothing is written on it, separators aside."""
        return not any(cell.strip() for cell in self.cells)

    def cell(self, place: int) -> str:
        """The trimmed text in a place; "" beyond the end."""
        return self.cells[place].strip() if place < len(self.cells) else ""


@dataclass(frozen=True)
class Merge:
    """Cells joined into one: line numbers and places, the last ones included."""

    first_row: int
    first_place: int
    last_row: int
    last_place: int


@dataclass
class Grid:
    """A table's lines, blank ones left out. `sheet`: a workbook's sheet, "" in text; `ragged`: lengths carry meaning."""

    lines: list[Line] = field(default_factory=list)
    separator: str = ""
    sheet: str = ""
    merges: tuple[Merge, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    @property
    def ragged(self) -> bool:
        """Whether a line's length says something: in text it does, in a sheet every row has every column."""
        return not self.sheet


def fill_down(grid: Grid, start: int) -> list[Line]:
    """The lines from a place on, with a name in merged cells on every line that they span. A figure stays one figure."""
    lines = grid.lines[start:]
    spans = {(merge.first_row, merge.first_place): merge.last_row for merge in grid.merges}
    for place in {merge.first_place for merge in grid.merges if merge.first_place == merge.last_place < _WIDEST}:
        text, last = "", 0
        for line in lines:
            if (line.number, place) in spans:
                text, last = line.cell(place), spans[line.number, place]
                text = text if read_number(text).fault else ""
            elif line.number <= last and place < len(line.cells) and not line.cells[place]:
                line.cells[place] = text
    return lines


def first_cells(lines: list[Line], place: int, most: int = 3) -> tuple[str, ...]:
    """The first different texts of a column, for a person to see what stands in it."""
    found = dict.fromkeys(cell for line in lines if (cell := line.cell(place)))
    return tuple(islice(found, most))


def split_text(text: str, count: Callable[[Line], int], *, mend_quotes: bool = True) -> Grid:
    """Split a text by the separator under which one of its first lines has most cells that `count` recognises.

    `mend_quotes`: take a word processor's quotes around cells for CSV's.
    """
    csv.field_size_limit(CELL_LIMIT)  # other libraries raise it for the whole process
    text, odd = straighten(text) if mend_quotes else (text, 0)
    hinted = _HINTED_SEPARATOR.match(text)
    separators = (hinted[1],) if hinted and hinted[1] != '"' else SEPARATORS
    best, most = "", 1
    for separator in separators:
        known = max((count(line) for line in read_first(text, separator)), default=0)
        best, most = (separator, known) if known > most else (best, most)
    if not best:
        return Grid()
    grid = Grid(separator=best, problems=[problem("quotes_odd", row=odd)] if odd else [])
    lines = _read_lines(text, grid)
    grid.lines = [line for line in lines if not (hinted and line.number == 1)]
    return grid


def read_first(text: str, separator: str) -> list[Line]:
    """Read the first records leniently: only to look for the header."""
    reader = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=separator)
    lines: list[Line] = []
    try:
        lines.extend(islice((line for line in _number(reader) if not line.blank), HEADER_WITHIN))
    except csv.Error:
        return lines
    return lines


def _number(reader: Iterator[list[str]]) -> Iterator[Line]:
    """Give each record the line it starts on."""
    before = 0
    for cells in reader:
        yield Line(before + 1, cells)
        before = reader.line_num  # type: ignore[attr-defined]


def _read_lines(text: str, grid: Grid) -> list[Line]:
    """Read all records strictly, none of too many. A broken quote ends the reading: what follows is lost."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=grid.separator, strict=True)
    lines: list[Line] = []
    try:
        lines.extend(islice(_number(reader), ROW_LIMIT + HEADER_WITHIN))
    except csv.Error as error:
        grid.problems.append(_name_quote(error, reader.line_num, lines))
    if len(lines) == ROW_LIMIT + HEADER_WITHIN:
        grid.problems.append(problem("too_many_rows", limit=ROW_LIMIT))
        return []
    return [line for line in lines if not line.blank]


def _name_quote(error: csv.Error, last: int, lines: list[Line]) -> Problem:
    """Word the reader's complaint. An open quote is noticed at the end only, so the record that opens it is named."""
    if "field larger" in str(error):
        return problem("field_too_long", row=last, limit=CELL_LIMIT)
    if "unexpected end" in str(error):
        return problem("quote_unclosed", row=_start_after(lines))
    return problem("quote_misplaced", row=last)


def _start_after(lines: list[Line]) -> int:
    """The line after the last whole record."""
    if not lines:
        return 1
    return lines[-1].number + 1 + sum(len(re.findall(r"\r\n|\r|\n", cell)) for cell in lines[-1].cells)
