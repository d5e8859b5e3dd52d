"""Read the tables under `data/`, and the files that come with them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

import pandas as pd

from lib.access import Rule, find_faults, read_rule
from lib.schema import ROLE_COLUMNS, TABLES, DataError, Problem
from lib.tables.check import Tables, check_tables, to_tables

ROOT: Final = Path(__file__).resolve().parents[2]
HEADERS: Final = ("column", "alias")


def data_dir() -> Path:
    """The folder of the tables: `TRACKER_DATA` if set, else the project's `data/`."""
    return Path(os.environ.get("TRACKER_DATA") or ROOT / "data")


def fingerprint(folder: Path) -> str:
    """Name the state of the tables: changes whenever one of the files does."""
    if not folder.is_dir():
        return ""
    with os.scandir(folder) as found:  # asked several times for each page, and twice as fast as by patterns
        stamps = {entry.name: entry.stat().st_mtime_ns for entry in found if entry.name.endswith(".csv")}
    return "-".join(f"{stamps[name]:x}" for name in sorted(stamps))


def read_table(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    """One table as text, blank cells as "". Raises DataError if the file or a column is missing."""
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError) as error:  # no file, not UTF-8, empty, or not a table
        raise DataError("table_unreadable", table=path.name) from error
    missing = [column for column in columns if column not in frame]
    if missing:
        raise DataError("table_column_missing", table=path.name, columns=", ".join(missing))
    return frame[list(columns)]


def read_texts(folder: Path) -> dict[str, pd.DataFrame]:
    """All tables by name, every cell as text. Raises DataError if one cannot be used."""
    return {
        name: read_table(folder / f"{name}.csv", columns) for name, columns in {**TABLES, "headers": HEADERS}.items()
    }


def read_tables(folder: Path) -> Tables:
    """All tables. Raises DataError if one cannot be used."""
    return to_tables(read_texts(folder))


def read_sound_tables(folder: Path) -> Tables:
    """All tables, once they hold together. Raises DataError if they do not."""
    return hold_sound(read_tables(folder))


def hold_sound(tables: Tables) -> Tables:
    """Give the tables back if they hold together. Raises DataError if they do not."""
    problems = check_tables(tables)
    if problems:
        first = f"{problems[0].column}:{problems[0].row}"
        raise DataError("tables_inconsistent", count=str(len(problems)), first=first)
    return tables


def read_rules(folder: Path, tables: Tables) -> tuple[Rule, ...]:
    """Who may write, as the maintainer's roles.csv says; none where there is no such file. Raises DataError if it is unsound."""
    problems = check_rules(folder, tables)
    if problems:
        raise DataError("roles_unsound", count=str(len(problems)), first=f"{problems[0].column}:{problems[0].row}")
    return tuple(map(read_rule, _role_rows(folder)))


def check_rules(folder: Path, tables: Tables) -> list[Problem]:
    """Everything wrong with roles.csv, as `check_tables` lists it. Raises DataError if it cannot be read."""
    return find_faults(_role_rows(folder), tables.regions["region"])


def _role_rows(folder: Path) -> list[dict[str, Any]]:
    path = folder / "roles.csv"
    return rows_of(read_table(path, ROLE_COLUMNS)) if path.exists() else []


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dictionaries by column name, cells as plain Python values."""
    names, columns = [str(name) for name in frame.columns], [_cells(frame[name]) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _cells(column: pd.Series) -> list[Any]:
    """A column as a list; text and categories at once, as asking for each of their cells takes ten times as long."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        texts = [*column.cat.categories.tolist(), float("nan")]  # code -1, the last one, is a missing cell
        return [texts[code] for code in column.cat.codes.tolist()]
    return list(column.to_numpy(dtype=object).tolist() if column.dtype == "str" else column.tolist())


def read_boundaries(folder: Path) -> str:
    """The boundaries of the regions as GeoJSON text."""
    return (folder / "geo" / "prefectures.geojson").read_text(encoding="utf-8")


def shipped_files(folder: Path) -> dict[str, bytes]:
    """The figures that come with the tracker by file name, in the order in which they enter the store."""
    return {path.name: path.read_bytes() for path in sorted((folder / "actuals" / "shipped").glob("*.csv"))}


def example_files(folder: Path) -> dict[str, bytes]:
    """Made-up files to try an upload with, by name; the names say what they are."""
    return {path.name: path.read_bytes() for path in sorted((folder / "examples").glob("made-up-*.csv"))}
