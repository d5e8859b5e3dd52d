"""One clean series for a region and indicator: vintage as of a date, zones of all their members, breaks marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from lib.periods import parse_period
from lib.schema import FIGURE_KEY, Basis, Vintage
from lib.tables import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

SETTLED: Final = (Vintage.REVISED, Vintage.FINAL)
PARTS: Final = ("value", "status", "known_from", "dated")
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


def whole_members(memberships: pd.DataFrame) -> dict[str, list[str]]:
    """The regions that may be summed and their members: every counted member known with high confidence and as a whole."""
    counted = memberships[memberships["counted"] == "yes"]
    certain = (counted["confidence"] == "high") & (counted["extent"] == "whole")
    complete = certain.groupby(counted["region"]).all()
    summable = counted[counted["region"].map(complete)]
    return {str(region): list(members) for region, members in summable.groupby("region")["member"]}


def add_zones(picked: pd.DataFrame, memberships: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Append each zone's sums and ratios, only where every member has the figure; a published zone figure is kept instead.

    Adds the column `derived`. Growth rates and shares without numerator and denominator are never aggregated.
    """
    published = picked.assign(derived=False)
    sums = [_sum_members(published, zone, members, indicators) for zone, members in whole_members(memberships).items()]
    both = pd.concat([published, *(frame for frame in sums if len(frame))], ignore_index=True)
    both = pd.concat([both, *(frame for frame in _ratios(both, indicators) if len(frame))], ignore_index=True)
    return both.drop_duplicates(list(FIGURE_KEY), keep="first").reset_index(drop=True)


def _sum_members(figures: pd.DataFrame, zone: str, members: list[str], indicators: pd.DataFrame) -> pd.DataFrame:
    summable = indicators.loc[indicators["aggregation"] == "sum", "indicator"]
    rows = figures[figures["region"].isin(members) & figures["indicator"].isin(summable) & (figures["qualifier"] == "")]
    keys = [key for key in FIGURE_KEY if key != "region"]
    groups = rows.groupby(keys, observed=True)
    complete = groups["region"].transform("nunique") == len(members)
    whole = rows[complete]
    if whole.empty:
        return whole
    least = whole["status"].map(RANK).astype("int64").groupby([whole[key] for key in keys], observed=True).min()
    total = whole.groupby(keys, observed=True).agg(
        value=("value", "sum"), known_from=("known_from", "max"), dated=("dated", "all")
    )
    statuses = least.map(dict(enumerate(Vintage))).rename("status")
    return total.join(statuses).reset_index().assign(region=zone, derived=True, qualifier="", source="", link="")


def _ratios(figures: pd.DataFrame, indicators: pd.DataFrame) -> Iterable[pd.DataFrame]:
    """Zone shares from summed numerator and denominator, in per cent. Source: numerator / denominator * 100."""
    keys = ["region", "period", "basis", "unit"]
    derived = figures[figures["derived"]]
    shares = indicators[(indicators["aggregation"] == "ratio") & (indicators["numerator"] != "")]
    for share in rows_of(shares):
        top = derived[derived["indicator"] == share["numerator"]]
        bottom = derived[derived["indicator"] == share["denominator"]]
        pair = top.merge(bottom[[*keys, *PARTS]], on=keys, suffixes=("", "_whole"), validate="one_to_one")
        yield _divide(pair).assign(indicator=share["indicator"], unit=share["unit"])


def _divide(pair: pd.DataFrame) -> pd.DataFrame:
    """The ratio of value and value_whole in per cent, as late, as undated and as unsettled as the weaker of the two."""
    ranks = pd.concat([pair[column].map(RANK).astype("int64") for column in ("status", "status_whole")], axis=1)
    return pair.assign(
        value=pair["value"] / pair["value_whole"] * 100,
        known_from=pair["known_from"].mask(pair["known_from"] < pair["known_from_whole"], pair["known_from_whole"]),
        dated=pair["dated"].astype(bool) & pair["dated_whole"].astype(bool),
        status=ranks.min(axis=1).map(dict(enumerate(Vintage))),
    ).drop(columns=[f"{part}_whole" for part in PARTS])


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
