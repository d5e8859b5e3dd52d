"""A folder: nothing acknowledged is lost, nothing is half there, whatever the disk refuses. Real files throughout."""

import errno
import os
import random
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from lib.access import owner
from lib.schema import STORED_COLUMNS, DataError
from lib.store import Store
from lib.store.entry import FIGURES, encode, prepare
from lib.store.folder import Folder
from tests.store.uploads import append, state


@pytest.fixture(name="store")
def folder_store(folder):
    """A store in a folder, which nobody has written to."""
    return folder


def test_entries_are_plain_parquet_that_says_what_it_is(store):
    """Any engine reads the folder as one table with the types of the contract, and sees undos as rows of it."""
    append(store)
    table = pq.read_table(store.root / "store")
    described = ("action", "undoes", "name", "digest", "source_sha256", "seal")
    assert tuple(table.column_names) == STORED_COLUMNS + described
    kinds = [str(table.schema.field(name).type) for name in ("value", "row", "seq", "published", "uploaded_at", "note")]
    assert kinds == ["double", "int32", "int32", "date32[day]", "timestamp[us, tz=UTC]", "string"]
    upload = store.undo(append(store).upload.upload, user=owner("李"))
    marker = pq.read_table(store.root / "store" / "00000002.parquet").to_pylist()
    assert [row.pop("undoes") for row in marker] == [upload.undoes]
    assert [row["action"] for row in marker] == ["undo"]
    assert {row[name] for row in marker for name in FIGURES.names} == {None}
    assert list((store.root / "staging").iterdir()) == []


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


# The syncs of a process's first append: root, raw file, raw folder, entry. After them comes the table's folder.
# Its first open reads.
FAULTS = [(os, "fsync", at) for at in range(1, 5)] + [(os, "link", 1), (os, "link", 2)]
FAULTS += [(Path, "open", 2), (Path, "open", 3), (Path, "mkdir", 1), (os, "open", 1)]


@pytest.mark.parametrize(("owner", "name", "at"), FAULTS)
def test_a_full_disk_is_told_and_changes_nothing(store, monkeypatch, owner, name, at):
    """Whichever call fails before the entry stands, the next try succeeds."""
    append(store)
    before = state(store)
    store.check()  # what this process knows is forgotten: the folders are made and synced anew
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
    fault = Fault(os.fsync, 4 if retry_by == "append" else 2)  # the entry's file is synced, its folder is not
    monkeypatch.setattr(os, "fsync", fault)
    with pytest.raises(DataError):
        act()
    monkeypatch.undo()
    assert (fault.left, store.version()) == (0, "00000002")
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


def test_the_check_sweeps_only_what_is_stale(store):
    """A writer at work keeps its staging file."""
    append(store)
    stale, fresh = store.root / "staging" / "stale", store.root / "staging" / "fresh"
    for path in (stale, fresh):
        path.write_bytes(b"half a fi")
    os.utime(stale, (time.time() - 4000,) * 2)
    assert store.check() == []
    assert (stale.exists(), fresh.exists()) == (False, True)


def test_a_damaged_or_missing_raw_file_is_reported(store):
    """The bytes behind an upload are checked against their name."""
    one, two = append(store, "2025Q1").upload, append(store, "2025Q2").upload
    (store.root / "raw" / one.source_sha256).write_bytes(b"other")
    (store.root / "raw" / two.source_sha256).unlink()
    assert [problem.value for problem in store.check()] == [f"raw/{item.source_sha256}" for item in (one, two)]
    with pytest.raises(DataError):
        store.raw(one.upload)


def test_publishing_never_changes_an_earlier_file(store):
    """Neither an append nor an undo touches what stands."""
    first = append(store, "2025Q1").upload
    before = state(store)[-1]
    append(store, "2025Q1", value=2.0, raw="2")
    store.undo(first.upload, user=owner("李"))
    after = state(store)[-1]
    assert before.items() <= after.items()
    assert sorted(after) == ["00000001.parquet", "00000002.parquet", "00000003.parquet"]


def test_everything_is_synced_before_it_is_acknowledged(store, monkeypatch):
    """The file as it came, the entry and the folders that name them; once a process, the root."""
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("open files are told by /proc")
    synced, fsync = [], os.fsync

    def note(handle):
        synced.append(Path(f"/proc/self/fd/{handle}").readlink().relative_to(store.root).parts[:1])
        fsync(handle)

    monkeypatch.setattr(os, "fsync", note)
    append(store, "2025Q1")
    upload = append(store, "2025Q2").upload
    store.undo(upload.upload, user=owner("李"))
    monkeypatch.undo()
    kept, entry = [("staging",), ("raw",)], [("staging",), ("store",)]
    assert synced == [(), *kept, *entry, *kept, *entry, *entry]


def test_a_duplicate_is_synced_before_it_is_acknowledged(store, monkeypatch):
    """Whoever published it may have been killed before."""
    append(store, "2025Q1")
    fault = Fault(os.fsync, 1)
    monkeypatch.setattr(os, "fsync", lambda handle: fault(handle))  # noqa: PLW0108 - as above
    with pytest.raises(DataError):
        append(store, "2025Q1")
    monkeypatch.undo()
    assert append(store, "2025Q1").duplicate


def test_what_others_publish_is_seen_and_what_is_known_is_not_read_again(store, monkeypatch):
    """An entry never changes: only later ones are opened, unless the last one known is another file."""
    append(store, "2025Q1")
    other = Folder(store.root)
    first, figures = other.entry(1)
    assert other.uploads() == [first]
    second = replace(first, seq=2, upload="u00000002-00000000")
    assert other.publish(second, prepare(figures))
    opened, call = [], Path.open
    monkeypatch.setattr(Path, "open", lambda path, *args, **more: opened.append(path.name) or call(path, *args, **more))
    assert other.uploads() == [first, second]
    assert other.uploads() == [first, second]
    assert opened == ["00000002.parquet"]
    changed = replace(second, name="another name")
    other.path_of(2).write_bytes(encode(changed, prepare(figures)))
    assert other.uploads() == [first, changed]


def test_a_folder_that_was_removed_is_made_again(store):
    """While the process that made it goes on."""
    append(store, "2025Q1")
    shutil.rmtree(store.root)
    assert (append(store, "2025Q2").upload.seq, store.check()) == (1, [])


def test_a_gap_that_opens_in_the_store_is_never_filled(store):
    """The next upload is refused: what stood there was acknowledged."""
    for period in ("2025Q1", "2025Q2", "2025Q3"):
        append(store, period)
    (store.root / "store" / "00000002.parquet").unlink()
    store.place.sweep()
    with pytest.raises(DataError) as caught:
        append(store, "2025Q4")
    assert caught.value.code == "store_damaged"
