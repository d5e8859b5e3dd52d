"""Writers in processes of their own, which print the uploads acknowledged to them. Also what they upload."""

import os
import random
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import pandas as pd

from lib.access import owner
from lib.schema import ACTUAL_COLUMNS, ORIGIN_COLUMNS
from lib.store import Store
from lib.store.open import as_root, open_place

ROWS = 3


def figures(label: str) -> pd.DataFrame:
    """Rows that only this upload holds: its label is their source."""
    frame = pd.DataFrame({name: [""] * ROWS for name in ACTUAL_COLUMNS + ORIGIN_COLUMNS})
    return frame.assign(value=1.5, published=pd.Timestamp("2026-01-02"), row=range(2, 2 + ROWS), source=label)


def fork(root: str, label: str, count: int, told: int) -> int:
    """Fork a writer of uploads named label-0, label-1 and on, which writes a line to `told` for each acknowledged."""
    pid = os.fork()
    if pid == 0:
        store = Store(as_root(root))
        for number in range(count):
            name = f"{label}-{number}"
            store.append(figures(name), name.encode(), name=name, user=owner(label))
            os.write(told, f"{name}\n".encode())
        os._exit(0)
    return pid


def together(root: str, count: int) -> None:
    """Run four writers of `count` uploads each at once."""
    for pid in [fork(root, f"writer{number}", count, 1) for number in range(4)]:
        _, status = os.waitpid(pid, 0)
        if status:
            sys.exit(status)


def storm(root: str, kills: int) -> None:
    """Let three writers go on without end; after each acknowledgement kill a random one at a random moment."""
    chance = random.Random(1)  # noqa: S311 - nothing secret
    reading, told = os.pipe()
    pids = [fork(root, f"first{slot}", sys.maxsize, told) for slot in range(3)]
    for kill in range(kills):
        os.write(1, os.read(reading, 1 << 16))
        time.sleep(chance.uniform(0, 0.1))
        slot = chance.randrange(3)
        stop(pids[slot])
        pids[slot] = fork(root, f"after{kill}", sys.maxsize, told)
    for pid in pids:
        stop(pid)
    os.close(told)
    while lines := os.read(reading, 1 << 16):
        os.write(1, lines)


def stop(pid: int) -> None:
    """Kill a writer wherever it is."""
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


if __name__ == "__main__":
    _, how, where, times = sys.argv
    open_place(as_root(where))  # loads its library: writers are killed while writing, not while loading
    {"together": together, "storm": storm}[how](where, int(times))
