"""The year so far in numbers: published figures, sums done by hand, and what is refused.

Published figures stand in 100 million yuan or per cent, with where and when they were published beside them.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.schema import Status
from lib.verdict import within_year as module
from lib.verdict.within_year import (
    FullYearEstimate,
    Refusal,
    RollingFour,
    SameCut,
    estimate_full_year,
    latest_cut,
    rolling_four,
    same_cut,
    within_year,
)

# Liaoning's GDP at current prices, first figures: Q3 2023 (中新网), year 2023 (Mysteel 2024-01-19), 2024H1 (JETRO
# 2024-07-29), Q3 2024 (中新网 2024-10-20), year 2024 on the base of the fifth economic census (辽宁人大网 2025), 2025H1 (JETRO).
GDP_OLD = {"2023Q3": 21692.2, "2023Q4": 30209.4, "2024Q2": 14547.0, "2024Q3": 22549.9}
GDP_NEW = {"2025Q2": 15707.9}
# Liaoning's goods trade (辽宁日报 2023-04-17 and 2024-01-18, JETRO 2024-05-09): -4.1 % was published for 2024Q1.
TRADE = {"2023Q1": 1889.6, "2024Q1": 1807.3}
# The nation's GDP, first figures (NBS releases): half-years and years.
NATION = {"2021Q2": 532167.0, "2021Q4": 1143670.0, "2022Q2": 562642.0, "2022Q4": 1210207.0, "2023Q2": 593034.0}
# Liaoning's fixed-asset investment, growth (JETRO, 发布会): the year ended at -19.0.
INVESTMENT = {"2024Q1": 9.3, "2024Q2": 2.5, "2025M02": 10.5, "2025Q1": 7.8, "2025Q2": -3.3}
TENTHS = st.integers(1, 10_000_000)


@pytest.fixture(scope="session")
def ytd(series):
    """Make year-to-date first figures."""
    return lambda values, **fields: series(values, **{"basis": "ytd", "status": "preliminary", **fields})


@pytest.fixture(scope="session")
def whole(series):
    """Make whole-year first figures."""
    return lambda values, **fields: series(values, **{"status": "preliminary", **fields})


@pytest.fixture(scope="session")
def years(ytd, whole):
    """Make three years of first half and whole year, then a first half: seven numbers to (cumulative, annual)."""

    def make(numbers):
        halves = {f"{2021 + place}Q2": number for place, number in enumerate(numbers[:4])}
        totals = {f"{2021 + place}": number for place, number in enumerate(numbers[4:])}
        return ytd(halves), whole(totals)

    return make


def test_the_latest_cut_is_never_the_whole_year(ytd):
    """Q4, M12 and a whole year marked cumulative repeat the year's figure; a year can be asked for."""
    figures = ytd({"2023M08": 1, "2023Q3": 2, "2023Q4": 3, "2024M02": 4, "2024M12": 5, "2024": 6})
    assert latest_cut(figures).period == "2024M02"
    assert latest_cut(figures, 2023).period == "2023Q3"
    assert latest_cut(figures, 2022) is None
    assert latest_cut(ytd({"2024Q4": 3})) is None


def test_no_estimate_bound_or_single_quarter_is_a_cut(ytd):
    """Estimates made before the bureau's figure, lower bounds and single quarters never enter."""
    figures = (
        *ytd({"2024Q1": 1}),
        *ytd({"2024Q2": 2}, status="estimate"),
        *ytd({"2024Q2": 2}, qualifier="at_least"),
        *ytd({"2024Q3": 2}, basis="quarter"),
    )
    assert latest_cut(figures).period == "2024Q1"


def test_liaonings_trade_fell_in_level_and_in_published_growth(ytd):
    """1807.3 over 1889.6 is -4.36 % in level; the growth published is another number, -4.1 %, and stands beside it."""
    growth = ytd({"2023Q1": 3.7, "2024Q1": -4.1, "2024Q2": -4.6}, unit="pct")
    seen = same_cut(ytd(TRADE), growth, is_growth=False)
    assert (seen.latest.period, seen.before.period) == ("2024Q1", "2023Q1")
    assert seen.ratio_change == pytest.approx(-4.36, abs=5e-3)
    assert seen.difference is None
    assert (seen.published_growth.period, seen.published_growth.value) == ("2024Q1", -4.1)


