"""Files of figures: check, import, undo."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from lib.access import owner
from lib.clock import today
from lib.commands.base import FAILED, open_seeded, print_json
from lib.faults import describe_problem, describe_table_problem
from lib.i18n import load_texts
from lib.intake import Kept, check_upload, describe_form, keep_rows, tell
from lib.schema import ACTUAL_COLUMNS
from lib.store import convert, open_store
from lib.tables import Tables, check_rules, check_tables, data_dir, read_tables
from lib.words import escape_terminal

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from lib.ingest.check import Checked
    from lib.ingest.told import Told

SAID: Final = ("region", "indicator", "period", "unit")  # what a file may leave unsaid


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
    store = open_seeded(tables)
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
    open_store(data_dir()).undo(options.upload, user=owner(options.user))
    print(load_texts(options.lang)("history.undone_notice", upload=options.upload), file=sys.stderr)
    return 0


def move(options: argparse.Namespace) -> int:
    """Make the uploads a Delta table in place, or copy them to a folder or an address such as s3://bucket/name."""
    moved = convert(data_dir(), options.target)
    texts, count = load_texts(options.lang), len(moved.history())
    key = "cli.copied" if options.target else "cli.converted"
    print(texts(key, count=count, place=str(moved.root)), file=sys.stderr)
    return 0


def _check_file(options: argparse.Namespace, tables: Tables) -> Checked:
    raw = options.file.read_bytes()
    form = {"published": options.published, "source": options.source, "told": _tell(options, tables)}
    return check_upload(raw, tables, today=today(), **form, known=open_store(data_dir()).read())


def _tell(options: argparse.Namespace, tables: Tables) -> Told:
    """What the options say of the file that it does not say itself. Raises DataError for what is not known."""
    said = {name: escape_terminal(getattr(options, name)) for name in SAID}
    return tell(tables, meanings=[escape_terminal(meaning) for meaning in options.column], **said)


def _check_tables(tables: Tables, options: argparse.Namespace) -> int:
    problems, texts = [*check_tables(tables), *check_rules(data_dir(), tables)], load_texts(options.lang)
    messages = [describe_table_problem(problem, texts) for problem in problems]
    if options.json:
        both = zip(problems, messages, strict=True)
        print_json({"problems": [{**asdict(problem), "message": message} for problem, message in both]})
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
        print_json({"rows": rows[list(ACTUAL_COLUMNS)].to_dict("records"), "problems": problems, **left_out})
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
