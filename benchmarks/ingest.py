"""How long it takes to check an upload, by its length, against merely reading the same bytes with pandas, in one run.

Prints seconds of computing, microseconds a row, and ratios; asserts nothing. A ratio of about 1 between lengths means that
no check grows faster than the file. All figures are made up. Run by `make bench`; `benchmarks/ingest.py 1000` stops there.
"""

from __future__ import annotations

import csv
import io
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from itertools import islice, product
from pathlib import Path
from time import perf_counter, process_time, sleep

import openpyxl
import pandas as pd

from lib.intake import check_upload, is_held, pick_reference, preview_changes, seed_store, what_if
from lib.sandbox.pool import Pool
from lib.store import Store
from lib.tables import ROOT, Tables, read_tables
from lib.verdict.board import build_board

TODAY = date(2026, 11, 22)
HEADER = ("地区", "指标", "时期", "数值", "单位", "数据性质", "公布日期", "来源")
LENGTHS = (500, 1_000, 10_000, 100_000)
BOOK_ROWS = 20_000
STATUSES = ("初步核算", "修订", "最终核实")
READY = 10  # seconds in which the process that stands ready has started


def lines(tables: Tables) -> Iterator[list[str]]:
    """Figures of every region, indicator and quarter, in one vintage after the other: no two with the same key."""
    indicators = [row for row in tables.indicators.to_dict("records") if row["nature"] != "event"]
    regions, units = tables.regions["zh"].tolist(), dict(zip(tables.units["unit"], tables.units["zh"], strict=True))
    periods = [f"{year}Q{quarter}" for year in range(2003, 2026) for quarter in range(1, 5)]
    for day, (at, status), period in product(range(1, 28), enumerate(STATUSES), periods):
        for row, region in product(indicators, regions):
            value = f"{10 + int(period[-1]) + (int(period[:4]) - 2000) / 10 + at / 100:.2f}"
            yield [
                region,
                row["zh"],
                period,
                value,
                units[row["unit"]],
                status,
                f"2026-02-{day:02d}",
                "虚构（made-up）",
            ]


def write(rows: list[list[str]]) -> bytes:
    """The rows as a CSV."""
    sink = io.StringIO()
    csv.writer(sink).writerows([HEADER, *rows])
    return sink.getvalue().encode()


def write_book(rows: list[list[str]]) -> bytes:
    """The rows as a workbook."""
    book, sink = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in [HEADER, *rows]:
        sheet.append(row)
    book.save(sink)
    return sink.getvalue()


def spoil(rows: list[list[str]]) -> list[list[str]]:
    """A fault on every line, hardly two alike."""
    return [[f"沈阴市{at}", *row[1:3], f"一亿{at}", *row[4:]] for at, row in enumerate(rows)]


def main() -> None:
    """Measure and print."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else LENGTHS[-1]
    tables = read_tables(ROOT / "data")
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        seed_store(store, ROOT / "data", tables, today=TODAY)
        known = store.read()
    first = 0.0
    for count in (length for length in LENGTHS if length <= most):
        rows = list(islice(lines(tables), count - count // 100))
        for kind, raw in (("csv", write(rows)), ("csv, a fault on every line", write(spoil(rows)))):
            spent = check_once(tables, known, raw, f"{count:7,} {kind}", len(rows))
            first = first or spent
            print(f"         x{spent / first:.2f} a row against the first")
    rows = list(islice(lines(tables), min(most, BOOK_ROWS)))
    check_once(tables, known, write_book(rows), f"{len(rows):7,} xlsx", len(rows))
    preview(tables, known, write(rows))
    in_process(tables, known, write(rows[:500]))


def check_once(tables: Tables, known: pd.DataFrame, raw: bytes, name: str, count: int) -> float:
    """Check once and print; microseconds a row."""
    start = process_time()
    checked = check_upload(raw, tables, today=TODAY, known=known)
    spent = process_time() - start
    start = process_time()
    table = pd.read_csv(io.BytesIO(raw), dtype=str) if "csv" in name else pd.read_excel(io.BytesIO(raw), dtype=str)
    plain = process_time() - start
    found = f"{len(checked.rows):,} kept, {len(checked.problems):,} problems"
    print(
        f"{spent:8.2f} s  {spent / count * 1e6:6.0f} µs a row  x{spent / plain:6.1f} pandas ({len(table):,})  {name}: {found}"
    )
    return spent / count


def preview(tables: Tables, known: pd.DataFrame, raw: bytes) -> None:
    """What a page does before it asks for confirmation."""
    rows = check_upload(raw, tables, today=TODAY, known=known).rows
    board = build_board(tables, known, TODAY)
    works = {
        "set beside the figures in use": lambda: preview_changes(rows, board.figures, known),
        "tell what is held already": lambda: is_held(rows, known),
        "judge all targets with them": lambda: build_board(tables, what_if(known, rows), TODAY),
    }
    for name, work in works.items():
        start = process_time()
        work()
        print(f"{process_time() - start:8.2f} s  {len(rows):,} rows: {name}")


def in_process(tables: Tables, known: pd.DataFrame, raw: bytes) -> None:
    """A small file in a process of its own, seen from outside: first while that starts, then where one stands ready."""
    pool, count = Pool(), raw.count(b"\n") - 1
    for name in ("started for it", "standing ready"):
        start = perf_counter()
        pool.check(raw, pick_reference(tables), {"today": TODAY, "known": known})
        print(f"{perf_counter() - start:8.2f} s  {count:,} rows in a process {name}")
        if name == "started for it":
            sleep(READY)
    pool.close()


if __name__ == "__main__":
    main()
