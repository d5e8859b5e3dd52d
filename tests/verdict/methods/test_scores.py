"""Scores of other trackers: ends, defects reproduced on purpose, and what must hold for any values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.verdict.methods.reading import NOT_AVAILABLE, Point
from lib.verdict.methods.scores import (
    akvo_percent,
    akvo_percent_capped,
    niti,
    scotland,
    sdsn,
    who_constant_rate,
    who_linear_path,
)

COLOURS = {"red": 0, "yellow_or_orange": 1, "green": 2}


@given(st.floats(-50, 150), st.floats(-50, 150))
def test_sdsn_is_monotone_and_the_same_either_way_round(one, other):
    """A better value has no lower score and no worse colour; mirrored values have the same."""
    worse, better = (sdsn(value, 100.0, 80.0, 60.0, 0.0) for value in sorted((one, other)))
    assert 0 <= worse.value <= better.value <= 100
    assert COLOURS[worse.category] <= COLOURS[better.category]
    assert sdsn(-one, -100.0, -80.0, -60.0, 0.0) == sdsn(one, 100.0, 80.0, 60.0, 0.0)


def test_sdsn_needs_a_way_from_worst_to_best():
    """Optimum equal to the lower bound."""
    assert sdsn(1.0, 5.0, 4.0, 3.0, 5.0) == NOT_AVAILABLE


@pytest.mark.parametrize(
    ("score", "band"),
    [(0, "aspirant"), (49.5, "undefined"), (99.5, "undefined"), (100, "achiever"), (101, "undefined")],
)
def test_niti_names_no_band_between_whole_numbers(score, band):
    """Unless scores are rounded, which the rule does not say."""
    assert niti(score).category == band


@given(st.floats(-10, 10), st.floats(-10, 10))
def test_scotland_is_mirrored(growth, average):
    """Swapping growth and average swaps better and worse."""
    swap = {"improving": "worsening", "worsening": "improving", "maintaining": "maintaining"}
    assert scotland(average, growth).category == swap[scotland(growth, average).category]


def test_akvo_is_reproduced_defects_and_all():
    """A tenth is kept; the cap starts where it should end; nothing done reads as no answer; no target has none."""
    assert akvo_percent(1.0, 3.0) == 33.3
    assert [akvo_percent_capped(done, 100.0) for done in (20.0, 130.0, 0.0)] == [100.0, 130.0, None]
    assert akvo_percent(1.0, 0.0) is akvo_percent_capped(1.0, 0.0) is None


@given(st.floats(-100, 100), st.floats(-100, 100), st.integers(1, 30))
def test_who_path_starts_at_the_base_and_ends_at_the_target(base, target, years):
    """And a path of no length has no value."""
    start, end = Point(2018, base), Point(2018 + years, target)
    assert who_linear_path(start, end, 2018) == base
    assert who_linear_path(start, end, 2018 + years) == pytest.approx(target)
    assert who_linear_path(start, start, 2018) is None


@given(st.floats(1, 100), st.floats(0.5, 2), st.integers(0, 10))
def test_who_constant_rate_goes_on_as_before(value, factor, years):
    """Whatever the span between the two values; none from zero."""
    before, last = Point(2016, value), Point(2018, value * factor**2)
    assert who_constant_rate(before, last, 2018 + years) == pytest.approx(last.value * factor**years)
    assert who_constant_rate(Point(2016, 0.0), last, 2020) is None
