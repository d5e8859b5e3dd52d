"""The cities and the plan's regions as filled polygons on plain axes: no tile, no world map, no network."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import plotly.graph_objects as go

from lib.charts.frame import plain_layout, plot_text
from lib.theme import FONT, INK, OUTSIDE, PAPER

# One degree of latitude is as long as this many degrees of longitude at 41° N (1 / cos 41°).
STRETCH: Final = 1.325
# Between two signs of one city, in degrees.
STEP: Final = 0.24


@dataclass(frozen=True)
class Area:
    """A city on the map: its code, name, fill, hatching over it, what hovering says, and the verdicts placed on it."""

    region: str
    name: str
    colour: str
    hatch: str
    hover: str
    signs: tuple[tuple[str, str, str], ...] = ()


def draw_map(boundaries: str, areas: list[Area]) -> go.Figure:
    """Draw each area with its name; `signs` (character, colour, word) stand below the name."""
    shapes = read_boundaries(boundaries)
    figure = go.Figure(layout=plain_layout(360))
    for area in areas:
        _draw_area(figure, area, shapes[area.region])
    for area in areas:
        _name_area(figure, area, shapes[area.region])
    figure.update_xaxes(visible=False, fixedrange=True, constrain="domain")
    figure.update_yaxes(visible=False, fixedrange=True, scaleanchor="x", scaleratio=STRETCH)
    return figure


@dataclass(frozen=True)
class Boundary:
    """A region's rings as lists of longitudes and latitudes with gaps (None), and the place of its name."""

    xs: tuple[float | None, ...]
    ys: tuple[float | None, ...]
    label: tuple[float, float]


def is_covered(boundaries: str, cities: list[str]) -> bool:
    """Whether the cities are all that the map has: a map of some would say that there is nothing elsewhere."""
    return set(read_boundaries(boundaries)) <= set(cities)


@lru_cache(maxsize=2)
def read_boundaries(text: str) -> dict[str, Boundary]:
    """Read GeoJSON polygons by region code."""
    return {item["properties"]["region"]: _boundary(item) for item in json.loads(text)["features"]}


def _boundary(item: dict[str, Any]) -> Boundary:
    kind, coordinates = item["geometry"]["type"], item["geometry"]["coordinates"]
    polygons = [coordinates] if kind == "Polygon" else coordinates
    xs: list[float | None] = []
    ys: list[float | None] = []
    for polygon in polygons:
        xs += [point[0] for point in polygon[0]] + [None]
        ys += [point[1] for point in polygon[0]] + [None]
    return Boundary(tuple(xs[:-1]), tuple(ys[:-1]), (item["properties"]["x"], item["properties"]["y"]))


def _draw_area(figure: go.Figure, area: Area, boundary: Boundary) -> None:
    pattern = (
        {"shape": "/", "fgcolor": area.hatch, "bgcolor": area.colour, "size": 7, "solidity": 0.18}
        if area.hatch
        else None
    )
    figure.add_scatter(
        x=boundary.xs,
        y=boundary.ys,
        mode="lines",
        fill="toself",
        fillcolor=area.colour or OUTSIDE,
        fillpattern=pattern,
        line={"color": PAPER, "width": 1.2},
        hoveron="fills",
        hoverinfo="text",
        text=plot_text(area.hover),
    )


def _name_area(figure: go.Figure, area: Area, boundary: Boundary) -> None:
    x, y = boundary.label
    figure.add_annotation(
        x=x, y=y, text=plot_text(area.name), showarrow=False, font={"size": 12, "color": INK, "family": FONT},
        yshift=9 if area.signs else 0,
    )  # fmt: skip
    for index, (glyph, colour, word) in enumerate(area.signs):
        figure.add_scatter(
            x=[x + (index - (len(area.signs) - 1) / 2) * STEP],
            y=[y - 0.09],
            mode="text",
            text=[plot_text(glyph)],
            textfont={"size": 18, "color": colour},
            hovertext=[plot_text(word)],
            hoverinfo="text",
        )
