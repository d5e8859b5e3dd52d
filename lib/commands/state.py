"""The tracker on a day: verdicts for reading and for machines, and everything into a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib import formats
from lib.commands.base import FAILED, load_board, load_words, print_json, write_bytes
from lib.explain import stand
from lib.export.bundle import write_bundle
from lib.export.figures import verdicts_table
from lib.export.record import verdict_record
from lib.export.table import to_csv
from lib.export.trail import when
from lib.health import read_health
from lib.i18n import LANGUAGES, load_texts
from lib.schema import DataError
from lib.store import open_additions, open_store
from lib.tables import data_dir, read_sound_tables
from lib.words import escape_terminal, finding

if TYPE_CHECKING:
    import argparse

    from lib.health import Health
    from lib.i18n import Texts
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


def health(options: argparse.Namespace) -> int:
    """Check every file of both stores, and tell its version, the last upload and how fresh the figures are; 1 if not well."""
    read_sound_tables(data_dir())
    store = open_store(data_dir())
    problems = (*store.check(), *open_additions(data_dir()).check())
    found = read_health(store, store.read, problems)
    if options.json:
        print_json(_health_record(found))
    else:
        for line in _health_lines(found, load_texts(options.lang)):
            print(escape_terminal(line))
    return 0 if found.is_well else FAILED


def _health_record(found: Health) -> dict[str, object]:
    last = found.last_upload
    return {
        "well": found.is_well,
        "version": found.version,
        "figures": found.figures,
        "newest_figure": found.newest_figure.isoformat() if found.newest_figure else None,
        "last_upload": {"upload": last.upload, "at": last.uploaded_at.isoformat(timespec="seconds")} if last else None,
        "writable": found.writable,
        "damaged": [problem.value for problem in found.problems],
    }


def _health_lines(found: Health, texts: Texts) -> list[str]:
    last, newest = found.last_upload, found.newest_figure
    upload = {"when": when(last.uploaded_at), "user": last.user, "name": last.name} if last else {}
    return [
        texts("health.store", version=int(found.version), figures=f"{found.figures:,}"),
        texts("health.upload", **upload) if last else texts("health.no_upload"),
        *([texts("health.newest", date=formats.day(newest, texts.lang))] if newest else []),
        *(texts("health.problem", file=problem.value) for problem in found.problems),
        *([] if found.writable else [texts("health.unwritable")]),
    ]
