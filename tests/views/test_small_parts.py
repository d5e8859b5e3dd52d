"""The parts of pages that can be tried without a page: badges, headline, quarter ends, sentences grouped."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from lib.i18n import load_texts
from lib.schema import Status
from lib.summary import headline, last_quarter_end
from lib.verdict.board import READINGS_DIFFER
from lib.views.evidence import linked
from lib.views.scoreboard import by_subject
from lib.views.shell import View
from lib.views.status import badge


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_two_statuses_look_or_read_alike(lang):
    """A status is told by its sign and by its word, so that nobody depends on the colour."""
    badges = [badge(status, load_texts(lang)) for status in (*Status, READINGS_DIFFER)]
    inside = [text.split("[")[1].rstrip("]") for text in badges]
    assert len({text.split(" ")[0] for text in inside}) == len(badges)
    assert len({text.split(" ", 1)[1] for text in inside}) == len(badges)


def test_no_colour_comes_from_missing_data():
    """No data, not judged, not due and differing readings are grey; nothing else is."""
    grey = {status for status in (*Status, READINGS_DIFFER) if badge(status, load_texts("en")).startswith(":gray-")}
    assert grey == {Status.NO_DATA, Status.NOT_JUDGED, Status.NOT_DUE, READINGS_DIFFER}


def test_badge_counts():
    """A count stands between sign and word."""
    assert badge(Status.MISSED, load_texts("zh"), count=3) == ":violet-badge[✖ 3 未达成]"


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({}, "Of the 0 targets of One circle, one belt, two zones, none can be judged"),
        ({Status.NO_DATA: 25}, "Of the 25 targets of One circle, one belt, two zones, none can be judged"),
        ({Status.MISSED: 2}, "Of the 2 targets of One circle, one belt, two zones: 2 missed."),
        (
            {Status.MISSED: 1, Status.NOT_JUDGED: 1, Status.NO_DATA: 3},
            "Of the 5 targets of One circle, one belt, two zones: 1 missed. 4 cannot be judged",
        ),
        (
            {Status.ACHIEVED: 1, Status.AT_RISK: 2},
            "Of the 3 targets of One circle, one belt, two zones: 1 achieved, 2 at risk.",
        ),
    ],
)
def test_headline_counts_what_is_judged_and_what_is_not(words_in, counts, sentence):
    """The headline names every status that occurs and says how many targets cannot be judged."""
    assert headline(Counter(counts), words_in("en")).startswith(sentence)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 11, 22), date(2026, 9, 30)),
        (date(2026, 1, 1), date(2025, 12, 31)),
        (date(2026, 3, 31), date(2025, 12, 31)),
        (date(2026, 4, 1), date(2026, 3, 31)),
    ],
)
def test_since_last_quarter_means_since_its_last_day(day, end):
    """What changed is counted from the last day of the quarter before."""
    assert last_quarter_end(day) == end


def test_readings_of_a_sentence_stay_together(shipped_board, words_in):
    """The 25 sentences stand under five headings, numbers before milestones, both readings of a sentence in one place."""
    grouped = by_subject(View("overview", load_texts("en"), words_in("en"), shipped_board))
    assert list(grouped) == ["SY", "CO", "WL", "EL", "210000"]
    assert sum(map(len, grouped.values())) == 25
    assert [len(readings) for readings in grouped["SY"]] == [1, 1, 2, 2, 1, 1]
    for sentences in grouped.values():
        kinds = [readings[0].kind == "milestone" for readings in sentences]
        assert kinds == sorted(kinds)


def test_source_is_linked_only_where_we_may():
    """A source without an address is text; markup in its name stays text either way."""
    assert linked("Bureau", "") == "Bureau"
    assert linked("Bureau", "https://tjj.ln.gov.cn") == "[Bureau](https://tjj.ln.gov.cn)"
    assert linked("a](http://evil) <b>", "") == "a\\]\\(http\\://\N{WORD JOINER}evil\\) \\<b\\>"
    assert linked("Bureau", "http://x/)![K](http://evil/p.png") == "[Bureau](http://x/%29!%5BK%5D%28http://evil/p.png)"
