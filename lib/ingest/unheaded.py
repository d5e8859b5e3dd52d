"""A table of which hardly a heading is known: the line that looks like its header, so that a person can say what it means."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from lib.ingest.layout import COLUMN_LIMIT, Asked
from lib.ingest.lines import HEADER_WITHIN, SEPARATORS, Line, first_cells, read_first
from lib.ingest.text import fold, normal
from lib.ingest.values import read_number

if TYPE_CHECKING:
    from lib.ingest.layout import Columns


def ask_of_text(text: str, columns: Columns) -> Asked:
    """What to ask of a text without a known header, split by the separator that makes most columns of it."""
    tries = [ask_of_lines(read_first(text, separator), columns) for separator in SEPARATORS]
    return max(tries, key=lambda asked: len(asked.headers))


def ask_of_lines(lines: list[Line], columns: Columns) -> Asked:
    """What to ask of a table's first lines; nothing if none looks like a header."""
    at = _find_header(lines)
    if at is None:
        return Asked()
    named = {place: normal(cell) for place, cell in enumerate(lines[at].cells) if cell.strip()}
    known = {place: columns.find(heading)[0] for place, heading in named.items()}
    return Asked(
        headers=[fold(heading) for heading in named.values()],
        taken={name for name in known.values() if name},
        unknown={heading: first_cells(lines[at + 1 :], place) for place, heading in named.items() if not known[place]},
    )


def _find_header(lines: list[Line]) -> int | None:
    """The place of the first line of several texts without a number, and with a number on the line below."""
    for at, (line, below) in enumerate(pairwise(lines[:HEADER_WITHIN])):
        texts = [bool(read_number(cell).fault) for cell in line.cells if cell.strip()]
        fits = 1 < len(texts) <= len(below.cells) <= COLUMN_LIMIT
        if fits and all(texts) and any(not read_number(cell).fault for cell in below.cells):
            return at
    return None
