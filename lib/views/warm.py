"""What the first visitor of a server would wait for, made before anybody comes."""

from __future__ import annotations

from contextlib import suppress

from lib.clock import today
from lib.schema import DataError
from lib.views import overview  # noqa: F401 - its libraries are what takes longest to load
from lib.views.cached import load_board, load_change_days, load_quarter_before, load_tables
from lib.views.plans import load_beginning


def warm_up() -> None:
    """Judge the first plan as of today and the days before; what is wrong with the data is for the page to say."""
    with suppress(DataError):
        plan = str(load_tables().plans["plan"].iloc[0])
        board = load_board(today(), plan)
        load_quarter_before(board)
        load_change_days(board, load_beginning(plan))
