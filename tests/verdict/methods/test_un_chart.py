"""The UN Progress Chart: its exceptions, and what must hold for any values."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.verdict.methods.reading import NOT_AVAILABLE, Category, Point, Reading
from lib.verdict.methods.un_chart import LEVELS, un_chart, un_chart_without_target

ABOVE_ZERO = st.floats(0.01, 1e6)
DIRECTIONS = st.sampled_from([1, -1])


def chart(base, current, target, direction):
    """From 2015 over 2023 to 2030."""
    return un_chart(Point(2015, base), Point(2023, current), Point(2030, target), direction)


@given(st.floats(1, 100), st.floats(1, 1000), st.floats(1, 1000), st.floats(1, 100))
def test_a_better_value_is_judged_no_worse(base, one, other, apart):
    """Monotone in the current value, with a target above the base."""
    worse, better = (LEVELS[chart(base, value, base + apart, 1).category] for value in sorted((one, other)))
    assert worse <= better


@given(ABOVE_ZERO, ABOVE_ZERO, DIRECTIONS, st.integers(-8, 8))
def test_the_unit_does_not_matter_without_target(base, current, direction, power):
    """Growth has no unit."""
    here, there = (
        un_chart_without_target(Point(2015, base * unit), Point(2023, current * unit), direction)
        for unit in (1.0, math.ldexp(1.0, power))
    )
    assert here == there


@pytest.mark.parametrize(
    ("current", "target", "direction", "level"),
    [(99.0, 100.0, 1, 3), (98.9, 100.0, 1, 2), (1.0, 0.0, -1, 3), (1.1, 0.0, -1, 2), (49.5, 50.0, 1, 2)],
)
def test_within_a_point_of_a_natural_end_counts_as_met(current, target, direction, level):
    """Near 0 and 100 only, and the point itself is near enough; the trend would say fair progress."""
    base = current - 0.5 * direction
    assert LEVELS[chart(base, current, target, direction).category] == level


def test_no_answer_where_growth_has_no_meaning():
    """From zero, over zero, and where base and target are equal; a target met needs no trend."""
    for base, current, target in ((0.0, 1.0, 2.0), (-1.0, 1.0, 2.0), (2.0, 1.0, 2.0)):
        assert chart(base, current, target, 1) == NOT_AVAILABLE
    assert chart(0.0, 3.0, 2.0, 1) == Reading(None, Category.ON_TRACK)
    assert un_chart_without_target(Point(2015, -2.0), Point(2023, -1.0), 1) == NOT_AVAILABLE


def test_less_is_judged_as_more_is():
    """Falling by 2 % a year where a fall is wanted is on track, by 1 % fair, rising stagnation or regression."""
    factors = (0.98, 0.99, 1.01)
    found = [un_chart_without_target(Point(2022, 100.0), Point(2023, 100 * factor), -1).category for factor in factors]
    assert [LEVELS[category] for category in found] == [3, 2, 1]
