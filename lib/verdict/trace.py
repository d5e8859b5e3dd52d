"""The inference step by step: what went in, by which formula, what came out. Made for machines and worded by the catalogues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.schema import Kind
from lib.verdict.breaks import LARGEST_DIFFERENCE, growth_gap
from lib.verdict.model import AT_RISK_FROM, ON_TRACK_FROM, Step
from lib.verdict.target import LINEAR, grows_constantly

if TYPE_CHECKING:
    from lib.series import Figure
    from lib.verdict.model import Case, Verdict


def trace_of(case: Case, verdict: Verdict) -> tuple[Step, ...]:
    """Every step of a verdict in the order in which it was taken; inputs hold unrounded numbers and ISO dates."""
    if verdict.figure is None:
        return _evidence(verdict)
    steps = (
        *(_figure(figure) for figure in dict.fromkeys(verdict.used or (verdict.figure,))),
        _baseline(case, verdict),
        _combined(case, verdict),
        _expected(case, verdict),
        _gap(case, verdict),
        _closed(case, verdict),
        _elapsed(case, verdict),
        _pace(verdict),
        *(_growth_differs(case, figure) for figure in (verdict.figure, verdict.later)),
        _carried(verdict),
        _required(verdict),
        _forecast(verdict),
        _status(verdict),
    )
    return tuple(step for step in steps if step is not None)


def _evidence(verdict: Verdict) -> tuple[Step, ...]:
    facts = tuple(
        Step("evidence", (("date", item.happened.isoformat()), ("source", item.source)), str(item.stage))
        for item in verdict.evidence
    )
    return (*facts, _status(verdict))


def _figure(figure: Figure) -> Step:
    """Which vintage was used and from which day it counts as known: its own date, the release calendar's, or assumed."""
    inputs = (
        ("region", figure.region),
        ("indicator", figure.indicator),
        ("period", figure.period),
        ("unit", figure.unit),
        ("vintage", str(figure.status)),
        ("qualifier", figure.qualifier),
        ("published", figure.published.isoformat() if figure.published else ""),
        ("release", figure.release),
        ("known_from", figure.known_from.isoformat()),
        ("source", figure.source),
    )
    return Step("derived" if figure.derived else "figure", inputs, figure.value)


def _baseline(case: Case, verdict: Verdict) -> Step | None:
    if verdict.baseline is None:
        return None
    baseline, stated = verdict.baseline, case.target.baseline_value
    if baseline.period != case.target.baseline_period:
        return Step("baseline", (("period", baseline.period), ("chosen", "found")), baseline.value)
    if stated is None or stated == baseline.value:
        return Step("baseline", (("period", baseline.period), ("chosen", "stated")), baseline.value)
    inputs = (("period", baseline.period), ("chosen", "published"), ("baseline", stated))
    return Step("baseline", inputs, baseline.value)


def _combined(case: Case, verdict: Verdict) -> Step | None:
    """How the value judged came of the figures, where it is not one of them."""
    if verdict.value is None or case.target.kind not in {Kind.AVERAGE_GROWTH, Kind.RELATIVE, Kind.CUMULATIVE_CHANGE}:
        return None
    own = [figure for figure in verdict.used if figure.region == case.target.region]
    return Step(f"value_{case.target.kind}", tuple((figure.period, figure.value) for figure in own), verdict.value)


def _expected(case: Case, verdict: Verdict) -> Step | None:
    if verdict.expected is None or verdict.figure is None:
        return None
    if verdict.baseline is None:
        others = [figure for figure in verdict.used if figure.region != case.target.region]
        if not others:
            return None
        return Step("benchmark", tuple((figure.period, figure.value) for figure in others), verdict.expected)
    if case.target.kind == Kind.CUMULATIVE_CHANGE:
        return Step(
            "expected_change", (("target", case.target.goal), ("asked", verdict.elapsed or 0.0)), verdict.expected
        )
    path = case.target.path or LINEAR
    if path != LINEAR and not grows_constantly(case.target, verdict.baseline.value) and not case.target.interim:
        path = LINEAR
    inputs: tuple[tuple[str, float | str], ...] = (
        ("path", path),
        ("baseline", verdict.baseline.value),
        ("baseline_period", verdict.baseline.period),
        ("target", case.target.goal),
        ("deadline", case.target.target_period),
        ("period", verdict.figure.period),
        *((f"interim_{code}", value) for code, value in case.target.interim),
    )
    return Step("expected", inputs, verdict.expected)


