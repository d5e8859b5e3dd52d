"""Two sides of a break: a level carried over it by published growth, the range it gives, and levels that are doubted.

All figures are made up but those of Shenyang and Dalian, which were published.
"""

from __future__ import annotations

from datetime import date

import pytest

from lib.verdict.breaks import break_marks, carry, growth_gap

MIDWAY, AFTER, LATER = date(2024, 6, 30), date(2025, 6, 30), date(2026, 6, 30)


@pytest.fixture(name="across")
def join_two_bases(series):
    """Levels before a break and after it as one series."""

    def across(old, new):
        return [*series(old), *series(new, segment=1)]

    return across


def test_shenyang_is_carried_over_the_census(judge, across):
    """8122.1 grown by the published 5.2 % is 8544.4: 47.1 % of the gap on the old base, 64.6 % on the new."""
    levels = across({"2021": 7249.7, "2022": 7695.8, "2023": 8122.1}, {"2024": 9027.1})
    verdict = judge(levels, growth={"2022": 3.5, "2024": 5.2}, value=10000.0, as_of=AFTER)
    assert (verdict.status, verdict.gap_closed, verdict.pace) == ("missed", None, None)
    assert verdict.carried.value == pytest.approx(8122.1 * 1.052)
    assert verdict.carried.closed == (pytest.approx(0.471, abs=5e-4), pytest.approx(0.646, abs=5e-4))
    assert {"series_break", "growth_differs"} <= set(verdict.marks)
    assert "base_decides" not in verdict.marks


def test_dalian_met_its_target_on_one_base(judge, across):
    """8752.9 carried by 5.2 and 5.7 % is 9732.9 and short of 10 000, while 10002.1 is not: the base decides."""
    levels = across({"2020": 7030.4, "2023": 8752.9}, {"2024": 9516.9, "2025": 10002.1})
    rates = {"2024": 5.2, "2025": 5.7}
    verdict = judge(levels, growth=rates, value=10000.0, operator=">", as_of=LATER)
    assert (verdict.status, verdict.later.period) == ("achieved_late", "2025")
    assert verdict.carried.value == pytest.approx(8752.9 * 1.052 * 1.057)
    assert [rate.period for rate in verdict.carried.rates] == ["2024", "2025"]
    assert "base_decides" in verdict.marks


# From 80 in 2021 to 90 in 2022 on the old base, 100 by 2024; at the end of 2023 the path asks for 2/3 of the gap of 20.
SIDES = [
    # Carried 90 · 1.03 = 92.7 (63.5 % closed, pace 0.95), new 94 (70 %, 1.05): on track on both.
    (94.0, {"2023": 3.0}, "on_track", "break_same"),
    # Carried 90.9 (54.5 %, 0.82), new 91 (55 %, 0.825): at risk on both.
    (91.0, {"2023": 1.0}, "at_risk", "break_same"),
    # Carried 90.9 (pace 0.82), new 95 (75 %, 1.125): at risk on the old base, on track on the new.
    (95.0, {"2023": 1.0}, "not_judged", "break_range"),
    # Carried 78.3 (-8.5 %), new 79 (-5 %): moving away on both.
    (79.0, {"2023": -13.0}, "moving_away", "break_same"),
    # No published growth of 2023, or only that of another year: nothing to carry by.
    (95.0, {}, "not_judged", "break_between"),
    (95.0, {"2022": 3.0}, "not_judged", "break_between"),
]


@pytest.mark.parametrize(("new", "rates", "status", "reason"), SIDES)
def test_under_way_a_break_is_judged_where_both_bases_agree(judge, across, new, rates, status, reason):
    """The same status on both bases is given, two different ones are not, and none is made up without growth."""
    verdict = judge(across({"2021": 80.0, "2022": 90.0}, {"2023": new}), growth=rates, as_of=MIDWAY)
    assert (verdict.status, verdict.reason) == (status, reason)
    assert (verdict.gap_closed, verdict.pace) == (None, None)
    assert "series_break" in verdict.marks


@pytest.mark.parametrize("path", ["constant_growth", "stated"])
def test_the_range_is_measured_on_the_path_of_the_plan(judge, across, path):
    """A path that asks for 85 by 2023 instead of 93.3 turns "at risk on both" into "on track on both"; and the reverse."""
    levels = across({"2021": 80.0, "2022": 90.0}, {"2023": 91.0})
    verdict = judge(levels, growth={"2023": 1.0}, path=path, interim=(("2023", 85.0),), as_of=MIDWAY)
    # Constant growth asks for 80 · 1.25^(2/3) = 92.83: 10.9 and 11 of 12.83 are 0.85 and 0.857.
    assert verdict.status == ("on_track" if path == "stated" else "at_risk")
    assert verdict.reason == "break_same"


