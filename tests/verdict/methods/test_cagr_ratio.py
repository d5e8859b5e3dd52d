"""Open SDG and Eurostat: what the vectors leave out, and what must hold for any values."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.verdict.methods.cagr_ratio import (
    endpoints,
    eurostat,
    eurostat_without_target,
    limit_coefficient,
    open_sdg,
    open_sdg_aggregate,
    open_sdg_score,
    open_sdg_without_target,
)
from lib.verdict.methods.reading import NOT_AVAILABLE, Category, Outlook, Point, Reading

ABOVE_ZERO = st.floats(0.01, 1e6)
DIRECTIONS = st.sampled_from([1, -1])
RANKS = {Outlook.OFF: 0, Outlook.PARTLY: 1, Outlook.ON: 2}


def points(*values):
    """Base 2021, current 2023, target 2024."""
    return [Point(year, value) for year, value in zip((2021, 2023, 2024), values, strict=False)]


@pytest.mark.parametrize("judge", [open_sdg, eurostat])
@given(ABOVE_ZERO, ABOVE_ZERO, ABOVE_ZERO, DIRECTIONS, st.integers(-8, 8))
def test_the_unit_does_not_matter_above_zero(judge, base, current, target, direction, power):
    """The same series in a unit some powers of two larger has the same category."""
    scaled = [math.ldexp(value, power) for value in (base, current, target)]
    same = judge(*points(base, current, target), direction)
    assert judge(*points(*scaled), direction) == same


@pytest.mark.parametrize("judge", [open_sdg_without_target, eurostat_without_target])
@given(ABOVE_ZERO, ABOVE_ZERO, DIRECTIONS, st.integers(-8, 8))
def test_the_unit_does_not_matter_without_target(judge, base, current, direction, power):
    """The same without a target."""
    scaled = points(math.ldexp(base, power), math.ldexp(current, power))
    assert judge(*scaled, direction) == judge(*points(base, current), direction)


@pytest.mark.parametrize("judge", [open_sdg, eurostat])
@given(ABOVE_ZERO, ABOVE_ZERO, ABOVE_ZERO, ABOVE_ZERO, DIRECTIONS)
def test_a_better_value_is_judged_no_worse(judge, base, one, other, target, direction):
    """Monotone in the current value."""
    worse, better = sorted((one, other), key=lambda value: value * direction)
    before, after = (judge(*points(base, value, target), direction).outlook for value in (worse, better))
    assert Outlook.NONE in (before, after) or RANKS[before] <= RANKS[after]


@given(st.floats(-1e6, -0.01), st.floats(-1e6, -0.01), st.floats(-1e6, -0.01), DIRECTIONS)
def test_below_zero_open_sdg_judges_the_mirror_image(base, current, target, direction):
    """Values all below zero and the direction turned: the same reading, by the factor s."""
    mirrored = open_sdg(*points(-base, -current, -target), -direction)
    assert open_sdg(*points(base, current, target), direction) == mirrored


def test_a_stand_in_for_zero_makes_the_unit_matter():
    """Why we do not judge by it: a target of zero reached from 5 or from 0.05 is not the same to the published code."""
    large, small = (open_sdg(Point(2015, 5 / k), Point(2023, 3 / k), Point(2030, 0), -1) for k in (1, 100))
    assert small.value == pytest.approx(0.2687, abs=1e-3)
    assert large.value == pytest.approx(0.1428, abs=1e-3)


def test_eurostat_does_not_answer_where_growth_has_no_meaning():
    """Below zero, from zero, and where base and target are equal."""
    for values in ((-1.0, 2.0, 3.0), (1.0, -2.0, 3.0), (0.0, 2.0, 3.0), (1.0, 2.0, 1.0)):
        assert eurostat(*points(*values), 1) == NOT_AVAILABLE
    assert eurostat_without_target(*points(-2.0, -1.0), 1) == NOT_AVAILABLE


def test_endpoints_are_the_base_year_or_the_next_and_the_last():
    """Blanks are dropped; no value gives none; a year twice or nothing since the base year is refused."""
    series = [Point(2023, math.nan), Point(2022, 3.0), Point(2014, 1.0), Point(2016, 2.0)]
    assert endpoints(series) == (Point(2016, 2.0), Point(2022, 3.0))
    assert endpoints(series, 2014) == (Point(2014, 1.0), Point(2022, 3.0))
    assert endpoints([Point(2023, math.nan)]) is None
    for refused in ([Point(2023, 1.0), Point(2023, 2.0)], [Point(2010, 1.0)]):
        with pytest.raises(ValueError, match="Point"):
            endpoints(refused)


@pytest.mark.parametrize(
    ("base", "limit", "expected"),
    [(50.0, None, 1.0), (100.0, 100.0, 0.0), (0.0, 100.0, 1.0), (200.0, 100.0, 1.0), (0.0, 0.0, 1.0)],
)
def test_limit_coefficient_at_its_corners(base, limit, expected):
    """1 without a limit and far from it, 0 at it."""
    assert limit_coefficient(base, limit) == expected


@given(st.floats(0, 100))
def test_limit_coefficient_is_the_same_on_both_sides(apart):
    """As far above the limit as below it."""
    assert limit_coefficient(100 - apart, 100) == pytest.approx(limit_coefficient(100 + apart, 100), abs=1e-9)


def test_near_its_limit_less_growth_is_asked_for():
    """95 to 96 of 100 in eight years: limited without the limit, moderate with it; holding 100 is all one can do."""
    ends = Point(2015, 95.0), Point(2023, 96.0)
    assert open_sdg_without_target(*ends, 1).category == Category.LIMITED_PROGRESS
    assert open_sdg_without_target(*ends, 1, 100.0).category == Category.MODERATE_PROGRESS
    held = open_sdg_without_target(Point(2015, 100.0), Point(2023, 100.0), 1, 100.0)
    assert held == Reading(0.0, Category.SUBSTANTIAL_PROGRESS)


@pytest.mark.parametrize(
    ("ratio", "score"), [(0.95, 2.500055), (0.6, 0.00004), (0.0, -2.5), (-9.0, -5.0), (9.0, 5.0), (-math.inf, -5.0)]
)
def test_score_at_the_cut_offs(ratio, score):
    """The borders 2.5, 0 and -2.5 are the scores of the cut-offs, and the scale ends at 5."""
    assert open_sdg_score(Reading(ratio, "")) == pytest.approx(score)


def test_an_aggregate_needs_all_to_achieve_and_forgets_what_has_no_score():
    """Achieved with one without a score is achieved; with nothing scored there is no answer."""
    achieved, moderate = Reading(2.0, Category.TARGET_ACHIEVED), Reading(0.7, Category.MODERATE_PROGRESS)
    assert open_sdg_aggregate([achieved, NOT_AVAILABLE]) == Reading(5.0, Category.TARGET_ACHIEVED)
    assert open_sdg_aggregate([achieved, moderate]).category == Category.SUBSTANTIAL_PROGRESS
    assert open_sdg_aggregate([NOT_AVAILABLE]) == open_sdg_aggregate([]) == NOT_AVAILABLE