def test_liaonings_investment_slowed_by_points(ytd):
    """Growth of 7.8 % after 9.3 % is 1.5 points less, -3.3 % after 2.5 % is 5.8 points less; February has nothing beside it."""
    figures = ytd(INVESTMENT, unit="pct")
    changes = {period: same_cut(figures[:stop], is_growth=True) for period, stop in (("2025Q1", 4), ("2025Q2", 5))}
    assert {period: round(seen.difference, 9) for period, seen in changes.items()} == {"2025Q1": -1.5, "2025Q2": -5.8}
    assert {seen.ratio_change for seen in changes.values()} == {None}
    assert same_cut(figures[:3], is_growth=True) == Refusal("no_cut", ("2024M02",))


def test_september_is_the_third_quarter(ytd):
    """M09 and Q3 run to the same month and are one cut; where both are known the exact one is used."""
    assert same_cut(ytd({"2023M09": 80, "2024Q3": 100}), is_growth=False).ratio_change == pytest.approx(25)
    rounded = ytd({"2023Q3": 90}, qualifier="about")
    seen = same_cut((*rounded, *ytd({"2023M09": 80, "2024Q3": 100})), is_growth=False)
    assert (seen.before.period, seen.ratio_change) == ("2023M09", pytest.approx(25))


def test_levels_on_both_sides_of_the_census_are_not_compared(ytd):
    """Liaoning's first half of 2025 stands on the new base, that of 2024 on the old."""
    figures = (*ytd(GDP_OLD), *ytd(GDP_NEW, segment=1))
    assert same_cut(figures, is_growth=False) == Refusal("break", ("2024Q2", "2025Q2"))
    assert same_cut(ytd(GDP_OLD), is_growth=False).ratio_change == pytest.approx((22549.9 / 21692.2 - 1) * 100)


def test_a_change_from_nothing_is_no_percentage(ytd):
    """A level of zero or below the year before is refused; a growth rate below zero is not."""
    assert same_cut(ytd({"2023Q1": 0, "2024Q1": 5}), is_growth=False) == Refusal("not_positive", ("2023Q1",))
    assert same_cut(ytd({"2023Q1": -2, "2024Q1": 5}), is_growth=True).difference == pytest.approx(7)


def test_a_revised_year_before_is_marked(ytd):
    """Growth is published against the revised year before: compared, and marked as of two vintages."""
    seen = same_cut((*ytd({"2023Q1": 10}, status="revised"), *ytd({"2024Q1": 11})), is_growth=False)
    assert seen.marks == ("vintages_differ", "preliminary")


def test_liaonings_trade_over_twelve_months(ytd, whole):
    """7659.6 of 2023 less 1889.6 of its first quarter plus 1807.3 of 2024's is 7577.3."""
    seen = rolling_four(ytd(TRADE), whole({"2023": 7659.6}))
    assert seen.value == pytest.approx(7577.3)
    assert (seen.whole_year.period, seen.before.period, seen.latest.period) == ("2023", "2023Q1", "2024Q1")


def test_liaonings_gdp_over_twelve_months(ytd, whole):
    """Up to the third quarter of 2024, all on the old base: 30209.4 - 21692.2 + 22549.9 = 31067.1."""
    assert rolling_four(ytd(GDP_OLD), whole({"2023": 30209.4})).value == pytest.approx(31067.1)


def test_twelve_months_across_the_census_are_refused(ytd, whole):
    """The first half of 2024 stands before the break, the year 2024 (32612.7) after it: the rest of the year would be wrong."""
    figures = (*ytd(GDP_OLD), *ytd(GDP_NEW, segment=1))
    annual = (*whole({"2023": 30209.4}), *whole({"2024": 32612.7}, segment=1))
    assert rolling_four(figures, annual) == Refusal("break", ("2024Q2", "2024", "2025Q2"))


def test_a_revised_year_is_not_mixed_with_first_quarters(ytd, whole):
    """The nation's 2023 became 1294000 with the census while its quarters stayed: the first figure is used, or none."""
    revised = whole({"2023": 1294000}, status="revised", qualifier="about")
    figures = ytd({"2023Q3": 913027, "2024Q3": 949746})
    assert rolling_four(figures, revised) == Refusal("vintages", ("2023", "2023Q3"))
    seen = rolling_four((*figures, *ytd({"2023Q4": 1260582})), revised)
    assert (seen.whole_year.period, seen.value) == ("2023Q4", 1260582 - 913027 + 949746)


