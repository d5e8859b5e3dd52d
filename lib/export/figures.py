"""The tables that go with charts and into files: figures and verdicts in a reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from lib import formats
from lib.explain import carried_sentence, forecast_sentence, reported_sentence, required_sentence
from lib.periods import parse_period
from lib.words import finding, goal, missing_figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lib.series import Figure
    from lib.verdict.board import Board
    from lib.verdict.model import Verdict
    from lib.verdict.target import Target
    from lib.words import Words


def in_order(known: pd.DataFrame) -> pd.DataFrame:
    """Dated figures by region, indicator and the end of the period, each one's vintages as they became known."""
    ends = known["period"].map(lambda code: parse_period(code).position).astype(float)
    ordered = known.assign(_end=ends).sort_values(["region", "indicator", "_end", "basis", "known_from", "seq", "row"])
    return ordered.drop(columns="_end")


def vintages_table(board: Board, region: str, indicator: str, words: Words) -> pd.DataFrame:
    """Every known vintage of one series, a row each, headed in the reader's language."""
    rows = board.known[(board.known["region"] == region) & (board.known["indicator"] == indicator)]
    return figures_table(in_order(rows), words)


def figures_table(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Dated figures (`series.date_figures`) in words, codes beside names so that a file can be read back."""
    texts = words.texts
    columns = {
        texts("column.region"): rows["region"].map(words.region),
        texts("column.region_code"): rows["region"].astype(str),
        texts("column.indicator"): rows["indicator"].map(words.indicator),
        texts("column.indicator_code"): rows["indicator"].astype(str),
        texts("column.period"): rows["period"].astype(str),
        texts("column.basis"): rows["basis"].map(lambda code: texts(f"basis.{code}")),
        texts("column.value"): rows["value"],
        texts("column.qualifier"): rows["qualifier"].map(lambda code: texts(f"qualified.{code}") if code else ""),
        texts("column.unit"): rows["unit"].map(words.unit),
        texts("column.status"): rows["status"].map(lambda code: texts(f"vintage.{code}")),
        texts("column.published"): rows["published"].dt.strftime("%Y-%m-%d").fillna(""),
        texts("column.source"): rows["source"].astype(str),
        texts("column.link"): rows["link"].astype(str),
        texts("column.note"): rows["note"].astype(str),
    }
    return pd.DataFrame({name: list(values) for name, values in columns.items()})


def used_table(figures: list[Figure], words: Words) -> pd.DataFrame:
    """The figures a chart shows, one vintage each, in words."""
    texts = words.texts
    return pd.DataFrame(
        [
            {
                texts("column.region"): words.region(figure.region),
                texts("column.indicator"): words.indicator(figure.indicator),
                texts("column.period"): figure.period,
                texts("column.basis"): texts(f"basis.{figure.basis}"),
                texts("column.value"): figure.value,
                texts("column.qualifier"): texts(f"qualified.{figure.qualifier}") if figure.qualifier else "",
                texts("column.unit"): words.unit(figure.unit),
                texts("column.status"): texts(f"vintage.{figure.status}"),
                texts("column.published"): words.published(figure),
                texts("column.source"): words.source(figure),
                texts("column.link"): figure.link,
            }
            for figure in figures
        ]
    )


def verdicts_table(board: Board, words: Words, targets: Sequence[str] | None = None) -> pd.DataFrame:
    """One row a target, of all or of some: status, numbers and the sentence, in words."""
    chosen = list(board.targets) if targets is None else targets
    return pd.DataFrame([_verdict_row(board, target, words) for target in chosen])


def _verdict_row(board: Board, target: str, words: Words) -> dict[str, Any]:
    stated, verdict, texts = board.targets[target], board.verdicts[target], words.texts
    return {
        texts("column.target"): target,
        texts("column.region"): words.region(stated.region),
        texts("column.indicator"): words.indicator(stated.indicator),
        texts("column.goal"): goal(stated, words),
        texts("column.deadline"): stated.target_period,
        texts("column.verdict"): texts(f"status.{verdict.status}"),
        texts("column.marks"): words.join_marks([texts(f"mark.{mark}") for mark in verdict.marks]),
        **_verdict_numbers(verdict, words),
        texts("column.unit"): words.unit(stated.unit) if stated.unit else "",
        texts("column.finding"): finding(verdict, stated, words),
        texts("column.missing"): words.join([missing_figures(item, words) for item in verdict.missing]),
        texts("column.source"): words.join_marks(
            [words.source(f) for f in dict.fromkeys(verdict.used or _shown(verdict))]
        ),
        texts("column.as_of"): board.as_of.isoformat(),
        **({} if board.entry is None else {texts("column.entry"): board.entry}),
    }


def _shown(verdict: Verdict) -> tuple[Figure, ...]:
    """The figure that a verdict without a judgement shows."""
    return () if verdict.figure is None else (verdict.figure,)


def _verdict_numbers(verdict: Verdict, words: Words) -> dict[str, Any]:
    """The numbers of a verdict as a spreadsheet takes them: shares of 1, rates in per cent."""
    required, forecast = verdict.required, verdict.forecast
    numbers = {
        "value_used": tidy(verdict.value),
        "period": verdict.figure.period if verdict.figure else "",
        "baseline": verdict.baseline.value if verdict.baseline else None,
        "baseline_period": verdict.baseline.period if verdict.baseline else "",
        "expected": tidy(verdict.expected),
        "expected_today": tidy(verdict.expected_today),
        "gap": tidy(verdict.gap),
        "gap_closed": tidy(verdict.gap_closed),
        "elapsed": tidy(verdict.elapsed),
        "pace": tidy(verdict.pace),
        "required": tidy(required.amount) if required else None,
        "required_growth": tidy(required.growth) if required else None,
        "forecast": tidy(forecast.value) if forecast else None,
        "forecast_low": tidy(forecast.low) if forecast else None,
        "forecast_high": tidy(forecast.high) if forecast else None,
        "first_met": verdict.first_met.period if verdict.first_met else "",
    }
    return {words.texts(f"column.{name}"): value for name, value in numbers.items()}


def numbers_table(verdict: Verdict, target: Target, words: Words) -> pd.DataFrame:
    """Every number of one verdict as a reader reads it: two columns, what it is and what it comes to."""
    texts = words.texts
    rows = [(texts(f"column.{name}"), text) for name, text in _number_texts(verdict, target, words).items() if text]
    return pd.DataFrame(rows, columns=[texts("column.number_name"), texts("column.number")])


def _number_texts(verdict: Verdict, target: Target, words: Words) -> dict[str, str]:
    def amount(value: float | None, *, signed: bool = False) -> str:
        unit = target.unit or words.indicator_unit(target.indicator)
        return "" if value is None else words.amount(value, target.indicator, unit, signed=signed)

    def dated(value: str, of: Figure | None) -> str:
        return words.texts("figure.with_period", value=value, period=words.span(of)) if of and value else ""

    figure, baseline, met = verdict.figure, verdict.baseline, verdict.first_met
    return {
        "value_used": dated(amount(verdict.value), figure),
        "vintage": words.join([words.texts(f"vintage.{figure.status}"), words.published(figure)]) if figure else "",
        "baseline": dated(words.figure(baseline), baseline) if baseline else "",
        "expected": dated(amount(verdict.expected), figure),
        "expected_today": amount(verdict.expected_today),
        "gap": amount(verdict.gap, signed=True),
        "gap_closed": "" if verdict.gap_closed is None else formats.share(verdict.gap_closed),
        "elapsed": "" if verdict.elapsed is None else formats.share(verdict.elapsed),
        "pace": "" if verdict.pace is None else formats.number(verdict.pace, 2),
        "ahead": required_sentence(verdict, target, words),
        "forecast": forecast_sentence(verdict, target, words),
        "carried": carried_sentence(verdict, target, words),
        "first_met": dated(words.figure(met), met) if met else "",
        "reported": reported_sentence(verdict.reported, target.indicator, words),
        "marks": words.join_marks([words.texts(f"mark.{mark}") for mark in verdict.marks]),
    }


def tidy(value: float | None) -> float | None:
    """Drop what binary fractions add behind the sixth decimal."""
    return None if value is None else round(value, 6)


def period_words(code: str, basis: str, words: Words) -> str:
    """A period in words, for lists to choose from."""
    return formats.span(code, basis, words.lang)
