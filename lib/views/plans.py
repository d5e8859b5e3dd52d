"""The plans that a visitor may choose from."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lib.plans import begins_of
from lib.tables import rows_of
from lib.views.cached import load_tables

if TYPE_CHECKING:
    from datetime import date

    from lib.tables import Tables


def load_plans(lang: str) -> dict[str, str]:
    """The plans' short names by code, the default one first. Raises DataError if the tables cannot be used."""
    return _name_plans(load_tables(), lang)


@lru_cache(maxsize=8)
def _name_plans(tables: Tables, lang: str) -> dict[str, str]:
    return {str(row["plan"]): str(row[f"short_{lang}"]) for row in rows_of(tables.plans)}


def load_beginning(plan: str) -> date:
    """The first day on which a plan can be looked at."""
    return begins_of(load_tables())[plan]
