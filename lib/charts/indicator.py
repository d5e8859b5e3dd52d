"""One indicator over regions, from the board: ranking and map of a year, a panel a city, regions beside each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from plotly.colors import sample_colorscale

from lib.charts.compare import Bar, Line, draw_lines, draw_ranking
from lib.charts.frame import PLOT_HEIGHT, Chart, Heading
from lib.charts.map import Area, draw_map, is_covered
from lib.charts.multiples import Panel, draw_multiples, multiples_height
from lib.charts.parts import Point, axis_unit
from lib.explain import stand
from lib.schema import NATION, PROVINCE, Nature
from lib.theme import OUTSIDE, SHADES

if TYPE_CHECKING:
    from lib.series import Figure
    from lib.verdict.board import Board
    from lib.verdict.compare import Row
    from lib.words import Words

RATES: Final = (Nature.SHARE, Nature.GROWTH)
SOURCES_NAMED: Final = 3


def periods_of(board: Board, indicator: str) -> dict[str, list[Figure]]:
    """The figures of each whole year for which at least one city has one, latest year first."""
    found: dict[str, list[Figure]] = {}
    for region in board.peers:
        for figure in board.yearly(region, indicator):
            found.setdefault(figure.period, []).append(figure)
    return dict(sorted(found.items(), reverse=True))


def ranking_chart(board: Board, indicator: str, figures: list[Figure], words: Words) -> Chart:
    """Rank the regions for one year; province and nation as lines where rates can be compared."""
    period = figures[0].period
    is_rate = words.indicators[indicator]["nature"] in RATES
    emphasised = _named(board)
    bars = [
        Bar(
            name=words.short_region(figure.region),
            value=words.scaled(figure.value, figure.unit),
            label=words.bare(figure.value, indicator, figure.unit),
            hover=_hover(figure, words),
            emphasis=figure.region in emphasised,
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


def multiples_chart(board: Board, indicator: str, words: Words) -> Chart | None:
    """A panel a city, largest newest figure first, on one scale; None where no city has a figure.

    Province and nation stand in each panel where rates can be compared.
    """
    series = {city: figures for city in board.peers if (figures := board.yearly(city, indicator))}
    if not series:
        return None
    ordered = sorted(series.values(), key=lambda figures: -figures[-1].value)
    panels = [_panel(figures, words) for figures in ordered]
    nature = words.indicators[indicator]["nature"]
    beside = [
        figures for region in (PROVINCE, NATION) if nature in RATES and (figures := board.yearly(region, indicator))
    ]
    newest = max(figures[-1].period for figures in ordered)
    title = words.texts(
        "multiples.title", indicator=words.indicator(indicator), count=len(series), period=newest,
        reported=sum(figures[-1].period == newest for figures in ordered), cities=len(board.peers),
    )  # fmt: skip
    shown = [figure for figures in (*ordered, *beside) for figure in figures]
    heading = _heading(board, indicator, shown, title, words)
    notes = _multiples_notes(board, series, beside, words)
    return Chart(
        draw_multiples(
            panels,
            [_line(figures[0].region, figures, words, set()).points for figures in beside],
            from_zero=nature != Nature.SHARE,
        ),
        replace(heading, notes=(*notes, *heading.notes)),
        words.texts(
            "multiples.alt", title=title, panels=words.join([f"{panel.name} {panel.newest}" for panel in panels])
        ),
        room=max(PLOT_HEIGHT, multiples_height(len(panels))),
    )


def _multiples_notes(
    board: Board, series: dict[str, tuple[Figure, ...]], beside: list[tuple[Figure, ...]], words: Words
) -> tuple[str, ...]:
    """How to read the panels, and which cities have none."""
    names = words.join([words.short_region(figures[0].region) for figures in beside])
    dotted = (words.texts("multiples.beside", names=names),) if beside else ()
    missing = [words.short_region(city) for city in board.peers if city not in series]
    absent = (words.texts("multiples.missing", regions=words.join(missing)),) if missing else ()
    return (words.texts("multiples.rule"), *dotted, words.texts("chart.marks"), *absent)


def _panel(figures: tuple[Figure, ...], words: Words) -> Panel:
    """A city's panel: its newest figure in words."""
    newest = figures[-1]
    value = words.bare(newest.value, newest.indicator, newest.unit)
    line = _line(newest.region, figures, words, set())
    return Panel(line.name, value, line.points)


