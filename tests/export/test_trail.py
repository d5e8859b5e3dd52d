"""The audit trail in words: safe names, short lists, tables that spreadsheets open safely."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lib.export.table import to_csv
from lib.export.trail import label, safe_name, state, trail_table, what, when
from lib.store import Upload
from lib.trail import Line, Touched

MOMENT = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
UPLOAD = Upload("u7", 7, "append", "", 4, "made-up.csv", "沈阳市统计局", MOMENT, "d", "e", active=True)
UNDO = replace(UPLOAD, upload="u8", seq=8, action="undo", undoes="u7", user="=1+1", active=False)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("报表.XLSX", "entry-7-as-received.xlsx"),
        ("../../etc/passwd", "entry-7-as-received.bin"),
        ("a.csv/../../x.exe", "entry-7-as-received.bin"),
        ("C:\\x.html", "entry-7-as-received.bin"),
        ("", "entry-7-as-received.bin"),
    ],
)
def test_a_file_is_saved_under_a_name_of_our_own(name, safe):
    """Nothing of the name received stays but a known ending."""
    assert safe_name(replace(UPLOAD, name=name)) == safe
    assert safe_name(replace(UPLOAD, name=name), "figures.csv") == "entry-7-figures.csv"


def test_moments_are_chinas():
    """Half past eleven at night in London is the next morning in China."""
    assert when(MOMENT) == "2026-11-22 07:30"


def test_lines_in_both_languages(words_in):
    """A few regions are named and the rest counted; a code that the tables do not list stands for itself."""
    touched = Touched(("210100", "210200", "210300", "210400", "gone"), ("gdp",), ("2021", "2022", "2023", "2024"))
    upload, undo = Line(UPLOAD, touched, withdrawn_by=UNDO), Line(UNDO, touched, withdraws=UPLOAD)
    assert what(upload, words_in("en")) == (
        "Uploaded made-up.csv: 4 figure(s) of GDP; Shenyang, Dalian, Anshan and 2 more; 2021 to 2024 (4 periods)"
    )
    assert what(undo, words_in("zh")) == ("撤销第7号记录made-up.csv：沈阳、大连、鞍山及其他2项；2021至2024（4个时期）")
    assert state(upload, words_in("en")) == "withdrawn 2026-11-22 07:30 by =1+1 (entry 8)"
    assert (state(undo, words_in("en")), state(Line(UPLOAD, touched), words_in("zh"))) == ("", "有效")
    assert label(UNDO, words_in("en")) == "8 · 2026-11-22 07:30 · =1+1 · withdrew made-up.csv"


def test_the_table_of_the_trail_holds_no_formula(words_in):
    """A name that a spreadsheet would run gets an apostrophe."""
    lines = [Line(UNDO, Touched(), withdraws=UPLOAD), Line(UPLOAD, Touched(("210100",), ("gdp",), ("2024",)))]
    text = to_csv(trail_table(lines, words_in("en"))).decode("utf-8-sig")
    assert text.splitlines()[1].split(",")[:4] == ["8", "2026-11-22 07:30", "'=1+1", "withdrawal"]
    assert text.splitlines()[2].split(",")[4:10] == ["made-up.csv", "4", "Shenyang", "GDP", "2024", "in use"]
