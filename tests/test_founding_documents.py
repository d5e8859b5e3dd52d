"""Every numbered item, pairing and date of the founding documents has its row, in the document's own words."""

from __future__ import annotations

import csv
import re

import pytest

from lib.plans import codes_of, narrow
from lib.schema import EVIDENCED
from lib.tables import read_tables, rows_of

NUMBERED = (
    *("一", "二", "三", "4.1.1", "4.1.2", "4.1.3.1", "4.1.3.2", "4.1.3.3"),
    *(f"4.2.{number}" for number in range(1, 15)),
    *(f"4.3.{number}" for number in range(1, 8)),
    *(f"5.{number}" for number in range(1, 6)),
)
# What the copies of the documents garble: none of it may reach a table.
CORRUPT = ("65,438", "65438", "10,000 Liao", "Soviet businessmen", "1+ 1", "1+1>", "200,000", "?傮", "?xùn", "仡檶")
PRONUNCIATION = re.compile(r"[\u4e00-\u9fff]\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)")
# Hosts that copy others' pages: cited by title, never linked.
MIRRORS = (
    "greekporn",
    "qunz.net",
    "dragongams",
    "tzxilehui",
    "meifui",
    "49.213.3.36",
    "jumpgogo",
    "saaas",
    "yuduxx",
    "office-chair",
)


@pytest.fixture(scope="module", name="tables")
def read(ROOT):
    """The shipped tables."""
    return read_tables(ROOT / "data")


@pytest.fixture(scope="module", name="items")
def listed(ROOT):
    """The items of the documents as they were listed by hand."""
    with (ROOT / "tests/files/seed_items.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_item_has_its_row_and_is_quoted(tables, items):
    """The row that holds an item quotes it, or has evidence of its date."""
    stated = {row["target"]: row["quote_zh"] + "\n" + row["quote_en"] for row in rows_of(tables.targets)}
    dated = set(zip(tables.evidence["target"], tables.evidence["date"], strict=True))
    quoted = [item for item in items if not item["date"]]
    assert [item for item in quoted if item["text"] not in stated[item["target"]]] == []
    assert [item for item in items if item["date"] and (item["target"], item["date"]) not in dated] == []
    assert {item["seed"] for item in items} == {"000", "001", "002", "003"}


def test_no_number_of_the_plan_of_action_is_left_out(tables, items):
    """All 37 numbered items of the Lancang-Mekong abstract stand in the list and in commitments.csv."""
    plan = set(narrow(tables, "LMC").targets["target"])
    listed = {item["item"] for item in items if item["target"] in plan}
    described = tables.commitments[tables.commitments["target"].isin(plan)]
    assert set(NUMBERED) <= listed
    assert set(NUMBERED) == set(described["item"])


def test_the_two_mixed_documents_are_two_plans(tables):
    """Title and body of the copy belong to different documents; both say so."""
    notes = tables.plans.set_index("plan").loc[["LMC", "LMCE"], "horizon_note_en"]
    assert all("another document" in note or "mixes two documents" in note for note in notes)


def test_seven_pairs_each_with_its_yearly_cycle(tables):
    """Work plan, summary and evaluation of every pair."""
    targets = narrow(tables, "CCP").targets
    pairs = (
        tables.memberships[tables.memberships["region"].str.startswith("PAIR")].groupby("region")["member"].apply(list)
    )
    assert sorted(map(tuple, pairs)) == [
        ("210000", "320000"), ("210100", "110000"), ("210200", "310000"), ("220000", "330000"), ("220100", "120000"),
        ("230000", "440000"), ("230100", "440300"),
    ]  # fmt: skip
    yearly = targets[targets["kind"] == "recurring"].groupby("region")["target"].count()
    assert yearly.to_dict() == dict.fromkeys(pairs.index, 3)


def test_what_a_copy_garbles_stands_nowhere(ROOT):
    """No corrupt number and no inserted pronunciation, in any table."""
    for path in sorted((ROOT / "data").glob("*.csv")):
        text = path.read_text(encoding="utf-8")
        assert [word for word in CORRUPT if word in text] == []
        assert PRONUNCIATION.search(text) is None


def test_no_mirror_is_linked(tables):
    """Copies of others' pages are cited by their titles."""
    for name in ("plans", "targets", "evidence", "memberships"):
        links = getattr(tables, name)["link"]
        assert [link for link in links if any(mirror in link for mirror in MIRRORS)] == []


def test_each_commitment_is_judged_by_evidence(tables):
    """What commitments.csv describes has no number to reach."""
    described = tables.targets[tables.targets["target"].isin(tables.commitments["target"])]
    assert set(described["kind"]) <= {str(kind) for kind in EVIDENCED}
    assert described["value"].isna().all()


def test_every_plan_has_targets(tables):
    """A plan without a single row would be an empty page."""
    assert [code for code in codes_of(tables) if narrow(tables, code).targets.empty] == []
