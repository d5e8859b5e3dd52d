"""Rows for the tables, as they are sent, reviewed and kept."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest

from lib.access import owner
from lib.additions.keep import keep
from lib.additions.overlay import read_laid, read_shipped
from lib.additions.review import Sent, review
from lib.ingest.tabular import parse_tables
from lib.schema import TABLES
from lib.store import open_additions
from tests.made_up_plan import ROWS

TODAY = date(2026, 11, 22)
EVIDENCE = {
    "target": "LM-4.1.1a", "date": "2025-12-20", "stage": "done", "what_zh": "虚构（made-up）：会议已举行",
    "what_en": "made-up: the meeting was held", "published": "2025-12-21", "source": "made-up", "link": "",
}  # fmt: skip


@pytest.fixture(scope="session")
def shipped(ROOT):
    """The tables as they ship; read only."""
    return read_shipped(ROOT / "data")


def to_sent(table, *rows, name=""):
    """Rows of a table as a file that was sent."""
    text = StringIO()
    writer = csv.DictWriter(text, TABLES[table], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    raw = text.getvalue().encode()
    return Sent(name or f"{table}.csv", raw, parse_tables(raw))


@pytest.fixture(scope="session")
def sent():
    """Make a file of rows of a table, of the made-up evidence with other cells where only these are given."""

    def make(table="evidence", *rows, **cells):
        return to_sent(table, *(rows or [{**EVIDENCE, **cells}]))

    return make


@pytest.fixture(scope="session")
def made_up_plan():
    """The made-up plan as the files that an administrator would send."""
    return [to_sent(table, *rows) for table, rows in ROWS.items()]


@pytest.fixture
def keep_now(data_dir):
    """Review files against the tables as they stand, and keep them."""

    def run(*files, user=None, seen=None):
        version = seen or open_additions(data_dir).version()
        found = review(files, read_laid(data_dir, int(version)), today=TODAY)
        assert found.ok, found.flaws
        return keep(data_dir, found, files, user=user or owner("张"), seen=version)

    return run
