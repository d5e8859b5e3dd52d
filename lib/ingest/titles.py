"""What stands around a table: title and unit lines above it, notes below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from lib.ingest.layout import COLUMN_LIMIT
from lib.ingest.phrases import NO_YEAR, Phrase, join_period
from lib.ingest.problems import problem, shorten
from lib.ingest.text import REMEMBERED, normal, simplify
from lib.ingest.values import read_number
from lib.periods import in_digits, is_year, parse_period, read_period

if TYPE_CHECKING:
    from lib.ingest.lines import Line
    from lib.ingest.phrases import Phrases
    from lib.schema import Problem

_UNIT: Final = re.compile(
    r"(?<!填报)(?<!填表)(?<!报送)(?<!编制)(?<!制表)(?<!主管)(?<!责任)(?<!发布)(?<!报告)[(]?(?:计量|数据)?单位\s*:\s*([^|)\"\n]+)[)]?"
)
_PERIOD: Final = re.compile(
    r"[12]\d{3}年(?:度|全年|上半年|前[二三]季度|第?[一二三四]季度?|1[-~至]\d{1,2}月份?|\d{1,2}月份?(?!\d))?(?!\d{1,2}月\d{1,2}日)"
)
_UNIT_ENDS: Final = re.compile(r"[、,;/\s]+|和|及|或")
_NOTE: Final = re.compile(
    r"^[(*※]*(?:注释?|附注|备注|说明|(?:资料|数据)?来源|notes?|sources?)\s*\d{0,2}[)]?\s*(?:[:.、]|$)"
    r"|^(?://|#(?!N/A|(?:DIV/0|REF|VALUE|NAME|NUM|NULL)[!?]))\s*\S",
    re.IGNORECASE,
)

_MARK: Final = re.compile("^[\u2460-\u2473\u2776-\u277f\u24f5-\u24fe]\\s*\\S")


@dataclass(frozen=True)
class Title:
    """The lines above a table: their text, what they name for sure, and the units they state for the whole table."""

    text: str = ""
    phrase: Phrase = field(default_factory=Phrase)
    units: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def year(self) -> str:
        """The year of the one period it names; "" for none or several."""
        code = read_period(self.one("periods")) or ""
        return str(parse_period(code).year) if code else ""

    def narrow(self, year: str) -> str:
        """A whole year's text below a title: 前三季度 makes it a part of that year; "" if the title has a period like 2024Q3."""
        if any(not is_year(read_period(period) or NO_YEAR) for period in self.phrase.periods):
            return ""
        if self.phrase.parts:
            return join_period(year, self.one("parts"))
        return year

    def one(self, kind: str) -> str:
        """The one thing of a kind ("regions", "indicators") it names; "" for none or several."""
        found: tuple[str, ...] = getattr(self.phrase, kind)
        return found[0] if len(found) == 1 else ""


def read_title(above: list[Line], sheet: str, phrases: Phrases) -> Title:
    """Read what stands above a header; a sheet's name says what the lines leave open."""
    phrase, units = Phrase(), tuple[str, ...]()
    for line in above:
        cells = [_read_cell(cell, phrases) for cell in line.cells[:COLUMN_LIMIT] if cell.strip()]
        for part, stated in cells:
            phrase = phrase.join(part)
            units += stated
        if any(stated for _, stated in cells):
            units += tuple(cell for cell in line.cells[:COLUMN_LIMIT] if phrases.lexicon.units.find(cell))
    named = phrases.read(sheet) if sheet else None
    phrase = _complete(phrase, named) if named else phrase
    units = tuple(dict.fromkeys(units)) or phrase.units
    text = shorten(" ".join(" ".join(line.cells) for line in above))
    skipped = (problem("lines_skipped", row=above[0].number, count=len(above), text=text),) if above else ()
    return Title(text or sheet, phrase, units, skipped)


def _read_cell(cell: str, phrases: Phrases) -> tuple[Phrase, tuple[str, ...]]:
    """Read one cell above a header: its phrase, without the units it states, and those."""
    text = simplify(normal(cell))
    match = _UNIT.search(text)
    if match is None:
        return phrases.read(cell) or _dated(text), ()
    rest = text[: match.start()] + text[match.end() :]
    phrase = phrases.read(rest) or _dated(rest)
    alone, _, _ = match[1].partition("(")  # 单位：亿元 (100 million yuan)
    stated = alone if phrases.lexicon.units.find(alone) else match[1]
    tokens = [token for token in _UNIT_ENDS.split(stated.strip()) if token]
    known = [token for token in tokens if phrases.lexicon.units.find(token)]
    for token in tokens if known else ():
        phrase = phrase if token in known else phrase.join(phrases.read(token) or Phrase())
    return phrase, tuple(known or tokens[:1])


def _dated(text: str) -> Phrase:
    """A title with words that are not known still names its period, if it names one only and no day."""
    found = tuple(dict.fromkeys(match[0] for match in _PERIOD.finditer(in_digits(text))))
    return Phrase(periods=found) if len(found) == 1 else Phrase()


def _complete(phrase: Phrase, named: Phrase) -> Phrase:
    """A title with what only the sheet's name says."""
    dated = phrase if phrase.periods or phrase.parts else named
    naming = phrase if phrase.indicators or phrase.refused else named
    return Phrase(
        periods=dated.periods,
        parts=dated.parts,
        regions=phrase.regions or named.regions,
        indicators=naming.indicators,
        units=phrase.units or named.units,
        bases=phrase.bases or named.bases,
        growth=naming.growth,
        levels=naming.levels,
        joined=naming.joined,
        refused=naming.refused,
    )


def split_notes(lines: list[Line]) -> tuple[list[Line], list[Problem]]:
    """Part notes (注：, ①, 来源：, 说明：, #, and lines of one cell after them) from a table's lines, and tell of them."""
    kept: list[Line] = []
    notes: list[Line] = []
    for line in lines:
        cells = [cell for cell in line.cells if cell.strip()]
        after = bool(notes) and len(cells) == 1
        if (_begins_note(cells[0]) or after) and not _has_figure(cells):
            notes.append(line)
        else:
            kept.append(line)
    if not notes:
        return kept, []
    text = shorten(" ".join(" ".join(line.cells) for line in notes))
    return kept, [problem("notes_skipped", row=notes[0].number, count=len(notes), text=text)]


@lru_cache(REMEMBERED)
def _begins_note(cell: str) -> bool:
    """Whether a cell opens a note: by a word, by the mark of a comment, or by the circled digit that a heading bears."""
    return bool(_NOTE.match(simplify(normal(cell)))) or bool(_MARK.match(cell.strip()))


def _has_figure(cells: list[str]) -> bool:
    """Whether any cell but the first is a number."""
    return any(not read_number(cell).fault for cell in cells[1:])
