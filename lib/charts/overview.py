"""The overview's map, from the board."""

from __future__ import annotations

from collections import Counter
from itertools import cycle
from typing import TYPE_CHECKING, Final

from lib.charts.frame import Chart, Heading
from lib.charts.map import Area, draw_map, is_covered
from lib.explain import stand
from lib.schema import Status
from lib.theme import FILLS, HATCHES, LOOKS, OUTSIDE
from lib.verdict.trend import GRAVITY
from lib.words import goal

if TYPE_CHECKING:
    import pandas as pd

    from lib.verdict.board import Board
    from lib.words import Words

UNSIGNED: Final = (Status.NO_DATA, Status.NOT_JUDGED)
# How a zone is drawn on a city by how much of the city it holds, and in which colours.
_STYLES: Final = {"whole": FILLS, "part": HATCHES}


def map_chart(board: Board, boundaries: str, words: Words) -> Chart | None:
    """The cities by plan region, with the verdicts on the cities' own targets; None for a plan that is not about them all."""
    if not board.zones or not is_covered(boundaries, board.cities):
        return None
    areas = [_area(board, city, words) for city in board.cities]
    heading = Heading(
        _title(board, words),
        words.texts("map.subtitle"),
        (
            *([words.texts("map.signs", signs=signs)] if (signs := _key(board, words)) else []),
            words.texts("map.legend"),
            words.texts("map.source"),
            stand(board, words),
        ),
    )
    alt = words.texts("map.alt", areas=words.join([area.hover.replace("\n", " ") for area in areas]))
    return Chart(draw_map(boundaries, areas), heading, alt)


def _title(board: Board, words: Words) -> str:
    """The finding: how the cities' own targets stand; what the map shows, where none of them can be judged."""
    stands: dict[str, Counter[Status]] = {}
    for name, target in board.targets.items():
        status = board.verdicts[name].status
        if target.region in board.cities and status in GRAVITY:
            stands.setdefault(target.region, Counter())[status] += 1
    if not stands:
        return words.texts("map.title")
    areas = [
        words.texts(
            "map.city",
            city=words.short_region(city),
            stands=words.join([words.texts(f"headline.{s}", count=counts[s]) for s in GRAVITY if counts[s]]),
        )
        for city, counts in stands.items()
    ]
    return words.texts("map.judged", areas=words.join_marks(areas))


def _key(board: Board, words: Words) -> str:
    """What the signs on the map mean."""
    shown = {board.verdicts[name].status for name, target in board.targets.items() if target.region in board.cities}
    return words.join(
        [f"{LOOKS[s].glyph} {words.texts(f'status.{s}')}" for s in Status if s in shown and s not in UNSIGNED]
    )


def _area(board: Board, city: str, words: Words) -> Area:
    homes = _homes(board, city)
    own = [target for target in board.targets.values() if target.region == city]
    judged = [(target, board.verdicts[target.target]) for target in own]
    lines = [words.region(city), words.join([words.short_region(region) for region in homes["region"]])]
    lines += [
        words.texts(
            "map.verdict",
            indicator=words.indicator(target.indicator),
            goal=goal(target, words),
            status=words.texts(f"status.{verdict.status}"),
        )
        for target, verdict in judged
    ]
    signs = tuple(
        (LOOKS[verdict.status].glyph, LOOKS[verdict.status].colour, line)
        for (_, verdict), line in zip(judged, lines[2:], strict=True)
        if verdict.status not in UNSIGNED
    )
    return Area(
        region=city,
        name=words.short_region(city),
        colour=_tint(board, homes[homes["confidence"] == "high"], "whole") or OUTSIDE,
        hatch=_tint(board, homes, "part"),
        hover="\n".join(lines),
        signs=signs,
    )


def _homes(board: Board, city: str) -> pd.DataFrame:
    """The memberships of a city in the plan's zones."""
    rows = _zoned(board)
    return rows[rows["member"] == city]


def _zoned(board: Board) -> pd.DataFrame:
    """The memberships in the plan's zones."""
    rows = board.tables.memberships
    return rows[rows["region"].isin(board.zones)]


def _tint(board: Board, homes: pd.DataFrame, extent: str) -> str:
    """The colour of the first zone that holds the city to this extent; "" where none does."""
    rows = _zoned(board)
    drawn = [zone for zone in board.zones if zone in set(rows.loc[rows["extent"] == extent, "region"])]
    colours = dict(zip(drawn, cycle(_STYLES[extent]), strict=False))
    held = set(homes.loc[homes["extent"] == extent, "region"])
    return next((colour for zone, colour in colours.items() if zone in held), "")
