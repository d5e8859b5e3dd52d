"""Both catalogues word the same keys with the same holes, and every key the code asks for exists."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from lib.i18n import LANGUAGES, load_texts
from lib.ingest.problems import PROBLEM_CODES
from lib.schema import TABLES, Basis, Kind, Stage, Status, Vintage
from lib.tables import read_tables

ROOT = Path(__file__).resolve().parent.parent
FAMILIES = {
    "status": [*Status, "readings_differ", "one_reading"],
    "kind": Kind,
    "rule": Kind,
    "method.kind": Kind,
    "method.status": Status,
    "vintage": Vintage,
    "basis": Basis,
    "stage": Stage,
    "problem": PROBLEM_CODES,
}


def holes(text: str) -> set[str]:
    """The names in a text's braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def asked_keys() -> set[str]:
    """Every literal first argument of a call to something named texts."""
    found: set[str] = set()
    for path in [ROOT / "dashboard.py", *(ROOT / "lib").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "texts" and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return found


def test_both_languages_have_the_same_keys():
    """A key that one language lacks is named."""
    zh, en = (set(load_texts(lang).entries) for lang in LANGUAGES)
    assert zh ^ en == set()


def test_texts_have_the_same_holes():
    """A sentence takes the same values in both languages, in whatever order."""
    zh, en = (load_texts(lang).entries for lang in LANGUAGES)
    differing = {key for key in en if holes(en[key]) != holes(zh[key])}
    assert differing == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_key_the_code_asks_for_is_worded(lang):
    """No page can meet a missing text."""
    keys = asked_keys()
    assert len(keys) > 100
    assert keys - set(load_texts(lang).entries) == set()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("family", FAMILIES)
def test_every_code_is_worded(lang, family):
    """Each status, kind, vintage and problem has its words."""
    entries = load_texts(lang).entries
    assert [code for code in FAMILIES[family] if f"{family}.{code}" not in entries] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_strengths_and_marks_in_the_data_are_worded(lang):
    """Codes that stand in the tables have words too."""
    tables = read_tables(ROOT / "data")
    entries = load_texts(lang).entries
    assert {code for code in tables.targets["strength"] if f"strength.{code}" not in entries} == set()
    assert {code for code in tables.memberships["confidence"] if f"confidence.{code}" not in entries} == set()


def test_problem_texts_use_only_what_a_problem_carries():
    """A problem's message asks for its row, column, value and the hints of its code, nothing else."""
    for code, hints in PROBLEM_CODES.items():
        for lang in LANGUAGES:
            allowed = {"row", "column", "value", *hints}
            assert holes(load_texts(lang).entries[f"problem.{code}"]) <= allowed


def test_a_missing_key_raises():
    """Silence would put a code on the page."""
    with pytest.raises(KeyError):
        load_texts("en")("no.such.key")


def test_no_chinese_in_the_english_catalogue_but_terms_of_the_files():
    """English texts name Chinese terms only where the officer's file holds them."""
    chinese = re.compile(r"[\u4e00-\u9fff]")
    allowed = ("problem.", "upload.template_note", "language.")
    found = [
        key for key, text in load_texts("en").entries.items() if chinese.search(text) and not key.startswith(allowed)
    ]
    assert found == []


def test_tables_are_all_listed():
    """The schema names every table the reader reads."""
    assert set(TABLES) >= {"plans", "targets", "indicators", "regions", "memberships"}
