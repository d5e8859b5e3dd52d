"""The header of a wide table: which lines it takes up, and what each column under it holds."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from lib.ingest.layout import COLUMN_LIMIT
from lib.ingest.lines import HEADER_WITHIN
from lib.ingest.names import find_region
from lib.ingest.parts import rename_lone
from lib.ingest.phrases import Phrase, find_part, is_rank, refuse
from lib.ingest.text import fold, normal
from lib.ingest.told import IGNORE, PERIOD_PARTS
from lib.ingest.values import is_not_reported, read_number
from lib.periods import read_period

if TYPE_CHECKING:
    from lib.ingest.layout import Columns
    from lib.ingest.lines import Grid, Line
    from lib.ingest.phrases import Phrases

_DEEPEST: Final = 3
_SAMPLE: Final = 200
_CODE_DIGITS: Final = 6
_DIMENSIONS: Final = ("region", "indicator", "period")
_DIGITS: Final = re.compile(r"\d+")
# Words that head a column of their own, but below a heading say what kind of figure stands there.
_BELOW: Final = frozenset({"basis", "period", *PERIOD_PARTS})


@dataclass(frozen=True)
class Head:
    """A column of a wide table. `name`: the canonical column it is, "" if its heading says what its figures are.

    `unread`: the heading, of several above one another, of which nothing is known.
    """

    place: int
    label: str
    name: str = ""
    unit: str = ""
    phrase: Phrase | None = None
    unread: str = ""


def knows(cell: str, columns: Columns, phrases: Phrases) -> bool:
    """Whether a cell says something that a header says."""
    if not cell.strip():
        return False
    phrase = phrases.read(cell)
    return bool(columns.find(cell)[0]) or (phrase is not None and phrase.telling)


def find_block(grid: Grid, columns: Columns, phrases: Phrases) -> range | None:
    """The places of the lines that make up the header, among the first ten; None if there is none."""
    lines = grid.lines
    for start, line in enumerate(lines[:HEADER_WITHIN]):
        cells = line.cells[:COLUMN_LIMIT]
        known = sum(knows(cell, columns, phrases) for cell in cells)
        if known > 1 and 2 * known >= sum(bool(cell.strip()) for cell in cells) and not _has_figures(cells, phrases):
            end = start + 1
            while (
                end < len(lines) and end - start < _DEEPEST and _goes_on(lines[start:end], lines[end], columns, phrases)
            ):
                end += 1
            return range(start - _starts_above(grid, start, columns, phrases), end)
    return None


def _has_figures(cells: list[str], phrases: Phrases) -> bool:
    """Whether a line holds numbers other than years."""
    return any(cell.strip() and not read_number(cell).fault and not phrases.read(cell) for cell in cells)


def _goes_on(above: list[Line], line: Line, columns: Columns, phrases: Phrases) -> bool:
    """Whether a line continues the header: mostly known headings, no figures, and no new entry in the first column."""
    if len(line.cells) > COLUMN_LIMIT:
        return False
    first = line.cell(0)
    entry = bool(first) and not (columns.find(first)[0] and not any(other.cell(0) for other in above))
    cells = [cell for cell in line.cells if cell.strip()]
    known = sum(knows(cell, columns, phrases) or bool(refuse(cell)) or is_rank(cell) for cell in cells)
    return bool(cells) and not entry and 2 * known > len(cells) and not _has_figures(cells, phrases)


def _starts_above(grid: Grid, start: int, columns: Columns, phrases: Phrases) -> bool:
    """Whether the line above spans some of the columns: a heading in merged cells, right of the first column."""
    if not start:
        return False
    line = grid.lines[start - 1]
    spans = [merge for merge in grid.merges if merge.first_row == line.number and merge.first_place > 0]
    return any(knows(line.cell(merge.first_place), columns, phrases) for merge in spans)


def read_heads(grid: Grid, block: range, columns: Columns, phrases: Phrases) -> list[Head]:
    """Read what every column holds, from its headings and, where they say nothing, from the names in it."""
    rows = _spread(grid, block)
    width = max(len(row) for row in rows)
    heads = [
        _read_head(place, [row[place] for row in rows if place < len(row)], columns, phrases) for place in range(width)
    ]
    heads = _name_period(heads)
    body = grid.lines[block.stop : block.stop + _SAMPLE]
    for at, head in enumerate(heads):
        told = head.name or (head.phrase and (head.phrase.telling or head.phrase.refused))
        if not told:
            taken = {other.name for other in heads}
            heads[at] = replace(head, name=_infer(head.place, body, taken, phrases))
    return _tell_apart(heads)


def _name_period(heads: list[Head]) -> list[Head]:
    """A lone year, quarter or month column is the period's."""
    renamed = rename_lone(head.name for head in heads)
    return [replace(head, name=renamed.get(head.name, head.name)) for head in heads]


