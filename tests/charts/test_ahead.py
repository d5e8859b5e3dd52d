"""What is no figure looks like none: trend, estimate, carried value, and the path beyond a break."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise

import pytest

from lib.charts.ahead import path_of
from lib.charts.build import bullet_chart, trajectory_chart
from lib.charts.frame import framed
from lib.charts.parts import Mark
from lib.i18n import LANGUAGES
from lib.theme import FAINT, PATH
from lib.verdict.target import expected_at
from lib.verdict.within_year import FullYearEstimate, Refusal, WithinYear

MIDDLE, EVE, TODAY = date(2024, 6, 30), date(2024, 12, 31), date(2026, 11, 22)
DAYS = (date(2022, 12, 31), date(2023, 12, 31), MIDDLE, EVE, date(2025, 6, 30), TODAY)
LEVELS = ("SY-4", "SY-6a", "CO-4")


def chart_of(board, target, words, **changes):
    """The chart of a target whose verdict has been given other traits."""
    verdicts = {**board.verdicts, target: replace(board.verdicts[target], **changes)}
    return trajectory_chart(replace(board, verdicts=verdicts), board.targets[target], words)


def signs(figure, symbol):
    """The traces drawn with one symbol throughout."""
    return [trace for trace in figure.data if trace.marker.symbol == symbol]


def written(figure):
    """The texts beside the marks, each in one line."""
    return [note.text.replace("<br>", " ") for note in figure.layout.annotations]


def dotted(figure):
    """The dotted lines of the upper part."""
    return [trace for trace in figure.data if trace.line.dash == "dot" and trace.yaxis != "y2"]


@pytest.fixture
def estimate(board_on):
    """A year under way: 1950 by March 2024 after shares of 1700 / 7695.8 and 1790 / 8122.1; the cuts are made up."""
    whole = board_on(MIDDLE).yearly("210100", "gdp")[-2:]

    def cut(year, value):
        return replace(whole[0], period=f"{year}Q1", basis="ytd", value=value)

    pairs = ((cut(2022, 1700.0), whole[0]), (cut(2023, 1790.0), whole[1]))
    refused = Refusal("no_cut", ("2023Q1",))
    full_year = FullYearEstimate(cut(2024, 1950.0), pairs)
    return WithinYear(full_year.latest, None, refused, refused, full_year)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_trend_is_drawn_only_where_there_is_one(board_on, words_in, day):
    """An open diamond at the deadline with its interval, dotted from the last figure it rests on; else nothing of it."""
    board = board_on(day)
    for target in LEVELS:
        forecast, figure = board.verdicts[target].forecast, chart_of(board, target, words_in("zh")).figure
        drawn = signs(figure, "diamond-open")
        assert len(drawn) == len(dotted(figure)) == (forecast is not None)
        assert any("趋势" in text for text in written(figure)) == (forecast is not None)
        if forecast is not None:
            assert (drawn[0].x[0], drawn[0].y[0]) == (2025.0, pytest.approx(forecast.value))
            assert drawn[0].error_y.array[0] == pytest.approx(forecast.high - forecast.value)
            assert drawn[0].error_y.arrayminus[0] == pytest.approx(forecast.value - forecast.low)
            assert tuple(dotted(figure)[0].x) == (int(forecast.last) + 1, 2025.0)


def test_trend_of_shenyang_in_the_middle_of_2024(board_on, words_in):
    """Four years lead to 8684.2 in 2024: 868.4 in English, said beside the diamond and below the chart."""
    chart = chart_of(board_on(MIDDLE), "SY-4", words_in("en"))
    assert "trend 868.4" in written(chart.figure)
    assert any(note.startswith("◇ Trend of 4 comparable years") for note in chart.heading.notes)
    assert any("80% interval" in note and not note.endswith("..") for note in chart.heading.notes)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_estimate_of_the_year_is_an_open_square_with_its_range(board_on, words_in, estimate, lang):
    """1950 over the shares gives the value and range; it stands apart from the trend of the same year and says what it is."""
    factor, said = {"zh": (1.0, "全年估计"), "en": (0.1, "whole year, estimate")}[lang]
    chart = chart_of(board_on(MIDDLE), "SY-4", words_in(lang), within=estimate)
    (square,) = signs(chart.figure, "square-open")
    shares = (1700.0 / 7695.8, 1790.0 / 8122.1)
    assert square.y[0] == pytest.approx(1950.0 / (sum(shares) / 2) * factor)
    assert square.y[0] + square.error_y.array[0] == pytest.approx(1950.0 / min(shares) * factor)
    assert square.y[0] - square.error_y.arrayminus[0] == pytest.approx(1950.0 / max(shares) * factor)
    assert square.x[0] < signs(chart.figure, "diamond-open")[0].x[0] == 2025.0
    assert any(said in text for text in written(chart.figure))
    assert any(note.startswith("□ ") for note in chart.heading.notes)


def test_no_estimate_where_it_is_refused(board_on, words_in):
    """A year under way whose estimate is refused leaves no square and no sentence about one."""
    chart = chart_of(board_on(EVE), "SY-4", words_in("en"))
    assert isinstance(board_on(EVE).verdicts["SY-4"].within.full_year, Refusal)
    assert not signs(chart.figure, "square-open")
    assert not [note for note in chart.heading.notes if note.startswith("□")]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_value_on_the_old_base_is_a_crossed_circle(board_on, words_in, day):
    """Where a level is carried over a break it is drawn open and crossed, joined to nothing, and named an estimate."""
    board = board_on(day)
    for target in LEVELS:
        carried, chart = board.verdicts[target].carried, chart_of(board, target, words_in("en"))
        drawn = signs(chart.figure, "circle-x-open")
        assert len(drawn) == (carried is not None)
        assert any(text.startswith("old base, estimate") for text in written(chart.figure)) == (carried is not None)
        assert any(note.startswith("⊗ CNY") and "on the old base" in note for note in chart.heading.notes) == (
            carried is not None
        )
        if carried is not None:
            place = (drawn[0].x[0], drawn[0].y[0])
            assert place == (carried.rates[-1].position, pytest.approx(carried.value / 10))
            assert drawn[0].mode == "markers"


def test_path_is_solid_up_to_the_break_and_faded_beyond(board_on, words_in):
    """From 2021 to the census of 2023 in full, from there to the target dashed and faint, with a note; before, none of it."""
    chart = chart_of(board_on(TODAY), "SY-4", words_in("en"))
    (solid,) = [trace for trace in chart.figure.data if trace.line.color == PATH]
    (faded,) = [trace for trace in chart.figure.data if trace.line.color == FAINT]
    assert (solid.x[0], solid.x[-1], faded.x[0], faded.x[-1]) == (2022.0, 2024.5, 2024.5, 2025.0)
    assert (solid.line.dash, faded.line.dash) == ("solid", "dash")
    assert solid.y[-1] == faded.y[0] == pytest.approx((7249.7 + 2750.3 * 2.5 / 3) / 10)
    assert [note for note in chart.heading.notes if "path on the old base" in note]
    before = chart_of(board_on(MIDDLE), "SY-4", words_in("en"))
    assert not [trace for trace in before.figure.data if trace.line.color == FAINT]
    assert not [note for note in before.heading.notes if "old base" in note]


@pytest.mark.parametrize(
    "traits", [{}, {"path": "constant_growth"}, {"path": "stated", "interim": (("2022", 9000.0), ("2023", 9500.0))}]
)
@pytest.mark.parametrize("breaks", [(), (Mark(2024.5, "census"),)])
def test_path_is_the_one_judged_by(board_on, words_in, traits, breaks):
    """Every point of it, and every point between two, is what the verdict expects there."""
    board = board_on(MIDDLE)
    target, verdict = replace(board.targets["SY-4"], **traits), board.verdicts["SY-4"]
    path, beyond = path_of(verdict, target, breaks, words_in("zh"))
    base, drawn = verdict.baseline, [*path, *beyond]
    assert bool(beyond) == bool(breaks)
    assert (drawn[0], drawn[-1]) == ((2022.0, 7249.7), (2025.0, 10000.0))
    for (x0, y0), (x1, y1) in pairwise(drawn):
        middle = expected_at(target, base.position, base.value, (x0 + x1) / 2)
        assert (y0 + y1) / 2 == pytest.approx(middle, rel=1e-4)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_picture_says_how_its_estimates_were_made(board_on, words_in, lang):
    """The file of Dalian's chart holds the sentence of the value carried over the census."""
    inside = " ".join(written(framed(chart_of(board_on(TODAY), "CO-4", words_in(lang)))))
    assert {"zh": "以旧基数8,752.9亿元", "en": "CNY 875.3 bn (2023) on the old base"}[lang] in inside


