"""Changes by a stated percentage since the year before the plan."""

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


@pytest.mark.parametrize(
    ("as_of", "status", "absent"),
    [
        (date(2023, 3, 26), "not_due", ("2021",)),
        (date(2023, 3, 27), "no_data", ("2021", "2022")),
        (AFTER, "no_data", ("2021", "2024")),
    ],
)
def test_a_change_is_waited_for_until_the_plan_has_begun(judge, as_of, status, absent):
    """Without figures nothing is due before 85 days after 2022; named are the base and the last year due."""
    verdict = judge({}, kind="cumulative_change", value=7.7, as_of=as_of)
    assert (verdict.status, verdict.missing[0].periods) == (status, absent)


@pytest.mark.parametrize(
    ("rates", "status", "value"),
    [
        # 1.02 · 1.03 · 1.03 = 1.0821: met, whatever the levels of two bases look like.
        ({"2022": 2.0, "2023": 3.0, "2024": 3.0}, "achieved", 8.2118),
        # 1.02 · 1.02 · 1.03 = 1.0716: missed, though the new base shows 130.
        ({"2022": 2.0, "2023": 2.0, "2024": 3.0}, "missed", 7.1612),
        ({"2022": 2.0, "2024": 3.0}, "not_judged", None),
        ({}, "not_judged", None),
    ],
)
def test_across_a_break_published_growth_is_compounded(judge, figure, rates, status, value):
    """Made up: 100 on the old base and 130 on the new give no change; the published rates of every year between do."""
    values = [figure("2021", 100.0), figure("2024", 130.0, segment=1)]
    verdict = judge(values, growth=rates, kind="cumulative_change", value=7.7, as_of=AFTER)
    assert verdict.status == status
    assert verdict.value == (None if value is None else pytest.approx(value))
    assert "series_break" in verdict.marks


@pytest.mark.parametrize("trait", [{"status": "estimate"}, {"qualifier": "at_least"}])
def test_an_estimated_rate_carries_no_change_across_a_break(judge, figure, series, trait):
    """One of the years between has only an estimate of its growth: no change can be told."""
    values = [figure("2021", 100.0), figure("2023", 130.0, segment=1)]
    rates = [*series({"2022": 2.0}), figure("2023", 6.0, **trait)]
    verdict = judge(values, growth=rates, kind="cumulative_change", value=7.7, as_of=date(2024, 6, 30))
    assert (verdict.status, verdict.reason) == ("not_judged", "break_between")


@pytest.mark.parametrize(
    "scale",
    [1.0, 0.01],
)
def test_what_the_level_still_needs(judge, scale):
    """Made up: 104 of the 107.7 that 7.7 % on 100 make leave 3.7 for the last year, in any unit."""
    values = {"2021": 100.0 * scale, "2023": 104.0 * scale}
    verdict = judge(values, kind="cumulative_change", value=7.7, as_of=date(2024, 6, 30))
    assert verdict.required is not None
    assert verdict.required.amount == pytest.approx(3.7 * scale)
    assert verdict.required.growth == pytest.approx((107.7 / 104 - 1) * 100)


@pytest.mark.parametrize("base", [0.0, -3.0])
def test_no_percentage_of_nothing(judge, base):
    """A base of nothing or below has no change in per cent: no colour, no number, and no break where there is none."""
    verdict = judge({"2021": base, "2023": 104.0}, kind="cumulative_change", value=7.7, as_of=date(2024, 6, 30))
    assert (verdict.status, verdict.value) == ("not_judged", None)
    assert "series_break" not in verdict.marks


@pytest.mark.parametrize(("level", "status"), [(50.0, "off_track"), (110.0, "moving_away")])
def test_a_fall_to_nothing_can_be_asked_for(judge, level, status):
    """Made up: to fall by 100 % has no share done in logarithms and still must not fail."""
    verdict = judge(
        {"2021": 100.0, "2023": level}, kind="cumulative_change", operator="<=", value=-100.0, as_of=date(2024, 6, 30)
    )
    assert str(verdict.status) in {status, "not_judged"}
