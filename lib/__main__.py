"""The command line: check, import, undo, status, export. It calls the functions that the pages call."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lib.access import owner
from lib.clock import today
from lib.export.bundle import write_bundle
from lib.export.figures import verdicts_table
from lib.export.record import verdict_record
from lib.export.table import to_csv
from lib.i18n import LANGUAGES, load_texts
from lib.intake import Kept, check_upload, describe_form, keep_rows, seed_store, tell
from lib.schema import ACTUAL_COLUMNS, DataError
from lib.store import Store
from lib.tables import Tables, check_rules, check_tables, data_dir, read_sound_tables, read_tables
from lib.verdict.board import Board, build_board
from lib.words import (
    Words,
    describe_error,
    describe_problem,
    describe_table_problem,
    escape_terminal,
    finding,
    name_things,
)

if TYPE_CHECKING:
    from lib.ingest.check import Checked
    from lib.ingest.told import Told

FAILED: Final = 1
_SAID: Final = ("region", "indicator", "period", "unit")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 if all is well, 1 if a file has errors, the data cannot be used or nobody reads to the end."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains when it flushes at exit
        return FAILED
    except DataError as error:
        print(describe_error(error, load_texts(options.lang)), file=sys.stderr)
        return FAILED
    except OSError as error:
        print(f"{error.filename or ''}: {error.strerror}", file=sys.stderr)
        return FAILED
    return code


def check(options: argparse.Namespace) -> int:
    """Check a file of figures, or without a file the tracker's own tables."""
    tables = read_tables(data_dir())
    if options.file is None:
        return _check_tables(tables, options)
    checked = _check_file(options, tables)
    _report(options.file, checked, options)
    _tell_dates(checked, options)
    return 0 if checked.ok else FAILED


def take_in(options: argparse.Namespace) -> int:
    """Check a file and keep it in the store: whole, or on request without the lines that have errors."""
    tables = read_tables(data_dir())
    store = _open_store(tables)
    checked = _check_file(options, tables)
    kept = keep_rows(checked, skip_errors=options.skip_errors)
    _report(options.file, checked, options, kept)
    if kept is None:
        return _refuse(checked, options)
    _tell_dates(checked, options)
    texts = load_texts(options.lang)
    form = describe_form(options.published, options.source, left_out=kept.left_out, told=_tell(options, tables))
    receipt = store.append(
        kept.rows, options.file.read_bytes(), name=options.file.name, user=owner(options.user), form=form
    )
    if kept.left_out:
        lines = ", ".join(map(str, kept.left_out))
        print(texts("checks.left_out", count=len(kept.left_out), rows=lines), file=sys.stderr)
    key = "upload.duplicate" if receipt.duplicate else "upload.saved"
    print(texts(key, rows=receipt.upload.rows, upload=receipt.upload.upload), file=sys.stderr)
    return 0


def _refuse(checked: Checked, options: argparse.Namespace) -> int:
    """Say why leaving out lines would not help, where it was asked for."""
    if options.skip_errors and len(checked.rows):
        print(load_texts(options.lang)("checks.cannot_skip"), file=sys.stderr)
    return FAILED


def undo(options: argparse.Namespace) -> int:
    """Withdraw an upload by its number, as the history and `import` give it; nothing is deleted."""
    Store(data_dir() / "actuals").undo(options.upload, user=owner(options.user))
    print(load_texts(options.lang)("history.undone_notice", upload=options.upload), file=sys.stderr)
    return 0


def status(options: argparse.Namespace) -> int:
    """Print the verdict on every target: for reading, or everything about it as JSON, or the numbers as CSV."""
    board, words = _board(options), _words(options.lang)
    chosen = _chosen(options, board, words)
    form = "json" if options.json else options.format
    if form == "json":
        languages = [_words(lang) for lang in LANGUAGES]
        _print_json([verdict_record(board, name, languages) for name in chosen])
    elif form == "csv":
        _write_bytes(to_csv(verdicts_table(board, words, chosen)))
    else:
        _print_table(board, chosen, words)
    return 0


def _chosen(options: argparse.Namespace, board: Board, words: Words) -> list[str]:
    """The targets asked for. Raises DataError for a plan or region that does not exist."""
    plans = [str(code) for code in board.tables.plans["plan"]]
    if options.plan not in (None, *plans):
        raise DataError("plan_unknown", plan=escape_terminal(options.plan), known=words.join(plans))
    if options.region not in (None, *words.regions):
        raise DataError("region_unknown", region=escape_terminal(options.region), known=words.join(list(words.regions)))
    return [
        name
        for name, target in board.targets.items()
        if options.plan in (None, target.plan) and options.region in (None, target.region, target.subject)
    ]


def _print_table(board: Board, chosen: list[str], words: Words) -> None:
    print(words.texts("cli.as_of", date=words.day(board.as_of)))
    if not chosen:
        print(words.texts("cli.no_targets"))
    for name in chosen:
        verdict = board.verdicts[name]
        sentence = finding(verdict, board.targets[name], words)
        print(f"{name:6} {words.texts(f'status.{verdict.status}')}: {escape_terminal(sentence)}")
        for mark in verdict.marks:
            print(f"{'':6} - {words.texts(f'mark.{mark}')}")


