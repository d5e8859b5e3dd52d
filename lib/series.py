"""One clean series for a region and indicator: vintage as of a date, breaks marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from lib.periods import parse_period
from lib.schema import FIGURE_KEY, SHIPPED_BY, Basis, Vintage
from lib.tables import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

SETTLED: Final = (Vintage.REVISED, Vintage.FINAL)
RANK: Final = {vintage: rank for rank, vintage in enumerate(Vintage)}
# Which day replay goes by, and the two rhythms of the release calendar.
PUBLISHED: Final = "published"
CALENDAR: Final = "calendar"
ASSUMED: Final = "assumed"
YEAR: Final = "year"
WITHIN: Final = "within"


@dataclass(frozen=True)
class Figure:
    """One figure used: its period, value in the indicator's unit, vintage and source. `segment` counts breaks before it.

    `known_from` is the day it counts as known and `release` where that day is from (`date_figures`); `dated` tells
    whether any date of publication was seen, `published` is that date; `derived` whether we made it of its members.
    """

    region: str
    indicator: str
    period: str
    basis: str
    value: float
    unit: str
    status: str
    qualifier: str
    known_from: date
    dated: bool
    source: str
    link: str
    derived: bool = False
    segment: int = 0
    release: str = PUBLISHED
    published: date | None = None

    @property
    def position(self) -> float:
        """The end of its period in years."""
        return parse_period(self.period).position


def date_figures(actuals: pd.DataFrame, releases: pd.DataFrame) -> pd.DataFrame:
    """Add `known_from` (the day from which replay knows a figure), `dated` and `release` to stored figures.

    `releases` is the release calendar: days after a period's end by which first and final figures are out, by indicator
    and rhythm. `release` names the day used: "published" (the row's own), "assumed" (no date was seen: the calendar's)
    or "calendar" (a collected page is later than the calendar, and nothing earlier of this figure was seen: the page
    printed what had been released before). Only figures shipped with the tracker stand for pages read; an office's own
    date is never moved, and neither is that of a revision or of an estimate.
    """
    calendar = pd.Series(_calendar_days(actuals, releases).to_numpy(), index=actuals.index)
    published = actuals["published"]
    raw = published.where(published.notna(), calendar)
    group = [actuals[key] for key in FIGURE_KEY] + [actuals["status"] == Vintage.FINAL]
    bureau = ~actuals["status"].isin((Vintage.ESTIMATE, Vintage.REVISED))
    first = raw == raw.where(bureau).groupby(group, observed=True, sort=False).transform("min")
    late = published.notna() & (published > calendar) & bureau & first & (actuals["user"] == SHIPPED_BY)
    release = pd.Series(PUBLISHED, index=actuals.index).mask(late, CALENDAR).mask(published.isna(), ASSUMED)
    return actuals.assign(known_from=raw.mask(late, calendar), dated=published.notna(), release=release)


def _calendar_days(actuals: pd.DataFrame, releases: pd.DataFrame) -> pd.Series:
    """The day by which the calendar expects each figure: a first figure's, or a later one's for revised and final."""
    codes = actuals["period"].astype(str)
    spans = {code: parse_period(code) for code in codes.unique()}
    keys = pd.DataFrame(
        {
            "indicator": actuals["indicator"].astype(str),
            "rhythm": codes.map({code: YEAR if span.month == 12 else WITHIN for code, span in spans.items()}),
        }
    )
    days = keys.merge(releases, on=["indicator", "rhythm"], how="left", validate="many_to_one")
    lags = days["first_days"].mask(actuals["status"].isin(SETTLED).to_numpy(), days["later_days"]).fillna(0)
    ends = pd.to_datetime(codes.map({code: span.end for code, span in spans.items()})).reset_index(drop=True)
    return ends.astype("datetime64[us]") + pd.to_timedelta(lags, unit="D")


def known_by(dated_figures: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The figures known on a day: every vintage with `known_from` on or before it."""
    return dated_figures[dated_figures["known_from"] <= pd.Timestamp(as_of)]


def pick_vintage(known: pd.DataFrame, key: tuple[str, ...] = FIGURE_KEY) -> pd.DataFrame:
    """One row for each region, indicator, period, basis and unit, or whatever `key` names: the vintage to use.

    A bureau's figure goes before an estimate and an exact one before a lower bound. Of figures with a date the latest
    published counts, of those without the most settled; of these two the more settled, else the one with a date. Where
    several pages print the vintage chosen, the row is that of its first publication. The rows are those of the input,
    unchanged.
    """
    ranked = known.assign(
        _bureau=known["status"] != Vintage.ESTIMATE,
        _exact=known["qualifier"] != "at_least",
        _rank=known["status"].map(RANK).astype("int64"),
    )
    vintage = [*key, "value", "status", "qualifier"]
    chosen = _last(_candidates(ranked, key), key, "_bureau", "_exact", "_rank", "dated")[vintage]
    printed = ranked.merge(chosen, on=vintage, validate="many_to_one")
    order = {"dated": False, "known_from": True, "seq": True, "row": True}
    first = printed.sort_values(list(order), ascending=list(order.values()), kind="stable")
    first = first.drop_duplicates(list(key), keep="first")
    return first.drop(columns=["_bureau", "_exact", "_rank"]).sort_values(["seq", "row"], kind="stable")


