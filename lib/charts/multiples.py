"""Small multiples: one panel a region, all on the same two axes, each series in front of all others."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from lib.charts.frame import plain_layout, plot_text
from lib.charts.parts import Point, runs
from lib.charts.trajectory import markers
from lib.theme import ACTUAL, GRID, QUIET, TRACK

# Three to a row stay readable on a phone as on a screen.
COLUMNS: Final = 3
ROW: Final = 132
EDGES: Final = 60


@dataclass(frozen=True)
class Panel:
    """One region: its name, the words for its newest figure, and its series, oldest first."""

    name: str
    newest: str
    points: tuple[Point, ...]


def multiples_height(panels: int) -> int:
    """The height of the panels in points."""
    return EDGES + ROW * math.ceil(panels / COLUMNS)


def draw_multiples(panels: list[Panel], references: list[tuple[Point, ...]], *, from_zero: bool = True) -> go.Figure:
    """Draw a panel a region, in the order given, the other regions faint behind; `references` stand in every panel, dotted.

    The value axis starts at zero, or with `from_zero` false where the values do.
    """
    rows = math.ceil(len(panels) / COLUMNS)
    figure = make_subplots(
        rows=rows, cols=COLUMNS, shared_xaxes="all", shared_yaxes="all", horizontal_spacing=0.06,
        vertical_spacing=0.34 / rows,
    )  # fmt: skip
    figure.update_layout(plain_layout(multiples_height(len(panels))))
    for place, panel in enumerate(panels):
        cell = {"row": place // COLUMNS + 1, "col": place % COLUMNS + 1}
        _draw_others(figure, [other.points for other in panels if other is not panel], cell)
        for reference in references:
            _draw_reference(figure, reference, cell)
        _draw_panel(figure, panel, cell)
    _arrange(figure, [*(panel.points for panel in panels), *references], from_zero=from_zero)
    return figure


def _draw_others(figure: go.Figure, series: list[tuple[Point, ...]], cell: dict[str, int]) -> None:
    """All other series as one faint trace; a gap parts what no line may join."""
    parts = [part for points in series for part in runs(points)]
    xs = [x for part in parts for x in (*(point.x for point in part), None)]
    ys = [y for part in parts for y in (*(point.y for point in part), None)]
    figure.add_scatter(x=xs, y=ys, mode="lines", line={"color": TRACK, "width": 1}, hoverinfo="skip", **cell)


def _draw_reference(figure: go.Figure, points: tuple[Point, ...], cell: dict[str, int]) -> None:
    for part in runs(points):
        figure.add_scatter(
            x=[point.x for point in part],
            y=[point.y for point in part],
            mode="lines+markers",
            line={"color": QUIET, "width": 1, "dash": "dot"},
            marker={"color": QUIET, "size": 3},
            hovertext=[plot_text(point.hover) for point in part],
            hoverinfo="text",
            **cell,
        )


def _draw_panel(figure: go.Figure, panel: Panel, cell: dict[str, int]) -> None:
    """Each side of a break is a line of its own; what is preliminary or not stated is a hollow point."""
    for part in runs(panel.points):
        figure.add_scatter(
            x=[point.x for point in part],
            y=[point.y for point in part],
            mode="lines+markers",
            line={"color": ACTUAL, "width": 2},
            marker=markers(part, ACTUAL, 6),
            hovertext=[plot_text(point.hover) for point in part],
            hoverinfo="text",
            cliponaxis=False,
            **cell,
        )
    figure.add_annotation(
        text=f"<b>{plot_text(panel.name)}</b> {plot_text(panel.newest)}", xref="x domain", yref="y domain", x=0, y=1,
        xanchor="left", yanchor="bottom", showarrow=False, font={"size": 12}, **cell,
    )  # fmt: skip


def _arrange(figure: go.Figure, series: list[tuple[Point, ...]], *, from_zero: bool) -> None:
    """The same years and the same values for all; only the first and the last year are named."""
    points = [point for line in series for point in line]
    first, last = min(point.x for point in points), max(point.x for point in points)
    values = [point.y for point in points] + ([0.0] if from_zero else [])
    low, high = min(values), max(values)
    pad = (high - low or abs(high) or 1.0) * 0.08
    ticks = sorted({first, last})
    figure.update_xaxes(
        range=[first - 0.8, last + 0.8], tickvals=ticks, ticktext=[f"{tick - 1:.0f}" for tick in ticks], showgrid=False,
        zeroline=False, fixedrange=True, showticklabels=True, tickangle=0, tickfont={"size": 11, "color": QUIET},
    )  # fmt: skip
    figure.update_yaxes(
        range=[low if from_zero and low == 0 else low - pad, high + pad], gridcolor=GRID, nticks=3,
        zeroline=from_zero, zerolinecolor=TRACK, fixedrange=True, tickformat=",", tickfont={"size": 11, "color": QUIET},
    )  # fmt: skip
    figure.update_layout(margin={"t": 34, "b": 26})
