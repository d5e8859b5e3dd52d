"""Kept rows are in use at once, never lost, taken back whole, and the tables hold together after every entry."""

from __future__ import annotations

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from lib.access import Role, User, owner
from lib.additions.keep import keep, take_back
from lib.additions.overlay import read_current, read_laid
from lib.additions.review import review
from lib.additions.trail import read_deeds
from lib.plans import codes_of
from lib.schema import DataError
from lib.store import Conflict, convert, open_additions, open_store
from lib.tables import check_tables
from tests.additions.conftest import EVIDENCE, TODAY, to_sent

ZHANG, LI = owner("张"), owner("李")
NAME = json.dumps([EVIDENCE[column] for column in ("target", "date", "stage", "source")])


def said(folder):
    """What the made-up evidence says now; None where there is none."""
    held = read_laid(folder).rows("evidence").get(NAME)
    return held and held[0]["what_en"]


def test_a_plan_comes_and_goes(data_dir, keep_now, made_up_plan):
    """Kept, it is the last of the plans; undone, the tables are as they shipped; what came is kept as it came."""
    before = read_laid(data_dir)
    receipt = keep_now(*made_up_plan)
    assert codes_of(read_current(data_dir))[-1] == "MADE-UP"
    with zipfile.ZipFile(io.BytesIO(open_additions(data_dir).raw(receipt.upload.upload))) as archive:
        assert [archive.read(name) for name in archive.namelist()] == [item.raw for item in made_up_plan]
    take_back(data_dir, receipt.upload.upload, user=LI)
    after = read_laid(data_dir)
    assert all(after.texts[name].equals(frame) for name, frame in before.texts.items())
    assert [(deed.entry.action, dict(deed.counts)) for deed in read_deeds(open_additions(data_dir))] == [
        (action, {"plans": 1, "regions": 1, "memberships": 2, "targets": 2}) for action in ("undo", "append")
    ]
    assert open_additions(data_dir).check() == []


def test_figures_keep_their_own_numbers(data_dir, keep_now, sent):
    """Additions stand in a store of their own: the figures' version does not move."""
    before = open_store(data_dir).version()
    keep_now(sent())
    assert open_store(data_dir).version() == before
    assert open_additions(data_dir).version() == "00000001"


def test_the_latest_row_is_in_use_and_undo_brings_back_the_one_before(data_dir, keep_now, sent):
    """By key, whoever sent it; the same words again change nothing."""
    keep_now(sent(what_en="first"))
    second = keep_now(sent(what_en="second")).upload
    assert said(data_dir) == "second"
    assert review([sent(what_en="second")], read_laid(data_dir), today=TODAY).idle
    take_back(data_dir, second.upload, user=ZHANG)
    assert said(data_dir) == "first"


def test_the_same_file_can_be_sent_again_once_another_lies_over_it(data_dir, keep_now, sent):
    """A second click is the entry that stands; going back to earlier words is an entry of its own."""
    first = keep_now(sent(what_en="first"), seen="00000000")
    assert keep_now(sent(what_en="first"), seen="00000000").duplicate
    keep_now(sent(what_en="second"))
    again = keep_now(sent(what_en="first"))
    assert not again.duplicate
    assert (first.upload.seq, again.upload.seq, said(data_dir)) == (1, 3, "first")


def test_two_at_once_one_wins_and_the_other_is_told(data_dir, sent):
    """Both saw the same tables; the one who comes second learns which row, and sees the difference when looking again."""
    laid, start = read_laid(data_dir), Barrier(2)

    def send(words):
        files = [sent(what_en=words)]
        start.wait()
        try:
            return keep(data_dir, review(files, laid, today=TODAY), files, user=owner(words), seen="00000000")
        except Conflict as conflict:
            return conflict

    with ThreadPoolExecutor(2) as both:
        outcomes = list(both.map(send, ("one", "two")))
    [lost] = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    assert lost.keys == [("evidence", NAME)]
    assert said(data_dir) == next(outcome for outcome in outcomes if outcome is not lost).upload.user
    other = {"one": "two", "two": "one"}[said(data_dir)]
    found = review([sent(what_en=other)], read_laid(data_dir), today=TODAY)
    assert list(found.rows["change"]) == ["changed"]


def test_what_others_rest_on_cannot_be_taken_away(data_dir, keep_now, made_up_plan, sent):
    """Evidence for a plan's commitment goes first, then the plan; the error names the row in the way."""
    plan = keep_now(*made_up_plan).upload
    evidence = keep_now(sent(target="MU-2")).upload
    with pytest.raises(DataError) as refused:
        take_back(data_dir, plan.upload, user=ZHANG)
    assert refused.value.code == "undo_unsound"
    assert (refused.value.hint["file"], refused.value.hint["value"]) == ("evidence.csv", "MU-2")
    for upload in (evidence, plan):
        take_back(data_dir, upload.upload, user=ZHANG)
    assert check_tables(read_laid(data_dir).tables) == []


def test_rows_that_no_longer_fit_when_their_turn_comes_are_refused(data_dir, keep_now, made_up_plan, sent):
    """The plan is withdrawn between the preview of its evidence and the click: nothing is kept."""
    plan = keep_now(*made_up_plan).upload
    files, laid, store = [sent(target="MU-2")], read_laid(data_dir), open_additions(data_dir)
    found = review(files, laid, today=TODAY)
    take_back(data_dir, plan.upload, user=ZHANG)
    with pytest.raises(DataError, match="additions_unsound"):
        keep(data_dir, found, files, user=ZHANG, seen="00000001")
    assert store.version() == "00000002"


@pytest.mark.parametrize(
    ("user", "code"),
    [
        (User("reader", Role.READER), "write_not_allowed"),
        (User("office", Role.UPLOADER, frozenset({"210100"})), "region_not_allowed"),
    ],
)
def test_the_store_itself_asks_who_writes(data_dir, keep_now, sent, user, code):
    """Neither keeping nor taking back needs a page to be refused."""
    with pytest.raises(DataError, match=code):
        keep_now(sent(), user=user)
    upload = keep_now(sent()).upload
    with pytest.raises(DataError, match=code):
        take_back(data_dir, upload.upload, user=user)


def test_only_an_administrator_adds_a_plan(data_dir, keep_now, made_up_plan):
    """An uploader for all regions may still add evidence only."""
    office = User("office", Role.UPLOADER)
    with pytest.raises(DataError, match="tables_not_allowed"):
        keep_now(*made_up_plan, user=office)
    assert open_additions(data_dir).version() == "00000000"
    keep_now(to_sent("evidence", EVIDENCE), user=office)


@pytest.mark.parametrize("place", ["a Delta table in place", "a copy"])
def test_additions_move_with_the_figures(data_dir, keep_now, sent, monkeypatch, place):
    """A Delta table over the same files, or a copy elsewhere, holds them too, and more can be added there."""
    pytest.importorskip("deltalake", reason="the extra delta is not installed")
    keep_now(sent(what_en="first"))
    target = str(data_dir / "copy") if place == "a copy" else ""
    convert(data_dir, target)
    if target:
        monkeypatch.setenv("TRACKER_STORE", target)
    assert (open_additions(data_dir).root / "store" / "_delta_log").is_dir() is not bool(target)
    upload = keep_now(sent(what_en="second")).upload
    assert (upload.seq, said(data_dir)) == (2, "second")
    take_back(data_dir, upload.upload, user=ZHANG)
    assert said(data_dir) == "first"
