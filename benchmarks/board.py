"""How long the verdicts of a day take, against merely reading the shipped figures with pandas, in one run.

Prints a table of seconds and ratios; asserts nothing. Run by `make bench`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import pandas as pd

from lib.clock import today
from lib.intake import seed_store
from lib.store import Store
from lib.tables import ROOT, read_tables
from lib.verdict.board import build_board

ROUNDS = 7


def seconds(work: Callable[[], object]) -> float:
    """The median time of some rounds after one that warms up."""
    times = []
    for _ in range(ROUNDS + 1):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times[1:])


def main() -> None:
    """Measure and print."""
    data = ROOT / "data"
    tables = read_tables(data)
    shipped = sorted((data / "actuals" / "shipped").glob("*.csv"))
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        seeding = seconds(lambda: seed_store(Store(Path(tempfile.mkdtemp(dir=folder))), data, tables, today=today()))
        seed_store(store, data, tables, today=today())
        actuals = store.read()
        rows = {
            "read the shipped CSV with pandas (reference)": seconds(
                lambda: [pd.read_csv(path, dtype=str) for path in shipped]
            ),
            "check and store the shipped figures": seeding,
            "read the store": seconds(store.read),
            "judge all targets as of today": seconds(lambda: build_board(tables, actuals, today())),
        }
    reference = next(iter(rows.values()))
    print(f"{len(actuals)} figures, {len(tables.targets)} targets, median of {ROUNDS}")
    for name, value in rows.items():
        print(f"{value * 1000:9.1f} ms  x{value / reference:6.1f}  {name}")


if __name__ == "__main__":
    main()
