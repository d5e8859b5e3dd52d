"""Regions made of cities: sums and shares of all their members, never of some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from lib.schema import FIGURE_KEY, Vintage
from lib.series import RANK
from lib.tables import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable

PARTS: Final = ("value", "status", "known_from", "dated")


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
