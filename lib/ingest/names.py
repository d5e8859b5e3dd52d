"""Regions and indicators by any name an office writes: code, Chinese, English, short form, alias."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final

from lib.ingest.text import fold, normal, split_aliases, split_languages, to_records

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

_CODE_DIGITS: Final = 6
_BEFORE: Final = re.compile(r"^其中\s*:?\s*")  # words before a part of the whole above it
_BEHIND: Final = re.compile(r"(?<=\S)\s*[*※†‡]+$")  # marks that point to a note
_LONGEST: Final = 60
_MOST_GUESSES: Final = 200
_MOST_LIKE = 3
_ALIKE: Final = 0.6


class Names:
    """What codes a name can stand for. A full name counts before a short one, which then is not ambiguous."""

    def __init__(self, labels: dict[str, str], tiers: Iterable[dict[str, set[str]]]) -> None:
        """Take code -> label for messages, and folded name -> codes in falling rank."""
        self._labels = labels
        self._tiers = list(tiers)
        self._told: dict[str, str] = {}
        self._codes = {name: tuple(sorted(codes)) for tier in reversed(self._tiers) for name, codes in tier.items()}
        self._guesses: dict[str, str] = {}

    def tell(self, told: dict[str, str]) -> Names:
        """These names, and folded names that a person said stand for a code. They count first, and only as a whole."""
        names = Names(self._labels, self._tiers)
        names._told = told
        return names

    def find(self, text: str) -> tuple[str, ...]:
        """Return the codes a name, or one name in two languages, stands for: none, one, or several if it is ambiguous."""
        found = self._find(text)
        halves = [] if found else [self._find(half) for half in split_languages(text)]
        return halves[0] if halves and halves[0] == halves[1] else found

    def _find(self, text: str) -> tuple[str, ...]:
        """The codes of a name in one language."""
        folded = fold(text)
        return (self._told[folded],) if folded in self._told else self._codes.get(folded, ())

    def codes(self) -> set[str]:
        """All codes."""
        return set(self._labels)

    def label(self, *codes: str) -> str:
        """Codes as a message shows them: "沈阳市 (210100)"."""
        return ", ".join(f"{self._labels[code]} ({code})" for code in codes)

    def nearest(self, text: str) -> str:
        """The labels of the names most like `text`, or "". Looks only so often: a hostile file may hold any number."""
        folded = fold(text)[:_LONGEST]
        if folded not in self._guesses and len(self._guesses) < _MOST_GUESSES:
            known = [name for tier in self._tiers for name in tier if not name.isdigit()]
            alike = difflib.get_close_matches(folded, known, _MOST_LIKE, _ALIKE)
            codes = dict.fromkeys(code for name in alike for code in self.find(name)[:1])
            self._guesses[folded] = self.label(*codes)
        return self._guesses.get(folded, "")

    def words(self) -> set[str]:
        """All folded names."""
        return set(self._codes)


def read_regions(regions: pd.DataFrame) -> Names:
    """Names of regions. A code also matches without the leading zeros that spreadsheets drop ("0" for 000000)."""
    return _read_names(regions, "region", (("region",), ("zh", "en"), ("short_zh", "short_en", "aliases")))


def read_indicators(indicators: pd.DataFrame) -> Names:
    """Names of indicators."""
    return _read_names(indicators, "indicator", (("indicator",), ("zh", "en"), ("aliases",)))


def find_region(names: Names, text: str) -> tuple[str, ...]:
    """Return the region codes a cell can mean."""
    digits = _BEHIND.sub("", _BEFORE.sub("", normal(text)))
    return names.find(digits.zfill(_CODE_DIGITS) if digits.isdecimal() else digits)


def _read_names(table: pd.DataFrame, key: str, ranks: tuple[tuple[str, ...], ...]) -> Names:
    """Collect each rank's names from a table."""
    rows = to_records(table)
    tiers = [_collect(rows, key, columns) for columns in ranks]
    return Names({row[key]: row["zh"] for row in rows}, tiers)


def _collect(rows: list[dict[str, str]], key: str, columns: tuple[str, ...]) -> dict[str, set[str]]:
    """Folded name -> codes, from the given columns."""
    tier: dict[str, set[str]] = {}
    for row in rows:
        for name in [name for column in columns for name in split_aliases(row[column])]:
            tier.setdefault(fold(name), set()).add(row[key])
    return tier
