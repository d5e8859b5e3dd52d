"""What the year so far says, in numbers and without a verdict: same cut a year before, trailing year, share of the year.

A cut is a year-to-date figure by the month it runs to: 2024Q3 and 2024M09 are one cut, month 12 is the whole year and
none. Estimates made before the bureau's figure and lower bounds never enter. Nothing here has a status: Liaoning's
investment of 2025 stood at +10.5 % in February, +7.8 % in March, -3.3 % in June and -19.0 % at the end of the year.

Functions take figures of one region and indicator: `cumulative` year-to-date, `annual` whole years, in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from lib.periods import Period, is_year, parse_period
from lib.schema import Basis
from lib.series import SETTLED, Figure
from lib.verdict.model import figure_marks, usable

FEWEST_PAST_YEARS: Final = 2


@dataclass(frozen=True)
class Refusal:
    """Why a number is not given, as a code the catalogues word, and the periods it is about.

    no_cut: no such cut is known; no_year: no whole-year figure is; break: the series breaks between the figures;
    vintages: a year's figure was revised and its cut was not, or the other way round; inexact: a figure is a rounded
    one; not_positive: a value is zero or below; too_few_years: fewer than two past years; nature: neither flow nor growth.
    """

    reason: str
    periods: tuple[str, ...] = ()


@dataclass(frozen=True)
class SameCut:
    """The latest cut beside the same cut of the year before, both before or both after any break.

    `published_growth` is the growth series' own figure at that cut, at constant prices or on a comparable basis.
    """

    latest: Figure
    before: Figure
    is_growth: bool
    published_growth: Figure | None = None

    @property
    def ratio_change(self) -> float | None:
        """Give v / v_before - 1 in per cent: a change in level at current prices, never growth. None for rates."""
        return None if self.is_growth else (self.latest.value / self.before.value - 1) * 100

    @property
    def difference(self) -> float | None:
        """The latest published rate minus that of the year before, in percentage points. None for levels."""
        return self.latest.value - self.before.value if self.is_growth else None

    @property
    def marks(self) -> tuple[str, ...]:
        """What the figures bring along; `vintages_differ` where one of the two was revised and the other not."""
        differ = _is_settled(self.latest) != _is_settled(self.before)
        return (*(("vintages_differ",) if differ else ()), *figure_marks(self.latest, self.before))


@dataclass(frozen=True)
class RollingFour:
    """The twelve months up to the latest cut, from three exact figures of one segment and unit.

    Source: the trailing-four-quarters identity for cumulative series.
    """

    latest: Figure
    before: Figure
    whole_year: Figure

    @property
    def value(self) -> float:
        """Last year - last year's same cut + this year's cut, in the figures' unit."""
        return self.whole_year.value - self.before.value + self.latest.value

    @property
    def marks(self) -> tuple[str, ...]:
        """What the figures bring along."""
        return figure_marks(self.latest, self.before, self.whole_year)


@dataclass(frozen=True)
class FullYearEstimate:
    """This year's total if the latest cut is the share of the year it was in past years: an estimate, never a figure.

    `pairs` holds each past year's cut and whole year, oldest first, the two of one segment and vintage. A share has no
    unit, so a year on an earlier base counts; `earlier_base` among the marks says that one does. The range is that of the
    past years and no probability: prices or a bad autumn can carry the year out of it.
    """

    latest: Figure
    pairs: tuple[tuple[Figure, Figure], ...]

    @property
    def years(self) -> tuple[str, ...]:
        """The past years used."""
        return tuple(str(_year(cut)) for cut, _ in self.pairs)

    @property
    def shares(self) -> tuple[float, ...]:
        """The share of the year reached at this cut in each of them, cut / whole year, as a share of 1."""
        return tuple(cut.value / whole.value for cut, whole in self.pairs)

    @property
    def value(self) -> float:
        """The cut over the mean share, in the figures' unit."""
        return self.latest.value / (sum(self.shares) / len(self.shares))

    @property
    def low(self) -> float:
        """The cut over the largest share: the least that the past years' shares allow."""
        return self.latest.value / max(self.shares)

    @property
    def high(self) -> float:
        """The cut over the smallest share."""
        return self.latest.value / min(self.shares)

    @property
    def marks(self) -> tuple[str, ...]:
        """What the figures bring along."""
        earlier = any(cut.segment != self.latest.segment for cut, _ in self.pairs)
        figures = (figure for pair in self.pairs for figure in pair)
        return (*(("earlier_base",) if earlier else ()), *figure_marks(self.latest, *figures))


