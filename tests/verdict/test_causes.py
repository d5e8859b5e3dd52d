"""A change of status is explained by what caused it. Hand-made figures are made up; the plan's own are the shipped ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lib.schema import Status
from lib.verdict.causes import Cause, changes_between, explain_change
from lib.verdict.model import Missing, Verdict

EMPTY = Verdict("T", Status.NOT_DUE, "only_baseline")


def _judged(status, shown, base=None, **fields):
    return replace(
        EMPTY, status=status, figure=shown, baseline=base, used=tuple(f for f in (base, shown) if f), **fields
    )


def test_a_new_period(figure):
    """A figure of a later period is a new figure."""
    change = explain_change("T", EMPTY, _judged(Status.ON_TRACK, figure("2022", 5)))
    assert (change.cause, change.after.period, change.old, change.new) == (
        Cause.NEW_PERIOD,
        "2022",
        "not_due",
        "on_track",
    )


def test_a_revision_names_both_values(figure):
    """Another value of the same period is a revision; what it was stands beside what it is."""
    old, new = _judged(Status.ON_TRACK, figure("2022", 5)), _judged(Status.AT_RISK, figure("2022", 4, status="revised"))
    change = explain_change("T", old, new)
    assert (change.cause, change.before.value, change.after.value) == (Cause.REVISION, 5, 4)


def test_a_figure_beyond_a_break(figure):
    """A new figure on another base is said to be one."""
    old, new = _judged(Status.ON_TRACK, figure("2022", 5)), _judged(Status.MISSED, figure("2024", 9, segment=1))
    assert explain_change("T", old, new).cause is Cause.CENSUS


def test_a_changed_baseline(figure):
    """The same figure against another baseline."""
    shown = figure("2022", 5)
    old, new = _judged(Status.ON_TRACK, shown, figure("2021", 1)), _judged(Status.AT_RISK, shown, figure("2021", 2))
    assert explain_change("T", old, new).cause is Cause.BASELINE


def test_a_changed_benchmark(figure):
    """The region's own figures are the same, the benchmark's are not."""
    own = figure("2022", 5)
    old = _judged(Status.ON_TRACK, own)
    new = replace(_judged(Status.AT_RISK, own), used=(own, figure("2022", 6, region="B")))
    assert explain_change("T", old, new).cause is Cause.BENCHMARK


def test_without_anything_new(figure):
    """Figures that became overdue are missing; a milestone's deadline passed; else time alone."""
    missing = (Missing("R", "x", ("2022", "2023")),)
    waiting = replace(EMPTY, reason="not_due_yet", missing=missing)
    gone = replace(EMPTY, status=Status.NO_DATA, reason="missing_figures", missing=missing)
    assert explain_change("T", waiting, gone).cause is Cause.DATA_MISSING
    promised = replace(EMPTY, reason="missing_evidence")
    assert explain_change("T", promised, replace(promised, status=Status.NO_DATA)).cause is Cause.DEADLINE
    shown = figure("2022", 5)
    assert explain_change("T", _judged(Status.ON_TRACK, shown), _judged(Status.AT_RISK, shown)).cause is Cause.TIME


@pytest.mark.parametrize(
    ("before", "after", "target", "cause"),
    [
        (date(2022, 12, 31), date(2023, 12, 31), "SY-4", Cause.NEW_PERIOD),
        (date(2024, 12, 31), date(2025, 6, 30), "SY-4", Cause.CENSUS),
        (date(2026, 1, 22), date(2026, 1, 23), "CO-4", Cause.LATER),
        (date(2025, 12, 2), date(2025, 12, 3), "SY-1", Cause.EVIDENCE),
        (date(2024, 12, 31), date(2025, 1, 1), "SY-2", Cause.DEADLINE),
        (date(2022, 12, 31), date(2023, 12, 31), "SY-6b", Cause.DATA_MISSING),
    ],
)
def test_the_plans_own_changes(board_on, before, after, target, cause):
    """Why the verdicts of the plan changed when they did."""
    found = {change.target: change.cause for change in changes_between(board_on(before), board_on(after))}
    assert found[target] is cause


def test_nothing_changes_within_a_quiet_day(board_on):
    """Two days with the same figures have no changes."""
    assert changes_between(board_on(date(2025, 6, 30)), board_on(date(2025, 7, 1))) == []


def test_a_withdrawn_figure_is_said_to_be_gone(board_on):
    """Where the later board holds no vintage with the value used, it no longer counts; what counts instead is named."""
    today = board_on()
    known = today.known[~((today.known["region"] == "210200") & (today.known["period"] == "2025"))]
    figures = today.figures[~((today.figures["region"] == "210200") & (today.figures["period"] == "2025"))]
    missed = replace(today.verdicts["CO-4"], status=Status.MISSED, later=None)
    after = replace(today, known=known, figures=figures, verdicts={**today.verdicts, "CO-4": missed})
    (change,) = changes_between(today, after)
    assert (change.target, change.old, change.new, change.cause) == ("CO-4", "achieved_late", "missed", Cause.WITHDRAWN)
    assert (change.before.period, change.before.value, change.after.period) == ("2025", 10002.1, "2024")
    assert [change.cause for change in changes_between(after, today)] == [Cause.LATER]
