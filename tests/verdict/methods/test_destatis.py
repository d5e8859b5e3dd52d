"""Weather symbols: windows, the rules that the vectors leave out, and what must hold for any values."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.verdict.methods.destatis import (
    NO_RATING,
    Trend,
    by_year,
    difference,
    direction_only,
    every_year,
    find_trend,
    next_target,
    weaker_bound,
    worst,
)
from lib.verdict.methods.reading import Category, Outlook, Point, Reading

VALUES = st.floats(-1e6, 1e6).filter(lambda value: value == 0 or abs(value) > 1e-6)
DIRECTIONS = st.sampled_from([1, -1])
RANKS = {Outlook.OFF: 0, Outlook.PARTLY: 1, Outlook.ON: 2}


def trend(first, previous, last):
    """A window from 2018 to 2023."""
    return Trend(Point(2018, first), Point(2022, previous), Point(2023, last))


def ratings(first, previous, last, target, direction):
    """The categories of the three rules."""
    window = trend(first, previous, last)
    return (
        by_year(window, Point(2030, target), direction).category,
        every_year(window, target, direction).category,
        direction_only(window, direction).category,
    )


@given(VALUES, VALUES, VALUES, VALUES, DIRECTIONS)
def test_mirrored_values_and_direction_give_the_same_symbol(first, previous, last, target, direction):
    """More is better, or less of the negative is."""
    mirrored = ratings(-first, -previous, -last, -target, -direction)
    assert ratings(first, previous, last, target, direction) == mirrored


@given(VALUES, VALUES, VALUES, VALUES, DIRECTIONS, st.integers(-8, 8))
def test_the_unit_does_not_matter(first, previous, last, target, direction, power):
    """Zero and negative values included."""
    scaled = (math.ldexp(value, power) for value in (first, previous, last, target))
    assert ratings(*scaled, direction) == ratings(first, previous, last, target, direction)


@given(VALUES, VALUES, VALUES, VALUES, DIRECTIONS)
def test_a_better_last_value_is_judged_no_worse(first, one, other, target, direction):
    """Monotone in the current value: by year and in every year."""
    worse, better = sorted((one, other), key=lambda value: value * direction)
    for before, after in zip(
        ratings(first, 0.0, worse, target, direction), ratings(first, 0.0, better, target, direction), strict=True
    ):
        assert RANKS[Reading(None, before).outlook] <= RANKS[Reading(None, after).outlook]


def test_greenhouse_gases_as_published():
    """63.681 in 2019, 51.852 in 2024, 35 asked for in 2030: 15.8 % of the way would be missed, sun with cloud."""
    window = Trend(Point(2019, 63.681), Point(2023, 54.0), Point(2024, 51.852))
    reading = by_year(window, Point(2030, 35.0), -1)
    assert reading == Reading(pytest.approx(37.6572), Category.SUN_WITH_CLOUD)


@pytest.mark.parametrize(
    ("target", "category"), [(68.0, "sun"), (69.0, "sun_with_cloud"), (71.25, "sun_with_cloud"), (72.0, "cloud")]
)
def test_the_share_of_the_gap_that_would_be_missed(target, category):
    """2.5 a year from 50 leads to 67.5 in 2030: 2.8, 7.9, 17.6 and 20.5 % of the gap are missed."""
    assert by_year(trend(37.5, 47.5, 50.0), Point(2030, target), 1).category == category


def test_a_deadline_past_and_missed_is_never_a_sun():
    """The last value stands for the projection; going the right way is a cloud, the wrong way a thunderstorm."""
    assert by_year(trend(40.0, 49.0, 50.0), Point(2023, 51.0), 1) == Reading(50.0, Category.CLOUD)
    assert by_year(trend(60.0, 51.0, 50.0), Point(2020, 51.0), 1).category == Category.THUNDERSTORM


def test_a_broken_bound_that_stands_still_is_a_thunderstorm():
    """And a kept one a sun."""
    still = trend(5.0, 5.0, 5.0)
    assert [every_year(still, bound, 1).category for bound in (6.0, 5.0)] == [Category.THUNDERSTORM, Category.SUN]


def test_the_window_is_the_last_six_points_after_a_break():
    """Six of eight; four after a break; three are too few, and so are four with a gap."""
    series = [Point(year, float(year)) for year in range(2016, 2024)]
    assert find_trend(series) == Trend(series[2], series[-2], series[-1])
    assert find_trend(series, since=2020) == Trend(series[4], series[-2], series[-1])
    assert find_trend(series, since=2021) is None
    assert find_trend([*series[:6], series[7]]) is None
    assert find_trend([series[7]] * 4) is None
    assert find_trend(series[::-1]) == find_trend(series)


def test_no_window_no_rating():
    """Every rule says so, and so it does for a window without a span."""
    for window in (None, Trend(Point(2020, 1.0), Point(2020, 1.0), Point(2020, 2.0))):
        assert by_year(window, Point(2030, 3.0), 1) == NO_RATING
        assert every_year(window, 3.0, 1) == NO_RATING
        assert direction_only(window, 1) == NO_RATING


def test_a_benchmark_is_a_bound_of_zero_on_the_difference():
    """Deprivation, EU minus Germany, in the years that both have: kept but shrinking, as published."""
    union = [Point(year, value) for year, value in zip(range(2019, 2025), (9.9, 6.8, 6.3, 6.7, 6.8, 6.4), strict=True)]
    germany = [Point(year, value) for year, value in zip(range(2020, 2025), (3.4, 4.3, 6.2, 6.4, 5.7), strict=True)]
    gap = difference(union, germany)
    assert [point.year for point in gap] == [2020, 2021, 2022, 2023, 2024]
    assert every_year(find_trend(gap), 0.0, 1) == Reading(pytest.approx(-0.675), Category.SUN_WITH_CLOUD)


def test_the_weaker_bound_and_the_next_year_count():
    """Of an interval the end reached first; of several years the next one still to come."""
    assert (weaker_bound(70.0, 80.0, 1), weaker_bound(70.0, 80.0, -1)) == (70.0, 80.0)
    targets = [Point(2030, 30.0), Point(2025, 20.0), Point(2020, 10.0)]
    assert [next_target(targets, year) for year in (2021, 2025, 2031)] == [targets[1], targets[1], None]


def test_of_several_targets_the_worst_counts():
    """One without a rating does not; with none rated there is none."""
    sun, cloud = Reading(1.0, Category.SUN), Reading(2.0, Category.CLOUD)
    assert worst([sun, NO_RATING, cloud]) == cloud
    assert worst([NO_RATING, sun]) == sun
    assert worst([NO_RATING]) == worst([]) == NO_RATING
