"""The bullet chart of a scoreboard row: track, path today, actual, target (after Stephen Few)."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from lib.charts.frame import plain_layout, plot_text
from lib.theme import ACTUAL, BAND, TARGET, TRACK


@dataclass(frozen=True)
class Bullet:
    """Numbers and labels of one row, all in one unit; `start` is the baseline or zero, None for points without a bar."""

    start: float | None
    expected: float | None
    value: float
    goal: float
    later: float | None
    value_label: str
    goal_label: str
    later_label: str

    @property
    def axis(self) -> tuple[float, float]:
        """From below the smallest number to beyond the largest; from zero itself where an amount is drawn from zero."""
        numbers = (self.start, self.expected, self.value, self.goal, self.later)
        drawn = [number for number in numbers if number is not None]
        low, high = min(drawn), max(drawn)
        pad = (high - low or abs(high) or 1.0) * 0.12
        return (low if self.start == low == 0 else low - pad), high + pad


def draw_bullet(bullet: Bullet) -> go.Figure:
    """Draw a row 84 points high; the axis runs from below the baseline to beyond the target."""
    low, high = bullet.axis
    foot = 0.0 if bullet.start == 0 else low
    figure = go.Figure(layout=plain_layout(84))
    _bar(figure, low, high, 0.62, BAND)
    if bullet.expected is not None:
        _bar(figure, foot, bullet.expected, 0.62, TRACK)
    if bullet.start is None:
        figure.add_scatter(**_point(bullet.value, "circle", ACTUAL, 13, bullet.value_label))
    else:
        _bar(figure, foot, bullet.value, 0.26, ACTUAL)
    if bullet.later is not None:
        figure.add_scatter(**_point(bullet.later, "circle-open", ACTUAL, 11, bullet.later_label))
    figure.add_shape(type="line", x0=bullet.goal, x1=bullet.goal, y0=-0.5, y1=0.5, line={"color": TARGET, "width": 3})
    figure.add_annotation(**_label(bullet.goal, bullet.goal_label, 1, TARGET, low, high))
    figure.add_annotation(**_label(bullet.value, bullet.value_label, -1, None, low, high))
    figure.update_xaxes(range=[low, high], visible=False, fixedrange=True)
    figure.update_yaxes(range=[-1.25, 1.25], visible=False, fixedrange=True)
    figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})
    return figure


def _bar(figure: go.Figure, x0: float, x1: float, height: float, colour: str) -> None:
    figure.add_shape(
        type="rect", x0=x0, x1=x1, y0=-height / 2, y1=height / 2, fillcolor=colour, line={"width": 0}, layer="below"
    )


def _point(x: float, symbol: str, colour: str, size: int, label: str) -> dict[str, object]:
    return {
        "x": [x],
        "y": [0],
        "mode": "markers",
        "marker": {"symbol": symbol, "color": colour, "size": size, "line": {"width": 2, "color": colour}},
        "hovertext": plot_text(label),
        "hoverinfo": "text",
    }


def _label(x: float, text: str, side: int, colour: str | None, low: float, high: float) -> dict[str, object]:
    """A label above (+1) or below (-1) the bar, anchored so that it stays on the row."""
    place = (x - low) / (high - low)
    anchor = "left" if place < 0.3 else "right" if place > 0.7 else "center"
    return {
        "x": x,
        "y": side * 0.5,
        "text": plot_text(text),
        "showarrow": False,
        "xanchor": anchor,
        "yanchor": "bottom" if side > 0 else "top",
        "font": {"size": 12, "color": colour},
    }
