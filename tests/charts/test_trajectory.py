"""A target's chart: what is settled, what is not, where the series breaks, where the target stands."""

from __future__ import annotations

import pytest

from lib.charts.build import bullet_chart, trajectory_chart
from lib.charts.parts import Cut, Mark, Point, Trajectory
from lib.charts.trajectory import HOLLOW, draw_trajectory
from lib.theme import ACTUAL, TARGET


def point(x, y, status="final", segment=0):
    """A point with a label."""
    return Point(x, y, status, segment, f"{y:g}", f"hover {y:g}")


def trajectory(**parts):
    """A chart's data with the parts given."""
    empty = {"points": (), "vintages": (), "cuts": (), "breaks": (), "path": (), "target": None}
    labels = {"target_label": "Target 2024", "path_label": "Path", "strip_label": "Strip", "unit": "%"}
    return Trajectory(**{**empty, **labels, **parts})


def markers(figure, symbol):
    """The traces whose marker has a symbol."""
    return [trace for trace in figure.data if trace.marker.symbol == symbol]


def lines(figure):
    """The solid lines through actual figures."""
    return [trace for trace in figure.data if trace.mode == "lines+markers" and trace.yaxis != "y2"]


def notes(figure):
    """The annotations' texts."""
    return [note.text for note in figure.layout.annotations]


def test_settled_figures_are_solid_and_preliminary_ones_hollow():
    """A final or revised figure is filled in the series' colour, any other is white inside with the same ring."""
    statuses = ("final", "revised", "preliminary", "unknown")
    figure = draw_trajectory(trajectory(points=tuple(point(2020.0 + n, n, s) for n, s in enumerate(statuses))))
    (line,) = lines(figure)
    solid, hollow = set(line.marker.color[:2]), set(line.marker.color[2:])
    assert solid == {ACTUAL}
    assert len(hollow) == 1
    assert ACTUAL not in hollow
    assert line.marker.line.color == ACTUAL


def test_estimate_has_a_sign_of_its_own():
    """An estimate made before the bureau's figure does not look like a preliminary figure, and no line joins them."""
    figure = draw_trajectory(trajectory(points=(point(2020.0, 1, "preliminary"), point(2021.0, 2, "estimate"))))
    first, estimate = lines(figure)[:2]
    assert len(first.x) == len(estimate.x) == 1
    assert first.marker.symbol != estimate.marker.symbol


def test_line_is_broken_where_the_series_breaks():
    """Figures on two sides of a break are two lines, with a mark and its reason between them."""
    points = (point(2022.0, 1), point(2023.0, 2), point(2024.0, 5, segment=1), point(2025.0, 6, segment=1))
    figure = draw_trajectory(trajectory(points=points, breaks=(Mark(2023.5, "census"),)))
    assert [tuple(line.x) for line in lines(figure)] == [(2022.0, 2023.0), (2024.0, 2025.0)]
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes if shape.type == "line"] == [(2023.5, 2023.5)]
    assert "census" in notes(figure)


def test_target_is_a_labelled_diamond_at_its_deadline():
    """The target stands as a diamond at the end of its period and its value, with its words."""
    figure = draw_trajectory(trajectory(points=(point(2022.0, 80),), target=(2025.0, 85.0)))
    (diamond,) = markers(figure, "diamond")
    assert (tuple(diamond.x), tuple(diamond.y)) == ((2025.0,), (85.0,))
    assert diamond.marker.color == TARGET
    assert "Target 2024" in notes(figure)


def test_target_without_a_level_has_no_diamond():
    """Where a target has no level on the series' axis none is invented."""
    assert not markers(draw_trajectory(trajectory(points=(point(2022.0, 80),))), "diamond")


def test_cumulative_quarters_are_hollow_as_years_are():
    """What is preliminary in the strip looks as it does above."""
    figure = draw_trajectory(trajectory(cuts=(Cut("Q1", (point(2023.25, 1, "preliminary"), point(2024.25, 2))),)))
    assert figure.data[0].marker.color == (HOLLOW, ACTUAL)


