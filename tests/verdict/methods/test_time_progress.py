"""Time progress and lamps: published examples, holes, and what must hold for any values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.verdict.methods.reading import NOT_AVAILABLE, Category, Reading
from lib.verdict.methods.time_progress import (
    sanya_district,
    sanya_projects,
    tianjin_bonds,
    tianjin_investment,
    time_gap,
    yinchuan,
)

SHARES = st.integers(0, 1000).map(lambda tenths: tenths / 10)
GROWTHS = st.integers(-300, 300).map(lambda tenths: tenths / 10)
LAMPS = {"red": 0, "yellow": 1, "green": 2}


def test_three_notices_reproduce():
    """74 % after eight months is +7.33, 43.2 % after four +9.9, 37.8 % after four +4.5, as published."""
    gaps = [time_gap(done, 100 * months / 12).value for done, months in ((74.0, 8), (43.2, 4), (37.8, 4))]
    assert [round(gap, 2) for gap in gaps] == [7.33, 9.87, 4.47]


@pytest.mark.parametrize(
    ("done", "category", "lamp"),
    [(50.0, "level", "green"), (49.9, "behind", "undefined"), (40.0, "behind", "yellow"), (60.0, "ahead", "green")],
)
def test_gap_and_lamp_at_half_time(done, category, lamp):
    """At half time: exactly level, in Yinchuan's hole, at its end, and ahead."""
    assert time_gap(done, 50.0).category == category
    assert yinchuan(done, 50.0).category == lamp


@given(SHARES, SHARES, SHARES)
def test_more_done_is_no_worse_a_lamp(one, other, elapsed):
    """Yinchuan outside its hole, Sanya and Tianjin's bonds: monotone in what is done."""
    less, more = sorted((one, other))
    for judge in (yinchuan, sanya_projects, tianjin_bonds):
        lamps = [judge(done, elapsed).category for done in (less, more)]
        if all(lamp in LAMPS for lamp in lamps):
            assert LAMPS[lamps[0]] <= LAMPS[lamps[1]]
        else:
            assert judge is yinchuan or elapsed == 0


@given(GROWTHS, GROWTHS, GROWTHS)
def test_tianjin_is_green_for_both_bars_and_undefined_where_published_so(growth, plan, average):
    """The lamps as the words say; no lamp for no growth below the bar, two for a shrinking district above it."""
    lamp, above = tianjin_investment(growth, plan, average).category, growth >= plan and growth >= average
    if growth > 0:
        assert lamp == ("green" if above else "yellow")
    elif growth == 0:
        assert lamp == ("green" if above else "undefined")
    else:
        assert lamp == ("undefined" if above else "red")


def test_the_shortfall_cut_offs_belong_to_yellow():
    """30 % for bonds, 50 % for projects; over the plan is green; nothing planned has no answer."""
    assert [tianjin_bonds(done, 100.0).category for done in (100.0, 70.0, 69.9)] == ["green", "yellow", "red"]
    assert [sanya_projects(done, 100.0).category for done in (120.0, 50.0, 49.9)] == ["green", "yellow", "red"]
    assert sanya_projects(1.0, 0.0) == NOT_AVAILABLE


def test_a_district_turns_red_the_second_month_running():
    """Sanya's districts are remembered for one month."""
    assert sanya_district(met=True, met_last_month=False) == Reading(None, Category.GREEN)
    assert sanya_district(met=False, met_last_month=True).category == Category.YELLOW
    assert sanya_district(met=False, met_last_month=False).category == Category.RED
