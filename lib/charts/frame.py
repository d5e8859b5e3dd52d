"""What every chart shares: plain layout on the page, and the framed layout that carries title and sources into a file."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import plotly.graph_objects as go

from lib.theme import FONT, INK, PAPER, QUIET

# Margins of the framed picture: room for the axis labels, and where the words begin.
LEFT: Final = 104
EDGE: Final = 44
WIDTH: Final = 1200
HEIGHT: Final = 675
# What the plot itself keeps, however many lines stand below it.
PLOT_HEIGHT: Final = 400
CLOSING: Final = "，。；：、）》”！？"
TITLE_COLUMNS: Final = 92
NOTE_COLUMNS: Final = 150


@dataclass(frozen=True)
class Heading:
    """What a chart says in words: the finding, what is shown, and the lines below (source, date, rule)."""

    title: str
    subtitle: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Chart:
    """A figure with its words, ready for page and file: shared, read only. `alt` describes it to who cannot see it.

    `room` is the height that the plot itself keeps in a file, in points.
    """

    figure: go.Figure
    heading: Heading
    alt: str
    room: int = PLOT_HEIGHT

    @cached_property
    def frame(self) -> dict[str, Any]:
        """The framed layout as plain JSON values, for pictures made in the visitor's browser."""
        layout: dict[str, Any] = json.loads(framed(self).to_json())["layout"]
        return layout


def plot_text(text: str) -> str:
    """Make data-derived text harmless in a figure: no tag, link or formula survives; our line ends stay."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("$", "").replace("\n", "<br>")


def plain_layout(height: int) -> dict[str, Any]:
    """The layout on the page: no title, page colours showing through, narrow margins, no zooming by accident."""
    return {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 12, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13},
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {"font": {"family": FONT, "size": 13}, "align": "left"},
    }


def framed(chart: Chart) -> go.Figure:
    """The chart as it leaves the page: white paper, title, subtitle, figure and source lines inside."""
    heading = chart.heading
    title, notes = (
        wrap_line(heading.title, TITLE_COLUMNS),
        [line for note in heading.notes for line in wrap_line(note, NOTE_COLUMNS)],
    )
    top, bottom = 52 + 30 * len(title) + 30, 34 + 19 * len(notes)
    figure = go.Figure(chart.figure)
    figure.update_layout(
        template="none",
        width=WIDTH,
        height=max(HEIGHT, top + bottom + 34 + chart.room),
        autosize=False,
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        font={"family": FONT, "size": 16, "color": INK},
        margin={"l": LEFT, "r": EDGE, "t": top, "b": bottom + 34, "autoexpand": False},
    )
    figure.add_annotation(**_block("<b>" + "<br>".join(map(plot_text, title)) + "</b>", 24, INK, 1, "top", top - 22))
    figure.add_annotation(**_block(plot_text(heading.subtitle), 16, QUIET, 1, "top", top - 30 * len(title) - 28))
    figure.add_annotation(**_block("<br>".join(map(plot_text, notes)), 13, QUIET, 0, "bottom", -bottom - 22))
    return figure


def _block(text: str, size: int, colour: str, anchor: float, valign: str, shift: float) -> dict[str, Any]:
    """A text at the left edge of the paper, `shift` points from the top or bottom of the plot."""
    return {
        "text": text,
        "showarrow": False,
        "align": "left",
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": anchor,
        "xanchor": "left",
        "yanchor": valign,
        "xshift": EDGE - LEFT,
        "yshift": shift,
        "font": {"size": size, "color": colour, "family": FONT},
    }


def wrap_line(text: str, columns: int) -> list[str]:
    """Break a line at a width in half-width columns, of which a Chinese character takes two.

    A number or Latin word stays whole, and no line begins with a closing mark.
    """
    lines = [""]
    for piece in re.findall(rf"(?:[\x21-\x7e]+ ?|\s|.)[{CLOSING}]*", text):
        if lines[-1] and _columns(lines[-1] + piece.rstrip()) > columns:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
