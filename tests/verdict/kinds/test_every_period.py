"""Floors and ceilings that hold in every period: the worst year decides, and a mark says whether the latest keeps the bound."""

from __future__ import annotations

from datetime import date

import pytest

AFTER = date(2025, 6, 30)
MIDWAY = date(2024, 6, 30)


@pytest.mark.parametrize(
    ("values", "as_of", "status"),
    [
        ((110.0, 120.0), MIDWAY, "on_track"),
        ((90.0, 120.0), MIDWAY, "missed"),
        ((110.0, 90.0), MIDWAY, "missed"),
        ((110.0, 120.0, 100.0), AFTER, "achieved"),
        ((90.0, 120.0, 130.0), AFTER, "missed"),
        ((110.0, 120.0, 99.9), AFTER, "missed"),
    ],
)
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_floors_and_ceilings(judge, values, as_of, status, sign):
    """One year beyond the bound is missed for good, also before the end; a year kept again is marked; both ways."""
    years = dict(zip(("2022", "2023", "2024"), (sign * value for value in values), strict=False))
    verdict = judge(years, kind="every_period", operator=">=" if sign > 0 else "<=", value=sign * 100.0, as_of=as_of)
    assert verdict.status == status
    assert verdict.value == sign * min(values)
    assert ("kept_again" in verdict.marks) is (status == "missed" and values[-1] >= 100.0)


def test_years_before_the_plan_do_not_count(judge):
    """A floor broken before the plan began is not broken by the plan."""
    verdict = judge({"2021": 50.0, "2022": 110.0, "2023": 110.0}, kind="every_period", as_of=MIDWAY)
    assert (verdict.status, verdict.years) == ("on_track", ("2022", "2023"))


@pytest.mark.parametrize(
    ("as_of", "status", "reason"),
    [(date(2024, 3, 25), "not_due", "not_due_yet"), (date(2024, 3, 26), "no_data", "missing_figures")],
)
def test_a_single_year_gives_no_colour(judge, as_of, status, reason):
    """One year says nothing about every year: the second is waited for until 85 days after its end, then missing."""
    verdict = judge({"2022": 110.0}, kind="every_period", as_of=as_of)
    assert (verdict.status, verdict.reason) == (status, reason)
    assert verdict.missing[0].periods == ("2023",)


def test_years_are_waited_for_only_while_none_of_them_is_due(judge):
    """With 2022 absent though due, 2023 being out does not turn the gap into waiting."""
    verdict = judge({"2023": 110.0}, kind="every_period", as_of=date(2024, 2, 1))
    assert (verdict.status, verdict.missing[0].periods) == ("no_data", ("2022",))


def test_a_year_still_missing_does_not_hide_a_failure(judge):
    """A floor broken in 2022 is missed, whatever 2024 would have been."""
    verdict = judge({"2022": 90.0, "2023": 110.0}, kind="every_period", as_of=AFTER)
    assert verdict.status == "missed"


def test_missing_years_are_named_after_the_deadline(judge):
    """Every year means every year: those without a figure are named."""
    verdict = judge({"2022": 110.0, "2023": 110.0}, kind="every_period", as_of=AFTER)
    assert (verdict.status, verdict.missing[0].periods) == ("no_data", ("2024",))


def test_a_gap_between_two_years_gives_no_colour(judge):
    """With a year in between unknown nobody can say that the bound held in every year so far."""
    verdict = judge({"2022": 110.0, "2024": 110.0}, kind="every_period", target_period="2026", as_of=date(2025, 6, 30))
    assert verdict.status == "no_data"
    assert "2023" in verdict.missing[0].periods


@pytest.mark.parametrize("trait", [{"status": "estimate"}, {"qualifier": "at_least"}])
def test_estimates_do_not_fill_a_year(judge, series, figure, trait):
    """A year with an estimate or a lower bound alone is a missing year."""
    values = [*series({"2022": 110.0, "2023": 110.0}), figure("2024", 110.0, **trait)]
    verdict = judge(values, kind="every_period", as_of=AFTER)
    assert (verdict.status, verdict.missing[0].periods) == ("no_data", ("2024",))
