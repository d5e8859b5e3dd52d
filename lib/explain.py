"""Word what lies behind a verdict: its steps, what is still needed, the forecast, the year under way, other methods."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from lib import formats
from lib.schema import Basis
from lib.verdict.causes import Cause
from lib.verdict.methods.reading import Outlook
from lib.verdict.opinions import WITHOUT_TIME
from lib.verdict.within_year import FullYearEstimate, Refusal, RollingFour, SameCut

if TYPE_CHECKING:
    from collections.abc import Callable

    from lib.verdict.board import Board
    from lib.verdict.causes import Change
    from lib.verdict.model import Opinion, Reported, Step, Verdict
    from lib.verdict.target import Target
    from lib.verdict.within_year import WithinYear
    from lib.words import Words

PERIODS: Final = {"period", "baseline_period", "deadline", "start_period", "start", "first", "last"}
# How the inputs of a step are written that are not amounts in the target's unit.
WRITERS: Final[dict[str, Callable[[float, str], str]]] = {
    **dict.fromkeys(("gap_closed", "asked", "old_base", "new_base"), lambda value, _: formats.share(value)),
    **dict.fromkeys(("growth", "published"), lambda value, lang: formats.amount(value, "pct", lang, 1)),
    **dict.fromkeys(("pace", "on_track_from", "at_risk_from"), lambda value, _: formats.number(value, 2)),
    "points": lambda value, _: formats.number(value, 0),
    "level": lambda value, lang: formats.amount(value * 100, "pct", lang, 0),
    "change": lambda value, lang: formats.amount(value, "pct", lang, 1, signed=True),
    "points_apart": lambda value, lang: formats.amount(abs(value), "pp", lang, 1),
}
# Steps whose result is not an amount in the target's unit.
RESULTS: Final = {
    "gap": "gap", "gap_closed": "gap_closed", "share_done": "gap_closed", "elapsed": "gap_closed", "pace": "pace",
    "growth_gap": "points_apart", "growth_gap_large": "points_apart", "required": "gap", "required_amount": "gap",
}  # fmt: skip


def steps_of(verdict: Verdict, target: Target, words: Words) -> list[str]:
    """Every step of the inference as a sentence."""
    return [_step(step, target, words) for step in verdict.trace]


def _step(step: Step, target: Target, words: Words) -> str:
    texts, inputs = words.texts, dict(step.inputs)
    if step.name in {"figure", "derived"}:
        return _figure_step(step, words)
    if step.name == "status":
        key = "trace.status.pace" if "pace" in inputs else "trace.status.plain"
        holes = {name: _write(name, value, target, words) for name, value in inputs.items() if name != "reason"}
        return texts(key, status=texts(f"status.{step.result}"), **holes)
    if step.name == "evidence":
        return texts(
            "trace.evidence", date=words.day(date.fromisoformat(str(inputs["date"]))),
            stage=texts(f"stage.{step.result}"), source=inputs["source"],
        )  # fmt: skip
    if step.name.startswith("value_") or step.name == "benchmark":
        return _combined_step(step, target, words)
    result = _write(RESULTS.get(step.name, "value"), step.result, target, words)
    holes = {name: _write(name, value, target, words) for name, value in inputs.items()}
    return texts(f"trace.{_variant(step.name, inputs, target, words)}", result=result, **holes)


def _variant(name: str, inputs: dict[str, float | str], target: Target, words: Words) -> str:
    """The key of a step that is worded by how it was taken."""
    if name == "expected":
        return f"expected.{inputs['path']}"
    if name == "baseline":
        return f"baseline.{inputs['chosen']}"
    if name == "required":
        return f"required{_prices(target, words)}"
    if name == "carried" and not isinstance(inputs["old_base"], float):
        return "carried_only"
    return name


def _figure_step(step: Step, words: Words) -> str:
    inputs = {name: str(value) for name, value in step.inputs}
    days = {
        name: words.day(date.fromisoformat(inputs[name])) if inputs[name] else ""
        for name in ("published", "known_from")
    }
    value = words.amount(float(step.result or 0.0), inputs["indicator"], inputs["unit"])
    return words.texts(
        f"trace.{step.name}",
        region=words.region(inputs["region"]),
        indicator=words.indicator(inputs["indicator"]),
        period=formats.span(inputs["period"], "annual", words.lang),
        value=words.texts(f"qualifier.{inputs['qualifier']}", value=value) if inputs["qualifier"] else value,
        vintage=words.texts(f"vintage.{inputs['vintage']}"),
        release=words.texts(f"trace.release.{inputs['release']}", **days),
        source=inputs["source"],
    )


def _combined_step(step: Step, target: Target, words: Words) -> str:
    rates = [_dated_rate(code, float(value), words) for code, value in step.inputs]
    result = _write("value", step.result, target, words)
    return words.texts(f"trace.{step.name}", rates=words.join(rates), result=result)


def _dated_rate(code: str, value: float, words: Words) -> str:
    """A published rate with its year."""
    period = formats.span(code, "annual", words.lang)
    return words.texts("ahead.rate", period=period, rate=formats.amount(value, "pct", words.lang, 1))


def _write(name: str, value: float | str | None, target: Target, words: Words) -> str:
    """An input or result of a step, by what its name says it is."""
    if value is None:
        return ""
    if isinstance(value, str):
        return formats.span(value, "annual", words.lang) if name in PERIODS else value
    if name == "years":
        return _years(value, words)
    if name in WRITERS:
        return WRITERS[name](value, words.lang)
    return words.amount(value, target.indicator, target.unit, signed=name == "gap")


def _years(count: float, words: Words) -> str:
    """A number of years."""
    return (
        words.texts("ahead.year") if round(count) == 1 else words.texts("ahead.years", count=formats.number(count, 0))
    )


def required_sentence(verdict: Verdict, target: Target, words: Words) -> str:
    """What the rest of the time asks for; "" where nothing is left to ask."""
    required = verdict.required
    if required is None:
        return ""
    growth = "" if required.growth is None else formats.amount(required.growth, "pct", words.lang, 1)
    if required.amount is None:
        return words.texts("ahead.growth", growth=growth, years=_years(required.years, words))
    signed = words.amount(required.amount, target.indicator, words.indicator_unit(target.indicator), signed=True)
    key = "ahead.amount" if required.growth is None else f"ahead.both{_prices(target, words)}"
    return words.texts(key, amount=signed, growth=growth, years=_years(required.years, words))


def _prices(target: Target, words: Words) -> str:
    """The ending of keys that speak of growth at current prices, which only money has."""
    return "_nominal" if words.is_money(target.indicator) else ""


def forecast_sentence(verdict: Verdict, target: Target, words: Words) -> str:
    """Where the trend leads, with its interval; "" where there is none."""
    forecast = verdict.forecast
    if forecast is None:
        return ""
    value, low, high = (
        words.amount(number, target.indicator, words.indicator_unit(target.indicator))
        for number in (forecast.value, forecast.low, forecast.high)
    )
    period = formats.span(forecast.period, "annual", words.lang)
    level = formats.amount(forecast.level * 100, "pct", words.lang, 0)
    return words.texts(
        "ahead.forecast", period=period, value=value, low=low, high=high, level=level, points=forecast.points,
        first=formats.span(forecast.first, "annual", words.lang), last=formats.span(forecast.last, "annual", words.lang),
    )  # fmt: skip


def carried_sentence(verdict: Verdict, target: Target, words: Words) -> str:
    """The range that the two bases span; "" where no break lies between or growth is not published."""
    carried = verdict.carried
    if carried is None:
        return ""
    old, new = carried.closed or (None, None)
    return words.texts(
        "ahead.carried" if old is not None else "ahead.carried_only",
        start=words.figure(carried.start),
        start_period=words.span(carried.start),
        rates=words.join([_dated_rate(rate.period, rate.value, words) for rate in carried.rates]),
        value=words.amount(carried.value, target.indicator, target.unit),
        period=words.span(carried.rates[-1]),
        old="" if old is None else formats.share(old),
        new="" if new is None else formats.share(new),
    )


def reported_sentence(reported: Reported | None, indicator: str, words: Words) -> str:
    """How many members have reported and who has not; "" for what is no sum of members."""
    if reported is None:
        return ""
    total = len(reported.members) + len(reported.missing)
    holes = {
        "period": formats.span(reported.period, "annual", words.lang),
        "count": len(reported.members),
        "total": total,
        "missing": words.join([words.short_region(code) for code in reported.missing]),
    }
    if reported.unusable:
        names = words.join([words.short_region(code) for code in reported.unusable])
        return words.texts("reported.unusable", names=names, **holes)
    if not reported.missing:
        return words.texts("reported.all", **holes)
    if reported.partial is None or not reported.members:
        return words.texts("reported.some", **holes)
    partial = words.amount(reported.partial, indicator, words.indicator_unit(indicator))
    return words.texts("reported.partial", partial=partial, **holes)


def opinion_row(opinion: Opinion, words: Words) -> dict[str, str]:
    """A second opinion for a table: method, its number, its own word, and what that means for "on track or not"."""
    texts, value = words.texts, opinion.reading.value
    return {
        texts("column.method"): texts(f"opinion.{opinion.method}.name"),
        texts("column.outlook"): texts(f"outlook.{opinion.reading.outlook}"),
        texts("column.own_word"): texts(f"category.{opinion.reading.category}"),
        texts("column.number"): "" if value is None else formats.number(value, 2),
        texts("column.measure"): texts(f"opinion.{opinion.method}.measure"),
    }


def opinions_sentence(verdict: Verdict, words: Words) -> str:
    """How many of the methods call it on track; "" where none was asked or could answer."""
    timed = [opinion for opinion in verdict.opinions if opinion.method not in WITHOUT_TIME]
    spoken = [opinion for opinion in timed if opinion.reading.outlook != Outlook.NONE]
    if not spoken:
        return words.texts("opinion.not_across_break") if "series_break" in verdict.marks else ""
    on = [o for o in spoken if o.reading.outlook == Outlook.ON]
    return words.texts("opinion.count", on=len(on), total=len(spoken), status=words.texts(f"status.{verdict.status}"))


def within_lines(within: WithinYear | None, words: Words) -> list[str]:
    """The year under way, a sentence a number, each refusal with its reason."""
    if within is None:
        return []
    parts = (("same_cut", within.same_cut), ("rolling_four", within.rolling_four), ("full_year", within.full_year))
    latest = words.texts("within.latest", period=words.span(within.latest), value=words.figure(within.latest))
    if within.published_growth is not None:
        latest += words.texts("within.published_growth", growth=words.figure(within.published_growth))
    return [latest, *(_within_part(name, part, words) for name, part in parts if not _is_out_of_place(part))]


def _is_out_of_place(part: object) -> bool:
    """Whether a number is not one that this kind of figure could have at all."""
    return isinstance(part, Refusal) and part.reason == "nature"


def _within_part(name: str, part: SameCut | RollingFour | FullYearEstimate | Refusal, words: Words) -> str:
    texts = words.texts
    if isinstance(part, Refusal):
        periods = words.join([formats.span(code, Basis.YTD, words.lang) for code in part.periods])
        reason = texts(f"within.reason.{part.reason}", periods=periods)
        return texts(f"within.{name}.refused", reason=reason)
    latest = part.latest

    def amount(value: float) -> str:
        return words.amount(value, latest.indicator, latest.unit)

    if isinstance(part, RollingFour):
        return texts("within.rolling_four.text", period=words.span(latest), value=amount(part.value))
    if isinstance(part, FullYearEstimate):
        return texts(
            "within.full_year.text", value=amount(part.value), low=amount(part.low), high=amount(part.high),
            years=words.join(list(part.years)), shares=words.join([formats.share(share) for share in part.shares]),
        )  # fmt: skip
    change = (part.difference, "pp") if part.is_growth else (part.ratio_change, "pct")
    return texts(
        f"within.same_cut.{'rates' if part.is_growth else 'levels'}",
        change=formats.amount(change[0] or 0.0, change[1], words.lang, 1, signed=True),
        before=words.figure(part.before),
        before_period=words.span(part.before),
    )


def stand(board: Board, words: Words) -> str:
    """Whose knowledge is shown: a day's and, in replay, what was held after an entry."""
    day = words.day(board.as_of)
    if board.entry is None:
        return words.texts("chart.as_of", date=day)
    return words.texts("replay.as_of", date=day, entry=board.entry)


def change_sentence(change: Change, words: Words) -> str:
    """What made a status change."""
    before, after, said = change.before, change.after, change.evidence
    key = f"cause.{change.cause}" + ("_replaced" if change.cause == Cause.WITHDRAWN and after else "")
    return words.texts(
        key,
        period=words.span(after) if after else "",
        value=words.figure(after) if after else words.texts(f"status.{change.new}"),
        before=words.figure(before) if before else words.texts("cause.nothing"),
        before_period=words.span(before) if before else "",
        evidence="" if said is None else said.what_zh if words.lang == "zh" else said.what_en,
    )
