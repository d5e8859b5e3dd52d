"""The page that sets regions beside each other."""

from __future__ import annotations

import pytest


def table(visitor):
    """The table at the end of the page."""
    return visitor.dataframe[-1].value


@pytest.mark.parametrize(
    ("lang", "title"), [("en", "2024, GDP: Dalian CNY 951.7 bn"), ("zh", "2024年地区生产总值：大连9,516.9亿元")]
)
def test_two_cities_are_compared_by_their_first_figures(visit, said, lang, title):
    """Dalian's 2024 was revised, Shenyang's not: the first figures of both stand beside each other."""
    page = visit("compare", lang)
    assert not page.exception
    assert title in said(page)


def test_a_period_without_a_common_vintage_says_so(visit):
    """2021: an estimate beside a figure whose vintage nobody stated."""
    rows = table(visit("compare", "en"))
    row = rows[rows["Period"] == "2021"].iloc[0]
    assert row["Note"] == "Not compared: no vintage that all of them have"
    assert row["Dalian, distance (CNY 100 m)"] != row["Dalian, distance (CNY 100 m)"]  # not a number


def test_the_address_holds_indicator_and_regions_in_order(visit, said):
    """The first region is the measure."""
    page = visit("compare", "en", indicator="gdp_growth_real", regions="210000,210100")
    rows = table(page)
    assert list(rows.columns)[1:4] == ["Liaoning (%)", "Shenyang (%)", "Shenyang, distance (pp)"]
    apart = (rows["Shenyang (%)"] - rows["Liaoning (%)"] - rows["Shenyang, distance (pp)"]).dropna()
    assert len(apart)
    assert apart.abs().max() < 1e-6
    assert "Distances are from Liaoning" in said(page)


@pytest.mark.parametrize("regions", ["210100", "nowhere,210100,<script>"])
def test_one_region_is_asked_for_another(visit, said, regions):
    """It takes two; what the address makes up is ignored."""
    page = visit("compare", "en", regions=regions)
    assert not page.exception
    assert "Choose two regions or more" in said(page)


def test_cumulative_quarters_are_compared_among_themselves(visit):
    """No whole year stands among them."""
    rows = table(visit("compare", "en", span="within", regions="210000,000000", indicator="gdp_growth_real"))
    assert len(rows)
    assert not rows["Period"].str.fullmatch(r"\d{4}").any()
