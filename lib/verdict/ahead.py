"""What lies ahead of a target that is not settled: what the rest of the time asks for, and where the trend leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.schema import Nature
from lib.verdict.forecast import forecast
from lib.verdict.model import Required
from lib.verdict.required import required_change, required_growth

if TYPE_CHECKING:
    from lib.series import Figure
    from lib.verdict.forecast import Forecast
    from lib.verdict.model import Case

GROWING = (Nature.FLOW, Nature.STOCK, Nature.INDEX)


def required_of_level(case: Case, figure: Figure, goal: float) -> Required | None:
    """The change a year, and for amounts the compound growth a year, from a figure to a level by the deadline."""
    left = case.target.deadline - figure.position
    if case.is_over or left <= 0 or case.target.is_satisfied(figure.value, goal):
        return None
    growth = required_growth(figure.value, goal, left) if case.nature in GROWING else None
    return Required(left, required_change(figure.value, goal, left), growth)


def forecast_of_level(case: Case) -> Forecast | None:
    """The straight trend of the comparable yearly figures at the deadline, with its interval; shares stay within 0 to 100."""
    bounds = (0.0, 100.0) if case.nature == Nature.SHARE else None
    return forecast(case.usable, case.target.target_period, bounds=bounds)
