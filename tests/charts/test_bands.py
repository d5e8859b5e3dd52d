"""Every cut-off is drawn once with its word, and what a rule leaves out is named."""

from __future__ import annotations

import re

import pytest
from streamlit.elements.lib import streamlit_plotly_theme

from lib.charts.bands import (
    GROUPS,
    STRONG,
    Stretch,
    bands_chart,
    bands_table,
    category_words,
    hole_sentences,
    range_words,
    stretches,
)
from lib.charts.frame import framed
from lib.i18n import LANGUAGES
from lib.verdict.methods.bands import Overlap, check
from lib.verdict.methods.catalogue import ALL_BANDS

HOLED = {"yinchuan": 1, "tianjin_investment": 1, "niti": 3}


def written(chart):
    """Every word of a chart, line ends as spaces."""
    return [note.text.replace("<br>", " ").replace("&lt;", "<") for note in chart.figure.layout.annotations]


def squeeze(text):
    """A text without spaces: Chinese words are broken between any two characters."""
    return re.sub(r"\s", "", text)


def test_every_set_of_bands_is_in_a_group():
    """No published rule is left undrawn, and ours is drawn alone and among the others."""
    assert {key for keys in GROUPS.values() for key in keys} == set(ALL_BANDS)
    assert GROUPS["ours"] == ("pace",)


@pytest.mark.parametrize("key", ALL_BANDS)
def test_stretches_are_the_bands_and_their_holes_in_order(key):
    """What is drawn of a rule is each band once, each hole once, from low to high, and no value is drawn twice."""
    pieces = stretches(ALL_BANDS[key])
    assert sorted(p.category for p in pieces if not p.is_hole) == sorted(b.category for b in ALL_BANDS[key])
    assert sum(p.is_hole for p in pieces) == HOLED.get(key, 0)
    assert [(p.low, p.high) for p in pieces] == sorted((p.low, p.high) for p in pieces)
    assert not [f for f in check(ALL_BANDS[key], ALL_BANDS[key].low, ALL_BANDS[key].high) if isinstance(f, Overlap)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("group", GROUPS)
def test_every_band_is_drawn_with_its_word(group, lang, words_in):
    """Each rule has its name, each band its word and each hole "not covered", in both languages."""
    words = words_in(lang)
    chart = bands_chart(group, words)
    texts = [squeeze(text) for text in written(chart)]
    for key in GROUPS[group]:
        assert squeeze(words.texts(f"bands.line.{key}")) in texts
        for band in ALL_BANDS[key]:
            assert squeeze(category_words(band.category, key, words)) in texts
    holes = sum(HOLED.get(key, 0) for key in GROUPS[group])
    assert texts.count(squeeze({"en": "not covered", "zh": "未规定"}[lang])) == holes
    assert len(bands_table(group, words)) == sum(len(stretches(ALL_BANDS[key])) for key in GROUPS[group])


def test_holes_are_hatched_and_bands_are_not(words_in):
    """A hole has a pattern and no edge in a colour; five holes in the lamp rules."""
    bars = bands_chart("lamps", words_in("en")).figure.data
    hatched = [bar for bar in bars if bar.marker.pattern.shape == "/"]
    assert sum(len(bar.x) for bar in hatched) == 5
    named = sum(len(list(ALL_BANDS[key])) for key in GROUPS["lamps"])
    assert sum(len(bar.x) for bar in bars) == 5 + 2 * named


def test_the_colours_follow_what_a_reader_takes_a_word_for(words_in):
    """Our four statuses have their own colours from left to right, and the words stand on them."""
    chart = bands_chart("ours", words_in("en"))
    assert list(chart.figure.data[0].marker.color) == ["#8E1B3A", "#D4531C", "#B57B00", "#2F7FC1"]
    assert written(chart) == [
        "This tracker: pace ratio",
        *("Moving away", "Off track", "At risk", "On track"),
        "0",
        "0.60",
        "0.95",
    ]


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("yinchuan", "Yinchuan: the published rule says nothing of −10 < x < 0."),
        (
            "tianjin_investment",
            "Tianjin, investment (example: plan 6 %, city average 5 %): the published rule says nothing of x = 0.",
        ),
        ("niti", "NITI Aayog: the published rule says nothing of 49 < x < 50, 64 < x < 65, 99 < x < 100."),
    ],
)
def test_holes_are_named_in_a_sentence(key, sentence, words_in):
    """The values without a word are the ones that the check of the bands finds."""
    assert hole_sentences((key,), words_in("en")) == [sentence]


def test_rules_without_a_hole_say_so(words_in):
    """Where nothing is left out the chart says that it was checked."""
    assert hole_sentences(GROUPS["with_target"], words_in("en")) == []
    assert (
        bands_chart("with_target", words_in("en")).heading.notes[0]
        == "Checked by program: every value has exactly one word."
    )


@pytest.mark.parametrize(
    ("stretch", "unit", "text"),
    [
        (Stretch("x", float("-inf"), 0.0, low_closed=True, high_closed=False), "ratio", "x < 0"),
        (Stretch("x", 0.6, 0.95, low_closed=True, high_closed=False), "ratio", "0.60 ≤ x < 0.95"),
        (Stretch("x", 0.05, 0.2, low_closed=False, high_closed=True), "share", "5% < x ≤ 20%"),
        (Stretch("x", 0.015, float("inf"), low_closed=True, high_closed=False), "growth", "x ≥ 1.5%"),
        (Stretch("x", -30.0, float("inf"), low_closed=False, high_closed=False), "points", "x > −30"),
        (Stretch("x", 100.0, 100.0, low_closed=True, high_closed=True), "score", "x = 100"),
    ],
)
def test_ranges_say_which_end_belongs_to_them(stretch, unit, text):
    """An end that belongs to a band is written with ≤ or ≥, in the publisher's unit."""
    assert range_words(stretch, unit) == text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("group", GROUPS)
def test_the_file_carries_heading_and_sources(group, lang, words_in):
    """The picture as saved holds title and sources, and its subtitle fits the width."""
    chart = bands_chart(group, words_in(lang))
    texts = " ".join(note.text for note in framed(chart).layout.annotations)
    assert chart.heading.subtitle in texts
    assert {"en": "Sources: ", "zh": "资料来源："}[lang] in texts
    assert len(chart.heading.subtitle) < 100


def test_words_take_the_page_s_strongest_colour():
    """The colour that the page replaces by that of its theme is the one we write."""
    assert streamlit_plotly_theme.GRAY_90 == STRONG
