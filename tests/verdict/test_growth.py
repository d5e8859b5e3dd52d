"""Growth: published yearly rates compounded, alone or against a benchmark; never growth computed from levels."""

from __future__ import annotations

from datetime import date

import pytest

from lib.verdict.growth import average_rate

AFTER = date(2025, 6, 30)
LATER = date(2026, 6, 30)
QINGHAI = {"2006": 1.51, "2007": -2.20, "2008": -4.18}


def test_average_rate_of_the_qinghai_example():
    """Qinghai's +1.51 %, -2.20 % and -4.18 % compound to -4.87 %, on average -1.65 % a year."""
    average = average_rate(list(QINGHAI.values()))
    assert average == pytest.approx(-1.65, abs=5e-3)
    assert ((1 + average / 100) ** 3 - 1) * 100 == pytest.approx(-4.87, abs=5e-3)


def test_the_qinghai_example_is_done_to_26_8_per_cent(judge):
    """Against -17 % over five years, Qinghai's three years are 26.8 % of the way at 60 % of the time."""
    yearly = (0.83 ** (1 / 5) - 1) * 100
    verdict = judge(
        QINGHAI,
        kind="average_growth",
        operator="<=",
        value=yearly,
        start_period="2006",
        target_period="2010",
        as_of=date(2009, 9, 17),
    )
    assert verdict.gap_closed == pytest.approx(0.268, abs=5e-4)
    assert verdict.elapsed == pytest.approx(0.6)
    assert verdict.value == pytest.approx(-1.65, abs=5e-3)
    assert verdict.status == "off_track"


def test_investment_of_12_and_16_per_cent_is_done_to_62_4(judge):
    """Two years of 12 % and 16 % are 62.4 % of three years of 15 %, at 66.7 % of the time."""
    verdict = judge({"2022": 12.0, "2023": 16.0}, kind="average_growth", value=15.0, as_of=date(2024, 6, 30))
    assert verdict.gap_closed == pytest.approx(0.624, abs=5e-4)
    assert verdict.elapsed == pytest.approx(0.667, abs=5e-4)
    assert verdict.pace == pytest.approx(0.936, abs=5e-4)
    assert (verdict.status, verdict.years) == ("at_risk", ("2022", "2023"))


@pytest.mark.parametrize(("third", "status"), [(17.06, "missed"), (17.07, "achieved")])
def test_the_third_year_needs_17_06_per_cent(judge, third, status):
    """After 12 % and 16 % the published requirement of 17.06 % for the third year is where the verdict turns."""
    verdict = judge({"2022": 12.0, "2023": 16.0, "2024": third}, kind="average_growth", value=15.0, as_of=AFTER)
    assert (verdict.status, verdict.reason) == (status, "average_settled")


@pytest.mark.parametrize("rate", [2.8, 6.3, 9.1, 9.4, 15.0, 0.1, -1.7])
def test_the_same_rate_every_year_is_that_average(judge, rate):
    """Growth of exactly the target in each year reaches it, whatever binary fractions make of the logarithms."""
    for years in (("2022", "2023"), ("2022", "2023", "2024")):
        verdict = judge(
            dict.fromkeys(years, rate), kind="average_growth", value=rate, target_period=years[-1], as_of=LATER
        )
        assert verdict.status == "achieved"


@pytest.mark.parametrize(
    ("operator", "goal", "rate", "status"),
    [
        (">=", 10.0, 12.0, "on_track"),
        (">=", 10.0, 5.0, "off_track"),
        (">=", 10.0, -1.0, "moving_away"),
        ("<=", -3.0, -4.0, "on_track"),
        ("<=", -3.0, -1.0, "off_track"),
        ("<=", -3.0, 1.0, "moving_away"),
    ],
)
def test_average_growth_on_the_way(judge, operator, goal, rate, status):
    """Growth asked for and decline asked for are judged alike by the share done against the time gone."""
    values = {"2022": rate, "2023": rate}
    verdict = judge(values, kind="average_growth", operator=operator, value=goal, as_of=date(2024, 6, 30))
    assert verdict.status == status


@pytest.mark.parametrize(
    ("operator", "goal", "rate", "holds"),
    [("<=", 3.0, 5.0, False), ("<=", 3.0, 1.0, True), (">=", -5.0, -8.0, False), (">=", -5.0, -2.0, True)],
)
def test_a_bound_on_the_other_side_of_zero_is_not_inverted(judge, operator, goal, rate, holds):
    """Growth beyond a ceiling is never on track, and growth well below it never off track."""
    values = {"2022": rate, "2023": rate}
    verdict = judge(values, kind="average_growth", operator=operator, value=goal, as_of=date(2024, 6, 30))
    assert (verdict.status in {"on_track", "achieved"}) == holds


def test_a_target_of_zero_growth_can_be_judged(judge):
    """Not to shrink on average is a target like another."""
    for rate, settled in ((1.0, "achieved"), (-1.0, "missed")):
        values = {"2022": rate, "2023": rate, "2024": rate}
        assert judge(values, kind="average_growth", value=0.0, as_of=AFTER).status == settled


@pytest.mark.parametrize("kind", ["average_growth", "relative"])
def test_a_collapse_to_nothing_is_judged(judge, kind):
    """A published rate of -100 %, which the upload accepts, gives a verdict and not an error."""
    values = {"2022": -100.0, "2023": 5.0, "2024": 5.0}
    verdict = judge(values, kind=kind, value=5.0, operator=">", benchmark=dict.fromkeys(values, 3.0), as_of=AFTER)
    assert verdict.status in {"missed", "not_judged"}


