"""What every command shares: store, board, words and printing."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from lib.additions.overlay import read_current
from lib.clock import today
from lib.i18n import load_texts
from lib.intake import seed_store
from lib.plans import narrow, wanted_by
from lib.schema import DataError
from lib.store import Store, open_store
from lib.tables import Tables, data_dir, read_tables
from lib.verdict.board import Board, build_board
from lib.words import Words, name_things

if TYPE_CHECKING:
    import argparse
    from datetime import date

FAILED: Final = 1


def open_seeded() -> Store:
    """The store, with the shipped figures in it."""
    store = open_store(data_dir())
    seed_store(store, data_dir(), read_tables(data_dir()), today=today())
    return store


def load_tables() -> Tables:
    """The tables with what was uploaded for them. Raises DataError if they do not hold together."""
    return read_current(data_dir())


def load_board(options: argparse.Namespace) -> Board:
    """The board that `--as-of`, `--entry` and `--likely` ask for. Raises DataError for a day or an entry to come."""
    if options.as_of > today():
        raise DataError("day_to_come", day=options.as_of.isoformat(), today=today().isoformat())
    return board_at(options, options.as_of, options.entry)


def board_at(options: argparse.Namespace, day: date, entry: int | None) -> Board:
    """What was held after an entry (None: now) and published by a day, of the plan asked for.

    Raises DataError for an entry or a plan that is not there.
    """
    tables = load_tables()
    store = open_seeded()
    newest = int(store.version())
    if entry is not None and not 0 <= entry <= newest:
        raise DataError("entry_unknown", entry=str(entry), newest=str(newest))
    figures = store.read(newest if entry is None else entry, wanted_by(tables))
    board = build_board(narrow(tables, options.plan), figures, day, likely=options.likely)
    return replace(board, entry=entry)


def load_words(lang: str, plan: str = "") -> Words:
    """Names and sentences in a language, said of a plan, of the first where `plan` is ""."""
    return name_things(load_tables(), load_texts(lang), plan)


def print_json(content: object) -> None:
    """JSON for reading and for machines."""
    print(json.dumps(content, ensure_ascii=False, indent=2))


def write_bytes(content: bytes) -> None:
    """Bytes to the standard output, as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
