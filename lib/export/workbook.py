"""Verdicts, figures and sources as one XLSX, with charts that a spreadsheet program can edit."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import xlsxwriter

from lib.charts.build import target_heading
from lib.export.figures import figures_table, in_order, verdicts_table
from lib.export.trajectory_table import trajectory_table
from lib.theme import ACTUAL, LOOKS, PATH, QUIET, TARGET, TRACK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from lib.verdict.board import Board
    from lib.words import Words

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER_ROW: Final = 4  # counted from zero: title, note, day and a blank line stand above
CHART_ROWS: Final = 22
CHART_SIZE: Final = {"width": 900, "height": 420}  # pixels
WIDTHS: Final = (10, 50)  # characters
# A text is kept as a text, whatever it begins with; nothing is fetched and nothing runs.
_OPTIONS: Final = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}  # fmt: skip


@dataclass(frozen=True)
class _Book:
    """The workbook being written, its formats, and what it is about."""

    file: xlsxwriter.Workbook
    board: Board
    words: Words

    def style(self, **traits: Any) -> Format:  # noqa: ANN401 - the library's own traits
        """A format."""
        return self.file.add_format({"valign": "top", **traits})

    def sheet(self, name: str, title: str, note: str) -> Worksheet:
        """A sheet that says what it holds and of which day; printed on its side, as wide as the paper."""
        sheet: Worksheet = self.file.add_worksheet(name)
        sheet.write_string(0, 0, title, self.style(bold=True, font_size=14))
        quiet = self.style(font_color=QUIET)
        sheet.write_string(1, 0, note, quiet)
        sheet.write_string(2, 0, self.words.texts("chart.as_of", date=self.words.day(self.board.as_of)), quiet)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet


def to_workbook(board: Board, words: Words, targets: Sequence[str], title: str) -> bytes:
    """The workbook of some targets: their verdicts, a sheet with a chart for each that has figures, and all vintages.

    `title` says what the selection is ("Shenyang circle"). The same board gives the same bytes.
    """
    sink = BytesIO()
    with xlsxwriter.Workbook(sink, _OPTIONS) as file:
        file.set_properties({"title": title, "created": pd.Timestamp(board.as_of).to_pydatetime()})
        book = _Book(file, board, words)
        _add_verdicts(book, targets, title)
        for target in targets:
            _add_target(book, target)
        _add_figures(book, targets, title)
    return sink.getvalue()


def _add_verdicts(book: _Book, targets: Sequence[str], title: str) -> None:
    """One row a target; the status has its colour beside its word."""
    texts = book.words.texts
    sheet = book.sheet(texts("workbook.verdicts"), title, texts("workbook.note"))
    table = verdicts_table(book.board, book.words, targets)
    _write_table(book, sheet, table)
    column = list(table.columns).index(texts("column.verdict"))
    for row, target in enumerate(targets, start=HEADER_ROW + 1):
        status = book.board.verdicts[target].status
        colour = book.style(bold=True, font_color=LOOKS[status].colour)
        sheet.write_string(row, column, texts(f"status.{status}"), colour)


def _add_target(book: _Book, target: str) -> None:
    """A target's series with path and target, and its chart beside it; nothing where there is no figure."""
    stated = book.board.targets[target]
    table = trajectory_table(book.board, stated, book.words)
    if table is None:
        return
    heading = target_heading(book.board, stated, book.words)
    sheet = book.sheet(target, heading.title, heading.subtitle)
    _write_table(book, sheet, table)
    unit = book.words.unit(stated.unit or book.words.indicator_unit(stated.indicator))
    sheet.insert_chart(HEADER_ROW, len(table.columns) + 1, _chart(book, sheet.get_name(), table, heading.title, unit))
    below = HEADER_ROW + max(len(table), CHART_ROWS) + 2
    for row, note in enumerate(heading.notes, start=below):
        sheet.write_string(row, 0, note, book.style(font_color=QUIET))


def _add_figures(book: _Book, targets: Sequence[str], title: str) -> None:
    """Every known vintage of the indicators of these targets, of their regions and the members of those."""
    stated, texts, known = [book.board.targets[target] for target in targets], book.words.texts, book.board.known
    regions = {target.region for target in stated} | {target.benchmark for target in stated}
    regions |= {member for region in regions for member in book.words.members.get(region, [])}
    chosen = known["region"].isin(regions) & known["indicator"].isin({target.indicator for target in stated})
    sheet = book.sheet(texts("workbook.figures"), title, texts("workbook.figures_note"))
    _write_table(book, sheet, figures_table(in_order(known[chosen]), book.words))


def _write_table(book: _Book, sheet: Worksheet, table: pd.DataFrame) -> None:
    """Header and rows, with widths that fit, a filter, and the header kept in sight."""
    head = book.style(bold=True, bg_color=TRACK, text_wrap=True)
    cell = book.style(text_wrap=True, num_format="#,##0.######")
    for place, name in enumerate(table.columns):
        values = list(table.iloc[:, place])
        sheet.write_string(HEADER_ROW, place, str(name), head)
        for row, value in enumerate(values, start=HEADER_ROW + 1):
            if not _is_blank(value):
                sheet.write(row, place, value, cell)
        sheet.set_column(place, place, _width([str(name), *map(str, values)]))
    sheet.freeze_panes(HEADER_ROW + 1, 1)
    sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + len(table), len(table.columns) - 1)


def _width(cells: list[str]) -> int:
    """Characters that the longest cell needs, within bounds; a Chinese one takes two."""
    longest = max(sum(2 if ord(character) > 0x2E7F else 1 for character in text) for text in cells)
    return min(max(longest + 2, WIDTHS[0]), WIDTHS[1])


def _is_blank(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, float) and pd.isna(value))


def _chart(book: _Book, sheet: str, table: pd.DataFrame, title: str, unit: str) -> Any:  # noqa: ANN401 - of the library
    """A line for each base of the actuals, the path dashed, the target as a diamond, drawn from the cells."""
    chart = book.file.add_chart({"type": "line"})
    first, last = HEADER_ROW + 1, HEADER_ROW + len(table)
    for place in range(1, len(table.columns) - 1):  # the first column is the axis, the last is for reading
        chart.add_series({
            "name": [sheet, HEADER_ROW, place],
            "categories": [sheet, first, 0, last, 0],
            "values": [sheet, first, place, last, place],
            **_look(place - len(table.columns)),
        })  # fmt: skip
    chart.set_title({"name": title, "name_font": {"size": 11, "bold": True}, "overlay": False})
    chart.set_y_axis(
        {"name": unit, "num_format": "#,##0.##", "major_gridlines": {"visible": True, "line": {"color": TRACK}}}
    )
    chart.set_legend({"position": "bottom"})
    chart.show_blanks_as("gap")
    chart.set_size(CHART_SIZE)
    return chart


def _look(from_end: int) -> dict[str, Any]:
    """Line and marker as on the page. `from_end` is the column's place: -2 the target, -3 the path, else actuals."""
    if from_end == -2:
        return {"line": {"none": True}, "marker": _marker("diamond", 10, TARGET)}
    if from_end == -3:
        return {"line": {"color": PATH, "width": 1.5, "dash_type": "dash"}, "marker": {"type": "none"}}
    return {"line": {"color": ACTUAL, "width": 2.25}, "marker": _marker("circle", 7, ACTUAL)}


def _marker(kind: str, size: int, colour: str) -> dict[str, Any]:
    return {"type": kind, "size": size, "fill": {"color": colour}, "border": {"color": colour}}
