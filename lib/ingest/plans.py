"""What the columns of a wide table hold: region, indicator, period and unit of each, from heading, neighbour and title.

What none of them tells is asked for, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from lib.ingest.layout import Asked
from lib.ingest.lines import first_cells
from lib.ingest.phrases import NO_YEAR, Phrase, is_rank
from lib.ingest.problems import build, problem
from lib.ingest.told import IGNORE, PERIOD_PARTS
from lib.ingest.values import PERCENT, is_not_reported, read_number
from lib.periods import is_year, read_period

if TYPE_CHECKING:
    from lib.ingest.heads import Head
    from lib.ingest.lines import Line
    from lib.ingest.phrases import Phrases
    from lib.ingest.titles import Title
    from lib.schema import Problem

RATE: Final = re.compile(r"速|幅|率|同比|yoy|growth rate|%", re.IGNORECASE)


@dataclass(frozen=True)
class Plan:
    """What a column's figures are, as far as heading and title tell; "" is read from the line. `grows`: of its indicator."""

    head: Head
    region: str = ""
    indicator: str = ""
    period: str = ""
    basis: str = ""
    unit: str = ""
    grows: bool = False


@dataclass
class Table:
    """A wide table being read: its columns, the line of its header, what stands above it and what it lacks."""

    heads: list[Head]
    row: int
    title: Title
    phrases: Phrases
    problems: list[Problem] = field(default_factory=list)
    lacking: dict[str, list[str]] = field(default_factory=dict)
    asked: Asked = field(default_factory=lambda: Asked(wide=True))

    def find(self, name: str) -> Head | None:
        """The column of a canonical name; of the period also the first of several that make it."""
        names = {name, *(PERIOD_PARTS if name == "period" else ())}
        return next((head for head in self.heads if head.name in names), None)

    def ask(self, kind: str, own: tuple[str, ...], found: str) -> str:
        """What is found of a kind, else what was told, unless a heading of its own or a column speaks of it."""
        if found or own or self.find(kind) or (kind == "indicator" and self.title.phrase.refused):
            return found
        self.asked.lacking.add(kind)
        return str(getattr(self.phrases.told, kind))

    @property
    def all_growth(self) -> bool:
        """Whether the title says that all figures are growth: 地区生产总值同比增长, and no heading tells growth apart."""
        title = self.title.phrase
        return bool(title.growth) and not title.joined and not title.levels and not self._tells_growth

    @property
    def unclear(self) -> bool:
        """Whether the title speaks of levels and growth, and no heading says which is which."""
        title = self.title.phrase
        return bool(title.growth and (title.joined or title.levels)) and not self._tells_growth

    @property
    def _tells_growth(self) -> bool:
        """Whether some heading says growth."""
        return any(head.phrase is not None and head.phrase.growth for head in self.heads)

    def note(self, code: str, head: Head, **hint: object) -> None:
        """Add a problem of a column."""
        self.problems.append(build(code, self.row, head.label, "", hint))


def holds_figures(head: Head) -> bool:
    """Whether a column's heading says that figures stand below it."""
    return head.name == "value" or (not head.name and head.phrase is not None and head.phrase.telling)


def plan_columns(table: Table, lines: list[Line]) -> list[Plan | None]:
    """Plan every column from left to right: growth belongs to the level on its left, and to none behind an unknown column."""
    plans: list[Plan | None] = []
    level: Plan | None = None
    blocked = False
    for head in table.heads:
        plan = None
        if holds_figures(head) and not (head.phrase and head.phrase.refused):
            plan = _plan(head, level, table, blocked=blocked)
            if plan is None and table.problems[-1].code == "growth_without_level" and head.unread == head.label:
                table.asked.unknown[head.unread] = first_cells(lines, head.place)
        else:
            _note_unread(head, table, lines)
        if plan and not plan.grows:
            level, blocked = plan, False
        elif _blocks(head):
            level, blocked = None, True
        plan = plan and _check(plan, table)
        plans.append(plan and _give_unit(plan, table, lines))
    return plans


def _note_unread(head: Head, table: Table, lines: list[Line]) -> None:
    """Tell of a column that is refused, unknown, or filled without a heading."""
    if head.phrase is not None and head.phrase.refused:
        table.note(head.phrase.refused, head)
    elif head.name == IGNORE:
        table.note("column_ignored", head)
    elif not head.name and head.label:
        table.note("column_unknown", head)
        table.asked.unknown |= {head.unread: first_cells(lines, head.place)} if head.unread else {}
    elif not head.name and any(line.cell(head.place) for line in lines):
        table.problems.append(problem("header_blank", row=table.row, position=head.place + 1))


def _blocks(head: Head) -> bool:
    """Whether a column may hold a level that is not known, so that growth on its right is not that of an earlier one."""
    if (head.name and head.name != IGNORE) or not head.label or is_rank(head.label):
        return False
    return head.phrase is None or bool(head.phrase.refused and not head.phrase.growth)


