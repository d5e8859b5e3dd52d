"""One entry of the store as rows: the figures, on each row what describes the upload, and a seal over all of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lib.schema import ACTUAL_COLUMNS, FIGURE_KEY, ORIGIN_COLUMNS, STAMP_COLUMNS, STORED_COLUMNS

_UTC: Final = pa.timestamp("us", "UTC")
_TYPES: Final = {"value": "float64", "row": "int32", "seq": "int32", "published": "date32", "uploaded_at": _UTC}
_SAID: Final = ("action", "undoes", "name", "digest", "source_sha256")  # of the upload, beside its stamps
_FOOTER: Final = b"upload"  # under which a file's footer says all that again
_MARK: Final = b'upload={"'  # how that begins: no text within can hold it, as JSON writes a quote as \\"


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


@dataclass(frozen=True)
class Prepared:
    """Figures to be kept, with all that takes time done: it depends on neither the entry's number nor its moment."""

    table: pa.Table  # FIGURES; where there are none, such as for an undo, a single row of nulls
    spelled: list[tuple[str, str]]  # every column, for the seal


def prepare(figures: pa.Table) -> Prepared:
    """Do what can be done before an entry has a number."""
    empty = pa.table([pa.nulls(1, field.type) for field in FIGURES], FIGURES)
    table = figures.select(FIGURES.names) if len(figures) else empty
    return Prepared(table, _spell(_in_order(table)))


def to_figures(rows: pd.DataFrame) -> pa.Table:
    """Bring rows to FIGURES, ordered by row: missing text is "", a missing number or date null."""
    ordered = rows if rows["row"].is_monotonic_increasing else rows.sort_values("row", kind="stable")
    return pa.table([_column(ordered[field.name], field.type) for field in FIGURES], FIGURES)


def _column(cells: pd.Series, kind: pa.DataType) -> pa.Array:
    if kind != pa.string():
        return pa.array(cells, kind, from_pandas=True)
    text = pa.array(cells.array if cells.dtype == "str" else cells.astype("string"), kind, from_pandas=True)
    return text.fill_null("") if text.null_count else text


def keys_of(figures: pa.Table) -> set[tuple[str, ...]]:
    """Give the FIGURE_KEY of every row."""
    return set(zip(*(figures[name].to_pylist() for name in FIGURE_KEY), strict=True))


def to_rows(upload: Upload, prepared: Prepared) -> pa.Table:
    """Give an entry as LAYOUT; one without figures, such as an undo, is a single row whose FIGURES are null."""
    length = len(prepared.table)
    stamps = [getattr(upload, name) for name in (*STAMP_COLUMNS, *_SAID)]
    first = bytes(4 * length).hex()  # every row has the first of a column's values, which is the only one
    spelled = [*prepared.spelled, *((json.dumps([stamp], default=str), first) for stamp in stamps)]
    values = zip([*stamps, _seal(LAYOUT.names[:-1], spelled)], list(LAYOUT)[-len(stamps) - 1 :], strict=True)
    said = [pa.repeat(pa.scalar(value, field.type), length) for value, field in values]
    return pa.table([*prepared.table.columns, *said], LAYOUT)


def encode(upload: Upload, prepared: Prepared) -> bytes:
    """Write an entry as Parquet, with its description in the footer as well, where it is found at once."""
    sink = pa.BufferOutputStream()
    said = json.dumps({**asdict(upload), "uploaded_at": upload.uploaded_at.isoformat()})
    with pq.ParquetWriter(sink, LAYOUT) as writer:
        writer.write_table(to_rows(upload, prepared))
        writer.add_key_value_metadata({_FOOTER: b"upload=" + said.encode()})
    return bytes(sink.getvalue())


def decode(raw: bytes) -> Entry:
    """Read an entry from Parquet, of this layout or the first. Raises ValueError and the like if it is not sound."""
    stored = pq.ParquetFile(pa.BufferReader(raw)).read()
    if is_first_layout(stored.schema):
        return _from_first_layout(stored)
    entry = from_rows(stored)
    if _FOOTER in (stored.schema.metadata or {}) and glance(raw) != entry[0]:
        raise ValueError("content differs from its footer")
    return entry


def from_rows(stored: pa.Table) -> Entry:
    """Take an entry from its rows, in whatever order, and hold it against its seal."""
    table = stored.select(LAYOUT.names).replace_schema_metadata().cast(LAYOUT)
    plain = table.drop_columns("seal")
    if set(table["seal"].to_pylist()) != {_seal(plain.column_names, _spell(_in_order(plain)))}:
        raise ValueError("content differs from its seal")
    figures = table.filter(pc.is_valid(table["row"])).select(SCHEMA.names).combine_chunks()
    return _describe(table, len(figures)), figures


def glance(tail: bytes) -> Upload | None:
    """Find the description in a file's last bytes, in a tenth of the time that Parquet's reader takes; None if it is not there.

    Nothing is held against the seal, as in `describe`.
    """
    _, mark, rest = tail.rpartition(_MARK)
    if not mark or not tail.endswith(b"PAR1"):
        return None
    fields, _ = json.JSONDecoder().raw_decode('{"' + rest.decode(errors="replace"))
    return _from_json(fields)


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
    upload = _from_json(json.loads(entry))
    stated = (stored.schema.metadata[b"content"].decode(), upload.rows)
    if stated != (_seal([entry], _spell(table.columns)), len(table)):
        raise ValueError("content differs from its seal")
    return upload, table


def _from_json(fields: dict[str, Any]) -> Upload:
    return Upload(**{**fields, "uploaded_at": datetime.fromisoformat(fields["uploaded_at"])})


def _in_order(table: pa.Table) -> list[pa.ChunkedArray]:
    """Give the columns the same whatever the order of the rows: another engine may have rewritten the files."""
    columns: list[pa.ChunkedArray] = table.sort_by([(name, "ascending") for name in table.column_names]).columns
    return columns


def _seal(names: list[str], spelled: list[tuple[str, str]]) -> str:
    """Hash every cell: the columns' names, the values of all, then which row has which."""
    return digest_of(*names, f"[{', '.join(values for values, _ in spelled)}]", *(rows for _, rows in spelled))


def _spell(columns: Iterable[pa.Array | pa.ChunkedArray]) -> list[tuple[str, str]]:
    """Spell every cell, the same whatever the Parquet encoding or pyarrow's version: a column's values, then its rows."""
    chunks = (column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column for column in columns)
    coded = [chunk.dictionary_encode() for chunk in chunks]
    return [(json.dumps(column.dictionary.to_pylist(), default=str), _rows(column.indices)) for column in coded]


def _rows(indices: pa.Array) -> str:
    """Say which row has which value."""
    return str((indices.fill_null(-1) if indices.null_count else indices).to_numpy().tobytes().hex())
