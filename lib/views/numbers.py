"""Numbers that a visitor tries: read from the address, checked, and judged by the same code that judges the plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from lib import formats
from lib.schema import Basis, Kind, Vintage
from lib.series import Figure
from lib.verdict.judge import judge
from lib.verdict.methods.log_progress import log_progress
from lib.verdict.methods.reading import Point
from lib.verdict.model import Case, Opinion, Patience
from lib.verdict.target import Target
from lib.words import shorten

if TYPE_CHECKING:
    from lib.verdict.model import Verdict

POINTS: Final = ("from", "now", "to")
DIRECTIONS: Final = {"up": 1, "down": -1}
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
LARGEST: Final = 1e12
MOST_CHARACTERS: Final = 1000
END_OF_LINE: Final = ";"


@dataclass(frozen=True)
class Numbers:
    """What is judged: baseline, current value and target by year, whether more (+1) or less (-1) is wanted, other years."""

    start: Point
    now: Point
    goal: Point
    direction: int
    others: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Fault:
    """Why numbers cannot be judged: a key of the catalogues below `calculator.fault` and what its sentence names."""

    code: str
    holes: tuple[tuple[str, str], ...] = ()


def read_point(text: str) -> tuple[int | None, float | None]:
    """The year and the value of "2021:7249.7"; None for either that is blank, no number or out of bounds."""
    year, _, value = text.partition(":")
    return _read_year(year), _read_value(value)


def _read_year(text: str) -> int | None:
    digits = text.strip()
    year = int(digits) if digits.isascii() and digits.isdigit() and len(digits) == 4 else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _read_value(text: str) -> float | None:
    try:
        value = float(text.replace(",", "").replace(formats.MINUS, "-"))
    except ValueError:
        return None
    return value if abs(value) <= LARGEST else None


def read_numbers(fill: dict[str, str]) -> Numbers | Fault:
    """The numbers that the address states, or the first thing wrong with them."""
    read = [read_point(fill.get(name, "")) for name in POINTS]
    points = [Point(year, value) for year, value in read if year is not None and value is not None]
    direction = DIRECTIONS.get(fill.get("direction", ""), 0)
    if len(points) < len(POINTS) or not direction:
        return Fault("blank")
    start, now, goal = points
    others = read_series(fill.get("series", ""))
    if isinstance(others, Fault):
        return others
    numbers = Numbers(start, now, goal, direction, others)
    code = next((code for code, holds in _impossible(numbers).items() if holds), "")
    years = {"start": start.year, "now": now.year, "goal": goal.year}
    return Fault(code, tuple((name, str(year)) for name, year in years.items())) if code else numbers


def _impossible(numbers: Numbers) -> dict[str, bool]:
    """What would make the question one without an answer, the gravest first."""
    start, now, goal = numbers.start, numbers.now, numbers.goal
    known = {start.year: start.value, now.year: now.value}
    return {
        "same_year": start.year == now.year,
        "before_baseline": now.year < start.year,
        "after_target": now.year > goal.year,
        "no_gap": start.value == goal.value,
        "later": any(point.year > now.year for point in numbers.others),
        "contradicts": any(known.get(point.year, point.value) != point.value for point in numbers.others),
    }


def read_series(text: str) -> tuple[Point, ...] | Fault:
    """Other years as "2020 6571.6" or "2020:6571.6", one a line; a line that is neither is named."""
    found: dict[int, float] = {}
    lines = text[:MOST_CHARACTERS].replace(END_OF_LINE, "\n").splitlines()
    for place, line in enumerate(lines, 1):
        year, _, value = line.strip().replace("：", ":").replace("\t", ":").replace(" ", ":").partition(":")
        point = read_point(f"{year}:{value.strip(':')}")
        if not line.strip():
            continue
        if point[0] is None or point[1] is None:
            return Fault("line", (("line", str(place)), ("text", shorten(line.strip(), 30))))
        if point[0] in found:
            return Fault("twice", (("year", str(point[0])),))
        found[point[0]] = point[1]
    return tuple(Point(year, value) for year, value in sorted(found.items()))


def judge_numbers(numbers: Numbers) -> Verdict:
    """Our verdict as of the end of the current year, with every other method's answer beside it."""
    start, now, goal = numbers.start, numbers.now, numbers.goal
    target = Target(
        target="", sentence="", plan="", region="", subject="", indicator="", kind=Kind.LEVEL,
        operator=">=" if numbers.direction > 0 else "<=", value=goal.value, unit="", benchmark="",
        baseline_period=f"{start.year:.0f}", baseline_value=None, start_period=f"{start.year + 1:.0f}",
        target_period=f"{goal.year:.0f}", scope="",
    )  # fmt: skip
    values = dict([*numbers.others, start, now])
    figures = tuple(_figure(year, values[year]) for year in sorted(values))
    verdict = judge(Case(target, figures, (), (), date(int(now.year), 12, 31), Patience(0, None)))
    log = Opinion("log_progress", log_progress(start, now, goal))
    return replace(verdict, opinions=(*verdict.opinions, log))


def _figure(year: float, value: float) -> Figure:
    day = date(int(year), 12, 31)
    return Figure(
        "", "", f"{year:.0f}", Basis.ANNUAL, value, "", Vintage.FINAL, "", day, dated=True, source="", link=""
    )


def doubts(numbers: Numbers) -> dict[str, bool]:
    """What makes some of the methods silent or odd, though the question has an answer."""
    values = [numbers.start.value, numbers.now.value, numbers.goal.value]
    return {
        "zero_baseline": numbers.start.value == 0,
        "negative": min(values) < 0,
        "past_target": (numbers.start.value - numbers.goal.value) * numbers.direction > 0,
    }
