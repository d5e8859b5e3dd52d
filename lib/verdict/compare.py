"""Regions beside each other: only figures of one period, one basis and one vintage, on the same side of every break."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lib.periods import parse_period
from lib.schema import Vintage
from lib.series import pick_vintage, to_series
from lib.tables import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from lib.schema import Basis
    from lib.series import Figure
    from lib.verdict.board import Board

# Which vintages are of one kind, the most settled first: a revised figure and a final one both replace a first one.
VINTAGES: Final = (
    (Vintage.FINAL, Vintage.REVISED),
    (Vintage.PRELIMINARY,),
    (Vintage.ESTIMATE,),
    (Vintage.UNKNOWN,),
)
VINTAGE_DIFFERS: Final = "vintage"
BREAK_BETWEEN: Final = "break"


@dataclass(frozen=True)
class Row:
    """One period: a figure a region that has one, in the order asked for; `missing` are the regions without any.

    `refused` says why they are not compared: VINTAGE_DIFFERS, BREAK_BETWEEN, or "" where they are.
    """

    period: str
    basis: str
    figures: tuple[Figure, ...]
    missing: tuple[str, ...]
    refused: str = ""

    @property
    def vintage(self) -> str:
        """The vintage of all its figures, of two the less settled."""
        order = [vintage for kind in VINTAGES for vintage in kind]
        return max((figure.status for figure in self.figures), key=lambda status: order.index(Vintage(status)))


def compare_regions(board: Board, indicator: str, regions: Sequence[str], bases: Sequence[Basis]) -> list[Row]:
    """Every period for which two of the regions or more have a figure known on the board's day, latest first.

    Of several vintages of a figure the most settled kind that all of them have is taken; a figure made of members is nobody's
    and is left out.
    """
    known, unit = board.known, str(board.tables.indicators.set_index("indicator").loc[indicator, "unit"])
    asked = (known["indicator"] == indicator) & (known["unit"] == unit)
    rows = known[asked & known["basis"].isin(bases) & known["region"].isin(regions)]
    candidates = [_published(board, indicator, regions, rows[rows["status"].isin(kind)]) for kind in VINTAGES]
    every = {key: by_region for kind in reversed(candidates) for key, by_region in kind.items()}
    compared = [row for row in (_row(key, regions, candidates) for key in every) if len(row.figures) > 1]
    return sorted(compared, key=lambda row: (parse_period(row.period), row.basis), reverse=True)


_Found = dict[tuple[str, str], dict[str, "Figure"]]  # period and basis to region to figure


def _published(board: Board, indicator: str, regions: Sequence[str], rows: pd.DataFrame) -> _Found:
    """The figures among rows of one kind of vintage.

    Their segments count the breaks that all regions share: a region's own says nothing of the base another stands on.
    """
    if rows.empty:
        return {}
    breaks, picked = board.tables.breaks, pick_vintage(rows)
    shared = breaks[breaks["region"] == ""]
    found: _Found = {}
    for region in regions:
        own = picked[picked["region"] == region].assign(derived=False)
        for figure in to_series(rows_of(own), shared, region, indicator):
            found.setdefault((figure.period, str(figure.basis)), {})[region] = figure
    return found


def _row(key: tuple[str, str], regions: Sequence[str], candidates: list[_Found]) -> Row:
    """The most settled kind that every region with a figure has; else the figures as they are, refused."""
    kinds = [found.get(key, {}) for found in candidates]
    present = [region for region in regions if any(region in kind for kind in kinds)]
    missing = tuple(region for region in regions if region not in present)
    common = next((kind for kind in kinds if all(region in kind for region in present)), None)
    if common is None:
        best = tuple(next(kind[region] for kind in kinds if region in kind) for region in present)
        return Row(*key, best, missing, VINTAGE_DIFFERS)
    figures = tuple(common[region] for region in present)
    apart = len({figure.segment for figure in figures}) > 1
    return Row(*key, figures, missing, BREAK_BETWEEN if apart else "")
