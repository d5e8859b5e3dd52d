"""The proof that bands cover a domain once: exact intervals for every hole and overlap, ends respected."""

from __future__ import annotations

import math
from itertools import pairwise

from hypothesis import assume, example, given
from hypothesis import strategies as st

from lib.verdict.methods.bands import Band, Bands, Hole, Overlap, check, ladder
from lib.verdict.methods.reading import NOT_AVAILABLE, Reading

ENDS = st.sampled_from([-math.inf, -2.0, -1.0, 0.0, 0.5, 1.0, 2.0, math.inf])
BANDS = st.lists(st.builds(Band, st.sampled_from("abc"), ENDS, ENDS, st.booleans(), st.booleans()), max_size=5)
VALUES = st.one_of(st.sampled_from([-2.0, -1.0, 0.0, 0.5, 1.0, 2.0]), st.floats(-4, 4))


def covers(fault, value):
    """Whether a reported interval contains the value."""
    return Band("", *fault[:4]).holds(value)


@given(BANDS, VALUES)
@example([Band("a", 0.0, 0.0, high_closed=True)], 0.0)
def test_a_value_is_held_once_exactly_where_nothing_is_reported(bands, value):
    """For any bands and any value: one band holds it, or it lies in one reported interval of the right kind."""
    holders = [band for band in bands if band.holds(value)]
    faults = [fault for fault in check(bands) if covers(fault, value)]
    assert len(faults) == (len(holders) != 1)
    if faults:
        assert isinstance(faults[0], Overlap if holders else Hole)
        assert not holders or faults[0].categories == tuple(band.category for band in holders)


@given(BANDS)
def test_reports_are_in_order_and_apart(bands):
    """No reported interval reaches into the next."""
    assert all(left.high <= right.low for left, right in pairwise(check(bands)))


@given(BANDS, ENDS, ENDS)
def test_nothing_outside_the_domain_is_reported(bands, low, high):
    """Only faults of the domain asked for are named."""
    assume(low < high)
    assert all(low <= fault.low <= fault.high <= high for fault in check(bands, low, high))


def test_open_ends_that_meet_leave_a_single_value():
    """Growth above 0 and growth below 0 say nothing of 0."""
    bands = [Band("up", 0.0, low_closed=False), Band("down", -math.inf, 0.0)]
    assert check(bands) == [Hole(0.0, 0.0, low_closed=True, high_closed=True)]


def test_closed_ends_that_meet_share_a_single_value():
    """At most 1 and at least 1 both hold 1."""
    bands = [Band("high", 1.0), Band("low", -math.inf, 1.0, high_closed=True)]
    assert check(bands) == [Overlap(1.0, 1.0, low_closed=True, high_closed=True, categories=("high", "low"))]


def test_a_hole_over_several_bounds_is_one_interval():
    """A bound inside a hole, of an empty band, does not split the report."""
    bands = [Band("a", -math.inf, 0.0), Band("empty", 1.0, 1.0), Band("b", 2.0, low_closed=False)]
    assert check(bands) == [Hole(0.0, 2.0, low_closed=True, high_closed=True)]


def test_a_domain_ends_where_it_is_said_to_end():
    """Scores from 0 to 100: the ends belong to it."""
    assert check([Band("all", 0.0, 100.0)], 0.0, 100.0) == [Hole(100.0, 100.0, low_closed=True, high_closed=True)]
    assert check([Band("all", 0.0, 100.0, high_closed=True)], 0.0, 100.0) == []
    assert check([], -math.inf, math.inf) == [Hole(-math.inf, math.inf, low_closed=False, high_closed=False)]


@given(VALUES)
def test_a_ladder_has_one_step_for_every_value(value):
    """Falling lower bounds make bands without hole or overlap, infinity included."""
    bands = ladder(("high", 1.0), ("middle", 0.0), ("low", -math.inf))
    assert check(bands) == []
    for number in (value, math.inf, -math.inf):
        assert sum(band.holds(number) for band in bands) == 1


def test_bands_read_a_value():
    """One category, `undefined` for none or two, `not_available` for no value; a cut-off's binary fraction is forgiven."""
    bands = Bands((Band("a", 0.3, 2.0), Band("b", 1.0, 2.0)), "ratio", "here", complete=False)
    assert bands.read(0.1 + 0.1 + 0.1 - 1e-12) == Reading(0.1 + 0.1 + 0.1 - 1e-12, "a")
    assert [bands.category(value) for value in (0.2, 1.5, 0.5)] == ["undefined", "undefined", "a"]
    assert bands.read(None) == bands.read(math.nan) == NOT_AVAILABLE
