"""One entry of a store as rows: figures or additions to the tables, on each what describes the upload, and a seal over all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lib.schema import ACTUAL_COLUMNS, ADDITION_COLUMNS, ADDITION_KEY, FIGURE_KEY, ORIGIN_COLUMNS, STAMP_COLUMNS

_UTC: Final = pa.timestamp("us", "UTC")
_TYPES: Final = {"value": "float64", "row": "int32", "seq": "int32", "published": "date32", "uploaded_at": _UTC}
_SAID: Final = ("action", "undoes", "name", "digest", "source_sha256")  # of the upload, beside its stamps
_FOOTER: Final = b"upload"  # under which a file's footer says all that again
_ROOM: Final = 1 << 62  # ranks that fit a number
_as_json: Final = json.JSONEncoder(default=str).encode
_MARK: Final = b'upload={"'  # how that begins: no text within can hold it, as JSON writes a quote as \\"


def _schema(*columns: str) -> pa.Schema:
    """Give the columns with their types."""
    return pa.schema([(name, _TYPES.get(name, "string")) for name in columns])


# What a store's rows are; a store holds rows of one kind.
FIGURES: Final = _schema(*ACTUAL_COLUMNS, *ORIGIN_COLUMNS)
ADDITIONS: Final = _schema(*ADDITION_COLUMNS)


@cache
def stamped(body: pa.Schema) -> pa.Schema:
    """Give the columns of a store's rows as they are read: with the stamps of their upload."""
    return _schema(*body.names, *STAMP_COLUMNS)


@cache
def layout_of(body: pa.Schema) -> pa.Schema:
    """Give the columns of a file of rows."""
    return _schema(*body.names, *STAMP_COLUMNS, *_SAID, "seal")


def body_of(columns: Iterable[str]) -> pa.Schema:
    """Tell which kind of rows has these columns."""
    return ADDITIONS if "cells" in columns else FIGURES


LAYOUT: Final = layout_of(FIGURES)


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
    whole = hashlib.sha256()
    for at, part in enumerate(parts):  # as JSON spells a list, and piece by piece: a large entry has some long ones
        whole.update(("[" if at == 0 else ", ").encode() + _quoted(part).encode())
    whole.update(b"]" if parts else b"[]")
    return whole.hexdigest()


def _quoted(text: str) -> str:
    """A text as JSON spells it; plain letters and digits need no look at each."""
    return f'"{text}"' if text.isascii() and text.isalnum() else json.dumps(text)


@dataclass(frozen=True)
class Prepared:
    """Rows to be kept, with all that takes time done: it depends on neither the entry's number nor its moment."""

    table: pa.Table  # FIGURES or ADDITIONS; where there are none, such as for an undo, a single row of nulls
    spelled: list[tuple[str, str]]  # every column, for the seal


def prepare(rows: pa.Table) -> Prepared:
    """Do what can be done before an entry has a number."""
    body = body_of(rows.column_names)
    empty = pa.table([pa.nulls(1, field.type) for field in body], body)
    table = rows.select(body.names) if len(rows) else empty
    return Prepared(table, spell_sorted(table))


def to_body(rows: pd.DataFrame, body: pa.Schema) -> pa.Table:
    """Bring rows to FIGURES or ADDITIONS, ordered by row: missing text is "", a missing number or date null."""
    ordered = rows if rows["row"].is_monotonic_increasing else rows.sort_values("row", kind="stable")
    return pa.table([_column(ordered[field.name], field.type) for field in body], body)


def _column(cells: pd.Series, kind: pa.DataType) -> pa.Array:
    if kind != pa.string():
        return pa.array(cells, kind, from_pandas=True)
    known = isinstance(cells.dtype, pd.StringDtype)
    text = pa.array(cells.array if known else cells.astype("string"), kind, from_pandas=True)
    return text.fill_null("") if text.null_count else text


def keys_of(rows: pa.Table) -> set[tuple[str, ...]]:
    """Give what every row is about: its FIGURE_KEY or ADDITION_KEY."""
    key = FIGURE_KEY if body_of(rows.column_names) is FIGURES else ADDITION_KEY
    return set(zip(*(rows[name].to_pylist() for name in key), strict=True))


def to_rows(upload: Upload, prepared: Prepared) -> pa.Table:
    """Give an entry as its layout; one without rows, such as an undo, is a single row that is null but for its stamps."""
    length, layout = len(prepared.table), layout_of(prepared.table.schema)
    stamps = [getattr(upload, name) for name in (*STAMP_COLUMNS, *_SAID)]
    first = bytes(4 * length).hex()  # every row has the first of a column's values, which is the only one
    spelled = [*prepared.spelled, *((_as_json([stamp]), first) for stamp in stamps)]
    values = zip([*stamps, _seal(layout.names[:-1], spelled)], list(layout)[-len(stamps) - 1 :], strict=True)
    said = [pa.repeat(pa.scalar(value, field.type), length) for value, field in values]
    return pa.table([*prepared.table.columns, *said], layout)


