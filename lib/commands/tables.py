"""The tracker's own tables: check them as they stand, check and keep rows that are to be added."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from lib.access import owner
from lib.additions.keep import keep
from lib.additions.overlay import read_laid
from lib.additions.review import Sent, review
from lib.clock import today
from lib.commands.base import FAILED, print_json
from lib.faults import describe_flaw, describe_table_problem
from lib.i18n import load_texts
from lib.ingest.tabular import parse_tables
from lib.store import open_additions
from lib.tables import check_numbers, check_rules, check_tables, data_dir, read_tables, read_texts, rows_of
from lib.words import escape_terminal

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from lib.additions.review import Flaw, Review


def check_own(options: argparse.Namespace) -> int:
    """Check the tables as they ship, and the roles; then what was uploaded for them."""
    tables, texts = read_tables(data_dir()), load_texts(options.lang)
    numbers = check_numbers(read_texts(data_dir()))
    problems = [*numbers, *check_tables(tables), *check_rules(data_dir(), tables)]
    problems = problems or check_tables(read_laid(data_dir()).tables)
    messages = [describe_table_problem(problem, texts) for problem in problems]
    if options.json:
        both = zip(problems, messages, strict=True)
        print_json({"problems": [{**asdict(problem), "message": message} for problem, message in both]})
        return FAILED if problems else 0
    for message in messages or [texts("cli.tables_sound")]:
        print(escape_terminal(message))
    return FAILED if problems else 0


def find_rows(files: Sequence[Path]) -> list[Sent]:
    """The files as read, if the first is one of rows for the tables, told by its header; else none."""
    regions = read_texts(data_dir())["regions"]
    names = frozenset(regions["zh"])
    first = Sent(files[0].name, raw := files[0].read_bytes(), parse_tables(raw, names))
    if not first.parsed.known:
        return []
    others = ((file.name, file.read_bytes()) for file in files[1:])
    return [first, *(Sent(name, raw, parse_tables(raw, names)) for name, raw in others)]


def check_rows(sent: Sequence[Sent], options: argparse.Namespace) -> int:
    """Say what is wrong with rows for the tables and what they would change."""
    found = review(sent, read_laid(data_dir()), today=today())
    _report(sent, found, options)
    return 0 if found.ok else FAILED


def take_in_rows(sent: Sequence[Sent], options: argparse.Namespace) -> int:
    """Check rows for the tables with them, and keep them all or none."""
    seen, texts = open_additions(data_dir()).version(), load_texts(options.lang)
    found = review(sent, read_laid(data_dir(), int(seen)), today=today())
    _report(sent, found, options)
    if not found.ok:
        return FAILED
    if found.idle:
        print(texts("additions.unchanged"), file=sys.stderr)
        return 0
    receipt = keep(data_dir(), found, sent, user=owner(options.user), seen=seen)
    key = "additions.duplicate" if receipt.duplicate else "additions.saved"
    print(texts(key, rows=receipt.upload.rows, upload=receipt.upload.upload), file=sys.stderr)
    return 0


def _report(sent: Sequence[Sent], found: Review, options: argparse.Namespace) -> None:
    """The rows with what each would do; the problems with place, words and what would be right."""
    texts = load_texts(options.lang)
    if options.json:
        rows = [_row(row) for row in rows_of(found.rows)]
        print_json({"rows": rows, "problems": [_told(flaw, describe_flaw(flaw, texts)) for flaw in found.flaws]})
        return
    for flaw in found.flaws:
        place = texts("additions.place", file=flaw.file, row=flaw.problem.row or "—", column=flaw.problem.column or "—")
        severity = texts(f"severity.{flaw.problem.severity}")
        print(escape_terminal(f"{severity} {flaw.problem.code}: {place}: {describe_flaw(flaw, texts)}"))
    counts = found.rows["change"].value_counts()
    kinds = {kind: int(counts.get(kind, 0)) for kind in ("new", "changed", "unchanged")}
    names = ", ".join(item.name for item in sent)
    errors = sum(flaw.is_error for flaw in found.flaws)
    print(escape_terminal(texts("additions.checked", name=names, errors=errors, **kinds)))


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """A row for machines: where it stood, what it would do, its cells and those it takes the place of."""
    was = json.loads(row["was"]) if row["was"] else None
    place = {name: row[name] for name in ("table", "file", "row", "change")}
    return {**place, "cells": json.loads(row["cells"]), "was": was}


def _told(flaw: Flaw, message: str) -> dict[str, Any]:
    """A problem for machines, as problems with figures are told, with its file and table."""
    said = {name: getattr(flaw.problem, name) for name in ("severity", "code", "row", "column", "value")}
    return {**said, "message": message, "fix": flaw.problem.fix, "file": flaw.file, "table": flaw.table}
