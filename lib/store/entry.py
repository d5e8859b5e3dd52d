"""One entry of the store as rows: the figures, on each row what describes the upload, and a seal over all of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TypeAlias

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lib.schema import ACTUAL_COLUMNS, FIGURE_KEY, ORIGIN_COLUMNS, STAMP_COLUMNS, STORED_COLUMNS

_UTC: Final = pa.timestamp("us", "UTC")
_TYPES: Final = {"value": "float64", "row": "int32", "seq": "int32", "published": "date32", "uploaded_at": _UTC}
_SAID: Final = ("action", "undoes", "name", "digest", "source_sha256")  # of the upload, beside its stamps


def _schema(*columns: str) -> pa.Schema:
    """Give the columns with their types."""
    return pa.schema([(name, _TYPES.get(name, "string")) for name in columns])


SCHEMA: Final = _schema(*STORED_COLUMNS)
FIGURES: Final = _schema(*ACTUAL_COLUMNS, *ORIGIN_COLUMNS)
LAYOUT: Final = _schema(*STORED_COLUMNS, *_SAID, "seal")


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


Entry: TypeAlias = tuple[Upload, pa.Table]


def digest_of(*parts: str) -> str:
    """Give the sha256 of several texts, told apart from any other way to cut them."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def to_figures(rows: pd.DataFrame) -> pa.Table:
    """Bring rows to FIGURES, ordered by row: missing text is "", a missing number or date null."""
    ordered = rows.sort_values("row", kind="stable")
    return pa.table([_column(ordered[field.name], field.type) for field in FIGURES], FIGURES)


def _column(cells: pd.Series, kind: pa.DataType) -> pa.Array:
    if kind != pa.string():
        return pa.array(cells, kind, from_pandas=True)
    text = cells if cells.dtype == "str" else cells.astype("string")
    return pa.array(text, kind, from_pandas=True).fill_null("")


def keys_of(figures: pa.Table) -> set[tuple[str, ...]]:
    """Give the FIGURE_KEY of every row."""
    return set(zip(*(figures[name].to_pylist() for name in FIGURE_KEY), strict=True))


def to_rows(upload: Upload, figures: pa.Table) -> pa.Table:
    """Give an entry as LAYOUT; one without figures, such as an undo, is a single row whose FIGURES are null."""
    if not len(figures):
        figures = pa.table([pa.nulls(1, field.type) for field in FIGURES], FIGURES)
    stamps = [[getattr(upload, name)] * len(figures) for name in (*STAMP_COLUMNS, *_SAID)]
    plain = pa.table([*(figures[name] for name in FIGURES.names), *stamps], schema=pa.schema(list(LAYOUT)[:-1]))
    return plain.append_column(LAYOUT.field("seal"), pa.array([_seal(plain)] * len(plain)))


def encode(upload: Upload, figures: pa.Table) -> bytes:
    """Write an entry as Parquet."""
    sink = pa.BufferOutputStream()
    pq.write_table(to_rows(upload, figures), sink)
    return bytes(sink.getvalue())


def decode(raw: bytes) -> Entry:
    """Read an entry from Parquet, of this layout or the first. Raises ValueError and the like if it is not sound."""
    stored = pq.ParquetFile(pa.BufferReader(raw)).read()
    return _from_first_layout(stored) if is_first_layout(stored.schema) else from_rows(stored)


def from_rows(stored: pa.Table) -> Entry:
    """Take an entry from its rows, in whatever order, and hold it against its seal."""
    table = stored.select(LAYOUT.names).replace_schema_metadata().cast(LAYOUT)
    if set(table["seal"].to_pylist()) != {_seal(table.drop_columns("seal"))}:
        raise ValueError("content differs from its seal")
    figures = table.filter(pc.is_valid(table["row"])).select(SCHEMA.names).combine_chunks()
    return _describe(table, len(figures)), figures


def describe(raw: bytes) -> Upload:
    """Read what describes an entry without its figures: a part of the work of `decode`, and not held against the seal."""
    file = pq.ParquetFile(pa.BufferReader(raw))
    if is_first_layout(file.schema_arrow):
        return _from_first_layout(file.read())[0]
    said = file.read(columns=[*STAMP_COLUMNS, *_SAID])
    return _describe(said, len(said) if said["action"][0].as_py() == "append" else 0)


def _describe(table: pa.Table, rows: int) -> Upload:
    """Take the description from the first row; every row carries it."""
    first = table.select([*STAMP_COLUMNS, *_SAID]).slice(0, 1).to_pylist()[0]
    stamped = {**first, "uploaded_at": first["uploaded_at"].astimezone(UTC)}
    return Upload(**stamped, rows=rows, active=first["action"] == "append")


def is_first_layout(schema: pa.Schema) -> bool:
    """Tell an entry of the first layout, whose description stands in the Parquet file's metadata alone."""
    return b"entry" in (schema.metadata or {})


def _from_first_layout(stored: pa.Table) -> Entry:
    entry = stored.schema.metadata[b"entry"].decode()
    table = stored.replace_schema_metadata().cast(SCHEMA)
    fields = json.loads(entry)
    upload = Upload(**{**fields, "uploaded_at": datetime.fromisoformat(fields["uploaded_at"])})
    stated = (stored.schema.metadata[b"content"].decode(), upload.rows)
    if stated != (digest_of(entry, *_cells(table)), len(table)):
        raise ValueError("content differs from its seal")
    return upload, table


def _seal(table: pa.Table) -> str:
    """Hash every cell, the same whatever the order of the rows: another engine may have rewritten the files."""
    names = table.column_names
    return digest_of(*names, *_cells(table.sort_by([(name, "ascending") for name in names])))


def _cells(table: pa.Table) -> list[str]:
    """Spell every cell, the same whatever the Parquet encoding or pyarrow's version."""
    coded = [column.combine_chunks().dictionary_encode() for column in table.columns]
    values = json.dumps([column.dictionary.to_pylist() for column in coded], default=str)
    return [values, *(column.indices.fill_null(-1).to_numpy().tobytes().hex() for column in coded)]
