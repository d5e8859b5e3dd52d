"""Levels: the gap closed since the baseline against the time gone, and the figure of the deadline itself."""

from __future__ import annotations

from datetime import date

import pytest

AFTER = date(2025, 6, 30)
LATER = date(2026, 6, 30)


def test_urbanisation_closes_sixty_per_cent_of_its_gap(judge):
    """From 84.5 to 84.8 with 85 asked for, 60 % of the gap is closed although the ratio of levels is 99.8 %."""
    verdict = judge({"2021": 84.5, "2023": 84.8}, value=85.0, as_of=date(2024, 6, 30))
    assert verdict.gap_closed == pytest.approx(0.60)
    assert verdict.gap == pytest.approx(-0.2)
    assert verdict.elapsed == pytest.approx(2 / 3)
    # 0.60 of the way in two thirds of the time: pace 0.9, between 0.60 and 0.95.
    assert (verdict.status, verdict.reason) == ("at_risk", "pace")


def test_shenyang_closes_two_thirds_of_its_gap(judge):
    """From 7249.7 to 9027.1 with 10 000 asked for closes 64.6 % of the gap, though completion would read 90.3 %."""
    verdict = judge({"2021": 7249.7, "2024": 9027.1}, value=10000.0, as_of=AFTER)
    assert (verdict.status, verdict.reason) == ("missed", "not_met")
    assert verdict.gap_closed == pytest.approx(0.646, abs=5e-4)
    assert verdict.gap == pytest.approx(-972.9)
    assert verdict.elapsed == 1.0
    assert verdict.expected == pytest.approx(10000.0)


@pytest.mark.parametrize(("value", "index"), [(55.0, 5.0), (35.0, -1.67)])
def test_gap_closed_is_the_escap_status_index(judge, value, index):
    """ESCAP's worked example, 40 to 55 or 35 with 70 asked for, gives a tenth of its index 5.0 or -1.67."""
    verdict = judge({"2021": 40.0, "2022": value}, value=70.0)
    assert verdict.gap_closed * 10 == pytest.approx(index, abs=5e-3)
    assert verdict.status == ("on_track" if index > 0 else "moving_away")


def test_the_expected_value_lies_on_the_linear_path(judge):
    """WHO's worked example: 68 in 2018 and 99 asked for in 2025 ask for 81.29 in 2021."""
    verdict = judge(
        {"2018": 68.0, "2021": 75.0},
        value=99.0,
        start_period="2019",
        target_period="2025",
        as_of=date(2022, 6, 30),
    )
    assert verdict.expected == pytest.approx(81.29, abs=5e-3)
    assert verdict.elapsed == pytest.approx(3 / 7)
    assert verdict.pace == pytest.approx((7 / 31) / (3 / 7))


# From 0 in 2020 to 400 in 2024, a quarter of the time gone in 2021: 95 is 0.95 of the pace, 60 is 0.60.
PACES = [
    (95.0, "on_track"),
    (94.999, "at_risk"),
    (60.0, "at_risk"),
    (59.999, "off_track"),
    (0.0, "off_track"),
    (-0.001, "moving_away"),
]


@pytest.mark.parametrize(("value", "status"), PACES)
def test_cut_offs_belong_to_the_better_side(judge, value, status):
    """A pace of exactly 0.95, 0.60 or 0 has the better of the two statuses, the least below it the worse."""
    verdict = judge({"2020": 0.0, "2021": value}, value=400.0, start_period="2021", as_of=date(2022, 6, 30))
    assert verdict.status == status


@pytest.mark.parametrize(("value", "status"), PACES)
def test_ceilings_mirror_floors(judge, value, status):
    """A level to be brought down from 400 to 0 has the statuses of one to be brought up."""
    verdict = judge(
        {"2020": 400.0, "2021": 400.0 - value},
        value=0.0,
        operator="<=",
        start_period="2021",
        as_of=date(2022, 6, 30),
    )
    assert verdict.status == status


def test_a_pace_of_exactly_95_per_cent_in_decimals_is_on_track(judge):
    """From 0.4 to 6.1 of 8.4 in three quarters of the time is 0.95 in decimals, whatever binary fractions make of it."""
    verdict = judge({"2020": 0.4, "2023": 6.1}, value=8.4, start_period="2021", as_of=date(2024, 6, 30))
    assert verdict.pace == pytest.approx(0.95)
    assert verdict.status == "on_track"


