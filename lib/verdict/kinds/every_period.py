"""A floor or ceiling that holds in every period: the worst period and the latest one decide."""

from __future__ import annotations

from lib.schema import Status
from lib.verdict.model import Case, Verdict, figure_marks, without_data
from lib.verdict.yearly import absent_years, plan_figures


def judge(case: Case) -> Verdict:
    """Judge "stay above": met in every year so far is on track, the latest year below is off track."""
    target, figures = case.target, plan_figures(case)
    absent = absent_years(case, figures)
    if absent:
        return without_data(case, *absent)
    worst = min(figures, key=lambda figure: figure.value * target.direction)
    failures = [figure for figure in figures if not target.is_met_by(figure.value)]
    settled = len(figures) == len(case.years)
    return Verdict(
        target=target.target,
        status=_status(case, failed=bool(failures), failing_now=figures[-1] in failures, settled=settled),
        reason="every_period",
        figure=worst,
        value=worst.value,
        expected=target.goal,
        gap=worst.value - target.goal,
        elapsed=len(figures) / len(case.years),
        years=tuple(figure.period for figure in figures),
        used=tuple(figures),
        marks=figure_marks(*figures),
    )


def _status(case: Case, *, failed: bool, failing_now: bool, settled: bool) -> Status:
    if settled and case.is_over:
        return Status.MISSED if failed else Status.ACHIEVED
    if failing_now:
        return Status.OFF_TRACK
    return Status.AT_RISK if failed else Status.ON_TRACK
