"""The store: nothing acknowledged is lost, nothing is half there, nothing published changes. Real files throughout."""

import errno
import hashlib
import os
import random
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.access import owner
from lib.schema import ACTUAL_COLUMNS, CODE_COLUMNS, ORIGIN_COLUMNS, STORED_COLUMNS, Basis, DataError
from lib.store import Conflict, Store

WORKER = Path(__file__).with_name("store_worker.py")
WORKER_ROWS = 3


@pytest.fixture(name="store")
def empty_store(tmp_path):
    """A store nobody has written to."""
    return Store(tmp_path / "actuals")


def figures(*periods, value=1.0):
    """One row a period, with every kind of cell: Chinese, quotes, missing date, missing number."""
    count = len(periods)
    return pd.DataFrame(
        {
            "region": ["210100"] * count,
            "indicator": "gdp",
            "period": list(periods),
            "basis": [Basis.YTD] * count,
            "value": [value + 0.1 * number for number in range(count)],
            "unit": "亿元",
            "status": "preliminary",
            "qualifier": "",
            "published": pd.to_datetime(["2026-01-20" if number % 2 == 0 else None for number in range(count)]),
            "source": '沈阳市统计局,"快报"\n第二行 😀',
            "link": "https://example.org/?a=1",
            "note": "",
            "value_text": "1,000.50",
            "unit_text": "万亿元",
            "row": range(2, count + 2),
        },
        columns=list(ACTUAL_COLUMNS + ORIGIN_COLUMNS),
    )


def append(store, *periods, raw=None, **options):
    """Publish rows for these periods; the periods are the file unless `raw` is."""
    rows = figures(*(periods or ("2025Q1", "2025Q2")), value=options.pop("value", 1.0))
    return store.append(rows, (raw or repr(periods)).encode(), name="报表.csv", user=owner("张"), **options)


def state(store):
    """Everything a visitor can see, and the hash of every published file."""
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in store.root.glob("store/*")}
    return store.version(), store.history(), store.read().to_dict("list").__repr__(), files


def run_writers(store, how):
    """Let store_worker's writers loose; gives the names of the uploads they acknowledged."""
    if not hasattr(os, "fork"):
        pytest.skip("the writers are forked")
    command = [sys.executable, str(WORKER), how, str(store.root)]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=60).stdout.splitlines()


def plain(frame, columns):
    """The columns as Python values, NaT and None alike."""
    return {name: [None if pd.isna(cell) else cell for cell in frame[name].astype(object)] for name in columns}


def test_a_round_trip_keeps_every_cell(store):
    """Text of any kind, missing dates and numbers, stamps and raw bytes come back as they went in."""
    rows = figures("2025Q1", "2025Q2", "2025M07")
    rows.loc[2, "value"] = float("nan")
    before = datetime.now(UTC)
    upload = store.append(rows, b"\xff\x00raw", name="../报表 1.csv", user=owner("张伟"), form="来源=甲").upload
    frame = store.read()
    assert tuple(frame.columns) == STORED_COLUMNS
    assert plain(frame, rows.columns) == plain(rows, rows.columns)
    assert before <= upload.uploaded_at <= datetime.now(UTC)
    assert set(frame["uploaded_at"]) == {pd.Timestamp(upload.uploaded_at)}
    assert (set(frame["upload"]), set(frame["seq"]), set(frame["user"])) == ({upload.upload}, {1}, {"张伟"})
    assert store.raw(upload.upload) == b"\xff\x00raw"
    assert store.history() == [upload]
    assert (upload.name, upload.rows, upload.active) == ("../报表 1.csv", 3, True)


def test_types_are_the_same_empty_or_full(store):
    """Code that works on a full store works on an empty one."""
    empty = store.read()
    append(store)
    full = store.read()
    assert len(empty) == 0
    assert [str(kind) for kind in empty.dtypes] == [str(kind) for kind in full.dtypes]
    assert all(isinstance(full[name].dtype, pd.CategoricalDtype) for name in CODE_COLUMNS)
    assert {str(frame[name].cat.categories.dtype) for frame in (empty, full) for name in CODE_COLUMNS} == {"str"}
    assert str(full["published"].dtype).startswith("datetime64[")
    assert str(full["uploaded_at"].dtype) == "datetime64[us, UTC]"


