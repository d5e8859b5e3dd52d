"""A verdict beside an earlier one of the same target. All figures are made up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lib.schema import Status
from lib.verdict.model import Verdict
from lib.verdict.trend import GRAVITY, Direction, trend_of

EMPTY = Verdict("T", Status.NO_DATA, "missing_figures")


def _judged(status, shown, **fields):
    return replace(EMPTY, status=status, figure=shown, **fields)


@pytest.mark.parametrize(
    ("old", "new", "direction"),
    [
        (Status.OFF_TRACK, Status.AT_RISK, Direction.BETTER),
        (Status.MISSED, Status.ACHIEVED_LATE, Direction.BETTER),
        (Status.ON_TRACK, Status.MISSED, Direction.WORSE),
        (Status.ON_TRACK, Status.ON_TRACK, Direction.SAME),
        (Status.NOT_DUE, Status.ON_TRACK, Direction.NEW),
        (Status.NO_DATA, Status.MISSED, Direction.NEW),
        (Status.AT_RISK, Status.NO_DATA, Direction.GONE),
        (Status.NOT_DUE, Status.NO_DATA, Direction.SAME),
    ],
)
def test_direction(old, new, direction):
    """Better and worse go by gravity; a status without a colour is neither better nor worse than another."""
    assert trend_of(replace(EMPTY, status=old), replace(EMPTY, status=new)).direction is direction


def test_every_coloured_status_has_its_gravity():
    """Only what says nothing of how a target stands is left out."""
    assert set(Status) - set(GRAVITY) == {Status.NOT_DUE, Status.NO_DATA, Status.NOT_JUDGED}


def test_another_figure_is_named_with_its_change(figure):
    """A newer figure and a revision both say by how much the figure is another one."""
    old = _judged(Status.ON_TRACK, figure("2022", 5))
    for new, change in ((figure("2023", 8), 3), (figure("2022", 4), -1)):
        trend = trend_of(old, _judged(Status.ON_TRACK, new))
        assert (trend.before, trend.change) == (old.figure, change)


def test_the_same_figure_says_nothing_of_a_change(figure):
    """Where the figure is the same, there is no earlier one to name."""
    old = _judged(Status.ON_TRACK, figure("2022", 5))
    assert trend_of(old, replace(old, status=Status.AT_RISK)).before is None


def test_no_change_is_stated_across_a_break(figure):
    """Two figures on two bases are both named, but their difference is no change."""
    old, new = _judged(Status.ON_TRACK, figure("2022", 5)), _judged(Status.ON_TRACK, figure("2024", 9, segment=1))
    trend = trend_of(old, new)
    assert trend.before is old.figure
    assert trend.change is None


def test_a_figure_that_met_the_target_late_is_the_one_told(figure):
    """After the deadline the later figure stands for the target."""
    old = _judged(Status.MISSED, figure("2024", 9))
    trend = trend_of(old, replace(old, status=Status.ACHIEVED_LATE, later=figure("2025", 11)))
    assert (trend.direction, trend.change) == (Direction.BETTER, 2)
