"""The tracker on a day: verdicts for reading and for machines, and everything into a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.commands.base import load_board, load_words, print_json, write_bytes
from lib.explain import stand
from lib.export.bundle import write_bundle
from lib.export.figures import verdicts_table
from lib.export.record import verdict_record
from lib.export.table import to_csv
from lib.i18n import LANGUAGES
from lib.schema import DataError
from lib.words import escape_terminal, finding

if TYPE_CHECKING:
    import argparse

    from lib.verdict.board import Board
    from lib.words import Words


def status(options: argparse.Namespace) -> int:
    """Print the verdict on every target: for reading, or everything about it as JSON, or the numbers as CSV."""
    board, words = load_board(options), load_words(options.lang, options.plan)
    chosen = _chosen(options, board, words)
    form = "json" if options.json else options.format
    if form == "json":
        languages = [load_words(lang, options.plan) for lang in LANGUAGES]
        print_json([verdict_record(board, name, languages) for name in chosen])
    elif form == "csv":
        write_bytes(to_csv(verdicts_table(board, words, chosen)))
    else:
        _print_table(board, chosen, words)
    return 0


def _chosen(options: argparse.Namespace, board: Board, words: Words) -> list[str]:
    """The targets asked for. Raises DataError for a region that does not exist."""
    if options.region not in (None, *words.regions):
        raise DataError("region_unknown", region=escape_terminal(options.region), known=words.join(list(words.regions)))
    return list(board.targets_of(options.region or ""))


def _print_table(board: Board, chosen: list[str], words: Words) -> None:
    print(words.texts("cli.as_of", date=words.day(board.as_of)) if board.entry is None else stand(board, words))
    if not chosen:
        print(words.texts("cli.no_targets"))
    for name in chosen:
        verdict = board.verdicts[name]
        sentence = finding(verdict, board.targets[name], words)
        print(f"{name:6} {words.texts(f'status.{verdict.status}')}: {escape_terminal(sentence)}")
        for mark in verdict.marks:
            print(f"{'':6} - {words.texts(f'mark.{mark}')}")


def export(options: argparse.Namespace) -> int:
    """Write verdicts, figures and charts of a day into a folder."""
    board, words = load_board(options), load_words(options.lang, options.plan)
    if options.folder is None:
        write_bytes(to_csv(verdicts_table(board, words)))
        return 0
    for path in write_bundle(board, words, options.folder, pictures=options.pictures):
        print(path)
    return 0
