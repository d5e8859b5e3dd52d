"""The briefing: what it says, and that page and document say it all, read by other libraries."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import pytest

from lib.export.briefing import write_briefing
from lib.export.briefing_page import to_page
from lib.export.document import to_document
from lib.summary import headline

CIRCLE = "SY"
LANGUAGES = ("en", "zh")
# One pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


class Reader(HTMLParser):
    """The words of a page outside its scripts, and every address that it would fetch."""

    def __init__(self):
        """Start with nothing read."""
        super().__init__()
        self.words, self.fetched, self.silent = [], [], False

    def handle_starttag(self, tag, attrs):
        """Note what a tag loads, and where words are not for readers."""
        self.silent = tag in ("script", "style")
        self.fetched += [value for name, value in attrs if name in ("src", "href") and value]

    def handle_data(self, data):
        """Collect words."""
        if not self.silent:
            self.words.append(data)


@pytest.fixture(scope="module")
def before(board_on):
    """The board of an earlier quarter's end, when Dalian's trillion was not known."""
    return board_on(date(2025, 12, 31))


@pytest.fixture(scope="module", params=[(lang, region) for lang in LANGUAGES for region in ("", CIRCLE)])
def briefing(request, shipped_board, before, words_in):
    """The briefing of the plan and of a region in each language."""
    lang, region = request.param
    return write_briefing(shipped_board, before, words_in(lang), region)


def every_line(briefing):
    """All sentences of a briefing."""
    parts = [briefing.findings, *briefing.sections]
    cells = [cell for row in briefing.scoreboard.itertuples(index=False) for cell in row]
    lines = [line for part in parts for line in (part.heading, *part.lines)]
    return [briefing.title, briefing.subtitle, briefing.answer, *map(str, cells), *lines]


def squeezed(text):
    """Text without blanks, in which formats differ."""
    return re.sub(r"\s+", "", text)


def test_the_plan_answers_as_the_overview_does(shipped_board, before, words_in):
    """One sentence, the same everywhere."""
    for lang in LANGUAGES:
        words = words_in(lang)
        assert write_briefing(shipped_board, before, words).answer == headline(shipped_board.tally(), words)


def test_a_region_names_its_own_targets_only(shipped_board, before, words_in):
    """Shenyang's GDP stands under the circle, Dalian's does not."""
    scoreboard = write_briefing(shipped_board, before, words_in("en"), CIRCLE).scoreboard
    names = [name.split()[0] for name in scoreboard.iloc[:, 0]]
    assert "SY-4" in names
    assert not [name for name in names if name.startswith("CO")]


def test_what_changed_is_said_with_its_cause(shipped_board, before, words_in):
    """Dalian's trillion of 2025 came after the quarter's end."""
    changes = write_briefing(shipped_board, before, words_in("en")).sections[0]
    assert any(line.startswith("CO-4: Missed → Achieved late.") for line in changes.lines), changes.lines


def test_the_page_says_everything_and_fetches_nothing(briefing):
    """Self-contained: no address in any tag."""
    reader = Reader()
    reader.feed(to_page(briefing).decode())
    text = squeezed("".join(reader.words))
    assert not reader.fetched
    assert not [line for line in every_line(briefing) if squeezed(line) not in text]


def test_the_page_has_a_figure_for_each_chart(briefing):
    """With what it shows for those who cannot see it."""
    page = to_page(briefing).decode()
    assert page.count("<figure ") == len(briefing.charts) > 0
    assert page.count('role="img" aria-label=') == len(briefing.charts)


def test_the_document_says_everything(briefing, shipped_board):
    """Read by a converter that nobody here wrote."""
    mammoth = pytest.importorskip("mammoth")
    text = mammoth.extract_raw_text(BytesIO(to_document(briefing, shipped_board.as_of))).value
    assert not [line for line in every_line(briefing) if squeezed(line) not in squeezed(text)]
    assert all(squeezed(chart.alt) in squeezed(text) for chart in briefing.charts.values())


def test_a_picture_stands_for_the_words_of_its_chart(briefing, shipped_board):
    """Where the server can draw, the document shows it."""
    name = next(iter(briefing.charts))
    with ZipFile(BytesIO(to_document(briefing, shipped_board.as_of, {name: PNG}))) as archive:
        assert PNG in [archive.read(entry) for entry in archive.namelist() if entry.startswith("word/media/")]


def test_markup_in_a_source_stays_text(shipped_board, before, words_in):
    """Whatever an upload calls its source, a page only shows it."""
    briefing = write_briefing(shipped_board, before, words_in("en"), CIRCLE)
    hostile = "<script>window.ran = 1</script><img src=x onerror=alert(1)>"
    section = briefing.sections[-2].__class__("Sources", (hostile,))
    page = to_page(briefing.__class__(**{**vars(briefing), "sections": (section,)})).decode()
    assert hostile not in page
    assert "&lt;script&gt;window.ran" in page
