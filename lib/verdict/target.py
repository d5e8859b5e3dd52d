"""What is asked for: one stated target, its path of expected values, and the evidence of a milestone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from lib.periods import parse_period

if TYPE_CHECKING:
    from datetime import date

    from lib.schema import Stage

LINEAR: Final = "linear"
CONSTANT_GROWTH: Final = "constant_growth"
STATED: Final = "stated"


@dataclass(frozen=True)
class Target:
    """One stated target, as a row of `targets.csv` gives it; `value` in the indicator's unit, None where none is stated.

    `interim` holds the values that the plan states on the way (rows of `paths.csv`), by period, oldest first; `every`
    is the rhythm of a milestone that recurs, in years, 0 for one that is done once.
    """

    target: str
    sentence: str
    plan: str
    region: str
    subject: str
    indicator: str
    kind: str
    operator: str
    value: float | None
    unit: str
    benchmark: str
    baseline_period: str
    baseline_value: float | None
    start_period: str
    target_period: str
    scope: str
    baseline_source: str = ""
    path: str = LINEAR
    interim: tuple[tuple[str, float], ...] = ()
    every: int = 0

    def is_met_by(self, value: float) -> bool:
        """Whether a value satisfies the operator and the target's own value."""
        return self.is_satisfied(value, self.goal)

    def is_satisfied(self, value: float, bound: float) -> bool:
        """Whether a value satisfies the operator against a bound; what differs only by the machine's rounding is equal."""
        equal = math.isclose(value, bound, rel_tol=1e-9, abs_tol=1e-9)
        if equal or math.isnan(bound):
            return equal and self.operator in (">=", "<=")
        return (value - bound) * self.direction > 0

    @property
    def goal(self) -> float:
        """The target's value; not a number where none is stated."""
        return math.nan if self.value is None else self.value

    @property
    def is_bound(self) -> bool:
        """Whether it bounds what may happen ("at most 3 % growth") and asks for no way to go: no share of it can be done."""
        return self.goal * self.direction <= 0

    @property
    def direction(self) -> int:
        """+1 where more is asked for, -1 where less is."""
        return -1 if self.operator in ("<", "<=", "decrease") else 1

    @property
    def deadline(self) -> float:
        """The end of the target period in years."""
        return parse_period(self.target_period).position


@dataclass(frozen=True)
class Evidence:
    """One dated statement about a milestone."""

    happened: date
    stage: Stage
    known_from: date
    what_zh: str
    what_en: str
    source: str
    link: str


def expected_at(target: Target, start: float, value: float, position: float) -> float:
    """What the path from a baseline (`start` in years, `value`) asks for at a time, held at the target after the deadline.

    Straight line: v0 + (T - v0) s with s the share of the time gone. Constant growth: v0 (T / v0)^s, for positive values
    only. Stated: straight between the interim values of the plan. Source: WHO Triple Billion scenarios (straight line and
    constant rate of change).
    """
    knots = [(start, value), *_interim(target, start), (target.deadline, target.goal)]
    if position >= target.deadline or target.deadline <= start:
        return target.goal
    position = max(position, start)
    (x0, y0), (x1, y1) = next(pair for pair in pairwise(knots) if position <= pair[1][0])
    share = (position - x0) / (x1 - x0)
    if grows_constantly(target, value):
        return float(y0 * (y1 / y0) ** share)
    return y0 + (y1 - y0) * share


def grows_constantly(target: Target, baseline: float) -> bool:
    """Whether the path is one of constant growth; between values that are not both positive it cannot be."""
    return target.path == CONSTANT_GROWTH and min(baseline, target.goal) > 0


def _interim(target: Target, start: float) -> list[tuple[float, float]]:
    """The interim values after the baseline, by time."""
    if target.path != STATED:
        return []
    stated = [(parse_period(code).position, value) for code, value in target.interim]
    return [(position, value) for position, value in stated if start < position < target.deadline]
