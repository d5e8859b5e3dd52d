"""A milestone: dated evidence says planned, under way, done or not done; nothing else does, and no percentage is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.periods import parse_period
from lib.schema import Stage, Status
from lib.verdict.model import Case, Missing, Verdict

if TYPE_CHECKING:
    from datetime import date


def judge(case: Case) -> Verdict:
    """Judge by evidence: done by the deadline is achieved, done later achieved late, stated as not done missed.

    A statement of not done withdraws an earlier one of done. Evidence that says neither leaves the milestone not due
    before the deadline and not judged after it; without evidence it is not due before the deadline and without data
    after it. A milestone that recurs is judged occurrence by occurrence.
    """
    if not case.evidence and not case.target.every:
        missing = Missing(case.target.region, case.target.indicator, (case.target.target_period,))
        status = Status.NO_DATA if case.is_over else Status.NOT_DUE
        return Verdict(case.target.target, status, "missing_evidence", missing=(missing,))
    return _recurring(case) if case.target.every else _once(case)


def _once(case: Case) -> Verdict:
    target, deadline = case.target, parse_period(case.target.target_period).end
    denied = max((item.happened for item in case.evidence if item.stage == Stage.NOT_DONE), default=None)
    done = [day for day in _done(case) if denied is None or day > denied]
    if done:
        status = Status.ACHIEVED if min(done) <= deadline else Status.ACHIEVED_LATE
        return Verdict(target.target, status, "evidence_done", evidence=case.evidence)
    if case.is_over and denied is not None and denied >= deadline:
        return Verdict(target.target, Status.MISSED, "evidence_not_done", evidence=case.evidence)
    status, reason = (Status.NOT_JUDGED, "evidence_open") if case.is_over else (Status.NOT_DUE, "evidence_under_way")
    return Verdict(target.target, status, reason, evidence=case.evidence)


def _recurring(case: Case) -> Verdict:
    """Each whole stretch of `every` years needs one dated statement of done; only stretches that are over are asked for."""
    years, every = case.years, case.target.every
    stretches = [years[place : place + every] for place in range(0, len(years) - every + 1, every)]
    over = [stretch for stretch in stretches if case.as_of > parse_period(stretch[-1]).end]
    held = {stretch[-1]: _held(case, stretch) for stretch in over}
    silent = tuple(year for year, was_held in held.items() if was_held is None)
    return Verdict(
        case.target.target,
        _recurring_status(list(held.values()), settled=len(over) == len(stretches)),
        "recurring_silent" if silent else "recurring",
        years=tuple(year for year, was_held in held.items() if was_held),
        missing=(Missing(case.target.region, case.target.indicator, silent),) if silent else (),
        evidence=case.evidence,
    )


def _held(case: Case, stretch: list[str]) -> bool | None:
    """Whether it was done in a stretch of years, stated as not done, or, None, nothing was said."""
    said = [item for item in case.evidence if item.stage in (Stage.DONE, Stage.NOT_DONE)]
    within = [item for item in said if str(item.happened.year) in stretch]
    return max(within, key=lambda item: item.happened).stage == Stage.DONE if within else None


def _recurring_status(held: list[bool | None], *, settled: bool) -> Status:
    """All held is on track and in the end achieved; stated as left out last is off track, before that at risk.

    A stretch of which nothing was said gives no colour.
    """
    if not held:
        return Status.NOT_DUE
    if False in held:
        return Status.MISSED if settled else Status.OFF_TRACK if held[-1] is False else Status.AT_RISK
    if None in held:
        return Status.NO_DATA
    return Status.ACHIEVED if settled else Status.ON_TRACK


def _done(case: Case) -> list[date]:
    """The days on which it was done."""
    return [item.happened for item in case.evidence if item.stage == Stage.DONE]