def name_heading(head: Head) -> str:
    """A heading in the form that recurs: next quarter's table has the same but for its periods."""
    phrase = head.phrase
    if head.name or phrase is None or not (phrase.periods or phrase.parts):
        return _DIGITS.sub("#", fold(head.label))
    said = (phrase.regions, phrase.indicators, phrase.growth, phrase.bases, phrase.units)
    return "|".join(("period", *(",".join(part) for part in said if part)))


def _tell_apart(heads: list[Head]) -> list[Head]:
    """Put the column's letter behind headings that occur twice, so that a problem points to one cell."""
    counts = Counter(head.label for head in heads)
    twice = [bool(head.label) and counts[head.label] > 1 and not head.name for head in heads]
    return [
        replace(head, label=f"{head.label} [{_letter(head.place)}]") if doubled else head
        for head, doubled in zip(heads, twice, strict=True)
    ]


def _letter(place: int) -> str:
    """A column's letters in a spreadsheet: 0 is A, 26 is AA."""
    return (_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _spread(grid: Grid, block: range) -> list[list[str]]:
    """The header's rows with every heading over all the columns it spans."""
    lines = [grid.lines[place] for place in block]
    width = max(len(line.cells) for line in lines)
    rows = [[line.cell(place) for place in range(width)] for line in lines]
    merges = [merge for merge in grid.merges if any(merge.first_row == line.number for line in lines)]
    for merge in merges:
        row = rows[next(at for at, line in enumerate(lines) if line.number == merge.first_row)]
        for place in range(merge.first_place + 1, min(merge.last_place + 1, width)):
            row[place] = row[place] or row[merge.first_place]
    for at in range(len(rows) - 1 if not merges else 0):
        _spread_right(rows[at], rows[at + 1 :])
    return rows


def _spread_right(row: list[str], below: list[list[str]]) -> None:
    """Without a word on merged cells: a heading holds until the next one, if there are headings below it."""
    spanning = ""
    for place, cell in enumerate(row):
        beneath = any(other[place] for other in below)
        if cell:
            spanning = cell if beneath else ""
        elif beneath:
            row[place] = spanning


def _read_head(place: int, cells: list[str], columns: Columns, phrases: Phrases) -> Head:
    """Read one column's headings, from top to bottom."""
    pieces = list(dict.fromkeys(cell for cell in cells if cell))
    label = " / ".join(normal(piece) for piece in pieces)
    if not pieces:
        return Head(place, "")
    if any(columns.find(piece)[0] == IGNORE for piece in pieces):
        return Head(place, label, IGNORE)
    name, unit = columns.find(pieces[-1])
    upper = [piece for piece in pieces[:-1] if knows(piece, columns, phrases)]
    if name == "value":
        return _read_value(Head(place, label, name, unit), pieces, phrases)
    if name and not (upper and name in _BELOW):
        return Head(place, label, name)
    phrase = _join(pieces, phrases)
    clear = phrase is not None and len(phrase.units) == 1
    unread = next((piece for piece in pieces if phrases.read(piece) is None), pieces[0] if len(pieces) == 1 else "")
    return Head(place, label, unit=phrase.units[0] if phrase and clear else "", phrase=phrase, unread=normal(unread))


def _read_value(head: Head, pieces: list[str], phrases: Phrases) -> Head:
    """A column headed 数值: what the headings above it say, or the brackets behind it if they hold no unit."""
    above, last = _join(pieces[:-1], phrases), phrases.read(pieces[-1])
    if above is None:
        return replace(head, name="", unit="")
    if last and last.telling and head.unit and phrases.lexicon.units.find(head.unit) is None:
        return replace(head, unit="", phrase=above.join(last))
    return replace(head, phrase=above)


def _join(pieces: list[str], phrases: Phrases) -> Phrase | None:
    """All headings of a column as one phrase; None if any part is unknown."""
    whole = Phrase()
    for piece in pieces:
        phrase = phrases.read(piece)
        if phrase is None:
            return None
        whole = whole.join(phrase)
    return whole


def _infer(place: int, body: list[Line], taken: set[str], phrases: Phrases) -> str:
    """The dimension most cells of an unnamed column are names of; "" if of none."""
    cells = [line.cell(place) for line in body if not is_not_reported(line.cell(place))]
    for name in _DIMENSIONS:
        if name not in taken and cells and 2 * sum(_is(name, cell, place, phrases) for cell in cells) > len(cells):
            return name
    return ""


def _is(name: str, cell: str, place: int, phrases: Phrases) -> bool:
    """Whether a cell names a region, an indicator or a period. A bare number does only as a code or a first column's year."""
    text = normal(cell)
    if name == "region":
        return (not text.isdecimal() or len(text) == _CODE_DIGITS) and bool(find_region(phrases.lexicon.regions, text))
    if name == "indicator":
        return not text.isdecimal() and phrases.read_indicator(text) is not None
    return (not text.isdecimal() or not place) and bool(read_period(text) or find_part(text))
