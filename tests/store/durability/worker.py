"""Writers in processes of their own, for the tests of this folder: each notes, synced, what the store has acknowledged."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import pandas as pd

from lib.access import owner
from lib.schema import ACTUAL_COLUMNS, ORIGIN_COLUMNS
from lib.store import Conflict, Store
from tests.store.durability.faults import Calls

ROOT = Path(__file__).resolve().parents[3]
ROWS = 3
WRITERS = 8


def figures(label, region=""):
    """Rows that only this upload holds: its label is their source."""
    frame = pd.DataFrame({name: [""] * ROWS for name in ACTUAL_COLUMNS + ORIGIN_COLUMNS})
    return frame.assign(
        region=region, value=1.5, published=pd.Timestamp("2026-01-02"), row=range(2, 2 + ROWS), source=label
    )


def publish(store, label, **options):
    """Append an upload named by its label."""
    rows = figures(label, options.pop("region", ""))
    return store.append(rows, label.encode(), name=label, user=owner(label), **options)


def note(root, line):
    """Add a line to the notes beside the store, and have it on the disk."""
    handle = os.open(f"{root}.notes", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(handle, f"{line}\n".encode())
    os.fsync(handle)
    os.close(handle)


def fork(work, *arguments):
    """Do something in a process of its own."""
    pid = os.fork()
    if pid == 0:
        try:
            work(*arguments)
        except BaseException as error:  # noqa: BLE001 - the parent reads of it
            sys.excepthook(type(error), error, error.__traceback__)
            os._exit(1)
        os._exit(0)
    return pid


def join(pids):
    """Wait for writers, and fail if one of them has."""
    if any(os.waitpid(pid, 0)[1] for pid in pids):
        sys.exit("a writer failed")


def write(root, label, uploads):
    """Append uploads named label-0, label-1 and on."""
    for number in range(uploads):
        publish(Store(Path(root)), f"{label}-{number}")
        note(root, f"{label}-{number}")


def together(root, writers, uploads):
    """Let so many writers append so many uploads each, at once."""
    join([fork(write, root, f"writer{number}", int(uploads)) for number in range(int(writers))])


def storm(root, kills):
    """Kill random ones of eight endless writers and replace them, so many times; then kill all."""
    chance = random.Random(1)  # noqa: S311 - nothing secret
    write(root, "before", 1)  # what the writers inherit is warm: they are killed while writing, not while loading
    pids = [fork(write, root, f"first{slot}", sys.maxsize) for slot in range(WRITERS)]
    for number in range(int(kills) - WRITERS):
        time.sleep(chance.uniform(0.02, 0.3))
        slot = chance.randrange(WRITERS)
        kill(pids[slot])
        pids[slot] = fork(write, root, f"after{number}", sys.maxsize)
    for pid in pids:
        kill(pid)


def kill(pid):
    """Kill a writer wherever it is. It must have been alive: one that failed by itself is a fault."""
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    if not os.WIFSIGNALED(status):
        sys.exit("a writer failed")


def fall(root, act):
    """Do one thing on copies of a store, killed at the first call of the system, at the second and on."""
    for at in count(1):
        copy = Path(f"{root}-{at}")
        shutil.copytree(root, copy)
        _, status = os.waitpid(fork(fall_at, copy, act, at), 0)
        if not os.WIFSIGNALED(status):
            sys.exit(os.waitstatus_to_exitcode(status))


def fall_at(root, act, at):
    """Append or undo, killed at a call."""
    with Calls(root, at, lambda: os.kill(os.getpid(), signal.SIGKILL)):
        perform(Store(root), act)
    note(root, act)


def perform(store, act):
    """One of the two things that write: an append, or the undo of the first upload."""
    if act == "append":
        return publish(store, "new").upload
    return store.undo(next(item.upload for item in store.history(1)), user=owner("u"))


def revise(root, label, seen, region):
    """Append figures previewed at a version, unless they changed; note what came of it."""
    try:
        publish(Store(Path(root)), label, seen=seen, region=region)
    except Conflict as conflict:
        note(root, f"{label} conflict {len(conflict.keys)} {conflict.keys[0][0]}")
    else:
        note(root, f"{label} kept")


def rivals(root, seen):
    """Two revise the same quarter at once; a third other figures."""
    regions = {"one": "210100", "other": "210100", "elsewhere": "210200"}
    join([fork(revise, root, label, seen, region) for label, region in regions.items()])


if __name__ == "__main__":
    {"together": together, "storm": storm, "fall": fall, "rivals": rivals}[sys.argv[1]](*sys.argv[2:])
