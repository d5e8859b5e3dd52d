"""Excel workbooks to grids of text: stored values only, nothing computed, nothing followed, nothing unpacked unmeasured."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from lib.ingest.lines import HEADER_WITHIN, ROW_LIMIT, Grid, Line, Merge
from lib.ingest.problems import problem, shorten
from lib.ingest.progress import IGNORED, Stretch
from lib.ingest.values import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lib.schema import Problem

_MEGABYTE: Final = 1024 * 1024
_UNPACKED_LIMIT: Final = 64 * _MEGABYTE
_RATIO_LIMIT: Final = 200
_SMALL: Final = _MEGABYTE
_PART_LIMIT: Final = 2000
_HEAD: Final = 2048
_CELL_LIMIT: Final = 1_000_000
_PADDED_LIMIT: Final = 20 * _CELL_LIMIT  # one long row makes every row as long
_DIGITS: Final = 15  # as many as Excel itself shows and keeps
_SHOWN_CELLS: Final = 5
_MERGE: Final = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"')
_ROW: Final = re.compile(rb"<(?:\w+:)?row[\s/>]")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.')


class WorkbookTooLargeError(ValueError):
    """More rows or cells than are read."""


@dataclass
class Workbook:
    """A workbook's sheets as grids, and what is wrong with the file as a whole."""

    grids: list[Grid] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_workbook(raw: bytes, part: Stretch = IGNORED) -> Workbook:
    """Read every visible sheet. Nothing in it raises: a workbook that cannot be read whole is refused whole."""
    try:
        refusal = _measure(raw)
        return Workbook(problems=[refusal]) if refusal else _read(raw, part)
    except WorkbookTooLargeError:
        return Workbook(problems=[_refuse_size(f"> {_CELL_LIMIT:,}", f"{_CELL_LIMIT:,}")])
    except MemoryError:
        raise  # says nothing about the file; whoever limits the memory words it
    except Exception:  # noqa: BLE001 - a damaged part can raise anything out of the library that parses it
        return Workbook(problems=[problem("workbook_broken")])


def _measure(raw: bytes) -> Problem | None:
    """Refuse, by what the zip says of its parts, one that would unpack beyond measure; no part unpacks to more than it says."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = archive.infolist()  # whatever they are called: a relation may name any of them a sheet
        if any(part.flag_bits & 1 for part in parts):
            return problem("file_encrypted", kind="XLSX")
        unpacked = sum(part.file_size for part in parts)
        swollen = any(
            part.file_size > _SMALL and part.file_size > _RATIO_LIMIT * max(part.compress_size, 1) for part in parts
        )
        if unpacked > _UNPACKED_LIMIT or swollen or len(parts) > _PART_LIMIT:
            return _refuse_size(f"{unpacked / _MEGABYTE:,.0f} MB", f"{_UNPACKED_LIMIT // _MEGABYTE} MB")
        for part in parts:
            if b"<!DOCTYPE" in archive.read(part)[:_HEAD].replace(b"\x00", b""):
                return problem("workbook_broken")
    return None


def _refuse_size(found: str, limit: str) -> Problem:
    """A workbook larger inside than any office's table."""
    return problem("workbook_too_large", found=found, limit=limit)


def _read(raw: bytes, part: Stretch) -> Workbook:
    """Read the sheets with stored values; links to other files are not kept, so never followed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = _open(raw, stored=True)
        book = Workbook(hidden=[sheet.title for sheet in values.worksheets if sheet.sheet_state != "visible"])
        budget = [_CELL_LIMIT]
        for at, sheet in enumerate(values.worksheets):
            if sheet.sheet_state == "visible":
                piece = part.piece(at, len(values.worksheets))
                book.grids.append(_read_sheet(raw, sheet, budget, at, piece))
        values.close()
    return book


def _open(raw: bytes, *, stored: bool) -> Any:  # noqa: ANN401 - the library has no types
    """Open for reading row by row; `stored`: the results kept with formulas instead of the formulas."""
    import openpyxl  # noqa: PLC0415 - its import costs what only workbooks need to pay

    return openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=stored, keep_links=False)


def _read_sheet(raw: bytes, sheet: Any, budget: list[int], at: int, part: Stretch) -> Grid:  # noqa: ANN401
    """Read one sheet's cells as text; `at`: its place among the worksheets."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        xml = archive.read(sheet._worksheet_path)  # noqa: SLF001 - read-only sheets tell nothing of merged cells
    grid = Grid(sheet=sheet.title, merges=tuple(_find_merges(xml)))
    rows = part.follow(_read_rows(sheet, budget), len(_ROW.findall(xml)))
    grid.lines = [Line(number, cells) for number, cells in rows if any(cells)]
    if len(grid.lines) > ROW_LIMIT:
        grid.lines = []
        grid.problems.append(problem("too_many_rows", limit=ROW_LIMIT))
    if _FORMULA.search(xml):
        _note_formulas(raw, at, grid)
    width = max((len(line.cells) for line in grid.lines), default=0)
    if width * len(grid.lines) > _PADDED_LIMIT:
        raise WorkbookTooLargeError
    for line in grid.lines:
        line.cells.extend([""] * (width - len(line.cells)))
    return grid


