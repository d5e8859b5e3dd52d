"""Quotes other than the double one that CSV knows: single and curly ones around whole cells, made straight."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

_PAIRS: Final = ("“”", "‘’", "''", "„“", "«»", "「」")
_ENDS: Final = r",;\t|，"
_WITHIN: Final = 10
_LONGEST: Final = 100_000
_LEAST: Final = 2


def straighten(text: str) -> tuple[str, int]:
    """The text with double quotes around its cells, and the first line that had others; as it is and 0 if none has.

    Only where no double quote occurs, and a line among the first ten has all its quotes around whole cells. Places stay.
    """
    if '"' in text[:_LONGEST]:
        return text, 0
    lines = list(islice(re.split(r"\r\n|\r|\n", text[:_LONGEST]), 2 * _WITHIN))
    for first, last in _PAIRS:
        number = next((at for at, line in enumerate(lines, 1) if _is_quoted(line, first, last)), 0)
        if number:
            opened = re.sub(rf"(^|[{_ENDS}\r\n]){first}", r'\1"', text.replace('"', '""'))
            return re.sub(rf"{last}(?=[{_ENDS}\r\n]|$)", '"', opened), number
    return text, 0


def _is_quoted(line: str, first: str, last: str) -> bool:
    """Whether two cells or more stand in such quotes, and none has one inside or on one side only."""
    if line.count(first) < _LEAST:
        return False
    quoted = rf"{first}[^{first}{last}]*{last}"
    cell = rf"(?:{quoted}|[^{first}{last}{_ENDS}]*)"
    found = re.fullmatch(rf"{cell}(?:[{_ENDS}]{cell})*", line)
    return bool(found) and len(re.findall(quoted, line)) >= _LEAST