@pytest.mark.parametrize(
    ("operator", "value", "status"),
    [
        (">=", 100.0, "achieved"),
        (">", 100.0, "missed"),
        (">", 100.01, "achieved"),
        (">=", 99.99, "missed"),
        ("<=", 100.0, "achieved"),
        ("<", 100.0, "missed"),
        ("<", 99.99, "achieved"),
        ("<=", 100.01, "missed"),
    ],
)
def test_the_bound_itself_counts_only_where_the_text_says_reach(judge, operator, value, status):
    """To reach 100 is met by 100, to exceed it is not; likewise downwards."""
    start = 50.0 if operator.startswith(">") else 150.0
    assert judge({"2021": start, "2024": value}, operator=operator, as_of=AFTER).status == status


@pytest.mark.parametrize(
    ("as_of", "status", "reason", "absent"),
    [
        (date(2023, 3, 26), "not_due", "not_due_yet", ("2024",)),
        (date(2023, 3, 27), "no_data", "missing_figures", ("2022",)),
        (AFTER, "no_data", "missing_figures", ("2022", "2023", "2024")),
    ],
)
def test_no_figure_is_no_data_once_one_is_due(judge, as_of, status, reason, absent):
    """Without figures nothing is due until 85 days after 2022; from then on what is due is named, without a number."""
    verdict = judge({}, as_of=as_of)
    assert (verdict.status, verdict.reason, verdict.value, verdict.used) == (status, reason, None, ())
    assert [(item.region, item.indicator, item.periods) for item in verdict.missing] == [("R", "x", absent)]


@pytest.mark.parametrize(
    ("values", "as_of", "absent"),
    [
        ({"2021": 80.0}, date(2023, 3, 27), ("2022",)),
        ({"2021": 80.0}, AFTER, ("2022", "2023", "2024")),
        ({"2020": 70.0, "2021": 80.0}, AFTER, ("2024",)),
        ({"2022": 120.0}, AFTER, ("2023", "2024")),
        ({"2024": 120.0}, AFTER, ("2021",)),
    ],
)
def test_what_a_single_figure_lacks_is_named(judge, values, as_of, absent):
    """The years due since are named, or the one before the plan where the deadline's own figure stands alone."""
    verdict = judge(values, as_of=as_of)
    assert (verdict.status, [item.periods for item in verdict.missing]) == ("no_data", [absent])


@pytest.mark.parametrize("values", [{"2021": 80.0}, {"2020": 70.0, "2021": 80.0}])
def test_only_the_baseline_is_not_due_until_the_first_year_is(judge, series, values):
    """One figure or several before the plan: until 2022 is due there is nothing to judge, but something to require."""
    rough = series(values, release="assumed", status="unknown")
    verdict = judge(rough, as_of=date(2023, 3, 26))
    assert (verdict.status, verdict.reason, verdict.value) == ("not_due", "only_baseline", 80.0)
    assert (verdict.gap_closed, verdict.pace, verdict.missing) == (None, None, ())
    # 20 are left for the three years from the end of 2021 to the end of 2024.
    assert (verdict.required.years, verdict.required.amount) == (3.0, pytest.approx(20 / 3))
    assert {"undated", "unstated"} <= set(verdict.marks)
    assert judge(rough, as_of=date(2023, 3, 27)).status == "no_data"


@pytest.mark.parametrize("values", [{"2021": 80.0}, {"2022": 120.0}, {"2024": 120.0}])
def test_a_single_figure_gives_no_colour(judge, values):
    """One figure never makes a verdict, not even one beyond the target."""
    verdict = judge(values, as_of=AFTER)
    assert verdict.status == "no_data"
    assert verdict.gap_closed is None


def test_two_figures_of_one_year_are_still_a_single_point(judge, figure):
    """A share given both as the year's and as the year-end's is one point in time, from which nothing can be judged."""
    twice = [figure("2022", 120.0), figure("2022", 119.0, basis="point")]
    assert judge(twice, as_of=date(2023, 6, 30)).status == "not_due"
    verdict = judge(twice, as_of=AFTER)
    assert (verdict.status, verdict.missing[0].periods) == ("no_data", ("2023", "2024"))


