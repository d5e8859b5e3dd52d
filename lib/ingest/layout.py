"""Text to records under canonical columns: which separator, which line is the header, which cell belongs where."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from lib.ingest.problems import build, problem, shorten
from lib.ingest.text import fold, normal
from lib.periods import read_period
from lib.schema import REQUIRED_COLUMNS, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SEPARATORS: Final = (",", ";", "\t", "|", "，")
HEADER_WITHIN: Final = 10
COLUMN_LIMIT: Final = 200
ROW_LIMIT: Final = 100_000

# The header of an empty template, in the order of schema.ACTUAL_COLUMNS.
TEMPLATE_HEADER: Final = {
    "zh": (
        "地区", "指标", "时期", "口径", "数值", "单位", "数据性质", "限定", "公布日期", "来源", "链接", "备注",
    ),
    "en": (
        "region", "indicator", "period", "basis", "value", "unit", "status", "qualifier", "published", "source", "link",
        "note",
    ),
}  # fmt: skip

_HINTED_SEPARATOR: Final = re.compile(r"^sep=(.)(?:\r\n|\r|\n)", re.IGNORECASE)
_IN_BRACKETS: Final = re.compile(r"^(.+?)\s*[(\[【〔](.+)[)\]】〕]$", re.DOTALL)
_AFTER_MARK: Final = re.compile(r"^(.+?)\s*[/:,]\s*([^/:,]+)$", re.DOTALL)
_TITLE_UNIT: Final = re.compile(r"(?:计量)?[单單]位\s*:\s*([^\s,;|)\"]+)")


@dataclass(frozen=True)
class Columns:
    """The header's aliases: folded alias to canonical column, and each column's name for messages."""

    aliases: Mapping[str, str]
    labels: Mapping[str, str]

    def find(self, header: str) -> tuple[str, str]:
        """Return a header's column ("" if unknown) and the unit written with it ("数值（亿元）", "")."""
        text = normal(header)
        if fold(text) in self.aliases:
            return self.aliases[fold(text)], ""
        match = _IN_BRACKETS.match(text) or _AFTER_MARK.match(text)
        column = self.aliases.get(fold(match[1]), "") if match else ""
        return (column, match[2].strip() if column == "value" else "") if match else ("", "")

    def label(self, *names: str) -> str:
        """Columns as both languages call them, for a message."""
        return ", ".join(self.labels.get(name, name) for name in names)


@dataclass(frozen=True)
class Line:
    """One record as the reader gave it, and the line of the file it starts on."""

    number: int
    cells: list[str]

    @property
    def blank(self) -> bool:
        """Whether nothing is written on it, separators aside."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Record:
    """One record under canonical columns."""

    row: int
    cells: Mapping[str, str]


@dataclass
class Layout:
    """A file's records. `headers`: column to header as written; `unit` stands in the header, `title_unit` above it."""

    separator: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    unit: str = ""
    title_unit: str = ""
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_layout(text: str, columns: Columns) -> Layout:
    """Find separator and header, sort every record's cells under canonical columns, and note what does not fit."""
    hinted = _HINTED_SEPARATOR.match(text)
    separators = (hinted[1],) if hinted and hinted[1] != '"' else SEPARATORS
    found = _find_header(text, separators, columns)
    if found is None:
        return Layout(problems=[problem("header_not_found", expected=columns.label(*REQUIRED_COLUMNS))])
    layout = Layout(separator=found[0])
    lines = _read_lines(text, layout)
    above = [line for line in lines if line.number < found[1] and not (hinted and line.number == 1)]
    _note_title(above, layout)
    below = [line for line in lines if line.number >= found[1]]
    if below:
        _sort_cells(below[0], below[1:], columns, layout)
    return layout


def _find_header(text: str, separators: tuple[str, ...], columns: Columns) -> tuple[str, int] | None:
    """Return separator and line of the record, among the first ten, in which most columns are recognised."""
    best: tuple[int, str, int] = (1, "", 0)
    for separator in separators:
        for line in _read_first(text, separator):
            count = len({columns.find(cell)[0] for cell in line.cells[:COLUMN_LIMIT]} - {""})
            if count > best[0]:
                best = (count, separator, line.number)
    return (best[1], best[2]) if best[1] else None


def _read_first(text: str, separator: str) -> list[Line]:
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


