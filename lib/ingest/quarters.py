"""Single quarters given as cumulative figures: three of them hardly make more than the first one did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lib.ingest.book import write_value
from lib.schema import Basis, Nature

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lib.ingest.book import Context, Key, Point
    from lib.schema import Problem

_LEAST: Final = (
    1.5  # times the first quarter; even quarters make 3, and the eleven pairs of the reference figures 2.25 and more
)


def find_single_quarters(context: Context) -> Iterable[Problem]:
    """Name the third quarter of each year whose cumulative figures look like single quarters."""
    facts = context.lexicon.facts
    for key in context.book.fresh:
        fact = facts[key.indicator]
        if key.period.endswith("Q3") and key.basis == Basis.YTD and fact.nature == Nature.FLOW and fact.cumulative:
            yield from _judge(key, context)


def _judge(key: Key, context: Context) -> Iterable[Problem]:
    """Hold the first three quarters of a year against each other, whichever of several vintages is taken."""
    first, second, third = (context.book.at(key._replace(period=f"{key.period[:4]}Q{number}")) for number in (1, 2, 3))
    if not first or not second:
        return
    low, high = _least(first), max(third, key=lambda point: point.value)
    if 0 < low.value <= high.value < _LEAST * low.value and high.reading:
        hint = {
            "indicator": context.lexicon.facts[key.indicator].label,
            "year": key.period[:4],
            "first": write_value(low.value),
            "third": write_value(high.value),
        }
        yield high.reading.name("quarters_not_cumulative", hint)


def _least(points: list[Point]) -> Point:
    """The smallest of a figure's values."""
    return min(points, key=lambda point: point.value)
