"""Join targets with figures and judge each target by the rule of its kind."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from lib.periods import is_year, parse_period
from lib.schema import Basis, Stage, Vintage
from lib.series import WITHIN, YEAR, Figure, break_periods, date_figures, known_by, pick_vintage, to_series
from lib.tables import rows_of
from lib.verdict.complete import complete
from lib.verdict.kinds import RULES
from lib.verdict.model import YEARLY, Case, Patience, Reported, Verdict, usable
from lib.verdict.target import Evidence, Target
from lib.zones import add_zones, coverage, members_of

if TYPE_CHECKING:
    from lib.tables import Tables

# Days after the usual release during which a missing figure is still only late, not absent.
GRACE_DAYS: Final = 60


def select_figures(actuals: pd.DataFrame, tables: Tables, as_of: date, *, likely: bool = False) -> pd.DataFrame:
    """The figures to use on a day: one vintage for each key, zones included, with `known_from`, `dated` and `derived`.

    With `likely` also regions are summed whose members are known with less than high confidence.
    """
    return use_figures(known_by(date_figures(actuals, tables.releases), as_of), tables, likely=likely)


def use_figures(known: pd.DataFrame, tables: Tables, *, likely: bool = False) -> pd.DataFrame:
    """As `select_figures`, from the vintages known on the day (`series.known_by`)."""
    return add_zones(pick_vintage(known), tables.memberships, tables.indicators, likely=likely)


# Which members of a region have published its whole years, by region, indicator and unit, oldest first.
Reports = dict[tuple[str, str, str], tuple[Reported, ...]]


def judge_all(
    tables: Tables,
    targets: list[Target],
    figures: pd.DataFrame,
    as_of: date,
    *,
    reports: Reports | None = None,
    likely: bool = False,
) -> list[Verdict]:
    """One verdict a target, in the targets' order; `figures` as `select_figures` returns them."""
    cases = Cases(tables, figures, targets, reports or {}, likely=likely)
    return [judge(cases.case(target, as_of)) for target in targets]


def judge(case: Case) -> Verdict:
    """Judge one target by the rule of its kind and complete the answer."""
    return complete(case, RULES[case.target.kind](case))


class Cases:
    """The series of all targets, read once; `case` puts together what one rule may look at."""

    def __init__(
        self, tables: Tables, figures: pd.DataFrame, targets: list[Target], reports: Reports, *, likely: bool = False
    ) -> None:
        """Join the targets with the figures."""
        self._tables = tables
        self._members = members_of(tables.memberships, likely=likely)
        self._series: dict[tuple[str, str], tuple[Figure, ...]] = {}
        self._reports = reports
        self._indicators = {row["indicator"]: row for row in rows_of(tables.indicators)}
        self._patience = read_patience(tables.releases)
        self._evidence = read_evidence(tables.evidence)
        self.learn(figures, targets)

    def learn(self, figures: pd.DataFrame, targets: list[Target]) -> None:
        """Read the series that some targets ask for from other figures; those of other targets stay as they were."""
        joined = join_actuals(targets, figures, self._tables.indicators)
        self._series |= read_series(joined, self._tables.breaks, self._members)

    def case(self, target: Target, as_of: date) -> Case:
        """Everything about one target on a day."""
        indicator = self._indicators[target.indicator]
        growth = str(indicator["growth_indicator"])
        return Case(
            target=target,
            series=with_baseline(target, self._of(target.region, target.indicator, YEARLY), self._breaks(target)),
            benchmark=self._of(target.benchmark, target.indicator, YEARLY),
            evidence=tuple(item for item in self._evidence.get(target.target, ()) if item.known_from <= as_of),
            as_of=as_of,
            patience=self._patience.get(target.indicator, Patience(GRACE_DAYS, None)),
            nature=str(indicator["nature"]),
            decimals=0 if math.isnan(indicator["decimals"]) else int(indicator["decimals"]),
            growth=self._of(target.region, growth, YEARLY),
            cumulative=self._of(target.region, target.indicator, (Basis.YTD,)),
            cumulative_growth=self._of(target.region, growth, (Basis.YTD,)),
            weak_words=tuple(self._tables.weak_sources["word"]),
            reported=self._reports.get((target.region, target.indicator, str(indicator["unit"])), ()),
        )

    def _breaks(self, target: Target) -> list[str]:
        members = tuple(self._members.get(target.region, ()))
        return break_periods(self._tables.breaks, target.region, target.indicator, members)

    def _of(self, region: str, indicator: str, bases: tuple[Basis, ...]) -> tuple[Figure, ...]:
        series = self._series.get((region, indicator), ())
        return tuple(f for f in series if f.basis in bases and (f.basis == Basis.YTD or is_year(f.period)))


def read_patience(releases: pd.DataFrame) -> dict[str, Patience]:
    """Days after which a figure counts as missing, by indicator: the calendar's days and `GRACE_DAYS`."""
    days = {(row["indicator"], row["rhythm"]): int(row["first_days"]) + GRACE_DAYS for row in rows_of(releases)}
    return {
        indicator: Patience(length, days.get((indicator, WITHIN)))
        for (indicator, rhythm), length in days.items()
        if rhythm == YEAR
    }


