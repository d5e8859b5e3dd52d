"""From the board to finished charts: pick the points, word them, hand them to the drawing functions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lib.charts.bullet import Bullet, draw_bullet
from lib.charts.frame import Chart, Heading
from lib.charts.trajectory import Cut, Mark, Point, Trajectory, draw_trajectory
from lib.periods import parse_period
from lib.schema import Kind
from lib.series import break_periods
from lib.verdict.board import same_cuts
from lib.words import axis_unit, finding, goal

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from lib.series import Figure
    from lib.tables import Tables
    from lib.verdict.board import Board
    from lib.verdict.model import Target, Verdict
    from lib.words import Words

CUTS_SHOWN: Final = (3, 6, 9)


def bullet_chart(verdict: Verdict, target: Target, words: Words) -> go.Figure | None:
    """The scoreboard's bullet, or None where there is no value and target to set against each other."""
    if verdict.value is None or verdict.expected is None or target.kind in (Kind.DIRECTION, Kind.MILESTONE):
        return None
    aim = verdict.expected if target.value is None else target.value
    start = verdict.baseline.value if verdict.baseline and target.kind == Kind.LEVEL else 0.0

    def write(value: float) -> str:
        return words.amount(value, target.indicator, target.unit)

    return draw_bullet(
        Bullet(
            start=start,
            expected=verdict.expected,
            value=verdict.value,
            goal=aim,
            later=verdict.later.value if verdict.later else None,
            value_label=write(verdict.value),
            goal_label=words.texts("chart.goal", goal=goal(target, words), period=target.target_period),
            later_label=_point_words(verdict.later, words) if verdict.later else "",
        )
    )


def trajectory_chart(board: Board, target: Target, words: Words) -> Chart | None:
    """The chart of one target, or None where its series has no figure at all."""
    verdict = board.verdicts[target.target]
    yearly = board.yearly(target.region, target.indicator)
    cumulative = board.cumulative(target.region, target.indicator)
    if not yearly and not cumulative:
        return None
    data = Trajectory(
        points=tuple(_point(figure, words) for figure in yearly),
        vintages=tuple(point for figure in yearly for point in _other_vintages(board, figure, words)),
        cuts=_cuts(cumulative, words),
        breaks=_breaks(board.tables, target, yearly, words),
        path=_path(verdict, target, words),
        target=_aim(target, words),
        target_label=words.texts("chart.goal", goal=goal(target, words), period=target.target_period),
        path_label=words.texts("chart.path"),
        strip_label=words.texts("chart.strip", unit=axis_unit(target.indicator, words)),
        unit=axis_unit(target.indicator, words),
    )
    return Chart(draw_trajectory(data), target_heading(board, target, words), _alt(board, target, words))


def target_heading(board: Board, target: Target, words: Words) -> Heading:
    """Title, subtitle and notes of a target's chart."""
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
            words.texts(f"rule.{target.kind}"),
            words.texts("chart.marks"),
            _as_of(board, words),
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


def _as_of(board: Board, words: Words) -> str:
    return words.texts("chart.as_of", date=words.day(board.as_of))


def _alt(board: Board, target: Target, words: Words) -> str:
    figures = words.join([_point_words(figure, words) for figure in board.yearly(target.region, target.indicator)])
    return words.texts("chart.alt", finding=finding(board.verdicts[target.target], target, words), figures=figures)


def _point_words(figure: Figure, words: Words) -> str:
    return words.texts("chart.point", period=words.span(figure), value=words.figure(figure))


def _point(figure: Figure, words: Words) -> Point:
    hover = words.texts(
        "chart.hover",
        point=_point_words(figure, words),
        status=words.texts(f"vintage.{figure.status}"),
        published=words.published(figure),
        source=words.source(figure),
    )
    value, label = words.scaled(figure.value, figure.unit), words.bare(figure.value, figure.indicator, figure.unit)
    return Point(figure.position, value, figure.status, figure.segment, label, _break_lines(hover))


def _other_vintages(board: Board, figure: Figure, words: Words) -> list[Point]:
    """The vintages of a figure that were not used, where their value differs."""
    rows = board.vintages(figure)
    others = rows[rows["value"] != figure.value].drop_duplicates("value")
    return [
        Point(
            figure.position,
            words.scaled(float(value), figure.unit),
            str(status),
            figure.segment,
            "",
            _break_lines(
                words.texts(
                    "chart.vintage",
                    value=words.amount(float(value), figure.indicator, figure.unit),
                    status=words.texts(f"vintage.{status}"),
                    source=str(source),
                )
            ),
        )
        for value, status, source in zip(others["value"], others["status"], others["source"], strict=True)
    ]


def _cuts(figures: tuple[Figure, ...], words: Words) -> tuple[Cut, ...]:
    """The strip's lines: first quarters, half-years, three quarters."""
    cuts = same_cuts(figures)
    return tuple(
        Cut(words.texts(f"cut.{month}"), tuple(_point(figure, words) for figure in cuts[month]))
        for month in CUTS_SHOWN
        if month in cuts
    )


def _breaks(tables: Tables, target: Target, yearly: tuple[Figure, ...], words: Words) -> tuple[Mark, ...]:
    """The breaks that lie between two figures shown; the mark stands half a year before the first on the new basis."""
    marks = []
    for period in break_periods(tables.breaks, target.region, target.indicator):
        place = parse_period(period).position - 0.5
        if any(figure.position < place for figure in yearly) and any(figure.position > place for figure in yearly):
            marks.append(Mark(place, break_reason(tables, target.indicator, period, words)))
    return tuple(marks)


def break_reason(tables: Tables, indicator: str, period: str, words: Words) -> str:
    """Why a series breaks at a period, in its first clause."""
    rows = tables.breaks[(tables.breaks["indicator"] == indicator) & (tables.breaks["period"] == period)]
    return re.split("[：:；;]", str(rows.iloc[0][f"reason_{words.lang}"]))[0]


def _path(verdict: Verdict, target: Target, words: Words) -> tuple[tuple[float, float], ...]:
    """The straight path of a level target from its baseline to the target."""
    if target.kind != Kind.LEVEL or verdict.baseline is None or target.value is None:
        return ()
    return (
        (verdict.baseline.position, words.scaled(verdict.baseline.value, target.unit)),
        (parse_period(target.target_period).position, words.scaled(target.value, target.unit)),
    )


def _aim(target: Target, words: Words) -> tuple[float, float] | None:
    """Where the target stands on the paper: only a target in the series' own unit has a place there."""
    if target.value is None or target.kind == Kind.CUMULATIVE_CHANGE:
        return None
    return parse_period(target.target_period).position, words.scaled(target.value, target.unit)


def _break_lines(text: str, width: int = 60) -> str:
    """Break a hover text so that it fits a phone."""
    lines = []
    for line in text.split("\n"):
        lines += [line[start : start + width] for start in range(0, len(line), width)] or [""]
    return "\n".join(lines)
