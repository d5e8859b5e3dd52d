"""One indicator of one region over time: actuals, path, target and deadline; cumulative quarters in a strip below."""

from __future__ import annotations

from typing import Any, Final

import plotly.graph_objects as go

from lib.charts.frame import plain_layout, plot_text, wrap_line
from lib.charts.parts import STRIP_HEIGHT, Cut, Point, Sign, Trajectory, runs
from lib.charts.trajectory_labels import main_labels, strip_labels
from lib.schema import Vintage
from lib.theme import ACTUAL, FAINT, GRID, PATH, QUIET, TARGET

HOLLOW: Final = "#FFFFFF"
SETTLED: Final = (Vintage.REVISED, Vintage.FINAL)
STRIP_COLUMNS: Final = 40
HEIGHTS: Final = (400, 520)
MOST_YEARS_NAMED: Final = 8
SYMBOLS: Final = {"trend": "diamond-open", "estimate": "square-open", "carried": "circle-x-open"}


def draw_trajectory(data: Trajectory) -> go.Figure:
    """Draw the yearly series above and, where there are cumulative quarters, the strip below."""
    figure = go.Figure(layout=plain_layout(HEIGHTS[bool(data.cuts)]))
    _draw_path(figure, data)
    _draw_points(figure, data.points)
    _draw_vintages(figure, data.vintages)
    for sign in data.signs:
        _draw_sign(figure, sign)
    _draw_target(figure, data)
    for cut in data.cuts:
        _draw_cut(figure, cut)
    _draw_breaks(figure, data)
    _arrange(figure, data)
    for note in (*main_labels(data), *strip_labels(data)):
        figure.add_annotation(**note)
    return figure


def markers(points: list[Point], colour: str, size: int) -> dict[str, Any]:
    """Full for settled figures, hollow for preliminary and unstated ones, with a dot in it for an estimate."""
    return {
        "size": size,
        "color": [colour if point.status in SETTLED else HOLLOW for point in points],
        "symbol": ["circle-dot" if point.status == Vintage.ESTIMATE else "circle" for point in points],
        "line": {"color": colour, "width": 2 if size > 7 else 1.5},
    }


def _trace(points: list[Point], **traits: Any) -> dict[str, Any]:  # noqa: ANN401 - plotly's own traits
    """A trace through points with what they say when pointed at."""
    places = {"x": [point.x for point in points], "y": [point.y for point in points]}
    hover = {"hovertext": [plot_text(point.hover) for point in points], "hoverinfo": "text", "cliponaxis": False}
    return places | hover | traits


def _draw_points(figure: go.Figure, points: tuple[Point, ...]) -> None:
    """A break or a missing year interrupts the line."""
    for part in runs(points):
        line = {"color": ACTUAL, "width": 2.5}
        figure.add_scatter(**_trace(part, mode="lines+markers", line=line, marker=markers(part, ACTUAL, 10)))


def _draw_vintages(figure: go.Figure, vintages: tuple[Point, ...]) -> None:
    if vintages:
        marker = {"size": 8, "symbol": "x-thin", "line": {"color": QUIET, "width": 1.5}}
        figure.add_scatter(**_trace(list(vintages), mode="markers", marker=marker))


def _draw_path(figure: go.Figure, data: Trajectory) -> None:
    """A thin line up to the first break; beyond it faint and dashed."""
    for places, colour, dash in ((data.path, PATH, "solid"), (data.beyond, FAINT, "dash")):
        if places:
            xs, ys = zip(*places, strict=True)
            line = {"color": colour, "width": 1.5, "dash": dash}
            figure.add_scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip")


def _draw_sign(figure: go.Figure, sign: Sign) -> None:
    """An open sign with its range as a bar, and the dotted line that leads to it."""
    if sign.start:
        line = {"color": ACTUAL, "width": 1.5, "dash": "dot"}
        figure.add_scatter(
            x=[sign.start[0], sign.x], y=[sign.start[1], sign.y], mode="lines", line=line, hoverinfo="skip"
        )
    reach = None
    if sign.low is not None and sign.high is not None:
        reach = {
            "type": "data", "symmetric": False, "array": [sign.high - sign.y], "arrayminus": [sign.y - sign.low],
            "color": ACTUAL, "thickness": 1.2, "width": 5,
        }  # fmt: skip
    figure.add_scatter(
        x=[sign.x],
        y=[sign.y],
        error_y=reach,
        mode="markers",
        marker={"size": 12, "symbol": SYMBOLS[sign.kind], "color": ACTUAL, "line": {"color": ACTUAL, "width": 1.8}},
        hovertext=[plot_text(sign.hover)],
        hoverinfo="text",
        cliponaxis=False,
    )


def _draw_target(figure: go.Figure, data: Trajectory) -> None:
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


def _draw_cut(figure: go.Figure, cut: Cut) -> None:
    """One line for each cut of the year in the strip, interrupted at breaks and missing years."""
    for part in runs(cut.points):
        line = {"color": ACTUAL, "width": 1.2, "dash": "dot"}
        figure.add_scatter(**_trace(part, yaxis="y2", mode="lines+markers", line=line, marker=markers(part, ACTUAL, 7)))


def _draw_breaks(figure: go.Figure, data: Trajectory) -> None:
    """Upright marks, their reasons in a band above the plot: one under the other where there are several."""
    left, right = data.across
    line, above = (1 - data.top) / (sum(map(len, data.reasons)) or 1), 0
    for mark, reason in zip(data.breaks, data.reasons, strict=True):
        top, side = 1 - line * above, "right" if mark.x > (left + right) / 2 else "left"
        above += len(reason)
        figure.add_shape(
            type="line", x0=mark.x, x1=mark.x, yref="paper", y0=data.bottom, y1=top,
            line={"color": FAINT, "width": 1.5, "dash": "dash"},
        )  # fmt: skip
        figure.add_annotation(
            x=mark.x, yref="paper", y=top, yanchor="top", text="<br>".join(map(plot_text, reason)), showarrow=False,
            xanchor=side, align=side, xshift=-5 if side == "right" else 5, font={"size": 11, "color": QUIET},
        )  # fmt: skip


def _arrange(figure: go.Figure, data: Trajectory) -> None:
    """One time axis for both parts, a tick a year, where there are many every other one named, the deadline's among them."""
    first, last = data.span
    ticks = list(range(int(first), int(last) + 1))
    named = int(data.target[0] if data.target else last)
    every = 1 if data.across[1] - data.across[0] <= MOST_YEARS_NAMED else 2
    figure.update_xaxes(
        range=list(data.across), tickvals=ticks, ticktext=["" if (tick - named) % every else str(tick - 1) for tick in ticks],
        showgrid=False, zeroline=False, fixedrange=True, ticks="outside",
    )  # fmt: skip
    axis = {"gridcolor": GRID, "zeroline": False, "fixedrange": True, "tickformat": ","}
    figure.update_layout(yaxis=axis | {"domain": [data.bottom, data.top], "range": list(data.up), "nticks": 6})
    if data.cuts:
        figure.update_layout(yaxis2=axis | {"domain": [0, STRIP_HEIGHT], "range": list(data.strip_up), "nticks": 4})
        figure.update_xaxes(anchor="y2")
        figure.add_annotation(
            x=0, xref="paper", y=0.3, yref="paper", xanchor="left", yanchor="middle", align="left", showarrow=False,
            text="<br>".join(map(plot_text, wrap_line(data.strip_label, STRIP_COLUMNS))),
            font={"size": 12, "color": QUIET},
        )  # fmt: skip