def test_missing_text_is_stored_as_empty(store):
    """Readers never meet a missing text."""
    rows = figures("2025Q1").assign(note=None, link=float("nan"))
    store.append(rows, b"1", name="a", user=owner("u"))
    assert store.read()[["note", "link"]].to_numpy().tolist() == [["", ""]]


def test_rows_come_ordered_by_upload_and_line(store):
    """Whatever the order of the frame given."""
    store.append(figures("2025Q1", "2025Q2", "2025Q3").iloc[::-1], b"1", name="a", user=owner("u"))
    append(store, "2025Q1")
    assert list(zip(store.read()["seq"], store.read()["row"], strict=True)) == [(1, 2), (1, 3), (1, 4), (2, 2)]


def test_a_frame_given_out_is_the_callers_own(store):
    """Changing it changes nobody else's."""
    append(store)
    frame = store.read()
    frame.loc[:, "value"] = -1.0
    frame["region"] = "x"
    assert set(store.read()["value"]) == {1.0, 1.1}
    assert set(store.read()["region"]) == {"210100"}


def test_an_empty_store_needs_no_folder_to_be_read(store):
    """A fresh clone shows its pages, and reading creates nothing."""
    assert (store.version(), store.history(), store.check(), store.root.exists()) == ("00000000", [], [], False)


def test_publishing_never_changes_an_earlier_file(store):
    """Neither an append nor an undo touches what stands."""
    first = append(store, "2025Q1").upload
    before = state(store)[-1]
    append(store, "2025Q1", value=2.0, raw="2")
    store.undo(first.upload, user=owner("李"))
    after = state(store)[-1]
    assert before.items() <= after.items()
    assert sorted(after) == ["00000001.parquet", "00000002.parquet", "00000003.parquet"]


def test_entries_are_plain_parquet_that_says_what_it_is(store):
    """Any engine reads the folder as one table with the types of the contract."""
    append(store)
    table = pq.read_table(store.root / "store")
    assert tuple(table.column_names) == STORED_COLUMNS
    kinds = [str(table.schema.field(name).type) for name in ("value", "row", "seq", "published", "uploaded_at", "note")]
    assert kinds == ["double", "int32", "int32", "date32[day]", "timestamp[us, tz=UTC]", "string"]
    assert {b"entry", b"content"} <= set(table.schema.metadata)
    assert list((store.root / "staging").iterdir()) == []


def test_reading_up_to_an_entry_shows_that_day(store):
    """As of an entry, later uploads and undos have not happened."""
    append(store, "2025Q1")
    then = plain(store.read(), STORED_COLUMNS)
    second = append(store, "2025Q2").upload
    store.undo(store.history()[-1].upload, user=owner("u"))
    assert plain(store.read(1), STORED_COLUMNS) == then
    assert list(store.read(2)["period"]) == ["2025Q1", "2025Q2"]
    assert list(store.read()["upload"]) == [second.upload]
    assert len(store.read(0)) == 0
    assert [item.active for item in store.history(2)] == [True, True]
    assert [item.active for item in store.history()] == [False, True, False]


def test_an_undo_hides_and_appending_again_brings_back(store):
    """An undone file is no duplicate."""
    upload = append(store).upload
    undo = store.undo(upload.upload, user=owner("李"))
    assert (undo.action, undo.undoes, undo.rows, undo.user, undo.name) == ("undo", upload.upload, 0, "李", "报表.csv")
    assert len(store.read()) == 0
    again = append(store)
    assert (again.duplicate, again.upload.seq, len(store.read())) == (False, 3, 2)
    assert store.raw(upload.upload) == store.raw(again.upload.upload)


def test_undoing_twice_is_undoing_once(store):
    """A second click gives the undo that stands."""
    upload = append(store).upload
    assert store.undo(upload.upload, user=owner("a")) == store.undo(upload.upload, user=owner("b"))
    assert store.version() == "00000002"


def test_what_is_no_upload_cannot_be_undone_or_fetched(store):
    """An undo, an unknown id and a path are all unknown uploads."""
    undo = store.undo(append(store).upload.upload, user=owner("u"))
    for upload_id in (undo.upload, "u99999999-00000000", "", "../../etc/passwd"):
        for ask in (store.raw, lambda upload_id: store.undo(upload_id, user=owner("u"))):
            with pytest.raises(DataError) as caught:
                ask(upload_id)
            assert caught.value.code == "upload_unknown"


def test_a_second_click_writes_nothing(store):
    """The same file and form are answered by the entry that stands."""
    first = append(store)
    before = state(store)
    second = append(store)
    assert (first.duplicate, second.duplicate, second.upload) == (False, True, first.upload)
    assert state(store) == before


