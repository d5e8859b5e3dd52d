"""Join targets with figures and judge each target by the rule of its kind."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pandas as pd

from lib.periods import is_year, parse_period
from lib.schema import Kind, Stage, Status
from lib.series import Figure, add_zones, date_figures, figures_of, known_by, pick_vintage
from lib.tables import rows_of
from lib.verdict import change, every_period, growth, level, milestone
from lib.verdict.model import YEARLY, Case, Evidence, Target, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from lib.tables import Tables

RULES: Final[dict[str, Callable[[Case], Verdict]]] = {
    Kind.LEVEL: level.judge,
    Kind.AVERAGE_GROWTH: growth.judge_average,
    Kind.CUMULATIVE_CHANGE: change.judge_cumulative,
    Kind.RELATIVE: growth.judge_relative,
    Kind.EVERY_PERIOD: every_period.judge,
    Kind.DIRECTION: change.judge_direction,
    Kind.MILESTONE: milestone.judge,
}
# Days after the usual release during which a missing figure of the target period is still only late, not absent.
GRACE_DAYS: Final = 60


def select_figures(actuals: pd.DataFrame, tables: Tables, as_of: date) -> pd.DataFrame:
    """The figures to use on a day: one vintage for each key, zones included, with `known_from`, `dated` and `derived`."""
    known = known_by(date_figures(actuals, tables.indicators), as_of)
    return add_zones(pick_vintage(known), tables.memberships, tables.indicators)


def judge_all(tables: Tables, figures: pd.DataFrame, as_of: date) -> list[Verdict]:
    """One verdict a target, in the order of `targets.csv`; `figures` as `select_figures` returns them."""
    return [judge_target(target, tables, figures, as_of) for target in read_targets(tables.targets)]


def judge_target(target: Target, tables: Tables, figures: pd.DataFrame, as_of: date) -> Verdict:
    """Judge one target; a kind without a rule is not judged."""
    rule = RULES.get(target.kind)
    if rule is None:
        return Verdict(target.target, Status.NOT_JUDGED, "no_rule")
    return rule(build_case(target, tables, figures, as_of))


def build_case(target: Target, tables: Tables, figures: pd.DataFrame, as_of: date) -> Case:
    """Gather what a rule may look at."""
    indicator = tables.indicators.set_index("indicator").loc[target.indicator]
    lag = _number(indicator["release_lag_days"]) or 0
    due = parse_period(target.target_period).end + timedelta(days=lag + GRACE_DAYS)
    return Case(
        target=target,
        series=yearly_series(figures, tables, target.region, target.indicator),
        benchmark=yearly_series(figures, tables, target.benchmark, target.indicator) if target.benchmark else (),
        evidence=read_evidence(tables.evidence, target.target, as_of),
        as_of=as_of,
        due=due,
    )


def yearly_series(figures: pd.DataFrame, tables: Tables, region: str, indicator: str) -> tuple[Figure, ...]:
    """Whole-year figures in the indicator's own unit, oldest first."""
    unit = str(tables.indicators.set_index("indicator").loc[indicator, "unit"])
    series = figures_of(figures, tables.breaks, region, indicator, unit, YEARLY)
    return tuple(figure for figure in series if is_year(figure.period))


def join_latest(targets: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Each target with the last whole-year figure of its region and indicator: many targets to one figure, none lost.

    Adds `latest_period`, `latest_value` and `has_actual`; a target without actuals keeps its row with missing values.
    """
    yearly = figures[figures["basis"].isin(YEARLY) & figures["period"].astype(str).map(is_year)]
    keys = ["region", "indicator", "unit"]
    latest = yearly.sort_values("period").drop_duplicates(keys, keep="last")
    latest = latest[[*keys, "period", "value"]].rename(columns={"period": "latest_period", "value": "latest_value"})
    latest = latest.astype(dict.fromkeys([*keys, "latest_period"], "str"))
    joined = targets.merge(latest, on=keys, how="left", validate="many_to_one", indicator="has_actual")
    return joined.assign(has_actual=joined["has_actual"] == "both")


def read_targets(targets: pd.DataFrame) -> list[Target]:
    """The rows of `targets.csv` as values."""
    names = [name for name in Target.__dataclass_fields__ if name not in ("value", "baseline_value")]
    return [
        Target(
            **{name: str(row[name]) for name in names},
            value=_number(row["value"]),
            baseline_value=_number(row["baseline_value"]),
        )
        for row in rows_of(targets)
    ]


def read_evidence(evidence: pd.DataFrame, target: str, as_of: date) -> tuple[Evidence, ...]:
    """The dated statements about a milestone known on a day, oldest first."""
    rows = evidence[evidence["target"] == target].sort_values("date")
    items = (
        Evidence(
            happened=date.fromisoformat(row["date"]),
            stage=Stage(row["stage"]),
            known_from=date.fromisoformat(row["published"] or row["date"]),
            what_zh=row["what_zh"],
            what_en=row["what_en"],
            source=row["source"],
            link=row["link"],
        )
        for row in rows_of(rows)
    )
    return tuple(item for item in items if item.known_from <= as_of)


def _number(cell: object) -> float | None:
    number = float(str(cell))
    return None if math.isnan(number) else number