def _read_rows(sheet: Any, budget: list[int]) -> Iterator[tuple[int, list[str]]]:  # noqa: ANN401
    """Each row's number and text, without blank cells at its end."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), start=1):
        budget[0] -= len(row) + 1
        if budget[0] < 0:
            raise WorkbookTooLargeError
        cells = [
            write_cell(cell.value, str(cell.number_format or "")) if cell.value is not None else "" for cell in row
        ]
        while cells and not cells[-1]:
            cells.pop()
        yield number, cells


def write_cell(value: object, style: str) -> str:
    """A cell's value as text: a number in plain digits, per cent as shown, a date as its format shows it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _write_figure(value, style)
    if isinstance(value, date):
        return _write_day(value, style)
    return str(value).replace("\x00", "").strip()


def _write_figure(value: float, style: str) -> str:
    """A number with the digits Excel shows; 0.052 formatted as per cent is 5.2%, 5.2 with a written "%" is too."""
    exact = Decimal(f"{value:.{_DIGITS}g}")
    if not exact.is_finite():
        return str(value)
    style = style.partition(";")[0]
    shown = _LITERAL.sub("", style)
    if "%" in shown:
        return f"{write_number(exact * 100)}%"
    written = "".join(match[1] or match[2] or "" for match in _LITERAL.finditer(style))
    return f"{write_number(exact)}{'%' if written.strip() in {'%', '％'} else ''}"


def _write_day(value: date, style: str) -> str:
    """A day as 2024-01-31; a format without days shows a month or a year, and so it is read."""
    shown = _LITERAL.sub("", style).lower()
    if "y" in shown and "d" not in shown:
        return f"{value.year}年{value.month}月" if "m" in shown else f"{value.year}年"
    midnight = not isinstance(value, datetime) or (value.hour, value.minute, value.second) == (0, 0, 0)
    return f"{value:%Y-%m-%d}" if midnight else f"{value:%Y-%m-%d %H:%M:%S}"


def _find_merges(part: bytes) -> Iterator[Merge]:
    """The merged cells of a sheet."""
    for match in _MERGE.finditer(part):
        first, top, last, bottom = (text.decode() for text in match.groups())
        yield Merge(int(top), _place(first), int(bottom), _place(last))


def _place(letters: str) -> int:
    """A column's place from its letters: A is 0."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _note_formulas(raw: bytes, index: int, grid: Grid) -> None:
    """Tell of formulas whose result the file does not hold: they count as not reported."""
    held = {(line.number, place) for line in grid.lines for place, cell in enumerate(line.cells) if cell}
    book = _open(raw, stored=False)
    sheet = book.worksheets[index]
    sheet.reset_dimensions()
    missing = [
        (number, cell.coordinate)
        for number, row in enumerate(sheet.iter_rows(max_row=ROW_LIMIT + HEADER_WITHIN), start=1)
        for place, cell in enumerate(row)
        if cell.value is not None and cell.data_type == "f" and (number, place) not in held
    ]
    book.close()
    if missing:
        names = ", ".join(name for _, name in missing[:_SHOWN_CELLS]) + (" …" if len(missing) > _SHOWN_CELLS else "")
        count, row = len(missing), missing[0][0]
        grid.problems.append(problem("formula_uncalculated", row=row, count=count, cells=shorten(names)))
