"""What every verdict gets beside its rule's answer: the expectation of the day, the year under way, other methods, the trace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lib.periods import position_of
from lib.schema import Kind, Nature
from lib.verdict.model import Case, Verdict, usable
from lib.verdict.opinions import disagree, opinions_of
from lib.verdict.target import expected_at
from lib.verdict.trace import trace_of
from lib.verdict.within_year import within_year

if TYPE_CHECKING:
    from lib.verdict.model import Reported
    from lib.verdict.within_year import WithinYear


def complete(case: Case, verdict: Verdict) -> Verdict:
    """The verdict with all that does not depend on its rule; the status stays as the rule gave it."""
    opinions = opinions_of(case, verdict)
    reported = _reported(case, verdict)
    verdict = replace(
        verdict,
        expected_today=_expected_today(case, verdict),
        within=_within(case),
        reported=reported,
        opinions=opinions,
    )
    marks = {
        "methods_disagree": disagree(verdict.status, opinions),
        "incomplete": reported is not None and bool(reported.missing),
        "weak_source": any(word in figure.source for figure in verdict.used for word in case.weak_words),
    }
    verdict = verdict.marked(*(mark for mark, holds in marks.items() if holds))
    return replace(verdict, trace=trace_of(case, verdict))


def _reported(case: Case, verdict: Verdict) -> Reported | None:
    """Who has reported the year judged or, without one, the newest year of the plan that any member has."""
    if verdict.figure is not None and not verdict.figure.derived:
        return None
    wanted = [verdict.figure.period] if verdict.figure else [case.year_before, *case.years]
    return next((item for item in reversed(case.reported) if item.period in wanted), None)


def _expected_today(case: Case, verdict: Verdict) -> float | None:
    """What the path to a level asks for on the day itself, from the baseline up to the deadline."""
    if case.target.kind != Kind.LEVEL or verdict.baseline is None or verdict.expected is None:
        return None
    today = position_of(case.as_of)
    return expected_at(case.target, verdict.baseline.position, verdict.baseline.value, today)


def _within(case: Case) -> WithinYear | None:
    """The year under way, for what is published within the year."""
    if not usable(case.cumulative):
        return None
    return within_year(
        case.cumulative,
        case.series,
        case.cumulative_growth,
        is_growth=case.nature == Nature.GROWTH,
        is_flow=case.nature == Nature.FLOW,
    )
