"""Additions to the tables are kept as figures are, wherever they are kept, and a guard has the last word."""

from pathlib import Path

import pandas as pd
import pytest

from lib.access import Role, User, owner
from lib.schema import ADDITION_COLUMNS, STAMP_COLUMNS, DataError
from lib.store import ADDITIONS, Conflict, Store


@pytest.fixture
def additions(store):
    """Additions beside a store of figures, a Delta table where that is one on object storage."""
    root = store.root / "tables" if isinstance(store.root, Path) else f"{store.root}/tables"
    return Store(root, ADDITIONS)


def rows(cells="{}", table="evidence"):
    """One row, as a review gives it."""
    row = (table, '["LM-1", "虚构"]', "LMC", cells, "made-up.csv", 2)
    return pd.DataFrame([row], columns=list(ADDITION_COLUMNS))


def add(additions, cells="{}", user=None, **options):
    """Keep one row that came in a file of its own."""
    return additions.append(rows(cells), cells.encode(), name="made-up.csv", user=user or owner("张"), **options)


def test_rows_come_back_as_they_were_and_go_by_an_undo(additions):
    """Every cell with its stamps; the raw bytes; nothing after the undo, and nothing damaged."""
    upload = add(additions, '{"what_zh": "虚构，“made-up”"}').upload
    [row] = additions.read().to_dict("records")
    assert list(row) == [*ADDITION_COLUMNS, *STAMP_COLUMNS]
    assert (row["cells"], row["row"], row["seq"], row["user"]) == ('{"what_zh": "虚构，“made-up”"}', 2, 1, "张")
    assert additions.raw(upload.upload) == row["cells"].encode()
    additions.undo(upload.upload, user=owner("李"))
    assert additions.read().empty
    assert list(additions.rows(upload.upload)["cells"]) == [row["cells"]]
    assert [item.action for item in additions.history()] == ["undo", "append"]
    assert additions.check() == []


def test_the_same_row_seen_before_is_a_conflict(additions):
    """Whoever saw neither is told which row."""
    add(additions, "{}", seen="00000000")
    with pytest.raises(Conflict) as caught:
        add(additions, '{"a": "b"}', seen="00000000")
    assert caught.value.keys == [("evidence", '["LM-1", "虚构"]')]


def test_a_guard_is_asked_with_the_entry_before_and_stops_what_it_refuses(additions):
    """For an upload and for an undo alike; nothing is published."""
    asked = []
    first = add(additions, guard=asked.append).upload

    def refuse(version):
        raise DataError("additions_unsound", version=str(version))

    with pytest.raises(DataError, match="additions_unsound"):
        add(additions, '{"a": "b"}', guard=refuse)
    with pytest.raises(DataError, match="additions_unsound"):
        additions.undo(first.upload, user=owner("张"), guard=refuse)
    additions.undo(first.upload, user=owner("张"), guard=asked.append)
    assert (asked, additions.version()) == ([0, 1], "00000002")


def test_tables_other_than_evidence_need_an_administrator(additions):
    """Asked in the store itself, before anything is written."""
    office = User("office", Role.UPLOADER, frozenset({"LMC"}))
    add(additions, user=office)
    with pytest.raises(DataError, match="tables_not_allowed"):
        additions.append(rows(table="plans"), b"x", name="x", user=office)
    with pytest.raises(DataError, match="region_not_allowed"):
        add(additions, '{"c": "d"}', user=User("other", Role.UPLOADER, frozenset({"210100"})))
    assert additions.version() == "00000001"