@pytest.mark.parametrize("target", ["SY-4", "CO-4"])
def test_bullet_draws_no_bar_across_a_break(board_on, words_in, target):
    """Across the census the bar starts at zero, not at the baseline, and no expectation is drawn; before it both are."""
    words = words_in("zh")
    drawn = {}
    for day in (MIDDLE, TODAY):
        board = board_on(day)
        figure = bullet_chart(board.verdicts[target], board.targets[target], words)
        drawn[day] = [shape.x0 for shape in figure.layout.shapes if shape.type == "rect"]
        assert figure.layout.height == 84
    assert len(drawn[MIDDLE]) == 3
    assert drawn[TODAY] == [0.0, 0.0]


def test_share_across_a_break_is_a_point_without_a_bar(board_on, words_in):
    """A share is not drawn from zero as an amount is: value and target stand as marks on a bare track."""
    board = board_on(TODAY)
    verdict = replace(board.verdicts["SY-6a"], marks=("series_break",))
    figure = bullet_chart(verdict, board.targets["SY-6a"], words_in("en"))
    assert len([shape for shape in figure.layout.shapes if shape.type == "rect"]) == 1
    (value,) = signs(figure, "circle")
    assert value.x[0] == 85.55
    assert "85.55%" in written(figure)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_nothing_unset_is_ever_written(board_on, words_in, day, lang):
    """No chart or bullet of any target says NaN, None or an unfilled hole, in labels, hover texts, notes or description."""
    board, words = board_on(day), words_in(lang)
    for code, target in board.targets.items():
        chart, bullet = trajectory_chart(board, target, words), bullet_chart(board.verdicts[code], target, words)
        texts = [bullet.to_json()] if bullet else []
        if chart:
            drawn = json.loads(chart.figure.to_json())
            hovers = [text for trace in drawn["data"] for text in trace.get("hovertext", [])]
            texts += [chart.alt, chart.heading.title, chart.heading.subtitle, *chart.heading.notes, *hovers]
            texts += [note["text"] for note in drawn["layout"]["annotations"]]
            assert "null" not in json.dumps([(trace["x"], trace["y"]) for trace in drawn["data"]])
        assert not [text for text in texts if re.search(r"\bnan\b|\bNone\b|NaN|\binf\b|\{\w*\}", text)]