@pytest.mark.parametrize("trait", [{"status": "estimate"}, {"qualifier": "at_least"}])
@pytest.mark.parametrize("as_of", [date(2023, 6, 30), AFTER])
def test_estimates_and_lower_bounds_carry_no_verdict(judge, figure, trait, as_of):
    """A figure given before the bureau's own, or as a mere lower bound, neither counts as a point nor meets a target."""
    unsure = figure("2022" if as_of.year == 2023 else "2024", 120.0, **trait)
    assert judge([figure("2021", 80.0), unsure], as_of=as_of).status == "no_data"
    with_more = judge([figure("2020", 70.0), figure("2021", 80.0), unsure], as_of=as_of)
    assert with_more.status == "no_data"
    assert unsure.period in with_more.missing[0].periods


def test_an_estimate_does_not_meet_a_target_late(judge, figure):
    """A target missed at its deadline stays missed when only an estimate lies beyond it."""
    values = [figure("2021", 80.0), figure("2024", 99.0), figure("2025", 110.0, status="estimate")]
    assert judge(values, as_of=LATER).status == "missed"


def test_the_baseline_is_the_last_figure_before_the_plan(judge):
    """Where the plan states no baseline, growth before the plan's first year does not count for it."""
    verdict = judge({"2015": 10.0, "2020": 70.0, "2021": 80.0, "2022": 90.0, "2023": 95.0}, as_of=date(2024, 6, 30))
    assert verdict.baseline.period == "2021"
    assert verdict.gap_closed == pytest.approx(0.75)


def test_a_stated_baseline_is_used(judge):
    """Where the plan states its baseline's period, that figure is measured from."""
    verdict = judge({"2020": 70.0, "2021": 80.0, "2022": 85.0}, baseline_period="2020")
    assert verdict.baseline.period == "2020"
    assert (verdict.gap_closed, verdict.elapsed) == (pytest.approx(0.5), pytest.approx(0.5))


def test_met_before_the_deadline(judge):
    """A level that meets the target before the deadline is achieved, and says so."""
    verdict = judge({"2021": 80.0, "2022": 104.0})
    assert (verdict.status, verdict.reason) == ("achieved", "met_early")


def test_missed_when_the_deadline_figure_falls_short(judge):
    """The figure of the deadline decides, however good the pace before it was."""
    verdict = judge({"2021": 80.0, "2023": 99.0, "2024": 99.5}, as_of=AFTER)
    assert (verdict.status, verdict.figure.period) == ("missed", "2024")


def test_achieved_late_names_the_first_figure_that_meets_it(judge):
    """Met after the deadline is achieved late: the deadline's figure stays, the first later one beyond it is named."""
    verdict = judge({"2021": 80.0, "2024": 95.0, "2025": 101.0, "2026": 105.0}, as_of=date(2027, 6, 30))
    assert (verdict.status, verdict.value, verdict.later.period) == ("achieved_late", 95.0, "2025")


def test_fell_back_marks_what_no_longer_holds(judge):
    """Achieved at the deadline stays achieved, with a mark once a later figure is back below."""
    verdict = judge({"2021": 80.0, "2024": 101.0, "2025": 99.0}, as_of=LATER)
    assert verdict.status == "achieved"
    assert "fell_back" in verdict.marks
    assert "fell_back" not in judge({"2021": 80.0, "2024": 101.0, "2025": 100.5}, as_of=LATER).marks


def test_fell_back_marks_what_was_achieved_late_too(judge):
    """Achieved late and lost again carries the same mark, or the status would hide the last figure."""
    verdict = judge({"2021": 80.0, "2024": 95.0, "2025": 101.0, "2026": 98.0}, as_of=date(2027, 6, 30))
    assert verdict.status == "achieved_late"
    assert "fell_back" in verdict.marks


def test_worsening_marks_a_target_met_on_the_way_down(judge):
    """Met while the last change went the wrong way is a mark beside the status."""
    verdict = judge({"2021": 80.0, "2023": 110.0, "2024": 105.0}, as_of=AFTER)
    assert verdict.status == "achieved"
    assert "worsening" in verdict.marks


def test_no_share_of_the_gap_across_a_break(judge, figure):
    """Baseline and figure on two sides of a break give no gap closed; before the deadline that means no colour."""
    values = [figure("2020", 70.0), figure("2021", 80.0), figure("2022", 90.0, segment=1)]
    verdict = judge(values)
    assert (verdict.status, verdict.reason, verdict.gap_closed) == ("not_judged", "break_between", None)
    assert "series_break" in verdict.marks


