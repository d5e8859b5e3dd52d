"""Where texts stand on a chart: beside what they name, clear of each other, of points and of upright marks at every width.

The page draws one chart at any width and a file draws it at another height, so a place is judged on several sheets at once
and the same one serves them all. Widths of texts are estimated from half-width columns.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any, Final

from lib.charts.frame import plot_text, wrap_line

# Widths of the plot on a phone, a tablet, a desktop and in the file, in points.
WIDTHS: Final = (270, 600, 1035, 1052)
# Side of a point: anchors across and up, and the shift in points.
SIDES: Final = {
    "below": ("center", "top", 0, -9),
    "above": ("center", "bottom", 0, 9),
    "right": ("left", "middle", 11, 0),
    "left": ("right", "middle", -11, 0),
    "above_left": ("right", "bottom", 8, 9),
    "above_right": ("left", "bottom", -8, 9),
    "below_left": ("right", "top", 8, -9),
    "below_right": ("left", "top", -8, -9),
}
ACROSS: Final = {"left": 0.0, "center": -0.5, "right": -1.0}
UP: Final = {"bottom": 0.0, "middle": -0.5, "top": -1.0}
# After a colon or comma, or before a number that follows Chinese.
SENSE: Final = re.compile(r"[：，]|[:,] |(?<=[\u4e00-\u9fff])(?=\d)")
ROUNDS: Final = 2
MOST_TRIES: Final = 16
REACH: Final = 7
# What a fault costs: a label on another, on an upright mark, off the sheet, on a point or bar, on a line, on a thin line that
# leads to a label; and what is allowed at a price: standing apart, a line of text more, being left out.
ON_LABEL = ON_WALL = OFF_SHEET = 100.0
ON_POINT, ON_LINE, ON_LEADER = 25.0, 4.0, 30.0
FAR, TALLER, LEFT_OUT = 6.0, 0.8, 10.0

Box = tuple[float, float, float, float]
Place = tuple[float, float]
Segment = tuple[Place, Place]


@dataclass(frozen=True)
class Label:
    """A text and the points that it may stand beside, best first; `first` is the side to prefer.

    One that finds no clear place is left out if `optional`; one that may be `led` may stand apart at the end of a thin line.
    """

    text: str
    points: tuple[Place, ...]
    size: int
    colour: str | None = None
    first: str = "below"
    optional: bool = False
    led: bool = False

    @property
    def sides(self) -> list[str]:
        """The sides of a point, best first."""
        return sorted(SIDES, key=lambda side: not side.startswith(self.first))


@dataclass(frozen=True)
class Ground:
    """What is drawn already: the ranges of both axes, points, lines, bars of ranges, and upright marks from edge to edge.

    `headroom` is how far a label may stand above the plot; `heights` are the plot's on each sheet.
    """

    across: tuple[float, float]
    up: tuple[float, float]
    points: tuple[Place, ...] = ()
    lines: tuple[Segment, ...] = ()
    walls: tuple[float, ...] = ()
    bars: tuple[Segment, ...] = ()
    headroom: float = 0.0
    heights: tuple[float, ...] = (250.0, 250.0, 250.0, 150.0)


@dataclass(frozen=True)
class Spot:
    """One way to set a label: its lines, its anchors and shift; `tail` is where the text stands if a thin line leads to it."""

    lines: tuple[str, ...]
    point: Place
    anchors: tuple[str, str]
    shift: Place
    cost: float
    tail: Place | None = None


@dataclass(frozen=True)
class Sheet:
    """A plot area in points, with what stands on it."""

    width: float
    height: float
    ground: Ground
    points: tuple[Place, ...]
    lines: tuple[Segment, ...]
    bars: tuple[Segment, ...]
    walls: tuple[float, ...]

    def at(self, point: Place) -> Place:
        """A point of the axes on the sheet."""
        (left, right), (low, high) = self.ground.across, self.ground.up
        return (point[0] - left) / (right - left) * self.width, (point[1] - low) / (high - low) * self.height

    def box(self, label: Label, spot: Spot) -> Box:
        """The room that a label takes: left, bottom, right, top."""
        x, y = self.at(spot.tail or spot.point)
        width, height = _width(spot.lines, label.size), len(spot.lines) * label.size * 1.3 + 2
        left = x + spot.shift[0] + ACROSS[spot.anchors[0]] * width
        bottom = y + spot.shift[1] + UP[spot.anchors[1]] * height
        return left, bottom, left + width, bottom + height

    def cost(self, box: Box) -> float:
        """What a box stands on, but for other labels."""
        left, bottom, right, top = box
        off = max(0.0, -left - 2, right - self.width - 6, -bottom, top - self.height - self.ground.headroom)
        walls = sum(left - 3 < wall < right + 3 for wall in self.walls)
        points = sum(left - REACH < x < right + REACH and bottom - REACH < y < top + REACH for x, y in self.points)
        points += sum(_crosses(box, bar) for bar in self.bars)
        lines = sum(_crosses(box, line) for line in self.lines)
        return (OFF_SHEET + off) * (off > 0) + ON_WALL * walls + ON_POINT * points + ON_LINE * lines


def place_labels(labels: list[Label], ground: Ground, **axes: str) -> list[dict[str, Any]]:
    """Annotations for labels, the first ones choosing first; `axes` names the axes they refer to (`yref="y2"`).

    Where labels still clash, each is let choose before all others once, and the best of these outcomes is taken.
    """
    sheets = _sheets(ground)
    tries = [_tries(label, ground, sheets) for label in labels]
    chosen = _choose(tries, list(range(len(labels))))
    if _clashes(chosen) >= ON_LEADER:
        orders = ([first, *(place for place in range(len(labels)) if place != first)] for first in range(len(labels)))
        chosen = min((_choose(tries, order) for order in orders), key=_total)
    return [_annotation(one.label, one.spot) | axes for one in chosen if one]


def _tries(label: Label, ground: Ground, sheets: list[Sheet]) -> list[Try]:
    """The spots that are best by themselves."""
    tries = [Try(label, spot, sheets) for spot in _spots(label, ground)]
    return sorted(tries, key=lambda one: one.faults + one.spot.cost)[:MOST_TRIES]


def _sheets(ground: Ground) -> list[Sheet]:
    sheets = []
    for width, height in zip(WIDTHS, ground.heights, strict=True):
        bare = Sheet(width, height, ground, (), (), (), ())
        lines, bars = (tuple((bare.at(a), bare.at(b)) for a, b in segments) for segments in (ground.lines, ground.bars))
        walls = tuple(bare.at((wall, 0.0))[0] for wall in ground.walls)
        sheets.append(Sheet(width, height, ground, tuple(map(bare.at, ground.points)), lines, bars, walls))
    return sheets


class Try:
    """A label at a spot: the room that it takes on each sheet, and what it costs there by itself."""

    def __init__(self, label: Label, spot: Spot, sheets: list[Sheet]) -> None:
        """Measure it on every sheet."""
        self.label, self.spot = label, spot
        self.boxes = [sheet.box(label, spot) for sheet in sheets]
        self.leaders = [_leader(box, sheet, spot) for box, sheet in zip(self.boxes, sheets, strict=True)]
        self.faults = sum(sheet.cost(box) for box, sheet in zip(self.boxes, sheets, strict=True))

    def clash(self, other: Try) -> float:
        """What it costs that another stands where it does."""
        fault = 0.0
        for box, theirs, leader, line in zip(self.boxes, other.boxes, self.leaders, other.leaders, strict=True):
            fault += ON_LABEL * _overlap(box, theirs)
            fault += ON_LEADER * (
                (line is not None and _crosses(box, line)) + (leader is not None and _crosses(theirs, leader))
            )
        return fault


def _choose(tries: list[list[Try]], order: list[int]) -> list[Try | None]:
    """Let every label choose in an order, twice; an optional one without a clear place is left out."""
    chosen: list[Try | None] = [None] * len(tries)
    for place in order * ROUNDS:
        others = [one for n, one in enumerate(chosen) if one and n != place]
        faults = {one: one.faults + sum(map(one.clash, others)) for one in tries[place]}
        best = min(faults, key=lambda one: faults[one] + one.spot.cost)
        chosen[place] = None if best.label.optional and faults[best] > ON_LINE else best
    return chosen


def _total(chosen: list[Try | None]) -> float:
    placed = [one for one in chosen if one]
    alone = sum(one.faults + one.spot.cost for one in placed)
    return _clashes(chosen) + alone + LEFT_OUT * (len(chosen) - len(placed))


def _clashes(chosen: list[Try | None]) -> float:
    return sum(one.clash(other) for one, other in combinations([one for one in chosen if one], 2))


def _leader(box: Box, sheet: Sheet, spot: Spot) -> Segment | None:
    """The thin line from a text that stands apart to its point."""
    return ((box[2], (box[1] + box[3]) / 2), sheet.at(spot.point)) if spot.tail else None


def _overlap(box: Box, other: Box) -> bool:
    return box[0] < other[2] + 3 and other[0] < box[2] + 3 and box[1] < other[3] and other[1] < box[3]


def _spots(label: Label, ground: Ground) -> list[Spot]:
    """Every way to set a label: in one line or broken, on every side of its points, or left of the upright mark before them."""
    spots = []
    for text, (order, point) in product(_breakings(label), enumerate(label.points)):
        base = TALLER * (len(text) - 1) + 0.5 * order
        spots += [
            Spot(text, point, SIDES[side][:2], SIDES[side][2:], base + 0.3 * rank)
            for rank, side in enumerate(label.sides)
        ]
        wall = max((wall for wall in ground.walls if wall < point[0]), default=None)
        if label.led and wall is not None:
            spots += _spots_before(text, point, wall, ground, base + FAR)
    return spots


def _spots_before(text: tuple[str, ...], point: Place, wall: float, ground: Ground, cost: float) -> list[Spot]:
    span = ground.up[1] - ground.up[0]
    tails = [(step, (wall, point[1] + span * step)) for step in (0.0, -0.09, 0.09, -0.18, 0.18, -0.27, -0.36)]
    fitting = [(step, tail) for step, tail in tails if ground.up[0] < tail[1] < ground.up[1]]
    return [Spot(text, point, ("right", "middle"), (-8, 0), cost + 6 * abs(step), tail) for step, tail in fitting]


def _breakings(label: Label) -> list[tuple[str, ...]]:
    """The text in one line; broken once where its sense allows; and, in a language that breaks at spaces, evenly."""
    places = [match.end() for match in SENSE.finditer(label.text) if 0 < match.end() < len(label.text)]
    lines = [(label.text,), *((label.text[:place].strip(), label.text[place:].strip()) for place in places)]
    if label.text.isascii() or " " in label.text:
        whole = _columns(label.text)
        lines += [tuple(wrap_line(label.text, columns)) for columns in (whole * 3 // 5, whole * 9 // 20, 12)]
    return list(dict.fromkeys(broken for broken in lines if len(broken) <= 3))


def _columns(text: str) -> int:
    """Half-width columns, of which a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _width(lines: tuple[str, ...], size: int) -> float:
    return max(map(_columns, lines)) * size * 0.5 + 4


