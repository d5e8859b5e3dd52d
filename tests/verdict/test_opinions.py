"""Second opinions on our own verdicts: each method gets what our rule used, and disagreement is marked. Made-up figures."""

from __future__ import annotations

from datetime import date

import pytest

from lib.verdict.methods import cagr_ratio, destatis
from lib.verdict.methods.reading import Point
from lib.verdict.opinions import OURS, WITHOUT_TIME

MID_2024 = date(2024, 6, 30)


def _readings(verdict):
    return {opinion.method: opinion.reading for opinion in verdict.opinions}


def test_each_method_is_given_the_verdicts_own_numbers(judge):
    """The ratio and the trend are those of the functions called by hand with baseline, figure and target."""
    values = {"2020": 70.0, "2021": 74.0, "2022": 80.0, "2023": 83.0}
    readings = _readings(judge(values, as_of=MID_2024))
    start, now, end = Point(2022, 74.0), Point(2024, 83.0), Point(2025, 100.0)
    assert readings["open_sdg"] == cagr_ratio.open_sdg(start, now, end, 1)
    trend = destatis.find_trend([Point(float(int(year) + 1), value) for year, value in values.items()])
    assert readings["destatis"] == destatis.by_year(trend, end, 1)
    assert readings["time_progress"].value == pytest.approx((83 - 74) / 26 * 100 - 200 / 3)


def test_disagreement_is_a_mark_and_never_a_status(judge):
    """Compound growth asks for less early on: 62 of 100 from 40 by two of three years is on track there and not here."""
    verdict = judge({"2021": 40.0, "2023": 74.0}, as_of=MID_2024)
    assert (verdict.status, _readings(verdict)["open_sdg"].outlook) == ("at_risk", "on")
    assert "methods_disagree" in verdict.marks


def test_agreement_is_not_marked(judge):
    """Where all call it on track, there is nothing to mark; the current status index, which knows no time, has no say."""
    verdict = judge({"2021": 40.0, "2022": 64.0, "2023": 90.0}, as_of=MID_2024)
    assert verdict.status == "on_track"
    assert _readings(verdict)["escap"].outlook == "partly"
    assert "escap" in WITHOUT_TIME
    assert "methods_disagree" not in verdict.marks


def test_no_method_divides_across_a_break(judge, figure):
    """With the baseline on another base no method is asked."""
    values = [figure("2021", 80.0), figure("2022", 84.0), figure("2023", 95.0, segment=1)]
    assert judge(values, as_of=MID_2024).opinions == ()


def test_a_trend_starts_after_the_last_break(judge, figure):
    """Four points are needed after the break; those before it do not count."""
    before = [figure(str(year), 10.0) for year in (2015, 2016, 2017)]
    after = [figure(str(year), 60.0 + year - 2018, segment=1) for year in (2021, 2022, 2023)]
    assert _readings(judge([*before, *after], as_of=MID_2024))["destatis"].category == "no_rating"


@pytest.mark.parametrize(
    ("fields", "method"),
    [
        ({"kind": "direction", "operator": "increase", "value": None}, "destatis_direction"),
        ({"kind": "every_period", "value": 50.0}, "destatis_every_year"),
        ({"kind": "average_growth", "value": 50.0}, "time_progress"),
    ],
)
def test_every_kind_has_methods_of_its_own(judge, fields, method):
    """A direction, a floor and an average growth are put to the methods that speak of them."""
    values = {str(year): 60.0 + year - 2018 for year in range(2018, 2024)}
    assert method in _readings(judge(values, as_of=MID_2024, **fields))


def test_a_benchmark_is_judged_by_the_difference(judge):
    """Growth above the average is rated by the difference series and a bound of zero."""
    own = {str(year): 6.0 for year in range(2019, 2024)}
    other = {str(year): 5.0 for year in range(2019, 2024)}
    verdict = judge(own, as_of=MID_2024, kind="relative", operator=">", value=None, benchmark=other)
    assert _readings(verdict)["destatis_difference"].category == "sun"


def test_without_a_verdict_there_is_no_opinion(judge):
    """What has no figures to judge is not put to others either."""
    assert judge({}, as_of=MID_2024).opinions == ()
    assert judge({"2021": 40.0}, as_of=MID_2024).opinions == ()
    assert {str(status) for status in OURS} == {
        "achieved", "achieved_late", "on_track", "at_risk", "off_track", "moving_away", "missed",
    }  # fmt: skip
