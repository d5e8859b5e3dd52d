"""Join targets with figures and judge each target by the rule of its kind."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pandas as pd

from lib.periods import is_year, parse_period
from lib.schema import Basis, Kind, Stage, Status, Vintage
from lib.series import Figure, break_periods, date_figures, known_by, pick_vintage, to_series
from lib.tables import rows_of
from lib.verdict import change, every_period, growth, level, milestone
from lib.verdict.model import YEARLY, Case, Evidence, Target, Verdict
from lib.zones import add_zones, whole_members

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
    targets = read_targets(tables.targets)
    series = read_series(join_actuals(targets, figures, tables.indicators), tables)
    lags = dict(zip(tables.indicators["indicator"], tables.indicators["release_lag_days"].fillna(0), strict=True))
    return [
        judge(
            Case(
                target=target,
                series=with_baseline(target, series.get((target.region, target.indicator), ()), tables.breaks),
                benchmark=series.get((target.benchmark, target.indicator), ()),
                evidence=read_evidence(tables.evidence, target.target, as_of),
                as_of=as_of,
                due=parse_period(target.target_period).end + timedelta(days=lags[target.indicator] + GRACE_DAYS),
            )
        )
        for target in targets
    ]


def judge(case: Case) -> Verdict:
    """Judge one target by the rule of its kind; a kind without a rule is not judged."""
    rule = RULES.get(case.target.kind)
    return rule(case) if rule else Verdict(case.target.target, Status.NOT_JUDGED, "no_rule")


def join_actuals(targets: list[Target], figures: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Join what the targets ask for with the whole-year figures: one pair of region and indicator to many figures.

    A pair is a target's or its benchmark's region with the indicator in its own unit. A pair without actuals keeps one
    row, its `value` missing: its target stays and gets no data.
    """
    asked = {(region, t.indicator) for t in targets for region in (t.region, t.benchmark) if region}
    pairs = pd.DataFrame(sorted(asked), columns=["region", "indicator"])
    pairs["unit"] = pairs["indicator"].map(indicators.set_index("indicator")["unit"])
    keys = ["region", "indicator", "unit"]
    yearly = figures[figures["basis"].isin(YEARLY) & figures["period"].astype(str).map(is_year).astype(bool)]
    yearly = yearly.astype(dict.fromkeys(keys, "str"))
    return pairs.merge(yearly, on=keys, how="left", validate="one_to_many")


def read_series(joined: pd.DataFrame, tables: Tables) -> dict[tuple[str, str], tuple[Figure, ...]]:
    """The joined figures as series by region and indicator, oldest first; a pair without actuals has none."""
    members = whole_members(tables.memberships)
    return {
        (str(region), str(indicator)): to_series(
            rows, tables.breaks, str(region), str(indicator), tuple(members.get(str(region), ()))
        )
        for (region, indicator), rows in joined[joined["value"].notna()].groupby(["region", "indicator"])
    }


def with_baseline(target: Target, series: tuple[Figure, ...], breaks: pd.DataFrame) -> tuple[Figure, ...]:
    """The series with the baseline that the plan states, where nobody else has published that figure."""
    if target.baseline_value is None or target.baseline_period in {figure.period for figure in series}:
        return series
    end = parse_period(target.baseline_period).end
    stated = Figure(
        region=target.region,
        indicator=target.indicator,
        period=target.baseline_period,
        basis=series[0].basis if series else Basis.ANNUAL,
        value=target.baseline_value,
        unit=target.unit,
        status=Vintage.FINAL,
        qualifier="",
        known_from=end,
        dated=True,
        source=target.baseline_source,
        link="",
        segment=sum(end >= parse_period(code).end for code in break_periods(breaks, target.region, target.indicator)),
    )
    return tuple(sorted((*series, stated), key=lambda figure: figure.position))


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
