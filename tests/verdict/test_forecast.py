"""The line through whole years and its interval: certified and published values, what never changes it, what it refuses.

Neither example has a value of time: the fit is NIST's "Norris", the interval that of the oxygen purity example.
"""

from __future__ import annotations

import math
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import t

from lib.verdict.forecast import fit_line, forecast

# NIST Statistical Reference Datasets, linear regression, Norris (36 observations), pairs (y, x).
# https://www.itl.nist.gov/div898/strd/lls/data/LINKS/DATA/Norris.dat
NORRIS = [
    (0.1, 0.2), (338.8, 337.4), (118.1, 118.2), (888.0, 884.6), (9.2, 10.1), (228.1, 226.5), (668.5, 666.3),
    (998.5, 996.3), (449.1, 448.6), (778.9, 777.0), (559.2, 558.2), (0.3, 0.4), (0.1, 0.6), (778.1, 775.5),
    (668.8, 666.9), (339.3, 338.0), (448.9, 447.5), (10.8, 11.6), (557.7, 556.0), (228.3, 228.1), (998.0, 995.8),
    (888.8, 887.6), (119.6, 120.2), (0.3, 0.3), (0.6, 0.3), (557.6, 556.8), (339.3, 339.1), (888.0, 887.2),
    (998.5, 999.0), (778.9, 779.0), (10.2, 11.1), (117.6, 118.3), (228.9, 229.2), (668.4, 669.1), (449.2, 448.9),
    (0.2, 0.5),
]  # fmt: skip
# Montgomery and Runger, Applied Statistics and Probability for Engineers, 3rd edition, table 11-1: hydrocarbon, purity.
OXYGEN = [
    (0.99, 90.01), (1.02, 89.05), (1.15, 91.43), (1.29, 93.74), (1.46, 96.73), (1.36, 94.45), (0.87, 87.59),
    (1.23, 91.77), (1.55, 99.42), (1.40, 93.65), (1.19, 93.54), (1.15, 92.52), (0.98, 90.56), (1.01, 89.54),
    (1.11, 89.85), (1.20, 90.39), (1.26, 93.25), (1.32, 93.41), (1.43, 94.98), (0.95, 87.33),
]  # fmt: skip
SHENYANG = {"2020": 6571.6, "2021": 7249.7, "2022": 7695.8, "2023": 8122.1}
HUNDREDTHS = st.lists(st.integers(100, 2_000_000), min_size=4, max_size=8)


def yearly(values, start=2018):
    """Values by year from a year on."""
    return {str(start + place): value for place, value in enumerate(values)}


def matrix_interval(x, y, x0, level):
    """The interval by the matrix formula, y0 ± t s sqrt(1 + a'(X'X)^-1 a) with a = (1, x0): none of our code."""
    design = np.column_stack([np.ones(len(x)), np.array(x) - x[-1]])
    coefficients, *_ = np.linalg.lstsq(design, np.array(y), rcond=None)
    residuals = np.array(y) - design @ coefficients
    at = np.array([1.0, x0 - x[-1]])
    spread = math.sqrt(1 + at @ np.linalg.inv(design.T @ design) @ at)
    half = t.ppf((1 + level) / 2, len(x) - 2) * math.sqrt(residuals @ residuals / (len(x) - 2)) * spread
    return float(at @ coefficients - half), float(at @ coefficients + half)


def test_the_fit_agrees_with_the_certified_values_of_nist():
    """Norris: slope 1.00211681802045, intercept -0.262323073774029, residual standard deviation 0.884796396144373."""
    line = fit_line([x for _, x in NORRIS], [y for y, _ in NORRIS])
    assert line.slope == pytest.approx(1.00211681802045, rel=1e-12)
    assert line.value_at(0) == pytest.approx(-0.262323073774029, rel=1e-10)
    assert line.residual_sd == pytest.approx(0.884796396144373, rel=1e-12)


def test_the_interval_agrees_with_the_textbook():
    """Oxygen purity at 1.00 % of hydrocarbons, as the book prints from Minitab: fit 89.231, 95 % interval 86.830 to 91.632."""
    line = fit_line([x for x, _ in OXYGEN], [y for _, y in OXYGEN])
    value, half = line.value_at(1.0), line.half_width(1.0, 0.95)
    assert (line.slope, line.value_at(0)) == (pytest.approx(14.947, abs=5e-4), pytest.approx(74.283, abs=5e-4))
    assert line.spread == pytest.approx(0.68088, abs=5e-6)
    assert line.residual_sd == pytest.approx(1.087, abs=5e-4)
    assert value == pytest.approx(89.231, abs=5e-4)
    assert (value - half, value + half) == (pytest.approx(86.830, abs=5e-4), pytest.approx(91.632, abs=5e-4))


