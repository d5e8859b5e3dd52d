"""The days on which something changed: a verdict, or a figure that one stands on. Frames in, days out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pandas as pd

from lib.periods import parse_period
from lib.schema import FIGURE_KEY
from lib.series import date_figures, known_by, pick_vintage
from lib.verdict.judge import (
    GRACE_DAYS,
    Cases,
    asked_pairs,
    judge,
    read_evidence,
    read_patience,
    read_targets,
    use_figures,
)
from lib.verdict.model import YEARLY, Patience
from lib.verdict.needs import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lib.tables import Tables
    from lib.verdict.model import Case, Verdict
    from lib.verdict.target import Target

    Pair = tuple[str, str]  # region and indicator

ONE_DAY: Final = timedelta(days=1)
PAIR: Final = ["region", "indicator"]
# What makes two figures in use different ones.
CONTENT: Final = [*FIGURE_KEY, "value", "status", "qualifier"]
# What two verdicts must share to be the same to a reader: the status, and the figures that went in.
_Stand = tuple[str, tuple[tuple[str, str, str, float, str], ...]]


@dataclass(frozen=True)
class ChangeDay:
    """A day with the targets whose status is another than the day before, and those that stand on other figures."""

    day: date
    verdicts: tuple[str, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True)
class _Held:
    """The figures in use on a day, and what each series asked for holds of them."""

    figures: pd.DataFrame
    series: dict[Pair, frozenset[tuple[object, ...]]]


def days_of_change(
    tables: Tables, actuals: pd.DataFrame, since: date, until: date, *, likely: bool = False
) -> tuple[ChangeDay, ...]:
    """Every day after `since` and up to `until` on which a verdict or a figure of one changed, oldest first.

    `actuals` are the store's figures (`schema.STORED_COLUMNS`). What time alone changes (a deadline passes, a figure falls
    due) is among them. Only the targets that a day touches are read anew.
    """
    targets = read_targets(tables)
    held = _held_by_day(tables, date_figures(actuals, tables.releases), targets, (since, until), likely=likely)
    said, indicators = _evidence_by_day(tables), tables.indicators.set_index("indicator")
    asked = {target.target: asked_pairs([target], indicators) for target in targets}
    days = sorted(day for day in {*held, *said, *_turning_days(tables, targets)} if since <= day <= until)
    source = Cases(tables, held[since].figures, targets, {}, likely=likely)
    cases: dict[str, Case] = {}
    before: dict[str, _Stand] = {}
    found, last = [], held[since]
    for day in days:
        now = held.get(day, last)
        others = said.get(day, frozenset()) | {name for name in asked if _differs(asked[name], last, now)}
        touched = [target for target in targets if target.target in others]
        if touched:
            source.learn(now.figures, touched)
        cases |= {target.target: source.case(target, day) for target in (touched if cases else targets)}
        stands = {name: _stand(judge(replace(case, as_of=day))) for name, case in cases.items()}
        moved = [
            tuple(name for name in stands if before and before[name][part] != stands[name][part]) for part in (0, 1)
        ]
        if any(moved):
            found.append(ChangeDay(day, *moved))
        before, last = stands, now
    return tuple(found)


def _differs(pairs: set[Pair], last: _Held, now: _Held) -> bool:
    """Whether a series that a target asks for holds other figures."""
    return last is not now and any(last.series.get(pair) != now.series.get(pair) for pair in pairs)


def _held_by_day(
    tables: Tables, dated: pd.DataFrame, targets: list[Target], span: tuple[date, date], *, likely: bool
) -> dict[date, _Held]:
    """The figures in use on the first day and on every day on which a figure of a series asked for came."""
    since, until = span
    asked, dated = asked_pairs(targets, tables.indicators.set_index("indicator")), known_by(dated, until)
    dated = dated[dated["basis"].isin(YEARLY)]
    parts = parts_of(asked, tables, likely=likely)
    summed = _of(use_figures(_of(dated, parts), tables, likely=likely), asked)["derived"].any()
    # Members' figures matter only where they add up to one that is asked for.
    rows = _of(dated, asked | parts if summed else asked)
    days = sorted({since, *(day for stamp in rows["known_from"] if (day := stamp.date()) > since)})
    frames = _pick_by_day(rows, days)
    if summed:
        frames = {day: use_figures(frame, tables, likely=likely) for day, frame in frames.items()}
    return {day: _hold(_of(frame, asked)) for day, frame in frames.items()}


def _pick_by_day(rows: pd.DataFrame, days: list[date]) -> dict[date, pd.DataFrame]:
    """The vintages to use on each day, picked for all days at once."""
    stamps = pd.DataFrame({"day": pd.to_datetime(pd.Series(days))})
    known = rows.merge(stamps, how="cross")
    picked = pick_vintage(known[known["known_from"] <= known["day"]], ("day", *FIGURE_KEY)).assign(derived=False)
    by_day = dict(iter(picked.groupby("day")))
    return {day: by_day.get(pd.Timestamp(day), picked.iloc[:0]).drop(columns="day") for day in days}


def _hold(figures: pd.DataFrame) -> _Held:
    content = zip(*(figures[name].astype("str") for name in CONTENT), strict=True)
    series: dict[Pair, set[tuple[str, ...]]] = {}
    for row in content:
        series.setdefault((row[0], row[1]), set()).add(row)
    return _Held(figures, {pair: frozenset(rows) for pair, rows in series.items()})


def _of(figures: pd.DataFrame, pairs: Iterable[Pair]) -> pd.DataFrame:
    """The figures of some regions and indicators."""
    held = pd.MultiIndex.from_arrays([figures[name].astype("str") for name in PAIR])
    return figures[held.isin(list(pairs))]


def _stand(verdict: Verdict) -> _Stand:
    used = [figure for figure in (verdict.later, verdict.figure, *verdict.used) if figure is not None]
    keys = tuple((f.region, f.indicator, f.period, f.value, f.status) for f in used)
    return str(verdict.status), tuple(dict.fromkeys(keys))


def _evidence_by_day(tables: Tables) -> dict[date, frozenset[str]]:
    """The targets about which something was said, by the day from which it is known."""
    said: dict[date, frozenset[str]] = {}
    for target, items in read_evidence(tables.evidence).items():
        for item in items:
            said[item.known_from] = said.get(item.known_from, frozenset()) | {target}
    return said


def _turning_days(tables: Tables, targets: Iterable[Target]) -> set[date]:
    """The days on which time alone may change a status: a year of the plan is over, or a figure of it falls due."""
    patience = read_patience(tables.releases)
    days: set[date] = set()
    for target in targets:
        waits = patience.get(target.indicator, Patience(GRACE_DAYS, None))
        first, last = parse_period(target.start_period), parse_period(target.target_period)
        for year in range(first.year, last.year + 1):
            end = parse_period(str(year)).end
            days |= {end + ONE_DAY, end + timedelta(days=waits.year) + ONE_DAY}
        if waits.within is not None:
            days.add(parse_period(f"{first.year}Q1").end + timedelta(days=waits.within) + ONE_DAY)
    return days
