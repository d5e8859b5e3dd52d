"""A title's one period counts, also where its other words are not known; a day, or two periods, count for nothing. Made up."""

from __future__ import annotations

from datetime import date

import pytest

from lib.intake import check_upload
from lib.tables import read_tables

TABLE = "\n地区,地区生产总值(亿元),同比增长(%)\n沈阳,6074.0,5.1\n"


@pytest.fixture(scope="module", name="tables")
def read(ROOT):
    """The shipped tables."""
    return read_tables(ROOT / "data")


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("2024年前三季度主要指标", "2024Q3"),
        ("辽宁省各市2024年1-9月主要经济指标（快报）", "2024Q3"),
        ("附件二：2024年上半年（虚构示例）", "2024Q2"),
        ("虚构示例，2023年", "2023"),
    ],
)
def test_the_one_period_of_a_title_is_the_tables(tables, title, period):
    """Every figure below stands for the period that the line above names."""
    checked = check_upload((title + TABLE).encode(), tables, today=date(2026, 11, 22))
    assert set(checked.rows["period"]) == {period}
    assert len(checked.rows) == 2


@pytest.mark.parametrize("title", ["虚构示例，2024年10月25日发布", "2024年与2023年对比（虚构示例）", "虚构示例"])
def test_a_day_or_two_periods_are_not_guessed(tables, title):
    """Where the title leaves the period open, the file is refused with what is missing."""
    checked = check_upload((title + TABLE).encode(), tables, today=date(2026, 11, 22))
    assert "wide_period_missing" in {problem.code for problem in checked.problems}
    assert checked.rows.empty
