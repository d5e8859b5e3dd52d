"""Rows for the tables are read as they stand, from text and workbooks, and refused at the place that no table could have."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from lib.ingest.tabular import ROW, ROWS_AT_MOST, parse_tables
from lib.schema import TABLES, UPLOADED_TABLES
from lib.tables import read_table

HEADER = ",".join(TABLES["relations"])


def codes(parsed):
    """Code and line of each problem."""
    return [(item.code, item.row) for item in parsed.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("name", [name for name in UPLOADED_TABLES if name != "paths"])  # none ships a row
def test_a_shipped_table_is_read_back_as_it_is(ROOT, name, encoding):
    """Every cell of every table, with its line; no quotation mark of a sentence is taken for CSV's."""
    path = ROOT / f"data/{name}.csv"
    parsed = parse_tables(path.read_text("utf-8").encode(encoding))
    [part] = parsed.parts
    assert (part.table, parsed.problems) == (name, [])
    assert part.rows[list(TABLES[name])].equals(read_table(path, TABLES[name]))
    assert list(part.rows[ROW])[:2] == [2, 3]


def test_a_workbook_holds_a_table_a_sheet():
    """Sheets with a known header are read, the others are named; numbers and days come as text."""
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active.append(["made-up"])
    for name, row in (("relations", ["A", "repeats", "B", "", ""]), ("paths", ["SY-4", 2023, 9500, "made-up", ""])):
        sheet = book.create_sheet(name)
        sheet.append(list(TABLES[name]))
        sheet.append(row)
    raw = io.BytesIO()
    book.save(raw)
    parsed = parse_tables(raw.getvalue())
    assert parsed.known == ("relations", "paths")
    assert codes(parsed) == [("sheets_skipped", 0)]
    assert parsed.parts[1].rows.iloc[0][["period", "value"]].to_list() == ["2023", "9500"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([HEADER, "A,repeats,B," + "x" * 4001 + ","], [("cell_too_long", 2)]),
        ([HEADER + ",", "A,repeats,B,,,x"], [("row_too_long", 2)]),
        ([HEADER, "A,repeats"], [("row_too_short", 2)]),
        ([HEADER + ",,note", "A,repeats,B,,,,x"], [("header_blank", 1), ("table_column_unknown", 1)]),
        ([HEADER + ",other", "A,repeats,B,,,x"], [("header_duplicate", 1)]),
        ([HEADER, *["A,repeats,B,,"] * (ROWS_AT_MOST + 1)], [("too_many_rows", 0)]),
        (["A made-up title", "", HEADER.upper(), "A,repeats,B,,"], []),
    ],
)
def test_what_no_table_can_hold_is_refused_at_its_place(lines, expected):
    """Nothing is cut, dropped or guessed; a title above the header and its case do not matter."""
    parsed = parse_tables("\n".join(lines).encode())
    assert codes(parsed) == expected
    assert bool(parsed.parts) is not bool(expected)


def test_a_control_character_is_refused_in_a_workbook_too():
    """Where text would be refused as a whole, the cell is named."""
    book = openpyxl.Workbook()
    book.active.append(list(TABLES["relations"]))
    book.active.append(["A", "repeats", "B\u202e", "", ""])
    raw = io.BytesIO()
    book.save(raw)
    [found] = parse_tables(raw.getvalue()).problems
    assert (found.code, found.row, found.column) == ("control_character", 2, "other")


def test_formulas_of_our_own_files_come_back_without_their_apostrophe():
    """What an exported cell got to keep it from running is not part of the cell."""
    sink = io.StringIO()
    csv.writer(sink).writerows([TABLES["relations"], ["A", "repeats", "B", "'=1+1", "'quoted'"]])
    row = parse_tables(sink.getvalue().encode()).parts[0].rows.iloc[0]
    assert (row["note_zh"], row["note_en"]) == ("=1+1", "'quoted'")
