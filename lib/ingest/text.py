"""Forms of text under which words are compared, and reference tables as plain text."""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

_HIDDEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_IGNORED = re.compile(r"[\s_\-]+")


def normal(text: str) -> str:
    """NFKC, without zero-width characters, trimmed: full-width digits and signs become plain ones."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", _HIDDEN.sub("", text)).strip()


def fold(text: str) -> str:
    """The form in which names are compared: `normal`, without case, white space, underscores and hyphens."""
    folded = _IGNORED.sub("", normal(text)).casefold()
    return folded if folded.isascii() else unicodedata.normalize("NFKC", folded)


def split_aliases(text: str) -> list[str]:
    """The aliases of a table's cell, separated by |."""
    return [alias for alias in (part.strip() for part in text.split("|")) if alias]


def to_records(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Each row of a table as text; missing cells are ""."""
    rows = frame.to_dict("records")
    return [{str(name): "" if pd.isna(cell) else str(cell).strip() for name, cell in row.items()} for row in rows]
