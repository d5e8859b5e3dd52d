"""The command line: check, import, undo, convert, status, export, health, history, diff; it calls what the pages call."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

from lib.clock import today
from lib.commands.base import FAILED
from lib.commands.files import SAID, check, move, take_in, undo
from lib.commands.history import diff, history
from lib.commands.state import export, health, status
from lib.faults import describe_error
from lib.i18n import LANGUAGES, load_texts
from lib.schema import DataError


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


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the messages")
    common.add_argument("--json", action="store_true", help="print JSON")
    form = argparse.ArgumentParser(add_help=False)
    form.add_argument("--published", type=date.fromisoformat, default=None, help="date for rows that give none")
    form.add_argument("--source", default="", help="source for rows that give none")
    for name in SAID:
        form.add_argument(f"--{name}", default="", help=f"{name} of the figures of which the file does not say it")
    form.add_argument(
        "--column", action="append", default=[], metavar="HEADING=MEANING",
        help="a heading or name that is not known, and its column or code, or ignore; repeatable",
    )  # fmt: skip
    day = _day_options()
    parser = argparse.ArgumentParser(prog="python -m lib", description="Targets of a regional plan against actuals.")
    commands = parser.add_subparsers(required=True)
    _add(commands, "check", check, [common, form]).add_argument("file", nargs="*", type=Path)
    importing = _add(commands, "import", take_in, [common, form])
    importing.add_argument("file", nargs="+", type=Path)
    importing.add_argument("--user", required=True, help="who uploads")
    importing.add_argument("--skip-errors", action="store_true", help="keep the lines without errors, list the others")
    undoing = _add(commands, "undo", undo, [common])
    undoing.add_argument("upload", help="the upload's number")
    undoing.add_argument("--user", required=True, help="who withdraws it")
    asking = _add(commands, "status", status, [common, day])
    asking.add_argument("--region", default=None, help="only the targets of this region's code")
    asking.add_argument("--format", choices=("table", "csv", "json"), default="table", help="how to print")
    _add(commands, "convert", move, [common]).add_argument("target", nargs="?", default="")
    exporting = _add(commands, "export", export, [common, day])
    exporting.add_argument("folder", nargs="?", type=Path)
    exporting.add_argument("--pictures", action="store_true", help="charts also as PNG, SVG and PDF; needs a Chromium")
    _add(commands, "health", health, [common])
    _add(commands, "history", history, [common]).add_argument("--tables", action="store_true", help="of the tables")
    comparing = _add(commands, "diff", diff, [common, day])
    comparing.add_argument("start", metavar="FROM", help="number of an entry (0: before the first) or a day")
    comparing.add_argument("end", metavar="TO", help="number of an entry or a day")
    return parser


def _day_options() -> argparse.ArgumentParser:
    day = argparse.ArgumentParser(add_help=False)
    day.add_argument("--plan", default="", help="code of the plan; without it the first of plans.csv")
    day.add_argument("--as-of", type=date.fromisoformat, default=today(), help="show what was known on this day")
    day.add_argument("--entry", type=int, default=None, help="show what was held after this entry of the history")
    day.add_argument("--likely", action="store_true", help="also count members known with less than high confidence")
    return day


def _add(commands: Any, name: str, run: Any, parents: list[argparse.ArgumentParser]) -> argparse.ArgumentParser:  # noqa: ANN401
    command: argparse.ArgumentParser = commands.add_parser(name, help=run.__doc__, parents=parents)
    command.set_defaults(run=run)
    return command


if __name__ == "__main__":
    sys.exit(main())
