"""Tables with several figures on a line, melted into one record a figure, each knowing its own row and heading."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lib.ingest.layout import Layout, Record
from lib.ingest.parts import PERIOD_COLUMNS, join_parts
from lib.ingest.phrases import NO_YEAR, Phrase, find_part, join_period
from lib.ingest.plans import RATE, Plan, Table, choose_unit, fits, join_units, only, plan_columns, told_year
from lib.ingest.problems import problem
from lib.ingest.values import is_not_reported
from lib.periods import is_year, read_period

if TYPE_CHECKING:
    from lib.ingest.lines import Line


def melt(table: Table, lines: list[Line], separator: str) -> list[Layout]:
    """Turn a wide table's lines into one layout a column of figures."""
    plans = [plan for plan in plan_columns(table, lines) if plan]
    for kind, labels in table.lacking.items():
        table.problems.append(problem(f"wide_{kind}_missing", row=table.row, columns=", ".join(labels)))
    layouts = [_build(plan, table, separator) for plan in plans]
    indicators = _read_indicators(table, lines) if table.find("indicator") else {}
    for line in lines:
        for plan, layout in zip(plans, layouts, strict=True):
            record = _read_record(line, plan, table, indicators)
            layout.records += [record] if record else []
    if not lines:
        table.problems.append(problem("no_rows", row=table.row))
    table.asked.taken.update(head.name for head in table.heads if head.name)
    return [*layouts, Layout(separator=separator, problems=table.problems, asked=table.asked)]


def _build(plan: Plan, table: Table, separator: str) -> Layout:
    """An empty layout whose columns are called as the file calls them; what has no column stands in the heading."""
    headers = {head.name: head.label or f"#{head.place + 1}" for head in table.heads if head.name}
    period = [headers[name] for name in PERIOD_COLUMNS if name in headers]
    headers |= {"period": " / ".join(period)} if period else {}
    here = plan.head.label or f"#{plan.head.place + 1}"
    headers = dict.fromkeys(("region", "indicator", "period", "basis", "unit"), here) | headers | {"value": here}
    return Layout(separator=separator, headers=headers, unit=plan.unit)


def _read_record(line: Line, plan: Plan, table: Table, indicators: dict[int, Phrase | None]) -> Record | None:
    """One figure of a line, with all that the line, its heading and the title say of it."""
    cells = {head.name: line.cell(head.place) for head in table.heads if head.name and head.name != "value"}
    cells = join_parts(cells) | {"value": line.cell(plan.head.place)}
    named = indicators.get(line.number)
    if named and not _name_indicator(cells, line, plan, named, table):
        return None
    if plan.grows and plan.indicator and not fits(plan.indicator, cells.get("unit", ""), table.phrases):
        cells["unit"] = ""  # the line's unit is the level's; the heading states the rate's
    cells["period"] = _date(cells.get("period", ""), plan, table)
    for name in ("region", "indicator", "basis"):
        cells[name] = cells.get(name) or getattr(plan, name)
    return Record(line.number, cells)


def _name_indicator(cells: dict[str, str], line: Line, plan: Plan, named: Phrase, table: Table) -> bool:
    """Put the indicator and unit that a line's cell names into its cells; False if the figure is none of ours."""
    if named.refused:
        return False
    code, text = named.indicators[0], cells["indicator"]
    grows = bool(named.growth) or plan.grows
    growth = table.phrases.grow(code) if grows else code
    if not growth:
        if not is_not_reported(cells["value"]):
            facts = table.phrases.lexicon.facts.get(code)
            hint = {"indicator": facts.label if facts else code}
            table.problems.append(problem("growth_not_tracked", row=line.number, column=plan.head.label, **hint))
        return False
    unit = join_units(cells.get("unit", ""), only(named.units), table.phrases)
    if not unit and not plan.unit:
        unit = choose_unit(growth, table.title.units, table.phrases)
    rate = grows and RATE.search(f"{text} {plan.head.label}") and not fits(growth, unit, table.phrases)
    cells |= {"indicator": growth, "unit": "" if rate else unit}
    return True


def _date(cell: str, plan: Plan, table: Table) -> str:
    """A line's period: as written, or a part of a year with the heading's or title's year, or a year with its part."""
    phrase = plan.head.phrase or Phrase()
    if table.find("period") is None:
        return plan.period
    part, code = find_part(cell), read_period(cell) or ""
    if part:
        return join_period(phrase.period() or table.title.year or told_year(table), part) or cell
    if not is_year(code or NO_YEAR):
        same = not (phrase.periods or phrase.parts) or code == read_period(plan.period)
        return cell if same else f"{cell} / {plan.head.label}"
    if phrase.parts and not phrase.periods:
        return join_period(code, only(phrase.parts)) or cell
    same = not phrase.periods or code == read_period(plan.period)
    return (
        table.title.narrow(cell) if same else ""
    ) or f"{cell} / {plan.head.label if phrase.periods else table.title.text}"


def _read_indicators(table: Table, lines: list[Line]) -> dict[int, Phrase | None]:
    """What each line's cell names as its indicator; 增速 below a level is that level's growth. None: as written."""
    column = table.find("indicator")
    found: dict[int, Phrase | None] = {}
    level = ""
    for line in lines if column else []:
        cell = line.cell(column.place) if column else ""
        phrase = table.phrases.read_indicator(cell)
        if phrase and phrase.refused:
            table.problems.append(
                problem(phrase.refused, row=line.number, column=column.label if column else "", value=cell)
            )
            level = ""
        elif phrase and phrase.indicators:
            level = "" if phrase.growth or table.phrases.is_growth(phrase.indicators[0]) else phrase.indicators[0]
            phrase = replace(phrase, indicators=phrase.indicators[:1])
        elif phrase and phrase.growth and table.phrases.grow(level):
            phrase = replace(phrase, indicators=(level,))
        else:
            phrase, level = None, ""
        found[line.number] = phrase
    return found
