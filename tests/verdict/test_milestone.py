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
