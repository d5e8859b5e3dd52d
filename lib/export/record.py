"""One verdict for machines, with everything that led to it: what the command line prints and the pages show.

Numbers are unrounded and in the target's unit; shares are of 1, rates of growth in per cent, dates ISO. What a verdict
does not have is null, and a number beyond all numbers is too.
"""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from lib.verdict.within_year import FullYearEstimate, Refusal, RollingFour, SameCut
from lib.words import finding

if TYPE_CHECKING:
    from lib.series import Figure
    from lib.verdict.board import Board
    from lib.verdict.model import Verdict
    from lib.verdict.within_year import WithinYear
    from lib.words import Words


def verdict_record(board: Board, target: str, languages: list[Words]) -> dict[str, Any]:
    """Everything about one target on the board's day, with the sentence in each language."""
    verdict = board.verdicts[target]
    return {
        **_stated(board, target),
        "as_of": board.as_of.isoformat(),
        "entry": board.entry,
        "status": str(verdict.status),
        "marks": list(verdict.marks),
        "finding": {words.lang: finding(verdict, board.targets[target], words) for words in languages},
        **_numbers(verdict),
        "years": list(verdict.years),
        "inputs": [figure_record(figure) for figure in verdict.used],
        "missing": [asdict(missing) for missing in verdict.missing],
        "reported": asdict(verdict.reported) if verdict.reported else None,
        "evidence": [
            {**asdict(item), "happened": item.happened.isoformat(), "known_from": item.known_from.isoformat()}
            for item in verdict.evidence
        ],
        "within_year": _within(verdict.within),
        "opinions": [
            {
                "method": opinion.method,
                "value": _finite(opinion.reading.value),
                "category": str(opinion.reading.category),
                "outlook": str(opinion.reading.outlook),
            }
            for opinion in verdict.opinions
        ],
        "trace": [
            {"step": step.name, "inputs": dict(step.inputs), "result": _plain(step.result)} for step in verdict.trace
        ],
    }


def _stated(board: Board, target: str) -> dict[str, Any]:
    """What the plan states."""
    stated = board.targets[target]
    row = board.stated(target)
    return {
        "target": target,
        "sentence_id": stated.sentence,
        "plan": stated.plan,
        "region": stated.region,
        "subject": stated.subject,
        "indicator": stated.indicator,
        "kind": stated.kind,
        "operator": stated.operator,
        "goal": stated.value,
        "unit": stated.unit,
        "benchmark": stated.benchmark,
        "start_period": stated.start_period,
        "target_period": stated.target_period,
        "path": stated.path,
        "scope": stated.scope,
        "strength": row["strength"],
        "title": {"en": row["title_en"], "zh": row["title_zh"]},
        "quote": {"en": row["quote_en"], "zh": row["quote_zh"]},
        "source": row["source"],
        "link": row["link"],
    }


def _numbers(verdict: Verdict) -> dict[str, Any]:
    """The numbers of the verdict."""
    return {
        "reason": verdict.reason,
        "value": verdict.value,
        "figure": figure_record(verdict.figure),
        "baseline": figure_record(verdict.baseline),
        "expected": verdict.expected,
        "expected_today": verdict.expected_today,
        "gap": verdict.gap,
        "gap_closed": verdict.gap_closed,
        "elapsed": verdict.elapsed,
        "asked": verdict.asked,
        "pace": verdict.pace,
        "required": asdict(verdict.required) if verdict.required else None,
        "forecast": asdict(verdict.forecast) if verdict.forecast else None,
        "first_met": figure_record(verdict.first_met),
        "later": figure_record(verdict.later),
        "carried": _carried(verdict),
    }


def figure_record(figure: Figure | None) -> dict[str, Any] | None:
    """A figure used: value, vintage, and from which day replay knows it."""
    if figure is None:
        return None
    record = {name: value for name, value in vars(figure).items() if name != "segment"}
    return {
        **record,
        "basis": str(figure.basis),
        "known_from": figure.known_from.isoformat(),
        "published": figure.published.isoformat() if figure.published else None,
    }


def _carried(verdict: Verdict) -> dict[str, Any] | None:
    """The level of before a break, carried over it."""
    carried = verdict.carried
    if carried is None:
        return None
    old, new = carried.closed or (None, None)
    return {
        "start": figure_record(carried.start),
        "rates": [figure_record(rate) for rate in carried.rates],
        "value": carried.value,
        "gap_closed_old_base": old,
        "gap_closed_new_base": new,
    }


def _within(within: WithinYear | None) -> dict[str, Any] | None:
    """The year under way."""
    if within is None:
        return None
    return {
        "latest": figure_record(within.latest),
        "published_growth": figure_record(within.published_growth),
        "same_cut": _answer(within.same_cut),
        "rolling_four": _answer(within.rolling_four),
        "full_year": _answer(within.full_year),
    }


def _answer(answer: SameCut | RollingFour | FullYearEstimate | Refusal) -> dict[str, Any]:
    """A number of the year under way, or why there is none."""
    if isinstance(answer, Refusal):
        return {"refused": answer.reason, "periods": list(answer.periods)}
    marks = {"marks": list(answer.marks)}
    if isinstance(answer, SameCut):
        before = {"before": figure_record(answer.before)}
        if answer.is_growth:
            return {**before, "difference": answer.difference, **marks}
        return {**before, "level_change": answer.ratio_change, **marks}
    if isinstance(answer, RollingFour):
        return {"value": answer.value, **marks}
    return {
        "value": answer.value,
        "low": answer.low,
        "high": answer.high,
        "years": list(answer.years),
        "shares": list(answer.shares),
        **marks,
    }


def _plain(result: float | str | None) -> float | str | None:
    return _finite(result) if isinstance(result, float) else result


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
