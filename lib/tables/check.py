"""Everything that can be wrong with the tables: each cell, each reference, and what a rule could not judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from lib.periods import read_period
from lib.schema import (
    CLOSED_LISTS,
    EVIDENCED,
    NEEDED_TEXTS,
    OPERATORS,
    OPERATORS_OF,
    TABLE_KEYS,
    Kind,
    Nature,
    Problem,
)

NUMBERS: Final = {
    "targets": ("value", "baseline_value"),
    "releases": ("first_days", "later_days"),
    "paths": ("value",),
    "indicators": ("decimals", "minimum", "maximum"),
}
GROWTH_KINDS: Final = (Kind.AVERAGE_GROWTH, Kind.RELATIVE)
YEAR: Final = "[12][0-9]{3}"
# What stands in the address bar, in file names and between commas.
CODE: Final = "[A-Za-z0-9][A-Za-z0-9._-]{0,39}"
_LARGEST: Final = 1e15
_DECIMALS: Final = range(7)
# Column by column, the table whose codes it holds.
REFERENCES: Final = (
    ("targets", "plan", "plans"),
    ("targets", "region", "regions"),
    ("targets", "subject", "regions"),
    ("targets", "benchmark", "regions"),
    ("targets", "indicator", "indicators"),
    ("targets", "unit", "units"),
    ("memberships", "region", "regions"),
    ("memberships", "member", "regions"),
    ("paths", "target", "targets"),
    ("breaks", "indicator", "indicators"),
    ("breaks", "region", "regions"),
    ("releases", "indicator", "indicators"),
    ("evidence", "target", "targets"),
    ("indicators", "unit", "units"),
    ("indicators", "numerator", "indicators"),
    ("indicators", "denominator", "indicators"),
    ("indicators", "growth_indicator", "indicators"),
    ("regions", "parent", "regions"),
    ("commitments", "target", "targets"),
    ("relations", "target", "targets"),
    ("relations", "other", "targets"),
)
MAY_BE_BLANK: Final = {
    ("targets", "benchmark"), ("targets", "unit"), ("breaks", "region"), ("regions", "parent"),
    ("indicators", "unit"), ("indicators", "numerator"), ("indicators", "denominator"), ("indicators", "growth_indicator"),
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Tables:
    """The tables of `data/`, one frame each, columns as `schema.TABLES` lists them; text but for the numbers. Read-only."""

    plans: pd.DataFrame
    targets: pd.DataFrame
    indicators: pd.DataFrame
    regions: pd.DataFrame
    memberships: pd.DataFrame
    units: pd.DataFrame
    paths: pd.DataFrame
    breaks: pd.DataFrame
    releases: pd.DataFrame
    weak_sources: pd.DataFrame
    evidence: pd.DataFrame
    commitments: pd.DataFrame
    relations: pd.DataFrame
    headers: pd.DataFrame


def to_tables(texts: Mapping[str, pd.DataFrame]) -> Tables:
    """Tables by name, every cell as text, with numbers where numbers belong; a cell that holds none is missing."""
    frames = dict(texts)
    for name, columns in NUMBERS.items():
        numbers = {column: pd.to_numeric(frames[name][column], errors="coerce") for column in columns}
        frames[name] = frames[name].assign(**numbers)
    return Tables(**frames)


def check_tables(tables: Tables) -> list[Problem]:
    """Everything wrong between the tables; `Problem.row` is the line of the file, `Problem.column` "table.column"."""
    checks = (_check_keys, _check_codes, _check_plans, _check_targets, _check_kinds, _check_indicators, _check_evidence)
    problems = [problem for check in checks for problem in check(tables)]
    return sorted(problems, key=lambda problem: (problem.column, problem.row))


def check_numbers(texts: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """A problem for each cell that should hold a number and holds something else; tables by name, every cell as text."""
    found: list[Problem] = []
    for table, columns in NUMBERS.items():
        for column in columns:
            cells = texts[table][column]
            read = pd.to_numeric(cells, errors="coerce")
            wrong = (cells != "") & ~read.abs().lt(_LARGEST)
            found += find_lines(texts[table], wrong, table, column, "number_unknown")
    return found


def find_lines(frame: pd.DataFrame, wrong: pd.Series, table: str, column: str, code: str, **hint: str) -> list[Problem]:
    """One problem for each row of the frame where `wrong` holds."""
    return [
        Problem(code, int(position) + 2, f"{table}.{column}", str(frame[column].iloc[position]), hint)
        for position in wrong.to_numpy().nonzero()[0]
    ]


def check_keys(frame: pd.DataFrame, table: str) -> list[Problem]:
    """A problem for each row that an earlier one is about too, or whose code is blank or none."""
    first, *others = keys = list(TABLE_KEYS[table])
    again = frame.duplicated(keys)
    if others:
        return find_lines(frame, again, table, first, "row_repeated", columns=", ".join(keys))
    blank = frame[first] == ""
    odd = ~blank & ~frame[first].str.fullmatch(CODE)
    return [
        *find_lines(frame, again | blank, table, first, "key_not_unique"),
        *find_lines(frame, odd, table, first, "code_malformed"),
    ]


def _check_keys(tables: Tables) -> list[Problem]:
    found = [problem for table in TABLE_KEYS for problem in check_keys(getattr(tables, table), table)]
    for table, columns in NEEDED_TEXTS.items():
        frame = getattr(tables, table)
        for column in columns:
            found += find_lines(frame, frame[column] == "", table, column, "text_missing")
    return found


def _check_codes(tables: Tables) -> list[Problem]:
    found: list[Problem] = []
    for table, column, home in REFERENCES:
        frame, codes = getattr(tables, table), getattr(tables, home)[TABLE_KEYS[home][0]]
        blank = [""] if (table, column) in MAY_BE_BLANK else []
        wrong = ~frame[column].isin([*codes, *blank])
        found += find_lines(frame, wrong, table, column, "code_unknown", home=home)
    for (table, column), words in CLOSED_LISTS.items():
        frame = getattr(tables, table)
        listed = ", ".join(word for word in words if word)
        found += find_lines(frame, ~frame[column].isin(words), table, column, "code_unknown", allowed=listed)
    return found


def _check_plans(tables: Tables) -> list[Problem]:
    plans = tables.plans
    return [
        *find_lines(plans, ~plans["plan"].isin(tables.targets["plan"]), "plans", "plan", "plan_empty"),
        *find_lines(plans, (plans["signed"] != "") & _are_no_days(plans["signed"]), "plans", "signed", "date_unknown"),
        *_periods(plans, "plans", "start_period"),
        *_periods(plans, "plans", "target_period"),
    ]


def _check_targets(tables: Tables) -> list[Problem]:
    targets = tables.targets
    canonical = targets["indicator"].map(_of_indicators(tables, "unit"))
    kind = targets["kind"]
    nature = targets["indicator"].map(_of_indicators(tables, "nature"))
    needs_value = kind.isin((Kind.LEVEL, Kind.AVERAGE_GROWTH, Kind.CUMULATIVE_CHANGE, Kind.EVERY_PERIOD))
    fits = pd.Series(
        [
            operator in OPERATORS_OF.get(kind, OPERATORS)
            for kind, operator in zip(kind, targets["operator"], strict=True)
        ]
    )
    return [
        *find_lines(targets, needs_value & targets["value"].isna(), "targets", "value", "target_value_missing"),
        *find_lines(
            targets, (kind == Kind.RELATIVE) & (targets["benchmark"] == ""), "targets", "benchmark", "benchmark_missing"
        ),
        *find_lines(
            targets, (kind == Kind.LEVEL) & (targets["unit"] != canonical), "targets", "unit", "target_unit_differs"
        ),
        *find_lines(targets, ~fits, "targets", "operator", "operator_unfit"),
        *find_lines(
            targets, kind.isin(GROWTH_KINDS) & ~nature.eq(Nature.GROWTH), "targets", "kind", "kind_needs_growth"
        ),
        *find_lines(
            targets, (kind != Kind.MILESTONE) & ~_are_years(targets), "targets", "target_period", "target_not_a_year"
        ),
        *find_lines(targets, _too_long(targets), "targets", "every", "every_too_long"),
        *_periods(targets, "targets", "start_period"),
        *_periods(targets, "targets", "target_period"),
        *_periods(tables.breaks, "breaks", "period"),
        *_periods(tables.breaks[tables.breaks["revised_period"] != ""], "breaks", "revised_period"),
        *_periods(tables.paths, "paths", "period"),
        *find_lines(tables.paths, tables.paths["value"].isna(), "paths", "value", "target_value_missing"),
        *find_lines(targets, targets["source"] == "", "targets", "source", "source_missing"),
    ]


def _are_years(targets: pd.DataFrame) -> pd.Series:
    """Whether start and target period are whole years, which is what targets with figures are judged by."""
    return targets["start_period"].str.fullmatch(YEAR) & targets["target_period"].str.fullmatch(YEAR)


def _too_long(targets: pd.DataFrame) -> pd.Series:
    """Whether what recurs would not fall due once within the plan."""
    span = [
        int(last[:4]) - int(first[:4]) + 1 if first[:4].isdecimal() and last[:4].isdecimal() else 0
        for first, last in zip(targets["start_period"], targets["target_period"], strict=True)
    ]
    return pd.to_numeric(targets["every"], errors="coerce").fillna(0) > pd.Series(span)


def _check_kinds(tables: Tables) -> list[Problem]:
    """What a kind of target asks of its indicator and of its baseline."""
    targets = tables.targets
    nature = targets["indicator"].map(_of_indicators(tables, "nature"))
    unfit = nature.notna() & (targets["kind"].isin(EVIDENCED) != nature.eq(Nature.EVENT))
    based = targets["baseline_value"].notna() & ~targets["baseline_period"].str.fullmatch(YEAR)
    backwards = _are_years(targets) & (targets["start_period"] > targets["target_period"])
    return [
        *find_lines(targets, unfit, "targets", "indicator", "indicator_unfit"),
        *find_lines(targets, based, "targets", "baseline_period", "baseline_undated"),
        *find_lines(targets, backwards, "targets", "target_period", "ends_before_start"),
    ]


def _check_indicators(tables: Tables) -> list[Problem]:
    indicators = tables.indicators
    measured = indicators["nature"] != Nature.EVENT
    undecided = measured & ~indicators["decimals"].isin(_DECIMALS)
    return [
        *find_lines(indicators, undecided, "indicators", "decimals", "decimals_unknown"),
        *find_lines(indicators, measured & (indicators["unit"] == ""), "indicators", "unit", "text_missing"),
    ]


def _check_evidence(tables: Tables) -> list[Problem]:
    frame = tables.evidence
    undated = _are_no_days(frame["published"]) & (frame["published"] != "")
    silent = (frame["what_zh"] == "") & (frame["what_en"] == "")
    unfit = ~frame["target"].isin(tables.targets.loc[tables.targets["kind"].isin(EVIDENCED), "target"])
    known = frame["target"].isin(tables.targets["target"])
    return [
        *find_lines(frame, _are_no_days(frame["date"]), "evidence", "date", "date_unknown"),
        *find_lines(frame, undated, "evidence", "published", "date_unknown"),
        *find_lines(frame, silent, "evidence", "what_zh", "text_missing"),
        *find_lines(frame, frame["source"] == "", "evidence", "source", "source_missing"),
        *find_lines(frame, unfit & known, "evidence", "target", "needs_no_evidence"),
    ]


def _are_no_days(cells: pd.Series) -> pd.Series:
    """Whether each cell is no day of the calendar, written 2024-10-31."""
    spelled = cells.str.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}")
    return ~spelled | pd.to_datetime(cells, errors="coerce", format="%Y-%m-%d").isna()


def _of_indicators(tables: Tables, column: str) -> dict[str, str]:
    """A column of the indicators by their codes."""
    return dict(zip(tables.indicators["indicator"], tables.indicators[column], strict=True))


def _periods(frame: pd.DataFrame, table: str, column: str) -> list[Problem]:
    """A problem for each cell that is no canonical period."""
    wrong = frame[column].map(lambda text: text == "" or read_period(text) != text)
    return find_lines(frame, wrong.astype(bool), table, column, "period_unknown")
