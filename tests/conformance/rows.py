"""A vector file: read its rows, and compare one with an answer."""

from __future__ import annotations

import builtins
import csv
import math
import re
from dataclasses import dataclass, field
from pathlib import Path

from lib.verdict.methods import un_chart
from lib.verdict.methods.reading import Category, Point

NUMBER = r"([+-]?\d+(?:\.\d+)?)"
DIRECTIONS = {"increase": 1, "decrease": -1}


@dataclass(frozen=True)
class Row:
    """A row of the file; blank cells are None."""

    line: int
    method: str
    case: str
    direction: str
    baseline: tuple[float | None, float | None]
    current: tuple[float | None, float | None]
    target: tuple[float | None, float | None]
    metric: str
    value: str
    status: str
    origin: str

    @property
    def way(self) -> int:
        """+1 or -1; KeyError for a direction that is not stated."""
        return DIRECTIONS[self.direction]

    @property
    def ends(self) -> tuple[Point, Point]:
        """Base and current value."""
        return Point(*self.baseline), Point(*self.current)

    @property
    def goal(self) -> Point:
        """The target."""
        return Point(*self.target)

    @property
    def rule_status(self) -> str:
        """The status that the publisher's rule gives: the published one, unless the row says that they differ."""
        differs = re.search(r"PUBLISHED DIFFERS FROM RULE.*rule gives (\w+)", self.case)
        return differs[1] if differs else self.status

    def stated(self, pattern: str) -> list[float]:
        """The numbers that the case states in a form such as "plan {number}%"; empty for a case without it."""
        found = re.search(pattern.replace("#", NUMBER), self.case)
        return [float(number) for number in found.groups()] if found else []

    def series(self) -> dict[str, list[Point]]:
        """The data listed as "rows: year/value" or "rows: year/series/value", by series; "" is the headline."""
        found: dict[str, list[Point]] = {}
        for cell in self.case.partition("rows: ")[2].split(";"):
            year, *label, value = cell.split("/") if cell else ("", "")
            if cell:
                found.setdefault("/".join(label), []).append(Point(float(year.strip()[:4]), float(value)))
        return found


@dataclass(frozen=True)
class Answer:
    """What our function says: a number, a category, or an error that it raised; facts that a prose status may state."""

    value: float | None
    category: str = ""
    facts: dict[str, float] = field(default_factory=dict)
    error: Exception | None = None


def read_rows(path: Path) -> list[Row]:
    """All rows of a file in the form of method_vectors.csv."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [_row(line, cells) for line, cells in enumerate(csv.DictReader(file), start=2)]


def _row(line: int, cells: dict[str, str]) -> Row:
    pairs = {
        name: (_cell(cells[f"{name}_year"]), _cell(cells[f"{name}_value"]))
        for name in ("baseline", "current", "target")
    }
    expected = {name: cells[f"expected_{name}"].strip() for name in ("metric", "value", "status")}
    named = {name: cells[name].strip() for name in ("method", "case", "direction", "origin")}
    return Row(line, **pairs, **expected, **named)


def _cell(text: str) -> float | None:
    return float(text) if text.strip() else None


def disagreements(row: Row, ours: Answer) -> list[str]:
    """What in our answer disagrees with the row; nothing if it conforms."""
    found = [] if _value_agrees(row, ours.value) else [f"value {ours.value!r}, expected {row.value or 'none'}"]
    if not _status_agrees(row, ours):
        found.append(f"status {ours.error or ours.category!r}, expected {row.rule_status!r}")
    return found


def _value_agrees(row: Row, value: float | None) -> bool:
    """Equal to a millionth, or to half of the last digit where the row calls its value rounded; blank is none."""
    expected = float(row.value or "nan")
    if math.isnan(expected):
        return value is None or not row.metric
    if value is None:
        return False
    rounded = re.search(r"\bround(ed|ing)\b", f"{row.case} {row.origin}")
    slack = 0.5 * 10 ** -len(row.value.partition(".")[2]) if rounded else 1e-9
    # A plain "CAGR" of a decrease is written as it is or as progress; the category settles the sign.
    signs = (1, -1) if row.metric == "CAGR" and row.direction == "decrease" else (1,)
    return any(math.isclose(sign * value, expected, rel_tol=1e-6, abs_tol=slack) for sign in signs)


def _status_agrees(row: Row, ours: Answer) -> bool:
    expected = row.rule_status
    if expected.startswith("error"):
        kind = getattr(builtins, expected.partition(":")[2].strip(), Exception)
        return isinstance(ours.error, kind)
    if ours.error or not expected:
        return not ours.error
    if ours.facts:
        return _prose_agrees(expected, ours)
    if level := re.search(r"\((\d)\)$", expected):
        return un_chart.LEVELS.get(ours.category) == int(level[1])
    return _code(expected) == ours.category


def _code(status: str) -> str:
    """A status as a code: "front runner" is front_runner, "UNDEFINED IN THE PUBLISHED RULE (...)" is undefined."""
    if status.lower().startswith("undefined"):
        return Category.UNDEFINED
    return re.sub(r"\W+", "_", status.lower()).strip("_")


def _prose_agrees(status: str, ours: Answer) -> bool:
    """Whether every claim of a sentence holds: its numbers to their last digit, its words against the category."""
    claims = [
        (name, text) for name, pattern in CLAIMS.items() for text in re.findall(pattern.replace("#", NUMBER), status)
    ]
    words = {
        word
        for word in (Category.AHEAD, Category.BEHIND, Category.NEGATIVE_PROGRESS)
        if word.replace("_", " ") in status
    }
    numbers_hold = all(_is_rounded(ours.facts[name], text) for name, text in claims)
    return bool(claims or words) and numbers_hold and words <= {ours.category}


CLAIMS = {"value": r"published #", "done": r"#% done", "elapsed": r"at #% of time", "yearly": r"needs #%"}


def _is_rounded(value: float, text: str) -> bool:
    """Whether a text is the value rounded to the text's own digits."""
    return abs(value - float(text)) <= 0.5 * 10 ** -len(text.partition(".")[2]) * (1 + 1e-9)