def encode(upload: Upload, prepared: Prepared) -> bytes:
    """Write an entry as Parquet, with its description in the footer as well, where it is found at once."""
    sink = pa.BufferOutputStream()
    said = json.dumps({**vars(upload), "uploaded_at": upload.uploaded_at.isoformat()})
    rows = to_rows(upload, prepared)
    with pq.ParquetWriter(sink, rows.schema) as writer:
        writer.write_table(rows)
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
    table = bring(stored)
    plain = table.drop_columns("seal")
    if table["seal"].unique().to_pylist() != [_seal(plain.column_names, spell_sorted(plain))]:
        raise ValueError("content differs from its seal")
    rows = _real_rows(table)
    return _describe(table, len(rows)), rows


def bring(stored: pa.Table) -> pa.Table:
    """Bring what a file holds to the layout of its kind of rows."""
    layout = layout_of(body_of(stored.column_names))
    return stored.select(layout.names).replace_schema_metadata().cast(layout)


def take_rows(raw: bytes) -> pa.Table:
    """Read the rows of an entry known to be sound: they are not held against the seal again."""
    file = pq.ParquetFile(pa.BufferReader(raw))
    layout = stamped(body_of(file.schema_arrow.names))
    return _real_rows(file.read(columns=layout.names).replace_schema_metadata().cast(layout))


def _real_rows(table: pa.Table) -> pa.Table:
    """The rows with their stamps; an entry without any, such as an undo, has one that is none."""
    names = stamped(body_of(table.column_names)).names
    return table.filter(pc.is_valid(table["row"])).select(names).combine_chunks()


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
    table = stored.replace_schema_metadata().cast(stamped(FIGURES))
    upload = _from_json(json.loads(entry))
    stated = (stored.schema.metadata[b"content"].decode(), upload.rows)
    if stated != (_seal([entry], _spell(table.columns)), len(table)):
        raise ValueError("content differs from its seal")
    return upload, table


def _from_json(fields: dict[str, Any]) -> Upload:
    return Upload(**{**fields, "uploaded_at": datetime.fromisoformat(fields["uploaded_at"])})


def spell_sorted(table: pa.Table) -> list[tuple[str, str]]:
    """Spell every cell with the rows sorted by all columns in turn: another engine may have rewritten the files.

    Sorted are not the cells but the rank of each among its column's different ones, as many columns at once as fit a number.
    """
    coded = [column.combine_chunks().dictionary_encode() for column in table.columns]
    order = pa.array(_order(coded, len(table)))
    return [_spell_in_order(column, order) for column in coded]


def _order(coded: list[pa.DictionaryArray], length: int) -> npt.NDArray[np.intp]:
    """The places of the rows in order: as pyarrow sorts, missing cells last."""
    keys, room = [np.zeros(length, np.int64)], 1
    for column in coded:
        size = len(column.dictionary) + 2
        if _is_constant(column):
            continue
        ranks = pc.rank(column.dictionary, tiebreaker="dense").to_numpy().astype(np.int64)
        cells = np.append(ranks, size - 1)[_rows_of(column.indices, len(ranks))]
        room *= size
        if room < _ROOM:
            keys[-1] = keys[-1] * size + cells
        else:
            keys, room = [*keys, cells], size
    return np.lexsort(keys[::-1])


def _is_constant(column: pa.DictionaryArray) -> bool:
    """Whether every row has the same, be it nothing."""
    return len(column.dictionary) == 0 or (len(column.dictionary) == 1 and not column.null_count)


def _spell_in_order(column: pa.DictionaryArray, order: pa.Array) -> tuple[str, str]:
    """Spell a column's values in the order in which they first come, then which row has which."""
    if _is_constant(column):
        return _spell([column])[0]
    again = column.indices.take(order).dictionary_encode()
    return _written(column.dictionary.take(again.dictionary), again.indices)


def _seal(names: list[str], spelled: list[tuple[str, str]]) -> str:
    """Hash every cell: the columns' names, the values of all, then which row has which."""
    return digest_of(*names, f"[{', '.join(values for values, _ in spelled)}]", *(rows for _, rows in spelled))


def _spell(columns: Iterable[pa.Array | pa.ChunkedArray]) -> list[tuple[str, str]]:
    """Spell every cell, the same whatever the Parquet encoding or pyarrow's version: a column's values, then its rows."""
    chunks = (column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column for column in columns)
    coded = [chunk if pa.types.is_dictionary(chunk.type) else chunk.dictionary_encode() for chunk in chunks]
    return [_written(column.dictionary, column.indices) for column in coded]


def _written(values: pa.Array, indices: pa.Array) -> tuple[str, str]:
    """A column's different values, and which row has which: -1 for a missing one."""
    return _as_json(values.to_pylist()), _rows_of(indices, -1).tobytes().hex()


def _rows_of(indices: pa.Array, missing: int) -> npt.NDArray[np.int32]:
    """Which row has which value."""
    rows: npt.NDArray[np.int32] = (indices.fill_null(missing) if indices.null_count else indices).to_numpy()
    return rows
