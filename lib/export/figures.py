"""The tables that go with charts and into files: figures and verdicts in a reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from lib import formats
from lib.words import finding, goal, missing_figures

if TYPE_CHECKING:
    from lib.series import Figure
    from lib.verdict.board import Board
    from lib.words import Words


def vintages_table(board: Board, region: str, indicator: str, words: Words) -> pd.DataFrame:
    """Every known vintage of one series, a row each, headed in the reader's language."""
    rows = board.known[(board.known["region"] == region) & (board.known["indicator"] == indicator)]
    return figures_table(rows.sort_values(["period", "basis", "known_from", "seq", "row"]), words)


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
                texts("column.unit"): words.unit(figure.unit),
                texts("column.status"): texts(f"vintage.{figure.status}"),
                texts("column.published"): words.published(figure),
                texts("column.source"): words.source(figure),
                texts("column.link"): figure.link,
            }
            for figure in figures
        ]
    )


def verdicts_table(board: Board, words: Words) -> pd.DataFrame:
    """One row a target: status, numbers and the sentence, in words."""
    return pd.DataFrame([_verdict_row(board, target, words) for target in board.targets])


def _verdict_row(board: Board, target: str, words: Words) -> dict[str, Any]:
    stated, verdict, texts = board.targets[target], board.verdicts[target], words.texts
    return {
        texts("column.target"): target,
        texts("column.region"): words.region(stated.region),
        texts("column.indicator"): words.indicator(stated.indicator),
        texts("column.goal"): goal(stated, words),
        texts("column.deadline"): stated.target_period,
        texts("column.verdict"): texts(f"status.{verdict.status}"),
        texts("column.value_used"): tidy(verdict.value),
        texts("column.period"): verdict.figure.period if verdict.figure else "",
        texts("column.baseline"): verdict.baseline.value if verdict.baseline else None,
        texts("column.baseline_period"): verdict.baseline.period if verdict.baseline else "",
        texts("column.expected"): tidy(verdict.expected),
        texts("column.gap"): tidy(verdict.gap),
        texts("column.gap_closed"): tidy(verdict.gap_closed),
        texts("column.elapsed"): tidy(verdict.elapsed),
        texts("column.unit"): words.unit(stated.unit) if stated.unit else "",
        texts("column.finding"): finding(verdict, stated, words),
        texts("column.missing"): words.join([missing_figures(item, words) for item in verdict.missing]),
        texts("column.source"): words.source(verdict.figure) if verdict.figure else "",
        texts("column.as_of"): board.as_of.isoformat(),
    }


def tidy(value: float | None) -> float | None:
    """Drop what binary fractions add behind the sixth decimal."""
    return None if value is None else round(value, 6)


def verdict_record(board: Board, target: str, languages: list[Words]) -> dict[str, Any]:
    """One verdict for machines: codes, plain numbers (shares of 1), ISO dates and the sentence in each language."""
    stated, verdict = board.targets[target], board.verdicts[target]
    return {
        "target": target,
        "sentence_id": stated.sentence,
        "plan": stated.plan,
        "region": stated.region,
        "indicator": stated.indicator,
        "kind": stated.kind,
        "operator": stated.operator,
        "goal": stated.value,
        "unit": stated.unit,
        "target_period": stated.target_period,
        "as_of": board.as_of.isoformat(),
        "status": str(verdict.status),
        "reason": verdict.reason,
        "value": verdict.value,
        "figure": figure_record(verdict.figure),
        "baseline": figure_record(verdict.baseline),
        "expected": verdict.expected,
        "gap": verdict.gap,
        "gap_closed": verdict.gap_closed,
        "elapsed": verdict.elapsed,
        "pace": verdict.pace,
        "later": figure_record(verdict.later),
        "marks": list(verdict.marks),
        "missing": [
            {"region": m.region, "indicator": m.indicator, "periods": list(m.periods)} for m in verdict.missing
        ],
        "finding": {words.lang: finding(verdict, stated, words) for words in languages},
    }


def figure_record(figure: Figure | None) -> dict[str, Any] | None:
    """A figure used, for machines."""
    if figure is None:
        return None
    return {
        "period": figure.period,
        "basis": figure.basis,
        "value": figure.value,
        "unit": figure.unit,
        "status": figure.status,
        "known_from": figure.known_from.isoformat(),
        "dated": figure.dated,
        "derived": figure.derived,
        "source": figure.source,
        "link": figure.link,
    }


def period_words(code: str, basis: str, words: Words) -> str:
    """A period in words, for lists to choose from."""
    return formats.span(code, basis, words.lang)
