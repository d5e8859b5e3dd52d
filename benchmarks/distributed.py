"""All verdicts from figures that a distributed engine reads: Sail over Spark Connect, the latest state pushed down to it.

Why Sail: one wheel and one process, and the program is plain PySpark over Spark Connect, so the same text runs on a cluster of
Sail, Spark or Databricks by another address. The engine reads the store's Parquet files as they lie, leaves out what was
withdrawn, what was not published on the day and what no target asks for, and keeps the latest row of every vintage
(docs/latest_actuals.sql). What is left, some thousand rows, is judged by the code that the pages use, unchanged, plan by plan:
no target looks at another. `distributed.py 50_000_000` says how many synthetic figures, `distributed.py FOLDER` reads a store.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from benchmarks.runs import Report, folder_size, seconds
from benchmarks.synthetic import fill
from lib.plans import codes_of, narrow
from lib.schema import CODE_COLUMNS, FIGURE_KEY, STORED_COLUMNS
from lib.store import Store
from lib.tables import ROOT, Tables, read_tables
from lib.verdict.board import build_board
from lib.verdict.needs import needed_by

if TYPE_CHECKING:
    from pyspark.sql.connect.session import SparkSession

    from lib.verdict.model import Verdict

AS_OF = date(2026, 11, 22)
FIGURES = 1_000_000
KEY = ", ".join(FIGURE_KEY)
# Which vintage of a figure is used is for the verdicts to say: the engine keeps the latest row of each.
VINTAGES = f"{KEY}, status, qualifier, published, source"
QUERY = (
    (ROOT / "docs" / "latest_actuals.sql")
    .read_text(encoding="utf-8")
    .replace(f"by {KEY}\n            order", f"by {VINTAGES}\n            order")
)


@contextmanager
def serve_sail() -> Iterator[SparkSession]:
    """A session with Sail, which serves it from this process on loopback."""
    import pyspark  # noqa: PLC0415 - takes seconds
    from pysail.spark import SparkConnectServer  # noqa: PLC0415
    from pyspark.sql import SparkSession  # noqa: PLC0415

    os.environ.setdefault(
        "SPARK_HOME", str(Path(pyspark.__file__).parent)
    )  # else it is searched for in sys.argv's folder
    server = SparkConnectServer(ip="127.0.0.1", port=0)
    server.start(background=True)
    session = SparkSession.builder.remote(f"sc://127.0.0.1:{server.listening_address[1]}").getOrCreate()
    yield session
    session.stop()
    server.stop()


def read_latest(spark: SparkSession, files: str, tables: Tables, as_of: date) -> pd.DataFrame:
    """The latest row of every vintage that targets need (STORED_COLUMNS), read, filtered and reduced by the engine."""
    pairs = sorted(needed_by(tables).pairs)
    spark.createDataFrame(pd.DataFrame(pairs, columns=["region", "indicator"])).createOrReplaceTempView("needed")
    spark.read.parquet(files).createOrReplaceTempView("stored")
    spark.sql(
        f"""select stored.* from stored left semi join needed
            on stored.region = needed.region and stored.indicator = needed.indicator
            where published is null or published <= date '{as_of}'
            union all select * from stored where action = 'undo'"""  # noqa: S608 - ours
    ).createOrReplaceTempView("actuals")
    rows = spark.sql(QUERY).toArrow().to_pandas(date_as_object=False)[list(STORED_COLUMNS)]
    return rows.astype(dict.fromkeys(CODE_COLUMNS, "category"))


def judge_plans(tables: Tables, rows: pd.DataFrame, as_of: date) -> dict[str, Verdict]:
    """The verdicts of all plans, each from no more than its own rows: they could be judged on as many machines."""
    found: dict[str, Verdict] = {}
    pairs = pd.MultiIndex.from_arrays([rows[name].astype("str") for name in ("region", "indicator")])
    for code in codes_of(tables):
        plan = narrow(tables, code)
        found |= build_board(plan, rows[pairs.isin(list(needed_by(plan).pairs))], as_of).verdicts
    return found


def measure(report: Report, tables: Tables, root: Path) -> None:
    """Wall time and memory of the engine, of the verdicts, and of ours on the same files."""
    with serve_sail() as spark:
        spark.sql("select 1").toArrow()
        runs: list[pd.DataFrame] = []
        read = [seconds(lambda: runs.append(read_latest(spark, f"{root}/store", tables, AS_OF))) for _ in range(3)]
    rows = runs[-1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    report.add("Sail reads, filters and reduces", read)
    report.add("rows that are left", [float(len(rows))], unit="rows")
    report.add(
        "verdicts of all plans, plan by plan", [seconds(lambda: judge_plans(tables, rows, AS_OF)) for _ in range(3)]
    )
    report.add("peak memory, engine included", [peak], unit="MB")


def main() -> None:
    """Measure on figures that are there, or on some made for it and removed."""
    asked = sys.argv[1] if len(sys.argv) > 1 else str(FIGURES)
    tables = read_tables(ROOT / "data")
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
    with tempfile.TemporaryDirectory(prefix="made-up-synthetic-") as folder:
        root = Path(folder) if asked.replace("_", "").isdecimal() else Path(asked)
        if root == Path(folder):
            fill(root, tables, int(asked))
        entries, size = Store(root).version(), folder_size(root)
        report = Report(
            "distributed", f"Verdicts through Sail: {int(entries):,} entries of synthetic figures, {size:.0f} MB"
        )
        measure(report, tables, root)
    report.close()


if __name__ == "__main__":
    main()
