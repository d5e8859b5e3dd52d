"""Many processes on one store: nothing lost, nothing doubled, nothing torn, and whoever comes second is told."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from lib.store import Store
from tests.store.durability.conftest import WORKER
from tests.store.durability.worker import ROOT, ROWS, publish


@pytest.mark.parametrize(("writers", "uploads"), [(8, 10), pytest.param(16, 50, marks=pytest.mark.soak)])
def test_writers_at_once_all_get_their_place(tmp_path, run, held, writers, uploads):
    """Every upload is acknowledged and stands once, under numbers without gaps."""
    root = tmp_path / "actuals"
    acknowledged = run("together", root, writers, uploads, patience=600)
    entries, rows = held(root)
    assert len(acknowledged) == len(entries) == writers * uploads
    assert rows == Counter(dict.fromkeys(acknowledged, ROWS))
    assert Counter(name for _, name in entries) == Counter(acknowledged)


def test_a_reader_sees_whole_uploads_in_order_while_others_write(tmp_path, held):
    """Each reading is the history up to some entry: whole, never going back, and at last everything."""
    store = Store(tmp_path / "actuals")
    command = [sys.executable, str(WORKER), "together", str(store.root), "2", "15"]
    seen = []
    with subprocess.Popen(command, cwd=ROOT) as writers:
        while writers.poll() is None:
            seen.append((int(store.version()), list(store.read()["source"])))
    entries, _ = held(store.root)
    assert writers.returncode == 0
    whole = [[label for _, label in entries[:size] for _ in range(ROWS)] for size in range(len(entries) + 1)]
    sizes = [whole.index(sources) for _, sources in seen]
    assert sizes == sorted(sizes)
    assert all(version <= size for (version, _), size in zip(seen, sizes, strict=True))
    assert len(set(sizes)) > 2, "it read while the others wrote"
    assert Store(store.root).version() == "00000030"


@pytest.mark.parametrize("attempt", range(3))
def test_two_revise_the_same_quarter_at_once_and_one_is_told(tmp_path, run, held, attempt):
    """One is kept, the other gets the keys that changed under it; other figures do not matter."""
    store = Store(tmp_path / f"attempt{attempt}")
    publish(store, "first", region="210100")
    told = run("rivals", store.root, store.version())
    assert sorted(line.split(" ", 1)[1] for line in told) == ["conflict 1 210100", "kept", "kept"]
    assert len(held(store.root)[0]) == 3
