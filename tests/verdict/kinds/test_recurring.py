"""What recurs: due from the rhythm, judged by dated evidence; the cases are worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

TWO_YEARS = {"start_period": "2023", "target_period": "2027", "every": 2}
YEARLY = {"start_period": "2024", "target_period": "2026", "every": 1}


@pytest.mark.parametrize(
    ("terms", "stated", "as_of", "expected"),
    [
        # Every two years from 2023: first due by the end of 2024.
        (TWO_YEARS, [], "2024-12-31", ("not_due", "2024-12-31")),
        (TWO_YEARS, [], "2025-01-01", ("no_data", "2024-12-31")),
        # Held in December 2023: in time, next due by the end of 2025; the day after it is overdue.
        (TWO_YEARS, [("2023-12-25", "done")], "2025-12-31", ("on_track", "2025-12-31")),
        (TWO_YEARS, [("2023-12-25", "done")], "2026-01-01", ("overdue", "2025-12-31")),
        # An announcement is no meeting.
        (TWO_YEARS, [("2023-12-25", "done"), ("2025-03-17", "planned")], "2026-11-22", ("overdue", "2025-12-31")),
        (TWO_YEARS, [("2024-03-17", "planned")], "2025-01-01", ("overdue", "2024-12-31")),
        # Held in 2026 instead: late, next due by the end of 2028, which is beyond the plan.
        (TWO_YEARS, [("2023-12-25", "done"), ("2026-02-01", "done")], "2026-11-22", ("achieved_late", "")),
        # Stated as not held once it was due.
        (TWO_YEARS, [("2023-12-25", "done"), ("2026-01-05", "not_done")], "2026-11-22", ("missed", "2025-12-31")),
        (TWO_YEARS, [("2023-12-25", "done"), ("2025-06-05", "not_done")], "2026-11-22", ("overdue", "2025-12-31")),
        # Every year from 2024: both years held, the third is still to come, then held, then over.
        (YEARLY, [("2024-08-16", "done"), ("2025-08-15", "done")], "2026-11-22", ("on_track", "2026-12-31")),
        (
            YEARLY,
            [("2024-08-16", "done"), ("2025-08-15", "done"), ("2026-12-01", "done")],
            "2026-12-02",
            ("on_track", ""),
        ),
        (
            YEARLY,
            [("2024-08-16", "done"), ("2025-08-15", "done"), ("2026-12-01", "done")],
            "2027-01-01",
            ("achieved", ""),
        ),
        # A year without a meeting: 2024 due and held in 2025, late; the next falls due by the end of 2026.
        (YEARLY, [("2025-08-15", "done")], "2026-11-22", ("achieved_late", "2026-12-31")),
    ],
)
def test_the_rhythm_decides(judge, state, terms, stated, as_of, expected):
    """Status and due date follow from the last time it was done."""
    evidence = [state(day, stage) for day, stage in stated]
    verdict = judge(
        {}, kind="recurring", operator="done", value=None, evidence=evidence, as_of=date.fromisoformat(as_of), **terms
    )
    assert (verdict.status, verdict.due.isoformat() if verdict.due else "") == expected
    assert (verdict.value, verdict.gap_closed, verdict.pace) == (None, None, None)


@pytest.mark.parametrize(
    ("stated", "as_of", "status"),
    [
        ([], "2026-11-22", "not_due"),
        ([], "2028-01-01", "no_data"),
        ([("2024-05-01", "done")], "2026-11-22", "not_judged"),
    ],
)
def test_without_an_interval_nothing_is_overdue(judge, state, stated, as_of, status):
    """“Regularly” has no due date."""
    evidence = [state(day, stage) for day, stage in stated]
    terms = {**TWO_YEARS, "every": 0}
    day = date.fromisoformat(as_of)
    verdict = judge({}, kind="recurring", operator="done", value=None, evidence=evidence, as_of=day, **terms)
    assert (verdict.status, verdict.due) == (status, None)
