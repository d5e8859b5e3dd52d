"""The shipped rows of the tables, and over them the uploaded ones that are in use."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from lib.schema import TABLE_KEYS, TABLES, UPLOADED_TABLES
from lib.store import open_additions
from lib.tables import Tables, hold_sound, read_texts, rows_of, to_tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# A row among all tables: its table, and the cells of its key as JSON.
Name = tuple[str, str]
FIRST_LINE: Final = 2  # below the header


@dataclass(frozen=True)
class Place:
    """Where a row stands: the file, its line, and the entry that brought it, 0 for a shipped one."""

    file: str
    row: int
    entry: int = 0


@dataclass(frozen=True)
class Laid:
    """All tables by name, every cell as text, and the place of each row, in the order of the rows."""

    texts: dict[str, pd.DataFrame]
    places: dict[str, list[Place]]

    @property
    def tables(self) -> Tables:
        """The tables as pages read them; not held to be sound."""
        return to_tables(self.texts)

    def rows(self, table: str) -> dict[str, tuple[dict[str, str], Place]]:
        """The rows of a table with their places, by the cells of their key as JSON."""
        pairs = zip(rows_of(self.texts[table]), self.places[table], strict=True)
        return {key_of(table, cells): (cells, place) for cells, place in pairs}


def key_of(table: str, cells: Mapping[str, str]) -> str:
    """The cells of a row's key, as one text."""
    return json.dumps([cells[column] for column in TABLE_KEYS[table]], ensure_ascii=False)


def read_shipped(folder: Path) -> Laid:
    """The tables as they ship."""
    texts = read_texts(folder)
    places = {
        name: [Place(f"{name}.csv", line) for line in range(FIRST_LINE, FIRST_LINE + len(frame))]
        for name, frame in texts.items()
    }
    return Laid(texts, places)


def lay_over(laid: Laid, rows: pd.DataFrame) -> Laid:
    """Lay rows (ADDITION_COLUMNS, `seq` for the entry) over the tables, in their order; one with a known key takes its place."""
    texts, places = dict(laid.texts), dict(laid.places)
    for table, added in rows.groupby("table", sort=False):
        name = str(table)
        if name in UPLOADED_TABLES:
            held = laid.rows(name)
            for row in rows_of(added):
                held[row["key"]] = _read(name, row)
            columns = list(TABLES[name])
            texts[name] = pd.DataFrame([cells for cells, _ in held.values()], columns=columns).astype("str")
            places[name] = [place for _, place in held.values()]
    return Laid(texts, places)


def _read(table: str, row: Mapping[str, Any]) -> tuple[dict[str, str], Place]:
    """The cells and the place of an uploaded row; a column that the table did not have then is blank."""
    kept = json.loads(row["cells"])
    return {column: str(kept.get(column, "")) for column in TABLES[table]}, Place(
        row["file"], int(row["row"]), int(row["seq"])
    )


def read_laid(folder: Path, upto: int | None = None) -> Laid:
    """The tables with what was uploaded for them, as of an entry (None: now). Raises DataError if they cannot be read."""
    return lay_over(read_shipped(folder), open_additions(folder).read(upto))


def read_current(folder: Path, upto: int | None = None) -> Tables:
    """The tables that pages read, as of an entry (None: now), once they hold together. Raises DataError if they do not."""
    return hold_sound(read_laid(folder, upto).tables)
