"""Tables with one figure a line: what their indicator cells say in words, and which of the title's units fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.ingest.layout import Layout, Record
from lib.ingest.phrases import refuse
from lib.ingest.plans import choose_unit, join_units, only
from lib.ingest.problems import problem
from lib.ingest.text import normal
from lib.ingest.values import is_not_reported, read_number

if TYPE_CHECKING:
    from lib.ingest.phrases import Phrase, Phrases
    from lib.ingest.titles import Title


def settle(layout: Layout, title: Title, phrases: Phrases) -> None:
    """Read the indicator cells of a table with one figure a line: refuse what only looks tracked, part name and unit."""
    kept: list[Record] = []
    for record in layout.records:
        text = record.cells.get("indicator", "")
        known = phrases.lexicon.indicators.find(text)
        refused = "" if known or is_not_reported(record.cells.get("value", "")) else refuse(text)
        if refused:
            header = layout.headers["indicator"]
            layout.problems.append(problem(refused, row=record.row, column=header, value=text))
            continue
        phrase = None if known else phrases.read_indicator(normal(text))
        kept.append(_settle(record, phrase, known, title, phrases, stated=bool(layout.unit)))
    layout.records = kept
    layout.title_unit = title.units[0] if len(title.units) == 1 else ""


def _settle(
    record: Record, phrase: Phrase | None, known: tuple[str, ...], title: Title, phrases: Phrases, *, stated: bool
) -> Record:
    """Give a record the indicator and unit that its indicator cell names in words, and the fitting unit of the title."""
    cells = dict(record.cells)
    if phrase and phrase.indicators:
        code = phrase.indicators[0]
        cells["indicator"] = (phrases.grow(code) if phrase.growth else code) or cells["indicator"]
        cells["unit"] = join_units(cells.get("unit", ""), only(phrase.units), phrases)
    code = known[0] if len(known) == 1 else cells.get("indicator", "")
    if len(title.units) > 1 and not cells.get("unit") and not stated and not read_number(cells.get("value", "")).unit:
        cells["unit"] = choose_unit(code, title.units, phrases)
    return Record(record.row, cells)
