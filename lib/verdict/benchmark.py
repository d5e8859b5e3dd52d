"""Two partners beside each other, indicator by indicator: the gap in level, growth, and how many years lie between them.

Years behind are the time distance: how long ago the one ahead stood where the other stands now, on the straight line
between its yearly figures (P. Sicherl, S-time-distance).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from lib.schema import Nature
from lib.verdict.compare import Row, compare_regions
from lib.verdict.model import YEARLY, usable

if TYPE_CHECKING:
    from lib.series import Figure
    from lib.verdict.board import Board

LEVELS = (Nature.FLOW, Nature.STOCK, Nature.SHARE, Nature.INDEX)


@dataclass(frozen=True)
class Behind:
    """How many years one side is behind the other; where not `is_exact`, at least so many: the figures reach no further."""

    region: str
    years: float
    is_exact: bool


@dataclass(frozen=True)
class Benchmark:
    """One indicator of a pair: the newest year of which both have a comparable figure, or who has none.

    `row` is None where no year has figures of both, `growth` holds the published growth of the same year where both have
    one of the same vintage, `missing` the sides without any figure of the indicator.
    """

    indicator: str
    row: Row | None
    growth: Row | None
    behind: Behind | None
    missing: tuple[str, ...]

    @property
    def gap(self) -> float | None:
        """The first side's figure minus the second's."""
        if self.row is None or self.row.refused:
            return None
        first, second = self.row.figures
        return first.value - second.value

    @property
    def ratio(self) -> float | None:
        """The first side's figure as a share of the second's, for amounts above zero."""
        if self.row is None or self.row.refused or self.row.figures[1].value <= 0:
            return None
        return self.row.figures[0].value / self.row.figures[1].value


def pairs_of(board: Board) -> dict[str, tuple[str, str]]:
    """The plan's pairs and their two sides, in the plan's order."""
    rows = board.tables.memberships
    types = board.tables.regions.set_index("region")["type"]
    pairs = [code for code in board.regions if types[code] == "pair"]
    sides = {code: tuple(rows.loc[rows["region"] == code, "member"]) for code in pairs}
    return {code: (str(members[0]), str(members[1])) for code, members in sides.items() if len(members) == 2}


def benchmark_pair(board: Board, first: str, second: str) -> list[Benchmark]:
    """Every measured indicator of which at least one side has a yearly figure, in the table's order."""
    table = board.tables.indicators
    codes = [str(code) for code in table.loc[table["nature"] != Nature.EVENT, "indicator"]]
    found = [_benchmark(board, code, first, second) for code in codes]
    return [item for item in found if len(item.missing) < 2]


def _benchmark(board: Board, indicator: str, first: str, second: str) -> Benchmark:
    missing = tuple(region for region in (first, second) if not board.yearly(region, indicator))
    row = None if missing else _newest(board, indicator, first, second)
    traits = board.tables.indicators.set_index("indicator").loc[indicator]
    name = str(traits["growth_indicator"])
    growth = _of_year(board, name, (first, second), row) if name else None
    is_level = str(traits["nature"]) in LEVELS
    return Benchmark(indicator, row, growth, _behind(board, row) if is_level else None, missing)


def _newest(board: Board, indicator: str, first: str, second: str) -> Row | None:
    """The newest year that compares; if none does, the newest with figures of both."""
    rows = compare_regions(board, indicator, (first, second), YEARLY)
    return next((row for row in rows if not row.refused), rows[0] if rows else None)


def _of_year(board: Board, indicator: str, sides: tuple[str, str], row: Row | None) -> Row | None:
    rows = compare_regions(board, indicator, sides, YEARLY)
    return next((item for item in rows if row is not None and item.period == row.period and not item.refused), None)


def _behind(board: Board, row: Row | None) -> Behind | None:
    """Who is behind and by how long, as far as the yearly figures of the one ahead tell."""
    if row is None or row.refused:
        return None
    behind, ahead = sorted(row.figures, key=lambda figure: figure.value)
    return years_behind(behind, usable(board.yearly(ahead.region, ahead.indicator)))


def years_behind(figure: Figure, ahead: tuple[Figure, ...]) -> Behind | None:
    """The time since the one ahead stood at a figure's value; None without two comparable years of the one ahead.

    `ahead`: its yearly figures, oldest first. Only those on the side of the breaks on which its figure of that time stands
    count.
    """
    until = [item for item in ahead if item.position <= figure.position]
    alike = [item for item in until if item.segment == until[-1].segment]
    if len(alike) < 2 or alike[-1].position != figure.position or alike[-1].value <= figure.value:
        return None
    for before, after in reversed(list(pairwise(alike))):
        if before.value <= figure.value < after.value:
            share = (figure.value - before.value) / (after.value - before.value)
            then = before.position + share * (after.position - before.position)
            return Behind(figure.region, figure.position - then, is_exact=True)
    return Behind(figure.region, figure.position - alike[0].position, is_exact=False)
