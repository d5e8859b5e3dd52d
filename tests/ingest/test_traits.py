"""The table of 125 traits in tests/files/README.md holds: its files exist and have the outcome it gives, its tests exist."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

FOLDERS = ("made-up", "as-they-come", "published", "tables")
_ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([ARW/]+) \| ([ARW]) \| `([^`]+)` \| ([^|]*) ?\|$", re.MULTILINE)


class Trait(NamedTuple):
    """One line of the table."""

    number: int
    name: str
    asked: str
    here: str
    evidence: str
    remark: str


@pytest.fixture(scope="module")
def traits(ROOT):
    """All lines of the table."""
    text = (ROOT / "tests/files/README.md").read_text(encoding="utf-8")
    return [Trait(int(number), *(part.strip() for part in rest)) for number, *rest in _ROW.findall(text)]


def test_every_trait_stands_in_the_table_once(traits):
    """In order, none left out."""
    assert [trait.number for trait in traits] == list(range(1, 126))


def test_another_outcome_than_asked_for_says_why(traits):
    """A difference on purpose is explained beside it."""
    assert [trait for trait in traits if trait.here not in trait.asked.split("/") and not trait.remark] == []


def test_the_files_have_the_outcome_of_the_table(ROOT, check, traits):
    """Accepted without a word, with a warning, or refused."""
    for trait in traits:
        if not trait.evidence.startswith("tests/"):
            checked = check((ROOT / "tests/files" / trait.evidence).read_bytes(), source="虚构")
            outcome = "R" if not checked.ok else "W" if checked.problems else "A"
            assert (trait.name, outcome) == (trait.name, trait.here)


def test_the_tests_it_names_exist(ROOT):
    """In the evidence and in the remarks."""
    text = (ROOT / "tests/files/README.md").read_text(encoding="utf-8")
    named = re.findall(r"(tests/[\w/]+\.py)::(\w+)", text)
    assert len(named) > 10
    assert [pair for pair in named if f"def {pair[1]}(" not in (ROOT / pair[0]).read_text(encoding="utf-8")] == []


def test_files_are_many_and_tiny(ROOT):
    """At least two hundred, none of ten kilobytes; and no folder without a test of its outcomes."""
    folders = [path for path in (ROOT / "tests/files").iterdir() if path.is_dir()]
    files = [path for folder in folders for path in folder.iterdir()]
    assert {folder.name for folder in folders} == set(FOLDERS)
    assert len(files) >= 200
    assert max(path.stat().st_size for path in files) < 10_000
