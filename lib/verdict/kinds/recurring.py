"""What recurs: "a leaders' meeting every two years"; due from the rhythm, and only dated evidence counts.

The rhythm counts calendar years: what is to happen every n years is due by the end of the n-th year of the plan, and then
by the end of the n-th year after the one in which it was last done.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from lib.periods import parse_period
from lib.schema import Stage, Status
from lib.verdict.model import Case, Missing, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

# A day by which it was asked for, and the day on which it was done, if a source says so.
Occasion = tuple[date, date | None]
REASONS: Final = {
    Status.ON_TRACK: "rhythm_kept",
    Status.ACHIEVED_LATE: "rhythm_late",
    Status.NOT_DUE: "rhythm_first",
    Status.OVERDUE: "rhythm_overdue",
    Status.MISSED: "rhythm_broken",
    Status.NO_DATA: "rhythm_silent",
    Status.ACHIEVED: "rhythm_through",
}


def judge(case: Case) -> Verdict:
    """Judge the last time against the day by which it was due.

    Done in time is on track, and achieved once nothing falls due any more; done late is achieved late; due, not reported,
    but followed before is overdue, stated as not done missed; due without any evidence is no data. Without a stated
    rhythm nothing falls due: what has evidence is not judged.
    """
    if not case.target.every:
        return _without_rhythm(case)
    occasions = list_occasions(case)
    due, done = occasions[-1]
    status = _status(case, occasions)
    silent = status in (Status.NO_DATA, Status.OVERDUE)
    return Verdict(
        case.target.target,
        status,
        REASONS[status],
        due=due if done is None else None,
        missing=(Missing(case.target.region, case.target.indicator, (str(due.year),)),) if silent else (),
        evidence=case.evidence,
    )


def list_occasions(case: Case) -> list[Occasion]:
    """Every time it fell due within the plan and when it was done, up to the first that is not reported."""
    every, last = case.target.every, parse_period(case.target.target_period).year
    days = sorted({item.happened for item in case.evidence if item.stage == Stage.DONE})
    year = parse_period(case.target.start_period).year + every - 1
    found: list[Occasion] = []
    while year <= last:
        done = days.pop(0) if days else None
        found.append((date(year, 12, 31), done))
        if done is None:
            break
        year = done.year + every
    return found


def _status(case: Case, occasions: Sequence[Occasion]) -> Status:
    due, done = occasions[-1]
    if done is None and case.as_of > due:
        return _unreported(case, due)
    done_before = [pair for pair in occasions if pair[1] is not None]
    if not done_before:
        return Status.NOT_DUE
    last_due, last_done = done_before[-1]
    if last_done is not None and last_done > last_due:
        return Status.ACHIEVED_LATE
    return Status.ON_TRACK if done is None or not case.is_over else Status.ACHIEVED


def _unreported(case: Case, due: date) -> Status:
    """Due and not reported: stated as not done, overdue where somebody has spoken of it before, else nothing is known."""
    if any(item.stage == Stage.NOT_DONE and item.happened >= due for item in case.evidence):
        return Status.MISSED
    return Status.OVERDUE if case.evidence else Status.NO_DATA


def _without_rhythm(case: Case) -> Verdict:
    """No interval is stated: nothing can be due."""
    if case.evidence:
        return Verdict(case.target.target, Status.NOT_JUDGED, "rhythm_not_stated", evidence=case.evidence)
    missing = Missing(case.target.region, case.target.indicator, (case.target.target_period,))
    status = Status.NO_DATA if case.is_over else Status.NOT_DUE
    return Verdict(case.target.target, status, "rhythm_not_stated_silent", missing=(missing,))
