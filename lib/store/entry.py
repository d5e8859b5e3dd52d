"""One entry of the store as one Parquet file: the figures, what describes them, and a seal over both."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from lib.schema import ACTUAL_COLUMNS, FIGURE_KEY, ORIGIN_COLUMNS, STORED_COLUMNS

_UTC: Final = pa.timestamp("us", "UTC")
_TYPES: Final = {"value": "float64", "row": "int32", "seq": "int32", "published": "date32", "uploaded_at": _UTC}
SCHEMA: Final = pa.schema([(name, _TYPES.get(name, "string")) for name in STORED_COLUMNS])
FIGURES: Final = pa.schema([SCHEMA.field(name) for name in ACTUAL_COLUMNS + ORIGIN_COLUMNS])


@dataclass(frozen=True)
class Upload:
    """One entry of the store. `active`: an append no undo had withdrawn at the moment asked about; never an undo."""

    upload: str
    seq: int
    action: str  # "append" or "undo"
    undoes: str  # the upload an undo withdraws, else ""
    rows: int
    name: str  # the file's name as shown, never a path
    user: str
    uploaded_at: datetime
    digest: str  # sha256 of the file's bytes and the form's fields
    source_sha256: str  # sha256 of the file's bytes, its name under raw/; "" for an undo
    active: bool


def digest_of(*parts: str) -> str:
    """Give the sha256 of several texts, told apart from any other way to cut them."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def to_figures(rows: pd.DataFrame) -> pa.Table:
    """Bring rows to FIGURES, ordered by row: missing text is "", a missing number or date null."""
    ordered = rows.sort_values("row", kind="stable")
    text = {field.name: ordered[field.name].astype("string").fillna("") for field in FIGURES if field.type == "string"}
    return pa.table([pa.array(ordered.assign(**text)[f.name], f.type, from_pandas=True) for f in FIGURES], FIGURES)


def keys_of(figures: pa.Table) -> set[tuple[str, ...]]:
    """Give the FIGURE_KEY of every row."""
    return set(zip(*(figures[name].to_pylist() for name in FIGURE_KEY), strict=True))


def encode(upload: Upload, figures: pa.Table) -> bytes:
    """Write an entry as Parquet; its description and the seal over everything go into the key-value metadata."""
    stamps = (upload.upload, upload.seq, upload.uploaded_at, upload.user)
    table = pa.table([*figures.columns, *([stamp] * len(figures) for stamp in stamps)], schema=SCHEMA)
    entry = json.dumps(asdict(upload), default=str)
    sink = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata({"entry": entry, "content": _seal(entry, table)}), sink)
    return bytes(sink.getvalue())


def _seal(entry: str, table: pa.Table) -> str:
    """Hash the description and every cell, the same whatever the Parquet encoding or pyarrow's version."""
    coded = [column.combine_chunks().dictionary_encode() for column in table.columns]
    values = json.dumps([column.dictionary.to_pylist() for column in coded], default=str)
    return digest_of(entry, values, *(column.indices.fill_null(-1).to_numpy().tobytes().hex() for column in coded))


@lru_cache(maxsize=8192)
def load(path: Path, _size: int, _changed: int) -> tuple[Upload, pa.Table]:
    """Read one entry and hold it against its seal, row count and number; once a process, as entries never change."""
    stored = pq.ParquetFile(pa.BufferReader(path.read_bytes())).read()
    entry = stored.schema.metadata[b"entry"].decode()
    table = stored.replace_schema_metadata().cast(SCHEMA)
    fields = json.loads(entry)
    upload = Upload(**{**fields, "uploaded_at": datetime.fromisoformat(fields["uploaded_at"])})
    stated = (stored.schema.metadata[b"content"].decode(), upload.rows, upload.seq)
    if stated != (_seal(entry, table), len(table), int(path.stem)):
        raise ValueError("content differs from its seal or number")
    return upload, table