def _candidates(ranked: pd.DataFrame, key: tuple[str, ...]) -> pd.DataFrame:
    """The best figure with a date and the best without, for each key."""
    dated, undated = ranked[ranked["dated"]], ranked[~ranked["dated"]]
    late = _last(dated, key, "_bureau", "_exact", "known_from", "_rank", "seq", "row")
    settled = _last(undated, key, "_bureau", "_exact", "_rank", "known_from", "seq", "row")
    return pd.concat([late, settled])


def _last(rows: pd.DataFrame, key: tuple[str, ...], *order: str) -> pd.DataFrame:
    """The last row of each figure in this order."""
    return rows.sort_values(list(order), kind="stable").drop_duplicates(list(key), keep="last")


def break_periods(breaks: pd.DataFrame, region: str, indicator: str, members: tuple[str, ...] = ()) -> list[str]:
    """The first periods on a new basis for a region's series, or for the sum of its members, in order."""
    return sorted(
        {first for first, _ in _pairs(breaks, region, indicator, members)}, key=lambda code: parse_period(code).end
    )


def figures_of(  # noqa: PLR0917 - what names a series
    figures: pd.DataFrame,
    breaks: pd.DataFrame,
    region: str,
    indicator: str,
    unit: str,
    bases: tuple[Basis, ...],
    members: tuple[str, ...] = (),
) -> tuple[Figure, ...]:
    """The series of a region and indicator in one unit and these bases, oldest first."""
    rows = figures[
        (figures["region"] == region)
        & (figures["indicator"] == indicator)
        & (figures["unit"] == unit)
        & figures["basis"].isin(bases)
    ]
    return to_series(rows_of(rows), breaks, region, indicator, members)


def to_series(
    rows: Sequence[dict[str, Any]], breaks: pd.DataFrame, region: str, indicator: str, members: tuple[str, ...] = ()
) -> tuple[Figure, ...]:
    """Rows (`tables.rows_of`) of one region, indicator and unit as figures, oldest first, with the segment of each.

    A sum breaks where one of its members does; a published figure only where its own region's series does.
    """
    if not rows:
        return ()
    breaks_of = {
        derived: _breaks(breaks, region, indicator, parts) for derived, parts in ((False, ()), (True, members))
    }
    figures = (_figure(row, breaks_of[bool(row["derived"])]) for row in rows)
    return tuple(sorted(figures, key=lambda figure: figure.position))


def _breaks(
    breaks: pd.DataFrame, region: str, indicator: str, members: tuple[str, ...]
) -> list[tuple[date, date | None]]:
    """For each break the end of its first period on the new basis, and that of the first whose revision is on it."""
    pairs = _pairs(breaks, region, indicator, members)
    return [(parse_period(first).end, parse_period(revised).end if revised else None) for first, revised in pairs]


def _pairs(breaks: pd.DataFrame, region: str, indicator: str, members: tuple[str, ...]) -> set[tuple[str, str]]:
    """The first period of each break of a series, and of its revisions; in plain Python, as it is asked for every target."""
    columns = (breaks[name].tolist() for name in ("indicator", "region", "period", "revised_period"))
    regions = {"", region, *members}
    return {
        (first, revised)
        for code, where, first, revised in zip(*columns, strict=True)
        if code == indicator and where in regions
    }


def _is_past(first: date, revised: date | None, end: date, status: str) -> bool:
    """Whether a figure stands behind a break; a revision may do so before the first figures that do."""
    return end >= first or (revised is not None and status == Vintage.REVISED and end >= revised)


def _figure(row: dict[str, Any], breaks: list[tuple[date, date | None]]) -> Figure:
    end = parse_period(str(row["period"])).end
    text = {
        key: str(row[key])
        for key in ("region", "indicator", "period", "basis", "unit", "status", "qualifier", "source", "link")
    }
    return Figure(
        **text,
        value=float(str(row["value"])),
        known_from=pd.Timestamp(str(row["known_from"])).date(),
        dated=bool(row["dated"]),
        derived=bool(row["derived"]),
        segment=sum(_is_past(first, revised, end, str(row["status"])) for first, revised in breaks),
        release=str(row["release"]) if not row["derived"] else PUBLISHED if row["dated"] else ASSUMED,
        published=None if pd.isna(row["published"]) else pd.Timestamp(str(row["published"])).date(),
    )
