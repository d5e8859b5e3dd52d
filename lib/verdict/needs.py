"""What verdicts need of the store: the regions and indicators that targets ask for, and what those are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.store import Wanted
from lib.verdict.judge import asked_pairs, read_targets
from lib.zones import members_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lib.tables import Tables


def parts_of(asked: Iterable[tuple[str, str]], tables: Tables, *, likely: bool) -> set[tuple[str, str]]:
    """What the regions asked for are made of: their members' figures, tops and bottoms, and levels that growth rates weigh."""
    indicators, members = tables.indicators.set_index("indicator"), members_of(tables.memberships, likely=likely)
    parts: dict[str, set[str]] = {}
    for code, row in indicators.iterrows():
        levels = indicators.index[indicators["growth_indicator"] == code]
        parts[str(code)] = {str(code), str(row["numerator"]), str(row["denominator"]), *map(str, levels)} - {""}
    return {(member, part) for region, code in asked for member in members.get(region, ()) for part in parts[code]}


def needed_by(tables: Tables) -> Wanted:
    """The pairs of region and indicator without which some verdict, or the members it may be made of, would be another."""
    asked = asked_pairs(read_targets(tables), tables.indicators.set_index("indicator"))
    return Wanted(frozenset(asked | parts_of(asked, tables, likely=True)))
