"""The plans that a visitor may choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.plans import begins_of
from lib.tables import rows_of
from lib.views.cached import load_tables

if TYPE_CHECKING:
    from datetime import date


def load_plans(lang: str) -> dict[str, str]:
    """The plans' short names by code, the default one first. Raises DataError if the tables cannot be used."""
    return {str(row["plan"]): str(row[f"short_{lang}"]) for row in rows_of(load_tables().plans)}


def load_beginning(plan: str) -> date:
    """The first day on which a plan can be looked at."""
    return begins_of(load_tables())[plan]