def test_a_target_met_across_a_break_is_met(judge, across):
    """A level above the target meets it early whatever the old base would show; the mark says where it would not."""
    levels = across({"2021": 80.0, "2022": 90.0}, {"2023": 101.0})
    verdict = judge(levels, growth={"2023": 5.0}, as_of=MIDWAY)
    assert (verdict.status, verdict.reason) == ("achieved", "met_early")
    assert verdict.carried.value == pytest.approx(94.5)
    assert "base_decides" in verdict.marks
    both = judge(levels, growth={"2023": 12.0}, as_of=MIDWAY)
    assert both.carried.value == pytest.approx(100.8)
    assert "base_decides" not in both.marks


@pytest.mark.parametrize("trait", [{"status": "estimate"}, {"qualifier": "at_least"}])
def test_estimated_growth_carries_nothing(judge, across, figure, trait):
    """A rate given before the bureau's own, or as a lower bound, is no rate to carry a level by."""
    levels = across({"2021": 80.0, "2022": 90.0}, {"2023": 91.0})
    verdict = judge(levels, growth=[figure("2023", 1.0, **trait)], as_of=MIDWAY)
    assert (verdict.reason, verdict.carried) == ("break_between", None)


def test_without_a_break_nothing_is_carried(case, figure):
    """Levels on one base need no bridge."""
    asked = case({"2021": 80.0, "2022": 90.0}, growth={"2022": 3.0})
    first, last = asked.series
    assert carry(asked, first, last) is None
    assert carry(asked, first, figure("2022", 90.0, segment=1)).value == pytest.approx(82.4)


def test_a_range_needs_a_gap(judge, across):
    """Where the baseline had met the target there is no gap to close: a value is carried, a range is not."""
    levels = across({"2021": 101.0, "2022": 102.0}, {"2023": 97.0})
    verdict = judge(levels, growth={"2023": -2.0}, as_of=MIDWAY)
    assert verdict.carried.value == pytest.approx(99.96)
    assert verdict.carried.closed is None
    assert (verdict.status, verdict.reason) == ("not_judged", "break_between")


def test_two_breaks_are_carried_from_the_baseline_s_side(judge, series):
    """From the last level of the baseline's base over both breaks: 80 · 1.02 · 1.03."""
    levels = [*series({"2021": 80.0}), *series({"2022": 95.0}, segment=1), *series({"2023": 99.0}, segment=2)]
    verdict = judge(levels, growth={"2022": 2.0, "2023": 3.0}, as_of=MIDWAY)
    assert (verdict.carried.start.period, verdict.carried.value) == ("2021", pytest.approx(80 * 1.02 * 1.03))


@pytest.mark.parametrize(
    ("levels", "rates", "differs"),
    [
        ({"2021": 100.0, "2022": 107.6}, {"2022": 5.0}, True),
        ({"2021": 100.0, "2022": 107.5}, {"2022": 5.0}, False),
        ({"2021": 100.0, "2022": 102.4}, {"2022": 5.0}, True),
        ({"2021": 100.0, "2022": 150.0}, {}, False),
        ({"2021": 100.0, "2022": 150.0}, {"2021": 5.0}, False),
        ({"2020": 100.0, "2022": 150.0}, {"2022": 5.0}, False),
        ({"2021": 0.0, "2022": 150.0}, {"2022": 5.0}, False),
    ],
)
def test_a_level_that_does_not_follow_its_growth_is_doubted(case, levels, rates, differs):
    """More than 2.5 points between the change of a level and its published growth is marked; without both, nothing is."""
    asked = case(levels, growth=rates)
    assert ("growth_differs" in break_marks(asked, asked.series[-1], None)) is differs


@pytest.mark.parametrize("unit", [1.0, 1e-4, 1e4, 0.1, 3.7, 1 / 3])
def test_a_difference_of_exactly_two_points_and_a_half_is_not_doubted_in_any_unit(case, unit):
    """41 after 40 is 2.5 %, whatever binary fractions make of it in another unit."""
    asked = case({"2021": 40 * unit, "2022": 41 * unit}, growth={"2022": 0.0})
    assert growth_gap(asked, asked.series[-1]) == pytest.approx(2.5)
    assert break_marks(asked, asked.series[-1], None) == ()


def test_estimated_growth_casts_no_doubt(case, figure):
    """A rate given before the bureau's own says nothing against a level."""
    asked = case({"2021": 100.0, "2022": 150.0}, growth=[figure("2022", 5.0, status="estimate")])
    assert growth_gap(asked, asked.series[-1]) is None
