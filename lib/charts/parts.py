"""What a trajectory chart shows, and the room it takes: places on the paper in years and in the axis' unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lib import formats
from lib.charts.frame import wrap_line
from lib.charts.labels import Place
from lib.schema import Nature, Vintage

if TYPE_CHECKING:
    from lib.words import Words

STRIP_TOP: Final = 0.36
STRIP_HEIGHT: Final = 0.24
BREAK_COLUMNS: Final = 24
# Height of the plot without margins and axis: of the chart on the page and of the least high one in a file.
PLOT_HEIGHTS: Final = ((355, 250), (475, 250))
LINE: Final = 14.5
YEAR_AND_A_BIT: Final = 1.01


@dataclass(frozen=True)
class Point:
    """A figure on the paper: where, how settled, which side of a break, and its words."""

    x: float
    y: float
    status: str
    segment: int
    label: str
    hover: str


@dataclass(frozen=True)
class Sign:
    """What is no figure but reckoned from figures: a "trend" or "estimate" with its range, or a value "carried" over a break.

    A dotted line leads from the figure that it starts from, if there is one in its own right.
    """

    kind: str
    x: float
    y: float
    label: str
    hover: str
    low: float | None = None
    high: float | None = None
    start: Place | None = None

    @property
    def heights(self) -> list[float]:
        """Every height that it takes up."""
        return [height for height in (self.y, self.low, self.high) if height is not None]


@dataclass(frozen=True)
class Cut:
    """Cumulative figures at one cut of each year, oldest first: all first quarters, all half-years."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Mark:
    """A place in time with a reason: a break of the series."""

    x: float
    label: str


@dataclass(frozen=True)
class Trajectory:
    """All that the chart shows; the path and target are empty where the target has no level.

    `path` runs from the baseline to the target or to the first break, `beyond` from there on, still on the old base.
    """

    points: tuple[Point, ...]
    vintages: tuple[Point, ...]
    cuts: tuple[Cut, ...]
    breaks: tuple[Mark, ...]
    path: tuple[Place, ...]
    target: Place | None
    target_label: str
    path_label: str
    strip_label: str
    unit: str
    beyond: tuple[Place, ...] = ()
    beyond_label: str = ""
    signs: tuple[Sign, ...] = ()

    @property
    def across(self) -> Place:
        """The time axis with room for labels: a quarter of the width at the right of what is reckoned at the deadline."""
        first, last = self.span
        return first - 0.5, last + max(1.0, (last - first + 0.5) * 0.32 if self.signs else 0.0)

    @property
    def span(self) -> Place:
        """The first and last place in time."""
        points = (*self.points, *(point for cut in self.cuts for point in cut.points))
        places = [point.x for point in points] + [sign.x for sign in self.signs] + [x for x, _ in self.path]
        places += [self.target[0]] if self.target else []
        return min(places), max(places)

    @property
    def up(self) -> Place:
        """The value axis of the upper part."""
        values = [point.y for point in (*self.points, *self.vintages)] + [y for _, y in (*self.path, *self.beyond)]
        values += [height for sign in self.signs for height in sign.heights] + ([self.target[1]] if self.target else [])
        low, high = _padded(values or [0.0])
        return low, high + (high - low) * 0.05

    @property
    def strip_up(self) -> Place:
        """The value axis of the strip."""
        return _padded([point.y for cut in self.cuts for point in cut.points])

    @property
    def reasons(self) -> list[list[str]]:
        """The lines of each break's reason."""
        return [wrap_line(mark.label, BREAK_COLUMNS) for mark in self.breaks]

    @property
    def bottom(self) -> float:
        """Where the upper part begins, as a share of the height."""
        return STRIP_TOP if self.cuts else 0.0

    @property
    def top(self) -> float:
        """Where the upper part ends and the reasons of breaks begin; a file leaves them the least room."""
        return 1 - LINE * sum(map(len, self.reasons)) / PLOT_HEIGHTS[bool(self.cuts)][1]


def runs(points: tuple[Point, ...]) -> list[list[Point]]:
    """The points that a line may join, oldest first: a break, a missing year or an estimate parts them."""
    parts: list[list[Point]] = []
    for point in points:
        if parts and _are_joined(parts[-1][-1], point):
            parts[-1].append(point)
        else:
            parts.append([point])
    return parts


def _are_joined(before: Point, point: Point) -> bool:
    near = point.segment == before.segment and point.x - before.x < YEAR_AND_A_BIT
    return near and Vintage.ESTIMATE not in (before.status, point.status)


def _padded(values: list[float]) -> Place:
    low, high = min(values), max(values)
    pad = (high - low or abs(high) or 1.0) * 0.18
    return low - pad, high + pad


def axis_unit(indicator: str, words: Words) -> str:
    """The unit of an axis; a growth rate says so."""
    row = words.indicators[indicator]
    unit = formats.axis(str(row["unit"]), words.lang)
    return words.texts("axis.growth", unit=unit) if row["nature"] == Nature.GROWTH else unit