@dataclass(frozen=True)
class WithinYear:
    """The year under way: its latest cut, the growth published at that cut, and what can be said of it or why not."""

    latest: Figure
    published_growth: Figure | None
    same_cut: SameCut | Refusal
    rolling_four: RollingFour | Refusal
    full_year: FullYearEstimate | Refusal


def within_year(
    cumulative: Sequence[Figure], annual: Sequence[Figure], growth: Sequence[Figure], *, is_growth: bool, is_flow: bool
) -> WithinYear | None:
    """What the year under way says; None unless the latest cut is newer than the last whole-year figure known.

    `growth` holds the year-to-date figures of the series' growth indicator. A series that is neither a flow nor a growth
    rate (a stock, a share, an index) has no part of a year: all three are refused with `nature`.
    """
    latest = latest_cut(cumulative)
    if latest is None or _year(latest) <= max((_year(whole) for whole in _wholes(cumulative, annual)), default=0):
        return None
    refused = Refusal("nature", (latest.period,))
    return WithinYear(
        latest=latest,
        published_growth=_growth_at(growth, latest),
        same_cut=same_cut(cumulative, growth, is_growth=is_growth) if is_growth or is_flow else refused,
        rolling_four=rolling_four(cumulative, annual) if is_flow else refused,
        full_year=estimate_full_year(cumulative, annual) if is_flow else refused,
    )


def latest_cut(cumulative: Iterable[Figure], year: int | None = None) -> Figure | None:
    """The newest year-to-date figure that is not the whole year, of any year or of one; None where there is none."""
    cuts = [cut for cut in _year_to_date(cumulative) if _month(cut) < 12 and year in (None, _year(cut))]
    newest = max((cut.position for cut in cuts), default=None)
    return _pick(cut for cut in cuts if cut.position == newest)


def same_cut(cumulative: Sequence[Figure], growth: Sequence[Figure] = (), *, is_growth: bool) -> SameCut | Refusal:
    """Compare the latest cut with the same cut of the year before: Q1 with Q1, never with Q4 or a year.

    Refused: no_cut, break; not_positive for a level that was zero or below, of which nothing can be a percentage.
    """
    latest = latest_cut(cumulative)
    if latest is None:
        return Refusal("no_cut")
    before = _cut_before(cumulative, latest)
    if before is None:
        return Refusal("no_cut", (_code_before(latest),))
    if before.segment != latest.segment:
        return Refusal("break", (before.period, latest.period))
    if not is_growth and before.value <= 0:
        return Refusal("not_positive", (before.period,))
    return SameCut(latest, before, is_growth, None if is_growth else _growth_at(growth, latest))


def rolling_four(cumulative: Sequence[Figure], annual: Sequence[Figure]) -> RollingFour | Refusal:
    """Sum a flow over the twelve months up to the latest cut: last year - last year's same cut + this year's cut.

    Refused: no_cut, no_year, vintages, break, inexact. Last year's two figures must be of one vintage, both first
    figures or both revised: a census that moved the year and not its quarters would all fall into the rest of the year.
    """
    latest = latest_cut(cumulative)
    if latest is None:
        return Refusal("no_cut")
    before = _cut_before(cumulative, latest)
    if before is None:
        return Refusal("no_cut", (_code_before(latest),))
    whole = _whole_of(before, _wholes(cumulative, annual))
    if isinstance(whole, Refusal):
        return whole
    figures = (before, whole, latest)
    if len({figure.segment for figure in figures}) > 1:
        return Refusal("break", tuple(figure.period for figure in figures))
    inexact = tuple(figure.period for figure in figures if figure.qualifier)
    return Refusal("inexact", inexact) if inexact else RollingFour(latest, before, whole)


