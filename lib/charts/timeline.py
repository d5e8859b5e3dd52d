"""A plan's commitments on a line of time: dated evidence as it was stated, and what falls due from the rhythm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import plotly.graph_objects as go

from lib.charts.frame import Chart, Heading, plain_layout, plot_text, wrap_line
from lib.explain import stand
from lib.schema import Stage
from lib.theme import ACTUAL, FAINT, GRID, LOOKS, QUIET, TARGET
from lib.verdict.calendar import Commitment, read_commitments

if TYPE_CHECKING:
    from datetime import date

    from lib.verdict.board import Board
    from lib.words import Words

LANE: Final = 44
# A lane's name stands above its line; on a phone there is room for about this many columns.
NAME_COLUMNS: Final = 46
SYMBOLS: Final = {
    Stage.DONE: "circle", Stage.PLANNED: "circle-open", Stage.UNDER_WAY: "circle-open", Stage.NOT_DONE: "x-thin",
}  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """A sign on a lane: where, of which form and colour, and what pointing at it says."""

    day: date
    symbol: str
    colour: str
    hover: str


@dataclass(frozen=True)
class Lane:
    """One commitment: its name and its signs."""

    name: str
    marks: tuple[Mark, ...]


def timeline_chart(board: Board, words: Words) -> Chart | None:
    """The commitments that have evidence or a rhythm, a lane each; None for a plan without commitments."""
    every = read_commitments(board)
    shown = [item for item in every if item.is_dated]
    if not shown:
        return None
    lanes = [_lane(item, board, words) for item in shown]
    title, texts = _title(every, words), words.texts
    left_out = len(every) - len(shown)
    notes = (
        texts("commitment.timeline_rule"),
        *([texts("commitment.timeline_left_out", count=left_out)] if left_out else []),
        stand(board, words),
    )
    alt = texts("commitment.timeline_alt", title=title, lanes=words.join_marks([lane.name for lane in lanes]))
    heading = Heading(title, texts("commitment.timeline_subtitle"), notes)
    return Chart(draw_timeline(lanes, board.as_of), heading, alt, room=LANE * len(lanes) + 40)


def _title(every: list[Commitment], words: Words) -> str:
    evidenced = sum(bool(item.verdict.evidence) for item in every)
    key = "commitment.timeline_title" if evidenced else "commitment.timeline_title_none"
    overdue = sum(item.is_overdue for item in every)
    return words.texts(key, plan=words.plan, evidenced=evidenced, total=len(every), overdue=overdue)


def _lane(item: Commitment, board: Board, words: Words) -> Lane:
    texts, name = words.texts, item.target.target
    stated = str(board.stated(name)[f"title_{words.lang}"])
    marks = [
        Mark(
            day=piece.happened,
            symbol=SYMBOLS[piece.stage],
            colour=ACTUAL,
            hover=texts(
                "commitment.hover",
                day=words.day(piece.happened),
                stage=texts(f"stage.{piece.stage}"),
                what=piece.what_zh if words.lang == "zh" else piece.what_en,
            ),
        )
        for piece in item.verdict.evidence
    ]  # fmt: skip
    if item.due is not None:
        status = item.verdict.status
        hover = texts("commitment.hover_due", day=words.day(item.due), status=texts(f"status.{status}"))
        symbol, colour = ("square", LOOKS[status].colour) if item.is_overdue else ("diamond-open", TARGET)
        marks.append(Mark(item.due, symbol, colour, hover))
    return Lane(texts("commitment.lane", target=name, title=stated), tuple(marks))


def draw_timeline(lanes: list[Lane], today: date) -> go.Figure:
    """Draw a lane each from the top down, its name above its line, and a thin line for the day that is looked at."""
    figure = go.Figure(layout=plain_layout(LANE * len(lanes) + 70))
    days = [mark.day for lane in lanes for mark in lane.marks] + [today]
    first, last = min(days), max(days)
    for row, lane in enumerate(lanes):
        _draw_lane(figure, lane, -row)
    figure.add_shape(
        type="line", x0=today.isoformat(), x1=today.isoformat(), yref="paper", y0=0, y1=1,
        line={"color": FAINT, "width": 1, "dash": "dot"},
    )  # fmt: skip
    pad = max((last - first) * 0.06, (last - first) // 16)
    figure.update_xaxes(
        range=[(first - pad).isoformat(), (last + pad).isoformat()], fixedrange=True, showgrid=True, gridcolor=GRID,
        nticks=6, tickformat="%Y-%m",
    )  # fmt: skip
    figure.update_yaxes(range=[0.8 - len(lanes), 0.9], visible=False, fixedrange=True)
    return figure


def _draw_lane(figure: go.Figure, lane: Lane, place: int) -> None:
    name, *rest = wrap_line(lane.name, NAME_COLUMNS)
    figure.add_annotation(
        xref="paper", x=0, y=place, text=plot_text(name + ("…" if rest else "")), showarrow=False, xanchor="left", yshift=14,
        font={"size": 12, "color": QUIET},
    )  # fmt: skip
    figure.add_shape(type="line", xref="paper", x0=0, x1=1, y0=place, y1=place, line={"color": GRID, "width": 1})
    figure.add_scatter(
        x=[mark.day.isoformat() for mark in lane.marks],
        y=[place] * len(lane.marks),
        mode="markers",
        marker={
            "symbol": [mark.symbol for mark in lane.marks],
            "color": [mark.colour for mark in lane.marks],
            "size": 10,
            "line": {"width": 2, "color": [mark.colour for mark in lane.marks]},
        },
        hovertext=[plot_text(mark.hover) for mark in lane.marks],
        hoverinfo="text",
        cliponaxis=False,
    )
