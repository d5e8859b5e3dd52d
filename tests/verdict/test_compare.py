"""Regions are compared only where period, basis and vintage are the same."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.schema import Basis, Vintage
from lib.verdict.compare import BREAK_BETWEEN, VINTAGE_DIFFERS, VINTAGES, compare_regions

SHENYANG, DALIAN, PROVINCE, NATION = "210100", "210200", "210000", "000000"
YEARS = (Basis.ANNUAL, Basis.POINT)


def by_period(rows):
    """Rows by period."""
    return {row.period: row for row in rows}


def test_each_row_has_one_period_basis_and_vintage(shipped_board):
    """Whatever is compared is alike."""
    kinds = {vintage: place for place, kind in enumerate(VINTAGES) for vintage in kind}
    for indicator in ("gdp", "gdp_growth_real", "trade_total"):
        rows = compare_regions(shipped_board, indicator, (SHENYANG, DALIAN, PROVINCE), (*YEARS, Basis.YTD))
        assert rows
        for row in rows:
            assert {(f.period, str(f.basis), f.unit) for f in row.figures} == {
                (row.period, row.basis, row.figures[0].unit)
            }
            alike = len({kinds[Vintage(figure.status)] for figure in row.figures}) == 1
            assert alike or row.refused == VINTAGE_DIFFERS


def test_a_common_vintage_is_found_where_one_was_revised(shipped_board):
    """Shenyang's first figure stands beside Dalian's first, though Dalian's was revised later."""
    row = by_period(compare_regions(shipped_board, "gdp", (SHENYANG, DALIAN), YEARS))["2024"]
    assert row.refused == ""
    assert [(figure.value, figure.status) for figure in row.figures] == [
        (9027.1, "preliminary"),
        (9516.9, "preliminary"),
    ]


def test_the_order_asked_for_is_kept_and_nothing_else_changes(shipped_board):
    """Every order of regions gives the same rows."""
    asked = [
        compare_regions(shipped_board, "gdp", order, YEARS) for order in permutations((SHENYANG, DALIAN, PROVINCE))
    ]
    plain = [[(r.period, r.refused, {f.region: f.value for f in r.figures}) for r in rows] for rows in asked]
    assert all(rows == plain[0] for rows in plain)
    assert asked[-1][0].figures[0].region == PROVINCE


def test_who_has_no_figure_is_named(shipped_board):
    """A period stays where two have one; the third is missing, not zero."""
    rows = compare_regions(shipped_board, "gdp", (SHENYANG, DALIAN, "211100"), YEARS)
    assert all(len(row.figures) + len(row.missing) == 3 for row in rows)


def test_one_region_alone_is_no_comparison(shipped_board):
    """It takes two."""
    assert compare_regions(shipped_board, "gdp", (SHENYANG,), YEARS) == []


@pytest.mark.parametrize("bases", [(Basis.YTD,), (Basis.QUARTER,)])
def test_a_cumulative_quarter_stands_beside_cumulative_quarters_only(shipped_board, bases):
    """A basis not asked for does not slip in."""
    rows = compare_regions(shipped_board, "gdp", (SHENYANG, DALIAN, PROVINCE, NATION), bases)
    assert {row.basis for row in rows} <= set(map(str, bases))


@settings(max_examples=12, deadline=None)
@given(regions=st.permutations([SHENYANG, DALIAN, PROVINCE, NATION, "211300"]), count=st.integers(2, 5))
def test_more_regions_never_change_what_is_published(shipped_board, regions, count):
    """Every figure shown is a row that is known, with its source."""
    known = shipped_board.known
    for row in compare_regions(shipped_board, "gdp_growth_real", regions[:count], YEARS):
        assert row.refused in ("", VINTAGE_DIFFERS, BREAK_BETWEEN)
        for figure in row.figures:
            same = known[(known["region"] == figure.region) & (known["period"] == figure.period)]
            assert ((same["value"] == figure.value) & (same["source"] == figure.source)).any()
