"""Check an upload: bytes and reference tables in, canonical rows and every problem out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import pandas as pd

from lib.ingest.across import compare_rows
from lib.ingest.asks import NO_QUESTIONS, Questions, collect_questions, leave_out
from lib.ingest.decode import decode, is_workbook, refuse_bytes
from lib.ingest.layout import Columns, Layout
from lib.ingest.lines import split_text
from lib.ingest.magnitude import compare_sizes
from lib.ingest.names import read_indicators, read_regions
from lib.ingest.phrases import Phrases, read_growth_of, refuse
from lib.ingest.plausible import compare_figures
from lib.ingest.problems import problem, shorten
from lib.ingest.progress import Progress, Step, Stretch, ignore
from lib.ingest.rows import Defaults, Lexicon, Reading, read_facts, read_row
from lib.ingest.shape import count_headings, has_header, pair_records, read_grid
from lib.ingest.sheet import read_workbook
from lib.ingest.text import fold, to_records
from lib.ingest.told import NOTHING, Told
from lib.ingest.unheaded import ask_of_lines, ask_of_text
from lib.ingest.values import Units
from lib.schema import ACTUAL_COLUMNS, ORIGIN_COLUMNS, REQUIRED_COLUMNS, Problem

if TYPE_CHECKING:
    from datetime import date

    from lib.ingest.fixes import Fixes

ROW_COLUMNS = ACTUAL_COLUMNS + ORIGIN_COLUMNS
_TEXTS = [name for name in ROW_COLUMNS if name not in {"value", "published", "row"}]
ROW_TYPES: Final = dict.fromkeys(_TEXTS, "str") | {"value": "float64", "row": "int64", "published": "datetime64[us]"}
# What share of the time reading takes before lines are checked, as measured; a workbook is unpacked and parsed.
_TEXT_READ: Final = 0.2
_BOOK_READ: Final = 0.6
_COMPARISONS: Final = 8


@dataclass(frozen=True)
class Reference:
    """The tables an upload is read with: regions.csv, indicators.csv, units.csv, headers.csv, breaks.csv of data/."""

    regions: pd.DataFrame
    indicators: pd.DataFrame
    units: pd.DataFrame
    headers: pd.DataFrame
    breaks: pd.DataFrame | None = None

    @cached_property
    def lexicon(self) -> Lexicon:
        """The names and units in them, ready for look-up, made once."""
        indicators = read_indicators(self.indicators)
        facts = read_facts(self.indicators, indicators)
        return Lexicon(read_regions(self.regions), indicators, facts, Units(self.units))


@dataclass(frozen=True)
class Checked:
    """What an upload holds.

    `rows`: schema.ACTUAL_COLUMNS and ORIGIN_COLUMNS, each row without an error of its own, in the file's order;
    value in the unit given beside it, published a datetime (NaT if unknown), row the line in the file. `problems`
    by row. `encoding` and `separator` are "" where the file was refused before they were known. `questions`: what the
    file leaves to be told.
    """

    rows: pd.DataFrame
    problems: list[Problem]
    encoding: str
    separator: str
    questions: Questions = NO_QUESTIONS

    @property
    def ok(self) -> bool:
        """Whether nothing stands against storing the rows; warnings do not."""
        return all(item.severity != "error" for item in self.problems)


def check_file(  # noqa: PLR0913 - what is said beside a file has a name each
    raw: bytes,
    reference: Reference,
    *,
    today: date,
    published: date | None = None,
    source: str = "",
    known: pd.DataFrame | None = None,
    fixes: Fixes | None = None,
    told: Told = NOTHING,
    progress: Progress = ignore,
) -> Checked:
    """Read an upload. Never raises for what is in it.

    `today`: figures of periods that end later are refused. `published` and `source` stand in where a row has none.
    `known`: figures held already (schema.STORED_COLUMNS), against which the size of new ones is compared.
    `fixes`: texts to read instead of what stands in a cell, by line, header and what stands there.
    `told`: what headings and names mean that are not known, and what the figures are of where the file does not say it.
    `progress`: called at moderate steps.
    """
    lexicon = read_lexicon(reference, told)
    columns = _read_columns(reference.headers, told, lexicon)
    phrases = Phrases(lexicon, read_growth_of(to_records(reference.indicators), lexicon), told)
    book = is_workbook(raw)
    read = _BOOK_READ if book else _TEXT_READ
    part = Stretch(progress, "reading", 0.0, read)
    part.at(0, 1)
    content = _read_book(raw, columns, phrases, part) if book else _read_text(raw, columns, phrases)
    defaults = Defaults(today, published, source, told.unit, fixes or {})
    pairs, ignored = leave_out(pair_records(content.layouts), told)
    half = (1 + read) / 2
    followed = Stretch(progress, "checking", read, half).follow(pairs, len(pairs))
    readings = [read_row(record, layout, lexicon, defaults) for record, layout in followed]
    problems = [*content.problems, *ignored, *(item for reading in readings for item in reading.problems)]
    sound = [reading for reading in readings if reading.sound]
    problems += _compare(sound, lexicon, reference, known, Stretch(progress, "comparing", half, 1.0))
    questions = collect_questions(content.layouts, readings, lexicon)
    progress(Step(1.0, "comparing"))
    rows, problems = build_rows([reading.row for reading in sound]), sorted(problems, key=lambda item: item.row)
    return Checked(rows, problems, content.encoding, content.separator, questions)


def _compare(
    sound: list[Reading], lexicon: Lexicon, reference: Reference, known: pd.DataFrame | None, part: Stretch
) -> list[Problem]:
    """Hold the sound rows against each other and against the figures held."""
    part.at(0, _COMPARISONS)
    problems = compare_rows(sound, lexicon)
    part.at(1, _COMPARISONS)
    problems += compare_sizes(sound, lexicon, known)
    figures = compare_figures(sound, lexicon, known, reference.regions, reference.breaks)
    for done, found in enumerate(figures, start=2):
        part.at(done, _COMPARISONS)
        problems += found
    return problems


@dataclass
class _Content:
    """A file's tables, and the problems of the file and of their shape."""

    layouts: list[Layout]
    problems: list[Problem]
    encoding: str = ""
    separator: str = ""


