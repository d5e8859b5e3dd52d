"""A Delta table: what is its own, beside the promises that every place keeps."""

import os
from pathlib import Path

import pytest

from lib.access import owner
from lib.schema import DataError
from lib.store import Store
from lib.store.open import open_place
from tests.store.uploads import append

deltalake = pytest.importorskip("deltalake", reason="the extra delta is not installed")


def test_other_engines_may_compact_the_files(delta):
    """Entries are found whole in files that hold several."""
    for period in ("2025Q1", "2025Q2", "2025Q3"):
        append(delta, period)
    delta.undo(delta.history()[0].upload, user=owner("李"))
    before = delta.history(), delta.read().to_dict("list").__repr__()
    table = deltalake.DeltaTable(delta.root / "store")
    table.optimize.compact()
    assert len(deltalake.DeltaTable(delta.root / "store").file_uris()) == 1
    assert (delta.history(), delta.read().to_dict("list").__repr__()) == before
    assert append(delta, "2025Q4").upload.seq == 5
    assert delta.check() == []


def test_no_engine_may_change_a_row(delta):
    """The table says that it only grows."""
    append(delta)
    with pytest.raises(deltalake.exceptions.DeltaError):
        deltalake.DeltaTable(delta.root / "store").delete()


def test_everything_is_synced_before_it_is_acknowledged(delta, monkeypatch):
    """The file as it came, the data file, the commit and the folders that name them; deltalake itself syncs nothing."""
    append(delta, "2025Q1")
    synced, fsync = set(), os.fsync

    def note(handle):
        synced.add(Path(f"/proc/self/fd/{handle}").readlink())
        fsync(handle)

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("open files are told by /proc")
    monkeypatch.setattr(os, "fsync", note)
    before = set(delta.root.rglob("*"))
    append(delta, "2025Q2")
    monkeypatch.undo()
    folders = {delta.root / "store", delta.root / "store" / "_delta_log", delta.root / "raw"}
    log = {path for path in set(delta.root.rglob("*")) - before if path.suffix == ".json"}
    assert len(log) == 1
    assert log | folders <= synced
    assert len([path for path in synced if path.parent.name == "_staging"]) == 2


def test_a_commit_that_cannot_be_synced_is_told_and_a_retry_is_safe(delta, monkeypatch):
    """Past the commit there is no way back: the retry finds the entry, syncs it and doubles nothing."""
    append(delta, "2025Q1")
    settle = type(delta.place).settle
    calls = []

    def fail(place):
        calls.append(place)
        if len(calls) == 2:
            raise DataError("store_unwritable")
        settle(place)

    monkeypatch.setattr(type(delta.place), "settle", fail)
    with pytest.raises(DataError):
        append(delta, "2025Q2")
    assert append(delta, "2025Q2").duplicate
    assert (len(calls), delta.version(), delta.check()) == (3, "00000002", [])


@pytest.mark.parametrize("spoil", ["cut", "gone"])
def test_a_damaged_file_is_reported_and_not_read(delta, spoil):
    """The check names the entry; reading refuses rather than leave figures out."""
    append(delta, "2025Q1")
    append(delta, "2025Q2")
    path = next(delta.root.glob("store/00000002-*.parquet"))
    path.write_bytes(path.read_bytes()[:-100])
    if spoil == "gone":
        path.unlink()
    assert [(problem.code, problem.value) for problem in delta.check()] == [("store_damaged", "00000002.parquet")]
    with pytest.raises(DataError) as caught:
        delta.read()
    assert caught.value.code == "store_damaged"
    assert len(delta.read(1)) == 1


def test_a_damaged_log_is_told(delta):
    """No traceback, and nothing is written past it."""
    append(delta, "2025Q1")
    newest = max(delta.root.glob("store/_delta_log/*.json"))
    newest.write_bytes(newest.read_bytes()[:20])
    open_place(delta.root).sweep()
    for ask in (delta.history, delta.read, lambda: append(delta, "2025Q2")):
        with pytest.raises(DataError) as caught:
            ask()
        assert caught.value.code == "store_damaged"


def test_an_address_that_does_not_answer_is_told(bucket, monkeypatch):
    """Neither a traceback nor an empty store."""
    assert bucket
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("MAX_RETRIES", "0")
    store = Store("s3://uploads/nobody-answers")
    assert not store.writable()
    for ask in (store.version, lambda: append(store)):
        with pytest.raises(DataError) as caught:
            ask()
        assert caught.value.code == "store_unreachable"


def test_a_bucket_that_does_not_exist_cannot_be_written(bucket):
    """It is told, and nothing is acknowledged."""
    store = Store(bucket.replace("uploads", "no-such-bucket") + "/actuals")
    assert not store.writable()
    with pytest.raises(DataError):
        append(store)
