"""From the board to finished charts: pick the points, word them, hand them to the drawing functions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from lib.charts.ahead import break_lines, breaks_of, path_of, reckoned_notes, signs_of
from lib.charts.bullet import Bullet, draw_bullet
from lib.charts.frame import Chart, Heading
from lib.charts.parts import Cut, Point, Trajectory, axis_unit
from lib.charts.trajectory import draw_trajectory
from lib.explain import stand
from lib.schema import Kind, Nature
from lib.tables import rows_of
from lib.verdict.board import same_cuts
from lib.words import finding, goal

if TYPE_CHECKING:
    from collections.abc import Iterable

    import plotly.graph_objects as go

    from lib.series import Figure
    from lib.verdict.board import Board
    from lib.verdict.model import Verdict
    from lib.verdict.target import Target
    from lib.words import Words

CUTS_SHOWN: Final = (3, 6, 9)
AMOUNTS: Final = (Nature.FLOW, Nature.STOCK)


def bullet_chart(verdict: Verdict, target: Target, words: Words) -> go.Figure | None:
    """The scoreboard's bullet, or None where there is no value and target to set against each other.

    Across a break nothing leads from the baseline to the value: an amount is drawn from zero, a rate as a mere point, and
    what the path of the old base expects is left out.
    """
    if verdict.value is None or verdict.expected is None or target.kind in (Kind.DIRECTION, Kind.MILESTONE):
        return None
    aim = verdict.expected if target.value is None else target.value
    broken = "series_break" in verdict.marks

    def write(value: float) -> str:
        return words.amount(value, target.indicator, target.unit)

    return draw_bullet(
        Bullet(
            start=_bullet_start(verdict, target, words, broken=broken),
            expected=None if broken else verdict.expected,
            value=verdict.value,
            goal=aim,
            later=verdict.later.value if verdict.later else None,
            value_label=write(verdict.value),
            goal_label=words.texts("chart.goal", goal=goal(target, words), period=target.target_period),
            later_label=_point_words(verdict.later, words) if verdict.later else "",
        )
    )


def _bullet_start(verdict: Verdict, target: Target, words: Words, *, broken: bool) -> float | None:
    """Where the bar begins: at the baseline of a level, else at zero; None where no bar would be right."""
    if broken:
        return 0.0 if words.indicators[target.indicator]["nature"] in AMOUNTS else None
    return verdict.baseline.value if verdict.baseline and target.kind == Kind.LEVEL else 0.0


def trajectory_chart(board: Board, target: Target, words: Words) -> Chart | None:
    """The chart of one target, or None where its series has no figure at all."""
    verdict = board.verdicts[target.target]
    yearly = board.yearly(target.region, target.indicator)
    cumulative = board.cumulative(target.region, target.indicator)
    if not yearly and not cumulative:
        return None
    breaks = breaks_of(board, target, yearly, words)
    path, beyond = path_of(verdict, target, breaks, words)
    data = Trajectory(
        points=tuple(_point(figure, words) for figure in yearly),
        vintages=tuple(point for figure in yearly for point in _other_vintages(board, figure, words)),
        cuts=_cuts(cumulative, words),
        breaks=breaks,
        path=path,
        target=_aim(target, words),
        target_label=words.texts("chart.goal", goal=goal(target, words), period=target.target_period),
        path_label=words.texts("chart.path"),
        strip_label=words.texts("chart.strip", unit=axis_unit(target.indicator, words)),
        unit=axis_unit(target.indicator, words),
        beyond=beyond,
        beyond_label=words.texts("chart.beyond"),
        signs=signs_of(verdict, target, yearly, words),
    )
    notes = (words.texts("chart.beyond_note"),) if beyond else ()
    heading = target_heading(board, target, words, notes)
    return Chart(draw_trajectory(data), heading, _alt(board, target, words))


def trajectory_charts(board: Board, targets: Iterable[Target], words: Words) -> dict[str, Chart]:
    """The charts of the targets that have figures, by target."""
    charts = {target.target: trajectory_chart(board, target, words) for target in targets}
    return {name: chart for name, chart in charts.items() if chart is not None}


def target_heading(board: Board, target: Target, words: Words, notes: tuple[str, ...] = ()) -> Heading:
    """Title, subtitle and notes of a target's chart; `notes` are those that hang on what is drawn."""
    verdict = board.verdicts[target.target]
    status = words.texts(f"status.{verdict.status}")
    title = words.texts("chart.title", finding=finding(verdict, target, words), status=status)
    subtitle = words.texts(
        "chart.subtitle",
        indicator=words.indicator(target.indicator),
        region=words.region(target.region),
        unit=axis_unit(target.indicator, words),
    )
    return Heading(
        title,
        subtitle,
        (
            *source_notes(verdict, words),
            *reckoned_notes(verdict, target, words),
            *notes,
            words.texts(f"rule.{target.kind}"),
            words.texts("chart.marks"),
            stand(board, words),
        ),
    )


