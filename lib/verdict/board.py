"""Everything known and judged on one day, as pages, command line and exports show it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

import pandas as pd

from lib.periods import is_year, parse_period
from lib.plans import regions_of
from lib.schema import MADE_UP, PEERS, Basis, Status
from lib.series import Figure, date_figures, figures_of, known_by
from lib.tables import rows_of
from lib.verdict.judge import Reports, judge_all, read_reports, read_targets, use_figures
from lib.verdict.model import YEARLY
from lib.verdict.shelf import Shelf
from lib.zones import members_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from datetime import date

    from lib.tables import Tables
    from lib.verdict.model import Reported, Verdict
    from lib.verdict.target import Target

_Thing = TypeVar("_Thing")
# What an ambiguous sentence comes to: its readings lead to different verdicts, or only one of them leads to any.
READINGS_DIFFER: Final = "readings_differ"
ONE_READING: Final = "one_reading"
OPEN: Final = frozenset({Status.NO_DATA, Status.NOT_DUE, Status.NOT_JUDGED})


@dataclass(frozen=True, eq=False)
class Board:
    """The state on `as_of`: `known` holds every vintage, `figures` the one to use for each key. Shared and read-only.

    `entry` is the store's entry whose holdings are replayed; None: all that is held. What is derived of a board is kept
    with it and goes with it: another state of the data is another board.
    """

    tables: Tables
    known: pd.DataFrame
    figures: pd.DataFrame
    targets: dict[str, Target]
    verdicts: dict[str, Verdict]
    as_of: date
    likely: bool = False
    reports: Reports = field(default_factory=dict)
    entry: int | None = None
    shelf: Shelf = field(default_factory=Shelf, init=False, repr=False)

    def once(self, name: Hashable, make: Callable[[], _Thing]) -> _Thing:
        """What `make` derives of this board, made when first asked for and then shared: read only; `name` tells it apart."""
        return self.shelf.once(name, make)

    def yearly(self, region: str, indicator: str) -> tuple[Figure, ...]:
        """Whole-year figures of a series in the indicator's unit, oldest first."""
        return tuple(figure for figure in self._series(region, indicator, YEARLY) if is_year(figure.period))

    def cumulative(self, region: str, indicator: str) -> tuple[Figure, ...]:
        """Year-to-date figures of a series in the indicator's unit, oldest first."""
        return self._series(region, indicator, (Basis.YTD,))

    def _series(self, region: str, indicator: str, bases: tuple[Basis, ...]) -> tuple[Figure, ...]:
        def read() -> tuple[Figure, ...]:
            unit, members = self._unit(indicator), tuple(self._members().get(region, ()))
            return figures_of(self.figures, self.tables.breaks, region, indicator, unit, bases, members)

        return self.once(("series", region, indicator, bases), read)

    def _members(self) -> dict[str, list[str]]:
        return self.once("members", lambda: members_of(self.tables.memberships, likely=self.likely))

    def stated(self, target: str) -> dict[str, Any]:
        """The row of `targets.csv`: title, quotations, source."""
        return self.once("stated", lambda: {row["target"]: row for row in rows_of(self.tables.targets)})[target]

    def reported(self, region: str, indicator: str) -> tuple[Reported, ...]:
        """Which members of a region have published each whole year of an indicator, oldest first; none for other regions."""
        return self.reports.get((region, indicator, self._unit(indicator)), ())

    def _unit(self, indicator: str) -> str:
        rows = self.tables.indicators
        units = self.once("units", lambda: dict(zip(rows["indicator"], rows["unit"], strict=True)))
        return str(units[indicator])

    def vintages(self, figure: Figure) -> pd.DataFrame:
        """Every known vintage of a figure, oldest first."""
        key = {"region": figure.region, "indicator": figure.indicator, "period": figure.period, "basis": figure.basis}
        rows = self.known[self.known["unit"] == figure.unit]
        for column, value in key.items():
            rows = rows[rows[column] == value]
        return rows.sort_values(["known_from", "seq", "row"])

    def targets_of(self, region: str) -> dict[str, Target]:
        """The targets judged on a region or stated under its heading; all of them where `region` is ""."""
        return {name: goal for name, goal in self.targets.items() if region in ("", goal.region, goal.subject)}

    def in_use(self) -> pd.Series:
        """Whether each row of `known` is the vintage that counts for its figure."""
        place = ["seq", "row", "region"]
        published = self.figures.loc[~self.figures["derived"], place].drop_duplicates()
        kinds = {"seq": "int64", "row": "int64", "region": "str"}
        rows = self.known[place].astype(kinds).merge(published.astype(kinds), on=place, how="left", indicator="found")
        return pd.Series((rows["found"] == "both").to_numpy(), index=self.known.index, dtype=bool)

    def sentences(self) -> dict[str, list[Target]]:
        """The plan's sentences with their readings: an ambiguous sentence has two targets."""
        return self.once("sentences", self._sentences)

    def _sentences(self) -> dict[str, list[Target]]:
        grouped: dict[str, list[Target]] = {}
        for target in self.targets.values():
            grouped.setdefault(target.sentence, []).append(target)
        return grouped

    def tally(self) -> Counter[str]:
        """Count the sentences by status, each once; readings that come to different statuses are counted as such."""
        return Counter(self.outcome(readings) for readings in self.sentences().values())

    @property
    def plan(self) -> str:
        """The code of the plan that is judged."""
        return self.once("plan", lambda: str(self.tables.plans["plan"].iloc[0]))

    @property
    def regions(self) -> list[str]:
        """The regions that the plan speaks of, its headings first."""
        return self.once("regions", lambda: regions_of(self.tables))

    @property
    def zones(self) -> list[str]:
        """The plan's regions that are made of others."""
        return self._regions_of_type("zone")

    @property
    def cities(self) -> list[str]:
        """The cities among the plan's regions, in the tables' order."""
        return self._regions_of_type("city")

    @property
    def peers(self) -> list[str]:
        """The plan's regions that can be ranked beside each other, in the tables' order."""
        return self._regions_of_type(*PEERS)

    def _regions_of_type(self, *types: str) -> list[str]:
        def pick() -> list[str]:
            rows, spoken_of = self.tables.regions, set(self.regions)
            return [str(code) for code in rows.loc[rows["type"].isin(types), "region"] if code in spoken_of]

        return self.once(("regions", types), pick)

    @property
    def made_up(self) -> list[str]:
        """The sources of figures that say they are made up."""
        sources = self.once("sources", lambda: [str(source) for source in self.known["source"].drop_duplicates()])
        return [source for source in sources if MADE_UP in source.lower()]

    def outcome(self, readings: list[Target]) -> str:
        """The status of a sentence, that its readings differ, or that only one of them can be judged."""
        statuses = {self.verdicts[target.target].status for target in readings}
        if len(statuses) == 1:
            return str(statuses.pop())
        return ONE_READING if len(statuses - OPEN) == 1 and statuses & OPEN else READINGS_DIFFER


