"""What is shown of a board and how it is told: selections, the stops of the slider, trends, what came in."""

from __future__ import annotations

from datetime import date

import pytest

from lib.schema import Kind, Status
from lib.summary import Selection, news, pick_stops, trend_words
from lib.verdict.days import ChangeDay
from lib.verdict.trend import Direction, Trend, trend_of

DAY = date(2026, 9, 30)


def kept(board, **chosen):
    """The sentences that a selection shows."""
    selection = Selection(**chosen)
    return [name for name, readings in board.sentences().items() if selection.keeps(board, readings)]


def test_without_a_choice_every_sentence_is_shown(shipped_board):
    """Nothing chosen leaves all 25 in, and says so."""
    assert len(kept(shipped_board)) == 25
    assert not Selection()
    assert Selection(kinds=["level"])


def test_a_status_counts_as_the_headline_counts_it(shipped_board):
    """As many sentences are shown for a status as the headline counts under it; each is shown under one only."""
    tally = shipped_board.tally()
    assert {status: len(kept(shipped_board, statuses=[status])) for status in tally} == dict(tally)


def test_conditions_narrow_and_choices_of_one_widen(shipped_board):
    """Two regions show more than one of them; a kind on top shows fewer."""
    one, two = kept(shipped_board, subjects=["WL"]), kept(shipped_board, subjects=["WL", "SY"])
    assert set(one) < set(two)
    assert kept(shipped_board, subjects=["WL"], kinds=[Kind.MILESTONE]) == ["WL-1"]
    assert kept(shipped_board, subjects=["WL"], statuses=[Status.ACHIEVED]) == []


def test_stops_keep_the_verdicts_first():
    """Where there are too many days, those that only brought figures go, the oldest first; the order stays."""
    changes = [ChangeDay(date(2024, 1, day), ("T",) if day % 2 else (), ("T",)) for day in range(1, 9)]
    assert pick_stops(changes, 8) == changes
    assert [change.day.day for change in pick_stops(changes, 5)] == [1, 3, 5, 7, 8]
    assert [change.day.day for change in pick_stops(changes, 2)] == [5, 7]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_directions_differ_in_shape_and_word(words_in, lang):
    """A trend is told by its sign and by its word, so that nobody depends on a colour."""
    told = [trend_words(Trend(direction), DAY, words_in(lang)) for direction in Direction]
    assert len({text[0] for text in told}) == len({text[1:] for text in told}) == len(Direction)


def test_a_trend_names_the_figure_before(board_on, words_in):
    """Dalian's new figure of January 2026 against that of the quarter before, in words; across a break without a difference."""
    words = words_in("en")
    late = trend_of(board_on(date(2025, 12, 31)).verdicts["CO-4"], board_on(date(2026, 1, 23)).verdicts["CO-4"])
    assert trend_words(late, DAY, words).startswith(
        "↗ Better than on 30 Sep 2026; figure CNY +48.5 bn on CNY 951.7 bn (2024)"
    )
    census = trend_of(board_on(date(2024, 12, 31)).verdicts["SY-4"], board_on(date(2025, 3, 31)).verdicts["SY-4"])
    assert "↘ Worse" in trend_words(census, DAY, words)
    assert "on another base" in trend_words(census, DAY, words)


def test_news_names_the_figures_of_targets(board_on, words_in):
    """What came in between two days is counted, and the targets' own series are named; nothing is said where nothing came."""
    text = news(board_on(date(2026, 1, 22)), board_on(date(2026, 1, 23)), words_in("en"))
    assert "GDP of Dalian (2025)" in text
    assert news(board_on(date(2025, 6, 30)), board_on(date(2025, 6, 30)), words_in("en")) == ""
