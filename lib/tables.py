"""Read the tables under `data/` and check that they hold together."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from lib.access import Rule, find_faults, read_rule
from lib.periods import read_period
from lib.schema import (
    CLOSED_LISTS,
    OPERATORS,
    OPERATORS_OF,
    ROLE_COLUMNS,
    TABLES,
    DataError,
    Kind,
    Nature,
    Problem,
)

ROOT: Final = Path(__file__).resolve().parent.parent
NUMBERS: Final = {
    "targets": ("value", "baseline_value"),
    "releases": ("first_days", "later_days"),
    "paths": ("value",),
    "indicators": ("decimals", "minimum", "maximum"),
}


GROWTH_KINDS: Final = (Kind.AVERAGE_GROWTH, Kind.RELATIVE)
YEAR: Final = "[12][0-9]{3}"
_MAY_BE_BLANK: Final = {
    ("targets", "benchmark"), ("targets", "unit"), ("breaks", "region"), ("regions", "parent"),
    ("indicators", "unit"), ("indicators", "numerator"), ("indicators", "denominator"), ("indicators", "growth_indicator"),
}  # fmt: skip


@dataclass(frozen=True)
class Tables:
    """The tables of `data/`, one frame each, columns as `schema.TABLES` lists them; text but for the numbers. Read-only."""

    plans: pd.DataFrame
    targets: pd.DataFrame
    indicators: pd.DataFrame
    regions: pd.DataFrame
    memberships: pd.DataFrame
    units: pd.DataFrame
    paths: pd.DataFrame
    breaks: pd.DataFrame
    releases: pd.DataFrame
    weak_sources: pd.DataFrame
    evidence: pd.DataFrame
    commitments: pd.DataFrame
    relations: pd.DataFrame
    headers: pd.DataFrame


def data_dir() -> Path:
    """The folder of the tables: `TRACKER_DATA` if set, else the project's `data/`."""
    return Path(os.environ.get("TRACKER_DATA") or ROOT / "data")


def fingerprint(folder: Path) -> str:
    """Name the state of the tables: changes whenever one of the files does."""
    return "-".join(f"{path.stat().st_mtime_ns:x}" for path in sorted(folder.glob("*.csv")))


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


def read_tables(folder: Path) -> Tables:
    """All tables. Raises DataError if one cannot be used."""
    frames = {name: read_table(folder / f"{name}.csv", columns) for name, columns in TABLES.items()}
    headers = read_table(folder / "headers.csv", ("column", "alias"))
    for name, columns in NUMBERS.items():
        numbers = {column: pd.to_numeric(frames[name][column], errors="coerce") for column in columns}
        frames[name] = frames[name].assign(**numbers)
    return Tables(headers=headers, **frames)