def indicator_map(board: Board, boundaries: str, indicator: str, figures: list[Figure], words: Words) -> Chart | None:
    """The cities shaded by their figure of one year, each with its value; a city without one is left pale and says so.

    None for a plan that is not about all the cities of the map, or where none of them has a figure.
    """
    by_city = {figure.region: figure for figure in figures if figure.region in board.cities}
    if not by_city or not is_covered(boundaries, board.cities):
        return None
    low, high = (pick(figure.value for figure in by_city.values()) for pick in (min, max))
    areas = [
        Area(
            region=city,
            name=f"{words.short_region(city)}\n{_map_value(by_city.get(city), words)}",
            colour=_shade(by_city[city].value, low, high) if city in by_city else OUTSIDE,
            hatch="",
            hover=_hover(by_city[city], words) if city in by_city else _no_figure(city, figures[0], words),
        )
        for city in board.cities
    ]
    title = words.texts(
        "shades.title", indicator=words.indicator(indicator), period=words.span(figures[0]), count=len(by_city),
        cities=len(board.cities),
    )  # fmt: skip
    heading = _heading(board, indicator, figures, title, words)
    notes = (words.texts("shades.rule"), *heading.notes, words.texts("map.source"))
    alt = words.texts("map.alt", areas=words.join([area.name.replace("\n", " ") for area in areas]))
    return Chart(draw_map(boundaries, areas), replace(heading, notes=notes), alt)


def _map_value(figure: Figure | None, words: Words) -> str:
    return words.bare(figure.value, figure.indicator, figure.unit) if figure else "—"


def _no_figure(city: str, example: Figure, words: Words) -> str:
    return words.texts("shades.none", region=words.region(city), period=words.span(example))


def _shade(value: float, low: float, high: float) -> str:
    """The colour of a value between the least and the largest one: darker is more, and never too dark for the words on it."""
    share = (value - low) / (high - low) if high > low else 1.0
    return str(sample_colorscale(SHADES, [share])[0])


def compare_chart(board: Board, indicator: str, rows: list[Row], words: Words) -> Chart | None:
    """The periods that compare, a line a region; the title sets the latest beside each other. None where none compares."""
    alike = [row for row in rows if not row.refused]
    if not alike:
        return None
    latest, figures = alike[0], [figure for row in reversed(alike) for figure in row.figures]
    regions = list(dict.fromkeys(figure.region for figure in figures))
    lines = [_line(region, tuple(f for f in figures if f.region == region), words, {regions[0]}) for region in regions]
    values = words.join([
        words.texts("compare.value", region=words.short_region(figure.region), value=words.figure(figure))
        for figure in sorted(latest.figures, key=lambda figure: -figure.value)
    ])  # fmt: skip
    title = words.texts(
        "compare.title", period=words.span(latest.figures[0]), indicator=words.indicator(indicator), values=values
    )
    heading = _heading(board, indicator, figures, title, words)
    rule = (words.texts("compare.rule"), words.texts("chart.marks"))
    return Chart(draw_lines(lines), replace(heading, notes=(*rule, *heading.notes)), title)


def _named(board: Board) -> set[str]:
    """The regions of which the plan states a target of their own."""
    return {target.region for target in board.targets.values()}


def _line(region: str, figures: tuple[Figure, ...], words: Words, emphasised: set[str]) -> Line:
    return Line(
        name=words.short_region(region),
        points=tuple(_line_point(figure, words) for figure in figures),
        emphasis=region in emphasised,
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
