"""Changes: by a stated percentage since the year before the plan, or merely in a direction."""

from __future__ import annotations

from datetime import date

import pytest

AFTER = date(2025, 6, 30)


def test_the_qinghai_example_as_a_change_of_level(judge):
    """A level that fell by 1.51, -2.20 and -4.18 per cent compounded is 26.8 % of the way to -17 % at 60 % of the time."""
    level = 100 * 1.0151 * 0.9780 * 0.9582
    verdict = judge(
        {"2005": 100.0, "2008": level},
        kind="cumulative_change",
        operator="<=",
        value=-17.0,
        start_period="2006",
        target_period="2010",
        as_of=date(2009, 9, 17),
    )
    assert verdict.value == pytest.approx(-4.87, abs=5e-3)
    assert verdict.gap_closed == pytest.approx(0.268, abs=5e-4)
    assert verdict.elapsed == pytest.approx(0.6)
    assert verdict.status == "off_track"


@pytest.mark.parametrize(("base", "end"), [(100.0, 107.7), (1000.0, 1077.0), (20.0, 21.54), (3.0, 3.231)])
def test_a_change_of_exactly_the_target_reaches_it(judge, base, end):
    """Growth of exactly 7.7 % in decimals is 7.7 %, whatever binary fractions make of it."""
    verdict = judge({"2021": base, "2024": end}, kind="cumulative_change", value=7.7, as_of=AFTER)
    assert verdict.value == pytest.approx(7.7)
    assert (verdict.status, verdict.reason) == ("achieved", "change_settled")


@pytest.mark.parametrize(("end", "status"), [(107.8, "achieved"), (107.6, "missed"), (99.0, "missed")])
def test_a_change_at_the_deadline(judge, end, status):
    """The change from the year before the plan to its last year decides."""
    assert judge({"2021": 100.0, "2024": end}, kind="cumulative_change", value=7.7, as_of=AFTER).status == status


@pytest.mark.parametrize(
    ("level", "status"),
    [(107.8, "achieved"), (105.2, "on_track"), (104.0, "at_risk"), (102.0, "off_track"), (99.0, "moving_away")],
)
def test_a_change_on_the_way(judge, level, status):
    """Two thirds into the plan ln 1.077 x 2/3 asks for 5.07 %: the share of it done gives the status."""
    verdict = judge({"2021": 100.0, "2023": level}, kind="cumulative_change", value=7.7, as_of=date(2024, 6, 30))
    assert verdict.status == status
    assert verdict.expected == pytest.approx(5.07, abs=5e-3)


@pytest.mark.parametrize(("value", "level", "holds"), [(5.0, 108.0, False), (5.0, 101.0, True)])
def test_a_ceiling_on_growth_is_not_inverted(judge, value, level, holds):
    """Growth beyond what may at most be grown is never on track, and growth well below it never off track."""
    verdict = judge(
        {"2021": 100.0, "2023": level}, kind="cumulative_change", operator="<=", value=value, as_of=date(2024, 6, 30)
    )
    assert (verdict.status in {"on_track", "achieved"}) == holds


@pytest.mark.parametrize("base", ["2015", "2022"])
def test_a_change_over_the_plan_needs_the_year_before_it(judge, base):
    """A change since an older or a later year is not the change over the plan: the base year is named as missing."""
    verdict = judge({base: 100.0, "2024": 107.8}, kind="cumulative_change", value=7.7, as_of=AFTER)
    assert verdict.status == "no_data"
    assert "2021" in verdict.missing[0].periods


def test_a_change_with_only_its_base_names_what_is_missing(judge):
    """The base year on hand is not named as missing, the deadline's figure is."""
    verdict = judge({"2021": 100.0}, kind="cumulative_change", value=7.7, as_of=AFTER)
    assert (verdict.status, verdict.missing[0].periods) == ("no_data", ("2024",))


def test_a_change_without_figures_names_both_ends(judge):
    """Without any figure both ends of the change are named."""
    verdict = judge({}, kind="cumulative_change", value=7.7, as_of=AFTER)
    assert (verdict.status, verdict.missing[0].periods) == ("no_data", ("2021", "2024"))