def test_a_break_leaves_the_deadline_to_be_judged(judge, figure):
    """A level at the deadline meets a bound or not whatever came before, but its way there is not measured."""
    verdict = judge([figure("2021", 80.0), figure("2024", 99.0, segment=1)], as_of=AFTER)
    assert (verdict.status, verdict.gap_closed, verdict.pace) == ("missed", None, None)
    assert "series_break" in verdict.marks


def test_a_target_met_before_the_plan_is_not_achieved_by_it(judge):
    """Met by the last figures before the plan, one or two, there is no colour before the plan's own first figure."""
    for values in ({"2021": 103.0}, {"2020": 101.0, "2021": 103.0}):
        verdict = judge(values, as_of=date(2022, 6, 30))
        assert (verdict.status, verdict.reason, verdict.required) == ("not_due", "only_baseline", None)
        later = judge({**values, "2022": 104.0})
        assert (later.status, later.reason, later.gap_closed) == ("achieved", "met_early", None)
        assert "series_break" not in later.marks


@pytest.mark.parametrize(
    ("baseline", "operator", "value"), [(103.0, ">=", 97.0), (100.0, ">", 99.0), (97.0, "<=", 103.0)]
)
def test_falling_behind_a_target_once_met_moves_away(judge, baseline, operator, value):
    """From the right side of the target to the wrong one is moving away, not a break in the series."""
    verdict = judge({"2021": baseline, "2022": value}, operator=operator)
    assert verdict.reason != "break_between"
    assert verdict.status == "moving_away"


def test_a_figure_late_by_days_is_waited_for(judge):
    """Within the usual delay after the deadline the last pace stands; later the missing figure is named."""
    values = {"2021": 80.0, "2023": 95.0}
    assert judge(values, as_of=date(2025, 1, 20)).status == "on_track"
    verdict = judge(values, as_of=AFTER)
    assert (verdict.status, verdict.missing[0].periods) == ("no_data", ("2024",))


def test_a_later_figure_does_not_stand_in_for_the_deadline(judge):
    """With the deadline's own figure missing, a figure of a later year settles nothing."""
    verdict = judge({"2021": 80.0, "2025": 120.0}, as_of=LATER)
    assert (verdict.status, verdict.missing[0].periods) == ("no_data", ("2024",))


def test_marks_tell_what_a_figure_is_worth(judge, figure):
    """Derived, rounded, undated and first-release figures are marked without changing the status."""
    rough = figure("2024", 101.0, status="preliminary", qualifier="about", release="assumed", derived=True)
    verdict = judge([figure("2021", 80.0), rough], as_of=AFTER)
    assert verdict.status == "achieved"
    assert {"derived", "about", "undated", "preliminary"} <= set(verdict.marks)


@pytest.mark.parametrize(
    ("path", "interim", "expected", "pace", "status"),
    [
        # A third of 80 to 270: 143.33. Of the gap of 190 the path asks for 63.33, and 50 are done: 0.789.
        ("linear", (), 80 + 190 / 3, 50 / (190 / 3), "at_risk"),
        # 270 / 80 = 3.375 = 1.5 to the third: constant growth asks for 120, and 50 of 40 are done: 1.25.
        ("constant_growth", (), 120.0, 1.25, "on_track"),
        # The plan's own 180 for 2022: 50 of 100 are done.
        ("stated", (("2022", 180.0), ("2023", 200.0)), 180.0, 0.5, "off_track"),
        # The plan's own 230 for 2023 alone: half of the way there in 2022 is 155, and 50 of 75 are done.
        ("stated", (("2023", 230.0),), 155.0, 50 / 75, "at_risk"),
    ],
)
def test_the_pace_is_measured_on_the_path_of_the_plan(judge, path, interim, expected, pace, status):
    """Made up: from 80 in 2021 to 130 in 2022 with 270 asked for in 2024 is fast or slow by what the path asks for."""
    verdict = judge({"2021": 80.0, "2022": 130.0}, value=270.0, path=path, interim=interim)
    assert (verdict.expected, verdict.pace) == (pytest.approx(expected), pytest.approx(pace))
    assert (verdict.status, verdict.reason) == (status, "pace")
    assert verdict.gap_closed == pytest.approx(50 / 190)
    assert verdict.elapsed == pytest.approx(1 / 3)