def test_four_years_by_hand(series):
    """1, 3, 2, 4 in four years: slope 0.8, s² = 1.8/2, t(0.9; 2) = 1.8856, so 4.5 ± 1.8856 · sqrt(0.9 · (1 + 1/4 + 2.5²/5))."""
    seen = forecast(series(yearly([1, 3, 2, 4])), "2022")
    half = 1.885618 * math.sqrt(0.9 * (1 + 1 / 4 + 6.25 / 5))
    assert (seen.value, seen.slope) == (pytest.approx(4.5), pytest.approx(0.8))
    assert (seen.low, seen.high) == (pytest.approx(4.5 - half, abs=1e-5), pytest.approx(4.5 + half, abs=1e-5))
    assert (seen.period, seen.points, seen.first, seen.last, seen.level) == ("2022", 4, "2018", "2021", 0.8)


def test_shenyang_before_the_census(series):
    """Four first figures on the old base, 6571.6 to 8122.1, head for 8684.2 in 2024; 9027.1 was published on the new base."""
    seen = forecast(series(SHENYANG), "2024")
    assert seen.slope == pytest.approx(509.76)
    assert seen.value == pytest.approx(7409.8 + 2.5 * 509.76)
    assert seen.low < seen.value < seen.high


@given(tenths=HUNDREDTHS, ahead=st.integers(1, 3), level=st.sampled_from([0.5, 0.8, 0.95]))
def test_the_interval_agrees_with_the_matrix_formula(series, tenths, ahead, level):
    """Whatever the figures, the interval is that of the general linear model, computed with numpy and no code of ours."""
    values = [tenth / 10 for tenth in tenths]
    seen = forecast(series(yearly(values)), str(2017 + len(values) + ahead), level=level)
    x = [2019.0 + place for place in range(len(values))]
    low, high = matrix_interval(x, values, x[-1] + ahead, level)
    assert (seen.low, seen.high) == (pytest.approx(low, rel=1e-6, abs=1e-4), pytest.approx(high, rel=1e-6, abs=1e-4))


@given(tenths=HUNDREDTHS, factor=st.sampled_from([1e-4, 1e4]))
def test_the_unit_scales_value_and_interval(series, tenths, factor):
    """In 万元 everything is ten thousand times as large."""
    target = str(2018 + len(tenths))
    one, other = (forecast(series(yearly([v * k for v in tenths])), target) for k in (1.0, factor))
    for name in ("value", "low", "high", "slope"):
        assert getattr(other, name) == pytest.approx(getattr(one, name) * factor, rel=1e-6, abs=1e-3 * factor)


@given(tenths=HUNDREDTHS, years=st.integers(-100, 100))
def test_the_calendar_does_not_matter(series, tenths, years):
    """The same figures in other years give the same forecast as many years on."""
    one, other = (forecast(series(yearly(tenths, start)), str(start + len(tenths))) for start in (2018, 2018 + years))
    for name in ("value", "low", "high", "slope"):
        assert getattr(other, name) == pytest.approx(getattr(one, name), rel=1e-9, abs=1e-6)


@given(tenths=HUNDREDTHS)
def test_a_higher_level_and_a_farther_year_are_wider(series, tenths):
    """The interval at 95 % holds that at 80 %, both hold the line's value, and a year more is wider."""
    assume(len(set(tenths)) > 2)
    figures, last = series(yearly(tenths)), 2017 + len(tenths)
    near, sure, far = (forecast(figures, str(last + ahead), level=p) for ahead, p in ((1, 0.8), (1, 0.95), (2, 0.8)))
    assert sure.low <= near.low <= near.value <= near.high <= sure.high
    assert far.high - far.low >= near.high - near.low


@given(tenths=HUNDREDTHS, data=st.data())
def test_the_order_of_the_figures_does_not_matter(series, tenths, data):
    """Figures are put in order by their periods."""
    figures = series(yearly(tenths))
    target = str(2018 + len(tenths))
    assert forecast(data.draw(st.permutations(figures)), target) == forecast(figures, target)


