"""What lies ahead: required and forecast stand beside what is under way and never beside what is settled. Made-up figures."""

from __future__ import annotations

from datetime import date

import pytest

MIDWAY, AFTER, LATER = date(2024, 6, 30), date(2025, 6, 30), date(2026, 6, 30)
LONG = {"2019": 60.0, "2020": 70.0, "2021": 80.0, "2022": 85.0, "2023": 90.0}


def test_a_level_under_way_has_both(judge):
    """From 90 at the end of 2023 one year is left for 10, 11.1 %; the line of five years leads to 99.5 in 2024."""
    verdict = judge(LONG, as_of=MIDWAY)
    assert (verdict.required.years, verdict.required.amount) == (1.0, pytest.approx(10.0))
    assert verdict.required.growth == pytest.approx(100 / 9)
    # Slope (2 · 30 + 1 · 15) / 10 = 7.5 about the mean 77, three years on.
    assert verdict.forecast.value == pytest.approx(77 + 3 * 7.5)
    assert (verdict.forecast.period, verdict.forecast.points) == ("2024", 5)


@pytest.mark.parametrize("last", [{"2024": 95.0}, {"2024": 101.0}, {"2024": 95.0, "2025": 101.0}])
def test_a_settled_level_has_neither(judge, last):
    """Missed, achieved or achieved late: nothing is required and nothing forecast any more."""
    verdict = judge({**LONG, **last}, as_of=LATER)
    assert verdict.status in {"missed", "achieved", "achieved_late"}
    assert (verdict.required, verdict.forecast) == (None, None)


def test_a_level_met_early_requires_nothing(judge):
    """What meets the target already has nothing left to do."""
    verdict = judge({**LONG, "2023": 101.0}, as_of=MIDWAY)
    assert (verdict.status, verdict.required) == ("achieved", None)


def test_an_overdue_level_has_neither(judge):
    """Once the deadline's figure should be out, a forecast of it would stand in for a figure that is missing."""
    verdict = judge(LONG, as_of=AFTER)
    assert (verdict.status, verdict.required, verdict.forecast) == ("no_data", None, None)


def test_too_few_figures_have_no_forecast(judge):
    """Three figures give a pace and no line."""
    verdict = judge({"2021": 80.0, "2022": 85.0, "2023": 90.0}, as_of=MIDWAY)
    assert verdict.status == "at_risk"
    assert verdict.required is not None
    assert verdict.forecast is None


@pytest.mark.parametrize("nature", ["share", "growth"])
def test_a_share_requires_points_and_no_growth(judge, nature):
    """A per cent of a per cent would be read as points."""
    verdict = judge(LONG, nature=nature, as_of=MIDWAY)
    assert (verdict.required.amount, verdict.required.growth) == (pytest.approx(10.0), None)


def test_a_forecast_share_stays_within_a_hundred(judge):
    """The line from 80 leads to 105 %, which no share can be; an amount can."""
    values = {"2020": 80.0, "2021": 86.0, "2022": 92.0, "2023": 99.0}
    share = judge(values, value=99.5, nature="share", as_of=MIDWAY)
    amount = judge(values, value=99.5, nature="flow", as_of=MIDWAY)
    assert (share.forecast.value, share.forecast.high) == (100.0, 100.0)
    assert amount.forecast.value == pytest.approx(105.0, abs=0.5)
    assert share.forecast.slope == amount.forecast.slope


def test_an_average_requires_growth_until_its_last_year(judge):
    """12 % and 16 % of an average of 15 % leave 17.06 % for the third year, and after it nothing."""
    options = {"kind": "average_growth", "value": 15.0}
    under_way = judge({"2022": 12.0, "2023": 16.0}, **options, as_of=MIDWAY)
    assert (under_way.required.years, under_way.required.amount) == (1, None)
    assert under_way.required.growth == pytest.approx(17.06, abs=5e-3)
    assert judge({"2022": 12.0, "2023": 16.0, "2024": 17.0}, **options, as_of=AFTER).required is None


def test_a_change_has_neither_once_settled(judge):
    """A change over the whole plan asks for nothing after it."""
    values = {"2019": 97.0, "2020": 98.0, "2021": 100.0, "2022": 103.0, "2023": 105.0, "2024": 106.0}
    verdict = judge(values, kind="cumulative_change", value=7.7, as_of=AFTER)
    assert (verdict.status, verdict.required, verdict.forecast) == ("missed", None, None)
    del values["2024"]
    assert judge(values, kind="cumulative_change", value=7.7, as_of=MIDWAY).forecast is not None
