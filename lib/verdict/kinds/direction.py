"""Merely a direction: "forest coverage further improved".

Source of the rule: Destatis, direction-only rule of the German sustainability indicators (both right, average right only,
last right only, both wrong); at the deadline the average change decides.
"""

from __future__ import annotations

from typing import Final

from lib.schema import Status
from lib.verdict.model import Case, Verdict, baseline_of, due_years, figure_marks, without_data

FEWEST: Final = 3


def judge(case: Case) -> Verdict:
    """Judge by the average and the last change since the baseline; three figures are needed."""
    target = case.target
    first = baseline_of(case) if case.usable else None
    window = [f for f in case.usable if first is not None and first.position <= f.position <= target.deadline]
    settled = bool(window) and window[-1].period == target.target_period
    if len(window) < FEWEST or (case.is_overdue and not settled):
        known = {figure.period for figure in window}
        absent = [year for year in due_years(case) if year not in known]
        return without_data(case, *(absent or (target.target_period,)))
    if len({figure.segment for figure in window}) > 1:
        return Verdict(
            target.target, Status.NOT_JUDGED, "break_between", figure=window[-1], baseline=window[0], used=tuple(window),
            marks=("series_break", *figure_marks(*window)),
        )  # fmt: skip
    average = (window[-1].value - window[0].value) * target.direction
    latest = (window[-1].value - window[-2].value) * target.direction
    return Verdict(
        target=target.target,
        status=_status(average, latest, settled=settled),
        reason="direction_settled" if settled else "direction_so_far",
        figure=window[-1],
        value=window[-1].value,
        baseline=window[0],
        gap=window[-1].value - window[0].value,
        elapsed=min((window[-1].position - window[0].position) / (target.deadline - window[0].position), 1.0),
        used=tuple(window),
        marks=(*(("worsening",) if latest < 0 < average else ()), *figure_marks(*window)),
    )


def _status(average: float, latest: float, *, settled: bool) -> Status:
    if settled:
        return Status.ACHIEVED if average > 0 else Status.MISSED
    if average > 0:
        return Status.ON_TRACK if latest > 0 else Status.AT_RISK
    return Status.MOVING_AWAY if average < 0 and latest <= 0 else Status.OFF_TRACK
