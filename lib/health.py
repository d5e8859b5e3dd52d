"""Whether a tracker is well: its store, how fresh its figures are, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from lib.schema import SHIPPED_BY

if TYPE_CHECKING:
    from collections.abc import Callable

    from lib.schema import Problem
    from lib.store import Store, Upload


@dataclass(frozen=True)
class Health:
    """The store's version, the newest upload received, the day of the newest figure, how many are in use, and faults."""

    version: str
    last_upload: Upload | None
    newest_figure: date | None
    figures: int
    writable: bool
    problems: tuple[Problem, ...] = ()

    @property
    def is_well(self) -> bool:
        """Whether nothing is damaged and uploads can be kept."""
        return self.writable and not self.problems


def read_health(store: Store, read: Callable[[], pd.DataFrame], problems: tuple[Problem, ...] = ()) -> Health:
    """How a store is; `read` gives its figures (`schema.STORED_COLUMNS`), `problems` are what its check found.

    What is damaged is not read.
    """
    if problems:
        return Health(store.version(), None, None, 0, store.writable(), problems)
    actuals = read()
    received = (item for item in store.history() if item.user != SHIPPED_BY)
    newest = actuals["published"].max()
    return Health(
        version=store.version(),
        last_upload=next(received, None),
        newest_figure=None if pd.isna(newest) else newest.date(),
        figures=len(actuals),
        writable=store.writable(),
        problems=problems,
    )
