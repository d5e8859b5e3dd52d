"""How long an upload takes to be kept, alone and with sixteen processes at once, against a plain durable write, in one run.

The reference writes a file of eight kilobytes, syncs it, renames it and syncs the folder: the least that anything
durable can cost, and nothing that sees to numbers, repeats or conflicts. Prints milliseconds, how many uploads were
acknowledged and how many different ones stand afterwards, and ratios; asserts nothing. The goal is a 95th percentile under
100 ms for 16 writers on an idle machine of two cores; measurements are in `README.md` here. Run by `make bench`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from statistics import quantiles
from time import perf_counter

import pandas as pd

from benchmarks.runs import Report
from lib.access import owner
from lib.schema import ACTUAL_COLUMNS, ORIGIN_COLUMNS
from lib.store import Store

PLAIN = "plain durable write"
ROWS = 200
EACH = 50
WARM = 3


def figures(label: str) -> pd.DataFrame:
    """Made-up rows that only this upload holds."""
    frame = pd.DataFrame({name: ["made up"] * ROWS for name in ACTUAL_COLUMNS + ORIGIN_COLUMNS})
    return frame.assign(value=1.5, published=pd.Timestamp("2026-01-02"), row=range(ROWS), source=label)


def keep(root: str, label: str, rows: pd.DataFrame) -> None:
    """Keep an upload in the store."""
    Store(Path(root)).append(rows, label.encode(), name=label, user=owner(label))


def write_plainly(root: str, label: str, _: pd.DataFrame) -> None:
    """Write a few kilobytes durably."""
    path = Path(root, label)
    with path.with_suffix(".part").open("xb") as file:
        file.write(os.urandom(8_000))
        file.flush()
        os.fsync(file.fileno())
    path.with_suffix(".part").rename(path)
    handle = os.open(root, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def measure(work: Callable[[str, str, pd.DataFrame], None], root: str, number: int) -> list[float]:
    """The seconds each of one writer's uploads took, after some that warm up."""
    times = []
    labels = [f"{number}-{upload}" for upload in range(EACH + WARM)]
    for label, rows in [(label, figures(label)) for label in labels]:
        start = perf_counter()
        work(root, label, rows)
        times.append(perf_counter() - start)
    return times[WARM:]


def race(report: Report, name: str, work: Callable[[str, str, pd.DataFrame], None], writers: int) -> list[float]:
    """Let some writers loose at once: all times; the report gets their median, 95th percentile and maximum."""
    context = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
    context.set_forkserver_preload(["pandas", "lib.store"])  # writers are measured while writing, not while loading
    with tempfile.TemporaryDirectory() as root, context.Pool(writers) as pool:
        tasks = [pool.apply_async(measure, (work, root, number)) for number in range(writers)]
        times = [1000 * seconds for task in tasks for seconds in task.get()]
        names = [upload.name for upload in Store(Path(root)).history()]
    if names:
        print(f"{len(times) + WARM * writers} acknowledged, {len(names)} entries, {len(set(names))} different")
    label = f"{writers:2} writers, {name}"
    plain = label.replace(name, PLAIN) if name != PLAIN else ""
    report.add(label, times, unit="ms", against=plain)
    report.add(f"{label}, 95th percentile", [quantiles(times, n=20)[-1]], unit="ms")
    return times


def main() -> None:
    """Measure and print."""
    report = Report("store", f"{ROWS} rows an upload, {EACH} uploads a writer")
    for writers in (1, 16):
        race(report, PLAIN, write_plainly, writers)
        race(report, "store", keep, writers)
    report.close()


if __name__ == "__main__":
    main()
