"""Who did what: every entry is a line with what it touched, and points in time are read or refused."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.access import owner
from lib.schema import ACTUAL_COLUMNS, ORIGIN_COLUMNS, DataError
from lib.store import Store
from lib.trail import Touched, read_point, read_trail

TODAY = date(2026, 11, 22)


@pytest.fixture(name="store")
def empty_store(tmp_path):
    """A store nobody has written to."""
    return Store(tmp_path / "actuals")


def append(store, region, *periods, user="made-up office"):
    """Keep a made-up figure a period."""
    usual = dict.fromkeys(ACTUAL_COLUMNS + ORIGIN_COLUMNS, "") | {"region": region, "indicator": "gdp", "value": 1.0}
    rows = pd.DataFrame([usual | {"period": code, "row": line} for line, code in enumerate(periods, 2)])
    rows["published"] = pd.to_datetime(["2026-01-20"] * len(rows))
    raw = repr((region, periods)).encode()
    return store.append(rows, raw, name=f"{region}.csv", user=owner(user)).upload.upload


def test_a_trail_says_who_did_what_newest_first(store):
    """Uploads and withdrawals are lines of their own; a withdrawn upload names its undo, an undo what it withdraws."""
    first = append(store, "A", "2025", "2024Q3", "2024", user="张")
    append(store, "B", "2023")
    store.undo(first, user=owner("李"))
    undo, second, withdrawn = read_trail(store)
    assert [line.entry.seq for line in (undo, second, withdrawn)] == [3, 2, 1]
    assert (undo.entry.user, undo.entry.action, undo.withdraws.seq) == ("李", "undo", 1)
    assert (withdrawn.entry.active, withdrawn.withdrawn_by.user, withdrawn.withdrawn_by.seq) == (False, "李", 3)
    assert undo.touched == withdrawn.touched == Touched(("A",), ("gdp",), ("2024Q3", "2024", "2025"))
    assert (second.entry.active, second.withdrawn_by, second.touched.regions) == (True, None, ("B",))


def test_a_trail_up_to_an_entry_knows_nothing_later(store):
    """Before the undo the upload was in use, and before the first entry there is no line."""
    first = append(store, "A", "2025")
    store.undo(first, user=owner("u"))
    assert [(line.entry.seq, line.entry.active, line.withdrawn_by) for line in read_trail(store, 1)] == [
        (1, True, None)
    ]
    assert read_trail(store, 0) == []


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), max_size=12))
@settings(max_examples=15)
def test_every_line_knows_what_it_touched(tmp_path_factory, steps):
    """However uploads and withdrawals follow each other, no line's regions and periods are missing or another's."""
    store, kept = Store(tmp_path_factory.mktemp("trail")), {}
    for number, (undoes, which) in enumerate(steps):
        if undoes and kept:
            store.undo(list(kept)[which % len(kept)], user=owner("u"))
        else:
            kept[append(store, f"R{number}", str(2000 + number))] = (f"R{number}",), (str(2000 + number),)
    trail = read_trail(store)
    assert len(trail) == int(store.version())
    for line in trail:
        assert (line.touched.regions, line.touched.periods) == kept[line.entry.undoes or line.entry.upload]


def test_what_uploads_touch_is_read_once(store, monkeypatch):
    """A later call reads only what came since."""
    seen: dict[str, Touched] = {}
    append(store, "A", "2025")
    read_trail(store, seen=seen)
    reads = []
    monkeypatch.setattr(Store, "read", lambda self, upto=None: reads.append((self, upto)))
    assert read_trail(store, seen=seen)[0].touched.regions == ("A",)
    assert reads == []


def test_the_rows_of_a_withdrawn_upload_can_be_read(store):
    """They left the figures in use, not the store."""
    first = append(store, "A", "2025", "2026")
    append(store, "B", "2025")
    store.undo(first, user=owner("u"))
    assert set(store.read()["region"]) == {"B"}
    assert store.rows(store.history()[-1].upload)["period"].tolist() == ["2025", "2026"]


@pytest.mark.parametrize(
    ("text", "point"),
    [("0", 0), ("12", 12), ("2025-06-30", date(2025, 6, 30)), ("2026-11-22", TODAY)],
)
def test_a_point_is_an_entry_or_a_day(text, point):
    """A number is an entry, an ISO date a day."""
    assert read_point(text, 12, TODAY) == point


@pytest.mark.parametrize(
    "text", ["", "13", "-1", "1.0", "²", "١", "2026-11-23", "20250630", "2025-02-30", "2025-W01-1", "9" * 5000, "now"]
)
def test_anything_else_is_no_point(text):
    """It is refused with what would be right."""
    with pytest.raises(DataError) as caught:
        read_point(text, 12, TODAY)
    assert caught.value.code == "point_unknown"
    assert (caught.value.hint["newest"], caught.value.hint["today"]) == ("12", "2026-11-22")
