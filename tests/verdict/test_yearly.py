"""Yearly growth rates: their compound average, and which years an average cannot do without."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lib.verdict.model import Patience
from lib.verdict.yearly import absent_years, average_rate, plan_figures

AFTER = date(2025, 6, 30)
QINGHAI = {"2006": 1.51, "2007": -2.20, "2008": -4.18}


def test_average_rate_of_the_qinghai_example():
    """Qinghai's +1.51 %, -2.20 % and -4.18 % compound to -4.87 %, on average -1.65 % a year."""
    average = average_rate(list(QINGHAI.values()))
    assert average == pytest.approx(-1.65, abs=5e-3)
    assert ((1 + average / 100) ** 3 - 1) * 100 == pytest.approx(-4.87, abs=5e-3)


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
@pytest.mark.parametrize(
    ("as_of", "status", "absent"),
    [
        (date(2023, 6, 30), "not_due", ("2023",)),
        (date(2024, 3, 25), "not_due", ("2023",)),
        (date(2024, 3, 26), "no_data", ("2023",)),
        (AFTER, "no_data", ("2023", "2024")),
    ],
)
def test_a_single_year_gives_no_colour(judge, kind, as_of, status, absent):
    """One rate is no average; the next is waited for until it is due, and the year that is there is never named."""
    verdict = judge({"2022": 20.0}, kind=kind, value=15.0, operator=">", benchmark={"2022": 1.0}, as_of=as_of)
    assert (verdict.status, [item.periods for item in verdict.missing]) == (status, [absent])


@pytest.mark.parametrize(
    ("patience", "last_day_of_waiting"),
    [(Patience(85, None), date(2023, 3, 26)), (Patience(85, 105), date(2022, 7, 14))],
)
def test_without_any_figure_the_first_release_of_the_plan_is_waited_for(judge, patience, last_day_of_waiting):
    """Yearly figures are due 85 days after 2022; where quarters are published, nothing is due 105 days after 2022Q1."""
    options = {"kind": "average_growth", "value": 15.0, "patience": patience}
    before = judge({}, **options, as_of=last_day_of_waiting)
    after = judge({}, **options, as_of=last_day_of_waiting + timedelta(days=1))
    assert (before.status, before.reason) == ("not_due", "not_due_yet")
    assert (after.status, after.reason) == ("no_data", "missing_figures")
    assert before.missing == after.missing


def test_absent_years_are_the_first_two_those_due_and_those_skipped(case):
    """Made up, 2022 to 2026 in mid-2024: nothing known lacks 2022 and 2023, and a known 2025 makes 2024 a gap."""
    options = {"target_period": "2026", "as_of": date(2024, 6, 30)}
    for values, absent in (
        ({}, ("2022", "2023")),
        ({"2022": 1.0, "2023": 1.0}, ()),
        ({"2022": 1.0, "2023": 1.0, "2025": 1.0}, ("2024",)),
        ({"2023": 1.0}, ("2022",)),
    ):
        asked = case(values, **options)
        assert absent_years(asked, plan_figures(asked)) == absent


def test_an_average_of_nothing_is_refused():
    """No rate has no average; once a rate is -100 % nothing is left to grow."""
    with pytest.raises(ValueError, match=r"\[\]"):
        average_rate([])
    assert average_rate([50.0, -100.0, 50.0]) == -100.0


@pytest.mark.parametrize("trait", [{"status": "estimate"}, {"qualifier": "at_least"}])
@pytest.mark.parametrize("kind", ["average_growth", "relative"])
def test_estimated_rates_are_missing_rates(judge, series, figure, kind, trait):
    """A rate given before the bureau's own, or as more than so much, leaves its year without a figure."""
    values = [*series({"2022": 20.0, "2024": 20.0}), figure("2023", 20.0, **trait)]
    values.sort(key=lambda item: item.period)
    benchmark = dict.fromkeys(("2022", "2023", "2024"), 1.0)
    verdict = judge(values, kind=kind, value=15.0, operator=">", benchmark=benchmark, as_of=AFTER)
    assert (verdict.status, verdict.missing[0].periods) == ("no_data", ("2023",))
