"""One indicator over regions, from the board: the ranking of a period and all series on one scale."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from lib.charts.compare import Bar, Line, draw_lines, draw_ranking
from lib.charts.frame import Chart, Heading
from lib.charts.parts import Point
from lib.explain import stand
from lib.schema import NATION, PROVINCE, Nature
from lib.words import axis_unit

if TYPE_CHECKING:
    from lib.series import Figure
    from lib.verdict.board import Board
    from lib.verdict.compare import Row
    from lib.words import Words

RATES: Final = (Nature.SHARE, Nature.GROWTH)
EMPHASISED: Final = ("210100", "210200")
SOURCES_NAMED: Final = 3


def periods_of(board: Board, indicator: str) -> dict[str, list[Figure]]:
    """The figures of each whole year for which at least one city has one, latest year first."""
    found: dict[str, list[Figure]] = {}
    for region in board.cities:
        for figure in board.yearly(region, indicator):
            found.setdefault(figure.period, []).append(figure)
    return dict(sorted(found.items(), reverse=True))


def ranking_chart(board: Board, indicator: str, figures: list[Figure], words: Words) -> Chart:
    """Rank the regions for one year; province and nation as lines where rates can be compared."""
    period = figures[0].period
    is_rate = words.indicators[indicator]["nature"] in RATES
    bars = [
        Bar(
            name=words.short_region(figure.region),
            value=words.scaled(figure.value, figure.unit),
            label=words.bare(figure.value, indicator, figure.unit),
            hover=_hover(figure, words),
            emphasis=figure.region in EMPHASISED,
        )
        for figure in figures
    ]
    benchmarks = [
        (words.short_region(figure.region), words.scaled(figure.value, figure.unit))
        for region in (PROVINCE, NATION)
        for figure in board.yearly(region, indicator)
        if figure.period == period and is_rate
    ]
    top = max(figures, key=lambda figure: figure.value)
    first = [words.short_region(figure.region) for figure in figures if figure.value == top.value]
    title = words.texts(
        "ranking.title",
        region=words.join(first),
        value=words.figure(top),
        period=words.span(top),
        count=len(figures),
    )
    return Chart(draw_ranking(bars, benchmarks), _heading(board, indicator, figures, title, words), title)


def lines_chart(board: Board, indicator: str, words: Words) -> Chart | None:
    """All series with two years or more on one scale, or None where there is none."""
    regions = board.cities
    if words.indicators[indicator]["nature"] in RATES:
        regions = [*regions, PROVINCE, NATION]
    series = {region: board.yearly(region, indicator) for region in regions}
    lines = [_line(region, figures, words) for region, figures in series.items() if len(figures) > 1]
    if not lines:
        return None
    shown = [figure for figures in series.values() if len(figures) > 1 for figure in figures]
    title = words.texts("lines.title", indicator=words.indicator(indicator), count=len(lines))
    heading = _heading(board, indicator, shown, title, words)
    heading = replace(heading, notes=(words.texts("chart.marks"), *heading.notes))
    return Chart(draw_lines(lines), heading, title)


def compare_chart(board: Board, indicator: str, rows: list[Row], words: Words) -> Chart | None:
    """The periods that compare, a line a region; the title sets the latest beside each other. None where none compares."""
    alike = [row for row in rows if not row.refused]
    if not alike:
        return None
    latest, figures = alike[0], [figure for row in reversed(alike) for figure in row.figures]
    regions = list(dict.fromkeys(figure.region for figure in figures))
    lines = [_line(region, tuple(f for f in figures if f.region == region), words) for region in regions]
    emphasised = [replace(line, emphasis=place == 0) for place, line in enumerate(lines)]
    values = words.join([
        words.texts("compare.value", region=words.short_region(figure.region), value=words.figure(figure))
        for figure in sorted(latest.figures, key=lambda figure: -figure.value)
    ])  # fmt: skip
    title = words.texts(
        "compare.title", period=words.span(latest.figures[0]), indicator=words.indicator(indicator), values=values
    )
    heading = _heading(board, indicator, figures, title, words)
    rule = (words.texts("compare.rule"), words.texts("chart.marks"))
    return Chart(draw_lines(emphasised), replace(heading, notes=(*rule, *heading.notes)), title)


def _line(region: str, figures: tuple[Figure, ...], words: Words) -> Line:
    return Line(
        name=words.short_region(region),
        points=tuple(_line_point(figure, words) for figure in figures),
        emphasis=region in EMPHASISED,
    )


def _line_point(figure: Figure, words: Words) -> Point:
    value = words.scaled(figure.value, figure.unit)
    return Point(figure.position, value, figure.status, figure.segment, "", _hover(figure, words))


def _hover(figure: Figure, words: Words) -> str:
    return words.texts(
        "chart.hover",
        point=f"{words.short_region(figure.region)} {words.span(figure)} {words.figure(figure)}",
        status=words.texts(f"vintage.{figure.status}"),
        published=words.published(figure),
        source=words.source(figure),
    )


def _heading(board: Board, indicator: str, figures: list[Figure], title: str, words: Words) -> Heading:
    subtitle = words.texts("ranking.subtitle", indicator=words.indicator(indicator), unit=axis_unit(indicator, words))
    sources = list(dict.fromkeys(words.source(figure) for figure in figures))
    listed = words.join(sources[:SOURCES_NAMED])
    more = len(sources) - SOURCES_NAMED
    line = (
        words.texts("ranking.sources_more", sources=listed, more=more)
        if more > 0
        else words.texts("ranking.sources", sources=listed)
    )
    return Heading(title, subtitle, (line, stand(board, words)))
