"""Regions made of cities: sums, shares and growth rates of all their members, never of some.

Every aggregate is Σ top / Σ bottom over the counted members:

- A flow or stock: top is the member's figure; there is nothing below it.
- A share with its parts: numerator * 100 over denominator, both in the numerator's unit in `indicators.csv`.
- A growth rate whose level can be summed: w g over w, with w the member's level in the same span of the year before,
  because the growth of t refers to t - 1 (Laspeyres, annual chain-linking: UN SNA 2008, chapter 15). A growth rate that
  is no level's `growth_indicator` or that of several, or whose level is never summed, is never aggregated.

Frames of figures hold one vintage for each of `schema.FIGURE_KEY`, as `series.pick_vintage` gives them. Units are never
converted, spans and bases never mixed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import compress
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from lib.periods import parse_period
from lib.schema import FIGURE_KEY
from lib.series import RANK
from lib.tables import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    # What the members' figures share: indicator, period, basis, unit.
    Span = tuple[str, str, str, str]

SPAN: Final = ["indicator", "period", "basis", "unit"]
ADDABLE: Final = ("", "about")
NEVER: Final = np.iinfo(np.int64).min
VINTAGES: Final = {-rank: str(vintage) for vintage, rank in RANK.items()}
TOTAL_COLUMNS: Final = (*FIGURE_KEY, "value", "status", "qualifier", "known_from", "dated")
COVERAGE_COLUMNS: Final = (*FIGURE_KEY, "reported", "missing", "unusable", "members", "partial", "complete")


@dataclass(frozen=True)
class _Grid:
    """What members (columns) have for each span (rows): all arrays spans x members, `weak` four of them.

    `top` over `bottom` counts where `usable`; `bottom` is 0 where nothing stands below. `seen`: something was published.
    `weak` holds whole numbers, the larger the weaker: how unsettled (the vintage's rank, negative), whether about,
    whether undated, and since when known (microseconds); what is made of two parts is as weak as the weaker.
    """

    spans: list[Span]
    top: npt.NDArray[np.float64]
    bottom: npt.NDArray[np.float64]
    usable: npt.NDArray[np.bool_]
    seen: npt.NDArray[np.bool_]
    weak: npt.NDArray[np.int64]


def members_of(memberships: pd.DataFrame, *, likely: bool = False) -> dict[str, list[str]]:
    """The regions that may be summed and their counted members, both by code, members in the table's order.

    Every counted member must be inside as a whole: a city is not its counties. Unless `likely`, each must also be known
    with high confidence.
    """
    counted = memberships[memberships["counted"] == "yes"]
    fits = counted["extent"] == "whole"
    if not likely:
        fits &= counted["confidence"] == "high"
    return _by_region(counted[~counted["region"].isin(counted.loc[~fits, "region"])])


def uncounted(memberships: pd.DataFrame) -> dict[str, list[str]]:
    """The members by region that are left out of its sums, as their figures may be inside those of another member."""
    return _by_region(memberships[memberships["counted"] != "yes"])


def add_zones(
    picked: pd.DataFrame, memberships: pd.DataFrame, indicators: pd.DataFrame, *, likely: bool = False
) -> pd.DataFrame:
    """Append each zone's aggregates, only where every member has the figure; a published zone figure is kept instead.

    Adds the column `derived`; rows derived before are derived anew. An aggregate is as late, as undated, as unsettled
    and as rough as its weakest part: one "about" makes it "about"; a lower bound ("at_least") cannot enter.
    """
    published = _published(picked)
    totals = _totals(published, members_of(memberships, likely=likely), indicators)
    derived = totals.loc[totals["complete"], list(TOTAL_COLUMNS)]
    kept = published.assign(derived=False)
    if derived.empty:
        return kept.reset_index(drop=True)
    both = pd.concat([kept, derived.assign(source="", link="", derived=True)], ignore_index=True)
    return both.drop_duplicates(list(FIGURE_KEY), keep="first").reset_index(drop=True)


def coverage(
    picked: pd.DataFrame, memberships: pd.DataFrame, indicators: pd.DataFrame, *, likely: bool = False
) -> pd.DataFrame:
    """Which members reported: a row for each figure of a zone that could be aggregated and that one of them published.

    Columns: the key of the zone's figure; `reported` and `missing`, tuples of member codes that together are all counted
    members; `unusable`, those of the missing that published something which cannot enter: a lower bound, a numerator
    without its denominator, a growth rate without last year's level; `members`, their count; `partial`, the sum of
    those reported in the row's unit, NaN where none or where the figure is no sum; `complete`. For shares and growth
    rates a member has reported once both its parts are known. A zone's own published figure plays no role here.
    """
    totals = _totals(_published(picked), members_of(memberships, likely=likely), indicators)
    return totals[list(COVERAGE_COLUMNS)]


def _by_region(rows: pd.DataFrame) -> dict[str, list[str]]:
    """The members of each region, each once: a membership may be sourced twice."""
    once = rows.drop_duplicates(["region", "member"])
    return {str(region): [str(code) for code in codes] for region, codes in once.groupby("region")["member"]}


def _published(picked: pd.DataFrame) -> pd.DataFrame:
    """The figures without those summed before. Raises ValueError if a figure has two rows: a sum would take both."""
    rows = picked[~picked["derived"].astype(bool)] if "derived" in picked else picked
    if rows.duplicated(list(FIGURE_KEY)).any():
        raise ValueError("more than one vintage of a figure: pick one before summing")
    return rows


def _totals(figures: pd.DataFrame, zones: dict[str, list[str]], indicators: pd.DataFrame) -> pd.DataFrame:
    """Sum up each zone: a row for each figure that a member published, sorted by its key, with what is known of it.

    `value` means something only where `complete`.
    """
    members = list(dict.fromkeys(code for codes in zones.values() for code in codes))
    grid = _read_grid(figures[figures["region"].isin(members)], members)
    parts = _join([_sums(grid, indicators), _shares(grid, indicators), _growth(grid, indicators)])
    order = sorted(range(len(parts.spans)), key=parts.spans.__getitem__)
    parts = _take(parts, order)
    frames = [_total(parts, members, zone, codes) for zone, codes in zones.items()]
    return pd.concat(frames, ignore_index=True) if frames else _total(parts, members, "", [])


def _total(parts: _Grid, members: list[str], zone: str, codes: list[str]) -> pd.DataFrame:
    """The rows of `_totals` about one zone; `members` names the columns of the parts."""
    columns = np.array([members.index(code) for code in codes], dtype=np.intp)
    inside = np.ix_(np.flatnonzero(parts.seen[:, columns].any(axis=1)), columns)
    seen, usable = parts.seen[inside], parts.usable[inside]
    top, bottom = (np.where(usable, side[inside], 0.0).sum(axis=1) for side in (parts.top, parts.bottom))
    unsettled, about, undated, known = (layer[inside].max(axis=1, initial=NEVER) for layer in parts.weak)
    count = usable.sum(axis=1)
    spans = [parts.spans[row] for row in inside[0].ravel().tolist()]
    return pd.DataFrame(
        {
            "region": zone,
            **{column: _text(span[place] for span in spans) for place, column in enumerate(SPAN)},
            "value": np.divide(top, bottom, out=top.copy(), where=bottom > 0),
            "status": _text(VINTAGES.get(rank, "") for rank in unsettled.tolist()),
            "qualifier": _text("about" if rough == 1 else "" for rough in about.tolist()),
            "known_from": known.astype("datetime64[us]"),
            "dated": undated == 0,
            "partial": np.where((bottom > 0) | (count == 0), np.nan, top),
            "complete": count == len(codes),
            "members": len(codes),
            "reported": _names(codes, usable),
            "missing": _names(codes, ~usable),
            "unusable": _names(codes, ~usable & seen),
        }
    )


def _text(cells: Iterable[str]) -> pd.Series[str]:
    return pd.Series(list(cells), dtype="str")


def _names(codes: list[str], chosen: npt.NDArray[np.bool_]) -> pd.Series[Any]:
    """The members chosen in each row (rows x members), as a tuple that may be empty."""
    return pd.Series([tuple(compress(codes, row)) for row in chosen.tolist()], dtype="object")


def _read_grid(figures: pd.DataFrame, members: list[str]) -> _Grid:
    """Spread the members' figures out, one span a row and one member a column."""
    rows, spans = pd.MultiIndex.from_frame(figures[SPAN].astype("str")).factorize()
    at = rows, pd.Categorical(figures["region"].astype("str"), categories=members).codes
    shape = len(spans), len(members)
    grid = _Grid(
        list(spans), np.zeros(shape), np.zeros(shape), np.zeros(shape, bool), np.zeros(shape, bool),
        np.zeros((4, *shape), np.int64),
    )  # fmt: skip
    grid.top[at] = figures["value"]
    grid.usable[at] = figures["qualifier"].isin(ADDABLE) & figures["value"].notna()
    grid.seen[at] = True
    grid.weak[0][at] = -figures["status"].astype("str").map(RANK).astype("int64")
    grid.weak[1][at] = figures["qualifier"] == "about"
    grid.weak[2][at] = ~figures["dated"].astype(bool)
    grid.weak[3][at] = figures["known_from"].astype("datetime64[us]").astype("int64")
    return grid


def _sums(grid: _Grid, indicators: pd.DataFrame) -> _Grid:
    """The parts of flows and stocks: the members' figures as they are, in whatever unit."""
    codes = set(indicators.loc[indicators["aggregation"] == "sum", "indicator"])
    return _take(grid, [row for row, span in enumerate(grid.spans) if span[0] in codes])


def _shares(grid: _Grid, indicators: pd.DataFrame) -> _Grid:
    """The parts of shares in per cent. Source: numerator / denominator * 100, each summed over the members."""
    units = dict(zip(indicators["indicator"], indicators["unit"], strict=True))
    pairs: list[tuple[Span, Span, Span]] = []
    columns = ["indicator", "numerator", "denominator", "unit"]
    for share in rows_of(indicators.loc[indicators["aggregation"] == "ratio", columns]):
        top, below = share["numerator"], share["denominator"]
        for name, period, basis, unit in grid.spans:
            if (name, unit) == (top, units.get(top)):
                span = share["indicator"], period, basis, share["unit"]
                pairs.append((span, (top, period, basis, unit), (below, period, basis, unit)))
    over = _divide(grid, pairs)
    return replace(over, top=over.top * 100)


def _growth(grid: _Grid, indicators: pd.DataFrame) -> _Grid:
    """The parts of growth rates in their own unit. Source: Σ w g / Σ w with w the level a year before (see the module)."""
    levels = indicators[(indicators["aggregation"] == "sum") & (indicators["growth_indicator"] != "")]
    levels = levels[["growth_indicator", "indicator", "unit"]].drop_duplicates("growth_indicator", keep=False)
    level_of = {row["growth_indicator"]: (row["indicator"], row["unit"]) for row in rows_of(levels)}
    pairs: list[tuple[Span, Span, Span]] = []
    for span in grid.spans:
        if span[0] in level_of:
            level, unit = level_of[span[0]]
            pairs.append((span, span, (level, _year_before(span[1]), span[2], unit)))
    over = _divide(grid, pairs)
    return replace(over, top=over.top * over.bottom)


def _divide(grid: _Grid, pairs: list[tuple[Span, Span, Span]]) -> _Grid:
    """Put one span's figures over another's: `pairs` of the span that results, the one above, and the one below.

    Where a member has no positive figure below, nothing can be divided and its part is not usable.
    """
    place = {span: row for row, span in enumerate(grid.spans)}
    rows = [place.get(below, -1) for _, _, below in pairs]
    above, below = _take(grid, [place[top] for _, top, _ in pairs]), _take(grid, rows)
    found = (np.array(rows, dtype=np.intp) >= 0)[:, np.newaxis]
    usable = above.usable & below.usable & (below.top > 0) & found
    return _Grid(
        spans=[span for span, _, _ in pairs],
        top=above.top,
        bottom=np.where(usable, below.top, 0.0),
        usable=usable,
        seen=above.seen,
        weak=np.maximum(above.weak, below.weak),
    )


def _take(grid: _Grid, rows: Sequence[int]) -> _Grid:
    """Some rows of a grid, in this order."""
    at = np.array(rows, dtype=np.intp)
    spans = [grid.spans[row] for row in rows]
    return _Grid(spans, grid.top[at], grid.bottom[at], grid.usable[at], grid.seen[at], grid.weak[:, at])


def _join(grids: Sequence[_Grid]) -> _Grid:
    """The rows of several grids of the same members, one grid below the other."""
    return _Grid(
        spans=[span for grid in grids for span in grid.spans],
        top=np.concatenate([grid.top for grid in grids]),
        bottom=np.concatenate([grid.bottom for grid in grids]),
        usable=np.concatenate([grid.usable for grid in grids]),
        seen=np.concatenate([grid.seen for grid in grids]),
        weak=np.concatenate([grid.weak for grid in grids], axis=1),
    )


def _year_before(code: str) -> str:
    """The same span a year earlier: "2024Q3" gives "2023Q3"."""
    period = parse_period(code)
    return replace(period, year=period.year - 1).code
