"""One record to one canonical row, with all that is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from lib.ingest.facts import Indicator, read_indicator
from lib.ingest.fixes import Fixes, certain_day, certain_number, certain_region, has_wide_digits, mend
from lib.ingest.names import Names, find_region
from lib.ingest.parts import PERIOD_FAULT
from lib.ingest.problems import build
from lib.ingest.spans import QUALIFIER_LABELS, STATUS_LABELS, Span, read_day, read_qualifier, read_span, read_status
from lib.ingest.text import to_records
from lib.ingest.values import PERCENT, Figure, Unit, Units, convert, is_not_reported, read_number, write_number
from lib.periods import parse_period
from lib.schema import Nature, Vintage

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from lib.ingest.layout import Layout, Record
    from lib.schema import Problem

_LINK: Final = re.compile(r"^https?://[^\s/]+\S*$", re.IGNORECASE)

# Of these a bureau can only speak once their period is over. An estimate comes before, and may be of unstated status.
_ACTUAL: Final = frozenset({Vintage.PRELIMINARY, Vintage.REVISED, Vintage.FINAL})


@dataclass(frozen=True)
class Lexicon:
    """The reference tables, ready for look-up."""

    regions: Names
    indicators: Names
    facts: dict[str, Indicator]
    units: Units


@dataclass(frozen=True)
class Defaults:
    """The day of checking, what the form says for rows that do not say it themselves, and the cells to be replaced."""

    today: date
    published: date | None = None
    source: str = ""
    unit: str = ""
    fixes: Fixes = field(default_factory=dict)


@dataclass
class Reading:
    """A record being read: the canonical row as far as it got, and its problems."""

    record: Record
    layout: Layout
    row: dict[str, object] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    basis_assumed: bool = False
    unitless: bool = False
    skipped: bool = False

    def cell(self, column: str) -> str:
        """A cell's text; "" where the file lacks the column."""
        return self.record.cells.get(column, "")

    def note(self, code: str, column: str, *, value: str | None = None, fix: str = "", **hint: object) -> None:
        """Add a problem of this record."""
        shown = self.cell(column) if value is None else value
        self.problems.append(build(code, self.record.row, self.header(column), shown, hint, fix))

    def name(self, code: str, hint: Mapping[str, object], fix: str = "") -> Problem:
        """A problem of this record's figure that shows beside other figures only."""
        return build(code, self.record.row, self.header("value"), self.cell("value"), hint, fix)

    def header(self, column: str) -> str:
        """A column's header as the file has it."""
        return self.layout.headers.get(column, column)

    @property
    def value(self) -> float:
        """The figure in its canonical unit; only a sound record has one."""
        return cast("float", self.row["value"])

    @property
    def sound(self) -> bool:
        """Whether the row can be stored."""
        return not self.skipped and all(item.severity != "error" for item in self.problems)


def read_facts(indicators: pd.DataFrame, names: Names) -> dict[str, Indicator]:
    """Read what checking needs of each indicator, by code."""
    return {row["indicator"]: read_indicator(row, names) for row in to_records(indicators)}


def read_row(record: Record, layout: Layout, lexicon: Lexicon, defaults: Defaults) -> Reading:
    """Read a record. One without a figure is skipped with a warning, whatever else it holds."""
    given, replaced = record, ""
    if defaults.fixes:
        record, replaced = mend(record, layout, defaults.fixes)
    reading = Reading(record, layout)
    if is_not_reported(reading.cell("value")):
        reading.skipped = True
        reading.note("not_reported", "value")
        return reading
    region = _read_name(reading, "region", lexicon.regions)
    indicator = _read_name(reading, "indicator", lexicon.indicators)
    facts = lexicon.facts.get(indicator)
    if facts and facts.nature == Nature.EVENT:
        reading.note("indicator_not_measured", "indicator", indicator=facts.label)
        facts = None
    span = _read_span(reading, facts, defaults.today)
    reading.row = {"region": region, "indicator": indicator, "period": span.period, "basis": span.basis}
    _read_figure(reading, facts, lexicon.units, defaults.unit)
    _read_words(reading)
    reading.row["published"] = _read_published(reading, span.period, defaults)
    reading.row["source"] = reading.cell("source") or defaults.source.strip()
    _read_link(reading)
    reading.row |= {"note": reading.cell("note"), "row": record.row}
    if replaced:
        reading.row |= {
            "note": f"{reading.cell('note')} {replaced}".strip(),
            "value_text": given.cells.get("value", ""),
        }
    return reading


