"""What verdicts need of the store is enough: with nothing else there, every one of them is the same."""

from datetime import date

import pytest

from lib.plans import codes_of, narrow, spoken_of, wanted_by
from lib.verdict.board import build_board
from lib.verdict.needs import needed_by

DAYS = (date(2026, 11, 22), date(2025, 2, 1))


@pytest.mark.parametrize("likely", [False, True])
@pytest.mark.parametrize("day", DAYS)
def test_the_verdicts_on_the_rows_needed_are_those_on_all(shipped_store, day, likely):
    """Of all plans, on the shipped figures: status, figures used, members reported and trace alike."""
    tables, store = shipped_store
    needed = store.read(wanted=needed_by(tables))
    assert len(needed) < len(store.read())
    whole = build_board(tables, store.read(), day, likely=likely)
    assert build_board(tables, needed, day, likely=likely).verdicts == whole.verdicts


def test_each_plan_needs_its_own_rows_only(shipped_store):
    """A plan's verdicts do not look at what other plans ask for."""
    tables, store = shipped_store
    whole = build_board(tables, store.read(), DAYS[0]).verdicts
    for code in codes_of(tables):
        plan = narrow(tables, code)
        alone = build_board(plan, store.read(wanted=needed_by(plan)), DAYS[0]).verdicts
        assert alone == {name: whole[name] for name in alone}


def test_the_pages_lose_nothing_that_a_plan_speaks_of(shipped_store):
    """Every shipped figure is of a region that some plan names or is made of."""
    tables, store = shipped_store
    assert {"000000", "210000", "210100"} <= spoken_of(tables)
    assert len(store.read(wanted=wanted_by(tables))) == len(store.read())
    assert store.read(wanted=wanted_by(tables, ["another"])).equals(store.read(wanted=wanted_by(tables)))
