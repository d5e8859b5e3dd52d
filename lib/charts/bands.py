"""The cut-offs of every method as number lines: a colour and a word for each band, hatching for what a rule leaves out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import plotly.graph_objects as go

from lib import formats
from lib.charts.frame import Chart, Heading, plain_layout, plot_text, wrap_line
from lib.schema import Status
from lib.theme import LOOKS
from lib.verdict.methods.bands import Hole, check
from lib.verdict.methods.catalogue import ALL_BANDS
from lib.verdict.methods.reading import OUTLOOKS, Category, Outlook

if TYPE_CHECKING:
    from lib.verdict.methods.bands import Bands
    from lib.words import Words

# What the sets judge, in the order of the catalogue: a way towards a number, a change alone, a plan's works or scores.
GROUPS: Final = {
    "ours": ("pace",),
    "with_target": ("pace", "open_sdg", "eurostat", "destatis", "un_chart", "escap", "time_progress"),
    "without_target": (
        "open_sdg_without_target", "eurostat_without_target", "un_chart_without_target", "scotland", "open_sdg_score",
    ),
    "lamps": ("yinchuan", "tianjin_investment", "tianjin_bonds", "sanya", "sdsn", "niti"),
}  # fmt: skip
COLOURS: Final = {
    Outlook.ON: LOOKS[Status.ON_TRACK].colour,
    Outlook.PARTLY: LOOKS[Status.AT_RISK].colour,
    Outlook.OFF: LOOKS[Status.OFF_TRACK].colour,
    Outlook.NONE: LOOKS[Status.NO_DATA].colour,
}
BACKWARDS: Final = {
    Status.MOVING_AWAY, Category.DETERIORATION, Category.MOVEMENT_AWAY, Category.MODERATE_MOVEMENT_AWAY,
    Category.SIGNIFICANT_MOVEMENT_AWAY, Category.REGRESSED, Category.WORSENING,
}  # fmt: skip
ROW: Final = 92  # points of height a row takes on the page
PHONE: Final = 350  # points of width that words must fit into, and what a half-width column takes of it
COLUMN: Final = 5.9
THICK: Final = 0.46
EDGE: Final = 0.06
# Streamlit puts its strongest text colour of the light or dark theme in place of this one; in a file it is near black.
STRONG: Final = "#000037"


@dataclass(frozen=True)
class Stretch:
    """One piece of a method's number line: a band, or a hole, whose category is `undefined`."""

    category: str
    low: float
    high: float
    low_closed: bool
    high_closed: bool

    @property
    def is_hole(self) -> bool:
        """Whether the published rule names no category here."""
        return self.category == Category.UNDEFINED

    @property
    def is_point(self) -> bool:
        """Whether it is a single value."""
        return self.low == self.high

    @property
    def colour(self) -> str:
        """By how a reader takes the word; what goes the wrong way has a colour of its own."""
        if self.category in BACKWARDS:
            return LOOKS[Status.MOVING_AWAY].colour
        return COLOURS[OUTLOOKS.get(self.category, Outlook.NONE)]


def stretches(bands: Bands) -> list[Stretch]:
    """The bands and the holes between them from the lowest value up."""
    named = [Stretch(b.category, b.low, b.high, b.low_closed, b.high_closed) for b in bands]
    holes = [fault for fault in check(bands, bands.low, bands.high) if isinstance(fault, Hole)]
    return sorted((*named, *(Stretch(Category.UNDEFINED, *hole) for hole in holes)), key=lambda s: (s.low, s.high))


def bound_words(value: float, unit: str) -> str:
    """A cut-off as its publisher writes it: 0.95, 1.5%, −30."""
    if unit in {"growth", "share"}:
        return f"{_plain(value * 100)}%"
    return formats.number(value, 2) if unit == "ratio" and value else _plain(value)


def _plain(value: float) -> str:
    return f"{round(value, 9):g}".replace("-", formats.MINUS)