def test_the_same_file_under_another_form_is_another_upload(store):
    """The form says how to read the file; its bytes are kept once."""
    append(store, form="2025Q1")
    assert not append(store, form="2025Q2").duplicate
    assert len(list((store.root / "raw").iterdir())) == 1


def test_figures_published_since_the_preview_are_a_conflict(store):
    """Only for the same figures, and only for entries after the preview."""
    append(store, "2025Q1", "2025Q2")
    seen = store.version()
    append(store, "2025Q2", "2025Q3", raw="theirs")
    before = state(store)
    with pytest.raises(Conflict) as caught:
        append(store, "2025Q1", "2025Q2", raw="mine", seen=seen)
    assert caught.value.keys == [("210100", "gdp", "2025Q2", "ytd", "亿元")]
    assert state(store) == before
    assert not append(store, "2025Q1", raw="other figures", seen=seen).duplicate
    assert not append(store, "2025Q1", "2025Q2", raw="mine", seen=store.version()).duplicate


def test_figures_withdrawn_since_the_preview_are_a_conflict(store):
    """The preview compared with figures that no longer stand."""
    upload = append(store, "2025Q1").upload
    seen = store.version()
    store.undo(upload.upload, user=owner("u"))
    with pytest.raises(Conflict):
        append(store, "2025Q1", raw="mine", seen=seen)


def test_published_and_withdrawn_since_the_preview_is_none(store):
    """What the preview showed is true again."""
    seen = store.version()
    store.undo(append(store, "2025Q1").upload.upload, user=owner("u"))
    assert not append(store, "2025Q1", raw="mine", seen=seen).duplicate


def test_writers_at_once_all_get_their_place(store):
    """Four processes, ten uploads each: forty entries, each exactly once."""
    acknowledged = run_writers(store, "together")
    assert len(acknowledged) == 40
    assert [item.seq for item in store.history()] == list(range(40, 0, -1))
    assert Counter(store.read()["source"]) == dict.fromkeys(acknowledged, WORKER_ROWS)
    assert store.check() == []


def test_killed_writers_lose_nothing_they_acknowledged(store):
    """SIGKILL at any moment: every acknowledged upload is there, none is there in part."""
    acknowledged = run_writers(store, "storm")
    held = Counter(store.read()["source"])
    assert len({name.rpartition("-")[0] for name in acknowledged}) > 3
    assert set(acknowledged) <= set(held)
    assert set(held.values()) == {WORKER_ROWS}
    assert store.check() == []


class Fault:
    """A call that fails once, the `at`-th time it is made, as on a full disk."""

    def __init__(self, call, at):
        """Fail the `at`-th of the calls to `call`."""
        self.call, self.left = call, at

    def __call__(self, *args, **kwargs):
        """Count, and call or fail."""
        self.left -= 1
        if self.left == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self.call(*args, **kwargs)


# The syncs of an append: root, raw file, raw folder, root, entry. The one after is the table's folder.
FAULTS = [(os, "fsync", at) for at in range(1, 6)] + [(os, "link", 1), (os, "link", 2)]
FAULTS += [(Path, "open", 1), (Path, "open", 2), (Path, "mkdir", 1), (os, "open", 1)]


@pytest.mark.parametrize(("owner", "name", "at"), FAULTS)
def test_a_full_disk_is_told_and_changes_nothing(store, monkeypatch, owner, name, at):
    """Whichever call fails before the entry stands, the next try succeeds."""
    append(store)
    before = state(store)
    fault = Fault(getattr(owner, name), at)
    # A function, not the object, so that it binds where it stands in for a method.
    monkeypatch.setattr(owner, name, lambda *args, **kwargs: fault(*args, **kwargs))  # noqa: PLW0108
    with pytest.raises(DataError) as caught:
        append(store, "2025Q3")
    monkeypatch.undo()
    assert caught.value.code == "store_unwritable"
    assert fault.left == 0
    assert state(store) == before
    assert list((store.root / "staging").iterdir()) == []
    assert (append(store, "2025Q3").upload.seq, store.check()) == (2, [])


