"""One clean series for a region and indicator: vintage as of a date, breaks marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from lib.periods import parse_period
from lib.schema import FIGURE_KEY, Basis, Vintage
from lib.tables import rows_of

if TYPE_CHECKING:
    from datetime import date

SETTLED: Final = (Vintage.REVISED, Vintage.FINAL)
RANK: Final = {vintage: rank for rank, vintage in enumerate(Vintage)}


@dataclass(frozen=True)
class Figure:
    """One figure used: its period, value in the indicator's unit, vintage and source. `segment` counts breaks before it.

    `known_from` is the day it counts as known; `dated` tells whether that is its published date or an assumed one;
    `derived` whether we summed it from its members.
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

    @property
    def position(self) -> float:
        """The end of its period in years."""
        return parse_period(self.period).position


def date_figures(actuals: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Add `known_from` (the published date or, where none was seen, an assumed release) and `dated` to stored figures.

    The assumed date is the period's end plus the indicator's `release_lag_days`, or `revision_lag_days` for a revised
    or final figure; both are columns of `indicators.csv` and marked as assumptions there.
    """
    lags = indicators.set_index("indicator")[["release_lag_days", "revision_lag_days"]]
    joined = actuals.merge(lags, left_on="indicator", right_index=True, how="left", validate="many_to_one")
    days = joined["release_lag_days"].mask(joined["status"].isin(SETTLED), joined["revision_lag_days"])
    ends = pd.to_datetime(joined["period"].astype(str).map(lambda code: parse_period(code).end))
    assumed = ends + pd.to_timedelta(days.fillna(0), unit="D")
    dated = joined["published"].notna()
    return actuals.assign(known_from=joined["published"].where(dated, assumed).to_numpy(), dated=dated.to_numpy())


def known_by(dated_figures: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The figures known on a day: every vintage with `known_from` on or before it."""
    return dated_figures[dated_figures["known_from"] <= pd.Timestamp(as_of)]


def pick_vintage(known: pd.DataFrame) -> pd.DataFrame:
    """One row for each region, indicator, period, basis and unit: the vintage to use.

    A bureau's figure goes before an estimate, an exact one before a lower bound, a dated one before an undated one,
    then the latest published, then the more settled, then the one received last. Where several pages print the vintage
    chosen, the row is that of its first publication. The rows are those of the input, unchanged.
    """
    ranked = known.assign(
        _bureau=known["status"] != Vintage.ESTIMATE,
        _exact=known["qualifier"] != "at_least",
        _rank=known["status"].map(RANK).astype("int64"),
    ).sort_values(["_bureau", "_exact", "dated", "known_from", "_rank", "seq", "row"], kind="stable")
    vintage = [*FIGURE_KEY, "value", "status", "qualifier"]
    chosen = ranked.drop_duplicates(list(FIGURE_KEY), keep="last")[vintage]
    printed = ranked.merge(chosen, on=vintage, validate="many_to_one")
    first = printed.sort_values(["dated", "known_from"], ascending=[False, True], kind="stable")
    first = first.drop_duplicates(list(FIGURE_KEY), keep="first")
    return first.drop(columns=["_bureau", "_exact", "_rank"]).sort_values(["seq", "row"], kind="stable")


def break_periods(breaks: pd.DataFrame, region: str, indicator: str, members: tuple[str, ...] = ()) -> list[str]:
    """The first periods on a new basis for a region's series, or for the sum of its members, in order."""
    rows = breaks[(breaks["indicator"] == indicator) & breaks["region"].isin(("", region, *members))]
    return sorted(rows["period"].unique(), key=lambda code: parse_period(code).end)


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
    return to_series(rows, breaks, region, indicator, members)


def to_series(
    rows: pd.DataFrame, breaks: pd.DataFrame, region: str, indicator: str, members: tuple[str, ...] = ()
) -> tuple[Figure, ...]:
    """Rows of one region, indicator and unit as figures, oldest first, with the segment of each.

    A sum breaks where one of its members does; a published figure only where its own region's series does.
    """
    ends = {
        derived: [parse_period(code).end for code in break_periods(breaks, region, indicator, parts)]
        for derived, parts in ((False, ()), (True, members))
    }
    figures = (_figure(row, ends[bool(row["derived"])]) for row in rows_of(rows))
    return tuple(sorted(figures, key=lambda figure: figure.position))


def _figure(row: dict[str, object], breaks: list[date]) -> Figure:
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
        segment=sum(end >= first for first in breaks),
    )
