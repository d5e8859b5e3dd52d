"""One pool for all tests that only check files."""

from __future__ import annotations

from datetime import date

import pytest

from lib.intake import pick_reference
from lib.sandbox.limits import Limits
from lib.sandbox.pool import Pool
from lib.tables import read_tables

FORM = {"today": date(2026, 11, 22)}


@pytest.fixture(scope="session")
def tables_read(ROOT):
    """The shipped tables that a file is read with."""
    return pick_reference(read_tables(ROOT / "data"))


@pytest.fixture(scope="session")
def pool():
    """The limits as they are served, but time for a machine that many share."""
    pool = Pool(Limits(wait=300, compute=120))
    yield pool
    pool.close()


@pytest.fixture
def limited():
    """Pools with limits of the test's own, closed afterwards."""
    made = []

    def make(**limits):
        made.append(Pool(Limits(**({"wait": 300, "compute": 120} | limits))))
        return made[-1]

    yield make
    for pool in made:
        pool.close()


@pytest.fixture(scope="session")
def check_in(tables_read):
    """Check bytes in a pool, on a fixed day."""
    return lambda pool, raw, *progress, **form: pool.check(raw, tables_read, FORM | form, *progress)
