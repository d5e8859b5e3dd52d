"""A floor or ceiling that holds in every period: the worst period decides, and a mark says whether the latest keeps it."""

from __future__ import annotations

from typing import Final

from lib.periods import parse_period
from lib.schema import Status
from lib.verdict.model import Case, Verdict, figure_marks, without_data
from lib.verdict.yearly import absent_years, plan_figures

FEWEST: Final = 2


def judge(case: Case) -> Verdict:
    """Judge "stay above": kept in every year so far is on track; broken in one year it is missed for good."""
    target, figures = case.target, plan_figures(case)
    failures = [figure for figure in figures if not target.is_met_by(figure.value)]
    absent = absent_years(case, figures)
    if len(figures) < FEWEST or (absent and not failures):
        return without_data(case, *(absent or (target.target_period,)))
    worst = min(figures, key=lambda figure: figure.value * target.direction)
    kept_again = ("kept_again",) if failures and figures[-1] not in failures else ()
    return Verdict(
        target=target.target,
        status=_status(case, failed=bool(failures), settled=len(figures) == len(case.years)),
        reason="every_period",
        figure=worst,
        value=worst.value,
        expected=target.goal,
        gap=worst.value - target.goal,
        elapsed=(figures[-1].position - parse_period(case.year_before).position) / len(case.years),
        years=tuple(figure.period for figure in figures),
        used=tuple(figures),
        marks=(*kept_again, *figure_marks(*figures)),
    )


def _status(case: Case, *, failed: bool, settled: bool) -> Status:
    if failed:
        return Status.MISSED
    return Status.ACHIEVED if settled and case.is_over else Status.ON_TRACK
