"""The latest state as of a day, joined with targets, and all verdicts: against DuckDB's own query for the same rows.

Both read the same Parquet files, in turn, in one run. DuckDB is asked with docs/latest_actuals.sql, once for the rows that
targets need and once for all; it checks no seal and judges nothing. Ours is measured where the process has read nothing of
what is wanted ("cold"; the seals were checked at its start, which has a row of its own), once that was read, and after one
more upload. Figures are synthetic. `latest.py 10_000 1_000_000` stops at a million; without numbers it goes on to ten.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from benchmarks.runs import COMPUTING, Report, alternate, folder_size, seconds
from benchmarks.synthetic import SOURCE, fill
from lib.access import owner
from lib.plans import narrow, wanted_by
from lib.schema import ACTUAL_COLUMNS, ORIGIN_COLUMNS
from lib.store import Store, Wanted
from lib.store.folder import HELD
from lib.tables import ROOT, Tables, read_tables
from lib.verdict.board import Board, build_board
from lib.verdict.needs import needed_by

SIZES = (10_000, 1_000_000, 10_000_000)
AS_OF = date(2026, 11, 22)
ROUNDS = 5
BYTES_A_FIGURE = 20
QUERY = (ROOT / "docs" / "latest_actuals.sql").read_text(encoding="utf-8")


class Duck:
    """DuckDB over the files of a store."""

    def __init__(self, root: Path, wanted: Wanted) -> None:
        """Tell it which pairs are needed."""
        self._connection, self._files = duckdb.connect(), f"{root}/store/*.parquet"
        regions, indicators = zip(*sorted(wanted.pairs), strict=True)
        self._connection.register("needed", pa.table({"region": regions, "indicator": indicators}))

    def needed(self) -> pa.Table:
        """The latest state of the pairs that targets need, as known on the day."""
        return self._latest("(region, indicator) in (select region, indicator from needed)")

    def whole(self) -> pa.Table:
        """The latest state of everything."""
        return self._latest("true")

    def _latest(self, which: str) -> pa.Table:
        rows = f"action = 'undo' or ({which} and (published is null or published <= date '{AS_OF}'))"
        self._connection.execute(
            f"create or replace temp view actuals as select * from '{self._files}' where {rows}"  # noqa: S608 - ours
        )
        return self._connection.sql(QUERY).to_arrow_table()


def judge(store: Store, tables: Tables, wanted: Wanted) -> Board:
    """Everything judged, from what the store holds of the pairs wanted."""
    return build_board(tables, store.read(wanted=wanted), AS_OF)


def judge_cold(store: Store, tables: Tables, wanted: Wanted) -> Board:
    """The same where this process has picked nothing yet."""
    HELD.clear()
    return judge(store, tables, wanted)


def upload(store: Store, number: int) -> None:
    """One more upload, of a city's quarter."""
    frame = pd.DataFrame({name: [""] for name in ACTUAL_COLUMNS + ORIGIN_COLUMNS})
    frame = frame.assign(
        region="210100", indicator="gdp", period="2026Q2", basis="ytd", value=1000.0 + number, unit="100m_cny"
    )
    frame = frame.assign(status="preliminary", published=pd.Timestamp("2026-08-01"), source=SOURCE, row=2)
    store.append(frame, f"{number}".encode(), name="made-up.csv", user=owner("synthetic"))


def page(board: Board) -> None:
    """What pages ask of a board that is there: headline, series and vintages of every target, which figures are in use."""
    board.tally()
    for target in board.targets.values():
        for figure in board.yearly(target.region, target.indicator)[-1:]:
            board.vintages(figure)
    board.in_use()


def measure(report: Report, tables: Tables, root: Path, figures: int) -> None:
    """All rows for one size."""
    size = f"{figures:,}"
    written, wanted = fill(root, tables, figures), needed_by(tables)
    store, duck = Store(root), Duck(root, wanted)
    report.add(f"{size} start: every seal once", [seconds(store.history)])
    rows = {"needed": len(duck.needed()), "read": len(store.read(wanted=wanted))}
    print(f"{written:,} figures, {store.version()} entries, {folder_size(root):.0f} MB; needed: {rows}")
    works = {
        f"{size} DuckDB, rows needed": duck.needed,
        f"{size} verdicts, cold": lambda: judge_cold(store, tables, wanted),
        f"{size} verdicts, read before": lambda: judge(store, tables, wanted),
    }
    for name, values in alternate(works, ROUNDS).items():
        kind = COMPUTING if name.endswith(COMPUTING) else ""
        ours = "" if "DuckDB" in name else f"{size} DuckDB, rows needed{kind}"
        report.add(name, values, against=ours, goal=1.5 if ours else None)
    after = []
    for number in range(ROUNDS):
        upload(store, number)
        after.append(seconds(lambda: judge(store, tables, wanted)))
    report.add(f"{size} verdicts, after an upload", after, against=f"{size} DuckDB, rows needed", goal=1.5)
    report.add(f"{size} DuckDB, everything", [seconds(duck.whole) for _ in range(2)])
    measure_page(report, tables, store, size)


def measure_page(report: Report, tables: Tables, store: Store, size: str) -> None:
    """What the first plan's pages need: the rows, their board, and what is asked of it once it is there."""
    plan, scope = narrow(tables), wanted_by(tables)
    first = f"{SIZES[0]:,}"
    actuals = store.read(wanted=scope)
    report.add(f"{size} page: rows held", [float(len(actuals))], unit="rows")
    board = build_board(plan, actuals, AS_OF)
    works = {
        f"{size} page: new version": lambda: build_board(plan, store.read(wanted=scope), AS_OF),
        f"{size} page: board there": lambda: page(board),
    }
    for name, values in alternate(works, ROUNDS).items():
        small = name.replace(size, first) if size != first else ""
        report.add(name, values, against=small, goal=1.5 if small and "there" in name else None)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    report.add(f"{size} peak memory so far", [peak], unit="MB")


def main() -> None:
    """Measure each size in a folder that is removed."""
    sizes = [int(text) for text in sys.argv[1:]] or SIZES
    tables, report = read_tables(ROOT / "data"), Report("latest", __doc__.splitlines()[0])
    for figures in sizes:
        with tempfile.TemporaryDirectory(prefix="made-up-synthetic-") as folder:
            if shutil.disk_usage(folder).free < 3 * BYTES_A_FIGURE * figures:
                print(f"{figures:,} left out: not enough room on the disk")
                continue
            measure(report, tables, Path(folder), figures)
    report.close()


if __name__ == "__main__":
    main()