def test_no_change_is_computed_across_a_break(judge, figure):
    """Two levels on two bases give no change."""
    values = [figure("2021", 100.0), figure("2024", 130.0, segment=1)]
    verdict = judge(values, kind="cumulative_change", value=7.7, as_of=AFTER)
    assert (verdict.status, verdict.value) == ("not_judged", None)
    assert "series_break" in verdict.marks


@pytest.mark.parametrize("trait", [{"status": "estimate"}, {"qualifier": "at_least"}])
def test_a_change_to_an_estimate_is_no_change(judge, figure, trait):
    """An estimate or a lower bound ends no change."""
    values = [figure("2021", 100.0), figure("2024", 130.0, **trait)]
    assert judge(values, kind="cumulative_change", value=7.7, as_of=AFTER).status == "no_data"


# Average change since the baseline and last change, each right or wrong: the four combinations Destatis publishes.
FOUR = [
    ((40.0, 41.0, 42.0), "on_track", ()),
    ((40.0, 43.0, 42.0), "at_risk", ("worsening",)),
    ((40.0, 38.0, 39.0), "off_track", ()),
    ((40.0, 39.0, 38.0), "moving_away", ()),
]


@pytest.mark.parametrize(("values", "status", "marks"), FOUR)
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_the_four_combinations_of_average_and_last_change(judge, values, status, marks, sign):
    """Both right, average right only, last right only, both wrong: in that order better, upwards and downwards alike."""
    years = dict(zip(("2021", "2022", "2023"), (sign * value for value in values), strict=True))
    verdict = judge(
        years, kind="direction", operator="increase" if sign > 0 else "decrease", value=None, as_of=date(2024, 6, 30)
    )
    assert (verdict.status, verdict.marks) == (status, marks)


@pytest.mark.parametrize(
    ("values", "status"),
    [((40.0, 42.0, 42.0), "at_risk"), ((40.0, 39.0, 40.0), "off_track"), ((40.0, 40.0, 40.0), "moving_away")],
)
def test_standing_still_is_no_improvement(judge, values, status):
    """A change of nothing counts as wrong, as Destatis has it."""
    years = dict(zip(("2021", "2022", "2023"), values, strict=True))
    verdict = judge(years, kind="direction", operator="increase", value=None, as_of=date(2024, 6, 30))
    assert verdict.status == status


@pytest.mark.parametrize(("last", "status"), [(40.5, "achieved"), (40.0, "missed"), (39.0, "missed")])
def test_a_direction_at_the_deadline(judge, last, status):
    """At the deadline the average change since the baseline decides."""
    values = {"2021": 40.0, "2022": 41.0, "2023": 42.0, "2024": last}
    assert judge(values, kind="direction", operator="increase", value=None, as_of=AFTER).status == status


def test_a_direction_needs_three_figures(judge):
    """Two figures have one change, which cannot be both an average and a last one."""
    values = {"2021": 40.0, "2022": 41.0}
    verdict = judge(values, kind="direction", operator="increase", value=None)
    assert (verdict.status, verdict.missing[0].periods) == ("no_data", ("2024",))


def test_a_direction_is_not_on_track_after_its_deadline(judge):
    """Once the deadline's figure is overdue its absence is named, as for every other kind."""
    values = {"2021": 40.0, "2022": 41.0, "2023": 42.0}
    verdict = judge(values, kind="direction", operator="increase", value=None, as_of=AFTER)
    assert (verdict.status, [item.periods for item in verdict.missing]) == ("no_data", [("2024",)])


def test_a_direction_across_a_break_is_not_judged(judge, figure, series):
    """A step between two bases is no improvement."""
    values = [*series({"2021": 40.0, "2022": 41.0}), figure("2023", 50.0, segment=1)]
    verdict = judge(values, kind="direction", operator="increase", value=None, as_of=date(2024, 6, 30))
    assert (verdict.status, verdict.reason) == ("not_judged", "break_between")