def join_actuals(targets: list[Target], figures: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Join what the targets ask for with the figures of whole years and of years to date: one pair to many figures.

    A pair is a target's or its benchmark's region with the indicator in its own unit, or with the published growth of
    it. A pair without actuals keeps one row, its `value` missing: its target stays and gets no data.
    """
    known = indicators.set_index("indicator")
    pairs = pd.DataFrame(sorted(asked_pairs(targets, known)), columns=["region", "indicator"])
    pairs["unit"] = pairs["indicator"].map(known["unit"])
    keys = ["region", "indicator", "unit"]
    rows = figures[figures["basis"].isin((*YEARLY, Basis.YTD))]
    return pairs.merge(rows.astype(dict.fromkeys(keys, "str")), on=keys, how="left", validate="one_to_many")


def asked_pairs(targets: list[Target], indicators: pd.DataFrame) -> set[tuple[str, str]]:
    """The regions and indicators that targets ask for: their own, their benchmarks', and the published growth of them.

    `indicators` by its code.
    """
    asked = {(region, t.indicator) for t in targets for region in (t.region, t.benchmark) if region}
    asked |= {(region, str(indicators.loc[code, "growth_indicator"])) for region, code in asked}
    return {pair for pair in asked if pair[1]}


def read_series(
    joined: pd.DataFrame, breaks: pd.DataFrame, members: dict[str, list[str]]
) -> dict[tuple[str, str], tuple[Figure, ...]]:
    """The joined figures as series by region and indicator, oldest first; a pair without actuals has none."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows_of(joined[joined["value"].notna()]):
        found.setdefault((str(row["region"]), str(row["indicator"])), []).append(row)
    return {
        pair: to_series(rows, breaks, *pair, members=tuple(members.get(pair[0], ()))) for pair, rows in found.items()
    }


def read_reports(tables: Tables, figures: pd.DataFrame, *, likely: bool = False) -> Reports:
    """Which members reported each whole year, for the regions that are made of all their members."""
    yearly = figures[figures["basis"].isin(YEARLY) & figures["period"].astype(str).map(is_year).astype(bool)]
    yearly = coverage(yearly, tables.memberships, tables.indicators, likely=likely)
    found: Reports = {}
    for row in rows_of(yearly.sort_values("period")):
        partial = None if pd.isna(row["partial"]) else float(row["partial"])
        key = (str(row["region"]), str(row["indicator"]), str(row["unit"]))
        reported = Reported(
            str(row["period"]), tuple(row["reported"]), tuple(row["missing"]), partial, tuple(row["unusable"])
        )
        found[key] = (*found.get(key, ()), reported)
    return found


def with_baseline(target: Target, series: tuple[Figure, ...], breaks: list[str]) -> tuple[Figure, ...]:
    """The series with the baseline that the plan states, where no usable figure of it has been published.

    `breaks` are the first periods on a new basis of the series, or of the members that it is made of.
    """
    if target.baseline_value is None or target.baseline_period in {figure.period for figure in usable(series)}:
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
        segment=sum(end >= parse_period(code).end for code in breaks),
    )
    return tuple(sorted((*series, stated), key=lambda figure: figure.position))


def read_targets(tables: Tables) -> list[Target]:
    """The rows of `targets.csv` as values, with the interim values of `paths.csv`."""
    names = [
        name for name in Target.__dataclass_fields__ if name not in {"value", "baseline_value", "interim", "every"}
    ]
    interim = read_interim(tables.paths)
    return [
        Target(
            **{name: str(row[name]) for name in names},
            value=_number(row["value"]),
            baseline_value=_number(row["baseline_value"]),
            interim=interim.get(str(row["target"]), ()),
            every=int(row["every"] or 0),
        )
        for row in rows_of(tables.targets)
    ]


def read_interim(paths: pd.DataFrame) -> dict[str, tuple[tuple[str, float], ...]]:
    """The interim values that a plan states, by target, oldest first."""
    found: dict[str, list[tuple[str, float]]] = {}
    for row in rows_of(paths):
        found.setdefault(str(row["target"]), []).append((str(row["period"]), float(row["value"])))
    return {name: tuple(sorted(rows, key=lambda pair: parse_period(pair[0]).position)) for name, rows in found.items()}


def read_evidence(evidence: pd.DataFrame) -> dict[str, tuple[Evidence, ...]]:
    """The dated statements about each milestone, oldest first; one in a single language is quoted in it everywhere."""
    found: dict[str, tuple[Evidence, ...]] = {}
    for row in rows_of(evidence.sort_values("date")):
        item = Evidence(
            happened=date.fromisoformat(row["date"]),
            stage=Stage(row["stage"]),
            known_from=date.fromisoformat(row["published"] or row["date"]),
            what_zh=row["what_zh"] or row["what_en"],
            what_en=row["what_en"] or row["what_zh"],
            source=row["source"],
            link=row["link"],
        )
        found[str(row["target"])] = (*found.get(str(row["target"]), ()), item)
    return found


def _number(cell: object) -> float | None:
    number = float(str(cell))
    return None if math.isnan(number) else number
