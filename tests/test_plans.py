"""A plan is rows of tables: narrowed to one, nothing of another is left, and a new one needs no code."""

from __future__ import annotations

import ast
from datetime import date

import pytest

from lib.plans import begins_of, codes_of, narrow, regions_of
from lib.schema import NATION, PROVINCE, DataError
from lib.tables import check_tables, read_tables
from tests.made_up_plan import PLAN, add_made_up_plan


@pytest.fixture(name="tables")
def extended(data_dir):
    """The shipped tables and those of a made-up plan."""
    add_made_up_plan(data_dir)
    return read_tables(data_dir)


def test_rows_are_all_a_plan_needs(tables):
    """The tables still hold together with the made-up plan's rows in them."""
    assert check_tables(tables) == []
    assert codes_of(tables)[-1] == PLAN


def test_narrowed_tables_hold_one_plan(tables):
    """Targets and what hangs on them are the plan's own; what plans share is whole."""
    first, made_up = narrow(tables), narrow(tables, PLAN)
    assert set(first.targets["plan"]) == {codes_of(tables)[0]}
    assert list(made_up.targets["target"]) == ["MU-1", "MU-2"]
    assert made_up.evidence.empty
    assert made_up.regions is tables.regions


def test_the_regions_are_those_named_and_their_members(tables):
    """The heading first, then its members; nothing of another plan."""
    assert regions_of(narrow(tables, PLAN)) == ["MADE-UP-ZONE", "210100", "210200"]
    assert regions_of(narrow(tables))[:5] == ["SY", "CO", "WL", "EL", "210000"]


def test_no_plan_is_known_to_the_code(tables, ROOT):
    """No code of a plan, a target or a place stands in the program, but for the nation's and the province's."""
    codes = {*tables.plans["plan"], *tables.targets["target"], *tables.regions["region"]} - {NATION, PROVINCE}
    sources = [ROOT / "dashboard.py", *(ROOT / "lib").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    texts = {
        str(node.value)
        for path in sources
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
    }
    assert codes & texts == set()


def test_a_plan_begins_when_it_was_signed(tables):
    """The day of signing where there is one, else the first day of the plan's first year."""
    assert begins_of(tables)[PLAN] == date(2023, 1, 1)
    assert begins_of(tables)["LN3Y"] == date(2022, 1, 31)


def test_an_unknown_plan_is_refused(tables):
    """The error names the codes in use."""
    with pytest.raises(DataError, match="LN3Y"):
        narrow(tables, "nowhere")


def test_the_command_line_shows_the_plan_asked_for(data_dir, run):
    """Without a plan the first one is shown."""
    add_made_up_plan(data_dir)
    code, out, _ = run("status", "--plan", PLAN)
    assert code == 0
    assert "MU-1" in out
    assert "SY-4" not in out
    assert "MU-1" not in run("status")[1]
