"""How a target stands against an earlier board: better, worse, the same, judged for the first time, or no longer judged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from lib.schema import Status

if TYPE_CHECKING:
    from lib.series import Figure
    from lib.verdict.model import Verdict

# The statuses that say how a target stands, the gravest first: what a reader should hear first.
GRAVITY: Final = (
    Status.MISSED, Status.MOVING_AWAY, Status.OVERDUE, Status.OFF_TRACK, Status.AT_RISK, Status.ACHIEVED_LATE, Status.ON_TRACK,
    Status.ACHIEVED,
)  # fmt: skip


class Direction(StrEnum):
    """Where a verdict went."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class Trend:
    """Where a verdict went, and the figure it stood on before where that is another one.

    `change` is the difference of the two figures in their unit, None across a break or without two comparable figures.
    """

    direction: Direction
    before: Figure | None = None
    change: float | None = None


def trend_of(old: Verdict, new: Verdict) -> Trend:
    """Compare a target's verdict with an earlier one of it."""
    was, now = shown_figure(old), shown_figure(new)
    if was is None or now is None or (was.period, was.value, was.region) == (now.period, now.value, now.region):
        return Trend(_direction(old, new))
    comparable = (was.region, was.basis, was.unit, was.segment) == (now.region, now.basis, now.unit, now.segment)
    return Trend(_direction(old, new), was, now.value - was.value if comparable else None)


def shown_figure(verdict: Verdict) -> Figure | None:
    """The figure that a verdict is told by: the one that met the target late, else the one judged."""
    return verdict.later or verdict.figure


def _direction(old: Verdict, new: Verdict) -> Direction:
    """Better and worse by gravity; statuses without a colour are neither."""
    judged = [verdict.status in GRAVITY for verdict in (old, new)]
    if not all(judged):
        return Direction.GONE if judged[0] else Direction.NEW if judged[1] else Direction.SAME
    steps = GRAVITY.index(new.status) - GRAVITY.index(old.status)
    return Direction.SAME if steps == 0 else Direction.BETTER if steps > 0 else Direction.WORSE
