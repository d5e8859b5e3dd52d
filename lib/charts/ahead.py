"""What a target's chart shows beside its figures: breaks, the path, and what is reckoned (trend, whole year, old base)."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from lib.charts.frame import wrap_line
from lib.charts.parts import Mark, Sign
from lib.explain import carried_sentence, forecast_sentence, within_lines
from lib.periods import parse_period
from lib.schema import Kind
from lib.tables import rows_of
from lib.verdict.target import STATED, expected_at, grows_constantly
from lib.verdict.within_year import FullYearEstimate
from lib.zones import members_of

if TYPE_CHECKING:
    from lib.charts.labels import Place
    from lib.series import Figure
    from lib.verdict.board import Board
    from lib.verdict.forecast import Forecast
    from lib.verdict.model import Carried, Verdict
    from lib.verdict.target import Target
    from lib.words import Words

HOVER_COLUMNS: Final = 46
CURVE_STEPS: Final = 24
DODGE: Final = 0.25
GLYPHS: Final = {"trend": "◇", "estimate": "□", "carried": "⊗"}


def breaks_of(board: Board, target: Target, yearly: tuple[Figure, ...], words: Words) -> tuple[Mark, ...]:
    """The breaks between two figures shown, marked half a year before the first on the new basis.

    A break of which no figure is known yet is not shown: the chart is that of its day.
    """
    return tuple(
        Mark(after.position - 0.5, break_reason(board, target, (before, after), words))
        for before, after in pairwise(yearly)
        if before.segment != after.segment
    )


def break_reason(board: Board, target: Target, between: tuple[Figure, Figure], words: Words) -> str:
    """Why a series breaks between two figures, in the first clause of the break nearest to the later one."""
    members = members_of(board.tables.memberships, likely=board.likely).get(target.region, ())
    rows = board.tables.breaks
    rows = rows[(rows["indicator"] == target.indicator) & rows["region"].isin(("", target.region, *members))]
    nearest = min(rows_of(rows), key=lambda row: abs(parse_period(str(row["period"])).position - between[1].position))
    return re.split("[：:；;]", str(nearest[f"reason_{words.lang}"]))[0]


def path_of(
    verdict: Verdict, target: Target, breaks: tuple[Mark, ...], words: Words
) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """The path of a level target as `expected_at` has it: from the baseline to the first break, and what lies beyond it.

    Both empty without a path; the second is empty where no break lies between baseline and deadline.
    """
    baseline = verdict.baseline
    if target.kind != Kind.LEVEL or baseline is None or target.value is None or target.deadline <= baseline.position:
        return (), ()
    start, end = baseline.position, target.deadline
    cut = next((mark.x for mark in breaks if start < mark.x < end), end)

    def walk(first: float, last: float) -> tuple[Place, ...]:
        places = [first, *(x for x in _turns(target, baseline) if first < x < last), last]
        heights = [expected_at(target, start, baseline.value, x) for x in places]
        return tuple((x, words.scaled(y, target.unit)) for x, y in zip(places, heights, strict=True))

    return walk(start, cut), walk(cut, end) if cut < end else ()


def _turns(target: Target, baseline: Figure) -> list[float]:
    """The times between which the path is straight, or as good as straight."""
    if target.path == STATED:
        return [parse_period(period).position for period, _ in target.interim]
    if grows_constantly(target, baseline.value):
        step = (target.deadline - baseline.position) / CURVE_STEPS
        return [baseline.position + step * n for n in range(1, CURVE_STEPS)]
    return []


def signs_of(verdict: Verdict, target: Target, yearly: tuple[Figure, ...], words: Words) -> tuple[Sign, ...]:
    """The trend at the deadline, the estimate of the year under way and the value carried over a break, as far as known."""
    sentences, signs = reckoned(verdict, target, words), []
    if verdict.forecast is not None:
        signs.append(_trend(verdict.forecast, sentences["trend"], target, yearly, words))
    if verdict.within is not None and isinstance(verdict.within.full_year, FullYearEstimate):
        signs.append(_estimate(verdict.within.full_year, sentences["estimate"], words))
    if verdict.carried is not None:
        signs.append(_carried(verdict.carried, sentences["carried"], words))
    return tuple(_dodge(sign, signs) for sign in signs)


def reckoned(verdict: Verdict, target: Target, words: Words) -> dict[str, str]:
    """How each number came about that is no figure, by the kind of its sign: only of those there are."""
    is_estimated = verdict.within is not None and isinstance(verdict.within.full_year, FullYearEstimate)
    sentences = {
        "trend": forecast_sentence(verdict, target, words),
        "estimate": within_lines(verdict.within, words)[-1] if is_estimated else "",
        "carried": carried_sentence(verdict, target, words),
    }
    return {kind: sentence for kind, sentence in sentences.items() if sentence}


def reckoned_notes(verdict: Verdict, target: Target, words: Words) -> tuple[str, ...]:
    """The sentences below the chart, each behind the sign that it explains."""
    return tuple(
        words.texts("chart.reckoned", sign=GLYPHS[kind], sentence=sentence.rstrip(".。"))
        for kind, sentence in reckoned(verdict, target, words).items()
    )


def break_lines(text: str) -> str:
    """Break a hover text so that it fits a phone."""
    return "\n".join(part for line in text.split("\n") for part in wrap_line(line, HOVER_COLUMNS))


def _dodge(sign: Sign, signs: list[Sign]) -> Sign:
    """An estimate of the year at whose end the trend stands is drawn a little before it, so that both can be seen."""
    stands_on = any(sign.kind == "estimate" and other.kind != "estimate" and other.x == sign.x for other in signs)
    return replace(sign, x=sign.x - DODGE) if stands_on else sign


def _trend(forecast: Forecast, sentence: str, target: Target, yearly: tuple[Figure, ...], words: Words) -> Sign:
    unit = str(words.indicators[target.indicator]["unit"])
    last = next((figure for figure in yearly if figure.period == forecast.last), None)
    return Sign(
        kind="trend",
        x=parse_period(forecast.period).position,
        y=words.scaled(forecast.value, unit),
        label=words.texts("chart.trend", value=words.bare(forecast.value, target.indicator, unit)),
        hover=break_lines(sentence),
        low=words.scaled(forecast.low, unit),
        high=words.scaled(forecast.high, unit),
        start=(last.position, words.scaled(last.value, last.unit)) if last else None,
    )


def _estimate(full_year: FullYearEstimate, sentence: str, words: Words) -> Sign:
    latest = full_year.latest
    return Sign(
        kind="estimate",
        x=parse_period(str(parse_period(latest.period).year)).position,
        y=words.scaled(full_year.value, latest.unit),
        label=words.texts("chart.estimate", value=words.bare(full_year.value, latest.indicator, latest.unit)),
        hover=break_lines(sentence),
        low=words.scaled(full_year.low, latest.unit),
        high=words.scaled(full_year.high, latest.unit),
    )


def _carried(carried: Carried, sentence: str, words: Words) -> Sign:
    start = carried.start
    return Sign(
        kind="carried",
        x=carried.rates[-1].position,
        y=words.scaled(carried.value, start.unit),
        label=words.texts("chart.carried", value=words.bare(carried.value, start.indicator, start.unit)),
        hover=break_lines(sentence),
    )