def test_twelve_months_need_all_three_exact(ytd, whole):
    """A missing or estimated year, a missing cut, another unit or a rounded figure: no sum."""
    figures, annual = ytd({"2023Q1": 10, "2024Q1": 11}), whole({"2023": 50})
    assert rolling_four((), annual) == Refusal("no_cut")
    assert rolling_four(figures[1:], annual) == Refusal("no_cut", ("2023Q1",))
    assert rolling_four(figures, whole({"2022": 50})) == Refusal("no_year", ("2023",))
    assert rolling_four(figures, whole({"2023": 50}, status="estimate")) == Refusal("no_year", ("2023",))
    assert rolling_four(figures, whole({"2023": 50}, unit="other")) == Refusal("no_year", ("2023",))
    assert rolling_four(figures, whole({"2023": 50}, qualifier="about")) == Refusal("inexact", ("2023",))


@given(tenths=TENTHS, quarter=st.integers(1, 3))
def test_twelve_months_of_constant_quarters_are_the_year(ytd, whole, tenths, quarter):
    """Where every quarter is alike, any twelve months hold what a year holds."""
    figures = ytd({f"{year}Q{quarter}": tenths * quarter / 10 for year in (2023, 2024)})
    seen = rolling_four(figures, whole({"2023": tenths * 4 / 10}))
    assert seen.value == pytest.approx(tenths * 4 / 10)


def test_the_nations_2023_from_its_first_half(ytd):
    """Shares of 46.53 and 46.49 % make 593034 a year of about 1275 thousand; 1260582 came, outside the range of two years."""
    seen = estimate_full_year(ytd(NATION), ())
    assert seen.years == ("2021", "2022")
    assert seen.shares == (pytest.approx(532167 / 1143670), pytest.approx(562642 / 1210207))
    assert (seen.low, seen.high) == (pytest.approx(1274478.1, abs=0.1), pytest.approx(1275578.3, abs=0.1))
    assert seen.low < seen.value < seen.high
    assert seen.value == pytest.approx(593034 / ((532167 / 1143670 + 562642 / 1210207) / 2))


def test_an_estimate_by_hand(years):
    """Shares of 40, 50 and 45 %: 90 is a year of 200, between 180 and 225."""
    seen = estimate_full_year(*years([40, 50, 45, 90, 100, 100, 100]))
    assert (seen.value, seen.low, seen.high) == (pytest.approx(200), pytest.approx(180), pytest.approx(225))
    assert (seen.years, seen.marks) == (("2021", "2022", "2023"), ("preliminary",))


def test_one_past_year_is_no_estimate(ytd, whole):
    """Two past years at the least; a year broken in between, or revised as a whole only, is none of them."""
    figures = ytd({"2022Q1": 20, "2023Q1": 25, "2024Q1": 30})
    good, broken, revised = whole({"2022": 100}), whole({"2023": 100}, segment=1), whole({"2023": 100}, status="final")
    assert estimate_full_year(figures, (*good, *broken)) == Refusal("too_few_years", ("2022",))
    assert estimate_full_year(figures, (*good, *revised)) == Refusal("too_few_years", ("2022",))
    assert estimate_full_year((), good) == Refusal("no_cut")
    assert estimate_full_year(figures, (*good, *whole({"2023": 100}))).years == ("2022", "2023")


def test_shares_of_an_earlier_base_are_used_and_marked(ytd, whole):
    """A share has no base of its own; that it comes from before a break is said."""
    figures = (*ytd({"2022Q1": 20, "2023Q1": 20}), *ytd({"2025Q1": 30}, segment=1))
    seen = estimate_full_year(figures, whole({"2022": 100, "2023": 100}))
    assert (seen.value, seen.marks[0]) == (pytest.approx(150), "earlier_base")


@pytest.mark.parametrize("numbers", [[40, 50, 45, 0, 100, 100, 100], [40, -5, 45, 90, 100, 100, 100]])
def test_only_positive_flows_are_estimated(years, numbers):
    """With a cut of zero or below, a share means nothing."""
    assert estimate_full_year(*years(numbers)).reason == "not_positive"