def _read_name(reading: Reading, column: str, names: Names) -> str:
    """Return the code of a region or indicator; "" with a problem if there is not exactly one."""
    find = partial(find_region, names) if column == "region" else names.find
    text, codes, stated = reading.cell(column), find(reading.cell(column)), find(reading.cell(f"{column}_code"))
    if codes and len(stated) == 1 and stated[0] not in codes:
        reading.note("code_and_name_differ", column, stated=names.label(*stated), name=names.label(*codes))
        return ""
    if len(stated) == 1 or len(codes) == 1:
        return (stated or codes)[0]
    nearest = names.nearest(text) if text and not codes else ""
    fix = certain_region(text, names) if column == "region" and text and not codes else ""
    if codes:
        reading.note(f"{column}_ambiguous", column, choices=names.label(*codes))
    elif nearest:
        reading.note(f"{column}_unknown", column, nearest=nearest, fix=fix)
    else:
        reading.note(f"{column}_not_listed" if text else f"{column}_missing", column, fix=fix)
    return ""


def _read_span(reading: Reading, facts: Indicator | None, today: date) -> Span:
    """Read period and basis. Without a known indicator only the period counts: no usual basis is known."""
    text = reading.cell("period")
    nature, cumulative = (facts.nature, facts.cumulative) if facts else ("", False)
    span = read_span(text, reading.cell("basis"), nature, cumulative=cumulative)
    if not span.period:
        reading.note(reading.cell(PERIOD_FAULT) or span.fault, "period")
        return span
    if parse_period(span.period).end > today:
        reading.note("period_future", "period", end=parse_period(span.period).end, today=today)
    if facts and span.fault:
        _note_basis(reading, span)
    reading.basis_assumed = span.assumed
    return span


def _note_basis(reading: Reading, span: Span) -> None:
    """Word what is wrong, or was adjusted, with a basis."""
    if span.fault == "basis_mismatch":
        reading.note(span.fault, "basis", period=reading.cell("period"), allowed=span.detail)
    elif span.fault == "basis_adjusted":
        chinese, english = span.detail.split(" ", 1)
        fix = english if reading.cell("basis").isascii() else chinese
        reading.note(span.fault, "basis", read=span.detail, fix=fix)
    elif span.fault == "basis_unclear":
        reading.note(span.fault, "period", allowed=span.detail)
    else:
        reading.note(span.fault, "basis", allowed=span.detail)


def _read_figure(reading: Reading, facts: Indicator | None, units: Units, told: str) -> None:
    """Read value and unit, convert, and check the range."""
    text = reading.cell("value")
    figure = read_number(text, semicolons=reading.layout.separator == ";")
    if figure.unit and units.find(figure.unit) is None:
        figure = Figure(fault="not_a_number")
    if figure.fault:
        hint = {"read": figure.read} if figure.fault == "number_decimal_comma" else {}
        reading.note(figure.fault, "value", **hint, fix=certain_number(text, figure))
    stated = _list_units(reading, figure)
    unit = _read_unit(reading, stated, facts, units) if stated else _fill_unit(reading, facts, units, told)
    into = _accept_unit(reading, unit, facts, units)
    reading.row |= {"value_text": text, "unit_text": stated[0][1] if stated else "", "unit": into.code if into else ""}
    if facts and unit and into and not figure.fault:
        value = convert(figure.value, unit, into)
        reading.row["value"] = float(value)
        _check_range(reading, value, into, facts)
    if figure.reformatted or (has_wide_digits(text) and not figure.fault):
        reading.note("number_reformatted", "value", read=figure.read, fix=certain_number(text, figure))


def _list_units(reading: Reading, figure: Figure) -> list[tuple[str, str]]:
    """All units stated, as (column, text): in their own column, in the cell, in the header; else above it."""
    layout = reading.layout
    stated = [("unit", reading.cell("unit")), ("value", figure.unit), ("value", layout.unit)]
    found = [(column, text) for column, text in stated if text]
    return found or ([("unit", layout.title_unit)] if layout.title_unit else [])