def _crosses(box: Box, line: Segment) -> bool:
    """Whether a segment touches a box (Liang and Barsky's clipping)."""
    (x0, y0), (x1, y1) = line
    first, last = 0.0, 1.0
    for start, change, low, high in ((x0, x1 - x0, box[0], box[2]), (y0, y1 - y0, box[1], box[3])):
        if change == 0:
            if not low <= start <= high:
                return False
            continue
        near, far = sorted(((low - start) / change, (high - start) / change))
        first, last = max(first, near), min(last, far)
    return first <= last


def _annotation(label: Label, spot: Spot) -> dict[str, Any]:
    note: dict[str, Any] = {
        "x": spot.point[0], "y": spot.point[1], "text": "<br>".join(map(plot_text, spot.lines)), "showarrow": False,
        "xanchor": spot.anchors[0], "yanchor": spot.anchors[1], "xshift": spot.shift[0], "yshift": spot.shift[1],
        "align": spot.anchors[0], "font": {"size": label.size, "color": label.colour},
    }  # fmt: skip
    if spot.tail is None:
        return note
    arrow = {"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": label.colour, "standoff": 9}
    place = {
        "axref": "x",
        "ayref": "y",
        "ax": spot.tail[0],
        "ay": spot.tail[1],
        "xshift": 0,
        "yshift": 0,
        "borderpad": 7,
    }
    return note | arrow | place
