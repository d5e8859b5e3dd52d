"""All data of a day as one zip that other programs read without asking: a Frictionless data package, with SDMX beside it.

Format: Data Package 1.0 and Table Schema (https://specs.frictionlessdata.io/), which readers of version 2 take as well.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from lib.export.archive import to_zip
from lib.export.figures import in_order
from lib.export.record import verdict_record
from lib.export.sdmx import observations
from lib.export.table import to_csv
from lib.schema import ACTUAL_COLUMNS, TABLES

if TYPE_CHECKING:
    from lib.verdict.board import Board
    from lib.words import Words

# What one row is known by, and in which table the codes of a column are listed: any reader of the format checks both.
KEYS: Final = {
    "plans": "plan", "targets": "target", "indicators": "indicator", "regions": "region", "units": "unit",
    "verdicts": "target",
}  # fmt: skip
LISTED_IN: Final = {
    "plan": "plans", "target": "targets", "indicator": "indicators", "region": "regions", "member": "regions", "unit": "units",
}  # fmt: skip
FIGURE_COLUMNS: Final = (*ACTUAL_COLUMNS, "in_use", "known_from", "release", "upload", "uploaded_at")
SDMX: Final = "sdmx"  # the figures in use once more, as statistical offices exchange them
_SETTINGS: Final = ("weak_sources", "releases")  # how the tracker reads, not what it read


def to_datapackage(board: Board, languages: list[Words]) -> bytes:
    """Everything known and judged on the board's day as a zip: `datapackage.json`, a CSV a table, all vintages, SDMX-CSV.

    The CSV files are UTF-8 without a byte-order mark; texts that a spreadsheet would run carry an apostrophe.
    """
    frames = _frames(board, languages)
    files = {f"data/{name}.csv": to_csv(frame, mark=False) for name, frame in frames.items()}
    files["datapackage.json"] = _json(_describe(board, frames, languages))
    return to_zip(files)


def _frames(board: Board, languages: list[Words]) -> dict[str, pd.DataFrame]:
    """The tables of the package by name: the figures, the verdicts, and what they refer to."""
    stated = {name: getattr(board.tables, name) for name in TABLES if name not in _SETTINGS}
    return {"figures": _figures(board), "verdicts": _verdicts(board, languages), SDMX: observations(board), **stated}


def _figures(board: Board) -> pd.DataFrame:
    """Every vintage known on the day; `in_use` marks the one that counts."""
    rows = in_order(board.known.assign(in_use=board.in_use()))
    dated = rows.assign(
        published=rows["published"].dt.strftime("%Y-%m-%d"),
        known_from=rows["known_from"].dt.strftime("%Y-%m-%d"),
        uploaded_at=rows["uploaded_at"].dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    return dated[list(FIGURE_COLUMNS)].reset_index(drop=True)


def _verdicts(board: Board, languages: list[Words]) -> pd.DataFrame:
    """One row a target: status, marks, the plain numbers and the sentence in each language."""
    return pd.DataFrame([_flat(verdict_record(board, target, languages)) for target in board.targets])


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    """The part of a record that fits one line of a table."""
    plain = ("target", "region", "indicator", "unit", "as_of", "status", "reason", "value", "expected", "expected_today",
             "gap", "gap_closed", "elapsed", "asked", "pace")  # fmt: skip
    figure, baseline, forecast = (record[name] or {} for name in ("figure", "baseline", "forecast"))
    return {
        **{name: record[name] for name in plain},
        "marks": "|".join(record["marks"]),
        "period": figure.get("period"),
        "baseline_period": baseline.get("period"),
        "baseline": baseline.get("value"),
        "forecast": forecast.get("value"),
        "forecast_low": forecast.get("low"),
        "forecast_high": forecast.get("high"),
        **{f"finding_{lang}": sentence for lang, sentence in record["finding"].items()},
    }


def _describe(board: Board, frames: dict[str, pd.DataFrame], languages: list[Words]) -> dict[str, Any]:
    """The package's descriptor."""

    def say(key: str, **holes: str) -> str:
        return " · ".join(words.texts(key, **holes) for words in languages)

    sources = board.tables.plans[["source", "link"]].itertuples(index=False)
    return {
        "profile": "data-package",
        "name": f"targets-{board.as_of.isoformat()}",
        "title": say("package.title"),
        "description": say("package.note", date=board.as_of.isoformat()),
        "version": board.as_of.isoformat(),
        "sources": [{"title": title, **({"path": link} if link else {})} for title, link in sources],
        "resources": [_resource(name, frame, say(f"package.{name}")) for name, frame in frames.items()],
    }


def _resource(name: str, frame: pd.DataFrame, description: str) -> dict[str, Any]:
    """One table: where it lies, its columns and types, its key and what its codes refer to."""
    schema: dict[str, Any] = {"fields": [{"name": column, "type": _type(frame, column)} for column in frame.columns]}
    if name in KEYS:
        schema["primaryKey"] = KEYS[name]
    # A relation leads to a target of another plan, which this package does not hold.
    refers = [column for column in frame.columns if LISTED_IN.get(column, name) != name and name != "relations"]
    schema["foreignKeys"] = [
        {"fields": column, "reference": {"resource": LISTED_IN[column], "fields": KEYS[LISTED_IN[column]]}}
        for column in refers
    ]
    return {
        "name": name, "path": f"data/{name}.csv", "profile": "tabular-data-resource", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "description": description, "schema": schema,
    }  # fmt: skip


def _type(frame: pd.DataFrame, column: str) -> str:
    """A column's type in Table Schema, by name where the frame holds it as text."""
    known = {"published": "date", "known_from": "date", "as_of": "date", "uploaded_at": "datetime", "in_use": "boolean"}
    if column in known:
        return known[column]
    return "number" if pd.api.types.is_numeric_dtype(frame[column]) else "string"


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
