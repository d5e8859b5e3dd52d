"""Figures held against other figures, of the file or held already. Warnings all: what is odd may be true.

Blocks copied from another period or region; published growth against levels; sectors and cities against totals; values
changed without a word; changes beyond what a series ever did. Tolerances are those of reference figures, whose 47 sums
of sectors are within 0.1 (nation 1) and whose 14 cities miss the province by 0.47 %.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, Final

from lib.ingest.book import Book, Breaks, Context, Key, Point, read_book, read_key, write_value
from lib.ingest.copied import find_copies
from lib.ingest.history import find_jumps
from lib.ingest.quarters import find_single_quarters
from lib.ingest.spans import STATUS_LABELS
from lib.ingest.sums import compare_cities, compare_sectors, find_least, read_cities
from lib.ingest.values import PERCENT

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from lib.ingest.rows import Lexicon, Reading
    from lib.schema import Problem

_LARGEST_DIFFERENCE: Final = 2.5  # points; see verdict.breaks


def compare_figures(
    readings: list[Reading],
    lexicon: Lexicon,
    known: pd.DataFrame | None,
    regions: pd.DataFrame,
    breaks: pd.DataFrame | None,
) -> Iterable[Iterable[Problem]]:
    """All that is odd about a file's figures beside each other and beside those held, one kind of check after the other.

    `readings`: the sound ones.
    """
    book = read_book(readings, known)
    if not book.fresh:
        return ()
    context = Context(book, lexicon, Breaks(breaks))
    return (
        find_copies(context), _compare_growth(context), compare_sectors(context),
        compare_cities(context, read_cities(regions)), _find_unmarked(readings, book, lexicon), find_jumps(context),
        find_single_quarters(context),
    )  # fmt: skip


def _compare_growth(context: Context) -> Iterable[Problem]:
    """Hold each level's change over a year against the growth published for it."""
    facts = context.lexicon.facts
    level_of: dict[str, list[str]] = defaultdict(list)
    for code, fact in facts.items():
        level_of[fact.growth].append(code)
    keys: dict[Key, None] = {}
    for key in context.book.fresh:
        levels = [key.indicator] if facts[key.indicator].growth else level_of.get(key.indicator, [])
        keys |= {key._replace(indicator=code, unit=facts[code].units[0]): None for code in levels}
    for key in keys:
        yield from _judge_growth(key, context)


def _judge_growth(key: Key, context: Context) -> Iterable[Problem]:
    """Name a level whose change is far from the published growth, whichever of several vintages is taken."""
    book, facts = context.book, context.lexicon.facts[key.indicator]
    before = key._replace(period=f"{int(key.period[:4]) - 1}{key.period[4:]}")
    growth = key._replace(indicator=facts.growth, unit=PERCENT)
    pairs = [
        ((level.value / old.value - 1) * 100, level, old)
        for level, old in product(book.at(key), book.at(before))
        if old.value > 0 and context.breaks.segment(before, old.status) == context.breaks.segment(key, level.status)
    ]
    gaps = (
        (abs(round(change - rate.value, 9)), level, old, rate)
        for change, level, old in pairs
        for rate in book.at(growth)
    )
    best = find_least(gaps, _LARGEST_DIFFERENCE)
    if best:
        yield from _name_growth(before.period, key.period, facts.label, best[1:])


def _name_growth(before: str, period: str, label: str, points: tuple[Point, Point, Point]) -> Iterable[Problem]:
    """Name both levels, the published growth and the difference; the file's level is pointed at, else its growth."""
    level, old, rate = points
    reading = level.reading or rate.reading
    change = (level.value / old.value - 1) * 100
    hint = {
        "indicator": label,
        "period": period,
        "previous": before,
        "previous_value": write_value(old.value),
        "level": write_value(level.value),
        "growth": write_value(rate.value),
        "change": f"{change:.1f}",
        "difference": f"{abs(change - rate.value):.1f}",
    }
    if reading:
        yield reading.name("growth_differs", hint)


def _find_unmarked(readings: list[Reading], book: Book, lexicon: Lexicon) -> Iterable[Problem]:
    """Name each value that differs from all held of its figure and says neither its status nor, with theirs, its date."""
    for reading in readings:
        row, key = reading.row, read_key(reading)
        held = book.held.get(key, [])
        silent = not reading.cell("status") or (
            row["published"] is None and row["status"] in {point.status for point in held}
        )
        if held and silent and reading.value not in {point.value for point in held}:
            hint = {
                "known": write_value(held[-1].value),
                "unit": lexicon.units.label(key.unit),
                "allowed": STATUS_LABELS,
            }
            yield reading.name("revision_unmarked", hint)
