"""Two partners beside each other as a table and as sentences, for the page and for the evaluation sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from lib import formats
from lib.explain import stand
from lib.verdict.benchmark import Benchmark, benchmark_pair, pairs_of
from lib.verdict.model import Missing
from lib.words import who_reports

if TYPE_CHECKING:
    from lib.verdict.board import Board
    from lib.words import Words


def pair_table(board: Board, sides: tuple[str, str], words: Words) -> pd.DataFrame:
    """One row an indicator of which either side has a yearly figure."""
    return pd.DataFrame([_row(item, sides, words) for item in benchmark_pair(board, *sides)])


def _row(item: Benchmark, sides: tuple[str, str], words: Words) -> dict[str, Any]:
    texts, row = words.texts, item.row
    figures = {figure.region: figure for figure in row.figures} if row else {}
    growth = {figure.region: figure for figure in item.growth.figures} if item.growth else {}
    names = [words.short_region(side) for side in sides]
    return {
        texts("column.indicator"): words.indicator(item.indicator),
        texts("column.period"): words.span(row.figures[0]) if row else "",
        **{
            name: words.figure(figures[side]) if side in figures else ""
            for side, name in zip(sides, names, strict=True)
        },
        texts("pair.gap", first=names[0], second=names[1]): _gap(item, words),
        **{
            texts("pair.growth", region=name): words.figure(growth[side]) if side in growth else ""
            for side, name in zip(sides, names, strict=True)
        },
        texts("pair.behind"): _behind(item, words),
        texts("column.note"): _note(item, words),
    }


def _gap(item: Benchmark, words: Words) -> str:
    """Who is higher and by how much, in words rather than with a sign; for amounts also as a share."""
    if item.gap is None or item.row is None:
        return ""
    first, unit = item.row.figures[0], item.row.figures[0].unit
    key = "pair.higher" if item.gap > 0 else "pair.lower" if item.gap else "pair.level"
    gap = words.amount(abs(item.gap), item.indicator, "pp" if unit == "pct" else unit)
    said = words.texts(key, region=words.short_region(first.region), gap=gap)
    if item.ratio is None or unit == "pct":
        return said
    return words.texts("pair.gap_share", gap=said, share=formats.share(item.ratio))


def _behind(item: Benchmark, words: Words) -> str:
    if item.behind is None:
        return ""
    key = "pair.years" if item.behind.is_exact else "pair.years_at_least"
    years = formats.number(item.behind.years, 1)
    return words.texts(key, region=words.short_region(item.behind.region), years=years)


def _note(item: Benchmark, words: Words) -> str:
    """Why nothing is compared: a side without figures and who would publish them, or figures that do not compare."""
    if item.missing:
        said = [who_reports(Missing(region, item.indicator, ()), words) for region in item.missing]
        names = words.join([words.short_region(region) for region in item.missing])
        return words.texts("pair.no_data", regions=names, who=words.join_marks(said))
    if item.row is None:
        return words.texts("pair.no_common_year")
    return words.texts(f"compare.refused_{item.row.refused}") if item.row.refused else ""


def pair_lines(board: Board, pair: str, words: Words) -> list[str]:
    """The sentences of an evaluation sheet: each indicator that compares, then what is missing and from whom."""
    sides = pairs_of(board).get(pair)
    if sides is None:
        return []
    first, second = (words.short_region(side) for side in sides)
    lines: list[str] = []
    silent: dict[str, list[str]] = {}
    for item in benchmark_pair(board, *sides):
        if item.gap is None or item.row is None:
            silent.setdefault(_note(item, words), []).append(words.indicator(item.indicator))
            continue
        one, two = item.row.figures
        parts = [
            words.texts(
                "pair.line", indicator=words.indicator(item.indicator), period=words.span(one), first=first, second=second,
                one=words.figure(one), two=words.figure(two), gap=_gap(item, words),
            ),
            _behind(item, words),
        ]  # fmt: skip
        lines.append(words.join_marks([part for part in parts if part]))
    nothing = [words.texts("pair.line_none", indicators=words.join(names), note=note) for note, names in silent.items()]
    return [*lines, *nothing]


def pair_sources(board: Board, sides: tuple[str, str], words: Words) -> tuple[str, ...]:
    """Where the compared figures come from, and the day that is looked at."""
    rows = [item.row for item in benchmark_pair(board, *sides) if item.row is not None]
    sources = dict.fromkeys(words.source(figure) for row in rows for figure in row.figures)
    listed = (words.texts("ranking.sources", sources=words.join_marks(list(sources))),) if sources else ()
    return (*listed, stand(board, words))
