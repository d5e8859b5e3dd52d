"""A level to be reached by a period: "GDP of 10 000 亿元 by 2024".

Before the deadline: the share of the gap closed since the baseline against the share that the path asks for, both at the
period of the last figure (pace ratio). After it: the figure of the target period against the target; a later figure that
meets it makes it achieved late.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from lib.periods import parse_period
from lib.schema import Status
from lib.verdict.ahead import forecast_of_level, required_of_level
from lib.verdict.breaks import break_marks, carry
from lib.verdict.model import Case, Missing, Verdict, baseline_of, due_years, figure_marks, pace_status, without_data
from lib.verdict.target import CONSTANT_GROWTH, expected_at, grows_constantly

if TYPE_CHECKING:
    from lib.series import Figure
    from lib.verdict.target import Target

FEWEST: Final = 2
# A gap of fewer printed digits than this is known to within a fifth of itself at best: shares of it are rough.
FEWEST_DIGITS: Final = 10


def judge(case: Case) -> Verdict:
    """Judge a level target; two usable figures of different periods are needed for any colour."""
    target, figures = case.target, case.usable
    if len({figure.period for figure in figures}) < FEWEST:
        return _too_few(case)
    at_deadline = next((f for f in figures if f.period == target.target_period), None)
    if at_deadline is not None:
        return _settled(case, at_deadline)
    if case.is_overdue or figures[-1].position > target.deadline:
        return without_data(case, target.target_period)
    return _under_way(case, figures[-1])


def _too_few(case: Case) -> Verdict:
    """One figure gives no colour: missing is what is due since, or for the deadline's own figure its baseline."""
    target, absent = case.target, _absent(case)
    if not case.usable:
        return without_data(case, *(absent or [target.target_period]))
    known = case.usable[0]
    if known.period == target.target_period:
        absent = [case.year_before]
    if not absent:
        return _waiting(case, known)
    missing = (Missing(target.region, target.indicator, tuple(absent)),)
    return Verdict(
        target.target, Status.NO_DATA, "single_figure", figure=known, value=known.value, missing=missing, used=(known,),
        marks=figure_marks(known),
    )  # fmt: skip


def _absent(case: Case) -> list[str]:
    """The plan's years that are due and have no figure."""
    known = {figure.period for figure in case.usable}
    return [year for year in due_years(case) if year not in known]


def _settled(case: Case, figure: Figure) -> Verdict:
    """Judge at the deadline: met, met later, or missed."""
    target, last = case.target, case.usable[-1]
    later = next((f for f in case.usable if f.position > figure.position and target.is_met_by(f.value)), None)
    fell_back = ("fell_back",) if not target.is_met_by(last.value) else ()
    if target.is_met_by(figure.value):
        return _measured(case, figure, Status.ACHIEVED, "met").marked(*fell_back)
    if later is not None:
        verdict = _measured(case, figure, Status.ACHIEVED_LATE, "met_late")
        carried = carry(case, baseline_of(case), later)
        verdict = replace(verdict, later=later, used=(*verdict.used, later), carried=carried)
        return verdict.marked(*fell_back, *break_marks(case, later, carried), *figure_marks(later))
    return _measured(case, figure, Status.MISSED, "not_met")


def _under_way(case: Case, figure: Figure) -> Verdict:
    """Judge before the deadline's figure is out, by the pace up to the last figure."""
    target, baseline = case.target, baseline_of(case)
    if figure.position <= baseline.position:
        return _only_baseline(case, figure)
    if target.is_met_by(figure.value):
        return _measured(case, figure, Status.ACHIEVED, "met_early")
    verdict = _measured(case, figure, Status.NOT_JUDGED, "pace")
    verdict = replace(verdict, required=required_of_level(case, figure, target.goal), forecast=forecast_of_level(case))
    verdict = verdict.marked(*_waiting_marks(case, figure, baseline))
    if baseline.segment != figure.segment:
        return _across_break(verdict)
    if verdict.gap_closed is None:
        return replace(verdict, status=Status.MOVING_AWAY, reason="fell_behind")
    if verdict.pace is None:
        return replace(verdict, status=_beside_path(target, figure, verdict))
    return replace(verdict, status=pace_status(verdict.pace))