def range_words(stretch: Stretch, unit: str) -> str:
    """The values of a stretch in signs that both languages share: "0.60 ≤ x < 0.95"."""
    low, high = bound_words(stretch.low, unit), bound_words(stretch.high, unit)
    if stretch.is_point:
        return f"x = {low}"
    if math.isinf(stretch.low):
        return f"x {'≤' if stretch.high_closed else '<'} {high}"
    if math.isinf(stretch.high):
        return f"x {'≥' if stretch.low_closed else '>'} {low}"
    return f"{low} {'≤' if stretch.low_closed else '<'} x {'≤' if stretch.high_closed else '<'} {high}"


def category_words(category: str, key: str, words: Words) -> str:
    """The word of a band: one of our statuses for our own rule, else the method's own."""
    return words.texts(f"{'status' if key in GROUPS['ours'] else 'category'}.{category}")


def hole_sentences(keys: tuple[str, ...], words: Words) -> list[str]:
    """Which values the published rules do not name, a sentence a rule; none for rules without a hole."""
    found = {key: [s for s in stretches(ALL_BANDS[key]) if s.is_hole] for key in keys}
    return [
        words.texts(
            "bands.holes",
            name=words.texts(f"bands.name.{key}"),
            ranges=words.join([range_words(hole, ALL_BANDS[key].unit) for hole in holes]),
        )
        for key, holes in found.items()
        if holes
    ]


def bands_chart(group: str, words: Words) -> Chart:
    """The chart of a group of `GROUPS`: one number line a rule."""
    texts, keys = words.texts, GROUPS[group]
    holes = hole_sentences(keys, words)
    sources = dict.fromkeys(texts(f"bands.source.{key}") for key in keys)
    heading = Heading(
        texts(f"bands.title.{group}", count=len(keys), holes=len(holes)),
        texts("bands.subtitle"),
        (
            *(holes or [texts("bands.no_hole")]),
            texts("bands.legend"),
            texts("bands.sources", sources=texts("bands.separator").join(sources)),
        ),
    )
    alt = " ".join([heading.title, *(_row_words(key, words) for key in keys), *holes])
    return Chart(draw_bands(keys, words), heading, alt)


def _row_words(key: str, words: Words) -> str:
    bands = ALL_BANDS[key]
    parts = [f"{category_words(s.category, key, words)} {range_words(s, bands.unit)}" for s in stretches(bands)]
    return words.texts("bands.row", name=words.texts(f"bands.line.{key}"), parts=words.join(parts))


def bands_table(group: str, words: Words) -> pd.DataFrame:
    """The same as a table: rule, word, values, how a reader takes it, source."""
    texts = words.texts
    return pd.DataFrame(
        {
            texts("column.method"): texts(f"bands.line.{key}"),
            texts("column.own_word"): category_words(stretch.category, key, words),
            texts("bands.column.values"): range_words(stretch, ALL_BANDS[key].unit),
            texts("column.outlook"): texts(f"outlook.{OUTLOOKS.get(stretch.category, Outlook.NONE)}"),
            texts("column.source"): texts(f"bands.source.{key}"),
        }
        for key in GROUPS[group]
        for stretch in stretches(ALL_BANDS[key])
    )


@dataclass(frozen=True)
class _Piece:
    """A stretch where it is drawn: its rule, row from the bottom, and left end and width as shares of the line."""

    stretch: Stretch
    key: str
    row: int
    left: float
    width: float


def draw_bands(keys: tuple[str, ...], words: Words) -> go.Figure:
    """Draw the lines below each other, pieces of equal width whatever their length: a hole of one point is seen too."""
    rows = [_place(key, row) for row, key in zip(range(len(keys) - 1, -1, -1), keys, strict=True)]
    pieces = [piece for row in rows for piece in row]
    named, holes = [p for p in pieces if not p.stretch.is_hole], [p for p in pieces if p.stretch.is_hole]
    titles = [
        _note(0, row[0].row + THICK / 2, plot_text(words.texts(f"bands.line.{row[0].key}")), "left", "bottom", 12)
        for row in rows
    ]
    bounds = [note for row in rows for note in _bounds(row)]
    figure = go.Figure(
        [_tints(named, words), *([_hatching(holes, words)] if holes else []), _edges(named, words)],
        layout=plain_layout(ROW * len(keys) + 8),
    )
    figure.update_layout(
        margin={"l": 2, "r": 2, "t": 4, "b": 4},
        barmode="overlay",
        annotations=[*titles, *(_word(piece, words) for piece in pieces), *bounds],
        xaxis={"range": [0, 1], "visible": False, "fixedrange": True},
        yaxis={"range": [-0.5, len(keys) - 0.45], "visible": False, "fixedrange": True},
    )
    return figure


