"""The process that checks one file and ends: `python -m lib.sandbox.worker WAIT COMPUTE MEMORY`, spoken to through its pipes.

It imports all that a check needs, binds itself, and only then takes the file. It ends when the server closes its input.
"""

from __future__ import annotations

import gc
import sys
from typing import IO

import openpyxl  # noqa: F401 - imported before the limits hold: a workbook needs it

from lib.ingest.check import check_file
from lib.sandbox.limits import Limits, bind
from lib.sandbox.wire import Failure, receive_task, send_checked, send_failure, send_step


def main() -> int:
    """Check the one file that comes in; 0 whether it did or nobody wanted anything."""
    bind(Limits(*map(int, sys.argv[1:])))
    gc.disable()  # the process ends with the file; walking through a hundred thousand rows again and again is lost time
    _answer(sys.stdin.buffer, sys.stdout.buffer)
    return 0


def _answer(given: IO[bytes], out: IO[bytes]) -> None:
    """Check and answer. Whatever goes wrong is told by its name only: its text may hold anything of the file.

    It is told once all that the check held is given back: telling takes memory too.
    """
    failure = ""
    try:
        _check(given, out)
    except (MemoryError, SystemError):  # the second where a library finds no memory and does not say so
        failure = MemoryError.__name__
    except Exception as error:  # noqa: BLE001 - the server must hear of any
        failure = type(error).__name__
    if failure:
        send_failure(out, Failure(failure))


def _check(given: IO[bytes], out: IO[bytes]) -> None:
    """Take the file, check it, and hand the outcome up; nothing where nobody wanted anything."""
    task = receive_task(given)
    if task:
        checked = check_file(task.raw, task.reference, **task.form, progress=lambda step: send_step(out, step))
        send_checked(out, checked)


if __name__ == "__main__":
    sys.exit(main())
