"""The audit trail, and what differs between two points in time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from lib.additions.trail import read_deeds
from lib.clock import CHINA, today
from lib.commands.base import board_at, load_words, open_seeded, print_json
from lib.differences import KINDS, compare_states
from lib.explain import change_sentence
from lib.export.trail import deed, figure_lines, state, what, when, who
from lib.i18n import LANGUAGES
from lib.schema import DataError
from lib.store import open_additions
from lib.tables import data_dir, rows_of
from lib.trail import read_point, read_trail
from lib.verdict.causes import changes_between
from lib.words import escape_terminal

if TYPE_CHECKING:
    import argparse

    from lib.additions.trail import Deed
    from lib.store import Upload
    from lib.trail import Line, Point
    from lib.verdict.board import Board
    from lib.verdict.causes import Change
    from lib.words import Words


def history(options: argparse.Namespace) -> int:
    """Print who did what: every upload and withdrawal, newest first; of figures, or of rows for the tables."""
    if options.tables:
        return _tell_deeds(options)
    trail, words = read_trail(open_seeded()), load_words(options.lang)
    if options.json:
        print_json([_record(line) for line in trail])
        return 0
    for line in trail:
        parts = (when(line.entry.uploaded_at), who(line.entry.user, words), what(line, words), state(line, words))
        print(f"{line.entry.seq:5}  " + "  ".join(escape_terminal(part) for part in parts if part))
    return 0


def _tell_deeds(options: argparse.Namespace) -> int:
    """Print who added what to the tables."""
    lines, words = read_deeds(open_additions(data_dir())), load_words(options.lang)
    if options.json:
        print_json([_deed_record(line) for line in lines])
        return 0
    for line in lines:
        print(escape_terminal("  ".join(part for part in (deed(line, words), state(line, words)) if part)))
    return 0


def _deed_record(line: Deed) -> dict[str, Any]:
    """An entry of the additions for machines."""
    return _about(line.entry, line.withdraws) | {"tables": dict(line.counts)}


def _record(line: Line) -> dict[str, Any]:
    """An entry of the figures for machines."""
    later = line.withdrawn_by
    withdrawn = {"entry": later.seq, **_signed(later)} if later else None
    return _about(line.entry, line.withdraws) | {
        "rows": line.entry.rows,
        **vars(line.touched),
        "withdrawn_by": withdrawn,
    }


def _about(entry: Upload, withdraws: Upload | None) -> dict[str, Any]:
    """What every entry has; moments with China's offset."""
    return {
        "entry": entry.seq,
        "upload": entry.upload,
        "action": entry.action,
        **_signed(entry),
        "name": entry.name,
        "in_use": entry.active,
        "withdraws": withdraws.seq if withdraws else None,
        "source_sha256": entry.source_sha256,
    }


def _signed(entry: Upload) -> dict[str, str]:
    return {"user": entry.user, "at": entry.uploaded_at.astimezone(CHINA).isoformat(timespec="seconds")}


def diff(options: argparse.Namespace) -> int:
    """Print what differs between two points: entries of the history (numbers) or days."""
    before, after = (_board(options, text) for text in (options.start, options.end))
    changes, moved = compare_states(before.figures, after.figures), changes_between(before, after)
    if options.json:
        languages = [load_words(lang, options.plan) for lang in LANGUAGES]
        print_json(
            {
                "from": _stand(before),
                "to": _stand(after),
                "figures": [{name: _plain(cell) for name, cell in row.items()} for row in rows_of(changes)],
                "verdicts": [_move(change, languages) for change in moved],
            }
        )
        return 0
    _print_difference(changes, moved, load_words(options.lang, options.plan))
    return 0


def _board(options: argparse.Namespace, text: str) -> Board:
    """The board at a point: an entry is looked at on the day of `--as-of`, a day from what `--entry` holds."""
    newest = int(open_seeded().version())
    try:
        point: Point = read_point(text, newest, today())
    except DataError as error:
        raise DataError(error.code, **{**error.hint, "point": escape_terminal(text)}) from error
    if isinstance(point, date):
        return board_at(options, point, options.entry)
    return board_at(options, options.as_of, point)


def _stand(board: Board) -> dict[str, Any]:
    return {"entry": board.entry, "as_of": board.as_of.isoformat()}


def _plain(cell: Any) -> Any:  # noqa: ANN401 - a cell of any column
    if pd.isna(cell):
        return None
    return cell.date().isoformat() if isinstance(cell, pd.Timestamp) else cell


def _move(change: Change, languages: list[Words]) -> dict[str, Any]:
    return {
        "target": change.target,
        "old": change.old,
        "new": change.new,
        "cause": str(change.cause),
        "sentence": {words.lang: change_sentence(change, words) for words in languages},
    }


def _print_difference(changes: pd.DataFrame, moved: list[Change], words: Words) -> None:
    texts, counts = words.texts, changes["change"].value_counts()
    if changes.empty and not moved:
        print(texts("difference.same"))
        return
    print(texts("difference.counts", **{kind: int(counts.get(kind, 0)) for kind in KINDS}).replace("**", ""))
    for kind, figure, before, after in figure_lines(changes, words):
        print(escape_terminal(f"{kind}: {figure}: {before} → {after}"))
    for change in moved:
        statuses = (texts(f"status.{status}") for status in (change.old, change.new))
        print(f"{change.target:6} {' → '.join(statuses)} {escape_terminal(change_sentence(change, words))}")
