"""A level to be reached by a period: "GDP of 10 000 亿元 by 2024".

Before the deadline: the share of the gap closed since the baseline against the share of time gone, both at the period
of the last figure (pace ratio). After it: the figure of the target period against the target; a later figure that meets
it makes it achieved late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.periods import parse_period
from lib.schema import Status
from lib.verdict.model import Case, Missing, Verdict, figure_marks, pace_status, without_data

if TYPE_CHECKING:
    from lib.series import Figure


def judge(case: Case) -> Verdict:
    """Judge a level target; two usable figures are needed for any colour."""
    target, figures = case.target, case.usable
    if not figures:
        return without_data(case, target.target_period)
    if len({figure.period for figure in figures}) == 1:
        return _single(case, figures[0])
    deadline = parse_period(target.target_period)
    at_deadline = next((f for f in figures if f.period == target.target_period), None)
    if at_deadline is not None:
        return _settled(case, at_deadline)
    if case.as_of > case.due or figures[-1].position > deadline.position:
        return without_data(case, target.target_period)
    return _under_way(case, figures[-1])


def _single(case: Case, figure: Figure) -> Verdict:
    """One figure gives no colour; missing is the target period's or, where that is the one, the baseline's."""
    target = case.target
    wanted = target.target_period if figure.period != target.target_period else case.year_before
    missing = (Missing(target.region, target.indicator, (wanted,)),)
    return Verdict(target.target, Status.NO_DATA, "single_figure", figure=figure, value=figure.value, missing=missing)


def baseline_of(case: Case) -> Figure:
    """The figure to measure from: the stated baseline's period, else the last before the start, else the first there is."""
    figures, target = case.usable, case.target
    stated = [f for f in figures if f.period == target.baseline_period]
    before = [f for f in figures if f.position < parse_period(target.start_period).position]
    return (stated or before[-1:] or list(figures[:1]))[0]


def _settled(case: Case, figure: Figure) -> Verdict:
    """Judge at the deadline: met, met later, or missed."""
    target, last = case.target, case.usable[-1]
    later = next((f for f in case.usable if f.position > figure.position and target.is_met_by(f.value)), None)
    fell_back = ("fell_back",) if not target.is_met_by(last.value) else ()
    if target.is_met_by(figure.value):
        return _measured(case, figure, Status.ACHIEVED, "met", marks=fell_back)
    if later is not None:
        return _measured(case, figure, Status.ACHIEVED_LATE, "met_late", later=later, marks=fell_back)
    return _measured(case, figure, Status.MISSED, "not_met")


def _under_way(case: Case, figure: Figure) -> Verdict:
    """Judge before the deadline's figure is out, by the pace up to the last figure."""
    target, baseline = case.target, baseline_of(case)
    if target.is_met_by(figure.value):
        return _measured(case, figure, Status.ACHIEVED, "met_early")
    if figure.position <= baseline.position:
        return Verdict(target.target, Status.NOT_DUE, "only_baseline", figure=figure, value=figure.value)
    if baseline.segment != figure.segment:
        return _measured(case, figure, Status.NOT_JUDGED, "break_between")
    pace = _measured(case, figure, Status.NOT_JUDGED, "pace").pace
    if pace is None:
        return _measured(case, figure, Status.MOVING_AWAY, "fell_behind")
    return _measured(case, figure, pace_status(pace), "pace")


def _measured(
    case: Case, figure: Figure, status: Status, reason: str, *, later: Figure | None = None, marks: tuple[str, ...] = ()
) -> Verdict:
    """Fill in every number; the gap closed only where baseline and value stand on one side of all breaks."""
    target, baseline = case.target, baseline_of(case)
    span = parse_period(target.target_period).position - baseline.position
    elapsed = min((figure.position - baseline.position) / span, 1.0) if span > 0 else None
    distance = target.goal - baseline.value
    comparable = baseline.segment == figure.segment and baseline is not figure
    closed = (figure.value - baseline.value) / distance if comparable and distance * target.direction > 0 else None
    return Verdict(
        target=target.target,
        status=status,
        reason=reason,
        figure=figure,
        value=figure.value,
        baseline=baseline,
        expected=None if elapsed is None else baseline.value + distance * elapsed,
        gap=figure.value - target.goal,
        gap_closed=closed,
        elapsed=elapsed,
        later=later,
        marks=(*marks, *_own_marks(case, figure, baseline), *figure_marks(figure)),
    )


def _own_marks(case: Case, figure: Figure, baseline: Figure) -> tuple[str, ...]:
    """Mark a break on the way, and a target met while the last comparable change went the wrong way."""
    before = [f for f in case.usable if f.position < figure.position and f.segment == figure.segment]
    change = (figure.value - before[-1].value) * case.target.direction if before else 0.0
    marks = {
        "series_break": baseline.segment != figure.segment,
        "worsening": case.target.is_met_by(figure.value) and change < 0,
    }
    return tuple(mark for mark, holds in marks.items() if holds)
