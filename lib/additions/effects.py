"""Which plans rows for the tables reach, so that only their verdicts are looked at again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from lib.additions.review import UNCHANGED
from lib.plans import codes_of, indicators_of, narrow, regions_of
from lib.tables import rows_of

if TYPE_CHECKING:
    import pandas as pd

    from lib.tables import Tables

_OF_TARGETS: Final = frozenset({"targets", "paths", "commitments", "evidence", "relations"})
_OF_REGIONS: Final = frozenset({"regions", "memberships"})


def plans_touched(rows: pd.DataFrame, before: Tables, after: Tables) -> list[str]:
    """The codes of the plans that reviewed rows change or say something of, in the order of the tables after."""
    named = {"plans": set[str](), "targets": set[str](), "regions": set[str](), "indicators": set[str]()}
    for row in rows_of(rows[rows["change"] != UNCHANGED]):
        table, key = row["table"], json.loads(row["key"])
        kind = "targets" if table in _OF_TARGETS else "regions" if table in _OF_REGIONS else table
        named[kind].update(key if table == "relations" else key[:1])
    return [code for code in codes_of(after) if any(_speaks(code, tables, named) for tables in (before, after))]


def _speaks(plan: str, tables: Tables, named: dict[str, set[str]]) -> bool:
    """Whether a plan is named, or states something of what is."""
    if plan in named["plans"]:
        return True
    if plan not in codes_of(tables):
        return False
    own = narrow(tables, plan)
    spoken = {
        "targets": set(own.targets["target"]),
        "regions": set(regions_of(own)) if named["regions"] else set[str](),
        "indicators": indicators_of(own) if named["indicators"] else set[str](),
    }
    return any(spoken[kind] & named[kind] for kind in spoken)
