"""The sheet of a pair: sentences with figures of both sides, and who would publish what is missing."""

from __future__ import annotations

import pytest

from lib.export.briefing import write_briefing
from lib.export.pair import pair_lines, pair_table
from lib.i18n import LANGUAGES, load_texts
from lib.words import name_things

FIRST = "GDP, 2024: Liaoning CNY 3,261.3 bn, Jiangsu about CNY 13,700.0 bn; Liaoning lower by CNY 10,438.7 bn"


@pytest.fixture(scope="module", name="board")
def paired(board_on):
    """The plan that pairs regions."""
    return board_on(plan="CCP")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_holds_both_sides(board, lang):
    """A row an indicator; a gap only where both have a figure."""
    table = pair_table(board, ("210000", "320000"), name_things(board.tables, load_texts(lang)))
    first = table.iloc[0].tolist()
    assert any("13,700.0" in str(cell) or "137,000.0" in str(cell) for cell in first)
    assert 0 < (table.iloc[:, 4] != "").sum() < len(table)


def test_the_sheet_says_what_compares_and_who_would_publish_the_rest(board):
    """Level, gap, and the office of the side without figures."""
    lines = pair_lines(board, "PAIR1", name_things(board.tables, load_texts("en")))
    assert lines[0].startswith(FIRST)
    assert any("No data of Jiangsu" in line and "statistics office" in line for line in lines)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_briefing_of_a_pair_is_its_evaluation_sheet(board, board_on, lang):
    """The pair's own yearly cycle and the comparison stand in one file."""
    words = name_things(board.tables, load_texts(lang))
    sheet = write_briefing(board, board_on(plan="CCP"), words, "PAIR1")
    assert words.texts("pair.sheet") in [section.heading for section in sheet.sections]
    assert len(sheet.scoreboard) == 4
    whole = write_briefing(board, board_on(plan="CCP"), words)
    assert words.texts("pair.sheet") not in [section.heading for section in whole.sections]
