"""The method that each row names, called with what the row states."""

from __future__ import annotations

import math

from conformance_rows import Answer, Row, disagreements  # loaded by conftest.py

from lib.verdict.methods import cagr_ratio, destatis, escap, log_progress, scores, time_progress, un_chart
from lib.verdict.methods.reading import Point, Reading


class UnknownMethodError(LookupError):
    """A row names a method that we do not have."""


def answer(row: Row) -> Answer:
    """Put a row to its method. UnknownMethodError for one that we do not have."""
    if row.method not in METHODS:
        raise UnknownMethodError(f"line {row.line}: no method is called {row.method!r}; known are {', '.join(METHODS)}")
    try:
        return METHODS[row.method](row)
    except ValueError as error:
        return Answer(None, error=error)


def complaints(row: Row) -> list[str]:
    """What in our answer to a row disagrees with it; nothing if it conforms."""
    return disagreements(row, answer(row))


def _from_reading(reading: Reading) -> Answer:
    return Answer(reading.value, reading.category)


def _open_sdg_ends(row: Row) -> tuple[Point, Point]:
    """Base and current value: from the headline rows if any are listed, else as the columns give them."""
    series = row.series()
    if "" in series:
        base_year = row.baseline[0] or cagr_ratio.OPEN_SDG_BASE_YEAR
        return cagr_ratio.endpoints(series[""], base_year) or (Point(base_year, math.nan),) * 2
    if series and row.current[1] is None:
        raise ValueError("no headline")
    baseline, current = row.ends
    raw = row.stated(r"raw baseline #")
    return (baseline._replace(value=raw[0]) if raw else baseline), current


def _open_sdg(row: Row) -> Answer:
    return _from_reading(cagr_ratio.open_sdg(*_open_sdg_ends(row), row.goal, row.way))


def _open_sdg_without_target(row: Row) -> Answer:
    limit = row.stated(r"limit=#")
    return _from_reading(cagr_ratio.open_sdg_without_target(*_open_sdg_ends(row), row.way, *limit))


def _open_sdg_aggregate(row: Row) -> Answer:
    base_year = row.baseline[0] or cagr_ratio.OPEN_SDG_BASE_YEAR
    ends = [cagr_ratio.endpoints(points, base_year) for points in row.series().values()]
    readings = [cagr_ratio.open_sdg(*pair, row.goal, row.way) for pair in ends if pair]
    return _from_reading(cagr_ratio.open_sdg_aggregate(readings))


def _trend(row: Row) -> destatis.Trend | None:
    """The window: its ends from the columns; where the row counts its points, that many, evenly spaced."""
    first, last = row.ends
    if count := row.stated(r"# points? in window"):
        steps = int(count[0]) - 1
        way = Point(last.year - first.year, last.value - first.value)
        inner = [
            Point(*(start + gone * step / steps for start, gone in zip(first, way, strict=True)))
            for step in range(1, steps)
        ]
        return destatis.find_trend([first, *inner, last], *row.stated(r"series break #"))
    before = row.stated(r"previous-year value=#")
    return destatis.Trend(first, Point(last.year - 1, before[0] if before else math.nan), last)


def _every_year(row: Row) -> Answer:
    return _from_reading(destatis.every_year(_trend(row), row.goal.value, row.way))


def _un_chart(row: Row) -> Answer:
    reading = un_chart.un_chart(*row.ends, row.goal, row.way)
    is_distance = row.metric.startswith("distance")
    return Answer(un_chart.distance(row.ends[1], row.goal) if is_distance else reading.value, reading.category)


def _escap(row: Row) -> Answer:
    return _from_reading(escap.current_status(row.baseline[1], row.current[1], row.target[1], row.way))


def _escap_parity(row: Row) -> Answer:
    return _from_reading(escap.current_status_parity(row.baseline[1], row.current[1], row.target[1]))


def _completion(row: Row) -> float:
    return 100 * row.current[1] / row.target[1]


def _time_gap(row: Row) -> Answer:
    months, year = row.stated(r"elapsed #/#")
    reading = time_progress.time_gap(_completion(row), 100 * months / year)
    return Answer(reading.value, reading.category, {"value": reading.value})


def _yinchuan(row: Row) -> Answer:
    return _from_reading(time_progress.yinchuan(_completion(row), *row.stated(r"#% time progress")))


def _tianjin(row: Row) -> Answer:
    numbers = row.stated(r"cumulative growth #%; plan #%; city average #%")
    return _from_reading(time_progress.tianjin_investment(*numbers))