def _read_unit(reading: Reading, stated: list[tuple[str, str]], facts: Indicator | None, units: Units) -> Unit | None:
    """Return the one unit stated; None, with a problem, if it is unknown or not the only one."""
    found = [(text, units.find(text)) for _, text in stated]
    for (column, text), (_, unit) in zip(stated, found, strict=True):
        if unit is None:
            allowed = units.label(*facts.units) if facts else units.label(PERCENT)
            reading.note("unit_unknown", column, value=text, allowed=allowed)
            return None
    if len({unit.code for _, unit in found if unit}) > 1:
        reading.note("unit_conflict", "value", first=found[0][0], second=found[-1][0])
        return None
    return found[0][1]


def _fill_unit(reading: Reading, facts: Indicator | None, units: Units, told: str) -> Unit | None:
    """Where no unit is stated, return the one told, if it fits. Only per cent is assumed: no figure shows its own unit."""
    if facts is None:
        return None
    if facts.units[0] == PERCENT:
        return units.by_code.get(PERCENT)
    reading.unitless = True
    unit = units.by_code.get(told)
    if unit is None or units.choose(unit, facts.units) is None:
        reading.note("unit_missing", "unit", allowed=units.label(*facts.units))
        return None
    return unit


def _accept_unit(reading: Reading, unit: Unit | None, facts: Indicator | None, units: Units) -> Unit | None:
    """Return the unit to store a figure in: the indicator's, or one of its others."""
    if unit is None or facts is None:
        return None
    into = units.choose(unit, facts.units)
    if into is None:
        hint = {"indicator": facts.label, "allowed": units.label(*facts.units)}
        reading.note("unit_dimension", "unit" if reading.cell("unit") else "value", value=unit.label, **hint)
    return into


def _check_range(reading: Reading, value: Decimal, unit: Unit, facts: Indicator) -> None:
    """Compare with the indicator's range. In another unit than its own only the sign of a bound at zero still holds."""
    own = unit.code == facts.units[0]
    low, high = (bound if own or bound == 0 else None for bound in (facts.minimum, facts.maximum))
    if (low is not None and value < low) or (high is not None and value > high):
        hint = {"indicator": facts.label, "allowed": _write_range(low, high), "unit": unit.label}
        reading.note("out_of_range", "value", **hint, read=write_number(value))


def _write_range(low: Decimal | None, high: Decimal | None) -> str:
    """A range as a message shows it: "0–100", "≥ 0"."""
    if low is None or high is None:
        return f"≥ {write_number(low)}" if low is not None else f"≤ {write_number(high or Decimal(0))}"
    return f"{write_number(low)}{'–' if low >= 0 else ' – '}{write_number(high)}"


def _read_words(reading: Reading) -> None:
    """Read status and qualifier."""
    status, qualifier = read_status(reading.cell("status")), read_qualifier(reading.cell("qualifier"))
    if status is None:
        reading.note("status_unknown", "status", allowed=STATUS_LABELS)
    if qualifier is None:
        reading.note("qualifier_unknown", "qualifier", allowed=QUALIFIER_LABELS)
    reading.row |= {"status": status or "", "qualifier": qualifier or ""}


def _read_published(reading: Reading, period: str, defaults: Defaults) -> date | None:
    """Return the date of publication, the form's if the row has none; no actual comes out before its period ends."""
    text = reading.cell("published")
    published = read_day(text) if text else defaults.published
    if text and published is None:
        reading.note("published_unreadable", "published", fix=certain_day(text))
    elif text and published and published > defaults.today:
        reading.note("published_future", "published", today=defaults.today)
    elif published and period and reading.row["status"] in _ACTUAL:
        end = parse_period(period).end
        if published < end <= defaults.today:
            shown = reading.cell("period")
            reading.note("published_before_period", "published", value=text or str(published), period=shown, end=end)
    return published


def _read_link(reading: Reading) -> None:
    """Accept a web address only: a link is clicked."""
    link = reading.cell("link")
    if link and not _LINK.match(link):
        reading.note("link_unusable", "link")
    reading.row["link"] = link
