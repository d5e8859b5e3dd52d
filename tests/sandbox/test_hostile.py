"""Hostile files, each in a real process with the limits that are served: refused or read as what it is, and nothing breaks."""

from __future__ import annotations

import pytest
from hostile import HARMLESS, HOSTILE

from lib.sandbox.pool import FAILURES


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(pool, check_in, name):
    """Its own fault is named, not the limit it would have met, and no row is kept."""
    make, expected = HOSTILE[name]
    checked = check_in(pool, make())
    found = {problem.code for problem in checked.problems}
    assert found & expected
    assert not found & FAILURES
    assert not checked.ok
    assert checked.rows.empty


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_looks_large_is_read(pool, check_in, name):
    """The one figure in it is found."""
    checked = check_in(pool, HARMLESS[name]())
    assert checked.rows["value"].tolist() == [9027.1]