@given(tenths=st.lists(TENTHS, min_size=7, max_size=7), factor=st.sampled_from([1e-4, 1e4]))
def test_the_unit_scales_the_numbers_and_leaves_the_shares(years, tenths, factor):
    """In 万元 sums and estimates are ten thousand times as large; shares and per cent are the same."""
    one, other = (
        within_year(*years([number * scale for number in tenths]), (), is_growth=False, is_flow=True)
        for scale in (1.0, factor)
    )
    assert other.full_year.shares == pytest.approx(one.full_year.shares)
    assert other.same_cut.ratio_change == pytest.approx(one.same_cut.ratio_change, rel=1e-6, abs=1e-6)
    assert other.rolling_four.value == pytest.approx(one.rolling_four.value * factor, rel=1e-6, abs=1e-6 * factor)
    for name in ("value", "low", "high"):
        assert getattr(other.full_year, name) == pytest.approx(getattr(one.full_year, name) * factor)


@given(tenths=st.lists(TENTHS, min_size=7, max_size=7))
def test_the_estimate_lies_in_its_range(years, tenths):
    """The mean share lies between the smallest and the largest."""
    seen = estimate_full_year(*years(tenths))
    assert seen.low <= seen.value * (1 + 1e-12)
    assert seen.value <= seen.high * (1 + 1e-12)


@given(tenths=st.lists(TENTHS, min_size=7, max_size=7), data=st.data())
def test_the_order_of_the_figures_does_not_matter(years, tenths, data):
    """Figures are found by their periods, two for the same cut included."""
    cumulative, annual = years(tenths)
    cumulative = (*cumulative, replace(cumulative[2], period="2023M06", value=cumulative[2].value + 1))
    shuffled = (data.draw(st.permutations(figures)) for figures in (cumulative, annual))
    expected = within_year(cumulative, annual, (), is_growth=False, is_flow=True)
    assert within_year(*shuffled, (), is_growth=False, is_flow=True) == expected


def test_the_year_under_way_in_one(years, ytd):
    """A flow has all three, and the growth published at the cut even where levels do not compare."""
    seen = within_year(*years([40, 50, 45, 90, 100, 100, 100]), ytd({"2024Q2": 5.0}), is_growth=False, is_flow=True)
    assert (seen.latest.period, seen.published_growth.value) == ("2024Q2", 5.0)
    assert isinstance(seen.same_cut, SameCut)
    assert isinstance(seen.rolling_four, RollingFour)
    assert isinstance(seen.full_year, FullYearEstimate)
    broken = within_year(
        (*ytd(GDP_OLD), *ytd(GDP_NEW, segment=1)), (), ytd({"2025Q2": 4.7}), is_growth=False, is_flow=True
    )
    assert (broken.same_cut.reason, broken.published_growth.value) == ("break", 4.7)


def test_a_growth_rate_has_no_sum_and_a_share_has_nothing(ytd):
    """Rates are compared in points only; of a share, a stock or an index no part of a year is made."""
    figures = ytd(INVESTMENT, unit="pct")
    rate = within_year(figures, (), (), is_growth=True, is_flow=False)
    assert rate.same_cut.difference == pytest.approx(-5.8)
    assert {rate.rolling_four.reason, rate.full_year.reason} == {"nature"}
    share = within_year(figures, (), (), is_growth=False, is_flow=False)
    assert {share.same_cut.reason, share.rolling_four.reason, share.full_year.reason} == {"nature"}


def test_a_year_that_is_known_is_not_under_way(ytd, whole):
    """Shown only while the latest cut is newer than the last whole year: as annual figure or as Q4, and never before it."""
    figures = ytd(INVESTMENT, unit="pct")

    def show(cumulative, annual):
        return within_year(cumulative, annual, (), is_growth=True, is_flow=False)

    assert show(figures, whole({"2024": 5.3})) is not None
    assert show(figures, whole({"2024": 5.3, "2025": -19.0})) is None
    assert show(figures, whole({"2026": 1.0})) is None
    assert show((*figures, *ytd({"2025Q4": -19.0})), ()) is None
    assert show((), whole({"2024": 5.3})) is None
    assert show(figures, whole({"2025": -15.0}, status="estimate")) is not None


def test_nothing_here_has_a_status():
    """A first quarter never meets a target: the module gives numbers and knows no word for met, missed or on track."""
    classes = [thing for thing in vars(module).values() if is_dataclass(thing) and thing.__module__ == module.__name__]
    names = {field.name for thing in classes for field in fields(thing)} | {n for thing in classes for n in dir(thing)}
    assert {thing.__name__ for thing in classes} >= {"SameCut", "RollingFour", "FullYearEstimate", "WithinYear"}
    assert not names & {"status", "verdict", "pace", "is_met", *map(str, Status)}
    assert Status not in vars(module).values()