@pytest.mark.parametrize("retry_by", ["append", "undo"])
def test_a_folder_that_cannot_be_synced_leaves_a_whole_entry_and_a_safe_retry(store, monkeypatch, retry_by):
    """Past the link there is no way back: the retry finds the entry and doubles nothing."""
    target = append(store).upload.upload
    act = {"append": lambda: append(store, "2025Q3"), "undo": lambda: store.undo(target, user=owner("u"))}[retry_by]
    monkeypatch.setattr(os, "fsync", Fault(os.fsync, 6 if retry_by == "append" else 3))
    with pytest.raises(DataError):
        act()
    monkeypatch.undo()
    act()
    assert (store.version(), store.check()) == ("00000002", [])


@pytest.mark.parametrize("limit", [0, 10, 3000])
def test_a_write_cut_short_changes_nothing(store, limit):
    """The system itself ends the write part of the way."""
    resource = pytest.importorskip("resource")  # POSIX only
    append(store)
    before = state(store)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        with pytest.raises(DataError):
            append(store, "2025Q3", raw="long enough to be cut" * 5)
        assert store.writable() is (limit > 0)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert state(store) == before


def test_a_place_that_is_no_folder_is_not_writable(tmp_path):
    """A mistaken setting is told, not raised as a stack trace."""
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file" / "actuals")
    assert not store.writable()
    with pytest.raises(DataError):
        append(store)


def test_trying_whether_it_is_writable_leaves_nothing(store):
    """The probe cleans up."""
    assert store.writable()
    assert [path for path in store.root.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("spoil", ["cut", "empty", "foreign", "gone", "swapped"])
def test_a_damaged_entry_is_reported_and_not_read(store, spoil):
    """The check names the file; reading refuses rather than leave figures out."""
    for period in ("2025Q1", "2025Q2", "2025Q3"):
        append(store, period)
    path = store.root / "store" / "00000002.parquet"
    content = path.read_bytes()
    if spoil == "gone":
        path.unlink()
    elif spoil == "foreign":
        pd.DataFrame({"a": [1]}).to_parquet(path)
    else:
        first = path.with_name("00000001.parquet").read_bytes()
        path.write_bytes({"cut": content[:-100], "empty": b"", "swapped": first}[spoil])
    assert [(problem.code, problem.value) for problem in store.check()] == [("store_damaged", path.name)]
    with pytest.raises(DataError) as caught:
        store.read()
    assert caught.value.code == "store_damaged"
    assert len(store.read(1)) == 1


def test_no_flipped_byte_changes_a_figure_unnoticed(store):
    """Either the check reports it, or everything a visitor sees is unchanged."""
    append(store)
    path = store.root / "store" / "00000001.parquet"
    content, before = path.read_bytes(), state(store)[:3]
    for place in random.Random(2).sample(range(len(content)), 120):  # noqa: S311 - nothing secret
        path.write_bytes(content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :])
        if not store.check():
            assert state(store)[:3] == before, place


def test_a_damaged_or_missing_raw_file_is_reported(store):
    """The bytes behind an upload are checked against their name."""
    one, two = append(store, "2025Q1").upload, append(store, "2025Q2").upload
    (store.root / "raw" / one.source_sha256).write_bytes(b"other")
    (store.root / "raw" / two.source_sha256).unlink()
    assert [problem.value for problem in store.check()] == [f"raw/{item.source_sha256}" for item in (one, two)]
    with pytest.raises(DataError):
        store.raw(one.upload)


def test_the_check_sweeps_only_what_is_stale(store):
    """A writer at work keeps its staging file."""
    append(store)
    stale, fresh = store.root / "staging" / "stale", store.root / "staging" / "fresh"
    for path in (stale, fresh):
        path.write_bytes(b"half a fi")
    os.utime(stale, (time.time() - 4000,) * 2)
    assert store.check() == []
    assert (stale.exists(), fresh.exists()) == (False, True)


STEPS = st.lists(st.tuples(st.sampled_from(["append", "undo"]), st.integers(0, 4)), max_size=8)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_what_is_read_is_what_was_appended_and_not_undone(tmp_path_factory, steps):
    """For any sequence of appends and undos."""
    store = Store(tmp_path_factory.mktemp("steps"))
    held: dict[int, str] = {}  # which of five files is active, in the order published
    for action, number in steps:
        if action == "append":
            held.setdefault(number, append(store, f"202{number}").upload.upload)
        elif number in held:
            store.undo(held.pop(number), user=owner("u"))
    assert list(store.read()["period"]) == [f"202{number}" for number in held]
    assert [item.upload for item in reversed(store.history()) if item.active] == list(held.values())
    assert store.check() == []
