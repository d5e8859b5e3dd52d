"""Writers killed at random: what the store acknowledged is there, whole and once."""

from __future__ import annotations

from collections import Counter

import pytest

from lib.store import Store
from tests.store.durability.worker import ROWS


@pytest.mark.parametrize("kills", [25, pytest.param(150, marks=pytest.mark.soak)])
def test_killed_writers_lose_nothing_they_acknowledged(tmp_path, run, held, kills):
    """SIGKILL under eight writers; acknowledged is what was noted, and the note synced, after `append` had answered."""
    root = tmp_path / "actuals"
    acknowledged = run("storm", root, kills, patience=600)
    entries, rows = held(root)
    assert len(acknowledged) > kills / 25
    assert max(Counter(entries).values()) == 1
    assert set(acknowledged) <= set(rows)
    assert set(rows.values()) == {ROWS}
    assert len(entries) - len(acknowledged) <= kills, "each killed writer may have been one note short"


def test_whoever_is_killed_in_the_queue_holds_nobody_up(tmp_path, run):
    """After a storm the next upload is kept at once."""
    root = tmp_path / "actuals"
    run("storm", root, 9)
    before = int(Store(root).version())
    assert len(run("together", root, 1, 1)) > 0
    assert int(Store(root).version()) == before + 1
