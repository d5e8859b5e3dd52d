"""What checking needs to know of an indicator."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lib.ingest.names import Names


@dataclass(frozen=True)
class Indicator:
    """What checking needs to know of an indicator. `units`: its own first, then others it may be kept in.

    `growth`: the indicator of its published growth; `adds`: whether the figures of parts add up to that of the whole.
    """

    label: str
    nature: str
    cumulative: bool
    units: tuple[str, ...]
    minimum: Decimal | None
    maximum: Decimal | None
    growth: str = ""
    adds: bool = False


def read_indicator(row: dict[str, str], names: Names) -> Indicator:
    """Read one row of data/indicators.csv."""
    return Indicator(
        label=names.label(row["indicator"]),
        nature=row["nature"],
        cumulative=row["cumulative"].lower() in {"true", "yes", "1", "1.0"},
        units=(row["unit"], *(unit.strip() for unit in row["other_units"].split("|") if unit.strip())),
        minimum=Decimal(row["minimum"]) if row["minimum"] else None,
        maximum=Decimal(row["maximum"]) if row["maximum"] else None,
        growth=row.get("growth_indicator", ""),
        adds=row.get("aggregation", "") == "sum",
    )