def source_notes(verdict: Verdict, words: Words) -> tuple[str, ...]:
    """One line for each figure the verdict used: what, from whom, when."""
    used = [figure for figure in (verdict.baseline, verdict.figure, verdict.later) if figure is not None]
    lines = [
        words.texts(
            "chart.source",
            period=words.span(figure),
            value=words.figure(figure),
            source=words.source(figure),
            published=words.published(figure),
        )
        for figure in dict.fromkeys(used)
    ]
    return tuple(lines)


def _alt(board: Board, target: Target, words: Words) -> str:
    verdict = board.verdicts[target.target]
    figures = words.join([_point_words(figure, words) for figure in board.yearly(target.region, target.indicator)])
    reckoned = "".join(reckoned_notes(verdict, target, words))
    return words.texts("chart.alt", finding=finding(verdict, target, words), figures=figures) + reckoned


def _point_words(figure: Figure, words: Words) -> str:
    return words.texts("chart.point", period=words.span(figure), value=words.figure(figure))


def _hover(figure: Figure, words: Words) -> str:
    """Value, vintage, from which day it counts as known, and source."""
    return break_lines(
        words.texts(
            "chart.hover",
            point=_point_words(figure, words),
            status=words.texts(f"vintage.{figure.status}"),
            published=words.published(figure),
            source=words.source(figure),
        )
    )


def _point(figure: Figure, words: Words) -> Point:
    value, label = words.scaled(figure.value, figure.unit), words.bare(figure.value, figure.indicator, figure.unit)
    return Point(figure.position, value, figure.status, figure.segment, label, _hover(figure, words))


def _other_vintages(board: Board, figure: Figure, words: Words) -> list[Point]:
    """The vintages of a figure that were not used, where their value differs."""
    rows = board.vintages(figure)
    others = rows[rows["value"] != figure.value].drop_duplicates("value")
    return [_vintage(other_vintage(figure, row), words) for row in rows_of(others)]


def _vintage(figure: Figure, words: Words) -> Point:
    hover = words.texts("chart.vintage", hover=_hover(figure, words))
    return replace(_point(figure, words), label="", hover=hover)


def other_vintage(figure: Figure, row: dict[str, Any]) -> Figure:
    """The figure as another row of its vintages has it (`Board.vintages`)."""
    return replace(
        figure,
        value=float(row["value"]),
        status=str(row["status"]),
        qualifier=str(row["qualifier"]),
        known_from=pd.Timestamp(row["known_from"]).date(),
        dated=bool(row["dated"]),
        source=str(row["source"]),
        release=str(row["release"]),
        published=None if pd.isna(row["published"]) else pd.Timestamp(row["published"]).date(),
    )


def _cuts(figures: tuple[Figure, ...], words: Words) -> tuple[Cut, ...]:
    """The strip's lines: first quarters, half-years, three quarters."""
    cuts = same_cuts(figures)
    return tuple(
        Cut(words.texts(f"cut.{month}"), tuple(_point(figure, words) for figure in cuts[month]))
        for month in CUTS_SHOWN
        if month in cuts
    )


def _aim(target: Target, words: Words) -> tuple[float, float] | None:
    """Where the target stands on the paper: only a target in the series' own unit has a place there."""
    if target.value is None or target.kind == Kind.CUMULATIVE_CHANGE:
        return None
    return target.deadline, words.scaled(target.value, target.unit)