def estimate_full_year(cumulative: Sequence[Figure], annual: Sequence[Figure]) -> FullYearEstimate | Refusal:
    """Estimate a flow's total of this year from the shares of the year reached at this cut in the past years.

    share_i = cut_i / year_i over the past years with both in one segment and of one vintage; estimate = cut / mean share,
    range cut / largest share to cut / smallest share. Refused: no_cut, too_few_years, not_positive.
    """
    latest = latest_cut(cumulative)
    if latest is None:
        return Refusal("no_cut")
    pairs = _past_pairs(latest, cumulative, annual)
    if len(pairs) < FEWEST_PAST_YEARS:
        return Refusal("too_few_years", tuple(str(_year(cut)) for cut, _ in pairs))
    below = tuple(figure.period for figure in (latest, *(f for pair in pairs for f in pair)) if figure.value <= 0)
    return Refusal("not_positive", below) if below else FullYearEstimate(latest, pairs)


def _past_pairs(
    latest: Figure, cumulative: Sequence[Figure], annual: Sequence[Figure]
) -> tuple[tuple[Figure, Figure], ...]:
    """The same cut and the whole year of each past year that has both in one segment, unit and vintage, oldest first."""
    wholes = _wholes(cumulative, annual)
    cuts = (
        _cut_at(cumulative, year, latest) for year in sorted({_year(w) for w in wholes if _year(w) < _year(latest)})
    )
    pairs = ((cut, _whole_of(cut, wholes)) for cut in cuts if cut is not None)
    return tuple((cut, whole) for cut, whole in pairs if isinstance(whole, Figure) and whole.segment == cut.segment)


def _whole_of(cut: Figure, wholes: list[Figure]) -> Figure | Refusal:
    """The whole-year figure of a cut's year, of the cut's vintage: both first figures, or both revised."""
    found = [whole for whole in wholes if _year(whole) == _year(cut) and whole.unit == cut.unit]
    alike = _pick(whole for whole in found if _is_settled(whole) == _is_settled(cut))
    if alike is not None:
        return alike
    return Refusal("vintages", (str(_year(cut)), cut.period)) if found else Refusal("no_year", (str(_year(cut)),))


def _wholes(cumulative: Iterable[Figure], annual: Iterable[Figure]) -> list[Figure]:
    """Whole-year figures; the year to date at month 12 is one, often the first where the annual one was revised since."""
    yearly = [figure for figure in usable(tuple(annual)) if figure.basis == Basis.ANNUAL and is_year(figure.period)]
    return yearly + [figure for figure in _year_to_date(cumulative) if _month(figure) == 12]


def _year_to_date(cumulative: Iterable[Figure]) -> list[Figure]:
    return [figure for figure in usable(tuple(cumulative)) if figure.basis == Basis.YTD]


def _cut_at(cumulative: Iterable[Figure], year: int, like: Figure) -> Figure | None:
    """The figure of a year that runs to the month of another, in its unit."""
    cuts = (cut for cut in _year_to_date(cumulative) if (_year(cut), _month(cut)) == (year, _month(like)))
    return _pick(cut for cut in cuts if cut.unit == like.unit)


def _cut_before(cumulative: Iterable[Figure], latest: Figure) -> Figure | None:
    return _cut_at(cumulative, _year(latest) - 1, latest)


def _growth_at(growth: Iterable[Figure], latest: Figure) -> Figure | None:
    return _pick(figure for figure in _year_to_date(growth) if figure.position == latest.position)


def _pick(figures: Iterable[Figure]) -> Figure | None:
    """One of several figures for the same span ("Q3" and "M09"): exact before rounded, a year's own, the latest known."""
    return max(figures, key=_preference, default=None)


def _preference(figure: Figure) -> tuple[bool, bool, date, int, str, float]:
    length = parse_period(figure.period).length
    return not figure.qualifier, figure.basis == Basis.ANNUAL, figure.known_from, length, figure.source, figure.value


def _is_settled(figure: Figure) -> bool:
    return figure.status in SETTLED


def _code_before(latest: Figure) -> str:
    """The period a year earlier, as it would be written."""
    period = parse_period(latest.period)
    return Period(period.year - 1, period.month, period.length).code


def _year(figure: Figure) -> int:
    return parse_period(figure.period).year


def _month(figure: Figure) -> int:
    return parse_period(figure.period).month
