"""Periods "2024", "2024Q3", "2024M05": read, order, place on a time axis. A half-year is its second quarter."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_CANONICAL: Final = re.compile(r"^([12][0-9]{3})(?:Q([1-4])|M(0[1-9]|1[0-2]))?$")
_DIGITS: Final = {"一": "1", "二": "2", "三": "3", "四": "4"}
_YEAR_IN_WORDS: Final = re.compile("[一二][〇○零一二三四五六七八九]{3}(?=年)")
_MONTH_IN_WORDS: Final = re.compile("(十[一二]?|[一二三四五六七八九])(?=个?月|[-—~–至][一二三四五六七八九十]{1,2}月)")
_IN_WORDS: Final = {word: str(digit) for digit, word in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_MONTHS: Final = _IN_WORDS | {"十": "10", "十一": "11", "十二": "12"}
_WRITTEN: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    (re.compile(r"^([12][0-9]{3})年?度?(?:全年|[末底])?$"), lambda m: f"{m[1]}"),
    (re.compile(r"^([12][0-9]{3})[-_/ ]?Q([1-4])$", re.IGNORECASE), lambda m: f"{m[1]}Q{m[2]}"),
    (re.compile(r"^([12][0-9]{3})[-_/ ]?H([12])$", re.IGNORECASE), lambda m: f"{m[1]}Q{int(m[2]) * 2}"),
    (re.compile(r"^([12][0-9]{3})[-_/ ]?M?(0[1-9]|1[0-2])$", re.IGNORECASE), lambda m: f"{m[1]}M{m[2]}"),
    (re.compile(r"^([12][0-9]{3})年?第?([一二三四1-4])季度?末?$"), lambda m: f"{m[1]}Q{_DIGITS.get(m[2], m[2])}"),
    (re.compile(r"^([12][0-9]{3})年?上半年$"), lambda m: f"{m[1]}Q2"),
    (re.compile(r"^([12][0-9]{3})年?前([二三23])季度$"), lambda m: f"{m[1]}Q{_DIGITS.get(m[2], m[2])}"),
    (re.compile(r"^([12][0-9]{3})年1[-—~–至]([2-4])季度$"), lambda m: f"{m[1]}Q{m[2]}"),
    (re.compile(r"^([12][0-9]{3})年Q([1-4])$", re.IGNORECASE), lambda m: f"{m[1]}Q{m[2]}"),
    (re.compile(r"^([12][0-9]{3})年1[-—~–至]6月份?$"), lambda m: f"{m[1]}Q2"),
    (re.compile(r"^([12][0-9]{3})年1[-—~–至]9月份?$"), lambda m: f"{m[1]}Q3"),
    (re.compile(r"^([12][0-9]{3})年1[-—~–至]3月份?$"), lambda m: f"{m[1]}Q1"),
    (re.compile(r"^([12][0-9]{3})年1[-—~–至]12月份?$"), lambda m: f"{m[1]}Q4"),
    (re.compile(r"^([12][0-9]{3})年(?:1[-—~–至]|前)?([0-9]{1,2})个?月份?$"), lambda m: f"{m[1]}M{int(m[2]):02d}"),
)


@dataclass(frozen=True, order=True)
class Period:
    """A span that ends with month `month` of `year`; `length` is its months (12, 3 or 1). Ordered by end, longer last."""

    year: int
    month: int
    length: int

    @cached_property
    def end(self) -> date:
        """The last day."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @cached_property
    def position(self) -> float:
        """The end as a number of years: the end of 2024 is 2025.0, the end of 2024Q3 2024.75."""
        return self.year + self.month / 12

    @property
    def code(self) -> str:
        """The canonical text."""
        if self.length == 12:
            return str(self.year)
        return f"{self.year}Q{self.month // 3}" if self.length == 3 else f"{self.year}M{self.month:02d}"


@lru_cache(maxsize=4096)
def parse_period(code: str) -> Period:
    """Read a canonical period. Raises ValueError for anything else."""
    match = _CANONICAL.fullmatch(code)
    if match is None:
        raise ValueError(code)
    year, quarter, month = match.groups()
    if quarter:
        return Period(int(year), int(quarter) * 3, 3)
    return Period(int(year), int(month), 1) if month else Period(int(year), 12, 12)


def in_digits(text: str) -> str:
    """A period without blanks and in plain digits: 二〇二五年 is 2025年, 二〇二五年一至九月 2025年1至9月."""
    squeezed = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if squeezed.isascii() or not _YEAR_IN_WORDS.search(squeezed):
        return squeezed
    dated = _YEAR_IN_WORDS.sub(lambda year: "".join(_IN_WORDS[word] for word in year[0]), squeezed)
    return _MONTH_IN_WORDS.sub(lambda month: _MONTHS[month[0]], dated)


def closed_by(day: date) -> str | None:
    """The longest period that ends with a day: "2025" for 31 December, "2025Q3" for 30 September; None if none does."""
    if day.day != calendar.monthrange(day.year, day.month)[1]:
        return None
    return Period(day.year, day.month, {0: 12, 3: 3, 6: 3, 9: 3}.get(day.month % 12, 1)).code


def read_period(text: str) -> str | None:
    """Bring a period as offices write it ("2024年前三季度", "2024H1", "2024-05") to canonical form; None if it is not one."""
    cleaned = in_digits(text)
    for pattern, canonical in _WRITTEN:
        match = pattern.match(cleaned)
        if match:
            code = canonical(match)
            return code if _CANONICAL.fullmatch(code) else None
    return None


def position_of(day: date) -> float:
    """A day on the same axis as `Period.position`: the end of 30 June 2024 is about 2024.5."""
    first, next_first = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return day.year + ((day - first).days + 1) / (next_first - first).days


def is_year(code: str) -> bool:
    """Whether the period is a whole year."""
    return parse_period(code).length == 12


def years_between(first: str, last: str) -> list[str]:
    """The years from one to the other, both included: ("2022", "2024") gives 2022, 2023, 2024."""
    return [str(year) for year in range(parse_period(first).year, parse_period(last).year + 1)]
