"""A pair beside each other: the gap, the time between the two, and who has no figure; worked by hand."""

from __future__ import annotations

import pytest

from lib.verdict.benchmark import benchmark_pair, pairs_of, years_behind


@pytest.mark.parametrize(
    ("value", "ahead", "years", "is_exact"),
    [
        # The one ahead stood at 100 at the end of 2021 and at 120 at the end of 2022: 110 lies half-way, 2.5 years before 2024.
        (110.0, {"2021": 100, "2022": 120, "2023": 130, "2024": 150}, 2.5, True),
        (100.0, {"2021": 100, "2022": 120, "2023": 130, "2024": 150}, 3.0, True),
        # It was never so low as far as is known: more than three years.
        (90.0, {"2021": 100, "2022": 120, "2023": 130, "2024": 150}, 3.0, False),
        # It fell back: the last time it passed the value counts.
        (110.0, {"2021": 100, "2022": 120, "2023": 100, "2024": 140}, 0.75, True),
    ],
)
def test_years_behind_are_the_time_since_the_other_stood_there(figure, value, ahead, years, is_exact):
    """The straight line between yearly figures is read backwards."""
    series = tuple(figure(period, level, region="A") for period, level in ahead.items())
    found = years_behind(figure("2024", value, region="B"), series)
    assert (found.region, found.years, found.is_exact) == ("B", pytest.approx(years), is_exact)


def test_a_break_hides_what_lies_before_it(figure):
    """Levels on another base say nothing of how long ago a level was reached."""
    old = (figure("2021", 100, segment=0), figure("2022", 120, segment=0))
    new = (figure("2023", 130, segment=1), figure("2024", 150, segment=1))
    found = years_behind(figure("2024", 110.0), (*old, *new))
    assert (found.years, found.is_exact) == (1.0, False)


@pytest.mark.parametrize("ahead", [{}, {"2024": 150}, {"2022": 120, "2023": 150}, {"2023": 90, "2024": 100}])
def test_too_few_figures_give_no_years(figure, ahead):
    """One year alone, no figure of the same year, or nobody ahead: no answer."""
    assert years_behind(figure("2024", 110.0), tuple(figure(period, level) for period, level in ahead.items())) is None


def test_liaoning_beside_jiangsu(board_on):
    """2024: 32,612.7 against about 137,000; 5.1 % against 5.8 %; one year of Jiangsu does not tell how far back."""
    gdp, growth = benchmark_pair(board_on(plan="CCP"), "210000", "320000")[:2]
    assert (gdp.indicator, gdp.row.period, gdp.behind, gdp.missing) == ("gdp", "2024", None, ())
    assert gdp.gap == pytest.approx(32612.7 - 137000)
    assert [item.value for item in gdp.growth.figures] == [5.1, 5.8]
    assert growth.gap == pytest.approx(5.1 - 5.8)
    assert growth.ratio is not None


def test_a_side_without_figures_is_named(board_on):
    """Of Zhejiang nothing is on file: every indicator that Jilin has says so."""
    found = benchmark_pair(board_on(plan="CCP"), "220000", "330000")
    assert found
    assert {item.missing for item in found} == {("330000",)}
    assert all(item.gap is None and item.ratio is None for item in found)


def test_pairs_are_those_of_the_plan(board_on):
    """Seven in the plan of counterpart cooperation, none in others."""
    assert len(pairs_of(board_on(plan="CCP"))) == 7
    assert pairs_of(board_on()) == {}
