"""Periods in Chinese numerals, and a day where a period should stand."""

from __future__ import annotations

import pytest

HEAD = "地区,指标,时期,口径,数值,单位\n"


def spans(checked):
    """Period and basis of every row."""
    return list(checked.rows[["period", "basis"]].itertuples(index=False, name=None))


def errors(checked):
    """The codes of the errors."""
    return [item.code for item in checked.problems if item.severity == "error"]


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("二〇二五年", ("2025", "annual")),
        ("二零二五年三季度", ("2025Q3", "ytd")),
        ("二○二五年前三季度", ("2025Q3", "ytd")),
        ("二〇二五年一至九月", ("2025Q3", "ytd")),
    ],
)
def test_a_year_in_numerals_is_that_year(check, written, span):
    """What the words behind it say of the span holds as behind a year in digits."""
    assert spans(check(f"{HEAD}沈阳市,地区生产总值,{written},,9027.1,亿元\n")) == [span]


def test_a_title_with_a_year_in_numerals_dates_its_table(check):
    """As a year in digits does."""
    checked = check("二〇二五年一季度各市主要经济指标\n地区,地区生产总值（亿元）\n沈阳市,1900.5\n大连市,2000.5\n")
    assert spans(checked) == [("2025Q1", "ytd")] * 2


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2025年12月31日", "2025"),
        ("2025-12-31", "2025"),
        ("2025/12/31 00:00:00", "2025"),
        ("20250930", "2025Q3"),
        ("2025年5月31日", "2025M05"),
        ("2024-02-29", "2024M02"),
    ],
)
def test_a_day_is_the_period_that_a_stock_closes_with_it(check, written, period):
    """The longest that ends with it: they are one moment."""
    assert spans(check(f"{HEAD}沈阳市,常住人口,{written},,920.4,万人\n")) == [(period, "point")]


@pytest.mark.parametrize(
    ("indicator", "unit", "written", "code"),
    [
        ("地区生产总值", "亿元", "2025年12月31日", "period_is_a_day"),
        ("常住人口城镇化率", "%", "2025-12-31", "period_is_a_day"),
        ("常住人口", "万人", "2025-12-30", "period_not_closed"),
        ("常住人口", "万人", "2025-02-29", "period_unreadable"),
        ("常住人口", "万人", "1025-12-31", "period_not_closed"),
    ],
)
def test_a_day_that_tells_no_span_is_refused(check, indicator, unit, written, code):
    """A flow covers a span, a share may be of either kind, and a day within a month closes nothing."""
    checked = check(f"{HEAD}沈阳市,{indicator},{written},,50,{unit}\n")
    assert errors(checked) == [code]
    assert checked.rows.empty


def test_a_day_to_come_is_a_period_to_come(check):
    """No figure is known before its day."""
    assert errors(check(f"{HEAD}沈阳市,常住人口,2026-12-31,,920.4,万人\n")) == ["period_future"]
