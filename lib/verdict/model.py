"""What a rule receives (`Case`) and what it answers (`Verdict`), and the cut-offs that all rules share."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from lib.periods import parse_period, years_between
from lib.schema import Basis, Nature, Status, Vintage
from lib.series import PUBLISHED

if TYPE_CHECKING:
    from lib.series import Figure
    from lib.verdict.forecast import Forecast
    from lib.verdict.methods.reading import Reading
    from lib.verdict.target import Evidence, Target
    from lib.verdict.within_year import WithinYear

YEARLY: Final = (Basis.ANNUAL, Basis.POINT)

# Cut-offs of the pace ratio, as Eurostat and Open SDG publish them for their ratio of actual to required change
# (reference: Open SDG progress methodology; significant from 95 %, moderate from 60 %, moving away below 0).
ON_TRACK_FROM: Final = 0.95
AT_RISK_FROM: Final = 0.60


@dataclass(frozen=True)
class Patience:
    """Days after a period's end from which a figure that is not there counts as missing, of a year and within one.

    `within` is None for what is published by the year only.
    """

    year: int
    within: int | None


@dataclass(frozen=True)
class Case:
    """All that a rule may look at: the target, what is known of it on `as_of`, and when figures are due.

    `series`, `benchmark` and `growth` (the published growth of a level) hold whole-year figures in the indicator's unit,
    `cumulative` and `cumulative_growth` year-to-date ones; each oldest first, one vintage each. `reported` says by year
    which members of the region have published it, for a region that is made of all its members; `weak_words` in a
    source's title tell that it is a weak one.
    """

    target: Target
    series: tuple[Figure, ...]
    benchmark: tuple[Figure, ...]
    evidence: tuple[Evidence, ...]
    as_of: date
    patience: Patience
    nature: str = Nature.FLOW
    decimals: int = 1
    growth: tuple[Figure, ...] = ()
    cumulative: tuple[Figure, ...] = ()
    cumulative_growth: tuple[Figure, ...] = ()
    reported: tuple[Reported, ...] = ()
    weak_words: tuple[str, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether the target period has ended."""
        return self.as_of > parse_period(self.target.target_period).end

    def is_due(self, year: str) -> bool:
        """Whether a year's figure should be out by now."""
        return self.as_of > parse_period(year).end + timedelta(days=self.patience.year)

    @property
    def is_overdue(self) -> bool:
        """Whether the target period's own figure should be out by now."""
        return self.is_due(self.target.target_period)

    @property
    def has_begun(self) -> bool:
        """Whether the first figure of the plan should be out: a quarter's, or a year's where only years are published."""
        year = parse_period(self.target.start_period).year
        if self.patience.within is None:
            return self.is_due(str(year))
        return self.as_of > parse_period(f"{year}Q1").end + timedelta(days=self.patience.within)

    @property
    def years(self) -> list[str]:
        """The plan's years."""
        return years_between(self.target.start_period, self.target.target_period)

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
class Carried:
    """A level of before a break carried over it by published growth: what the old base would about show, at constant prices.

    `start` is the last figure on the old base, `rates` the published growth since, `value` the result in the level's
    unit. `closed` are the shares of the gap closed on the old base and on the new: the range that the two bases span. An
    estimate: it bounds the answer.
    """

    start: Figure
    rates: tuple[Figure, ...]
    value: float
    closed: tuple[float, float] | None


@dataclass(frozen=True)
class Required:
    """What the rest of the time asks for: `amount` a year in the target's unit (points for shares), `growth` % a year.

    `growth` is in the prices of the figures: at current prices for a level at current prices.
    """

    years: float
    amount: float | None
    growth: float | None


@dataclass(frozen=True)
class Opinion:
    """What another published method says of the same numbers; `reading` is in its own words, None where it has no answer."""

    method: str
    reading: Reading


