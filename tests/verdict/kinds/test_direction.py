"""Mere directions: the average change since the baseline and the last one."""

from __future__ import annotations

from datetime import date

import pytest

AFTER = date(2025, 6, 30)


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
    assert verdict.status == status
    assert set(verdict.marks) - {"methods_disagree"} == set(marks)


@pytest.mark.parametrize(
    ("values", "status"),
    [((40.0, 42.0, 42.0), "at_risk"), ((40.0, 39.0, 40.0), "off_track"), ((40.0, 40.0, 40.0), "off_track")],
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


@pytest.mark.parametrize(
    ("as_of", "status", "absent"),
    [
        (date(2023, 6, 30), "not_due", ("2024",)),
        (date(2024, 3, 25), "not_due", ("2024",)),
        (date(2024, 3, 26), "no_data", ("2023",)),
        (AFTER, "no_data", ("2023", "2024")),
    ],
)
def test_a_direction_needs_three_figures(judge, as_of, status, absent):
    """Two figures have one change, not an average and a last one: waited for until 85 days after 2023, then named."""
    verdict = judge({"2021": 40.0, "2022": 41.0}, kind="direction", operator="increase", value=None, as_of=as_of)
    assert (verdict.status, verdict.missing[0].periods) == (status, absent)


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
