"""A floor or ceiling that holds in every period: the worst period and the latest one decide."""

from __future__ import annotations

from lib.periods import years_between
from lib.schema import Status
from lib.verdict.model import Case, Verdict, figure_marks, without_data

FEWEST = 2


def judge(case: Case) -> Verdict:
    """Judge "stay above": met in every year so far is on track, the latest year below is off track."""
    years = years_between(case.target.start_period, case.target.target_period)
    figures = [figure for figure in case.usable if figure.period in years]
    absent = [year for year in years if year not in {figure.period for figure in figures}]
    between = [year for year in absent if figures and year < figures[-1].period]
    if len(figures) < FEWEST or between or (case.as_of > case.due and absent):
        return without_data(case, *(between or absent))
    worst = min(figures, key=lambda figure: figure.value * case.target.direction)
    failures = [figure for figure in figures if not case.target.is_met_by(figure.value)]
    return Verdict(
        target=case.target.target,
        status=_status(case, failed=bool(failures), failing_now=figures[-1] in failures, settled=not absent),
        reason="every_period",
        figure=worst,
        value=worst.value,
        expected=case.target.goal,
        gap=worst.value - case.target.goal,
        elapsed=len(figures) / len(years),
        years=tuple(figure.period for figure in figures),
        marks=figure_marks(*figures),
    )


def _status(case: Case, *, failed: bool, failing_now: bool, settled: bool) -> Status:
    if settled and case.is_over:
        return Status.MISSED if failed else Status.ACHIEVED
    if failing_now:
        return Status.OFF_TRACK
    return Status.AT_RISK if failed else Status.ON_TRACK
