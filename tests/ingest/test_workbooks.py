"""Workbooks: cells as typed, limits that hold before anything is unpacked, and nothing outside the file is touched."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from lib.ingest import sheet
from lib.ingest.sheet import read_workbook, write_cell

HEAD = ["地区", "指标", "时期", "数值", "单位"]


def save(*sheets):
    """A workbook's bytes; each sheet a list of rows."""
    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        page = book.create_sheet()
        for row in rows:
            page.append(row)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def rewrite(raw, change):
    """The same zip with each part's bytes changed by `change(name, content)`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


@pytest.mark.parametrize(
    ("value", "style", "text"),
    [
        (2024, "General", "2024"),
        (0.1 + 0.2, "General", "0.3"),
        (8122.1, "#,##0.0", "8122.1"),
        (1e-7, "General", "0.0000001"),
        (0.052, "0.0%", "5.2%"),
        (0.84970001, "0%", "84.970001%"),
        (5.2, '0.0"%"', "5.2%"),
        (5.2, "0.0\\%", "5.2%"),
        (-12.3, "0.0_);(0.0)", "-12.3"),
        (True, "General", "TRUE"),
        (date(2024, 1, 31), "yyyy-mm-dd", "2024-01-31"),
        (datetime(2024, 5, 1), 'yyyy"年"m"月"', "2024年5月"),  # noqa: DTZ001 - a workbook's days have no zone
        (datetime(2024, 1, 1), "yyyy", "2024年"),  # noqa: DTZ001
        (" 沈阳市\n", "General", "沈阳市"),
        ("#DIV/0!", "General", "#DIV/0!"),
    ],
)
def test_cells_as_text(value, style, text):
    """Fifteen digits as the program shows them; per cent by its format; a date as far as its format tells it."""
    assert write_cell(value, style) == text


def test_a_workbook_is_told_by_its_bytes(check):
    """The name plays no part; the encoding says what was read."""
    checked = check(save([HEAD, ["沈阳市", "地区生产总值", 2024, 100, "亿元"]]))
    assert (checked.encoding, checked.separator) == ("XLSX", "")
    assert checked.rows["value"].tolist() == [100]


def test_a_swollen_part_is_refused_before_it_is_unpacked(check):
    """A zip bomb: a small file whose part says it unpacks to many times its size."""
    raw = rewrite(save([HEAD]), lambda name, part: part + b" " * 8_000_000 if name.endswith("sheet1.xml") else part)
    assert len(raw) < 100_000
    assert [item.code for item in check(raw).problems] == ["workbook_too_large"]


def test_far_cells_are_refused(check, monkeypatch):
    """A cell in the last column of many rows costs more than it weighs."""
    monkeypatch.setattr(sheet, "_CELL_LIMIT", 1000)
    assert [item.code for item in check(save([["虚构"] * 100] * 11)).problems] == ["workbook_too_large"]


def test_a_lone_cell_at_the_end_of_the_sheet_is_refused_quickly():
    """Its row number would make a million blank rows."""

    def move(name, part):
        return part.replace(b'r="2"', b'r="1048576"').replace(b'r="A2"', b'r="A1048576"') if "sheet1" in name else part

    book = read_workbook(rewrite(save([HEAD, ["沈阳市"]]), move))
    assert [item.code for item in book.problems] == ["workbook_too_large"]


def test_too_many_rows(check, monkeypatch):
    """The same limit as for text."""
    monkeypatch.setattr(sheet, "ROW_LIMIT", 5)
    assert "too_many_rows" in {item.code for item in check(save([HEAD] + [["沈阳市"]] * 10)).problems}


def test_a_stored_result_counts_and_a_link_is_not_followed(check):
    """A formula that points to another file is read by the result the file holds."""

    def store(name, part):
        return part.replace(b"<v></v>", b"<v>12</v>").replace(b"<v />", b"<v>12</v>") if "sheet1" in name else part

    raw = save([HEAD, ["沈阳市", "地区生产总值", 2024, "='[1]other.xlsx'!A1", "亿元"]])
    assert check(rewrite(raw, store)).rows["value"].tolist() == [12]


def test_hidden_sheets_and_sheets_without_a_table_are_named(check, as_they_come):
    """Nothing is left out in silence."""
    problem = next(
        item for item in check(as_they_come["workbook-several-sheets"]).problems if item.code == "sheets_skipped"
    )
    assert problem.hint == {"sheets": "说明, 旧数"}


def test_the_forms_figures_fit_a_workbook(check):
    """Date and source of the form serve a workbook too."""
    checked = check(
        save([HEAD, ["沈阳市", "地区生产总值", 2024, 1, "亿元"]]), published=date(2025, 1, 20), source="虚构"
    )
    assert checked.problems == []
    assert checked.rows["published"].astype(str).tolist() == ["2025-01-20"]
