"""Writers in processes of their own, for test_store: each prints one line per acknowledged upload."""

import os
import random
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pandas as pd

from lib.access import owner
from lib.schema import ACTUAL_COLUMNS, ORIGIN_COLUMNS
from lib.store import Store

ROWS = 3


def figures(label: str) -> pd.DataFrame:
    """Rows that only this upload holds: its label is their source."""
    frame = pd.DataFrame({name: [""] * ROWS for name in ACTUAL_COLUMNS + ORIGIN_COLUMNS})
    return frame.assign(value=1.5, published=pd.Timestamp("2026-01-02"), row=range(2, 2 + ROWS), source=label)


def write(root: str, label: str, count: int) -> None:
    """Append `count` uploads named label-0, label-1 and on."""
    store = Store(Path(root))
    for number in range(count):
        name = f"{label}-{number}"
        store.append(figures(name), name.encode(), name=name, user=owner(label))
        os.write(1, f"{name}\n".encode())


def start(root: str, label: str, count: int) -> int:
    """Fork a writer."""
    pid = os.fork()
    if pid == 0:
        write(root, label, count)
        os._exit(0)
    return pid


def together(root: str) -> None:
    """Run four writers of ten uploads each at once."""
    for pid in [start(root, f"writer{number}", 10) for number in range(4)]:
        os.waitpid(pid, 0)


def storm(root: str) -> None:
    """Kill and replace random ones of three endless writers for two seconds, then kill all."""
    chance, kills, end = random.Random(1), 0, time.monotonic() + 2  # noqa: S311 - nothing secret
    write(root, "before", 1)  # what the writers inherit is warm: they are killed while writing, not while loading
    pids = [start(root, f"first{slot}", sys.maxsize) for slot in range(3)]
    while time.monotonic() < end:
        time.sleep(chance.uniform(0.01, 0.15))
        slot = chance.randrange(3)
        stop(pids[slot])
        kills += 1
        pids[slot] = start(root, f"after{kills}", sys.maxsize)
    for pid in pids:
        stop(pid)


def stop(pid: int) -> None:
    """Kill a writer wherever it is."""
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


if __name__ == "__main__":
    {"together": together, "storm": storm}[sys.argv[1]](sys.argv[2])
