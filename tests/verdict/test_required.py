"""What is still needed: Qinghai's published example, sums done by hand, and where there is no answer."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.verdict.required import required_average, required_change, required_growth, required_total

QINGHAI = [1.51, -2.20, -4.18]
RATES = st.lists(st.floats(-50, 100), max_size=6)
VALUES = st.floats(0.1, 1e5)
YEARS = st.integers(1, 10)


def test_qinghai_still_needs_12_75_per_cent_or_6_59_a_year():
    """Published 2009-09-17: energy intensity +1.51, -2.20 and -4.18 % against -17 % over five years."""
    yearly = (0.83 ** (1 / 5) - 1) * 100
    assert required_total(QINGHAI, -17.0) == pytest.approx(-12.75, abs=5e-3)
    assert required_average(QINGHAI, yearly, 5) == pytest.approx(-6.59, abs=5e-3)


def test_investment_needs_17_06_per_cent_in_the_third_year():
    """An average of 15 % over three years, of which 12 % and 16 % are done: 1.15^3 / (1.12 · 1.16) = 1.1706."""
    assert required_average([12.0, 16.0], 15.0, 3) == pytest.approx(17.06, abs=5e-3)


def test_changes_worked_by_hand():
    """From 9027.1 to 10000 in two years: 486.45 a year; from 100 to 121 in two years: 10 % a year."""
    assert required_change(9027.1, 10_000.0, 2) == pytest.approx(486.45)
    assert required_growth(100.0, 121.0, 2) == pytest.approx(10.0)
    assert required_change(30.0, 20.0, 4) == pytest.approx(-2.5)
    assert required_growth(121.0, 100.0, 1) == pytest.approx((100 / 121 - 1) * 100)


@pytest.mark.parametrize("years_left", [0, -1])
def test_nothing_is_needed_once_no_time_is_left(years_left):
    """At the deadline and after it there is no year to spread a change over."""
    assert required_change(1.0, 2.0, years_left) is None
    assert required_growth(1.0, 2.0, years_left) is None
    assert required_average([5.0, 5.0, 5.0], 5.0, 3 + years_left) is None


@pytest.mark.parametrize(("value", "goal"), [(0.0, 1.0), (-1.0, 1.0), (1.0, 0.0), (1.0, -1.0), (math.nan, 1.0)])
def test_no_growth_leads_from_or_to_what_is_not_positive(value, goal):
    """A percentage of nothing, or to nothing, is no growth."""
    assert required_growth(value, goal, 2) is None


def test_no_average_follows_a_collapse():
    """After -100 % nothing can grow, and no average of -100 % can be asked for."""
    assert required_average([-100.0], 5.0, 3) is None
    assert required_average([-120.0, 3.0], 5.0, 3) is None
    assert required_average([1.0], -100.0, 3) is None
    assert required_total([-100.0], 5.0) is None
    assert required_total([1.0], -100.0) is None
    assert required_total([math.nan], 5.0) is None


def test_what_is_no_number_or_beyond_all_numbers_is_not_given():
    """A target without a value and a growth beyond what a float holds have no answer."""
    assert required_change(1.0, math.nan, 2) is None
    assert required_change(-1e308, 1e308, 1) is None
    assert required_growth(1e-300, 1e300, 1) is None


@given(value=VALUES, goal=VALUES, years=YEARS)
def test_what_is_required_leads_to_the_goal(value, goal, years):
    """Applied in every year left, the required change and the required growth both arrive at the goal."""
    assert value + required_change(value, goal, years) * years == pytest.approx(goal, rel=1e-6, abs=1e-6)
    assert value * (1 + required_growth(value, goal, years) / 100) ** years == pytest.approx(goal, rel=1e-6)


@given(value=VALUES, goal=VALUES, years=YEARS, factor=st.sampled_from([1e-4, 1e4]))
def test_the_unit_changes_the_amount_and_not_the_growth(value, goal, years, factor):
    """In 万元 the amount is ten thousand times as large and the growth the same."""
    amount, growth = required_change(value, goal, years), required_growth(value, goal, years)
    assert required_change(value * factor, goal * factor, years) == pytest.approx(amount * factor, rel=1e-9, abs=1e-9)
    assert required_growth(value * factor, goal * factor, years) == pytest.approx(growth, rel=1e-9, abs=1e-9)


@given(rates=RATES, goal=st.floats(-20, 40), left=YEARS)
def test_the_required_average_completes_the_goal(rates, goal, left):
    """Years done and the required average in each year left compound to the goal's average."""
    needed = required_average(rates, goal, len(rates) + left)
    total = ((1 + goal / 100) ** (len(rates) + left) - 1) * 100
    factor = math.prod(1 + rate / 100 for rate in [*rates, *[needed] * left])
    assert factor == pytest.approx(1 + total / 100, rel=1e-6)
    assert required_total(rates, total) == pytest.approx(((1 + needed / 100) ** left - 1) * 100, rel=1e-6, abs=1e-6)
