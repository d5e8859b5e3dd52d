"""Tables as CSV: what a spreadsheet opens is what was there, and nothing in it runs."""

from __future__ import annotations

from io import BytesIO

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.export.figures import figures_table, verdicts_table
from lib.export.table import neutralise, to_csv
from lib.schema import FORMULA_STARTS

CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30)


def read_back(raw):
    """The file as a reader that knows nothing of us sees it."""
    return pd.read_csv(BytesIO(raw), encoding="utf-8-sig", keep_default_na=False, dtype={"text": "str"})


def test_file_starts_with_a_byte_order_mark():
    """Excel recognises the file as UTF-8, so Chinese is legible without a question."""
    raw = to_csv(pd.DataFrame({"地区": ["沈阳市"]}))
    assert raw == b"\xef\xbb\xbf" + "地区\n沈阳市\n".encode()


def test_formulas_become_text():
    """A cell that a spreadsheet would run gets an apostrophe; full-width signs count as well."""
    for cell in ("=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\n=1", "＝1", "＋1", "－1", "＠x"):
        assert neutralise(cell) == f"'{cell}"
    assert neutralise("\r=1") == "'\n=1"
    assert to_csv(pd.DataFrame({"a": ["=HYPERLINK(1)"]})).decode("utf-8-sig") == "a\n'=HYPERLINK(1)\n"


def test_ordinary_text_is_left_alone():
    """Names, words and dates stay as they are."""
    for cell in ("沈阳市", "2024-01-01", "1=1", "", "a@b", "'quoted"):
        assert neutralise(cell) == cell


def test_negative_numbers_stay_numbers():
    """A decline is a number in the file, not a text behind an apostrophe."""
    raw = to_csv(pd.DataFrame({"value": [-972.9, 5.0], "count": [-3, 4]}))
    assert raw.decode("utf-8-sig") == "value,count\n-972.9,-3\n5.0,4\n"


def test_numbers_with_a_gap_stay_numbers():
    """A missing number is an empty cell, never zero, and the others remain numbers."""
    table = pd.DataFrame({"value": [-1.5, None], "text": ["a", "b"]})
    assert to_csv(table).decode("utf-8-sig") == "value,text\n-1.5,a\n,b\n"


def test_table_is_not_changed():
    """Writing a file leaves the table on the page as it was."""
    table = pd.DataFrame({"a": ["=1"]})
    to_csv(table)
    assert list(table["a"]) == ["=1"]


@given(st.lists(st.tuples(CELL, st.floats(allow_nan=False, allow_infinity=False)), min_size=1, max_size=20))
def test_what_is_read_back_equals_what_was_written(rows):
    """Any text and any number survive the file; only a formula's apostrophe is added."""
    table = pd.DataFrame(rows, columns=["text", "value"])
    back = read_back(to_csv(table))
    assert list(back["value"].astype(float)) == [number for _, number in rows]
    assert list(back["text"]) == [f"'{text}" if text.startswith(FORMULA_STARTS) else text for text, _ in rows]


@given(st.lists(st.text(max_size=20), min_size=1, max_size=10))
def test_no_text_cell_starts_a_formula(texts):
    """Whatever an uploaded cell holds, nothing in the file begins like a formula."""
    assert not any(str(neutralise(text)).startswith(FORMULA_STARTS) for text in texts)


@given(st.lists(st.tuples(st.text(max_size=20), st.floats(allow_nan=False)), min_size=1, max_size=10))
def test_a_file_written_again_is_the_same(rows):
    """Written, read and written again, the file is the same to the byte, and no text in it begins like a formula."""
    raw = to_csv(pd.DataFrame(rows, columns=["text", "value"]))
    back = read_back(raw)
    assert to_csv(back) == raw
    assert not [text for text in back["text"] if text.startswith(FORMULA_STARTS)]


def test_verdicts_as_a_table(shipped_board, words_in):
    """The table of verdicts has a row for each reading, numbers as numbers, gaps empty and sources beside."""
    raw = to_csv(verdicts_table(shipped_board, words_in("en"))).decode("utf-8-sig")
    table = pd.read_csv(BytesIO(raw.encode()))
    assert len(table) == 28
    shenyang = table.set_index("Target").loc["SY-4"]
    assert (shenyang["Value used"], shenyang["Status"]) == (9027.1, "Missed")
    assert shenyang["Gap"] == pytest.approx(-972.9)
    assert table.set_index("Target").loc["SY-3"].isna()["Value used"]


def test_figures_as_a_table_keep_their_codes(shipped_board, words_in):
    """The table of figures has codes beside names, so that a machine can read it back."""
    table = figures_table(shipped_board.known, words_in("zh"))
    assert len(table) == len(shipped_board.known)
    assert {"地区代码", "指标代码", "时期", "数值", "来源"} <= set(table.columns)
    assert (table["来源"] != "").all()
