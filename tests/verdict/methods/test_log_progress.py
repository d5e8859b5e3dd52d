"""Log progress: the bureau's worked example, and what must hold for any values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.verdict.methods.log_progress import (
    cumulative_change,
    cumulative_factor,
    elapsed_share,
    log_progress,
    share_done,
    yearly_change,
)
from lib.verdict.methods.reading import NOT_AVAILABLE, Category, Point

LEVELS = st.floats(1, 1000)


def test_qinghai_energy_intensity_reproduces():
    """+1.51, -2.20, -4.18 % against -17 % in five years: all four published numbers come out."""
    base, now, goal = Point(2005, 100.0), Point(2008, 100 * cumulative_factor((1.51, -2.20, -4.18))), Point(2010, 83.0)
    assert round(cumulative_change(base.value, now.value), 2) == -4.87
    assert round(yearly_change(base, now), 2) == -1.65
    assert round(100 * share_done(base.value, now.value, goal.value), 1) == 26.8
    assert round(cumulative_change(now.value, goal.value), 2) == -12.75
    assert round(yearly_change(now, goal), 2) == -6.59
    assert log_progress(base, now, goal).category == Category.BEHIND


@given(st.floats(-50, 50).filter(lambda rate: abs(rate) > 0.1), st.integers(2, 20))
def test_the_rate_asked_for_is_level_in_every_year(rate, years):
    """Growing at the target's own average, the share done is the share of time gone."""
    base, goal = Point(0, 100.0), Point(years, 100 * cumulative_factor([rate] * years))
    for year in range(1, years + 1):
        reading = log_progress(base, Point(year, 100 * cumulative_factor([rate] * year)), goal)
        assert reading.value == pytest.approx(year / years)
        assert reading.category == Category.LEVEL


@given(LEVELS, LEVELS, st.floats(1.1, 3))
def test_done_and_left_make_the_whole(base, current, factor):
    """F and G/F multiply to G, whatever has happened so far."""
    done, left = cumulative_change(base, current), cumulative_change(current, base * factor)
    assert (1 + done / 100) * (1 + left / 100) == pytest.approx(factor)
    assert share_done(base, current, base * factor) == pytest.approx(1 - share_done(base * factor, current, base))


@given(LEVELS, LEVELS, LEVELS)
def test_more_growth_is_a_larger_share(base, one, other):
    """Monotone in the current value, for a target above the base."""
    less, more = (share_done(base, value, 2 * base) for value in sorted((one, other)))
    assert less <= more


def test_words_for_the_two_shares():
    """Ahead, behind and the wrong way, half of the time gone."""
    base, goal = Point(2020, 100.0), Point(2024, 121.0)
    found = [log_progress(base, Point(2022, value), goal).category for value in (111.0, 109.0, 99.0)]
    assert found == [Category.AHEAD, Category.BEHIND, Category.NEGATIVE_PROGRESS]


def test_no_answer_without_a_logarithm():
    """Through zero, no change asked for, no time gone."""
    base, goal = Point(2020, 100.0), Point(2024, 121.0)
    assert log_progress(base, Point(2022, 0.0), goal) == NOT_AVAILABLE
    assert log_progress(base, Point(2022, -5.0), goal) == NOT_AVAILABLE
    assert log_progress(base, Point(2022, 105.0), Point(2024, 100.0)) == NOT_AVAILABLE
    assert log_progress(base, base, goal) == NOT_AVAILABLE
    assert (
        cumulative_change(0.0, 5.0) is yearly_change(Point(2020, 0.0), goal) is elapsed_share(base, goal, base) is None
    )