def test_fewer_points_are_wider(series):
    """The same scatter about the same line says less in four years than in eight."""
    saw = [10.0, 12.0, 12.0, 14.0, 14.0, 16.0, 16.0, 18.0]
    long, short = forecast(series(yearly(saw)), "2026"), forecast(series(yearly(saw[4:], 2022)), "2026")
    assert (long.points, short.points) == (8, 4)
    assert short.high - short.low > long.high - long.low


@pytest.mark.parametrize("values", [[5, 5, 5, 5], [10, 20, 30, 40], [0, 0, 0, 0, 0]])
def test_figures_on_a_line_have_an_interval_of_no_width(series, values):
    """Right by the formula and no certainty: the line is simply continued."""
    seen = forecast(series(yearly(values)), str(2018 + len(values)))
    assert seen.value == pytest.approx(2 * values[-1] - values[-2])
    assert (seen.low, seen.high) == (pytest.approx(seen.value), pytest.approx(seen.value))


def test_only_the_newest_eight_years_count(series):
    """Nine years before the last are not looked at, whatever they were."""
    recent = yearly([1, 3, 2, 4, 3, 5, 4, 6], 2016)
    seen = forecast(series({"2014": 900, "2015": 0, **recent}), "2024")
    assert seen == forecast(series(recent), "2024")
    assert (seen.first, seen.last, seen.points) == ("2016", "2023", 8)


def test_only_the_last_segment_counts(series):
    """Figures before a break do not make up for the few after it."""
    old, new = series(yearly([1, 2, 3, 4], 2018)), series(yearly([9, 8, 9], 2022), segment=1)
    assert forecast(old + new, "2025") is None
    assert forecast(old + new + series({"2025": 10}, segment=1), "2026").first == "2022"


def test_what_is_no_whole_year_of_the_series_does_not_count(series):
    """Estimates before the bureau's figure, lower bounds, cumulative quarters and other units stay outside."""
    figures = series(yearly([1, 3, 2, 4]))
    strangers = (
        *series({"2022": 900}, status="estimate"),
        *series({"2022": 900}, qualifier="at_least"),
        *series({"2022Q3": 900}, basis="ytd"),
        *series({"2017": 900}, unit="other"),
        *series({"2017": 900}, basis="point"),
        *series({"2022": math.inf}),
    )
    assert forecast((*strangers, *figures), "2022") == forecast(figures, "2022")


@pytest.mark.parametrize("period", ["2021", "2020", "2022Q3", "2025"])
def test_no_forecast_outside_its_reach(series, period):
    """Nothing for a year that is known, for part of a year, and for longer ahead than the figures span (here three years)."""
    figures = series(yearly([1, 3, 2, 4]))
    assert forecast(figures, "2024") is not None
    assert forecast(figures, period) is None


def test_too_few_years_and_too_large_numbers_have_no_forecast(series):
    """Three years are no trend; what a float cannot hold is not returned."""
    assert forecast((), "2024") is None
    assert forecast(series(yearly([1, 2, 3])), "2021") is None
    assert forecast(series(yearly([1.7e308, -1.7e308, 1.7e308, 1.7e308])), "2022") is None
    assert forecast(series(yearly([1e308, 1e308, 1e308, 1.1e308])), "2022") is None


def test_bounds_clip_a_share(series):
    """A share climbing at 97 % ends at 100 %, not above; the slope stays as seen."""
    figures = series(yearly([90, 93, 94, 97]))
    free, held = forecast(figures, "2024"), forecast(figures, "2024", bounds=(0.0, 100.0))
    assert free.value > 100
    assert (held.value, held.high, held.low) == (100.0, 100.0, min(free.low, 100.0))
    assert held.slope == free.slope
    assert forecast(series(yearly([9, 6, 5, 1])), "2023", bounds=(0.0, 100.0)).low == 0


@pytest.mark.parametrize("level", [0.0, 1.0, 80.0, -0.1, math.nan])
def test_a_level_is_a_probability(series, level):
    """80 is no level; 0.80 is."""
    with pytest.raises(ValueError, match=str(level)):
        forecast(series(yearly([1, 3, 2, 4])), "2022", level=level)


def test_a_forecast_has_no_status(series):
    """It is a number with an interval and judges nothing."""
    seen = forecast(series(SHENYANG), "2024")
    assert "status" not in {field.name for field in fields(seen)}
