"""The store's promises, at every place: nothing acknowledged is lost or doubled, nothing published changes."""

import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.access import owner
from lib.schema import CODE_COLUMNS, STORED_COLUMNS, DataError
from lib.store import Conflict, Store, convert
from lib.store.folder import Folder
from tests.store import writers
from tests.store.uploads import append, figures, plain, state


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


def test_an_empty_store_can_be_read(store):
    """A fresh clone shows its pages."""
    assert (store.version(), store.history(), store.check()) == ("00000000", [], [])


def test_an_empty_store_needs_no_folder_to_be_read(folder):
    """Reading creates nothing."""
    assert (len(folder.read()), folder.root.exists()) == (0, False)


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
    """The form says how to read the file; its bytes are the same file."""
    append(store, form="2025Q1")
    assert not append(store, form="2025Q2").duplicate
    assert len({item.source_sha256 for item in store.history()}) == 1


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


def test_two_who_saw_the_same_are_told_apart(store, monkeypatch):
    """Of two writers who both found the place free, one wins; the other sees the figures first, or takes the next place."""
    append(store, "2025Q1")
    seen, late = store.version(), type(store.place).publish

    def overtaken(place, upload, figures):
        monkeypatch.undo()
        append(store, "2025Q2", raw="theirs")
        return late(place, upload, figures)

    monkeypatch.setattr(type(store.place), "publish", overtaken)
    with pytest.raises(Conflict) as caught:
        append(store, "2025Q2", raw="mine", seen=seen)
    assert caught.value.keys == [("210100", "gdp", "2025Q2", "ytd", "亿元")]
    monkeypatch.setattr(type(store.place), "publish", overtaken)
    assert append(store, "2025Q3", raw="mine", seen=seen).upload.seq == 3
    assert (store.version(), store.check()) == ("00000003", [])


def test_the_same_file_from_two_at_once_is_one_upload(store, monkeypatch):
    """The second of two who publish the same file gets the upload of the first."""
    late = type(store.place).publish

    def overtaken(place, upload, figures):
        monkeypatch.undo()
        append(store)
        return late(place, upload, figures)

    monkeypatch.setattr(type(store.place), "publish", overtaken)
    receipt = append(store)
    assert (receipt.duplicate, receipt.upload.seq, store.version()) == (True, 1, "00000001")


def run_writers(store, how, count):
    """Let writers loose in processes of their own; gives the names of the uploads acknowledged to them."""
    if not hasattr(os, "fork"):
        pytest.skip("the writers are forked")
    command = [sys.executable, writers.__file__, how, str(store.root), str(count)]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=300).stdout.splitlines()


def test_writers_at_once_all_get_their_place(store):
    """Four processes, several uploads each: every one is there exactly once, and numbers have no gaps."""
    count = 10 if isinstance(store.place, Folder) else 3
    acknowledged = run_writers(store, "together", count)
    assert len(acknowledged) == 4 * count
    assert [item.seq for item in store.history()] == list(range(4 * count, 0, -1))
    assert Counter(store.read()["source"]) == dict.fromkeys(acknowledged, writers.ROWS)
    assert store.check() == []


def test_killed_writers_lose_nothing_they_acknowledged(store):
    """SIGKILL at any moment: every acknowledged upload is there, none is there in part, and the next one goes on."""
    kills = 30 if isinstance(store.place, Folder) else 5
    acknowledged = run_writers(store, "storm", kills)
    held = Counter(store.read()["source"])
    assert len(acknowledged) >= kills
    assert set(acknowledged) <= set(held)
    assert set(held.values()) == {writers.ROWS}
    assert append(store).upload.seq == len(held) + 1
    assert store.check() == []


def test_trying_whether_it_is_writable_leaves_nothing(folder):
    """The probe cleans up."""
    assert folder.writable()
    assert [path for path in folder.root.rglob("*") if path.is_file()] == []


def test_every_place_is_writable(store):
    """The question is asked before the first upload."""
    assert store.writable()
    assert (store.version(), store.check()) == ("00000000", [])


STEPS = st.lists(st.tuples(st.sampled_from(["append", "undo"]), st.integers(0, 4)), max_size=8)


@pytest.mark.parametrize("kind", ["folder", "delta"])
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_what_is_read_is_what_was_appended_and_not_undone(tmp_path_factory, kind, steps):
    """For any sequence of appends and undos."""
    root = tmp_path_factory.mktemp("steps")
    store = Store(root / "actuals") if kind == "folder" else convert(root)
    held: dict[int, str] = {}  # which of five files is active, in the order published
    for action, number in steps:
        if action == "append":
            held.setdefault(number, append(store, f"202{number}").upload.upload)
        elif number in held:
            store.undo(held.pop(number), user=owner("u"))
    assert list(store.read()["period"]) == [f"202{number}" for number in held]
    assert [item.upload for item in reversed(store.history()) if item.active] == list(held.values())
    assert store.check() == []
