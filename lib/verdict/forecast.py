"""Where the whole-year figures are heading: a straight line through them with its prediction interval.

Ordinary least squares of value on time and Student's t with n - 2 degrees of freedom:
yhat ± t(1 - a/2, n - 2) · s · sqrt(1 + 1/n + (x0 - xbar)² / Sxx), with s² = sum of squared residuals / (n - 2).
Source: Montgomery and Runger, Applied Statistics and Probability for Engineers, 3rd edition, section 11-7. It assumes that
the years scatter independently about one line; few points tell little of that, and the interval says so by its width.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from statistics import linear_regression
from typing import Final

from lib.periods import is_year, parse_period
from lib.series import Figure
from lib.verdict.model import usable

FEWEST_POINTS: Final = 4
MOST_POINTS: Final = 8


@dataclass(frozen=True)
class Forecast:
    """The line's value at a year and the interval that holds the year's figure with probability `level` if the line goes on.

    `value`, `low` and `high` in the figures' unit, `slope` in that unit per year and never clipped; `points` counts the
    figures used, from `first` to `last`, which `values` holds by period.
    """

    period: str
    value: float
    low: float
    high: float
    level: float
    points: int
    first: str
    last: str
    slope: float
    values: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Line:
    """A fitted line: it passes through (`centre`, `mean`); `spread` is Sxx, `residual_sd` has `points` - 2 degrees."""

    slope: float
    centre: float
    mean: float
    residual_sd: float
    spread: float
    points: int

    def value_at(self, x: float) -> float:
        """The line's height at x."""
        return self.mean + self.slope * (x - self.centre)

    def half_width(self, x: float, level: float) -> float:
        """Half the prediction interval for one new observation at x."""
        from scipy.special import stdtrit  # noqa: PLC0415 - takes half a second, and most pages forecast nothing

        quantile = float(stdtrit(self.points - 2, (1 + level) / 2))
        return quantile * self.residual_sd * math.sqrt(1 + 1 / self.points + (x - self.centre) ** 2 / self.spread)


def forecast(
    figures: Sequence[Figure], period: str, *, level: float = 0.80, bounds: tuple[float, float] | None = None
) -> Forecast | None:
    """Forecast a whole year from the whole-year figures of one series: at most the newest eight of the last segment.

    Estimates made before the bureau's figure and lower bounds do not count. `bounds` clip value and interval, (0, 100) for a
    share in per cent. Figures that lie on a line give an interval of no width: right by the formula, and no certainty.

    None where there are fewer than four such figures; where the period is not a whole year after the last of them; where
    it is farther from the last than the last is from the first, for no line is good for more years than it was seen; and
    where numbers are too large to reckon with. ValueError for a level not between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(level)
    used = _comparable(figures)
    if len(used) < FEWEST_POINTS or not _is_within_reach(used, period):
        return None
    line = fit_line([figure.position for figure in used], [figure.value for figure in used])
    x = parse_period(period).position
    value, half = line.value_at(x), line.half_width(x, level)
    if not all(map(math.isfinite, (value, half, line.slope, value - half, value + half))):
        return None
    value, low, high = (_clip(number, bounds) for number in (value, value - half, value + half))
    values = tuple((figure.period, figure.value) for figure in used)
    return Forecast(period, value, low, high, level, len(used), used[0].period, used[-1].period, line.slope, values)


def fit_line(x: Sequence[float], y: Sequence[float]) -> Line:
    """Fit a line by least squares to three points or more, of two x at the least.

    Both are taken from their means first, which keeps the digits that years like 2025 would cost. Numbers too large to
    reckon with have no slope (NaN).
    """
    centre, mean = sum(x) / len(x), sum(y) / len(y)
    across, up = [value - centre for value in x], [value - mean for value in y]
    slope = math.nan
    with suppress(OverflowError):
        slope = linear_regression(across, up).slope if all(map(math.isfinite, up)) else math.nan
    residuals = [b - slope * a for a, b in zip(across, up, strict=True)]
    residual_sd = math.hypot(*residuals) / math.sqrt(len(x) - 2)
    return Line(slope, centre, mean, residual_sd, sum(a * a for a in across), len(x))


def _comparable(figures: Sequence[Figure]) -> list[Figure]:
    """The newest whole-year figures of the last one's segment, unit and basis, one a year, oldest first."""
    whole = [figure for figure in usable(tuple(figures)) if is_year(figure.period) and math.isfinite(figure.value)]
    if not whole:
        return []
    last = max(whole, key=lambda figure: figure.position)
    alike = [f for f in whole if (f.segment, f.unit, f.basis) == (last.segment, last.unit, last.basis)]
    yearly = {figure.period: figure for figure in sorted(alike, key=lambda figure: figure.position)}
    return list(yearly.values())[-MOST_POINTS:]


def _is_within_reach(used: list[Figure], period: str) -> bool:
    """Whether a period is a whole year after the last figure, and no farther from it than the figures span."""
    ahead = parse_period(period).position - used[-1].position
    return is_year(period) and 0 < ahead <= used[-1].position - used[0].position


def _clip(value: float, bounds: tuple[float, float] | None) -> float:
    return value if bounds is None else min(max(value, bounds[0]), bounds[1])
