"""Lines to records under canonical columns, one figure on each line: which cell belongs where."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lib.ingest.lines import HEADER_WITHIN
from lib.ingest.problems import build, problem, shorten
from lib.ingest.text import fold, normal, split_languages
from lib.schema import REQUIRED_COLUMNS, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lib.ingest.lines import Grid, Line

COLUMN_LIMIT: Final = 200

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

_IN_BRACKETS: Final = re.compile(r"^(.+?)\s*[(\[【〔](.+)[)\]】〕]$", re.DOTALL)
_AFTER_MARK: Final = re.compile(r"^(.+?)\s*[/:,]\s*([^/:,]+)$", re.DOTALL)


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
        halves = {self.aliases.get(fold(half), "") for half in split_languages(text)}
        if len(halves) == 1 and "" not in halves:
            return halves.pop(), ""
        match = _IN_BRACKETS.match(text) or _AFTER_MARK.match(text)
        column = self.aliases.get(fold(match[1]), "") if match else ""
        return (column, match[2].strip() if column == "value" else "") if match else ("", "")

    def label(self, *names: str) -> str:
        """Columns as both languages call them, for a message."""
        return ", ".join(self.labels.get(name, name) for name in names)


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


def find_header(lines: list[Line], columns: Columns) -> int | None:
    """The place, among the first ten lines, of the one in which most columns are recognised; None if none has two."""
    counts = [
        len({columns.find(cell)[0] for cell in line.cells[:COLUMN_LIMIT]} - {""}) for line in lines[:HEADER_WITHIN]
    ]
    best = max(counts, default=0)
    return counts.index(best) if best > 1 else None


def has_all_columns(line: Line, columns: Columns) -> bool:
    """Whether a header names every column that one figure on each line needs."""
    return set(REQUIRED_COLUMNS) <= {columns.find(cell)[0] for cell in line.cells[:COLUMN_LIMIT]}


def read_layout(grid: Grid, place: int, lines: list[Line], columns: Columns) -> Layout:
    """Sort every record's cells under the header's columns, and note what does not fit. `lines`: those below it."""
    layout = Layout(separator=grid.separator)
    _sort_cells(grid.lines[place], lines, columns, layout)
    return layout


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
        again = [line.number for line in lines[:1] if _says_the_same(line, places, columns)]
        layout.problems += [problem("header_repeated", row=number) for number in again]
        _fill(header, lines[len(again) :], places, layout)


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


def _says_the_same(line: Line, places: dict[int, str], columns: Columns) -> bool:
    """Whether a line is the header again in another language."""
    return all(columns.find(line.cell(at))[0] == name for at, name in places.items())


def _note_missing(header: Line, missing: list[str], columns: Columns, layout: Layout) -> None:
    """Name each missing column."""
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
