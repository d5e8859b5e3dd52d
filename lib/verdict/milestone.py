"""A milestone: dated evidence says planned, under way, done or not done; nothing else does, and no percentage is made of it."""

from __future__ import annotations

from lib.periods import parse_period
from lib.schema import Stage, Status
from lib.verdict.model import Case, Missing, Verdict


def judge(case: Case) -> Verdict:
    """Judge by evidence: done by the deadline is achieved, done later achieved late, stated as not done missed.

    A statement of not done withdraws an earlier one of done. Evidence that says neither leaves the milestone not due
    before the deadline and not judged after it.
    """
    target = case.target
    if not case.evidence:
        missing = Missing(target.region, target.indicator, (target.target_period,))
        return Verdict(target.target, Status.NO_DATA, "missing_evidence", missing=(missing,))
    deadline = parse_period(target.target_period).end
    decisive = [item for item in case.evidence if item.stage in (Stage.DONE, Stage.NOT_DONE)]
    denied = max((item.happened for item in decisive if item.stage == Stage.NOT_DONE), default=None)
    done = [
        item.happened for item in decisive if item.stage == Stage.DONE and (denied is None or item.happened > denied)
    ]
    if done:
        status = Status.ACHIEVED if min(done) <= deadline else Status.ACHIEVED_LATE
        return Verdict(target.target, status, "evidence_done", evidence=case.evidence)
    if case.is_over and denied is not None and denied >= deadline:
        return Verdict(target.target, Status.MISSED, "evidence_not_done", evidence=case.evidence)
    status, reason = (Status.NOT_JUDGED, "evidence_open") if case.is_over else (Status.NOT_DUE, "evidence_under_way")
    return Verdict(target.target, status, reason, evidence=case.evidence)