def box_of(note, figure, width, height):
    """The room of a label of the upper part in points, with a plot of this size."""
    (left, right), (low, high) = figure.layout.xaxis.range, figure.layout.yaxis.range
    bottom, top = figure.layout.yaxis.domain
    x, y = (note.ax, note.ay) if note.showarrow else (note.x, note.y)
    x = (x - left) / (right - left) * width + (note.xshift or 0)
    y = (y - low) / (high - low) * height * (top - bottom) + (note.yshift or 0)
    lines = note.text.split("<br>")
    wide = max(sum(1.0 if ord(c) > 0x2E80 else 0.48 for c in line) for line in lines) * note.font.size
    tall = len(lines) * note.font.size * 1.2
    pad = 7 if note.showarrow else 0
    x0 = {"left": x + pad, "center": x - wide / 2, "right": x - wide - pad}[note.xanchor]
    y0 = {"bottom": y, "middle": y - tall / 2, "top": y - tall}[note.yanchor]
    return x0, y0, x0 + wide, y0 + tall


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_labels_cross_neither_each_other_nor_a_break(board_on, words_in, day, lang):
    """On a phone, a desktop and in the file no label of a shipped chart lies on another or on the upright mark of a break."""
    board, words = board_on(day), words_in(lang)
    for code in (*LEVELS, "SY-6b"):
        figure = chart_of(board, code, words).figure
        notes = [note for note in figure.layout.annotations if note.yref in (None, "y")]
        (left, right), walls = figure.layout.xaxis.range, [s.x0 for s in figure.layout.shapes if s.type == "line"]
        for width, height in ((278, 475), (1035, 475), (1052, 270)):
            boxes = [(note.text, box_of(note, figure, width, height)) for note in notes]
            for (text, a), (other, b) in combinations(boxes, 2):
                apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
                assert apart, (code, width, text, other)
            for text, box in boxes:
                places = [(wall - left) / (right - left) * width for wall in walls]
                assert not [place for place in places if box[0] < place < box[2]], (code, width, text)
                assert box[0] > -8, (code, width, text)
                assert box[2] < width + 8, (code, width, text)