def read_sound_tables(folder: Path) -> Tables:
    """All tables, once they hold together. Raises DataError if they do not."""
    tables = read_tables(folder)
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
    """The rows as dictionaries by column name."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def read_boundaries(folder: Path) -> str:
    """The boundaries of the regions as GeoJSON text."""
    return (folder / "geo" / "prefectures.geojson").read_text(encoding="utf-8")


def shipped_files(folder: Path) -> dict[str, bytes]:
    """The figures that come with the tracker by file name, in the order in which they enter the store."""
    return {path.name: path.read_bytes() for path in sorted((folder / "actuals" / "shipped").glob("*.csv"))}


def example_files(folder: Path) -> dict[str, bytes]:
    """Made-up files to try an upload with, by name; the names say what they are."""
    return {path.name: path.read_bytes() for path in sorted((folder / "examples").glob("made-up-*.csv"))}


def check_tables(tables: Tables) -> list[Problem]:
    """Everything wrong between the tables; `Problem.row` is the line of the file, `Problem.column` "table.column"."""
    problems = [*_check_keys(tables), *_check_codes(tables), *_check_targets(tables), *_check_evidence(tables)]
    return sorted(problems, key=lambda problem: (problem.column, problem.row))


def _lines(frame: pd.DataFrame, wrong: pd.Series, table: str, column: str, code: str) -> list[Problem]:
    """One problem for each row of the frame where `wrong` holds."""
    return [
        Problem(code, int(position) + 2, f"{table}.{column}", str(frame[column].iloc[position]))
        for position in wrong.to_numpy().nonzero()[0]
    ]


def _check_keys(tables: Tables) -> list[Problem]:
    keys = {
        "plans": "plan", "targets": "target", "indicators": "indicator", "regions": "region", "units": "unit",
        "commitments": "target",
    }  # fmt: skip
    found: list[Problem] = []
    for table, column in keys.items():
        frame = getattr(tables, table)
        found += _lines(frame, frame[column].duplicated() | (frame[column] == ""), table, column, "key_not_unique")
    return found


def _check_codes(tables: Tables) -> list[Problem]:
    references = (
        ("targets", "plan", tables.plans["plan"]),
        ("targets", "region", tables.regions["region"]),
        ("targets", "subject", tables.regions["region"]),
        ("targets", "benchmark", tables.regions["region"]),
        ("targets", "indicator", tables.indicators["indicator"]),
        ("memberships", "region", tables.regions["region"]),
        ("memberships", "member", tables.regions["region"]),
        ("paths", "target", tables.targets["target"]),
        ("breaks", "indicator", tables.indicators["indicator"]),
        ("breaks", "region", tables.regions["region"]),
        ("releases", "indicator", tables.indicators["indicator"]),
        ("evidence", "target", tables.targets["target"]),
        ("targets", "unit", tables.units["unit"]),
        ("indicators", "unit", tables.units["unit"]),
        ("indicators", "numerator", tables.indicators["indicator"]),
        ("indicators", "denominator", tables.indicators["indicator"]),
        ("indicators", "growth_indicator", tables.indicators["indicator"]),
        ("regions", "parent", tables.regions["region"]),
        ("commitments", "target", tables.targets["target"]),
        ("relations", "target", tables.targets["target"]),
        ("relations", "other", tables.targets["target"]),
    )
    found: list[Problem] = []
    for table, column, allowed in references:
        blank = [""] if (table, column) in _MAY_BE_BLANK else []
        found += _check_words(tables, table, column, [*allowed, *blank])
    for (table, column), words in CLOSED_LISTS.items():
        found += _check_words(tables, table, column, words)
    return found


def _check_words(tables: Tables, table: str, column: str, allowed: Iterable[str]) -> list[Problem]:
    """A problem for each cell that holds none of the words allowed."""
    frame = getattr(tables, table)
    return _lines(frame, ~frame[column].isin(list(allowed)), table, column, "code_unknown")


def _check_targets(tables: Tables) -> list[Problem]:
    targets = tables.targets
    canonical = targets["indicator"].map(
        dict(zip(tables.indicators["indicator"], tables.indicators["unit"], strict=True))
    )
    kind = targets["kind"]
    nature = targets["indicator"].map(
        dict(zip(tables.indicators["indicator"], tables.indicators["nature"], strict=True))
    )
    needs_value = kind.isin((Kind.LEVEL, Kind.AVERAGE_GROWTH, Kind.CUMULATIVE_CHANGE, Kind.EVERY_PERIOD))
    fits = pd.Series(
        [
            operator in OPERATORS_OF.get(kind, OPERATORS)
            for kind, operator in zip(kind, targets["operator"], strict=True)
        ]
    )
    return [
        *_lines(targets, needs_value & targets["value"].isna(), "targets", "value", "target_value_missing"),
        *_lines(
            targets, (kind == Kind.RELATIVE) & (targets["benchmark"] == ""), "targets", "benchmark", "benchmark_missing"
        ),
        *_lines(
            targets, (kind == Kind.LEVEL) & (targets["unit"] != canonical), "targets", "unit", "target_unit_differs"
        ),
        *_lines(targets, ~fits, "targets", "operator", "operator_unfit"),
        *_lines(targets, kind.isin(GROWTH_KINDS) & ~nature.eq(Nature.GROWTH), "targets", "kind", "kind_needs_growth"),
        *_lines(
            targets, (kind != Kind.MILESTONE) & ~_are_years(targets), "targets", "target_period", "target_not_a_year"
        ),
        *_lines(targets, _too_long(targets), "targets", "every", "every_too_long"),
        *_periods(targets, "targets", "start_period"),
        *_periods(targets, "targets", "target_period"),
        *_periods(tables.breaks, "breaks", "period"),
        *_periods(tables.breaks[tables.breaks["revised_period"] != ""], "breaks", "revised_period"),
        *_periods(tables.paths, "paths", "period"),
        *_lines(tables.paths, tables.paths["value"].isna(), "paths", "value", "target_value_missing"),
        *_lines(targets, targets["source"] == "", "targets", "source", "source_missing"),
    ]


def _are_years(targets: pd.DataFrame) -> pd.Series:
    """Whether start and target period are whole years, which is what targets with figures are judged by."""
    return targets["start_period"].str.fullmatch(YEAR) & targets["target_period"].str.fullmatch(YEAR)


def _too_long(targets: pd.DataFrame) -> pd.Series:
    """Whether what recurs would not fall due once within the plan."""
    span = [
        int(last[:4]) - int(first[:4]) + 1 if first[:4].isdigit() and last[:4].isdigit() else 0
        for first, last in zip(targets["start_period"], targets["target_period"], strict=True)
    ]
    return pd.to_numeric(targets["every"], errors="coerce").fillna(0) > pd.Series(span)


def _check_evidence(tables: Tables) -> list[Problem]:
    frame = tables.evidence
    days = {
        column: pd.to_datetime(frame[column], errors="coerce", format="%Y-%m-%d") for column in ("date", "published")
    }
    undated = days["published"].isna() & (frame["published"] != "")
    return [
        *_lines(frame, days["date"].isna(), "evidence", "date", "date_unknown"),
        *_lines(frame, undated, "evidence", "published", "date_unknown"),
    ]


def _periods(frame: pd.DataFrame, table: str, column: str) -> list[Problem]:
    """A problem for each cell that is no canonical period."""
    wrong = frame[column].map(lambda text: text == "" or read_period(text) != text)
    return _lines(frame, wrong.astype(bool), table, column, "period_unknown")
