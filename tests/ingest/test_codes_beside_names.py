"""A column of codes beside a column of names: the tracker's own files have both, and they must agree."""

from __future__ import annotations

from datetime import date

import pytest

from lib.export.figures import figures_table, in_order
from lib.export.table import to_csv
from lib.i18n import load_texts
from lib.ingest.spans import read_qualifier, read_span, read_status
from lib.intake import check_upload, is_held
from lib.schema import Basis, Nature, Vintage

HEAD = "地区,地区代码,指标,指标代码,时期,数值,单位\n"


def errors(checked):
    """The codes of the errors."""
    return [item.code for item in checked.problems if item.severity == "error"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_figures_taken_away_come_back_unchanged(shipped_board, words_in, lang):
    """The file of the page of data is understood as it stands, and every figure of it is held already."""
    raw = to_csv(figures_table(in_order(shipped_board.known), words_in(lang)))
    checked = check_upload(raw, shipped_board.tables, today=date(2026, 11, 22), known=shipped_board.known)
    assert errors(checked) == []
    assert len(checked.rows) == len(shipped_board.known)
    assert is_held(checked.rows, shipped_board.known).all()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_word_that_is_written_is_read(lang):
    """Basis, status and qualifier as the files spell them."""
    texts = load_texts(lang)
    natures = {Basis.POINT: Nature.STOCK}
    for basis in Basis:
        period = "2024" if basis is Basis.ANNUAL else "2024Q3"
        nature = natures.get(basis, Nature.FLOW)
        assert read_span(period, texts(f"basis.{basis}"), nature, cumulative=False).basis == basis
    assert [read_status(texts(f"vintage.{status}")) for status in Vintage] == list(Vintage)
    assert [read_qualifier(texts(f"qualified.{code}")) for code in ("about", "at_least")] == ["about", "at_least"]


def test_a_code_that_says_something_else_than_the_name_is_refused(check):
    """Neither is taken: one of them was changed and the other forgotten."""
    checked = check(f"{HEAD}沈阳市,210200,地区生产总值,gdp,2024,9027.1,亿元\n")
    assert errors(checked) == ["code_and_name_differ"]
    assert "210200" in checked.problems[0].hint["stated"]
    assert checked.rows.empty


@pytest.mark.parametrize("name", ["朝阳", "", "沈阳人民"])
def test_a_code_says_what_the_name_leaves_open(check, name):
    """A name of two regions, none, or one that is not known."""
    checked = check(f"{HEAD}{name},211300,地区生产总值,gdp,2024,970.1,亿元\n")
    assert errors(checked) == []
    assert list(checked.rows["region"]) == ["211300"]


def test_two_columns_of_names_are_still_one_too_many(check):
    """Only a column of codes may stand beside one of names."""
    checked = check("地区,城市,指标,时期,数值,单位\n沈阳市,沈阳市,地区生产总值,2024,9027.1,亿元\n")
    assert "header_duplicate" in errors(checked)
