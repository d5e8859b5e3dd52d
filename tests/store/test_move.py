"""Moving a store: the same history, figures and files before and after, and nothing acknowledged in between is lost."""

import shutil

import pyarrow.parquet as pq
import pytest

from lib.access import owner
from lib.schema import DataError
from lib.store import Store, convert
from lib.store.entry import is_first_layout, prepare
from lib.store.folder import Folder
from lib.store.move import copy_store
from tests.store.uploads import append

pytest.importorskip("deltalake", reason="the extra delta is not installed")


def fill(store):
    """Uploads, a revision, undos, and the undone file once more."""
    first = append(store, "2025Q1", "2025Q2").upload
    append(store, "2025Q2", value=2.0, raw="revision")
    store.undo(first.upload, user=owner("李"))
    append(store, "2025Q1", "2025Q2")
    append(store, "2025Q3")


def seen(store):
    """All that a visitor can ask of a store."""
    files = [store.raw(item.upload) for item in store.history() if item.action == "append"]
    return store.history(), store.read().to_dict("list").__repr__(), store.read(3).to_dict("list").__repr__(), files


def test_a_folder_becomes_a_table_over_the_same_files(tmp_path, folder):
    """In place, once; uploads and undos go on where they were."""
    fill(folder)
    before = seen(folder)
    files = {path.name: path.read_bytes() for path in folder.root.glob("store/*.parquet")}
    assert convert(tmp_path) == folder
    assert not isinstance(folder.place, Folder)
    assert seen(folder) == before
    assert {path.name: path.read_bytes() for path in folder.root.glob("store/*.parquet")} == files
    assert append(folder, "2025Q4").upload.seq == 6
    assert folder.undo(before[0][0].upload, user=owner("u")).seq == 7
    after = seen(folder)
    assert (seen(convert(tmp_path)), folder.check()) == (after, [])


def test_a_store_of_the_first_layout_becomes_a_table(tmp_path, ROOT):
    """Its undos get rows; nothing else changes."""
    shutil.copytree(ROOT / "tests" / "store" / "first-layout", tmp_path / "actuals")
    store = Store(tmp_path / "actuals")
    before = seen(store)
    convert(tmp_path)
    assert not isinstance(store.place, Folder)
    assert (seen(store), store.check()) == (before, [])
    assert [is_first_layout(pq.read_schema(path)) for path in store.root.glob("store/*.parquet")] == [False] * 3


def test_a_writer_of_the_folder_cannot_write_past_the_table(tmp_path, folder):
    """One that looked before the conversion and writes after it is refused; trying again reaches the table."""
    append(folder, "2025Q1")
    before, figures = folder.place.entry(1)
    late = folder.place
    assert isinstance(late, Folder)
    convert(tmp_path)
    with pytest.raises(DataError) as caught:
        late.publish(before, prepare(figures))
    assert caught.value.code == "store_unwritable"
    assert (late.writable(), folder.writable()) == (False, True)
    assert append(folder, "2025Q2").upload.seq == 2


def test_a_conversion_that_fails_leaves_the_folder_as_it_was(tmp_path, folder, monkeypatch):
    """Uploads go on in the folder."""
    append(folder, "2025Q1")

    def refuse(root):
        raise DataError("store_unwritable", place=str(root))

    monkeypatch.setattr("lib.store.delta.convert_folder", refuse)
    with pytest.raises(DataError):
        convert(tmp_path)
    assert isinstance(folder.place, Folder)
    assert append(folder, "2025Q2").upload.seq == 2


def test_a_damaged_folder_is_not_converted(tmp_path, folder):
    """It is told first, and nothing is changed."""
    append(folder)
    (folder.root / "store" / "00000001.parquet").write_bytes(b"")
    with pytest.raises(DataError) as caught:
        convert(tmp_path)
    assert caught.value.code == "store_damaged"
    assert (folder.root / "staging").is_dir()


def test_a_store_is_copied_to_any_place_and_back(store, tmp_path):
    """Entry by entry; again after more uploads, only those are added."""
    source = Store(tmp_path / "source")
    fill(source)
    copy_store(source, store)
    assert seen(store) == seen(source)
    append(source, "2026Q1")
    copy_store(source, store)
    back = Store(tmp_path / "back")
    copy_store(store, back)
    assert seen(back) == seen(store) == seen(source)
    assert (store.check(), back.check()) == ([], [])


def test_a_copy_is_not_mixed_with_other_uploads(folder, tmp_path):
    """A place that holds something else is left alone."""
    source = Store(tmp_path / "source")
    append(source, "2025Q1")
    append(folder, "2025Q2")
    with pytest.raises(DataError) as caught:
        copy_store(source, folder)
    assert caught.value.code == "convert_target_differs"
    assert list(folder.read()["period"]) == ["2025Q2"]
