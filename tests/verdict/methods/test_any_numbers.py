"""No method raises on finite numbers, however large, small or upside down."""

from __future__ import annotations

import math
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lib.verdict.methods import cagr_ratio, destatis, escap, log_progress, scores, time_progress, un_chart
from lib.verdict.methods.compound import annual_factor, raised
from lib.verdict.methods.reading import OUTLOOKS, Point, Reading

LARGEST, SMALLEST = sys.float_info.max, 5e-324
NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([0.0, LARGEST, -LARGEST, SMALLEST])
)
POINTS = st.builds(Point, st.one_of(st.integers(2015, 2030), NUMBERS), NUMBERS)
DIRECTIONS = st.sampled_from([1, -1])

METHODS = {
    "open_sdg": cagr_ratio.open_sdg,
    "open_sdg_without_target": lambda a, b, c, d: cagr_ratio.open_sdg_without_target(a, b, d, c.value),
    "open_sdg_aggregate": lambda a, b, c, d: cagr_ratio.open_sdg_aggregate([cagr_ratio.open_sdg(a, b, c, d)] * 2),
    "eurostat": cagr_ratio.eurostat,
    "eurostat_without_target": lambda a, b, _, d: cagr_ratio.eurostat_without_target(a, b, d),
    "destatis_by_year": lambda a, b, c, d: destatis.by_year(destatis.Trend(a, a, b), c, d),
    "destatis_every_year": lambda a, b, c, d: destatis.every_year(destatis.Trend(a, a, b), c.value, d),
    "destatis_direction_only": lambda a, b, c, d: destatis.direction_only(destatis.Trend(a, c, b), d),
    "destatis_trend": lambda a, b, c, d: destatis.direction_only(destatis.find_trend([a, b, c, a, b]), d),
    "un_chart": un_chart.un_chart,
    "un_chart_without_target": lambda a, b, _, d: un_chart.un_chart_without_target(a, b, d),
    "current_status": lambda a, b, c, d: escap.current_status(a.value, b.value, c.value, d),
    "current_status_parity": lambda a, b, c, _: escap.current_status_parity(a.value, b.value, c.value),
    "time_gap": lambda a, b, *_: time_progress.time_gap(a.value, b.value),
    "yinchuan": lambda a, b, *_: time_progress.yinchuan(a.value, b.value),
    "tianjin": lambda a, b, c, _: time_progress.tianjin_investment(a.value, b.value, c.value),
    "tianjin_bonds": lambda a, b, *_: time_progress.tianjin_bonds(a.value, b.value),
    "sanya": lambda a, b, *_: time_progress.sanya_projects(a.value, b.value),
    "log_progress": lambda a, b, c, _: log_progress.log_progress(a, b, c),
    "cumulative_change": lambda a, b, *_: log_progress.cumulative_change(a.value, b.value),
    "yearly_change": lambda a, b, *_: log_progress.yearly_change(a, b),
    "sdsn": lambda a, b, c, _: scores.sdsn(a.value, b.value, c.value, b.value, a.year),
    "niti": lambda a, *_: scores.niti(a.value),
    "scotland": lambda a, b, *_: scores.scotland(a.value, b.value),
    "akvo": lambda a, b, *_: scores.akvo_percent_capped(a.value, b.value),
    "who_linear_path": lambda a, b, c, _: scores.who_linear_path(a, b, c.year),
    "who_constant_rate": lambda a, b, c, _: scores.who_constant_rate(a, b, c.year),
}


@pytest.mark.parametrize("name", METHODS)
@given(POINTS, POINTS, POINTS, DIRECTIONS)
@example(Point(2015, -SMALLEST), Point(2023, -1.0), Point(2030, LARGEST), 1)
@example(Point(0.0, -1.0), Point(2.0, -1.0), Point(SMALLEST, 2.0), 1)
@example(Point(2015, 0.0), Point(2015, 0.0), Point(2015, 0.0), -1)
@example(Point(2015, LARGEST), Point(2023, -LARGEST), Point(2030, LARGEST), -1)
def test_every_method_answers_finite_numbers(name, a, b, c, direction):
    """A reading in a known word, or a number, or none; never an error."""
    found = METHODS[name](a, b, c, direction)
    if isinstance(found, Reading):
        assert found.category in OUTLOOKS
    else:
        assert found is None or isinstance(found, float)


def test_compound_growth_ends_where_the_machine_s_numbers_end():
    """Infinite rather than an error; none for a change of sign or no time."""
    assert raised(10.0, 1000) == raised(0.0, -1) == math.inf
    assert annual_factor(Point(2020, 100.0), Point(2022, 121.0)) == pytest.approx(1.1)
    assert (
        annual_factor(Point(2020, 1.0), Point(2021, -1.0)) is annual_factor(Point(2020, 1.0), Point(2020, 2.0)) is None
    )
