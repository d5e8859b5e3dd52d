"""What leaves the page carries its title, sources and date, needs no network and runs nobody's text."""

from __future__ import annotations

import json

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.charts.build import trajectory_chart
from lib.charts.frame import HEIGHT, PLOT_HEIGHT, WIDTH, Chart, Heading, framed, plain_layout, plot_text, wrap_line
from lib.charts.indicator import indicator_map, multiples_chart, periods_of, ranking_chart
from lib.charts.overview import map_chart

HOSTILE = "<a href='javascript:alert(1)'>x</a> $x^2$ <img src=http://evil/> &lt;b&gt;"
NEEDING_NETWORK = ("geo", "mapbox", "map", "choropleth", "scattergeo", "scattermapbox", "tile")


def all_charts(board, words, boundaries):
    """Every kind of chart that the pages show."""
    charts = [trajectory_chart(board, target, words) for target in board.targets.values()]
    charts.append(map_chart(board, boundaries, words))
    for indicator in ("gdp", "gdp_growth_real", "urbanization_rate"):
        periods = periods_of(board, indicator)
        charts += [
            ranking_chart(board, indicator, next(iter(periods.values())), words),
            indicator_map(board, boundaries, indicator, next(iter(periods.values())), words),
            multiples_chart(board, indicator, words),
        ]
    return [chart for chart in charts if chart is not None]


@pytest.fixture(scope="module")
def boundaries(ROOT):
    """The shipped boundaries."""
    return (ROOT / "data/geo/prefectures.geojson").read_text(encoding="utf-8")


def texts_of(figure):
    """The texts written into a figure, joined as they are read."""
    return "\n".join(note.text.replace("<br>", "") for note in figure.layout.annotations)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_framed_chart_carries_title_sources_and_day(shipped_board, words_in, boundaries, lang):
    """Each chart's file holds its title, subtitle, every source line and the day of its data on white paper."""
    day = {"zh": "数据截至2026年11月22日。", "en": "As known on 22 Nov 2026."}[lang]
    charts = all_charts(shipped_board, words_in(lang), boundaries)
    assert len(charts) >= 10
    for chart in charts:
        figure = framed(chart)
        inside = texts_of(figure).replace(" ", "")
        for text in (chart.heading.title, chart.heading.subtitle, *chart.heading.notes, day):
            assert plot_text(text).replace(" ", "") in inside
        margin = figure.layout.margin
        assert (figure.layout.width, figure.layout.height >= HEIGHT) == (WIDTH, True)
        assert figure.layout.height - margin.t - margin.b >= chart.room >= PLOT_HEIGHT
        assert figure.layout.paper_bgcolor == "#FFFFFF"


def test_framing_leaves_the_chart_on_the_page_alone(shipped_board, words_in, boundaries):
    """The chart that a visitor looks at does not get the title of the file."""
    chart = map_chart(shipped_board, boundaries, words_in("en"))
    before = chart.figure.to_json()
    framed(chart)
    assert chart.figure.to_json() == before


def test_no_chart_asks_for_a_map_from_elsewhere(shipped_board, words_in, boundaries):
    """No trace or layout is of a kind that loads tiles or a world map from the network."""
    for chart in all_charts(shipped_board, words_in("en"), boundaries):
        drawn = json.loads(chart.figure.to_json())
        assert {trace["type"] for trace in drawn["data"]} <= {"scatter", "bar"}
        assert not [key for key in drawn["layout"] if key.startswith(NEEDING_NETWORK)]
        assert "http" not in json.dumps([drawn["layout"], [trace.get("type") for trace in drawn["data"]]])


def test_every_chart_is_described_to_those_who_cannot_see_it(shipped_board, words_in, boundaries):
    """Each chart has an alternative text of its own."""
    alts = [chart.alt for chart in all_charts(shipped_board, words_in("zh"), boundaries)]
    assert all(len(alt) > 10 for alt in alts)
    assert len(set(alts)) == len(alts)


def test_hostile_text_is_inert_in_the_frame():
    """Links, tags and formulas in a title, subtitle or source are letters in the file."""
    chart = Chart(go.Figure(layout=plain_layout(300)), Heading(HOSTILE, HOSTILE, (HOSTILE,)), "")
    for note in framed(chart).layout.annotations:
        text = note.text.replace("<b>", "").replace("</b>", "").replace("<br>", "")
        assert "<" not in text
        assert "$" not in text
        assert "&lt;a href=" in text
        assert "&amp;lt;b" in text


@given(st.text())
def test_plot_text_leaves_no_tag_and_no_formula(text):
    """Whatever a cell holds, the only tag that plotly meets is our own line break."""
    written = plot_text(text)
    assert "$" not in written
    assert "<" not in written.replace("<br>", "")
    assert written.count("<br>") == text.count("\n")


@given(st.text(alphabet=st.characters(categories=("Lu", "Ll", "Lo", "Nd")), max_size=300), st.integers(20, 150))
def test_wrapped_line_loses_nothing(text, columns):
    """Breaking a title into lines keeps every character in order."""
    assert "".join(wrap_line(text, columns)) == text


def test_long_chinese_title_is_broken():
    """Lines of Chinese are counted in double width, so a long title stays on the paper."""
    lines = wrap_line("沈阳市地区生产总值到期时为九千零二十七亿元" * 4, 40)
    assert all(len(line) <= 20 for line in lines)
    assert len(lines) >= 4