def _sanya(row: Row) -> Answer:
    return _from_reading(time_progress.sanya_projects(row.current[1], row.target[1]))


def _log_progress(row: Row) -> Answer:
    """All the log formulas; the metric names the one that the row is about."""
    baseline, current = row.ends
    reading = log_progress.log_progress(baseline, current, row.goal)
    values = {
        "ln(": reading.value,
        "cumulative change": log_progress.cumulative_change(baseline.value, current.value),
        "required remaining change": log_progress.cumulative_change(current.value, row.goal.value),
        "required annual change": log_progress.yearly_change(current, row.goal),
        "required growth": log_progress.yearly_change(current, row.goal),
    }
    value = next(value for start, value in values.items() if row.metric.startswith(start))
    facts = {
        "value": 100 * value if row.metric.startswith("ln(") else value,
        "done": 100 * reading.value,
        "elapsed": 100 * log_progress.elapsed_share(baseline, current, row.goal),
        "yearly": values["required growth"],
    }
    return Answer(value, reading.category, facts)


def _sdsn(row: Row) -> Answer:
    return _from_reading(scores.sdsn(row.current[1], *row.stated("optimum #; green #; red #; lower bound #")))


def _niti(row: Row) -> Answer:
    return _from_reading(scores.niti(row.current[1]))


def _scotland(row: Row) -> Answer:
    return _from_reading(scores.scotland(row.current[1], row.baseline[1]))


def _akvo(row: Row) -> Answer:
    """The percentage; the row's remark holds if more than all is done while a reduction is still above its ceiling."""
    percent = scores.akvo_percent(row.current[1], row.target[1])
    is_above = row.way < 0 and row.current[1] > row.target[1]
    return Answer(percent, "wrong_sign_for_a_reduction_target" if is_above and percent > 100 else "")


def _akvo_capped(row: Row) -> Answer:
    """The percentage "at most 100"; the row's remark holds if it is above what was done."""
    capped = scores.akvo_percent_capped(row.current[1], row.target[1])
    is_defect = capped is not None and capped != min(scores.akvo_percent(row.current[1], row.target[1]), 100)
    return Answer(capped, "defect_in_that_version" if is_defect else "")


METHODS = {
    "sdg-build quantitative (CAGR ratio)": _open_sdg,
    "sdg-build no-target (CAGR thresholds)": _open_sdg_without_target,
    "sdg-build aggregate quantitative (CAGR ratio)": _open_sdg_aggregate,
    "statcan quantitative (CAGR ratio)": _open_sdg,
    "statcan no-target (CAGR thresholds)": _open_sdg_without_target,
    "destatis target-value rule": lambda row: _from_reading(destatis.by_year(_trend(row), row.goal, row.way)),
    "destatis every-year rule": _every_year,
    "destatis direction-only rule": lambda row: _from_reading(destatis.direction_only(_trend(row), row.way)),
    "unsd progress chart (extrapolated gap share)": _un_chart,
    "unsd progress chart (exception)": _un_chart,
    "unsd progress chart (no target)": lambda row: _from_reading(un_chart.un_chart_without_target(*row.ends, row.way)),
    "eurostat with target (CAGR ratio)": lambda row: _from_reading(cagr_ratio.eurostat(*row.ends, row.goal, row.way)),
    "eurostat without target": lambda row: _from_reading(cagr_ratio.eurostat_without_target(*row.ends, row.way)),
    "escap current status index": _escap,
    "escap current status index (parity)": _escap_parity,
    "time-progress (序时进度) gap": _time_gap,
    "yinchuan lamp rule (gap to time progress, points)": _yinchuan,
    "tianjin fixed-asset-investment rule": _tianjin,
    "sanya card rule (share of planned year-to-date)": _sanya,
    "geometric target progress (ln ratio)": _log_progress,
    "geometric target progress (cumulative change)": _log_progress,
    "geometric target progress (remaining effort)": _log_progress,
    "geometric target progress (growth target)": _log_progress,
    "sdsn normalised score": _sdsn,
    "niti bands": _niti,
    "scotland npf growth rule": _scotland,
    "akvo percent accomplishment": _akvo,
    "akvo percent accomplishment capped": _akvo_capped,
    "who triple billion linear path": lambda row: Answer(scores.who_linear_path(row.ends[0], row.goal, row.current[0])),
    "who triple billion constant rate projection": lambda row: Answer(
        scores.who_constant_rate(*row.ends, row.target[0])
    ),
}