def _gap(case: Case, verdict: Verdict) -> Step | None:
    if verdict.gap is None or verdict.value is None:
        return None
    relative = case.target.kind == Kind.RELATIVE and verdict.expected is not None
    against = verdict.expected if relative else verdict.value - verdict.gap
    return Step("gap", (("value", verdict.value), ("against", against or 0.0)), verdict.gap)


def _closed(case: Case, verdict: Verdict) -> Step | None:
    if verdict.gap_closed is None or verdict.value is None:
        return None
    if case.target.kind != Kind.LEVEL or verdict.baseline is None:
        return Step("share_done", (("value", verdict.value), ("target", case.target.goal)), verdict.gap_closed)
    inputs = (("value", verdict.value), ("baseline", verdict.baseline.value), ("target", case.target.goal))
    return Step("gap_closed", inputs, verdict.gap_closed)


def _elapsed(case: Case, verdict: Verdict) -> Step | None:
    if verdict.elapsed is None or verdict.figure is None:
        return None
    start = verdict.baseline.period if verdict.baseline else str(case.year_before)
    period = verdict.years[-1] if verdict.years else verdict.figure.period
    inputs = (("start", start), ("period", period), ("deadline", case.target.target_period))
    return Step("elapsed", inputs, verdict.elapsed)


def _pace(verdict: Verdict) -> Step | None:
    if verdict.pace is None or verdict.gap_closed is None or verdict.asked is None:
        return None
    return Step("pace", (("gap_closed", verdict.gap_closed), ("asked", verdict.asked)), verdict.pace)


def _growth_differs(case: Case, figure: Figure | None) -> Step | None:
    gap = growth_gap(case, figure) if figure is not None and case.growth else None
    if gap is None or figure is None:
        return None
    published = next(rate.value for rate in case.growth if rate.period == figure.period)
    name = "growth_gap_large" if abs(gap) > LARGEST_DIFFERENCE else "growth_gap"
    return Step(name, (("period", figure.period), ("published", published), ("change", published + gap)), gap)


def _carried(verdict: Verdict) -> Step | None:
    carried = verdict.carried
    if carried is None:
        return None
    low, high = carried.closed or ("", "")
    inputs = (
        ("start_period", carried.start.period),
        ("start", carried.start.value),
        ("period", (carried.rates[-1].period if carried.rates else carried.start.period)),
        ("rates", " · ".join(f"{rate.value:.12g}%" for rate in carried.rates)),
        ("old_base", low),
        ("new_base", high),
    )
    return Step("carried", inputs, carried.value)


def _required(verdict: Verdict) -> Step | None:
    required = verdict.required
    if required is None:
        return None
    years: tuple[tuple[str, float | str], ...] = (("years", required.years),)
    if required.amount is None:
        return Step("required_growth", (*years, ("growth", required.growth or 0.0)))
    if required.growth is None:
        return Step("required_amount", years, required.amount)
    return Step("required", (*years, ("growth", required.growth)), required.amount)


def _forecast(verdict: Verdict) -> Step | None:
    forecast = verdict.forecast
    if forecast is None:
        return None
    inputs: tuple[tuple[str, float | str], ...] = (
        ("period", forecast.period),
        ("points", float(forecast.points)),
        ("first", forecast.first),
        ("last", forecast.last),
        ("slope", forecast.slope),
        ("level", forecast.level),
        ("low", forecast.low),
        ("high", forecast.high),
        *((f"value_{period}", value) for period, value in forecast.values),
    )
    return Step("forecast", inputs, forecast.value)


def _status(verdict: Verdict) -> Step:
    cuts: tuple[tuple[str, float | str], ...] = (("reason", verdict.reason),)
    if verdict.reason in {"pace", "average_so_far", "change_so_far"} and verdict.pace is not None:
        cuts = (*cuts, ("pace", verdict.pace), ("on_track_from", ON_TRACK_FROM), ("at_risk_from", AT_RISK_FROM))
    return Step("status", cuts, str(verdict.status))