def build_board(tables: Tables, actuals: pd.DataFrame, as_of: date, *, likely: bool = False) -> Board:
    """Judge every target on a day from the store's figures (`schema.STORED_COLUMNS`).

    With `likely` regions are also made of members known with less than high confidence.
    """
    known = known_by(date_figures(actuals, tables.releases), as_of)
    figures = use_figures(known, tables, likely=likely)
    targets = read_targets(tables)
    reports = read_reports(tables, figures, likely=likely)
    verdicts = judge_all(tables, targets, figures, as_of, reports=reports, likely=likely)
    return Board(
        tables=tables,
        known=known,
        figures=figures,
        targets={target.target: target for target in targets},
        verdicts={verdict.target: verdict for verdict in verdicts},
        as_of=as_of,
        likely=likely,
        reports=reports,
    )


def same_cuts(figures: tuple[Figure, ...]) -> dict[int, list[Figure]]:
    """Group year-to-date figures by the month they run to, so that each is compared with the same cut of other years.

    The whole year (month 12) is left out: it repeats the yearly figure.
    """
    cuts: dict[int, list[Figure]] = {}
    for figure in figures:
        cuts.setdefault(parse_period(figure.period).month, []).append(figure)
    return {month: cuts[month] for month in sorted(cuts) if month < 12}
