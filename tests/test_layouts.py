"""What was confirmed for a layout is kept whole, found again, and never a reason to fail."""

from __future__ import annotations

import json
import logging
import os
from datetime import date
from pathlib import Path

import pytest

from lib.ingest.told import IGNORE, Told
from lib.intake import Recalled, recall_told, remember_told
from lib.store.layouts import Layouts
from lib.tables import read_tables

HEADERS = ("地区", "实绩")
DAY = date(2026, 11, 22)
TOLD = Told(
    columns={"实绩": "value", "备用": IGNORE}, region="210100", indicator="gdp", period="2026Q3", unit="100m_cny"
)


@pytest.fixture(scope="module", name="tables")
def read(ROOT):
    """The shipped tables."""
    return read_tables(ROOT / "data")


@pytest.fixture(name="layouts")
def make(tmp_path):
    """A folder in which nothing was kept yet."""
    return Layouts(tmp_path / "actuals")


def test_a_layout_is_kept_and_replaced(layouts):
    """The latest stands, alone, in one file a layout; nothing stays in staging."""
    assert layouts.recall(HEADERS) is None
    assert layouts.remember(HEADERS, {"a": "1"})
    assert layouts.remember(HEADERS, {"a": "2"})
    assert layouts.remember(("地区",), {"a": "3"})
    assert layouts.recall(HEADERS) == {"a": "2"}
    assert len(list((layouts.root / "layouts").iterdir())) == 2
    assert list((layouts.root / "staging").iterdir()) == []


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b"null", b'{"headers": ["x"], "said": {}}', b"\xff\xfe", b'{"said": 1}']
)
def test_a_damaged_file_is_ignored_with_a_warning(layouts, caplog, damage):
    """The layout is asked about anew, and can be kept again."""
    layouts.remember(HEADERS, {"a": "1"})
    next((layouts.root / "layouts").iterdir()).write_bytes(damage)
    with caplog.at_level(logging.WARNING):
        assert layouts.recall(HEADERS) is None
    assert "layout ignored" in caplog.text
    layouts.remember(HEADERS, {"a": "2"})
    assert layouts.recall(HEADERS) == {"a": "2"}


@pytest.mark.parametrize("call", ["fsync", "replace", "mkdir"])
def test_a_refusing_disk_leaves_what_stood(layouts, monkeypatch, caplog, call):
    """Whatever step fails, the old answer is there whole, and the caller is told."""
    layouts.remember(HEADERS, {"a": "1"})

    def refuse(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(*((os, "fsync") if call == "fsync" else (Path, call)), refuse)
        assert not layouts.remember(HEADERS, {"a": "2"})
    assert "layout not kept" in caplog.text
    assert layouts.recall(HEADERS) == {"a": "1"}
    assert list((layouts.root / "staging").iterdir()) == []


def test_everything_but_the_period_is_remembered(layouts, tables):
    """With who confirmed it and when; the region only for the one who did, as another city's file may look the same."""
    remember_told(layouts, HEADERS, TOLD, user="沈阳市统计局", day=DAY)
    lasting = Told(columns=TOLD.columns, region="210100", indicator="gdp", unit="100m_cny")
    assert recall_told(layouts, HEADERS, tables, "沈阳市统计局") == Recalled(lasting, "沈阳市统计局", "2026-11-22")
    for other in ("大连市统计局", ""):
        found = recall_told(layouts, HEADERS, tables, other)
        assert found
        assert (found.told.region, found.told.columns, found.told.indicator) == ("", TOLD.columns, "gdp")
    assert recall_told(layouts, ("地区",), tables, "沈阳市统计局") is None
    assert recall_told(layouts, (), tables, "沈阳市统计局") is None


def test_what_no_longer_holds_is_asked_again(layouts, tables):
    """Codes that left the tables, answers of another shape, and answers taken back."""
    remember_told(layouts, HEADERS, Told(indicator="gone"), user="a", day=DAY)
    assert recall_told(layouts, HEADERS, tables, "a") is None
    layouts.remember(HEADERS, {"told": {"columns": ["value"]}, "user": "a"})
    assert recall_told(layouts, HEADERS, tables, "a") is None
    remember_told(layouts, HEADERS, Told(), user="a", day=DAY)
    assert recall_told(layouts, HEADERS, tables, "a") is None


def test_nothing_told_leaves_no_file(layouts):
    """A file that says everything needs no memory."""
    remember_told(layouts, HEADERS, Told(period="2024"), user="a", day=DAY)
    assert not layouts.root.exists()


def test_the_file_is_plain(layouts):
    """Anybody can read what was kept."""
    remember_told(layouts, HEADERS, Told(columns={"实绩": "value"}), user="a", day=DAY)
    kept = json.loads(next((layouts.root / "layouts").iterdir()).read_text(encoding="utf-8"))
    assert kept["headers"] == list(HEADERS)
    assert kept["said"] == {"told": {"columns": {"实绩": "value"}}, "user": "a", "day": "2026-11-22"}