@dataclass(frozen=True)
class Reported:
    """Which members of a region have published a figure of one period; `partial` is the sum of theirs, never the whole's.

    `unusable` are those of the missing that published something which cannot enter, a rate without last year's level.
    """

    period: str
    members: tuple[str, ...]
    missing: tuple[str, ...]
    partial: float | None
    unusable: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of the inference: its name in the catalogues, what went in, what came out."""

    name: str
    inputs: tuple[tuple[str, float | str], ...]
    result: float | str | None = None


@dataclass(frozen=True)
class Verdict:
    """The answer for one target. `reason` names the sentence; numbers are in the target's unit, shares are of 1.

    `value` is the figure judged, `expected` what the path asks for at that figure's period, `expected_today` on the day,
    `gap` value minus target (for a relative target: minus the benchmark), `gap_closed` the share of the way from baseline
    to target covered, `elapsed` the share of the time gone at that period, `asked` the share of the way that the path
    asks for by then, `pace` the first over the last, `later` the figure that met the target after its deadline,
    `first_met` the first that met it at all, `used` every figure that went in, `due` the day by which
    what recurs is next asked for, or was and is not reported. `marks` stand beside a status and never
    change it.
    """

    target: str
    status: Status
    reason: str
    figure: Figure | None = None
    value: float | None = None
    baseline: Figure | None = None
    expected: float | None = None
    expected_today: float | None = None
    gap: float | None = None
    gap_closed: float | None = None
    elapsed: float | None = None
    asked: float | None = None
    pace: float | None = None
    later: Figure | None = None
    first_met: Figure | None = None
    carried: Carried | None = None
    required: Required | None = None
    forecast: Forecast | None = None
    within: WithinYear | None = None
    reported: Reported | None = None
    years: tuple[str, ...] = ()
    used: tuple[Figure, ...] = ()
    due: date | None = None
    marks: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    trace: tuple[Step, ...] = field(default=(), repr=False)

    def marked(self, *marks: str) -> Verdict:
        """The same verdict with more marks beside it."""
        return replace(self, marks=tuple(dict.fromkeys((*marks, *self.marks))))


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


def without_data(case: Case, *periods: str, region: str = "", indicator: str = "") -> Verdict:
    """Say that figures are missing, and which: not due while they could not be out yet, else no data; never a colour."""
    target = case.target
    due = tuple(period for period in periods if case.is_due(period))
    missing = Missing(region or target.region, indicator or target.indicator, due or periods[:1])
    known = case.series[-1] if case.series else None
    waiting = not due if case.usable else not case.has_begun
    status, reason = (Status.NOT_DUE, "not_due_yet") if waiting else (Status.NO_DATA, "missing_figures")
    marks = ("estimate",) if known is not None and known.status == Vintage.ESTIMATE else ()
    return Verdict(target.target, status, reason, figure=known, missing=(missing,), marks=marks)


def baseline_of(case: Case) -> Figure:
    """The figure to measure from: the stated baseline's period, else the last before the start, else the first there is."""
    figures, target = case.usable, case.target
    stated = [f for f in figures if f.period == target.baseline_period]
    before = [f for f in figures if f.position < parse_period(target.start_period).position]
    return (stated or before[-1:] or list(figures[:1]))[0]


def due_years(case: Case) -> list[str]:
    """The plan's years whose figures should be out by now."""
    return [year for year in case.years if case.is_due(year)]


def bound_status(target: Target, value: float, latest: float) -> Status:
    """The status on the way under a bound: held, broken on the whole but held of late, or broken."""
    if target.is_met_by(value):
        return Status.ON_TRACK
    return Status.AT_RISK if target.is_met_by(latest) else Status.OFF_TRACK


def figure_marks(*figures: Figure | None) -> tuple[str, ...]:
    """The marks that the figures used bring along: derived, about, day of the calendar, first release only, unstated."""
    used = [figure for figure in figures if figure is not None]
    marks = {
        "derived": any(f.derived for f in used),
        "about": any(f.qualifier == "about" for f in used),
        "undated": any(f.release != PUBLISHED for f in used),
        "preliminary": any(f.status == Vintage.PRELIMINARY for f in used),
        "unstated": any(f.status == Vintage.UNKNOWN for f in used),
    }
    return tuple(mark for mark, holds in marks.items() if holds)