@pytest.mark.parametrize("kind", ["average_growth", "relative"])
def test_missing_years_are_named(judge, kind):
    """An average needs every year: those missing are named, before the deadline and after it."""
    options = {"kind": kind, "value": 15.0, "operator": ">", "benchmark": {"2022": 1.0, "2023": 1.0, "2024": 1.0}}
    gap = judge({"2022": 12.0, "2024": 16.0}, **options, as_of=AFTER)
    assert (gap.status, gap.missing[0].periods) == ("no_data", ("2023",))
    end = judge({"2022": 12.0, "2023": 16.0}, **options, as_of=AFTER)
    assert (end.status, end.missing[0].periods) == ("no_data", ("2024",))
    nothing = judge({}, **options, as_of=AFTER)
    assert (nothing.status, nothing.missing[0].periods) == ("no_data", ("2022", "2023", "2024"))


@pytest.mark.parametrize("kind", ["average_growth", "relative"])
def test_a_single_year_gives_no_colour(judge, kind):
    """One rate is no average, and the year that is there is not named as missing."""
    verdict = judge({"2022": 20.0}, kind=kind, value=15.0, operator=">", benchmark={"2022": 1.0})
    assert verdict.status == "no_data"
    assert not any("2022" in item.periods for item in verdict.missing)


@pytest.mark.parametrize("trait", [{"status": "estimate"}, {"qualifier": "at_least"}])
@pytest.mark.parametrize("kind", ["average_growth", "relative"])
def test_estimated_rates_are_missing_rates(judge, series, figure, kind, trait):
    """A rate given before the bureau's own, or as more than so much, leaves its year without a figure."""
    values = [*series({"2022": 20.0, "2024": 20.0}), figure("2023", 20.0, **trait)]
    values.sort(key=lambda item: item.period)
    benchmark = dict.fromkeys(("2022", "2023", "2024"), 1.0)
    verdict = judge(values, kind=kind, value=15.0, operator=">", benchmark=benchmark, as_of=AFTER)
    assert (verdict.status, verdict.missing[0].periods) == ("no_data", ("2023",))


@pytest.mark.parametrize("trait", [{"status": "estimate"}, {"qualifier": "at_least"}])
def test_an_estimated_benchmark_is_a_missing_benchmark(judge, series, figure, trait):
    """The benchmark's rate has to be as good as the region's own."""
    benchmark = [*series({"2022": 3.0, "2023": 5.0}, region="B"), figure("2024", 1.0, region="B", **trait)]
    own = {"2022": 4.0, "2023": 6.0, "2024": 5.0}
    verdict = judge(own, kind="relative", operator=">", value=None, benchmark=benchmark, as_of=AFTER)
    assert verdict.status == "no_data"
    assert [(item.region, item.periods) for item in verdict.missing] == [("B", ("2024",))]


def test_a_relative_target_needs_its_benchmark(judge):
    """Growth above an average cannot be told without the average: its years are named with its region."""
    own = {"2022": 4.0, "2023": 6.0, "2024": 5.0}
    verdict = judge(own, kind="relative", operator=">", value=None, benchmark={"2022": 3.0}, as_of=AFTER)
    assert (verdict.status, verdict.gap) == ("no_data", None)
    assert [(item.region, item.periods) for item in verdict.missing] == [("B", ("2023", "2024"))]


@pytest.mark.parametrize(
    ("own", "other", "status"),
    [
        ((4.0, 6.0, 5.0), (3.0, 5.0, 4.0), "achieved"),
        ((4.0, 6.0, 2.0), (3.0, 5.0, 5.0), "missed"),
        ((3.0, 5.0, 4.0), (5.0, 4.0, 3.0), "missed"),
        ((5.0, 5.0), (3.0, 5.0), "on_track"),
        ((2.0, 6.0), (6.0, 5.0), "at_risk"),
        ((2.0, 4.0), (3.0, 5.0), "off_track"),
    ],
)
def test_relative_growth(judge, own, other, status):
    """The compound averages of the same years decide; behind on average but ahead in the last year is at risk."""
    years = ("2022", "2023", "2024")[: len(own)]
    verdict = judge(
        dict(zip(years, own, strict=True)),
        kind="relative",
        operator=">",
        value=None,
        benchmark=dict(zip(years, other, strict=True)),
        as_of=AFTER if len(own) == 3 else date(2024, 6, 30),
    )
    assert verdict.status == status
    assert verdict.gap == pytest.approx(average_rate(own) - average_rate(other))


@pytest.mark.parametrize(("operator", "status"), [(">", "missed"), (">=", "achieved"), ("<=", "achieved")])
def test_a_tie_is_met_only_where_not_lower_is_asked(judge, operator, status):
    """Growth equal to the benchmark's is not above it, but it is not below it either."""
    values = {"2022": 4.0, "2023": 6.0, "2024": 5.0}
    verdict = judge(values, kind="relative", operator=operator, value=None, benchmark=values, as_of=AFTER)
    assert verdict.status == status


def test_the_order_of_years_does_not_break_a_tie(judge):
    """The same rates in another order compound to the same average."""
    values, other = {"2022": 4.1, "2023": 6.3, "2024": 5.7}, {"2022": 6.3, "2023": 5.7, "2024": 4.1}
    assert judge(values, kind="relative", operator=">", value=None, benchmark=other, as_of=AFTER).status == "missed"


def test_ahead_on_average_but_not_in_every_year_is_marked(judge):
    """Where the text does not say whether every year is meant, a year behind is marked beside the status."""
    verdict = judge(
        {"2022": 9.0, "2023": 3.0, "2024": 5.0},
        kind="relative",
        operator=">",
        value=None,
        benchmark={"2022": 3.0, "2023": 5.0, "2024": 4.0},
        as_of=AFTER,
    )
    assert verdict.status == "achieved"
    assert "not_every_year" in verdict.marks