def _place(key: str, row: int) -> list[_Piece]:
    """The pieces of a rule side by side."""
    found = stretches(ALL_BANDS[key])
    return [_Piece(stretch, key, row, place / len(found), 1 / len(found)) for place, stretch in enumerate(found)]


def _tints(pieces: list[_Piece], words: Words) -> go.Bar:
    """The bodies of the bands, light enough to read words on."""
    colours = [piece.stretch.colour for piece in pieces]
    return go.Bar(
        _bars(pieces, 0, words), width=THICK, marker={"color": colours, "opacity": 0.24, "line": {"width": 0}}
    )


def _edges(pieces: list[_Piece], words: Words) -> go.Bar:
    """An edge in full colour below each band."""
    colours = [piece.stretch.colour for piece in pieces]
    below = -(THICK + EDGE) / 2
    return go.Bar(_bars(pieces, below, words), width=EDGE, marker={"color": colours, "line": {"width": 0}})


def _hatching(pieces: list[_Piece], words: Words) -> go.Bar:
    """The holes, grey and hatched, without an edge."""
    colour = COLOURS[Outlook.NONE]
    pattern = {"shape": "/", "size": 7, "solidity": 0.12, "bgcolor": "rgba(128,128,128,0.12)", "fgcolor": colour}
    marker = {"color": colour, "opacity": 0.6, "line": {"width": 0}, "pattern": pattern}
    return go.Bar(_bars(pieces, 0, words), width=THICK, marker=marker)


def _bars(pieces: list[_Piece], shift: float, words: Words) -> dict[str, Any]:
    """Bars on their rows, and what they say when pointed at."""
    hover = [
        f"{category_words(p.stretch.category, p.key, words)}: {range_words(p.stretch, ALL_BANDS[p.key].unit)}"
        for p in pieces
    ]
    return {
        "x": [piece.width for piece in pieces],
        "base": [piece.left for piece in pieces],
        "y": [piece.row + shift for piece in pieces],
        "orientation": "h",
        "hovertext": [plot_text(line) for line in hover],
        "hoverinfo": "text",
    }


def _word(piece: _Piece, words: Words) -> dict[str, object]:
    """A band's word or "undefined", broken so that it fits the narrowest screen."""
    stretch = piece.stretch
    name = words.texts("bands.hole") if stretch.is_hole else category_words(stretch.category, piece.key, words)
    lines = wrap_line(name, int((PHONE * piece.width - 2) / COLUMN))
    text = "<br>".join(plot_text(line) for line in lines)
    return _note(piece.left + piece.width / 2, piece.row, text, "center", "middle", 11)


def _bounds(row: list[_Piece]) -> list[dict[str, object]]:
    """The cut-offs below a line: between two pieces, at a closed end, or in the middle of a single value."""
    unit, below = ALL_BANDS[row[0].key].unit, row[0].row - THICK / 2 - EDGE
    found: list[tuple[float, str, str]] = []
    for before, piece in zip([None, *row], row, strict=False):
        value = bound_words(piece.stretch.low, unit)
        if piece.stretch.is_point:
            found.append((piece.left + piece.width / 2, f"= {value}", "center"))
        elif math.isfinite(piece.stretch.low) and not (before and before.stretch.is_point):
            found.append((piece.left, value, "center" if before else "left"))
    last = row[-1].stretch
    if math.isfinite(last.high) and not last.is_point:
        found.append((1.0, bound_words(last.high, unit), "right"))
    return [_note(x, below, text, anchor, "top", 11) for x, text, anchor in found]


def _note(x: float, y: float, text: str, anchor: str, valign: str, size: int) -> dict[str, object]:
    """Words on the paper, readable on every tint in both themes."""
    return {
        "x": x,
        "y": y,
        "text": text,
        "showarrow": False,
        "xanchor": anchor,
        "yanchor": valign,
        "borderpad": 0,
        "font": {"size": size, "color": STRONG},
    }
