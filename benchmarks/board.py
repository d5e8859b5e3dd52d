"""How long the verdicts of a day take, against merely reading the shipped figures with pandas, in one run."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd

from benchmarks.runs import Report, several
from lib.clock import today
from lib.intake import seed_store
from lib.store import Store
from lib.tables import ROOT, read_tables
from lib.verdict.board import build_board

ROUNDS = 7
REFERENCE = "read the shipped CSV with pandas"


def main() -> None:
    """Measure and print."""
    data = ROOT / "data"
    tables = read_tables(data)
    shipped = sorted((data / "actuals" / "shipped").glob("*.csv"))
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        seed_store(store, data, tables, today=today())
        actuals = store.read()
        works = {
            REFERENCE: lambda: [pd.read_csv(path, dtype=str) for path in shipped],
            "check and store the shipped figures": lambda: seed_store(
                Store(Path(tempfile.mkdtemp(dir=folder))), data, tables, today=today()
            ),
            "read the store": store.read,
            "judge all targets as of today": lambda: build_board(tables, actuals, today()),
        }
        report = Report("board", f"{len(actuals)} figures, {len(tables.targets)} targets")
        for name, work in works.items():
            report.add(name, several(work, ROUNDS), against="" if name == REFERENCE else REFERENCE)
    report.close()


if __name__ == "__main__":
    main()
