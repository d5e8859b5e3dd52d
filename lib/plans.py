"""One plan of many: the tables narrowed to what it states, the regions it speaks of, since when it can be followed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from lib.schema import DataError
from lib.store import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lib.tables import Tables


def codes_of(tables: Tables) -> list[str]:
    """The codes of the plans, the default one first."""
    return [str(code) for code in tables.plans["plan"]]


def narrow(tables: Tables, plan: str = "") -> Tables:
    """The tables with the rows of one plan only, of the first where `plan` is "".

    What plans share stays whole: indicators, regions, memberships, units, breaks. Raises DataError for a plan that does not
    exist.
    """
    codes = codes_of(tables)
    code = plan or next(iter(codes), "")
    if code not in codes:
        raise DataError("plan_unknown", plan=plan, known=", ".join(codes))
    targets = tables.targets[tables.targets["plan"] == code].reset_index(drop=True)
    stated = set(targets["target"])
    return replace(
        tables,
        plans=tables.plans[tables.plans["plan"] == code].reset_index(drop=True),
        targets=targets,
        paths=tables.paths[tables.paths["target"].isin(stated)],
        evidence=tables.evidence[tables.evidence["target"].isin(stated)],
        commitments=tables.commitments[tables.commitments["target"].isin(stated)],
        relations=tables.relations[tables.relations[["target", "other"]].isin(stated).any(axis=1)],
    )


def regions_of(tables: Tables) -> list[str]:
    """The regions that the targets name, headings first, then their members in the table's order."""
    targets, memberships = tables.targets, tables.memberships
    named = [str(code) for column in ("subject", "region") for code in targets[column].drop_duplicates()]
    members = set(memberships.loc[memberships["region"].isin(named), "member"])
    headings = list(dict.fromkeys(targets["subject"]))
    others = {*named, *members} - set(headings)
    return [*map(str, headings), *(str(code) for code in tables.regions["region"] if code in others)]


def spoken_of(tables: Tables) -> frozenset[str]:
    """The regions that any plan speaks of: those that targets name, their benchmarks, and all that regions are made of."""
    columns = [tables.targets[name] for name in ("subject", "region", "benchmark")]
    columns += [tables.memberships[name] for name in ("region", "member")]
    return frozenset(str(code) for column in columns for code in column.unique() if code)


def wanted_by(tables: Tables, others: Iterable[str] = ()) -> Wanted:
    """What the pages need of the store: every indicator of the regions that plans speak of, and of some others."""
    codes = [str(code) for code in tables.indicators["indicator"]]
    return Wanted(frozenset((region, code) for region in spoken_of(tables) | set(others) for code in codes))


def indicators_of(tables: Tables) -> set[str]:
    """The indicators of the targets, those that they are made of, and the published growth of any of them."""
    rows = tables.indicators.set_index("indicator")
    found = set(tables.targets["indicator"]) & set(rows.index)
    for columns in (["numerator", "denominator"], ["growth_indicator"]):
        found |= {str(code) for code in rows.loc[sorted(found), columns].to_numpy().ravel() if code}
    return found


@lru_cache(maxsize=8)
def begins_of(tables: Tables) -> dict[str, date]:
    """The first day on which each plan can be looked at: that of its signing, else the first of its first year."""
    rows = tables.plans[["plan", "signed", "start_period"]].itertuples(index=False)
    return {str(plan): _day(str(signed), str(start)) for plan, signed, start in rows}


def _day(signed: str, start: str) -> date:
    try:
        return date.fromisoformat(signed)
    except ValueError:
        return date(int(start[:4]), 1, 1)
