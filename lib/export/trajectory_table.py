"""A target's series as a table that a chart can be drawn from: a row a year, actuals by base, path, target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from lib.export.figures import tidy
from lib.schema import Kind
from lib.verdict.target import expected_at

if TYPE_CHECKING:
    from lib.series import Figure
    from lib.verdict.board import Board
    from lib.verdict.target import Target
    from lib.words import Words


def trajectory_table(board: Board, target: Target, words: Words) -> pd.DataFrame | None:
    """The whole years of a target's series in the indicator's unit; None where there is none.

    A series that breaks has a column a base, so that no line leads across. The path is given from the baseline up to the
    first break, at the ends of the years; the target in its own year.
    """
    yearly = board.yearly(target.region, target.indicator)
    if not yearly:
        return None
    years = sorted({figure.period for figure in yearly} | {target.target_period})
    columns: dict[str, list[Any]] = {words.texts("column.period"): years}
    segments = sorted({figure.segment for figure in yearly})
    for number, segment in enumerate(segments, start=1):
        values = {figure.period: figure.value for figure in yearly if figure.segment == segment}
        name = words.texts("workbook.actual_base" if len(segments) > 1 else "workbook.actual", number=number)
        columns[name] = [values.get(year) for year in years]
    columns[words.texts("chart.path")] = _path(board, target, yearly, years)
    aim = None if target.kind == Kind.CUMULATIVE_CHANGE else target.value
    columns[words.texts("workbook.target")] = [aim if year == target.target_period else None for year in years]
    vintage = {figure.period: words.texts(f"vintage.{figure.status}") for figure in yearly}
    columns[words.texts("column.vintage")] = [vintage.get(year, "") for year in years]
    return pd.DataFrame(columns)


def _path(board: Board, target: Target, yearly: tuple[Figure, ...], years: list[str]) -> list[float | None]:
    """What the path expects at the end of each year, where a level leads from its baseline on one base."""
    baseline = board.verdicts[target.target].baseline
    if target.kind != Kind.LEVEL or baseline is None or target.value is None:
        return [None] * len(years)
    after = [
        figure.period for figure in yearly if figure.segment != baseline.segment and figure.period > baseline.period
    ]
    last = min([*after, "9999"])
    return [
        tidy(expected_at(target, baseline.position, baseline.value, int(year) + 1.0))
        if baseline.period <= year <= target.target_period and year < last
        else None
        for year in years
    ]
