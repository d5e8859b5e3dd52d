"""What lies behind a verdict is worded in full, in both languages, with the numbers that the verdict holds."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest

from lib.explain import (
    carried_sentence,
    change_sentence,
    forecast_sentence,
    opinion_row,
    opinions_sentence,
    reported_sentence,
    required_sentence,
    steps_of,
    within_lines,
)
from lib.i18n import LANGUAGES, load_texts
from lib.verdict.causes import Cause, changes_between
from lib.verdict.methods.reading import Category, Outlook
from lib.verdict.opinions import ASKED
from lib.verdict.within_year import within_year

DAYS = [
    date(2022, 12, 31),
    date(2023, 12, 31),
    date(2024, 6, 30),
    date(2024, 12, 31),
    date(2025, 6, 30),
    date(2026, 11, 22),
]
UNWORDED = re.compile(r"[{}]|None|\bnan\b|\binf\b")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_everything_behind_every_verdict_is_worded(board_on, words_in, day, lang):
    """No step, mark, opinion or number of any target on any of the days meets a missing word or an empty hole."""
    board, words = board_on(day), words_in(lang)
    for name, verdict in board.verdicts.items():
        target = board.targets[name]
        said = [
            *steps_of(verdict, target, words),
            *(text for opinion in verdict.opinions for text in opinion_row(opinion, words).values()),
            *(words.texts(f"mark.{mark}") for mark in verdict.marks),
            *within_lines(verdict.within, words),
            required_sentence(verdict, target, words),
            forecast_sentence(verdict, target, words),
            carried_sentence(verdict, target, words),
            reported_sentence(verdict.reported, target.indicator, words),
            opinions_sentence(verdict, words),
        ]
        assert not [text for text in said if UNWORDED.search(text)]
        assert verdict.trace


def test_the_steps_of_shenyang_can_be_recomputed(board_on, words_in):
    """The page shows the whole sum: (812.2 - 725.0) / (1000 - 725.0) = 31.7 %, over 66.7 % is 0.48."""
    board, words = board_on(date(2024, 6, 30)), words_in("en")
    steps = steps_of(board.verdicts["SY-4"], board.targets["SY-4"], words)
    assert "Gap closed: (CNY 812.2 bn − CNY 725.0 bn) ÷ (CNY 1 tn − CNY 725.0 bn) = 31.7%." in steps
    assert "Pace ratio: 31.7% closed ÷ 66.7% asked for by the path = 0.48." in steps
    assert steps[0].startswith(
        "Shenyang, GDP, 2021: CNY 725.0 bn (Status not stated; read on a page of 31 Jan 2023; counts as known from 1 Mar 2022"
    )


def test_across_the_census_the_range_is_said(board_on, words_in):
    """8,122.1 grown by the published 5.2 % is 8,544.4: 47.1 % of the gap on the old base, 64.6 % on the new."""
    board, words = board_on(), words_in("zh")
    sentence = carried_sentence(board.verdicts["SY-4"], board.targets["SY-4"], words)
    assert all(number in sentence for number in ("8,122.1亿元", "5.2%", "8,544.4亿元", "47.1%", "64.6%"))
    assert opinions_sentence(board.verdicts["SY-4"], words) == words.texts("opinion.not_across_break")


def test_methods_that_disagree_are_counted(board_on, words_in):
    """Dalian at the end of 2023: our pace of 0.943 is at risk, while the growth ratio of 1.03 is on track."""
    verdict = board_on(date(2023, 12, 31)).verdicts["CO-4"]
    assert verdict.pace == pytest.approx(0.9432, abs=1e-4)
    assert (verdict.status, "methods_disagree" in verdict.marks) == ("at_risk", True)
    assert opinions_sentence(verdict, words_in("en")) == (
        "3 of 4 published methods call it on track; our verdict is “At risk”."
    )


def test_the_year_under_way_of_the_nation(board_on, words_in):
    """Nation, first half of 2025: beside the same half of 2024 and its published growth; no total across the census."""
    board = board_on(date(2025, 8, 1))
    within = within_year(
        board.cumulative("000000", "gdp"), board.yearly("000000", "gdp"), board.cumulative("000000", "gdp_growth_real"),
        is_growth=False, is_flow=True,
    )  # fmt: skip
    lines = within_lines(within, words_in("en"))
    assert lines[0].endswith("Published growth 5.3%.")
    assert any("the series breaks between" in line for line in lines)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_change_is_worded_with_its_cause(board_on, words_in, lang):
    """Between the fixed days every change of status has a sentence, and figures are named where they made it."""
    boards = [board_on(day) for day in DAYS]
    changes = [change for pair in pairwise(boards) for change in changes_between(*pair)]
    sentences = [change_sentence(change, words_in(lang)) for change in changes]
    assert len(changes) > 20
    assert not [text for text in sentences if UNWORDED.search(text)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_behind_a_verdict_is_worded(lang):
    """Methods, their words, outlooks and causes all stand in the catalogues."""
    entries = load_texts(lang).entries
    methods = {
        "open_sdg", "eurostat", "destatis", "un_chart", "escap", "time_progress", "open_sdg_without_target",
        "eurostat_without_target", "un_chart_without_target", "destatis_direction", "destatis_every_year",
        "destatis_difference",
    }  # fmt: skip
    wanted = {f"opinion.{method}.{part}" for method in methods for part in ("name", "measure")}
    wanted |= {f"category.{category}" for category in Category} | {f"outlook.{outlook}" for outlook in Outlook}
    wanted |= {f"cause.{cause}" for cause in Cause}
    assert wanted - set(entries) == set()
    assert ASKED
