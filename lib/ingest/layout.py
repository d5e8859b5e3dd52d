"""Lines to records under canonical columns, one figure on each line: which cell belongs where."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lib.ingest.lines import HEADER_WITHIN, first_cells
from lib.ingest.parts import PERIOD_COLUMNS, join_parts, rename_lone
from lib.ingest.problems import build, problem, shorten
from lib.ingest.text import IN_BRACKETS, fold, in_brackets, normal, split_languages
from lib.ingest.told import IGNORE, NOTHING, PERIOD_PARTS, Told
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

# Headings of columns that hold codes beside a column of names, as in the tracker's own files.
_OF_CODES: Final = re.compile(r"代码|代號|代碼|代号|code", re.IGNORECASE)
_NAMED: Final = ("region", "indicator")

_AFTER_MARK: Final = re.compile(r"^(.+?)\s*[/:,]\s*([^/:,]+)$", re.DOTALL)


@dataclass(frozen=True)
class Columns:
    """The header's aliases: folded alias to canonical column, and each column's name for messages.

    `told`: what a person said of headers that are not among them; `units`: the folded names of all units.
    """

    aliases: Mapping[str, str]
    labels: Mapping[str, str]
    told: Told = NOTHING
    units: frozenset[str] = frozenset()

    def find(self, header: str) -> tuple[str, str]:
        """Return a header's column ("" if unknown, IGNORE if left out) and the unit written with it ("数值（亿元）", "")."""
        text = normal(header)
        if fold(text) in self.told.columns:
            column, unit = self.told.columns[fold(text)], in_brackets(text)
            return column, unit if column == "value" and fold(unit) in self.units else ""
        if fold(text) in self.aliases:
            return self.aliases[fold(text)], ""
        halves = {self.aliases.get(fold(half), "") for half in split_languages(text)}
        if len(halves) == 1 and "" not in halves:
            return halves.pop(), ""
        match = IN_BRACKETS.match(text) or _AFTER_MARK.match(text)
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
class Asked:
    """What a table leaves to be told. `headers`: its headings in the form that recurs; `taken`: the columns it names.

    `unknown`: each heading that nothing is known of, with its first cells; `lacking`: which of region, indicator and
    period nothing in it names; `unitless`: the indicators whose figures have no unit.
    """

    headers: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    unknown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lacking: set[str] = field(default_factory=set)
    unitless: set[str] = field(default_factory=set)
    wide: bool = False


@dataclass
class Layout:
    """A file's records. `headers`: column to header as written; `unit` stands in the header, `title_unit` above it."""

    separator: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    unit: str = ""
    title_unit: str = ""
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    asked: Asked = field(default_factory=Asked)


def find_header(lines: list[Line], columns: Columns) -> int | None:
    """The place, among the first ten lines, of the one in which most columns are recognised; None if none has two."""
    counts = [
        len({columns.find(cell)[0] for cell in line.cells[:COLUMN_LIMIT]} - {""}) for line in lines[:HEADER_WITHIN]
    ]
    best = max(counts, default=0)
    return counts.index(best) if best > 1 else None


def has_all_columns(line: Line, columns: Columns) -> bool:
    """Whether a header names every column that one figure on each line needs."""
    names = {columns.find(cell)[0] for cell in line.cells[:COLUMN_LIMIT]}
    return set(REQUIRED_COLUMNS) <= {"period" if name in PERIOD_PARTS else name for name in names}


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
    places = _name_period(places, layout)
    lacking = [name for name in REQUIRED_COLUMNS if name not in layout.headers]
    layout.asked.lacking.update(lacking)
    layout.asked.taken.update(places.values())
    told = {name: said for name in lacking if (said := getattr(columns.told, name, ""))}
    missing = [name for name in lacking if name not in told]
    if missing:
        _note_missing(header, missing, columns, layout)
    elif not any(item.code == "header_duplicate" for item in layout.problems):
        again = [line.number for line in lines[:1] if _says_the_same(line, places, columns)]
        layout.problems += [problem("header_repeated", row=number) for number in again]
        _fill(header, lines[len(again) :], places, layout)
        layout.records = [_complete(record, told) for record in layout.records]


def _name_period(places: dict[int, str], layout: Layout) -> dict[int, str]:
    """A lone year, quarter or month column is the period's; several are joined line by line, under both their headers."""
    found = [name for name in PERIOD_COLUMNS if name in layout.headers]
    renamed = rename_lone(found)
    layout.headers |= {"period": " / ".join(layout.headers[name] for name in found)} if found else {}
    return {place: renamed.get(name, name) for place, name in places.items()}


def _complete(record: Record, told: dict[str, str]) -> Record:
    """A record with the period that its parts make, and with what was told of all records."""
    return Record(record.row, join_parts(record.cells) | told)


def _match_header(header: Line, lines: list[Line], columns: Columns, layout: Layout) -> dict[int, str]:
    """Return each known column's place; note duplicate, blank, unknown and ignored headers."""
    places: dict[int, str] = {}
    of_codes = _find_codes(header, columns)
    layout.asked.headers = [fold(cell) for cell in header.cells if cell.strip()]
    for place, cell in enumerate(header.cells):
        name, unit = columns.find(cell)
        written = normal(cell)
        name = f"{name}_code" if place in of_codes else name
        if name == IGNORE:
            layout.problems.append(problem("column_ignored", row=header.number, column=written))
        elif name and name in layout.headers:
            hint = {"first": layout.headers[name], "meaning": columns.label(name)}
            layout.problems.append(build("header_duplicate", header.number, written, "", hint))
        elif name:
            places[place] = name
            layout.headers[name] = written
            layout.unit = unit or layout.unit
        elif written:
            layout.problems.append(problem("column_unknown", row=header.number, column=written))
            layout.asked.unknown[written] = first_cells(lines, place)
        elif any(line.cells[place].strip() for line in lines if len(line.cells) > place):
            layout.problems.append(problem("header_blank", row=header.number, position=place + 1))
    return places


def _find_codes(header: Line, columns: Columns) -> set[int]:
    """The places of columns of codes that stand beside one column of names for the same thing."""
    found = set()
    for name in _NAMED:
        places = [place for place, cell in enumerate(header.cells) if columns.find(cell)[0] == name]
        codes = [place for place in places if _OF_CODES.search(header.cells[place])]
        found |= set(codes) if len(codes) == 1 and len(places) == len(codes) + 1 else set()
    return found


def _says_the_same(line: Line, places: dict[int, str], columns: Columns) -> bool:
    """Whether a line is the header again in another language."""
    return all(columns.find(line.cell(at))[0] == name.removesuffix("_code") for at, name in places.items())


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