def _beside_path(target: Target, figure: Figure, verdict: Verdict) -> Status:
    """Where the path asks for no way yet, or first leads back, there is no ratio: on the path or beyond it, or behind it."""
    on_path = verdict.expected is not None and (figure.value - verdict.expected) * target.direction >= 0
    return Status.ON_TRACK if on_path else Status.MOVING_AWAY


def _only_baseline(case: Case, figure: Figure) -> Verdict:
    absent = _absent(case)
    return without_data(case, *absent) if absent else _waiting(case, figure)


def _waiting(case: Case, figure: Figure) -> Verdict:
    """Nothing is out since the baseline, and nothing is due yet."""
    return Verdict(
        case.target.target, Status.NOT_DUE, "only_baseline", figure=figure, value=figure.value, used=(figure,),
        required=required_of_level(case, figure, case.target.goal), marks=figure_marks(figure),
    )  # fmt: skip


def _across_break(verdict: Verdict) -> Verdict:
    """Across a break: a status only where both bases give the same, else none; the range stands beside it."""
    asked = verdict.asked
    if verdict.carried is None or verdict.carried.closed is None or asked is None or asked <= 0:
        return replace(verdict, reason="break_between")
    statuses = {pace_status(closed / asked) for closed in verdict.carried.closed}
    if len(statuses) > 1:
        return replace(verdict, reason="break_range")
    return replace(verdict, status=statuses.pop(), reason="break_same")


def _share_asked(case: Case, baseline: Figure, verdict: Verdict) -> float | None:
    """The share of the gap that the path asks for at the figure's period."""
    distance = case.target.goal - baseline.value
    if verdict.expected is None or distance * case.target.direction <= 0:
        return None
    return (verdict.expected - baseline.value) / distance


def _measured(case: Case, figure: Figure, status: Status, reason: str) -> Verdict:
    """Fill in every number; the gap closed only where baseline and value stand on one side of all breaks."""
    target, baseline = case.target, baseline_of(case)
    span = target.deadline - baseline.position
    elapsed = min((figure.position - baseline.position) / span, 1.0) if span > 0 else None
    distance = target.goal - baseline.value
    comparable = baseline.segment == figure.segment and baseline is not figure
    closed = (figure.value - baseline.value) / distance if comparable and distance * target.direction > 0 else None
    carried = carry(case, baseline, figure)
    verdict = Verdict(
        target=target.target,
        status=status,
        reason=reason,
        figure=figure,
        value=figure.value,
        baseline=baseline,
        expected=expected_at(target, baseline.position, baseline.value, figure.position) if span > 0 else None,
        gap=figure.value - target.goal,
        gap_closed=closed,
        elapsed=elapsed,
        first_met=_first_met(case),
        carried=carried,
        used=(baseline, figure),
        marks=(
            *_own_marks(case, figure, baseline),
            *break_marks(case, figure, carried),
            *figure_marks(baseline, figure),
        ),
    )
    asked = _share_asked(case, baseline, verdict)
    pace = closed / asked if closed is not None and asked is not None and asked > 0 else None
    return replace(verdict, asked=asked, pace=pace)


def _first_met(case: Case) -> Figure | None:
    """The first figure since the plan's start that met the target."""
    start = parse_period(case.target.start_period).position
    return next((f for f in case.usable if f.position >= start and case.target.is_met_by(f.value)), None)


def _own_marks(case: Case, figure: Figure, baseline: Figure) -> tuple[str, ...]:
    """Mark a break on the way, and a target met while the last comparable change went the wrong way."""
    before = [f for f in case.usable if f.position < figure.position and f.segment == figure.segment]
    change = (figure.value - before[-1].value) * case.target.direction if before else 0.0
    digits = round(abs(case.target.goal - baseline.value) * 10**case.decimals, 6)
    marks = {
        "series_break": baseline.segment != figure.segment,
        "small_gap": baseline.segment == figure.segment and digits < FEWEST_DIGITS,
        "worsening": case.target.is_met_by(figure.value) and change < 0,
    }
    return tuple(mark for mark, holds in marks.items() if holds)


def _waiting_marks(case: Case, figure: Figure, baseline: Figure) -> tuple[str, ...]:
    """Mark a figure that is older than what should be out, and a path of constant growth that could not be one."""
    marks = {
        "stale": any(parse_period(year).position > figure.position for year in due_years(case)),
        "path_linear": case.target.path == CONSTANT_GROWTH and not grows_constantly(case.target, baseline.value),
    }
    return tuple(mark for mark, holds in marks.items() if holds)
