"""Check rows that were sent for the tables with the tables as they stand, and say what they would change."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from lib.access import OPEN_TABLES, Role, User
from lib.additions.overlay import FIRST_LINE, Laid, Place, key_of, lay_over
from lib.ingest.tabular import ROW
from lib.schema import ADDITION_COLUMNS, TABLES, Problem
from lib.tables import check_keys, check_numbers, check_tables, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lib.ingest.tabular import Parsed
    from lib.tables import Tables

NEW: Final = "new"
CHANGED: Final = "changed"
UNCHANGED: Final = "unchanged"
# What a review adds to ADDITION_COLUMNS: what a row does, the cells it takes the place of as JSON ("" where none), and
# the entry that brought those (0: they came with the tracker).
REVIEW_COLUMNS: Final = (*ADDITION_COLUMNS, "change", "was", "held_by")


@dataclass(frozen=True)
class Sent:
    """A file that was sent, its name and bytes, and what was read in it."""

    name: str
    raw: bytes
    parsed: Parsed


@dataclass(frozen=True)
class Flaw:
    """One thing wrong: the file, and the problem; `table` is "" where the file cannot be read, not a table's row."""

    file: str
    problem: Problem
    table: str = ""

    @property
    def is_error(self) -> bool:
        """Whether it stops the upload."""
        return self.problem.severity == "error"


@dataclass(frozen=True)
class Review:
    """Everything wrong, and each row with what it would do (REVIEW_COLUMNS), in the order sent; `laid`: the tables with them."""

    flaws: list[Flaw]
    rows: pd.DataFrame
    laid: Laid
    tables: Tables | None = None

    @property
    def ok(self) -> bool:
        """Whether all rows can be kept."""
        return not any(flaw.is_error for flaw in self.flaws)

    @property
    def to_keep(self) -> pd.DataFrame:
        """The rows worth keeping (ADDITION_COLUMNS): those that say what came with the tracker in the same words are not."""
        same = (self.rows["change"] == UNCHANGED) & (self.rows["held_by"] == 0)
        return self.rows.loc[~same, list(ADDITION_COLUMNS)].reset_index(drop=True)

    @property
    def idle(self) -> bool:
        """Whether no row would change anything."""
        return bool((self.rows["change"] == UNCHANGED).all())


def review(sent: Sequence[Sent], laid: Laid, *, today: date, user: User | None = None) -> Review:
    """Check what was sent as a whole: nothing of it may be kept unless all is sound. Never raises for what is in it.

    `laid`: the tables as they stand. `user`: whose rights the rows are held against, None for nobody's.
    """
    flaws = [Flaw(item.name, found) for item in sent for found in item.parsed.problems]
    if any(flaw.is_error for flaw in flaws):
        return Review(flaws, _frame([]), laid)
    rows = _frame([row for item in sent for row in _read_rows(item, laid)])
    after = lay_over(laid, rows.assign(seq=-1))
    tables = after.tables
    numbers = check_numbers(after.texts)
    told = {(item.column, item.row) for item in numbers}
    others = [item for item in check_tables(tables) if (item.column, item.row) not in told]
    flaws += [_placed(item, after) for item in (*numbers, *others)]
    flaws += [*_find_repeated(rows), *_find_coming(rows, today)]
    flaws += _find_foreign(rows, user) if user else []
    return Review(sorted(flaws, key=lambda flaw: (flaw.file, flaw.problem.row)), rows, after, tables)


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    kinds = dict.fromkeys(REVIEW_COLUMNS, "str") | {"row": "int64", "held_by": "int64"}
    return pd.DataFrame(rows, columns=list(REVIEW_COLUMNS)).astype(kinds)


def _read_rows(item: Sent, laid: Laid) -> list[dict[str, Any]]:
    """Each row of a file beside the one whose place it takes."""
    regions = dict(zip(laid.texts["targets"]["target"], laid.texts["targets"]["region"], strict=True))
    found = []
    for part in item.parsed.parts:
        held = laid.rows(part.table)
        for row in rows_of(part.rows):
            cells = {column: str(row[column]) for column in TABLES[part.table]}
            key = key_of(part.table, cells)
            was, place = held.get(key, (None, Place("", 0)))
            change = NEW if was is None else UNCHANGED if was == cells else CHANGED
            region = regions.get(cells["target"], "") if part.table in OPEN_TABLES else ""
            said = {"table": part.table, "key": key, "region": region, "cells": _spell(cells), "file": item.name}
            held_by = {"was": "" if was is None else _spell(was), "held_by": place.entry}
            found.append({**said, "row": int(row[ROW]), "change": change, **held_by})
    return found


def _spell(cells: dict[str, str]) -> str:
    return json.dumps(cells, ensure_ascii=False)


def _placed(found: Problem, laid: Laid) -> Flaw:
    """A problem between the tables where its row really stands: in a file that was sent, or in a table of the tracker."""
    table, column = found.column.split(".", 1)
    place = laid.places[table][found.row - FIRST_LINE]
    return Flaw(place.file, Problem(found.code, place.row, column, found.value, found.hint), table)


def _find_repeated(rows: pd.DataFrame) -> list[Flaw]:
    """Rows that are about the same as one before them in what was sent: neither may be preferred."""
    again = rows[rows.duplicated(["table", "key"])]
    flaws = []
    for row in rows_of(again):
        table, cells = row["table"], json.loads(row["cells"])
        twice = pd.DataFrame([cells, cells])
        found = next(item for item in check_keys(twice, table) if item.code in {"key_not_unique", "row_repeated"})
        column = found.column.split(".", 1)[1]
        flaws.append(Flaw(row["file"], Problem(found.code, row["row"], column, found.value, found.hint), table))
    return flaws


def _find_coming(rows: pd.DataFrame, today: date) -> list[Flaw]:
    """Evidence of a day to come: a statement is dated by the day on which it was made."""
    evidence = rows_of(rows[rows["table"] == "evidence"])
    return [
        Flaw(row["file"], Problem("day_to_come", row["row"], column, day, {"today": today.isoformat()}), "evidence")
        for row in evidence
        for column, day in json.loads(row["cells"]).items()
        if column in {"date", "published"} and _is_after(day, today)
    ]


def _is_after(text: str, today: date) -> bool:
    try:
        return date.fromisoformat(text) > today
    except ValueError:
        return False  # no day at all, which is told elsewhere


def _find_foreign(rows: pd.DataFrame, user: User) -> list[Flaw]:
    """Rows that an uploader may not send: of tables that only administrators add to, or of regions of others."""
    if user.role is not Role.UPLOADER:
        return []
    foreign = set(user.foreign(map(str, rows["region"].unique())))
    flaws = []
    for row in rows_of(rows):
        named = json.loads(row["key"])[0]
        if row["table"] not in OPEN_TABLES:
            flaws.append(Flaw(row["file"], Problem("table_not_yours", row["row"], "", named), row["table"]))
        elif row["region"] in foreign:
            flaws.append(Flaw(row["file"], Problem("evidence_not_yours", row["row"], "target", named), row["table"]))
    return flaws