def _read_lines(text: str, layout: Layout) -> list[Line]:
    """Read all records strictly, none of too many. A broken quote ends the reading: what follows is lost."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=layout.separator, strict=True)
    lines: list[Line] = []
    try:
        lines.extend(islice(_number(reader), ROW_LIMIT + HEADER_WITHIN))
    except csv.Error as error:
        layout.problems.append(_name_quote(error, reader.line_num, lines))
    if len(lines) == ROW_LIMIT + HEADER_WITHIN:
        layout.problems.append(problem("too_many_rows", limit=ROW_LIMIT))
        return []
    return [line for line in lines if not line.blank]


def _name_quote(error: csv.Error, last: int, lines: list[Line]) -> Problem:
    """Word the reader's complaint. An open quote is noticed at the end only, so the record that opens it is named."""
    if "field larger" in str(error):
        return problem("field_too_long", row=last, limit=csv.field_size_limit())
    if "unexpected end" in str(error):
        return problem("quote_unclosed", row=_start_after(lines))
    return problem("quote_misplaced", row=last)


def _start_after(lines: list[Line]) -> int:
    """The line after the last whole record."""
    if not lines:
        return 1
    return lines[-1].number + 1 + sum(len(re.findall(r"\r\n|\r|\n", cell)) for cell in lines[-1].cells)


def _note_title(above: list[Line], layout: Layout) -> None:
    """Say which lines above the header were skipped, and keep a unit they state ("单位：亿元")."""
    if not above:
        return
    text = " ".join(" ".join(line.cells) for line in above)
    match = _TITLE_UNIT.search(normal(text))
    layout.title_unit = match[1] if match else ""
    layout.problems.append(problem("lines_skipped", row=above[0].number, count=len(above), text=shorten(text)))


def _sort_cells(header: Line, lines: list[Line], columns: Columns, layout: Layout) -> None:
    """Match the header and, if it can be used, fill `layout.records`."""
    if len(header.cells) > COLUMN_LIMIT:
        layout.problems.append(
            problem("too_many_columns", row=header.number, count=len(header.cells), limit=COLUMN_LIMIT)
        )
        return
    places = _match_header(header, lines, columns, layout)
    missing = [name for name in REQUIRED_COLUMNS if name not in layout.headers]
    if missing:
        _note_missing(header, missing, columns, layout)
    elif not any(item.code == "header_duplicate" for item in layout.problems):
        _fill(header, lines, places, layout)


def _match_header(header: Line, lines: list[Line], columns: Columns, layout: Layout) -> dict[int, str]:
    """Return each known column's place; note duplicate, blank and unknown headers."""
    places: dict[int, str] = {}
    for place, cell in enumerate(header.cells):
        name, unit = columns.find(cell)
        written = normal(cell)
        if name and name in layout.headers:
            hint = {"first": layout.headers[name], "meaning": columns.label(name)}
            layout.problems.append(build("header_duplicate", header.number, written, "", hint))
        elif name:
            places[place] = name
            layout.headers[name] = written
            layout.unit = unit or layout.unit
        elif written:
            layout.problems.append(problem("column_unknown", row=header.number, column=written))
        elif any(line.cells[place].strip() for line in lines if len(line.cells) > place):
            layout.problems.append(problem("header_blank", row=header.number, position=place + 1))
    return places


def _note_missing(header: Line, missing: list[str], columns: Columns, layout: Layout) -> None:
    """Name each missing column, or, instead, a table with its periods side by side."""
    periods = [normal(cell) for cell in header.cells if read_period(cell)]
    if len(periods) > 1 and {"period", "value"} & set(missing):
        layout.problems = [item for item in layout.problems if item.column not in periods]
        layout.problems.append(problem("wide_table", row=header.number, columns=shorten(", ".join(periods))))
        return
    found = shorten(", ".join(normal(cell) for cell in header.cells))
    layout.problems.extend(
        problem("column_missing", row=header.number, column=name, expected=columns.label(name), found=found)
        for name in missing
    )


def _fill(header: Line, lines: list[Line], places: dict[int, str], layout: Layout) -> None:
    """Put every record of the header's length under its columns; note the others."""
    width, surplus = len(header.cells), []
    for line in lines:
        extra = line.cells[width:]
        if line.cells == header.cells:
            layout.problems.append(problem("header_repeated", row=line.number))
        elif len(line.cells) < width or any(cell.strip() for cell in extra):
            code = "row_too_short" if len(line.cells) < width else "row_too_long"
            layout.problems.append(problem(code, row=line.number, expected=width, found=len(line.cells)))
        else:
            surplus.extend([line.number] if extra else [])
            layout.records.append(Record(line.number, {name: line.cells[at].strip() for at, name in places.items()}))
    if surplus:
        layout.problems.append(problem("separators_surplus", row=surplus[0], count=len(surplus)))
    if not lines:
        layout.problems.append(problem("no_rows", row=header.number))
