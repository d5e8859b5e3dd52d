"""Growth to be reached on average: published yearly rates compounded, never growth computed from levels."""

from __future__ import annotations

from datetime import date

import pytest

AFTER = date(2025, 6, 30)
LATER = date(2026, 6, 30)
QINGHAI = {"2006": 1.51, "2007": -2.20, "2008": -4.18}


def test_the_qinghai_example_is_done_to_26_8_per_cent(judge):
    """Against -17 % over five years, Qinghai's three years are 26.8 % of the way at 60 % of the time."""
    yearly = (0.83 ** (1 / 5) - 1) * 100
    verdict = judge(
        QINGHAI,
        kind="average_growth",
        operator="<=",
        value=yearly,
        start_period="2006",
        target_period="2010",
        as_of=date(2009, 9, 17),
    )
    assert verdict.gap_closed == pytest.approx(0.268, abs=5e-4)
    assert verdict.elapsed == pytest.approx(0.6)
    assert verdict.value == pytest.approx(-1.65, abs=5e-3)
    assert verdict.status == "off_track"


def test_investment_of_12_and_16_per_cent_is_done_to_62_4(judge):
    """Two years of 12 % and 16 % are 62.4 % of three years of 15 %, at 66.7 % of the time."""
    verdict = judge({"2022": 12.0, "2023": 16.0}, kind="average_growth", value=15.0, as_of=date(2024, 6, 30))
    assert verdict.gap_closed == pytest.approx(0.624, abs=5e-4)
    assert verdict.elapsed == pytest.approx(0.667, abs=5e-4)
    assert verdict.pace == pytest.approx(0.936, abs=5e-4)
    assert (verdict.status, verdict.years) == ("at_risk", ("2022", "2023"))


@pytest.mark.parametrize(("third", "status"), [(17.06, "missed"), (17.07, "achieved")])
def test_the_third_year_needs_17_06_per_cent(judge, third, status):
    """After 12 % and 16 % the published requirement of 17.06 % for the third year is where the verdict turns."""
    verdict = judge({"2022": 12.0, "2023": 16.0, "2024": third}, kind="average_growth", value=15.0, as_of=AFTER)
    assert (verdict.status, verdict.reason) == (status, "average_settled")


@pytest.mark.parametrize("rate", [2.8, 6.3, 9.1, 9.4, 15.0, 0.1, -1.7])
def test_the_same_rate_every_year_is_that_average(judge, rate):
    """Growth of exactly the target in each year reaches it, whatever binary fractions make of the logarithms."""
    for years in (("2022", "2023"), ("2022", "2023", "2024")):
        verdict = judge(
            dict.fromkeys(years, rate), kind="average_growth", value=rate, target_period=years[-1], as_of=LATER
        )
        assert verdict.status == "achieved"


@pytest.mark.parametrize(
    ("operator", "goal", "rate", "status"),
    [
        (">=", 10.0, 12.0, "on_track"),
        (">=", 10.0, 5.0, "off_track"),
        (">=", 10.0, -1.0, "moving_away"),
        ("<=", -3.0, -4.0, "on_track"),
        ("<=", -3.0, -1.0, "off_track"),
        ("<=", -3.0, 1.0, "moving_away"),
    ],
)
def test_average_growth_on_the_way(judge, operator, goal, rate, status):
    """Growth asked for and decline asked for are judged alike by the share done against the time gone."""
    values = {"2022": rate, "2023": rate}
    verdict = judge(values, kind="average_growth", operator=operator, value=goal, as_of=date(2024, 6, 30))
    assert verdict.status == status


@pytest.mark.parametrize(
    ("operator", "goal", "rate", "holds"),
    [("<=", 3.0, 5.0, False), ("<=", 3.0, 1.0, True), (">=", -5.0, -8.0, False), (">=", -5.0, -2.0, True)],
)
def test_a_bound_on_the_other_side_of_zero_is_not_inverted(judge, operator, goal, rate, holds):
    """Growth beyond a ceiling is never on track, and growth well below it never off track."""
    values = {"2022": rate, "2023": rate}
    verdict = judge(values, kind="average_growth", operator=operator, value=goal, as_of=date(2024, 6, 30))
    assert (verdict.status in {"on_track", "achieved"}) == holds


def test_a_target_of_zero_growth_can_be_judged(judge):
    """Not to shrink on average is a target like another."""
    for rate, settled in ((1.0, "achieved"), (-1.0, "missed")):
        values = {"2022": rate, "2023": rate, "2024": rate}
        assert judge(values, kind="average_growth", value=0.0, as_of=AFTER).status == settled
