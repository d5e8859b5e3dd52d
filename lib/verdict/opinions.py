"""What the other published methods say of the same numbers, and whether they agree with our status on "on track or not".

Every method is given what our rule used: baseline, figure and target for a level, the yearly series since the last break
for a trend. Across a break none of them is asked, for all of them would divide across it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lib.schema import Kind, Nature, Status
from lib.verdict.methods import cagr_ratio, destatis, escap, time_progress, un_chart
from lib.verdict.methods.reading import OUTLOOKS, Outlook, Point, Reading
from lib.verdict.model import Case, Opinion, Verdict, usable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lib.series import Figure

# Says how far, not whether in time: it cannot agree or disagree.
WITHOUT_TIME: Final = ("escap",)
OURS: Final = {
    Status.ACHIEVED: Outlook.ON,
    Status.ACHIEVED_LATE: Outlook.OFF,
    Status.MISSED: Outlook.OFF,
    **{status: OUTLOOKS[status] for status in (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.MOVING_AWAY)},
}


def opinions_of(case: Case, verdict: Verdict) -> tuple[Opinion, ...]:
    """Each method that speaks of this kind of target, with its reading; none where our rule had no figures to judge."""
    ask = ASKED.get(case.target.kind)
    if ask is None or verdict.status not in OURS or verdict.figure is None:
        return ()
    return tuple(Opinion(method, reading) for method, reading in ask(case, verdict).items())


def disagree(status: Status, opinions: tuple[Opinion, ...]) -> bool:
    """Whether some call it on track and others do not; methods without an answer and those without time do not count."""
    spoken = [o.reading.outlook for o in opinions if o.method not in WITHOUT_TIME and o.reading.outlook != Outlook.NONE]
    return len({outlook == Outlook.ON for outlook in (*spoken, *([OURS[status]] if status in OURS else []))}) > 1


def _points(figures: Iterable[Figure], like: Figure) -> list[Point]:
    """The yearly points up to a figure and on its side of all breaks."""
    return [Point(f.position, f.value) for f in figures if f.segment == like.segment and f.position <= like.position]


def _level(case: Case, verdict: Verdict) -> dict[str, Reading]:
    """A value to be reached by a year; a cumulative change is one, from its baseline."""
    baseline, figure, target = verdict.baseline, verdict.figure, case.target
    if baseline is None or figure is None or baseline.segment != figure.segment or baseline.position >= figure.position:
        return {}
    goal = baseline.value * (1 + target.goal / 100) if target.kind == Kind.CUMULATIVE_CHANGE else target.goal
    start, now = Point(baseline.position, baseline.value), Point(figure.position, figure.value)
    end = Point(target.deadline, goal)
    if (goal - start.value) * target.direction <= 0:  # nothing was asked for: formulas of a way to go would turn around
        trend = destatis.find_trend(_points(case.usable, figure))
        return {"destatis_every_year": destatis.every_year(trend, goal, target.direction)}
    readings = {
        "open_sdg": cagr_ratio.open_sdg(start, now, end, target.direction),
        "eurostat": cagr_ratio.eurostat(start, now, end, target.direction),
        "destatis": destatis.by_year(destatis.find_trend(_points(case.usable, figure)), end, target.direction),
        "un_chart": un_chart.un_chart(start, now, end, target.direction),
        "escap": escap.current_status(start.value, now.value, goal, target.direction),
    }
    return readings | _time(verdict)


def _time(verdict: Verdict) -> dict[str, Reading]:
    """Completion against time gone, both as our rule measured them."""
    if verdict.gap_closed is None or not verdict.elapsed:
        return {}
    return {"time_progress": time_progress.time_gap(verdict.gap_closed * 100, verdict.elapsed * 100)}


def _direction(case: Case, verdict: Verdict) -> dict[str, Reading]:
    baseline, figure = verdict.baseline, verdict.figure
    if baseline is None or figure is None or baseline.segment != figure.segment:
        return {}
    start, now = Point(baseline.position, baseline.value), Point(figure.position, figure.value)
    direction, limit = case.target.direction, 100.0 if case.nature == Nature.SHARE else None
    trend = destatis.find_trend(_points(case.usable, figure))
    return {
        "open_sdg_without_target": cagr_ratio.open_sdg_without_target(start, now, direction, limit),
        "eurostat_without_target": cagr_ratio.eurostat_without_target(start, now, direction),
        "destatis_direction": destatis.direction_only(trend, direction),
        "un_chart_without_target": un_chart.un_chart_without_target(start, now, direction),
    }


def _every_period(case: Case, verdict: Verdict) -> dict[str, Reading]:
    latest = max(verdict.used, key=lambda figure: figure.position)
    trend = destatis.find_trend(_points(case.usable, latest))
    return {"destatis_every_year": destatis.every_year(trend, case.target.goal, case.target.direction)}


def _relative(case: Case, verdict: Verdict) -> dict[str, Reading]:
    """Rate the difference to the benchmark, which has to stay on the right side of zero every year."""
    if verdict.figure is None:
        return {}
    own, other = (_points(figures, verdict.figure) for figures in (case.usable, usable(case.benchmark)))
    trend = destatis.find_trend(destatis.difference(own, other))
    return {"destatis_difference": destatis.every_year(trend, 0.0, case.target.direction)}


ASKED: Final[dict[str, Callable[[Case, Verdict], dict[str, Reading]]]] = {
    Kind.LEVEL: _level,
    Kind.CUMULATIVE_CHANGE: _level,
    Kind.DIRECTION: _direction,
    Kind.EVERY_PERIOD: _every_period,
    Kind.RELATIVE: _relative,
    Kind.AVERAGE_GROWTH: lambda _, verdict: _time(verdict),
}
