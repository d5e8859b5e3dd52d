"""Compound growth that never raises on finite numbers; what has no answer is None."""

from __future__ import annotations

import math

from lib.verdict.methods.reading import Point


def annual_factor(start: Point, end: Point) -> float | None:
    """The yearly growth factor (v / v0)^(1 / (t - t0)); None for a base of zero, two signs, or no time in between."""
    years = end.year - start.year
    if years <= 0 or start.value == 0 or end.value / start.value < 0:
        return None
    return raised(end.value / start.value, 1 / years)


def raised(base: float, exponent: float) -> float:
    """A non-negative base to a power; infinite where the machine's numbers end."""
    try:
        return math.pow(base, exponent)
    except (OverflowError, ValueError):
        return math.inf


def average_growth(start: Point, end: Point) -> float | None:
    """The compound average growth rate a year as a share, (v / v0)^(1 / (t - t0)) - 1."""
    factor = annual_factor(start, end)
    return None if factor is None else factor - 1
