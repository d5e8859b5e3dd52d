"""What a rule receives (`Case`) and what it answers (`Verdict`)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lib.periods import parse_period
from lib.schema import Basis, Stage, Status, Vintage

if TYPE_CHECKING:
    from datetime import date

    from lib.series import Figure

YEARLY: Final = (Basis.ANNUAL, Basis.POINT)

# Cut-offs of the pace ratio, as Eurostat and Open SDG publish them for their ratio of actual to required change
# (reference: Open SDG progress methodology; significant from 95 %, moderate from 60 %, moving away below 0).
ON_TRACK_FROM: Final = 0.95
AT_RISK_FROM: Final = 0.60


@dataclass(frozen=True)
class Target:
    """One stated target, as a row of `targets.csv` gives it; `value` in the indicator's unit, None where none is stated."""

    target: str
    sentence: str
    plan: str
    region: str
    subject: str
    indicator: str
    kind: str
    operator: str
    value: float | None
    unit: str
    benchmark: str
    baseline_period: str
    baseline_value: float | None
    start_period: str
    target_period: str
    scope: str
    baseline_source: str = ""

    def is_met_by(self, value: float) -> bool:
        """Whether a value satisfies the operator and the target's own value."""
        return self.is_satisfied(value, self.goal)

    def is_satisfied(self, value: float, bound: float) -> bool:
        """Whether a value satisfies the operator against a bound; what differs only by the machine's rounding is equal."""
        equal = math.isclose(value, bound, rel_tol=1e-9, abs_tol=1e-9)
        if equal or math.isnan(bound):
            return equal and self.operator in (">=", "<=")
        return (value - bound) * self.direction > 0

    @property
    def goal(self) -> float:
        """The target's value; not a number where none is stated."""
        return math.nan if self.value is None else self.value

    @property
    def is_bound(self) -> bool:
        """Whether it bounds what may happen ("at most 3 % growth") and asks for no way to go: no share of it can be done."""
        return self.goal * self.direction <= 0

    @property
    def direction(self) -> int:
        """+1 where more is asked for, -1 where less is."""
        return -1 if self.operator in ("<", "<=", "decrease") else 1


@dataclass(frozen=True)
class Evidence:
    """One dated statement about a milestone."""

    happened: date
    stage: Stage
    known_from: date
    what_zh: str
    what_en: str
    source: str
    link: str


@dataclass(frozen=True)
class Case:
    """All that a rule may look at: the target, what is known of it on `as_of`, and when its last figure is due.

    `series` and `benchmark` hold whole-year figures in the indicator's unit, oldest first, one vintage each.
    """

    target: Target
    series: tuple[Figure, ...]
    benchmark: tuple[Figure, ...]
    evidence: tuple[Evidence, ...]
    as_of: date
    due: date

    @property
    def is_over(self) -> bool:
        """Whether the target period has ended."""
        return self.as_of > parse_period(self.target.target_period).end

    @property
    def year_before(self) -> str:
        """The year before the plan, where its baseline would stand."""
        return str(parse_period(self.target.start_period).year - 1)

    @property
    def usable(self) -> tuple[Figure, ...]:
        """The series' figures that may carry a verdict."""
        return usable(self.series)


@dataclass(frozen=True)
class Missing:
    """A figure that a verdict would need and nobody has published to us."""

    region: str
    indicator: str
    periods: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """The answer for one target. `reason` names the sentence; numbers are in the target's unit, two are shares of 1.

    `value` is the figure judged, `expected` what the path asks for at that figure's period, `gap` value minus target
    (for a relative target: minus the benchmark), `gap_closed` the share of the way from baseline to target covered,
    `elapsed` the share of the time gone at that period, `later` the figure that met the target after its deadline.
    `marks` stand beside a status and never change it.
    """

    target: str
    status: Status
    reason: str
    figure: Figure | None = None
    value: float | None = None
    baseline: Figure | None = None
    expected: float | None = None
    gap: float | None = None
    gap_closed: float | None = None
    elapsed: float | None = None
    later: Figure | None = None
    years: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    evidence: tuple[Evidence, ...] = field(default=())

    @property
    def pace(self) -> float | None:
        """Gap closed over time elapsed; 1 means as fast as the path asks."""
        if self.gap_closed is None or not self.elapsed:
            return None
        return self.gap_closed / self.elapsed


def usable(series: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Figures that may carry a verdict: no estimate made before the bureau's figure, no mere lower bound."""
    return tuple(figure for figure in series if figure.status != Vintage.ESTIMATE and figure.qualifier != "at_least")


def pace_status(pace: float) -> Status:
    """The status of a target not yet due, from its pace ratio: 0.95 and above, 0.60 and above, 0 and above, below 0."""
    ratio = round(pace, 9)  # 0.95 in decimals is 0.95, whatever binary fractions make of it
    if ratio >= ON_TRACK_FROM:
        return Status.ON_TRACK
    if ratio >= AT_RISK_FROM:
        return Status.AT_RISK
    return Status.OFF_TRACK if ratio >= 0 else Status.MOVING_AWAY


def without_data(case: Case, *periods: str) -> Verdict:
    """Say that figures are missing, and which; before the deadline as after it, no colour."""
    missing = Missing(case.target.region, case.target.indicator, periods)
    known = case.series[-1] if case.series else None
    return Verdict(case.target.target, Status.NO_DATA, "missing_figures", figure=known, missing=(missing,))


def bound_status(target: Target, value: float, latest: float) -> Status:
    """The status on the way under a bound: held, broken on the whole but held of late, or broken."""
    if target.is_met_by(value):
        return Status.ON_TRACK
    return Status.AT_RISK if target.is_met_by(latest) else Status.OFF_TRACK


def figure_marks(*figures: Figure | None) -> tuple[str, ...]:
    """The marks that the figures used bring along: derived, about, undated, first release only."""
    used = [figure for figure in figures if figure is not None]
    marks = {
        "derived": any(f.derived for f in used),
        "about": any(f.qualifier == "about" for f in used),
        "undated": any(not f.dated for f in used),
        "preliminary": any(f.status == Vintage.PRELIMINARY for f in used),
        "unstated": any(f.status == Vintage.UNKNOWN for f in used),
    }
    return tuple(mark for mark, holds in marks.items() if holds)
