"""What is due next, from the shipped plans."""

from __future__ import annotations

from datetime import date

from lib.verdict.calendar import next_due, read_commitments


def test_a_plan_of_numbers_has_no_calendar(board_on):
    """Milestones that no row of commitments.csv describes are targets like others."""
    assert read_commitments(board_on()) == []


def test_overdue_stands_first_then_the_nearest_date(board_on):
    """The leaders' meeting was due by the end of 2025; the foreign ministers' is due by the end of 2026."""
    board = board_on(plan="LMC")
    first, second, *rest = next_due(board)
    assert (first.target.target, first.due, first.is_overdue) == ("LM-4.1.1a", date(2025, 12, 31), True)
    assert (second.target.target, second.due, second.is_overdue) == ("LM-4.1.1b", date(2026, 12, 31), False)
    assert {item.due for item in rest} == {date(2027, 12, 31)}


def test_before_it_was_due_the_meeting_is_on_track(board_on):
    """As known in mid-2025 nothing was overdue."""
    board = board_on(date(2025, 6, 30), plan="LMC")
    assert not any(item.is_overdue for item in read_commitments(board))
    assert board.verdicts["LM-4.1.1a"].status == "on_track"


def test_what_is_done_falls_due_no_more(board_on):
    """The cross-border plan was adopted; the meetings of August 2025 are over."""
    assert "LM-4.2.3a" not in {item.target.target for item in next_due(board_on(plan="LMC"))}
    assert next_due(board_on(plan="NEAP")) == []
