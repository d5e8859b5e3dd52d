"""A panel a region, all on the same two axes."""

from __future__ import annotations

import pytest

from lib.charts.indicator import multiples_chart
from lib.charts.multiples import COLUMNS, Panel, draw_multiples, multiples_height
from lib.charts.parts import Point
from lib.theme import ACTUAL, QUIET, TRACK


def series(*places, segment=0):
    """Points of (x, y)."""
    return tuple(Point(x, y, "final", segment, "", "hover") for x, y in places)


A = Panel("a", "3", series((2022.0, 1.0), (2023.0, 3.0)))
B = Panel("b", "9", series((2023.0, 8.0), (2024.0, 9.0)))
C = Panel("c", "4", series((2022.0, 4.0), (2024.0, 4.0)))
D = Panel("d", "5", series((2024.0, 5.0)))


def own(figure):
    """The traces that stand in front, by panel: axis to points."""
    traces = [trace for trace in figure.data if trace.line.color == ACTUAL]
    found = {}
    for trace in traces:
        found.setdefault(trace.yaxis, []).append(tuple(zip(trace.x, trace.y, strict=True)))
    return found


def test_every_panel_has_the_same_axes():
    """Heights and places compare across panels, and nothing lies outside."""
    figure = draw_multiples([A, B, C, D], [])
    used = [axis for axis in figure.select_yaxes() if axis.range]
    assert {axis.range for axis in used} == {(0.0, used[0].range[1])}
    assert used[0].range[1] >= 9.0
    assert {(axis.range[0] < 2022.0, axis.range[1] > 2024.0) for axis in figure.select_xaxes()} == {(True, True)}


def test_each_region_stands_in_front_once_and_behind_in_all_other_panels():
    """A missing year interrupts the line; the faint lines behind are all others' and not its own."""
    figure = draw_multiples([A, B, C], [])
    assert list(own(figure).values()) == [
        [((2022.0, 1.0), (2023.0, 3.0))],
        [((2023.0, 8.0), (2024.0, 9.0))],
        [((2022.0, 4.0),), ((2024.0, 4.0),)],
    ]
    behind = [trace for trace in figure.data if trace.line.color == TRACK]
    assert [set(trace.y) - {None} for trace in behind] == [{8.0, 9.0, 4.0}, {1.0, 3.0, 4.0}, {1.0, 3.0, 8.0, 9.0}]


def test_a_reference_stands_in_every_panel():
    """The nation's dotted line is where each city's can be read against it."""
    figure = draw_multiples([A, B], [series((2022.0, 2.0), (2023.0, 2.5))])
    dotted = [trace for trace in figure.data if trace.line.dash == "dot"]
    assert len({trace.yaxis for trace in dotted}) == 2
    assert {trace.line.color for trace in dotted} == {QUIET}


def test_a_rate_need_not_start_at_zero_and_decline_has_room():
    """Shares keep to their range; a growth below zero is on the paper and zero too."""
    shares = draw_multiples([Panel("a", "", series((2022.0, 70.0), (2023.0, 71.0)))], [], from_zero=False)
    assert next(shares.select_yaxes()).range[0] > 69
    growth = draw_multiples([Panel("a", "", series((2022.0, -3.0), (2023.0, 5.0)))], [])
    assert next(growth.select_yaxes()).range[0] < -3


def test_height_grows_by_rows():
    """A row more is as much higher as every other row."""
    one, two, three = (multiples_height(COLUMNS * rows) for rows in (1, 2, 3))
    assert three - two == two - one > 100


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_cities_without_a_figure_are_named(shipped_board, words_in, lang):
    """What no panel shows stands below, city by city; province and nation are dotted beside rates only."""
    words = words_in(lang)
    chart = multiples_chart(shipped_board, "gdp_growth_real", words)
    shown = [city for city in shipped_board.cities if shipped_board.yearly(city, "gdp_growth_real")]
    absent = [words.short_region(city) for city in shipped_board.cities if city not in shown]
    assert 0 < len(absent) < 14
    notes = "\n".join(chart.heading.notes)
    assert all(name in notes for name in absent)
    assert words.short_region("000000") in notes
    assert words.short_region("000000") not in "".join(multiples_chart(shipped_board, "gdp", words).heading.notes[:2])


def test_an_indicator_without_figures_has_no_panel(shipped_board, words_in):
    """Where no city has a figure nothing is drawn."""
    assert multiples_chart(shipped_board, "sei_va_share", words_in("en")) is None
