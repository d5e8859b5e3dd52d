"""A grid of cells to records: is it one figure a line or a wide table, and which lines are title, header and notes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lib.ingest.heads import find_block, knows, name_heading, read_heads
from lib.ingest.layout import COLUMN_LIMIT, Columns, Layout, Record, find_header, has_all_columns, read_layout
from lib.ingest.lines import fill_down
from lib.ingest.plans import Table, holds_figures
from lib.ingest.problems import problem
from lib.ingest.settle import settle
from lib.ingest.titles import read_title, split_notes
from lib.ingest.told import IGNORE
from lib.ingest.unheaded import ask_of_lines
from lib.ingest.wide import melt
from lib.schema import REQUIRED_COLUMNS

if TYPE_CHECKING:
    from lib.ingest.lines import Grid, Line
    from lib.ingest.phrases import Phrases
    from lib.schema import Problem


def count_headings(line: Line, columns: Columns, phrases: Phrases) -> int:
    """How many cells of a line a header could hold: the measure of separators."""
    return sum(knows(cell, columns, phrases) for cell in line.cells[:COLUMN_LIMIT])


def read_grid(grid: Grid, columns: Columns, phrases: Phrases, *, among: bool = False) -> list[Layout]:
    """Read a grid. Its problems stand in the layouts; `among`: other sheets are read too, so columns are named with theirs."""
    place = find_header(grid.lines, columns)
    layouts = None
    if place is None or not has_all_columns(grid.lines[place], columns):
        layouts = _read_wide(grid, columns, phrases)
    if layouts is None and place is not None:
        layouts = [_read_long(grid, place, columns, phrases)]
    if layouts is None:
        lost = [] if grid.problems else [problem("header_not_found", expected=columns.label(*REQUIRED_COLUMNS))]
        layouts = [Layout(separator=grid.separator, problems=lost, asked=ask_of_lines(grid.lines, columns))]
    if any(item.severity == "error" for item in grid.problems):
        for layout in layouts:  # the reading stopped early: what is below the header is not known
            layout.problems = [item for item in layout.problems if item.code != "no_rows"]
    return _name_sheet([Layout(problems=grid.problems), *layouts], grid.sheet if among else "")


def has_header(grid: Grid, columns: Columns, phrases: Phrases) -> bool:
    """Whether a sheet holds a table: two columns of the long form, or a wide header over columns of figures."""
    return find_header(grid.lines, columns) is not None or _find_wide(grid, columns, phrases) is not None


def _read_long(grid: Grid, place: int, columns: Columns, phrases: Phrases) -> Layout:
    """Read a table with one figure a line."""
    title = read_title(grid.lines[:place], grid.sheet, phrases)
    below, notes = split_notes(fill_down(grid, place + 1))
    layout = read_layout(grid, place, below, columns)
    layout.problems = [*title.problems, *layout.problems, *notes]
    settle(layout, title, phrases)
    return layout


def _find_wide(grid: Grid, columns: Columns, phrases: Phrases) -> Table | None:
    """The columns of a wide table under its header; None if no column holds figures or only an unnamed one does."""
    block = find_block(grid, columns, phrases)
    if block is None or len(grid.lines[block.start].cells) > COLUMN_LIMIT:
        return None
    heads = read_heads(grid, block, columns, phrases)
    title = read_title(grid.lines[: block.start], grid.sheet, phrases)
    table = Table(heads, grid.lines[block.stop - 1].number, title, phrases)
    table.asked.headers = [name_heading(head) for head in heads if head.label]
    if not any(holds_figures(head) for head in heads) or not _tells(table):
        return None
    return table


def _tells(table: Table) -> bool:
    """Whether more than 数值 heads the figures, or the title names what the columns leave open."""
    if any(head.phrase is not None and head.phrase.telling for head in table.heads):
        return True
    told = {"region": "regions", "indicator": "indicators"}
    missing = [name for name in ("region", "indicator", "period") if table.find(name) is None]
    return all(table.title.one(told[name]) if name in told else table.title.phrase.period() for name in missing)


def _read_wide(grid: Grid, columns: Columns, phrases: Phrases) -> list[Layout] | None:
    """Read a wide table; None if it is none."""
    table = _find_wide(grid, columns, phrases)
    if table is None:
        return None
    block = find_block(grid, columns, phrases)
    below, notes = split_notes(fill_down(grid, block.stop if block else 0))
    table.problems += [*table.title.problems, *notes, *_find_duplicates(table, columns)]
    if any(item.code == "header_duplicate" for item in table.problems):
        return [Layout(separator=grid.separator, problems=table.problems, asked=table.asked)]
    header = [grid.lines[place].cells for place in block or ()]
    return melt(table, _check_lines(below, header, table, ragged=grid.ragged), grid.separator)


def _find_duplicates(table: Table, columns: Columns) -> list[Problem]:
    """Two columns of one meaning, of which none can be preferred."""
    seen: dict[str, str] = {}
    found: list[Problem] = []
    for head in table.heads:
        if head.name in seen and head.name not in {"value", IGNORE}:
            hint = {"first": seen[head.name], "meaning": columns.label(head.name)}
            found.append(problem("header_duplicate", row=table.row, column=head.label, **hint))
        if head.name:
            seen.setdefault(head.name, head.label)
    return found


def _check_lines(lines: list[Line], header: list[list[str]], table: Table, *, ragged: bool) -> list[Line]:
    """Keep the lines that fit under the header; note repeated headers and, in text, lines of another length."""
    width = len(table.heads)
    kept: list[Line] = []
    for line in lines:
        code = "row_too_long" if any(cell.strip() for cell in line.cells[width:]) else ""
        code = code or ("row_too_short" if ragged and len(line.cells) < width else "")
        if line.cells in header:
            table.problems.append(problem("header_repeated", row=line.number))
        elif code:
            table.problems.append(problem(code, row=line.number, expected=width, found=len(line.cells)))
        else:
            kept.append(line)
    return kept


def _name_sheet(layouts: list[Layout], sheet: str) -> list[Layout]:
    """Put the sheet's name before every column's, as a workbook's own formulas do."""
    if not sheet:
        return layouts
    for layout in layouts:
        layout.problems = [replace(item, column=f"{sheet}!{item.column}") for item in layout.problems]
        layout.headers = {name: f"{sheet}!{header}" for name, header in layout.headers.items()}
    return layouts


def pair_records(layouts: list[Layout]) -> list[tuple[Record, Layout]]:
    """Every record with its layout, line by line."""
    pairs = [(record, layout) for layout in layouts for record in layout.records]
    return sorted(pairs, key=lambda pair: pair[0].row)
