"""Milestones: what dated evidence states, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

BEFORE, AFTER = date(2024, 6, 30), date(2025, 12, 31)


@pytest.mark.parametrize(
    ("stated", "as_of", "status", "reason"),
    [
        ([], AFTER, "no_data", "missing_evidence"),
        ([("2023-05-01", "planned")], BEFORE, "not_due", "evidence_under_way"),
        ([("2023-05-01", "under_way")], BEFORE, "not_due", "evidence_under_way"),
        ([("2023-05-01", "not_done")], BEFORE, "not_due", "evidence_under_way"),
        ([("2023-05-01", "under_way")], AFTER, "not_judged", "evidence_open"),
        ([("2023-05-01", "not_done")], AFTER, "not_judged", "evidence_open"),
        ([("2024-12-31", "not_done")], AFTER, "missed", "evidence_not_done"),
        ([("2025-03-01", "not_done")], AFTER, "missed", "evidence_not_done"),
        ([("2023-05-01", "done")], BEFORE, "achieved", "evidence_done"),
        ([("2024-12-31", "done")], AFTER, "achieved", "evidence_done"),
        ([("2025-01-01", "done")], AFTER, "achieved_late", "evidence_done"),
        ([("2023-05-01", "not_done"), ("2024-05-01", "done")], AFTER, "achieved", "evidence_done"),
        ([("2025-03-01", "not_done"), ("2025-09-01", "done")], AFTER, "achieved_late", "evidence_done"),
        ([("2025-03-01", "not_done"), ("2025-09-01", "not_done")], AFTER, "missed", "evidence_not_done"),
        ([("2025-03-01", "not_done"), ("2025-09-01", "under_way")], AFTER, "missed", "evidence_not_done"),
    ],
)
def test_evidence_decides(judge, state, stated, as_of, status, reason):
    """Done by the deadline, done later, stated as not done after it, or open: each has its status and reason."""
    evidence = [state(day, stage) for day, stage in stated]
    verdict = judge({}, kind="milestone", operator="done", value=None, evidence=evidence, as_of=as_of)
    assert (verdict.status, verdict.reason) == (status, reason)
    assert (verdict.value, verdict.gap_closed, verdict.pace) == (None, None, None)


def test_a_later_statement_of_not_done_withdraws_an_earlier_done(judge, state):
    """Reported as done and then stated as not done after the deadline is not shown as achieved."""
    evidence = [state("2024-06-01", "done"), state("2025-03-01", "not_done")]
    verdict = judge({}, kind="milestone", operator="done", value=None, evidence=evidence, as_of=AFTER)
    assert verdict.status in {"missed", "not_judged"}


def test_missing_evidence_is_named(judge):
    """Without evidence the milestone itself is named as missing, before the deadline as after it."""
    for as_of in (BEFORE, AFTER):
        verdict = judge({}, kind="milestone", operator="done", value=None, as_of=as_of)
        assert [(item.region, item.indicator, item.periods) for item in verdict.missing] == [("R", "x", ("2024",))]


def test_figures_do_not_complete_a_milestone(judge):
    """Numbers that happen to be filed under a milestone's indicator change nothing."""
    verdict = judge({"2021": 0.0, "2024": 100.0}, kind="milestone", operator="done", value=None, as_of=AFTER)
    assert verdict.status == "no_data"


@pytest.mark.parametrize(("as_of", "status"), [(date(2024, 12, 31), "not_due"), (date(2025, 1, 1), "no_data")])
def test_without_evidence_the_deadline_divides_waiting_from_no_data(judge, as_of, status):
    """Up to the last day of the deadline nothing has to have been said; from the day after it something is missing."""
    verdict = judge({}, kind="milestone", operator="done", value=None, as_of=as_of)
    assert (verdict.status, verdict.reason) == (status, "missing_evidence")


# Made up: meetings that a plan of 2022 to 2025 asks for every two years, and the days on which they were held.
MEETINGS = [
    ((), date(2023, 12, 31), "not_due", (), ()),
    (("2022-05-01",), date(2023, 12, 31), "not_due", (), ()),
    (("2022-05-01",), date(2024, 1, 1), "on_track", ("2023",), ()),
    (("2023-12-31",), date(2025, 12, 31), "on_track", ("2023",), ()),
    (("2024-05-01",), date(2024, 6, 30), "no_data", (), ("2023",)),
    (("2022-05-01", "2025-12-31"), date(2026, 1, 1), "achieved", ("2023", "2025"), ()),
    (("2022-05-01", "2023-05-01"), date(2026, 1, 1), "no_data", ("2023",), ("2025",)),
    (("2024-05-01",), date(2026, 1, 1), "no_data", ("2025",), ("2023",)),
]


@pytest.mark.parametrize(("held", "as_of", "status", "years", "absent"), MEETINGS)
def test_what_recurs_is_asked_for_in_every_stretch(judge, state, held, as_of, status, years, absent):  # noqa: PLR0917 - a table
    """Each stretch of two years needs one meeting and is asked for only once it is over; two in one serve one."""
    evidence = [state("2022-01-31", "planned"), *(state(day, "done") for day in held)]
    verdict = judge(
        {}, kind="milestone", operator="done", value=None, every=2, target_period="2025", evidence=evidence, as_of=as_of
    )
    assert (verdict.status, verdict.years) == (status, years)
    assert verdict.reason == ("recurring_silent" if absent else "recurring")
    assert tuple(period for item in verdict.missing for period in item.periods) == absent


@pytest.mark.parametrize(("day", "status"), [("2023-12-01", "at_risk"), ("2024-12-01", "off_track")])
def test_a_yearly_milestone_said_to_be_left_out(judge, state, day, status):
    """Made up: held but for one year that is stated as left out; the last year left out is worse than an earlier one."""
    held = {"2022-05-01", "2023-05-01", "2024-05-01"} - {f"{day[:4]}-05-01"}
    evidence = [*(state(date_, "done") for date_ in sorted(held)), state(day, "not_done")]
    verdict = judge(
        {}, kind="milestone", value=None, every=1, target_period="2025", evidence=evidence, as_of=date(2025, 6, 30)
    )
    assert (verdict.status, verdict.missing) == (status, ())
    settled = judge(
        {}, kind="milestone", value=None, every=1, target_period="2024", evidence=evidence, as_of=date(2025, 6, 30)
    )
    assert settled.status == "missed"


def test_a_stretch_that_is_not_whole_is_not_asked_for(judge, state):
    """Made up: every two years from 2022 to 2026 asks for two meetings, not for a third in the one year left."""
    evidence = [state("2022-05-01", "done"), state("2025-05-01", "done")]
    verdict = judge(
        {}, kind="milestone", value=None, every=2, target_period="2026", evidence=evidence, as_of=date(2027, 6, 30)
    )
    assert (verdict.status, verdict.years) == ("achieved", ("2023", "2025"))


def test_without_a_word_a_finished_stretch_has_no_data(judge):
    """Made up: nothing was ever said; before the first stretch ends it is not due, after it there is no data."""
    asked = {"kind": "milestone", "value": None, "every": 2, "target_period": "2025"}
    assert judge({}, **asked, as_of=date(2023, 12, 31)).status == "not_due"
    assert judge({}, **asked, as_of=date(2024, 1, 1)).status == "no_data"
