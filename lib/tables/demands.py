"""What each column of a table asks of its cells, told from the checks' own lists: for templates and whoever fills them in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lib.schema import CLOSED_LISTS, NEEDED_TEXTS, TABLE_KEYS, TABLES
from lib.tables.check import MAY_BE_BLANK, NUMBERS, REFERENCES

_DAYS: Final = {("plans", "signed"), ("evidence", "date"), ("evidence", "published")}
_NEEDED: Final = {("evidence", "date"), ("evidence", "source"), ("targets", "source")}
_PERIODS: Final = ("start_period", "target_period", "baseline_period", "period")


@dataclass(frozen=True)
class Demand:
    """A column, whether a cell of it must be filled, and what fills it.

    `kind` is text, own (a code that the row brings), words, code, number, day or period; `of` lists the words, or names the
    table whose codes are meant.
    """

    column: str
    needed: bool
    kind: str = "text"
    of: str = ""


def demands_of(table: str) -> list[Demand]:
    """The columns of a table in their order."""
    return [_demand(table, column) for column in TABLES[table]]


def _demand(table: str, column: str) -> Demand:
    place = (table, column)
    homes = {(here, name): home for here, name, home in REFERENCES}
    words = CLOSED_LISTS.get(place, ())
    needed = column in (*TABLE_KEYS[table], *NEEDED_TEXTS.get(table, ())) or place in _NEEDED
    if words:
        return Demand(column, needed or "" not in words, "words", ", ".join(word for word in words if word))
    if place in homes:
        return Demand(column, place not in MAY_BE_BLANK, "code", homes[place])
    kinds = {
        "own": TABLE_KEYS[table] == (column,),
        "number": column in NUMBERS.get(table, ()),
        "day": place in _DAYS,
        "period": column in _PERIODS,
    }
    kind = next((kind for kind, holds in kinds.items() if holds), "text")
    return Demand(column, needed or (kind == "period" and column != "baseline_period"), kind)