def test_cumulative_quarters_stand_on_their_own_axis():
    """In-year cumulative figures never share a line or an axis with years."""
    cuts = (Cut("Q1-Q3", (point(2023.75, 3), point(2024.75, 4))), Cut("Q1", (point(2024.25, 1),)))
    figure = draw_trajectory(trajectory(points=(point(2023.0, 9),), cuts=cuts))
    assert [trace.yaxis for trace in figure.data if trace.x[0] % 1] == ["y2", "y2"]
    assert figure.layout.yaxis.domain[0] > figure.layout.yaxis2.domain[1]
    assert any("Q1-Q3" in text and "4" in text for text in notes(figure))


def test_hostile_labels_are_inert():
    """A source or region with markup is letters on the chart and when hovering."""
    hostile = "<a href='http://evil'>x</a> $x$"
    points = (Point(2022.0, 1, "final", 0, hostile, hostile), Point(2023.0, 1, "final", 0, hostile, hostile))
    figure = draw_trajectory(
        trajectory(
            points=points, vintages=points, cuts=(Cut(hostile, points),), breaks=(Mark(2022.5, hostile),),
            path=((2022.0, 1), (2023.0, 2)), target=(2023.0, 2), target_label=hostile, path_label=hostile, strip_label=hostile,
        )
    )  # fmt: skip
    hovers = [text for trace in figure.data for text in trace.hovertext or ()]
    for text in (*notes(figure), *hovers):
        assert "<a" not in text
        assert "$" not in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_shenyang_gdp_as_published(shipped_board, words_in, lang):
    """Shenyang's chart shows 9,027.1 at the end of 2024 after the census break, below the diamond of 10 000; in bn in English."""
    factor, written = {"zh": (1.0, "9,027.1"), "en": (0.1, "902.7")}[lang]
    chart = trajectory_chart(shipped_board, shipped_board.targets["SY-4"], words_in(lang))
    before, after = lines(chart.figure)
    assert before.x[-1] == 2024.0
    assert (after.x[0], after.y[0]) == (2025.0, pytest.approx(9027.1 * factor))
    (diamond,) = markers(chart.figure, "diamond")
    assert (diamond.x[0], diamond.y[0]) == (2025.0, 10000.0 * factor)
    assert any(written in text for text in notes(chart.figure))
    assert {"zh": "未达成：沈阳市地区生产总值", "en": "Missed: Shenyang: GDP"}[lang] in chart.heading.title


def test_pointing_at_a_figure_tells_value_vintage_and_day(shipped_board, words_in):
    """Each figure says since when it counts as known, in the words of the tables; so does a vintage that was not used."""
    words = words_in("en")
    chart = trajectory_chart(shipped_board, shipped_board.targets["CO-4"], words)
    hovers = [text.replace("<br>", " ") for trace in chart.figure.data for text in trace.hovertext or ()]
    for figure in shipped_board.yearly("210200", "gdp"):
        (said,) = [text for text in hovers if text.startswith(f"{figure.period}: {words.figure(figure)} ")]
        assert words.texts(f"vintage.{figure.status}") in said
        assert words.published(figure) in said
    (other,) = [text for text in hovers if text.startswith("Other vintage") and "CNY 951.7 bn" in text]
    assert "Preliminary" in other
    assert "20 Jan 2025" in other


def test_series_without_any_figure_has_no_chart(shipped_board, words_in):
    """Nothing is drawn where nothing was published: neither an empty chart nor an empty bullet."""
    words, target = words_in("en"), shipped_board.targets["SY-3"]
    assert trajectory_chart(shipped_board, target, words) is None
    assert bullet_chart(shipped_board.verdicts["SY-3"], target, words) is None


def test_bullet_shows_value_target_and_later_figure(shipped_board, words_in):
    """Dalian's bullet writes the value judged and the target, and rings the figure that met it later."""
    target, verdict = shipped_board.targets["CO-4"], shipped_board.verdicts["CO-4"]
    figure = bullet_chart(verdict, target, words_in("zh"))
    written = " ".join(notes(figure))
    assert "9,540.2亿元" in written
    assert "2024年目标" in written
    (ring,) = markers(figure, "circle-open")
    assert ring.x[0] == pytest.approx(10002.1)
    assert "2025年：10,002.1亿元" in ring.hovertext
