"""How long it takes to check and commit an upload, by its length, against pyarrow.csv merely reading the same bytes, in one run.

Seconds of computing; the rows in a process of its own are seconds on the wall. A file with a fault on every line is held against
one without. All figures are made up. Run by `make bench`; `benchmarks/ingest.py 1000` stops there.
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
from time import process_time

import openpyxl
import pandas as pd
from pyarrow import csv as arrow_csv

from benchmarks.runs import Report, seconds, several
from lib.access import owner
from lib.intake import check_upload, is_held, pick_reference, preview_changes, seed_store, what_if
from lib.sandbox.pool import Pool
from lib.store import Store
from lib.tables import ROOT, Tables, read_tables
from lib.verdict.board import build_board

TODAY = date(2026, 11, 22)
HEADER = ("地区", "指标", "时期", "数值", "单位", "数据性质", "公布日期", "来源")
LENGTHS = (500, 10_000, 100_000)
ROUNDS = 3
BOOK_ROWS = 20_000
STATUSES = ("初步核算", "修订", "最终核实")


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
    tables, report = read_tables(ROOT / "data"), Report("ingest", __doc__.splitlines()[0])
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        seed_store(store, ROOT / "data", tables, today=TODAY)
        known = store.read()
        for count in (length for length in LENGTHS if length <= most):
            rows = list(islice(lines(tables), count - count // 100))
            measure_text(report, tables, store, known, write(rows), f"{count:,} rows")
            faulty = write(spoil(rows))
            check = several(lambda raw=faulty: check_upload(raw, tables, today=TODAY, known=known), 1, process_time)
            report.add(f"{count:,} rows, a fault on every line: check", check, against=f"{count:,} rows: check")
        if most >= LENGTHS[-1]:
            commit_a_million(report, store, check_upload(write(rows), tables, today=TODAY).rows)
    book = write_book(list(islice(lines(tables), min(most, BOOK_ROWS))))
    plain = report.add(
        "workbook: pandas reads", several(lambda: pd.read_excel(io.BytesIO(book), dtype=str), 1, process_time)
    )
    print(f"workbook of {min(most, BOOK_ROWS):,} rows, {plain:.1f} s merely read")
    check = several(lambda: check_upload(book, tables, today=TODAY, known=known), 1, process_time)
    report.add("workbook: check", check, against="workbook: pandas reads")
    preview(report, tables, known, write(rows))
    in_process(report, tables, known, write(rows[:500]))
    report.close()


def measure_text(report: Report, tables: Tables, store: Store, known: pd.DataFrame, raw: bytes, name: str) -> None:
    """Check and commit a CSV, against pyarrow that merely reads it; in seconds of computing."""
    checked = check_upload(raw, tables, today=TODAY, known=known)
    reads, checks, commits = [], [], []
    for number in range(ROUNDS):
        reads += several(lambda: arrow_csv.read_csv(io.BytesIO(raw)), 3, process_time)
        checks.append(seconds(lambda: check_upload(raw, tables, today=TODAY, known=known), process_time))
        form = {"name": "made-up.csv", "user": owner("made up"), "form": f"{name} {number}"}
        commits.append(seconds(lambda form=form: store.append(checked.rows, raw, **form), process_time))
    reference = f"{name}: pyarrow.csv reads"
    report.add(reference, reads)
    report.add(f"{name}: check", checks, against=reference)
    report.add(f"{name}: commit", commits, against=reference)
    both = [check + commit for check, commit in zip(checks, commits, strict=True)]
    report.add(f"{name}: check and commit", both, against=reference, goal=5)


def commit_a_million(report: Report, store: Store, rows: pd.DataFrame) -> None:
    """Ten times the longest file that is accepted: commit only, for checking refuses more than that by its first look."""
    many = pd.concat([rows.assign(note=f"made up {part}") for part in range(10)], ignore_index=True)
    many = many.assign(row=range(2, len(many) + 2))
    raw = many.to_csv(index=False).encode()
    name = f"{len(many):,} rows"
    report.add(f"{name}: pyarrow.csv reads", several(lambda: arrow_csv.read_csv(io.BytesIO(raw)), 3, process_time))
    commit = seconds(lambda: store.append(many, raw, name="made-up.csv", user=owner("made up")), process_time)
    report.add(f"{name}: commit", [commit], against=f"{name}: pyarrow.csv reads")


def preview(report: Report, tables: Tables, known: pd.DataFrame, raw: bytes) -> None:
    """What a page does before it asks for confirmation."""
    rows = check_upload(raw, tables, today=TODAY, known=known).rows
    board = build_board(tables, known, TODAY)
    works = {
        "set beside the figures in use": lambda: preview_changes(rows, board.figures, known),
        "tell what is held already": lambda: is_held(rows, known),
        "judge all targets with them": lambda: build_board(tables, what_if(known, rows), TODAY),
    }
    for name, work in works.items():
        report.add(f"{len(rows):,} rows: {name}", [seconds(work, process_time)])


def in_process(report: Report, tables: Tables, known: pd.DataFrame, raw: bytes) -> None:
    """A small file in a process of its own, seen from outside: first while that starts, then right after another."""
    pool, count = Pool(), raw.count(b"\n") - 1
    for name in ("started for it", "right after another"):
        check = seconds(lambda: pool.check(raw, pick_reference(tables), {"today": TODAY, "known": known}))
        report.add(f"{count:,} rows in a process, {name}", [check])
    pool.close()


if __name__ == "__main__":
    main()
