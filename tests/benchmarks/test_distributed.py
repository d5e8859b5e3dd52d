"""Sail reads what the store holds, and the verdicts on what it leaves are those that the pages show."""

from datetime import date

import pytest

from benchmarks.distributed import AS_OF, QUERY, VINTAGES, judge_plans, read_latest, serve_sail
from benchmarks.synthetic import MADE_UP, fill
from lib.store import Store
from lib.verdict.board import build_board

pytestmark = [
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of the engine's own code
]
FIGURES = 12_000
EARLIER = date(2023, 8, 1)


@pytest.fixture(scope="module")
def synthetic(shipped_store, tmp_path_factory):
    """A store of synthetic figures with revisions, gaps and withdrawn uploads, and the shipped tables."""
    root = tmp_path_factory.mktemp("made-up-synthetic")
    tables, _ = shipped_store
    fill(root, tables, FIGURES)
    return tables, Store(root)


def test_the_figures_are_sound_and_say_what_they_are(synthetic):
    """Every seal and file is right, some uploads are withdrawn, and no source passes for an office's."""
    _, store = synthetic
    rows = store.read()
    assert store.check() == []
    assert {item.action for item in store.history()} == {"append", "undo"}
    assert rows["source"].str.contains(MADE_UP).all()
    assert 0.9 * FIGURES < len(rows) < 1.1 * FIGURES
    assert rows.duplicated(["region", "indicator", "period"]).any()


@pytest.mark.soak
def test_the_verdicts_are_those_of_the_whole_store(synthetic):
    """Whatever the day: the engine leaves out what was not published yet, and every plan is judged from its own rows."""
    pytest.importorskip("pysail.spark", reason="pysail is not installed")
    pytest.importorskip("pyspark.sql", reason="pyspark-client is not installed")
    tables, store = synthetic
    with serve_sail() as spark:
        latest = {day: read_latest(spark, f"{store.root}/store", tables, day) for day in (AS_OF, EARLIER)}
    assert VINTAGES in QUERY
    for day, rows in latest.items():
        assert 0 < len(rows) < len(store.read())
        assert judge_plans(tables, rows, day) == build_board(tables, store.read(), day).verdicts
