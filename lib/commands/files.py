"""Files of figures: check, import, undo."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from lib.access import owner
from lib.additions.keep import take_back
from lib.clock import today
from lib.commands.base import FAILED, load_tables, open_seeded, print_json
from lib.commands.tables import check_own, check_rows, find_rows, take_in_rows
from lib.faults import describe_problem
from lib.i18n import load_texts
from lib.intake import Kept, check_upload, describe_form, keep_rows, tell
from lib.schema import ACTUAL_COLUMNS, DataError
from lib.store import convert, open_additions, open_store
from lib.tables import Tables, data_dir
from lib.words import escape_terminal

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from lib.ingest.check import Checked
    from lib.ingest.told import Told

SAID: Final = ("region", "indicator", "period", "unit")  # what a file may leave unsaid


def check(options: argparse.Namespace) -> int:
    """Check a file of figures, or files of rows for the tables; without a file the tracker's own tables."""
    if not options.file:
        return check_own(options)
    if sent := find_rows(options.file):
        return check_rows(sent, options)
    tables = load_tables()
    checked = _check_file(options, tables)
    _report(options.file[0], checked, options)
    _tell_dates(checked, options)
    return 0 if checked.ok else FAILED


def take_in(options: argparse.Namespace) -> int:
    """Check a file of figures, or files of rows for the tables, and keep it; figures on request without lines with errors."""
    if sent := find_rows(options.file):
        return take_in_rows(sent, options)
    tables = load_tables()
    store = open_seeded()
    checked = _check_file(options, tables)
    kept = keep_rows(checked, skip_errors=options.skip_errors)
    _report(options.file[0], checked, options, kept)
    if kept is None:
        return _refuse(checked, options)
    _tell_dates(checked, options)
    texts = load_texts(options.lang)
    form = describe_form(options.published, options.source, left_out=kept.left_out, told=_tell(options, tables))
    receipt = store.append(
        kept.rows, options.file[0].read_bytes(), name=options.file[0].name, user=owner(options.user), form=form
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
    user, additions = owner(options.user), open_additions(data_dir())
    if any(item.upload == options.upload for item in additions.history()):
        take_back(data_dir(), options.upload, user=user)
    else:
        open_store(data_dir()).undo(options.upload, user=user)
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
    first, *others = options.file
    if others:
        raise DataError("one_file_of_figures", files=", ".join(file.name for file in options.file))
    raw = first.read_bytes()
    form = {"published": options.published, "source": options.source, "told": _tell(options, tables)}
    return check_upload(raw, tables, today=today(), **form, known=open_store(data_dir()).read())


def _tell(options: argparse.Namespace, tables: Tables) -> Told:
    """What the options say of the file that it does not say itself. Raises DataError for what is not known."""
    said = {name: escape_terminal(getattr(options, name)) for name in SAID}
    return tell(tables, meanings=[escape_terminal(meaning) for meaning in options.column], **said)


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
