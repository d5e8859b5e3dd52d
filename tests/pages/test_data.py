"""The page of all figures: what the filters leave, and what the address keeps."""

from __future__ import annotations

import pytest


def shown(visitor):
    """The table on the page."""
    return visitor.dataframe[0].value


def test_every_figure_is_there(visit, said, shipped_board):
    """Without a filter the page holds every vintage known."""
    page = visit("data", "en")
    assert not page.exception
    assert len(shown(page)) == len(shipped_board.known)
    assert f"**{len(shipped_board.known)}** of {len(shipped_board.known)} figures" in said(page)


def test_the_address_filters(visit, shipped_board):
    """Region, indicator and the vintages in use, as a copied link has them."""
    page = visit("data", "zh", region="210100", indicator="gdp", used="1")
    figures = shipped_board.figures
    wanted = figures[(figures["region"] == "210100") & (figures["indicator"] == "gdp") & ~figures["derived"]]
    assert sorted(shown(page)["数值"]) == sorted(wanted["value"])
    assert set(shown(page)["地区"]) == {"沈阳市"}


@pytest.mark.parametrize("words", ["沈阳 2024", "2024 沈阳", "8122.1", "8,122.1"])
def test_every_word_looked_for_occurs(visit, shipped_board, words):
    """In whatever order, as written in the source or as a number."""
    page = visit("data", "en", q=words)
    known = shipped_board.known
    if words.startswith("8"):
        assert 8122.1 in set(shown(page)["Value"])
    else:
        assert 0 < len(shown(page)) < len(known)


def test_nothing_found_says_so(visit, said):
    """With the next step; what is offered of the whole day stays."""
    page = visit("data", "zh", q="没有这样的来源")
    assert "没有符合条件的数据" in said(page)
    assert "当日全部数据" in said(page)


@pytest.mark.parametrize(("lang", "words"), [("en", "is in the history"), ("zh", "见历史记录")])
def test_it_says_whose_figures_stand_elsewhere(visit, said, lang, words):
    """The tables name regions that no plan speaks of: their figures can be uploaded, but are not here."""
    assert words in said(visit("data", lang))


def test_periods_stand_in_the_order_of_time(visit):
    """October comes after the half-year."""
    periods = list(shown(visit("data", "en", region="000000", indicator="fai_growth"))["Period"])
    assert periods.index("2020Q2") < periods.index("2020M10")


def test_a_choice_enters_the_address(visit):
    """So that the link can be shared."""
    page = visit("data", "en")
    page.text_input[0].set_value("census").run()
    page.toggle[0].set_value(True).run()
    assert {**page.query_params} == {"lang": "en", "q": "census", "used": "1"}
