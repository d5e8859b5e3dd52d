"""What a page says of a state of the data is made once, for all visitors, and never outlives the state."""

from __future__ import annotations

import gc
import re

import pytest

from lib.access import owner
from lib.store import Store
from lib.verdict.board import Board
from lib.views import row, table


@pytest.fixture
def drawn(monkeypatch):
    """How often the bullets of the scoreboard are drawn."""
    times = []
    draw = row.bullet_chart
    monkeypatch.setattr(row, "bullet_chart", lambda *given: times.append(0) or draw(*given))
    return times


def test_the_second_visitor_gets_what_the_first_one_did(visit, data_dir, drawn, said):
    """Two visitors of one state see the same words; the figures are drawn for the first alone, until an upload comes."""
    first = visit(data=data_dir)
    made = len(drawn)
    assert made
    second = visit(data=data_dir)
    assert len(drawn) == made
    assert said(first) == said(second)


def test_an_upload_is_seen_by_all_at_the_next_click(visit, data_dir, said):
    """A figure that another process keeps is in the words of both visitors when they next click, and gone when withdrawn."""
    visitors = [visit(data=data_dir, lang=lang) for lang in ("zh", "en")]
    before = [said(visitor) for visitor in visitors]
    store = Store(data_dir / "actuals")
    rows = store.read().drop(columns=["upload", "seq", "uploaded_at", "user", "source_sha256"], errors="ignore")
    chosen = rows[rows["indicator"].eq("gdp") & rows["region"].eq("210100")].tail(1)
    higher = chosen.assign(value=chosen["value"] + 5000.0, source="made-up figures", status="final")
    upload = store.append(higher, b"made up", name="made-up.csv", user=owner("made up")).upload
    for visitor, said_before in zip(visitors, before, strict=True):
        after = said(visitor.run())
        assert after != said_before
        assert len(visitor.warning) == 1, "made-up figures are pointed out"
    store.undo(upload.upload, user=owner("made up"))
    assert [re.sub(r"\s+", " ", said(visitor.run())) for visitor in visitors] == [
        re.sub(r"\s+", " ", text) for text in before
    ]


def test_a_table_is_made_once(visit, unfold, data_dir, monkeypatch):
    """The table behind a chart is made harmless once for all who unfold it, and for nobody who does not."""
    times = []
    make = table.neutralise_cells
    monkeypatch.setattr(table, "neutralise_cells", lambda frame: times.append(0) or make(frame))
    shut = visit(data=data_dir)
    assert (len(shut.dataframe), times) == (0, [])
    for _ in range(2):
        assert len(unfold(visit(data=data_dir), "map").dataframe) == 1
    assert len(times) == 1


def test_no_state_is_held_by_the_name_of_what_compares_with_it(visit, data_dir):
    """The history compares two states; were one part of a name on the other's shelf, every state would stay for ever."""
    visitor = visit("history", data=data_dir)
    assert not visitor.exception
    boards = [thing for thing in gc.get_objects() if isinstance(thing, Board)]
    names = [name for board in boards for name in board.shelf._slots]
    parts = [part for name in names if isinstance(name, tuple) for part in name]
    assert ("differs" in parts, [part for part in parts if isinstance(part, Board)]) == (True, [])
