"""Regions set against each other, and the map."""

from __future__ import annotations

import pytest

from lib.charts.compare import Bar, Line, draw_lines, draw_ranking
from lib.charts.indicator import indicator_map, periods_of, ranking_chart
from lib.charts.map import Area, draw_map
from lib.charts.overview import map_chart
from lib.charts.parts import Point
from lib.charts.trajectory import HOLLOW
from lib.theme import ACTUAL, OUTSIDE

SQUARE = (
    '{"features": [{"properties": {"region": "1", "x": 0.5, "y": 0.5}, "geometry": '
    '{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}}]}'
)


def bar(name, value):
    """A bar with its label."""
    return Bar(name, value, f"{value:g}", "hover", emphasis=False)


def line(name, *points):
    """A series of (x, y, segment)."""
    return Line(name, tuple(Point(x, y, "final", segment, "", "hover") for x, y, segment in points), emphasis=False)


def test_ranking_runs_from_the_largest_down_and_starts_at_zero():
    """The longest bar is on top and no axis is cut, so that lengths can be compared."""
    figure = draw_ranking([bar("b", 2.0), bar("a", 5.0), bar("c", 1.0)], [])
    assert list(figure.data[0].y) == ["c", "b", "a"]
    assert figure.layout.xaxis.range[0] == 0


def test_ranking_leaves_room_for_decline():
    """Negative growth extends to the left of zero and keeps its label on the paper."""
    figure = draw_ranking([bar("a", -5.0), bar("b", 3.0)], [("China", 1.0)])
    assert figure.layout.xaxis.range[0] < -5
    assert [shape.x0 for shape in figure.layout.shapes] == [1.0]
    assert "China" in [note.text for note in figure.layout.annotations]


def test_series_are_broken_and_named_at_their_end():
    """A series with a break is two lines, and its name stands once, at its last figure."""
    figure = draw_lines([line("Anshan", (2022.0, 1.0, 0), (2023.0, 2.0, 0), (2024.0, 4.0, 1), (2025.0, 5.0, 1))])
    assert [tuple(trace.x) for trace in figure.data] == [(2022.0, 2023.0), (2024.0, 2025.0)]
    names = [note for note in figure.layout.annotations if note.text == "Anshan"]
    assert [note.x for note in names] == [2025.0]


def test_series_show_what_is_not_settled_as_hollow():
    """Preliminary and unstated figures are white inside, revised and final ones full; an estimate has a dot and no line."""
    statuses = ("final", "revised", "preliminary", "unknown", "estimate")
    points = tuple(Point(2020.0 + n, n, status, 0, "", "hover") for n, status in enumerate(statuses))
    trace, estimate = draw_lines([Line("Anshan", points, emphasis=True)]).data
    assert trace.marker.color == (ACTUAL, ACTUAL, HOLLOW, HOLLOW)
    assert trace.marker.symbol == ("circle",) * 4
    assert (estimate.marker.color, estimate.marker.symbol) == ((HOLLOW,), ("circle-dot",))
    assert trace.marker.line.color == estimate.marker.line.color == ACTUAL


def test_names_at_the_same_end_are_moved_apart():
    """Two series that end at nearly the same value keep both names readable."""
    figure = draw_lines(
        [line("a", (2022.0, 0.0, 0), (2023.0, 10.0, 0)), line("b", (2022.0, 100.0, 0), (2023.0, 10.1, 0))]
    )
    shifts = {note.text: note.yshift for note in figure.layout.annotations}
    assert abs(shifts["b"] - shifts["a"]) >= 12


def test_hostile_names_are_inert():
    """A region called like a tag is letters on bars, lines and map."""
    hostile = "<a href='http://evil'>x</a>$y$"
    figures = (
        draw_ranking([bar(hostile, 1.0)], [(hostile, 1.0)]),
        draw_lines([line(hostile, (2022.0, 1.0, 0), (2023.0, 2.0, 0))]),
        draw_map(SQUARE, [Area("1", hostile, "#FFFFFF", "", hostile, (("x", "#000000", hostile),))]),
    )
    for figure in figures:
        assert "<a" not in figure.to_json()
        assert "\\u003ca" not in figure.to_json()
        assert "$y$" not in figure.to_json()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_levels_are_not_set_against_the_province(shipped_board, words_in, lang):
    """A city's level has no province or nation beside it; a rate has."""
    words = words_in(lang)
    level = ranking_chart(shipped_board, "gdp", periods_of(shipped_board, "gdp")["2023"], words)
    rate = ranking_chart(shipped_board, "gdp_growth_real", periods_of(shipped_board, "gdp_growth_real")["2023"], words)
    assert not level.figure.layout.shapes
    assert words.short_region("000000") in [note.text for note in rate.figure.layout.annotations]
    assert len(level.figure.data[0].x) == 14


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_map_of_an_indicator_shades_by_value_and_leaves_who_has_none_pale(shipped_board, words_in, ROOT, lang):
    """The city with the most is darkest, the one with the least lightest; a city without a figure has a dash and no shade."""
    words, boundaries = words_in(lang), (ROOT / "data/geo/prefectures.geojson").read_text(encoding="utf-8")
    figures = periods_of(shipped_board, "gdp_growth_real")["2023"]
    chart = indicator_map(shipped_board, boundaries, "gdp_growth_real", figures, words)
    fills = dict(zip(shipped_board.cities, (t.fillcolor for t in chart.figure.data if t.fill == "toself"), strict=True))
    by_value = sorted(figures, key=lambda figure: figure.value)
    assert fills[by_value[-1].region] == "rgb(111, 163, 204)"
    assert fills[by_value[0].region] == "rgb(221, 233, 243)"
    without = [city for city in shipped_board.cities if city not in {figure.region for figure in figures}]
    assert {fills[city] for city in without} == {OUTSIDE}
    named = [note.text for note in chart.figure.layout.annotations]
    assert all(f"{words.short_region(city)}<br>—" in named for city in without)
    assert without


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_map_draws_each_city_and_the_verdicts_that_exist(shipped_board, words_in, ROOT, lang):
    """All 14 cities are filled polygons with names; only judged targets of a city have a sign, and no city is coloured by it."""
    boundaries = (ROOT / "data/geo/prefectures.geojson").read_text(encoding="utf-8")
    figure = map_chart(shipped_board, boundaries, words_in(lang)).figure
    polygons = [trace for trace in figure.data if trace.fill == "toself"]
    signs = [trace for trace in figure.data if trace.mode == "text"]
    assert len(polygons) == 14
    assert {"zh": "沈阳", "en": "Shenyang"}[lang] in [note.text for note in figure.layout.annotations]
    assert sorted(sign.text[0] for sign in signs) == ["✓", "✔", "✖"]
    assert figure.layout.yaxis.scaleanchor == "x"
