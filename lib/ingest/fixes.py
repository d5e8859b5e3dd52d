"""Certain cures: what should stand in a cell, and a record read with its cells replaced. Never a guess between two."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from lib.ingest.names import find_region
from lib.ingest.problems import shorten
from lib.ingest.text import normal

if TYPE_CHECKING:
    from lib.ingest.layout import Layout, Record
    from lib.ingest.names import Names
    from lib.ingest.values import Figure

# (line, header, what stands there), as the problem names them -> the text that should stand in the cell.
Fixes = Mapping[tuple[int, str, str], str]

_WIDE: Final = re.compile("[\uff10-\uff19\uff0e]")
_THOUSANDS: Final = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+")
_SPREADSHEET_CODE: Final = re.compile(r"([0-9]{1,6})\.0+")
_DAY_IN_FRONT: Final = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_PROVINCE: Final = "0000"
_LONGEST_PROVINCE: Final = 4
_ROUNDS: Final = 3


def mend(record: Record, layout: Layout, fixes: Fixes) -> tuple[Record, str]:
    """A record with its cells replaced, and what was replaced as a note tells it: "[数值: １２ → 12]", or ""."""
    headers = {name: layout.headers.get(name, name) for name in record.cells}
    texts = {name: _replace(record.row, headers[name], text, fixes) for name, text in record.cells.items()}
    found = {name: text for name, text in texts.items() if text != record.cells[name]}
    if not found:
        return record, ""
    told = "; ".join(f"{headers[name]}: {record.cells[name]} → {fix}" for name, fix in found.items())
    return replace(record, cells={**record.cells, **found}), f"[{told}]"


def _replace(row: int, header: str, text: str, fixes: Fixes) -> str:
    """What is read of a cell; a cure may itself have been cured."""
    for _ in range(_ROUNDS):
        text = fixes.get((row, shorten(header), shorten(text)), text)
    return text


def has_wide_digits(text: str) -> bool:
    """Whether a number is written in full-width digits."""
    return bool(_WIDE.search(text))


def certain_number(text: str, figure: Figure) -> str:
    """The number in plain digits, with the unit written behind it; "" where a comma could as well part thousands."""
    if not figure.read or (figure.fault and _THOUSANDS.fullmatch(normal(text))):
        return ""
    return f"{figure.read}{figure.unit}"


def certain_region(text: str, names: Names) -> str:
    """A code that a spreadsheet made a decimal ("210100.0"), or a city behind its province ("辽宁省沈阳市")."""
    plain = normal(text)
    match = _SPREADSHEET_CODE.fullmatch(plain)
    if match and len(find_region(names, match[1])) == 1:
        return match[1]
    for end in range(2, _LONGEST_PROVINCE + 1):
        city = plain[end:].lstrip(" ,、·-/")
        whole, part = find_region(names, plain[:end]), find_region(names, city)
        inside = len(whole) == len(part) == 1 and whole[0].endswith(_PROVINCE) and part[0] != whole[0]
        if inside and part[0].isdigit() and part[0][:2] == whole[0][:2]:
            return city
    return ""


def certain_day(text: str) -> str:
    """A date with the day or month in front that can be read in one way only: 20/01/2025, not 03/04/2025."""
    match = _DAY_IN_FRONT.fullmatch(normal(text))
    days: set[date] = set()
    for day, month in ((match[1], match[2]), (match[2], match[1])) if match else ():
        with suppress(ValueError):
            days.add(date(int(match[3]), int(month), int(day)) if match else date.min)
    return days.pop().isoformat() if len(days) == 1 else ""
