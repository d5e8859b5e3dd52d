"""One indicator over regions: a ranking for one period with benchmark lines, and all series on one scale."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from lib.charts.frame import plain_layout, plot_text
from lib.charts.parts import Point, runs
from lib.charts.trajectory import markers
from lib.theme import ACTUAL, FAINT, GRID, QUIET, TARGET


@dataclass(frozen=True)
class Bar:
    """One region in the ranking."""

    name: str
    value: float
    label: str
    hover: str
    emphasis: bool


@dataclass(frozen=True)
class Line:
    """One region's series, oldest first."""

    name: str
    points: tuple[Point, ...]
    emphasis: bool

    @property
    def end(self) -> Point:
        """Where its name stands."""
        return self.points[-1]


def draw_ranking(bars: list[Bar], benchmarks: list[tuple[str, float]]) -> go.Figure:
    """Draw bars from the largest down, values written at their ends, a thin line for each benchmark; the axis starts at zero."""
    ordered = sorted(bars, key=lambda bar: bar.value)
    figure = go.Figure(layout=plain_layout(90 + 30 * len(bars)))
    figure.add_bar(
        x=[bar.value for bar in ordered],
        y=[plot_text(bar.name) for bar in ordered],
        orientation="h",
        marker={"color": [ACTUAL if bar.emphasis else "#9DB4C9" for bar in ordered]},
        text=[plot_text(bar.label) for bar in ordered],
        textposition="outside",
        cliponaxis=False,
        hovertext=[plot_text(bar.hover) for bar in ordered],
        hoverinfo="text",
    )
    for row, (name, value) in enumerate(sorted(benchmarks, key=lambda item: item[1])):
        figure.add_shape(
            type="line", x0=value, x1=value, yref="paper", y0=0, y1=1, line={"color": TARGET, "width": 1.5}
        )
        figure.add_annotation(
            x=value, yref="paper", y=1, text=plot_text(name), showarrow=False, yanchor="bottom", yshift=15 * row,
            font={"size": 12, "color": TARGET},
        )  # fmt: skip
    values = [bar.value for bar in bars] + [value for _, value in benchmarks]
    low, high = min([0.0, *values]), max([0.0, *values])
    figure.update_xaxes(
        range=[low - (high - low) * (0.16 if low < 0 else 0), high + (high - low) * 0.2], visible=False, fixedrange=True
    )
    figure.update_yaxes(fixedrange=True, automargin=True, ticks="")
    figure.update_layout(margin={"t": 48}, bargap=0.35)
    return figure


def draw_lines(lines: list[Line]) -> go.Figure:
    """Draw all series on one scale, each named at its end; emphasised ones in colour, the others faint."""
    figure = go.Figure(layout=plain_layout(440))
    for line in sorted(lines, key=lambda item: item.emphasis):
        _draw_line(figure, line)
    for line, shift in _spread(lines):
        figure.add_annotation(
            x=line.end.x, y=line.end.y, text=plot_text(line.name), showarrow=False, xanchor="left", xshift=8,
            yshift=shift, font={"size": 12, "color": None if line.emphasis else QUIET},
        )  # fmt: skip
    every = [point.x for line in lines for point in line.points]
    ticks = list(range(int(min(every)), int(max(every)) + 1))
    figure.update_xaxes(
        range=[min(every) - 0.2, max(every) + (max(every) - min(every) + 1) * 0.18],
        tickvals=ticks, ticktext=[str(tick - 1) for tick in ticks], showgrid=False, zeroline=False, fixedrange=True,
    )  # fmt: skip
    figure.update_yaxes(gridcolor=GRID, fixedrange=True, tickformat=",", nticks=6)
    return figure


def _draw_line(figure: go.Figure, line: Line) -> None:
    """Each side of a break is a line of its own; what is preliminary or not stated is a hollow point."""
    colour = ACTUAL if line.emphasis else FAINT
    for part in runs(line.points):
        figure.add_scatter(
            x=[point.x for point in part],
            y=[point.y for point in part],
            mode="lines+markers",
            line={"color": colour, "width": 2.2 if line.emphasis else 1.4},
            marker=markers(part, colour, 7),
            hovertext=[plot_text(point.hover) for point in part],
            hoverinfo="text",
            cliponaxis=False,
        )


def _spread(lines: list[Line]) -> list[tuple[Line, float]]:
    """Shift end labels apart where they would lie on each other (label height as a share of the value range)."""
    values = [point.y for line in lines for point in line.points]
    height = (max(values) - min(values) or 1.0) * 16 / 400
    placed: list[tuple[Line, float]] = []
    floor: dict[float, float] = {}
    for line in sorted(lines, key=lambda item: item.end.y):
        wanted = line.end.y
        place = max(wanted, floor.get(line.end.x, float("-inf")) + height)
        floor[line.end.x] = place
        placed.append((line, (place - wanted) / height * 16))
    return placed