@pytest.mark.parametrize("baseline", [0.0, -50.0])
def test_constant_growth_from_nothing_is_judged_on_the_line(judge, baseline):
    """No growth rate leads from zero or below to a target: the line is used instead and a mark says so."""
    values = {"2021": baseline, "2022": 40.0}
    grown, line = judge(values, path="constant_growth"), judge(values)
    assert (grown.status, grown.expected, grown.pace) == (line.status, line.expected, line.pace)
    assert "path_linear" in grown.marks
    assert "path_linear" not in line.marks


def test_a_figure_older_than_what_should_be_out_is_marked(judge):
    """From 85 days after 2023 on, a pace by the figure of 2022 is stale; the status stays."""
    values = {"2021": 80.0, "2022": 90.0}
    fresh, stale = judge(values, as_of=date(2024, 3, 25)), judge(values, as_of=date(2024, 3, 26))
    assert (fresh.status, stale.status) == ("on_track", "on_track")
    assert "stale" not in fresh.marks
    assert "stale" in stale.marks


def test_the_first_figure_that_met_the_target_is_named(judge):
    """Met in 2023, lost at the deadline, met again in 2025: the first is named; what was met before the plan is not."""
    verdict = judge({"2021": 101.0, "2022": 90.0, "2023": 101.0, "2024": 99.0, "2025": 102.0}, as_of=LATER)
    assert (verdict.status, verdict.first_met.period, verdict.later.period) == ("achieved_late", "2023", "2025")
    assert judge({"2021": 101.0, "2022": 90.0}).first_met is None


def test_today_is_expected_more_than_at_the_last_figure(judge):
    """On the line from 80 to 100 over three years, the middle of 2023 asks for 90; the last figure of 2022 for 86.67."""
    verdict = judge({"2021": 80.0, "2022": 90.0}, as_of=date(2023, 7, 2))
    assert verdict.expected == pytest.approx(80 + 20 / 3)
    assert verdict.expected_today == pytest.approx(90.0, abs=0.05)
    assert judge({"2021": 80.0, "2024": 90.0}, as_of=LATER).expected_today == 100.0


def test_a_baseline_within_the_plan_waits_for_the_year_after_it(judge):
    """Where the plan states its own first year as the baseline, that year is known and not named as missing."""
    verdict = judge({"2021": 70.0, "2022": 80.0}, baseline_period="2022", as_of=date(2024, 3, 25))
    assert (verdict.status, verdict.reason, verdict.missing) == ("not_due", "only_baseline", ())
    overdue = judge({"2021": 70.0, "2022": 80.0}, baseline_period="2022", as_of=date(2024, 3, 26))
    assert (overdue.status, overdue.missing[0].periods) == ("no_data", ("2023",))


@pytest.mark.parametrize(
    ("baseline", "goal", "decimals", "small"),
    [
        # Shenyang's urbanization: 0.03 from 84.97 to 85 is three printed digits.
        (84.97, 85.0, 2, True),
        (75.7, 85.0, 2, False),
        (63.2, 64.1, 1, True),
        (63.1, 64.1, 1, False),  # ten digits, though 64.1 - 63.1 is below 1 in binary fractions
        (91.0, 100.0, 0, True),
    ],
)
def test_a_gap_of_a_few_printed_digits_is_marked(judge, baseline, goal, decimals, small):
    """Less than ten of the last printed digit between baseline and target make its shares rough."""
    verdict = judge({"2021": baseline, "2022": baseline}, value=goal, decimals=decimals)
    assert ("small_gap" in verdict.marks) is small


def test_a_gap_across_a_break_is_not_called_small(judge, figure):
    """Where no share of the gap is given, none is rough."""
    values = [figure("2021", 99.5), figure("2022", 99.6, segment=1)]
    assert "small_gap" not in judge(values).marks


def test_a_path_that_asks_for_nothing_yet_is_not_fallen_behind(judge):
    """Made up: the plan states 100 for 2022 as for 2021 and 120 at the end; 104 in 2022 is ahead of it."""
    verdict = judge({"2021": 100.0, "2022": 104.0}, value=120.0, path="stated", interim=(("2022", 100.0),))
    assert verdict.status == "on_track"


def test_a_path_that_first_falls_is_not_turned_around(judge):
    """Made up: the plan states 90 for 2022 on the way from 100 to 120; 104 in 2022 is ahead of it."""
    verdict = judge({"2021": 100.0, "2022": 104.0}, value=120.0, path="stated", interim=(("2022", 90.0),))
    assert verdict.status == "on_track"
