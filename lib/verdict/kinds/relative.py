"""Growth above or below a benchmark's: "GDP growth higher than the provincial average", from published rates only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.schema import Status
from lib.verdict.model import Case, Verdict, figure_marks, usable, without_data
from lib.verdict.yearly import absent_years, average_rate, plan_figures

if TYPE_CHECKING:
    from lib.series import Figure
    from lib.verdict.target import Target


def judge(case: Case) -> Verdict:
    """Judge the compound averages over the same years in region and benchmark, and say whether each year was ahead."""
    target, own = case.target, plan_figures(case)
    absent = absent_years(case, own)
    if absent:
        return without_data(case, *absent)
    others = {figure.period: figure for figure in usable(case.benchmark)}
    unmatched = [figure.period for figure in own if figure.period not in others]
    if unmatched:
        return without_data(case, *unmatched, region=target.benchmark)
    pairs = [(figure, others[figure.period]) for figure in own]
    average, benchmark = (average_rate([pair[side].value for pair in pairs]) for side in (0, 1))
    settled = len(own) == len(case.years)
    ahead = target.is_satisfied(average, benchmark)
    used = tuple(figure for pair in pairs for figure in pair)
    return Verdict(
        target=target.target,
        status=_status(target, pairs[-1], ahead=ahead, settled=settled),
        reason="relative_settled" if settled else "relative_so_far",
        figure=own[-1],
        value=average,
        expected=benchmark,
        gap=average - benchmark,
        elapsed=len(own) / len(case.years),
        years=tuple(figure.period for figure in own),
        used=used,
        marks=(*_marks(target, pairs, ahead=ahead), *figure_marks(*used)),
    )


def _status(target: Target, last: tuple[Figure, Figure], *, ahead: bool, settled: bool) -> Status:
    """Ahead or not at the end; on the way, behind on average but ahead in the last year is at risk, not off track."""
    if settled:
        return Status.ACHIEVED if ahead else Status.MISSED
    if ahead:
        return Status.ON_TRACK
    return Status.AT_RISK if target.is_satisfied(last[0].value, last[1].value) else Status.OFF_TRACK


def _marks(target: Target, pairs: list[tuple[Figure, Figure]], *, ahead: bool) -> tuple[str, ...]:
    """Mark a lead that is not one of every year, and vintages that are not equally settled."""
    every_year = all(target.is_satisfied(figure.value, other.value) for figure, other in pairs)
    same = all(figure.status == other.status for figure, other in pairs)
    marks = {"not_every_year": ahead and not every_year, "vintages_differ": not same}
    return tuple(mark for mark, holds in marks.items() if holds)
