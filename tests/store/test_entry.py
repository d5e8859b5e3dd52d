"""An entry: everything said of an upload stands on its rows, and a seal holds it together."""

import hashlib
import json
from dataclasses import replace

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.access import owner
from lib.store import Store
from lib.store.entry import (
    LAYOUT,
    decode,
    describe,
    digest_of,
    encode,
    from_rows,
    glance,
    prepare,
    spell_sorted,
    to_rows,
)
from tests.store.uploads import append

RAW = [b"one", b"two"]


@pytest.fixture
def entry(folder):
    """An entry of three figures."""
    append(folder, "2025Q1", "2025Q2", "2025Q3")
    return folder.place.entry(1)


def test_an_entry_comes_back_as_it_was(entry):
    """Through Parquet and back."""
    upload, figures = decode(encode(entry[0], prepare(entry[1])))
    assert (upload, figures) == entry


def test_an_entry_does_not_depend_on_the_order_of_its_rows(entry):
    """Another engine may write the rows anew, in another order."""
    rows = to_rows(entry[0], prepare(entry[1]))
    upload, figures = from_rows(rows.take([2, 0, 1]))
    assert upload == entry[0]
    assert sorted(figures["row"].to_pylist()) == [2, 3, 4]


def test_a_lost_doubled_or_changed_row_breaks_the_seal(entry):
    """Whatever column it concerns."""
    rows = to_rows(entry[0], prepare(entry[1]))
    spoilt = [rows.slice(1), rows.slice(0, 0), pa.concat_tables([rows, rows.slice(2)])]
    for number, name in enumerate(LAYOUT.names):
        changed = pa.array([None] * 3, LAYOUT.field(name).type)
        spoilt.append(rows.set_column(number, LAYOUT.field(name), changed))
    for table in spoilt:
        with pytest.raises(ValueError, match="seal"):
            from_rows(table)


def test_the_first_layout_is_still_read(ROOT):
    """Uploads kept by an earlier version, whose description stands in the files' metadata, are all there."""
    store = Store(ROOT / "tests" / "store" / "first-layout")
    assert [(item.seq, item.action, item.user, item.active) for item in store.history()] == [
        (3, "undo", "李", False), (2, "append", "张", True), (1, "append", "张", False),
    ]  # fmt: skip
    assert list(store.read()["period"]) == ["2025Q2"]
    assert [store.raw(item.upload) for item in reversed(store.history()) if item.action == "append"] == RAW
    assert store.check() == []


def test_a_changed_cell_of_the_first_layout_is_noticed(ROOT):
    """Its seal is still held against it."""
    stored = pq.read_table(ROOT / "tests" / "store" / "first-layout" / "store" / "00000001.parquet")
    changed = stored.set_column(stored.column_names.index("value"), "value", pa.array([1.0, 9.9]))
    sink = pa.BufferOutputStream()
    pq.write_table(changed.replace_schema_metadata(stored.schema.metadata), sink)
    with pytest.raises(ValueError, match="seal"):
        decode(bytes(sink.getvalue()))


def test_an_upload_without_figures_is_kept(folder):
    """It stands in the history and adds nothing to the figures."""
    append(folder, "2025Q1")
    nothing = folder.read().drop(columns=["upload", "seq", "uploaded_at", "user"]).iloc[:0]
    upload = folder.append(nothing.astype({"region": "str"}), b"", name="made-up.csv", user=owner("u")).upload
    assert (folder.history()[0], upload.rows, len(folder.read())) == (upload, 0, 1)
    assert pd.read_parquet(folder.root / "store" / "00000002.parquet")["region"].isna().all()


MARKED = 'upload={"upload": "u00000009-00000000", "seq": 9}'


def without_footer(upload, figures):
    """An entry as it was written before its description stood in the footer too."""
    sink = pa.BufferOutputStream()
    pq.write_table(to_rows(upload, prepare(figures)), sink)
    return bytes(sink.getvalue())


def test_the_file_s_end_describes_an_entry_as_its_rows_do(entry):
    """So that nobody need read the figures to know what they belong to."""
    raw = encode(entry[0], prepare(entry[1]))
    assert glance(raw[-8000:]) == glance(raw) == describe(raw) == entry[0]


@pytest.mark.parametrize("name", [MARKED, f'"{MARKED}', 'upload={\\"', "报表\x00.csv"])
def test_no_text_can_pass_for_the_description(entry, name):
    """Whatever an upload's name holds, or whoever sent it."""
    upload = replace(entry[0], name=name, user=name)
    raw = encode(upload, prepare(entry[1]))
    assert glance(raw) == upload
    assert decode(raw)[0] == upload


def test_a_footer_that_says_something_else_than_the_rows_is_noticed(entry):
    """When the entry is read, its seal is held against it and the footer against the rows."""
    raw = encode(entry[0], prepare(entry[1]))
    other = raw.replace(b'"rows": 3', b'"rows": 4')
    assert glance(other) == replace(entry[0], rows=4)
    with pytest.raises(ValueError, match="footer"):
        decode(other)


def test_entries_without_a_description_at_their_end_are_still_read(folder):
    """Written by an earlier version, among others; a file that was cut off has none either."""
    for period in ("2025Q1", "2025Q2"):
        append(folder, period)
    before = folder.history()
    raw = without_footer(*folder.place.entry(1))
    assert (glance(raw), glance(encode(*folder.place.entry(1)[:1], prepare(folder.place.entry(1)[1]))[:-1])) == (
        None,
        None,
    )
    (folder.root / "store" / "00000001.parquet").write_bytes(raw)
    assert folder.check() == []
    assert folder.history() == before
    assert append(folder, "2025Q1").duplicate
    assert append(folder, "2025Q3").upload.seq == 3


CELLS = st.one_of(st.none(), st.sampled_from(["", "a", "b", "沈阳", 'a"b']))
NUMBERS = st.one_of(st.none(), st.sampled_from([1.5, -2.0, 1e300, float("nan"), float("inf")]))


@given(rows=st.lists(st.tuples(CELLS, NUMBERS, st.integers(0, 3), CELLS), min_size=1, max_size=20))
def test_cells_are_spelled_as_a_sorted_table_spells_them(rows):
    """However it is sorted: the seals of entries written before hold."""
    kinds = (pa.string(), pa.float64(), pa.int32(), pa.string())
    table = pa.table(
        [pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), kinds, strict=True)], list("abcd")
    )
    ordered = table.sort_by([(name, "ascending") for name in table.column_names])
    coded = [column.combine_chunks().dictionary_encode() for column in ordered.columns]
    expected = [
        (
            json.dumps(column.dictionary.to_pylist(), default=str),
            column.indices.fill_null(-1).to_numpy().tobytes().hex(),
        )
        for column in coded
    ]
    assert spell_sorted(table) == expected
    assert digest_of(*expected[0], "沈") == hashlib.sha256(json.dumps([*expected[0], "沈"]).encode()).hexdigest()
