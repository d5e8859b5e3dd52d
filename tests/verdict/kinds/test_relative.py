"""Growth above or below a benchmark: the compound averages of the same years, from published rates only."""

from __future__ import annotations

from datetime import date

import pytest

from lib.verdict.yearly import average_rate

AFTER = date(2025, 6, 30)


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
