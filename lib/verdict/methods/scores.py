"""Scores, bands and projections of other trackers: SDSN, NITI Aayog, Scotland, Akvo, and WHO's triple billions."""

from __future__ import annotations

import math
from typing import Final

from lib.verdict.methods.bands import Band, Bands
from lib.verdict.methods.compound import annual_factor, raised
from lib.verdict.methods.reading import NOT_AVAILABLE, Category, Point, Reading

NITI: Final = Bands(
    (
        Band(Category.ACHIEVER, 100.0, 100.0, high_closed=True),
        Band(Category.FRONT_RUNNER, 65.0, 99.0, high_closed=True),
        Band(Category.PERFORMER, 50.0, 64.0, high_closed=True),
        Band(Category.ASPIRANT, 0.0, 49.0, high_closed=True),
    ),
    unit="score",
    source="NITI Aayog, SDG India Index",
    complete=False,
    low=0.0,
    high=100.0,
)
SCOTLAND: Final = Bands(
    (
        Band(Category.IMPROVING, 0.1),
        Band(Category.MAINTAINING, -0.1, 0.1, low_closed=False),
        Band(Category.WORSENING, -math.inf, -0.1, high_closed=True),
    ),
    unit="points",
    source="Scotland, National Performance Framework, criteria for change in economic growth (SPICe); worsening mirrored by us",
)


def sdsn_bands(green: float, red: float, direction: int) -> Bands:
    """The dashboard colours along an indicator's own values, from its published green and red thresholds."""
    if direction > 0:
        bands = (
            Band(Category.GREEN, green),
            Band(Category.YELLOW_OR_ORANGE, red, green),
            Band(Category.RED, -math.inf, red),
        )
    else:
        bands = (
            Band(Category.GREEN, -math.inf, green, high_closed=True),
            Band(Category.YELLOW_OR_ORANGE, green, red, low_closed=False, high_closed=True),
            Band(Category.RED, red, math.inf, low_closed=False),
        )
    return Bands(
        bands, unit="value", source="SDSN, Sustainable Development Report 2025, codebook; red's own end read by us"
    )


def sdsn_score(value: float, optimum: float, lower_bound: float) -> float | None:
    """The score 100 (v - worst) / (best - worst), held between 0 and 100; none where best and worst are equal."""
    way = optimum - lower_bound
    return max(0.0, min(100.0, 100 * ((value - lower_bound) / way))) if way else None


def sdsn(value: float, optimum: float, green: float, red: float, lower_bound: float) -> Reading:
    """Give the score and the colour. Source: SDSN, Sustainable Development Report 2025, codebook.

    Poverty at 2.15 a day: optimum 0, green up to 2, red above 13, lower bound 72.6.
    """
    score = sdsn_score(value, optimum, lower_bound)
    if score is None:
        return NOT_AVAILABLE
    return Reading(score, sdsn_bands(green, red, 1 if optimum > lower_bound else -1).category(value))


def niti(score: float) -> Reading:
    """Name the band of a composite score; between two whole numbers some scores have none. Source: NITI Aayog."""
    return NITI.read(score)


def scotland(growth: float, average: float) -> Reading:
    """Judge the latest growth by its lead over the average of the three years before, in points: 0.1 is a change.

    Source: Scotland, National Performance Framework, criteria for change (SPICe, 2023-03).
    """
    return SCOTLAND.read(growth - average)


def akvo_percent(actual: float, target: float) -> float | None:
    """Actual over target in per cent, to one decimal; base and direction ignored. Source: Akvo RSR (0291324).

    A reduction to 30 under a ceiling of 20 reads 150 % done, so we do not judge by it.
    """
    return round(actual / target * 100, 1) if target else None


def akvo_percent_capped(actual: float, target: float) -> float | None:
    """The percentage that was meant to stop at 100 and, taking max for min, starts there. Source: Akvo RSR (0291324).

    Reproduced as published, a percentage of zero reading as none; not judged by.
    """
    percent = akvo_percent(actual, target)
    return max(percent, 100.0) if percent else None


def who_linear_path(baseline: Point, target: Point, year: float) -> float | None:
    """The value that a straight line from base to target asks for in a year.

    v0 + (T - v0)(t - t0)/(tT - t0). Source: WHO, triple billions, billionaiRe 0.8.1.
    """
    years = target.year - baseline.year
    return baseline.value + (target.value - baseline.value) * ((year - baseline.year) / years) if years else None


def who_constant_rate(before: Point, last: Point, year: float) -> float | None:
    """The value in a year if the latest yearly rate of change stays as it is.

    v (v / v_before)^(years ahead). Source: WHO, triple billions, billionaiRe 0.8.1.
    """
    factor = annual_factor(before, last)
    return None if factor is None else last.value * raised(factor, year - last.year)