def _write_bytes(content: bytes) -> None:
    """Bytes to the standard output, as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)


def export(options: argparse.Namespace) -> int:
    """Write verdicts, figures and charts of a day into a folder."""
    board, words = _board(options), _words(options.lang)
    if options.folder is None:
        _write_bytes(to_csv(verdicts_table(board, words)))
        return 0
    for path in write_bundle(board, words, options.folder):
        print(path)
    return 0


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the messages")
    common.add_argument("--json", action="store_true", help="print JSON")
    form = argparse.ArgumentParser(add_help=False)
    form.add_argument("--published", type=date.fromisoformat, default=None, help="date for rows that give none")
    form.add_argument("--source", default="", help="source for rows that give none")
    for name in _SAID:
        form.add_argument(f"--{name}", default="", help=f"{name} of the figures of which the file does not say it")
    form.add_argument(
        "--column", action="append", default=[], metavar="HEADING=MEANING",
        help="a heading or name that is not known, and its column or code, or ignore; repeatable",
    )  # fmt: skip
    day = argparse.ArgumentParser(add_help=False)
    day.add_argument("--as-of", type=date.fromisoformat, default=today(), help="show what was known on this day")
    day.add_argument("--likely", action="store_true", help="also count members known with less than high confidence")
    parser = argparse.ArgumentParser(prog="python -m lib", description="Targets of a regional plan against actuals.")
    commands = parser.add_subparsers(required=True)
    _add(commands, "check", check, [common, form]).add_argument("file", nargs="?", type=Path)
    importing = _add(commands, "import", take_in, [common, form])
    importing.add_argument("file", type=Path)
    importing.add_argument("--user", required=True, help="who uploads")
    importing.add_argument("--skip-errors", action="store_true", help="keep the lines without errors, list the others")
    undoing = _add(commands, "undo", undo, [common])
    undoing.add_argument("upload", help="the upload's number")
    undoing.add_argument("--user", required=True, help="who withdraws it")
    asking = _add(commands, "status", status, [common, day])
    asking.add_argument("--plan", default=None, help="only the targets of this plan")
    asking.add_argument("--region", default=None, help="only the targets of this region's code")
    asking.add_argument("--format", choices=("table", "csv", "json"), default="table", help="how to print")
    _add(commands, "export", export, [common, day]).add_argument("folder", nargs="?", type=Path)
    return parser


def _add(commands: Any, name: str, run: Any, parents: list[argparse.ArgumentParser]) -> argparse.ArgumentParser:  # noqa: ANN401
    command: argparse.ArgumentParser = commands.add_parser(name, help=run.__doc__, parents=parents)
    command.set_defaults(run=run)
    return command


def _open_store(tables: Tables) -> Store:
    store = Store(data_dir() / "actuals")
    seed_store(store, data_dir(), tables, today=today())
    return store


def _board(options: argparse.Namespace) -> Board:
    if options.as_of > today():
        raise DataError("day_to_come", day=options.as_of.isoformat(), today=today().isoformat())
    tables = read_sound_tables(data_dir())
    return build_board(tables, _open_store(tables).read(), options.as_of, likely=options.likely)


def _words(lang: str) -> Words:
    return name_things(read_tables(data_dir()), load_texts(lang))


def _check_file(options: argparse.Namespace, tables: Tables) -> Checked:
    raw = options.file.read_bytes()
    form = {"published": options.published, "source": options.source, "told": _tell(options, tables)}
    return check_upload(raw, tables, today=today(), **form, known=Store(data_dir() / "actuals").read())


def _tell(options: argparse.Namespace, tables: Tables) -> Told:
    """What the options say of the file that it does not say itself. Raises DataError for what is not known."""
    said = {name: escape_terminal(getattr(options, name)) for name in _SAID}
    return tell(tables, meanings=[escape_terminal(meaning) for meaning in options.column], **said)


def _check_tables(tables: Tables, options: argparse.Namespace) -> int:
    problems, texts = [*check_tables(tables), *check_rules(data_dir(), tables)], load_texts(options.lang)
    messages = [describe_table_problem(problem, texts) for problem in problems]
    if options.json:
        both = zip(problems, messages, strict=True)
        _print_json({"problems": [{**asdict(problem), "message": message} for problem, message in both]})
        return FAILED if problems else 0
    for message in messages or [texts("cli.tables_sound")]:
        print(escape_terminal(message))
    return FAILED if problems else 0


def _tell_dates(checked: Checked, options: argparse.Namespace) -> None:
    """Say how many figures have no date of publication, as the page does."""
    missing = int(checked.rows["published"].isna().sum())
    if missing:
        print(load_texts(options.lang)("cli.no_date", count=missing), file=sys.stderr)


def _report(file: Path, checked: Checked, options: argparse.Namespace, kept: Kept | None = None) -> None:
    """Rows in canonical codes and units, those to be kept if that is settled; problems with place, words and cure."""
    texts = load_texts(options.lang)
    frame = checked.rows if kept is None else kept.rows
    if options.json:
        rows = frame.assign(published=frame["published"].dt.strftime("%Y-%m-%d").fillna(""))
        problems = [
            {
                **{name: getattr(problem, name) for name in ("severity", "code", "row", "column", "value")},
                "message": describe_problem(problem, texts),
                "fix": problem.fix,
            }
            for problem in checked.problems
        ]
        left_out = {"left_out": list(kept.left_out)} if kept and kept.left_out else {}
        _print_json({"rows": rows[list(ACTUAL_COLUMNS)].to_dict("records"), "problems": problems, **left_out})
        return
    errors = sum(problem.severity == "error" for problem in checked.problems)
    warnings = len(checked.problems) - errors
    for problem in checked.problems:
        print(
            f"{texts(f'severity.{problem.severity}')} {problem.code}: {escape_terminal(describe_problem(problem, texts))}"
        )
        if problem.fix:
            print(texts("cli.fix", fix=escape_terminal(problem.fix)))
    print(texts("cli.checked", name=file.name, rows=len(frame), errors=errors, warnings=warnings))


def _print_json(content: object) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    sys.exit(main())
