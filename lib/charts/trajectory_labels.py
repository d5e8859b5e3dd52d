"""The labels of a trajectory chart: what is named, in which order they choose their places, and what they keep clear of."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from lib.charts.labels import Ground, Label, Place, Segment, place_labels
from lib.charts.parts import PLOT_HEIGHTS, STRIP_HEIGHT, Point, Trajectory, runs
from lib.theme import QUIET, TARGET


def main_labels(data: Trajectory) -> list[dict[str, Any]]:
    """The target, the figures that matter, what is reckoned from them, and the path; the first choose first."""
    at_deadline = [point for point in data.points if data.target and point.x == data.target[0]]
    labels = [Label(data.target_label, (data.target,), 13, TARGET, first="above", led=True)] if data.target else []
    labels += [_figure_label(point) for point in dict.fromkeys((*at_deadline, *data.points[-1:]))]
    labels += [
        Label(sign.label, tuple((sign.x, y) for y in sign.heights), 12, first="right", led=True) for sign in data.signs
    ]
    first = set(data.points[:1]) - {*at_deadline, *data.points[-1:]}
    labels += [_figure_label(point, optional=True) for point in first]
    paths = ((data.beyond, data.beyond_label), (data.path, data.path_label))
    labels += [
        Label(text, _spread(path), 12, QUIET, first="above", optional=True, led=path is data.beyond)
        for path, text in paths
        if path
    ]
    return place_labels(labels, _ground(data))


def strip_labels(data: Trajectory) -> list[dict[str, Any]]:
    """The name and last value of each cut, beside its last figure."""
    if not data.cuts:
        return []
    ends = sorted(((cut.name, cut.points[-1]) for cut in data.cuts), key=lambda end: -end[1].x)
    labels = [Label(f"{name} {end.label}", ((end.x, end.y),), 11, QUIET, first="above") for name, end in ends]
    points = tuple((point.x, point.y) for cut in data.cuts for point in cut.points)
    lines = [line for cut in data.cuts for line in _lines(cut.points)]
    page, file = (height * STRIP_HEIGHT for height in PLOT_HEIGHTS[True])
    ground = Ground(data.across, data.strip_up, points, tuple(lines), heights=(page, page, page, file))
    return place_labels(labels, ground, yref="y2")


def _figure_label(point: Point, *, optional: bool = False) -> Label:
    return Label(point.label, ((point.x, point.y),), 13, optional=optional, led=not optional)


def _ground(data: Trajectory) -> Ground:
    """What the labels of the upper part must keep clear of."""
    points = [(point.x, point.y) for point in (*data.points, *data.vintages)]
    points += [(sign.x, sign.y) for sign in data.signs]
    lines = [*_lines(data.points), *pairwise(data.path), *pairwise(data.beyond)]
    lines += [(sign.start, (sign.x, sign.y)) for sign in data.signs if sign.start]
    bars = tuple(((sign.x, min(sign.heights)), (sign.x, max(sign.heights))) for sign in data.signs if sign.high)
    page, file = (height * (data.top - data.bottom) for height in PLOT_HEIGHTS[bool(data.cuts)])
    return Ground(
        across=data.across, up=data.up, points=(*points, data.target) if data.target else tuple(points),
        lines=tuple(lines), walls=tuple(mark.x for mark in data.breaks), bars=bars,
        headroom=0.0 if data.breaks else 11.0, heights=(page, page, page, file),
    )  # fmt: skip


def _lines(points: tuple[Point, ...]) -> list[Segment]:
    """The lines that join figures."""
    return [pair for part in runs(points) for pair in pairwise([(point.x, point.y) for point in part])]


def _spread(path: tuple[Place, ...]) -> tuple[Place, ...]:
    """Places along a path at which its name may stand."""
    return tuple(_along(path, share) for share in (0.5, 0.65, 0.35, 0.8))


def _along(path: tuple[Place, ...], share: float) -> Place:
    """A place on a path, by the share of the time between its ends."""
    x = path[0][0] + (path[-1][0] - path[0][0]) * share
    (x0, y0), (x1, y1) = next(pair for pair in pairwise(path) if x <= pair[1][0] + 1e-9)
    return x, y0 + (y1 - y0) * (x - x0) / (x1 - x0 or 1.0)
