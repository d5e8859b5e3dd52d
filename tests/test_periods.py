"""Periods as offices write them come to one canonical form, ordered by their end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.periods import Period, closed_by, is_year, parse_period, read_period, years_between

YEARS = st.integers(1900, 2199).map(str)
CODES = st.builds(
    str.__add__,
    YEARS,
    st.sampled_from(["", *(f"Q{quarter}" for quarter in range(1, 5)), *(f"M{month:02d}" for month in range(1, 13))]),
)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2024", "2024"),
        (" 2024年 ", "2024"),
        ("2024年度", "2024"),
        ("2024年全年", "2024"),
        ("２０２４年", "2024"),
        ("2024Q3", "2024Q3"),
        ("2024-q3", "2024Q3"),
        ("2024 Q3", "2024Q3"),
        ("2024H1", "2024Q2"),
        ("2024H2", "2024Q4"),
        ("2024年上半年", "2024Q2"),
        ("2024年前三季度", "2024Q3"),
        ("2024年第一季度", "2024Q1"),
        ("2024年四季度", "2024Q4"),
        ("2024年1-3月", "2024Q1"),
        ("2024年1—6月", "2024Q2"),
        ("2024年1至9月份", "2024Q3"),
        ("2024年1-12月", "2024Q4"),
        ("2024年1-5月", "2024M05"),
        ("2024年5月", "2024M05"),
        ("2024年11月份", "2024M11"),
        ("2024-05", "2024M05"),
        ("202405", "2024M05"),
        ("2024M05", "2024M05"),
        ("二〇二四年", "2024"),
        ("二零二四年 三季度", "2024Q3"),
        ("一九九九年末", "1999"),
        ("二○二四年十一月", "2024M11"),
        ("二〇二四年一至十二月", "2024Q4"),
    ],
)
def test_written_periods_are_read(written, code):
    """Each way in which an office writes a period gives the same canonical code."""
    assert read_period(written) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "2024Q5",
        "2024Q0",
        "2024M13",
        "2024M00",
        "2024年13月",
        "2024-13",
        "2024.5",
        "x2024",
        "2024/25",
        "去年",
        "二〇二四",
        "三〇二四年",
        "二〇二四年十三月",
    ],
)
def test_what_is_no_period_is_refused(text):
    """Text that names no year, quarter or month gives nothing rather than a guess."""
    assert read_period(text) is None


@pytest.mark.parametrize("text", ["0000", "0000Q1", "0000M05", "0000年", "0000年上半年"])
def test_year_zero_is_refused(text):
    """A year that no calendar has is no period, since its end could not be told."""
    assert read_period(text) is None


@pytest.mark.parametrize("text", ["0000", "0000Q1", "0000M05"])
def test_year_zero_cannot_be_parsed(text):
    """A code of the year zero raises when it is parsed, not when its end is asked for."""
    with pytest.raises(ValueError, match=text):
        parse_period(text)


@pytest.mark.parametrize("text", ["٢٠٢٤", "२०२४", "٢٠٢٤Q3", "202٤", "๒๐๒๔M05", "𞥒𞥐𞥒𞥔"])
def test_digits_of_other_scripts_are_refused(text):
    """Digits that only look like a canonical code are not one, because codes are compared as text."""
    assert read_period(text) is None
    with pytest.raises(ValueError, match=text):
        parse_period(text)


@pytest.mark.parametrize("text", ["2024\n", "2024Q3\n", "2024 ", " 2024", "2024q3", "2024M5", "2024年"])
def test_only_canonical_text_is_parsed(text):
    """Anything but the exact code raises, also a line end behind it."""
    with pytest.raises(ValueError, match="2024"):
        parse_period(text)


@given(CODES)
def test_a_code_survives_parsing(code):
    """A canonical code parses to a period whose code is the same text."""
    assert parse_period(code).code == code
    assert read_period(code) == code


@given(st.text(alphabet="0123456789QMHqmh-_/年月季度上半前三第一二四至— ٢２²\n", max_size=10))
def test_whatever_is_read_is_canonical(text):
    """Reading any text gives nothing or a code in ASCII that has an end and reads as itself."""
    code = read_period(text)
    if code is not None:
        assert code.isascii()
        assert parse_period(code).code == code == read_period(code)
        assert parse_period(code).end.year == int(code[:4])


@given(CODES, CODES)
def test_periods_are_ordered_by_their_end(first, second):
    """Of two periods the one that ends later is the greater, and of one end the longer."""
    one, two = parse_period(first), parse_period(second)
    assert (one < two) == ((one.end, one.length) < (two.end, two.length))
    assert (one.position < two.position) == (one.end < two.end)


def test_ends_and_positions():
    """A year, a quarter and a month end on their last day, leap years included."""
    assert parse_period("2024").end == date(2024, 12, 31)
    assert parse_period("2024Q3").end == date(2024, 9, 30)
    assert parse_period("2024M02").end == date(2024, 2, 29)
    assert parse_period("2100M02").end == date(2100, 2, 28)
    assert parse_period("2024").position == 2025.0
    assert parse_period("2024Q3").position == 2024.75


def test_lengths_tell_year_quarter_and_month_apart():
    """The fourth quarter and the year end together but are not the same period."""
    assert parse_period("2024Q4") == Period(2024, 12, 3)
    assert parse_period("2024M12") < parse_period("2024Q4") < parse_period("2024")
    assert [is_year(code) for code in ("2024", "2024Q4", "2024M12")] == [True, False, False]


def test_years_between_include_both_ends():
    """The years of a plan are its first, its last and all between."""
    assert years_between("2022", "2024") == ["2022", "2023", "2024"]
    assert years_between("2024", "2024") == ["2024"]


@given(CODES)
def test_a_day_closes_the_longest_period_that_ends_with_it(code):
    """Every period's last day closes it, or a longer one; the day before closes none."""
    period = parse_period(code)
    closed = parse_period(closed_by(period.end))
    assert closed.end == period.end
    assert closed.length == {12: 12, 3: 3, 6: 3, 9: 3}.get(period.month, 1)
    assert closed_by(period.end - timedelta(days=1)) is None
