"""Numbers, units, dates and spans read as each language writes them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.formats import MINUS, WRITTEN, amount, day, number, share, span
from lib.tables import read_tables


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (9027.1, 1, "9,027.1"),
        (1234567.0, 0, "1,234,567"),
        (-2.2, 1, "−2.2"),
        (-4.18, 2, "−4.18"),
        (-0.04, 1, "0.0"),
        (-0.0, 2, "0.00"),
        (0.0, 0, "0"),
        (85.0, 2, "85.00"),
    ],
)
def test_numbers(value, decimals, text):
    """A number has thousands separators, a real minus sign and no negative zero."""
    assert number(value, decimals) == text


def test_signed_numbers():
    """A difference shows its sign, except where it rounds to nothing."""
    assert [number(value, 1, signed=True) for value in (1.51, -2.2, 0.04, -0.04)] == ["+1.5", "−2.2", "0.0", "0.0"]


@given(st.floats(-1e12, 1e12), st.integers(0, 4), st.booleans())
def test_a_number_says_its_value(value, decimals, signed):
    """What is written, read back, is the value to the decimals shown, with no ASCII minus and no signed zero."""
    text = number(value, decimals, signed=signed)
    assert re.fullmatch(r"[−+]?\d{1,3}(,\d{3})*(\.\d+)?", text)
    assert not re.fullmatch(r"[−+][0.,]+", text)
    read = float(text.replace(",", "").replace(MINUS, "-"))
    assert abs(read - value) <= 0.5000001 * 10**-decimals + abs(value) * 1e-12
    assert number(-value, decimals).lstrip(MINUS) == number(value, decimals).lstrip(MINUS)


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "zh", "en"),
    [
        (9027.1, "100m_cny", 1, "9,027.1亿元", "CNY 902.7 bn"),
        (10000.0, "100m_cny", 1, "1万亿元", "CNY 1 tn"),
        (1350000.0, "100m_cny", 1, "135万亿元", "CNY 135 tn"),
        (0.0, "100m_cny", 1, "0.0亿元", "CNY 0.0 bn"),
        (12.1, "100m_usd", 1, "12.1亿美元", "USD 1.21 bn"),
        (4229.4, "10k_persons", 1, "4,229.4万人", "42.294 million"),
        (3.47, "100m_m3", 2, "3.47亿立方米", "347 million m³"),
        (85.55, "pct", 2, "85.55%", "85.55%"),
        (-0.45, "pp", 2, "−0.45个百分点", "−0.45 percentage points"),
    ],
)
def test_amounts(value, unit, decimals, zh, en):
    """An amount keeps its size and its digits in the unit that each language uses."""
    assert amount(value, unit, "zh", decimals) == zh
    assert amount(value, unit, "en", decimals) == en


def test_a_shortfall_is_not_written_in_trillions():
    """A signed difference stays in the unit of the figures beside it."""
    assert amount(-10000.0, "100m_cny", "zh", 1, signed=True) == "−10,000.0亿元"
    assert amount(972.9, "100m_cny", "en", 1, signed=True) == "CNY +97.3 bn"


def test_every_unit_is_written_in_both_languages():
    """Both languages write the same units."""
    assert set(WRITTEN["zh"]) == set(WRITTEN["en"])


def test_every_unit_of_an_indicator_can_be_written(ROOT):
    """Each unit in which an indicator's figures are shown has its form in both languages."""
    units = set(read_tables(ROOT / "data").indicators["unit"]) - {""}
    assert {"100m_cny", "pct", "10k_persons"} <= units <= set(WRITTEN["zh"])


def test_shares():
    """A share of one is a percentage with one decimal."""
    assert share(0.268) == "26.8%"
    assert share(-0.167) == "−16.7%"
    assert share(-0.0001) == "0.0%"


def test_days():
    """A date has no leading zeros and no order that could be misread."""
    assert day(date(2026, 1, 3), "zh") == "2026年1月3日"
    assert day(date(2026, 1, 3), "en") == "3 Jan 2026"


@pytest.mark.parametrize(
    ("code", "basis", "zh", "en"),
    [
        ("2024", "annual", "2024年", "2024"),
        ("2024", "point", "2024年末", "end of 2024"),
        ("2024Q1", "ytd", "2024年一季度", "2024 Q1"),
        ("2024Q2", "ytd", "2024年上半年", "2024 Q1–Q2 (cumulative)"),
        ("2024Q3", "ytd", "2024年前三季度", "2024 Q1–Q3 (cumulative)"),
        ("2024Q4", "ytd", "2024年全年", "2024 Q1–Q4 (cumulative)"),
        ("2024Q2", "quarter", "2024年二季度", "2024 Q2"),
        ("2024Q3", "quarter", "2024年三季度", "2024 Q3"),
        ("2024M05", "ytd", "2024年1—5月", "Jan–May 2024"),
        ("2024M01", "ytd", "2024年1月", "Jan 2024"),
        ("2024M05", "quarter", "2024年5月", "May 2024"),
    ],
)
def test_spans(code, basis, zh, en):
    """A cumulative quarter and a single quarter never read alike after the first."""
    assert span(code, basis, "zh") == zh
    assert span(code, basis, "en") == en
