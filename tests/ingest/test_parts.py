"""Year, quarter and month in columns of their own make one period a line, or a problem that says why not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.ingest.parts import PERIOD_FAULT, join_parts, read_parts, rename_lone
from lib.periods import read_period


@pytest.mark.parametrize(
    ("cells", "period"),
    [
        (("2024", "3"), "2024Q3"), (("2024", "三季度"), "2024Q3"), (("2024年", "第三季度"), "2024Q3"), (("2024", "Q3"), "2024Q3"),
        (("2024", "1-9月"), "2024Q3"), (("2024", "前三季度"), "2024Q3"),
        (("２０２４", "４"), "2024Q4"), (("2024", "三"), "2024Q3"),
        (("2024", "第2"), "2024Q2"), (("2024", "全年"), "2024"), (("2024", "full year"), "2024"), (("2024", "2024Q3"), "2024Q3"),
        (("2024", "5"), None), (("2024", "0"), None), (("24", "3"), None), (("2024", "沈阳"), None), (("2024Q2", "3"), None),
    ],
)  # fmt: skip
def test_a_year_and_a_quarter(cells, period):
    """Any way to write them is the same period; what is none stays as it stands and is no period."""
    assert read_period(read_parts(dict(zip(("year", "quarter"), cells, strict=True)))[0]) == period


@pytest.mark.parametrize(
    ("cells", "period"),
    [(("2024", "9"), "2024M09"), (("2024", "12月"), "2024M12"), (("2024", "1-9月"), "2024Q3"), (("2024", "13"), None)],
)
def test_a_year_and_a_month(cells, period):
    """A bare number in a column of months is a month."""
    assert read_period(read_parts(dict(zip(("year", "month"), cells, strict=True)))[0]) == period


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"year": "2024", "quarter": ""}, "period_part_blank"),
        ({"year": "", "quarter": "3"}, "period_part_blank"),
        ({"year": "2024", "quarter": "2023Q3"}, "period_parts_differ"),
        ({"year": "2024", "quarter": "三季度", "month": "4"}, "period_parts_differ"),
        ({"year": "2024", "quarter": "前三季度", "month": "9"}, "period_parts_differ"),
        ({"period": "2024Q2", "year": "2024", "quarter": "3"}, "period_parts_differ"),
        ({"year": "2024", "quarter": "三季度", "month": "8"}, ""),
        ({"year": "2024", "quarter": "", "month": "8"}, ""),
        ({"year": "", "quarter": ""}, ""),
    ],
)
def test_what_is_blank_or_contradicts(cells, fault):
    """The code says which; a month inside its quarter contradicts nothing."""
    text, found = read_parts(cells)
    assert found == fault
    assert (read_period(text) is None) == (bool(fault) or not any(cells.values()))


def test_cumulative_words_survive():
    """A quarter and January to September of it are cumulative, as the months say."""
    assert read_parts({"year": "2024", "quarter": "3", "month": "1-9月"}) == ("2024年1-9月", "")


def test_one_column_is_the_period_itself():
    """A lone column is renamed and nothing is joined."""
    assert rename_lone(["region", "year"]) == {"year": "period"}
    assert rename_lone(["year", "quarter"]) == {}
    assert join_parts({"period": "2024", "value": "1"}) == {"period": "2024", "value": "1"}
    joined = join_parts({"year": "2024", "month": "", "value": "1"})
    assert (joined["period"], joined[PERIOD_FAULT]) == ("2024 / -", "period_part_blank")


@given(st.dictionaries(st.sampled_from(["period", "year", "quarter", "month"]), st.text(max_size=8), min_size=2))
def test_any_cells_get_an_answer(cells):
    """A fault never comes with a period that could be used."""
    text, fault = read_parts(cells)
    assert not fault or read_period(text) is None