def _plan(head: Head, level: Plan | None, table: Table, *, blocked: bool) -> Plan | None:
    """Plan one column; None, with a problem, where something of it cannot be told."""
    phrase = head.phrase or Phrase()
    grows = bool(phrase.growth) or (table.all_growth and not phrase.indicators and not phrase.levels)
    beside = bool(phrase.growth and not phrase.indicators)
    stated = table.title.one("indicators") or table.phrases.told.indicator
    if beside and level is None and not table.find("indicator") and (blocked or not stated):
        table.note("growth_without_level", head)
        return None
    left = level if beside and level else Plan(head)
    region = only(phrase.regions) or left.region or _unless(table.find("region"), table.title.one("regions"))
    indicator = only(phrase.indicators) or left.indicator or _title_indicator(table)
    plan = Plan(
        head,
        region=table.ask("region", phrase.regions, region),
        indicator=table.ask("indicator", phrase.indicators, indicator),
        period=table.ask("period", (*phrase.periods, *phrase.parts), _find_period(phrase, table, left.period)),
        basis=only(phrase.bases) or left.basis or only(table.title.phrase.bases),
        unit=head.unit,
        grows=grows,
    )
    return _grow(plan, beside=beside, table=table)


def only(found: tuple[str, ...]) -> str:
    """The only one of several; "" if there is not exactly one."""
    return found[0] if len(found) == 1 else ""


def _unless(column: Head | None, told: str) -> str:
    """What the title tells, unless a column tells it for each line."""
    return "" if column else told


def _title_indicator(table: Table) -> str:
    """The title's indicator, unless a column names one for each line."""
    return "" if table.unclear else _unless(table.find("indicator"), table.title.one("indicators"))


def _find_period(phrase: Phrase, table: Table, left: str) -> str:
    """The period a heading names, with the title's year where it names a part of one, else its level's, else the title's."""
    if phrase.periods or phrase.parts:
        alone = not (phrase.periods or table.title.year or table.find("period"))
        period = phrase.period(year=told_year(table) if alone else table.title.year)
        return table.title.narrow(period) if is_year(read_period(period) or NO_YEAR) else period
    return left or _unless(table.find("period"), table.title.phrase.period())


def told_year(table: Table) -> str:
    """The year that was told for a table that names parts of a year only; "" if none was."""
    table.asked.lacking.add("period")
    told = read_period(table.phrases.told.period) or NO_YEAR
    return told if is_year(told) else ""


def _grow(plan: Plan, *, beside: bool, table: Table) -> Plan | None:
    """Give a column of growth the growth indicator of its level; where the lines name the level, they do it."""
    if not plan.grows or not plan.indicator:
        return plan
    if beside and table.phrases.is_growth(plan.indicator):
        table.note("growth_without_level", plan.head)
        return None
    growth = table.phrases.grow(plan.indicator)
    if not growth:
        facts = table.phrases.lexicon.facts.get(plan.indicator)
        table.note("growth_not_tracked", plan.head, indicator=facts.label if facts else plan.indicator)
        return None
    return replace(plan, indicator=growth)


def _check(plan: Plan, table: Table) -> Plan | None:
    """Note what is not told of a column, or told twice; None then."""
    phrase = plan.head.phrase or Phrase()
    told = {"region": phrase.regions, "indicator": phrase.indicators, "period": phrase.periods or phrase.parts}
    complete = True
    for kind, own in told.items():
        column = table.find(kind)
        if kind == "period" and column and own:
            continue  # a year here and a quarter there make one period; each line tells
        if own and column:
            table.note("wide_conflict", plan.head, first=plan.head.label, second=column.label or f"#{column.place + 1}")
            complete = False
        elif not column and not getattr(plan, kind):
            complete = False
            if kind == "indicator" and table.title.phrase.refused:
                refusal = problem(table.title.phrase.refused, row=table.row, column=table.title.text)
                table.problems += [refusal] if refusal not in table.problems else []
                continue
            table.lacking.setdefault(kind, []).append(plan.head.label)
    return plan if complete else None


def _give_unit(plan: Plan, table: Table, lines: list[Line]) -> Plan | None:
    """Give a column the unit of the title that fits its indicator; None, with a problem, if no unit is told anywhere."""
    if plan.unit or not plan.indicator:
        return plan
    unit = choose_unit(plan.indicator, table.title.units, table.phrases)
    facts = table.phrases.lexicon.facts.get(plan.indicator)
    if plan.grows and not fits(plan.indicator, unit, table.phrases) and RATE.search(plan.head.label):
        return plan
    if unit or table.find("unit") or facts is None or facts.units[0] == PERCENT:
        return replace(plan, unit=unit if not table.find("unit") else "")
    cells = [line.cell(plan.head.place) for line in lines if not is_not_reported(line.cell(plan.head.place))]
    if all(read_number(cell).unit for cell in cells):
        return plan
    table.asked.unitless.add(plan.indicator)
    if fits(plan.indicator, table.phrases.told.unit, table.phrases):
        return plan
    allowed = table.phrases.lexicon.units.label(*facts.units)
    table.note("wide_unit_missing", plan.head, indicator=facts.label, allowed=allowed)
    return None


def fits(indicator: str, unit: str, phrases: Phrases) -> bool:
    """Whether an indicator can be given in a unit."""
    facts, found = phrases.lexicon.facts.get(indicator), phrases.lexicon.units.find(unit)
    return bool(facts and found and phrases.lexicon.units.choose(found, facts.units))


def join_units(column: str, named: str, phrases: Phrases) -> str:
    """The unit of a line from its unit column and its indicator's brackets; both, which no unit is called, if they differ."""
    if not column or not named:
        return column or named
    return column if phrases.lexicon.units.find(column) == phrases.lexicon.units.find(named) else f"{column} / {named}"


def choose_unit(indicator: str, units: tuple[str, ...], phrases: Phrases) -> str:
    """Of the units that stand above a table, the one for an indicator: the only one, else the only one that fits."""
    if len(units) < 2:
        return units[0] if units else ""
    return only(tuple(unit for unit in units if fits(indicator, unit, phrases)))
