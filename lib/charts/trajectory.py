"""One indicator of one region over time: actuals, path, target and deadline; cumulative quarters in a strip below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go

from lib.charts.frame import plain_layout, plot_text, wrap_line
from lib.schema import Vintage
from lib.theme import ACTUAL, FAINT, GRID, PATH, QUIET, TARGET

BREAK_COLUMNS: Final = 24
STRIP_TOP: Final = 0.36
RIGHT_FROM: Final = 0.6
YEAR_AND_A_BIT: Final = 1.01
STRIP_COLUMNS: Final = 52


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
    """All that the chart shows; the path and target are None where the target has no level."""

    points: tuple[Point, ...]
    vintages: tuple[Point, ...]
    cuts: tuple[Cut, ...]
    breaks: tuple[Mark, ...]
    path: tuple[tuple[float, float], ...]
    target: tuple[float, float] | None
    target_label: str
    path_label: str
    strip_label: str
    unit: str


def draw_trajectory(data: Trajectory) -> go.Figure:
    """Draw the yearly series above and, where there are cumulative quarters, the strip below."""
    strip = bool(data.cuts)
    figure = go.Figure(layout=plain_layout(500 if strip else 380))
    _draw_path(figure, data)
    _draw_points(figure, data)
    _draw_vintages(figure, data.vintages)
    for cut in data.cuts:
        _draw_cut(figure, cut, data)
    for mark in data.breaks:
        _draw_break(figure, mark, data)
    _arrange(figure, data, strip=strip)
    return figure


def _draw_points(figure: go.Figure, data: Trajectory) -> None:
    """A break or a missing year interrupts the line; settled figures full, preliminary hollow, estimates dotted."""
    for part in runs(data.points):
        figure.add_scatter(
            x=[point.x for point in part],
            y=[point.y for point in part],
            mode="lines+markers",
            line={"color": ACTUAL, "width": 2.5},
            marker={
                "size": 10,
                "color": [_fill(point.status) for point in part],
                "symbol": ["circle-dot" if point.status == Vintage.ESTIMATE else "circle" for point in part],
                "line": {"color": ACTUAL, "width": 2},
            },
            hovertext=[plot_text(point.hover) for point in part],
            hoverinfo="text",
            cliponaxis=False,
        )
    at_deadline = [point for point in data.points if data.target and point.x == data.target[0]]
    for point in dict.fromkeys((*data.points[:1], *at_deadline, *data.points[-1:])):
        figure.add_annotation(**_label(point))


def runs(points: tuple[Point, ...]) -> list[list[Point]]:
    """The points that a line may join, oldest first: a break parts them, and so does a missing year."""
    parts: list[list[Point]] = []
    for point in points:
        if parts and point.segment == parts[-1][-1].segment and point.x - parts[-1][-1].x < YEAR_AND_A_BIT:
            parts[-1].append(point)
        else:
            parts.append([point])
    return parts


def _fill(status: str) -> str:
    return ACTUAL if status in (Vintage.REVISED, Vintage.FINAL) else "#FFFFFF"


def _draw_vintages(figure: go.Figure, vintages: tuple[Point, ...]) -> None:
    if vintages:
        figure.add_scatter(
            x=[point.x for point in vintages],
            y=[point.y for point in vintages],
            mode="markers",
            marker={"size": 8, "symbol": "x-thin", "line": {"color": QUIET, "width": 1.5}},
            hovertext=[plot_text(point.hover) for point in vintages],
            hoverinfo="text",
        )


def _draw_path(figure: go.Figure, data: Trajectory) -> None:
    if data.path:
        xs, ys = zip(*data.path, strict=True)
        figure.add_scatter(
            x=xs, y=ys, mode="lines", line={"color": PATH, "width": 1.5, "dash": "dot"}, hoverinfo="skip"
        )
        middle = (data.path[0][0] + data.path[-1][0]) / 2, (data.path[0][1] + data.path[-1][1]) / 2
        figure.add_annotation(
            x=middle[0], y=middle[1], text=plot_text(data.path_label), showarrow=False, yshift=12, xanchor="right",
            font={"size": 12, "color": PATH},
        )  # fmt: skip
    if data.target:
        figure.add_scatter(
            x=[data.target[0]],
            y=[data.target[1]],
            mode="markers",
            marker={"size": 14, "symbol": "diamond", "color": TARGET},
            hovertext=[plot_text(data.target_label)],
            hoverinfo="text",
            cliponaxis=False,
        )
        figure.add_annotation(
            x=data.target[0], y=data.target[1], text=plot_text(data.target_label), showarrow=False, yshift=20,
            xanchor="right" if _place(data.target[0], data) > RIGHT_FROM else "center", xshift=10,
            font={"size": 13, "color": TARGET},
        )  # fmt: skip


def _draw_cut(figure: go.Figure, cut: Cut, data: Trajectory) -> None:
    """One line for each cut of the year in the strip, interrupted at breaks and missing years, named at its end."""
    for part in runs(cut.points):
        figure.add_scatter(
            x=[point.x for point in part],
            y=[point.y for point in part],
            yaxis="y2",
            mode="lines+markers",
            line={"color": ACTUAL, "width": 1.2, "dash": "dot"},
            marker={"size": 7, "color": ACTUAL, "opacity": 0.85},
            hovertext=[plot_text(point.hover) for point in part],
            hoverinfo="text",
            cliponaxis=False,
        )
    last = cut.points[-1]
    at_right = _place(last.x, data) > RIGHT_FROM
    figure.add_annotation(
        x=last.x, y=last.y, yref="y2", text=plot_text(f"{cut.name} {last.label}"), showarrow=False,
        xanchor="right" if at_right else "left", xshift=-4 if at_right else 9,
        yshift=11 if at_right else 0, font={"size": 11, "color": QUIET},
    )  # fmt: skip


def _draw_break(figure: go.Figure, mark: Mark, data: Trajectory) -> None:
    """A vertical mark with its reason: low on the right half, high on the left, where a rising line leaves room."""
    strip = STRIP_TOP if data.cuts else 0.0
    at_right = _place(mark.x, data) > 1 / 2
    figure.add_shape(
        type="line", x0=mark.x, x1=mark.x, yref="paper", y0=strip, y1=1, line={"color": FAINT, "width": 1.5, "dash": "dash"}
    )  # fmt: skip
    figure.add_annotation(
        x=mark.x, yref="paper", y=strip if at_right else 1, yanchor="bottom" if at_right else "top",
        text="<br>".join(map(plot_text, wrap_line(mark.label, BREAK_COLUMNS))), showarrow=False,
        xanchor="right" if at_right else "left", align="right" if at_right else "left", xshift=-6 if at_right else 6,
        yshift=0 if at_right else -24, font={"size": 11, "color": QUIET},
    )  # fmt: skip


def _label(point: Point) -> dict[str, Any]:
    return {
        "x": point.x,
        "y": point.y,
        "text": plot_text(point.label),
        "showarrow": False,
        "yshift": -18,
        "font": {"size": 13},
    }


def _span(data: Trajectory) -> tuple[float, float]:
    """The first and last place on the time axis."""
    places = [point.x for point in (*data.points, *(point for cut in data.cuts for point in cut.points))]
    places += [x for x, _ in data.path] + ([data.target[0]] if data.target else [])
    return min(places), max(places)


def _place(x: float, data: Trajectory) -> float:
    """How far right a place in time stands, from 0 to 1."""
    first, last = _span(data)
    return (x - first) / (last - first or 1.0)


def _arrange(figure: go.Figure, data: Trajectory, *, strip: bool) -> None:
    """One time axis for both parts, a tick a year; the value axis padded so that labels fit."""
    first, last = _span(data)
    ticks = list(range(int(first), int(last) + 2))
    figure.update_xaxes(
        range=[first - 0.5, last + 0.75],
        tickvals=ticks,
        ticktext=[str(tick - 1) for tick in ticks],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        ticks="outside",
    )
    figure.update_layout(
        yaxis={
            "domain": [STRIP_TOP, 1] if strip else [0, 1],
            "range": _padded([p.y for p in (*data.points, *data.vintages)] + [y for _, y in data.path] + _goal(data)),
            "gridcolor": GRID,
            "zeroline": False,
            "fixedrange": True,
            "tickformat": ",",
            "nticks": 6,
        },
    )
    if strip:
        _arrange_strip(figure, data)


def _arrange_strip(figure: go.Figure, data: Trajectory) -> None:
    """The strip's own value axis and its title."""
    figure.update_layout(
        yaxis2={
            "domain": [0, 0.26],
            "gridcolor": GRID,
            "zeroline": False,
            "fixedrange": True,
            "tickformat": ",",
            "nticks": 4,
            "range": _padded([p.y for cut in data.cuts for p in cut.points]),
        }
    )
    figure.update_xaxes(anchor="y2")
    figure.add_annotation(
        x=0, xref="paper", y=0.3, yref="paper", xanchor="left", yanchor="middle", align="left", showarrow=False,
        text="<br>".join(map(plot_text, wrap_line(data.strip_label, STRIP_COLUMNS))), font={"size": 12, "color": QUIET},
    )  # fmt: skip


def _goal(data: Trajectory) -> list[float]:
    return [data.target[1]] if data.target else []


def _padded(values: list[float]) -> list[float] | None:
    if not values:
        return None
    low, high = min(values), max(values)
    pad = (high - low or abs(high) or 1.0) * 0.16
    return [low - pad, high + pad]