def _read_text(raw: bytes, columns: Columns, phrases: Phrases) -> _Content:
    """Read separated text."""
    vocabulary = phrases.lexicon.regions.words() | phrases.lexicon.indicators.words() | set(columns.aliases)
    decoded = decode(raw, vocabulary)
    if not decoded.usable:
        return _Content([], list(decoded.problems))
    grid = split_text(decoded.text, lambda line: count_headings(line, columns, phrases))
    layouts = read_grid(grid, columns, phrases)
    if not grid.lines and not grid.problems:
        layouts.append(Layout(asked=ask_of_text(decoded.text, columns)))
    problems = [*decoded.problems, *(item for layout in layouts for item in layout.problems)]
    return _Content(layouts, problems, decoded.encoding, grid.separator)


def _read_book(raw: bytes, columns: Columns, phrases: Phrases, part: Stretch) -> _Content:
    """Read a workbook: every visible sheet that has a header; the others are named."""
    refusal = refuse_bytes(raw)
    if refusal:
        return _Content([], [refusal])
    book = read_workbook(raw, part)
    grids = [grid for grid in book.grids if has_header(grid, columns, phrases) or grid.problems]
    named = {grid.sheet for grid in grids}
    if not grids and not book.problems:
        book.problems.append(problem("header_not_found", expected=columns.label(*REQUIRED_COLUMNS)))
        return _Content([Layout(asked=ask_of_lines(grid.lines, columns)) for grid in book.grids], book.problems)
    if skipped := [*(grid.sheet for grid in book.grids if grid.lines and grid.sheet not in named), *book.hidden]:
        book.problems.append(problem("sheets_skipped", sheets=shorten(", ".join(skipped))))
    layouts = [layout for grid in grids for layout in read_grid(grid, columns, phrases, among=len(grids) > 1)]
    problems = [*book.problems, *(item for layout in layouts for item in layout.problems)]
    return _Content(layouts, problems, "XLSX" if grids else "")


def read_lexicon(reference: Reference, told: Told = NOTHING) -> Lexicon:
    """The reference tables, with the names that a person told; what only looks tracked stays refused."""
    plain = reference.lexicon
    named = {text: code for text, code in told.codes("indicators").items() if not refuse(text)}
    return replace(plain, regions=plain.regions.tell(told.codes("regions")), indicators=plain.indicators.tell(named))


def _read_columns(headers: pd.DataFrame, told: Told, lexicon: Lexicon) -> Columns:
    """Prepare the header's aliases. A column is called by its first alias and its own name, as in "地区 region"."""
    rows = to_records(headers)
    aliases = {fold(name): row["column"] for row in rows for name in (row["alias"], row["column"])}
    labels = {row["column"]: f"{row['alias']} {row['column']}" for row in reversed(rows)}
    return Columns(aliases, labels, told, frozenset(lexicon.units.words()))


def build_rows(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Build the frame of canonical rows, with the same types when it is empty."""
    columns = {name: [row[name] for row in rows] for name in ROW_COLUMNS}
    return pd.DataFrame({name: pd.Series(cells, dtype=ROW_TYPES[name]) for name, cells in columns.items()})
