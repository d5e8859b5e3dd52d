"""Every call of the system by which an upload is published or withdrawn fails in turn: old or new, never between.

The calls are those that strace shows (see `faults`); each fails with each error until a run passes without reaching the
fault, so that a call added later is failed too.
"""

from __future__ import annotations

import errno
import shutil
from itertools import count
from pathlib import Path

import pytest

from lib.faults import describe_error
from lib.i18n import LANGUAGES, load_texts
from lib.schema import DataError
from lib.store import Store
from tests.store.durability.conftest import notes
from tests.store.durability.faults import Calls
from tests.store.durability.worker import ROWS, perform, publish

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS)
OLD = ([("append", "first"), ("append", "second")], {"first": ROWS, "second": ROWS})
NEW = {
    "append": ([*OLD[0], ("append", "new")], OLD[1] | {"new": ROWS}),
    "undo": ([*OLD[0], ("undo", "first")], {"second": ROWS}),
}
MADE = {"close", "flock", "flush", "fsync", "link", "listdir", "lockf", "lseek", "mkdir", "open"}
MADE |= {"read", "stat", "unlink", "write"}


def refuse(number):
    """Fail as the system does."""

    def fail():
        raise OSError(number, "made to fail")

    return fail


def attempt(store, act, calls):
    """Append or undo among faults; gives whether it was acknowledged, and whether what came instead is worded."""
    try:
        with calls:
            perform(store, act)
    except DataError as error:
        words = [describe_error(error, load_texts(lang)) for lang in LANGUAGES]
        return False, error.code in {"store_unwritable", "store_damaged"} and all(words)
    return True, True


@pytest.mark.parametrize("act", NEW)
@pytest.mark.parametrize("turn", [0, *(pytest.param(turn, marks=pytest.mark.soak) for turn in (1, 2, 3))])
def test_each_call_that_fails_leaves_old_or_new(store, held, tmp_path, turn, act):
    """Told in words, sound, and a retry succeeds without doubling; what was acknowledged is there.

    The four errors take turns, so that over the four turns each call fails with each of them.
    """
    reached = set()
    for at in count(1):
        copy = Store(shutil.copytree(store.root, tmp_path / str(at)))
        copy.check()  # this process has not read it: every read is made, and fails in its turn
        calls = Calls(copy.root, at, refuse(ERRORS[(at + turn) % len(ERRORS)]))
        acknowledged, worded = attempt(copy, act, calls)
        assert worded
        if not calls.reached:
            break
        reached.add(calls.reached)
        found = held(copy.root)
        assert found == NEW[act] or (found == OLD and not acknowledged), (at, calls.reached)
        perform(copy, act)
        assert held(copy.root) == NEW[act], (at, calls.reached)
        shutil.rmtree(copy.root)
    assert acknowledged
    assert reached >= MADE


def test_each_call_of_the_very_first_upload_fails_safely(held, tmp_path):
    """The folders are made then; nothing stands, or the upload does."""
    for at in count(1):
        store = Store(tmp_path / str(at) / "actuals")
        calls = Calls(store.root, at, refuse(errno.ENOSPC))
        acknowledged, worded = attempt(store, "append", calls)
        assert worded
        found = held(store.root)
        assert found[0] in ([("append", "new")], [] if not acknowledged else None)
        perform(store, "append")
        assert held(store.root) == ([("append", "new")], {"new": ROWS})
        if not calls.reached:
            break
    assert at > 20


@pytest.mark.parametrize("act", NEW)
def test_killed_at_each_call_it_leaves_old_or_new(store, held, run, act):
    """SIGKILL in place of the first call, of the second and on, until one run ends by itself."""
    run("fall", store.root, act)
    copies = sorted(store.root.parent.glob(f"{store.root.name}-*[0-9]"), key=lambda path: int(path.name[8:]))
    states = [held(copy) for copy in copies]
    assert len(copies) > 20
    assert [bool(notes(copy)) for copy in copies] == [False] * (len(copies) - 1) + [True]
    assert states[-1] == NEW[act]
    turn = states.index(NEW[act])
    assert states == [OLD] * turn + [NEW[act]] * (len(states) - turn)
    for copy in copies:
        perform(Store(copy), act)
        assert held(copy) == NEW[act]


def test_a_folder_of_that_name_that_is_a_file_is_told(store, held):
    """A real fault without any stand-in: nothing can be staged, and all can still be read."""
    (store.root / "staging").rmdir()
    (store.root / "staging").write_bytes(b"")
    assert not store.writable()
    with pytest.raises(DataError) as caught:
        publish(store, "new")
    assert caught.value.code == "store_unwritable"
    assert held(store.root) == OLD


@pytest.mark.parametrize("size", [20, 40, 100])
def test_a_disk_that_is_really_full_leaves_old_or_new(small_disk, held, size):
    """On a file system of a few kilobytes, uploads are acknowledged until one is refused; each is whole."""
    store, kept = Store(Path(small_disk(size)) / "actuals"), []
    with pytest.raises(DataError) as caught:  # noqa: PT012 - which of them is refused is the disk's business
        for number in range(100):
            publish(store, f"upload{number}")
            kept.append(f"upload{number}")
    assert caught.value.code == "store_unwritable"
    assert held(store.root) == ([("append", label) for label in kept], dict.fromkeys(kept, ROWS))
