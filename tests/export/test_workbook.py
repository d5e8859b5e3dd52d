"""The workbook, read back by another library than the one that wrote it."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from lib.export.trajectory_table import trajectory_table
from lib.export.workbook import HEADER_ROW, to_workbook

GDP_OF_SHENYANG = "SY-4"


@pytest.fixture(scope="module")
def raw(shipped_board, words_in):
    """The whole plan's workbook in Chinese."""
    return to_workbook(shipped_board, words_in("zh"), list(shipped_board.targets), "方案全部目标")


@pytest.fixture(scope="module")
def book(raw):
    """It, read back."""
    return openpyxl.load_workbook(BytesIO(raw))


def rows_of(sheet):
    """The cells of a sheet's table, header first."""
    return [list(row) for row in sheet.iter_rows(min_row=HEADER_ROW + 1, values_only=True)]


def test_every_target_has_its_verdict(book, shipped_board, words_in):
    """The first sheet is the scoreboard."""
    head, *rows = rows_of(book["评价结果"])
    targets = [row[head.index(words_in("zh").texts("column.target"))] for row in rows]
    assert targets == list(shipped_board.targets)


def test_every_target_with_figures_has_a_native_chart(book, shipped_board, words_in):
    """A chart is drawn from cells, so that a reader can edit it; without figures there is no sheet."""
    drawn = {name for name, target in shipped_board.targets.items()
             if trajectory_table(shipped_board, target, words_in("zh")) is not None}  # fmt: skip
    assert drawn
    assert set(book.sheetnames) == {"评价结果", "数据", *drawn}
    assert all(len(book[name]._charts) == 1 for name in drawn)


def test_the_chart_points_at_the_cells_that_hold_the_figures(book, shipped_board):
    """Shenyang's GDP: the value of 2024, in the row of 2024, inside the range of the first series or the next."""
    sheet = book[GDP_OF_SHENYANG]
    head, *rows = rows_of(sheet)
    in_2024 = next(row for row in rows if row[0] == "2024")
    verdict = shipped_board.verdicts[GDP_OF_SHENYANG]
    assert verdict.value in in_2024
    assert in_2024[head.index("目标值")] == 10_000
    ranges = [series.val.numRef.f for series in sheet._charts[0].series]
    assert len(ranges) == len(head) - 2 - head.count(None)
    assert all(f"${HEADER_ROW + 2}:" in area for area in ranges)


def test_no_line_leads_across_a_break(book, words_in):
    """A census revision starts a column of its own: no year has both, and the path ends before it."""
    head, *rows = rows_of(book[GDP_OF_SHENYANG])
    bases = [place for place, name in enumerate(head) if name and name.startswith("实际值")]
    years = [row for row in rows if row[0] and str(row[0]).isdigit()]
    assert len(bases) > 1
    assert all(sum(row[place] is not None for place in bases) <= 1 for row in years)
    path = head.index(words_in("zh").texts("chart.path"))
    assert next(row for row in years if row[0] == "2024")[path] is None


def test_sources_stand_on_the_sheet(book):
    """What leaves the page says where it is from."""
    words = [str(cell) for row in book[GDP_OF_SHENYANG].iter_rows(values_only=True) for cell in row if cell]
    assert any("来源" in word for word in words)


def test_no_cell_is_a_formula_and_no_link_is_live(raw, book):
    """Whatever a source is called, a spreadsheet only shows it."""
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    with ZipFile(BytesIO(raw)) as archive:
        assert not [name for name in archive.namelist() if b'TargetMode="External"' in archive.read(name)]


def test_a_text_like_a_formula_stays_a_text(shipped_board, words_in):
    """The title of a selection is a text as well."""
    raw = to_workbook(shipped_board, words_in("en"), ["SY-4"], "=1+1")
    cell = openpyxl.load_workbook(BytesIO(raw)).worksheets[0]["A1"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_same_board_makes_the_same_bytes(shipped_board, words_in):
    """No clock enters the file."""
    first, second = (to_workbook(shipped_board, words_in("en"), ["SY-4"], "Shenyang") for _ in range(2))
    assert first == second
