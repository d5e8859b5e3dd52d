"""The process that checks files: `python -m lib.sandbox.worker WAIT COMPUTE MEMORY`.

It imports all that a check needs. On Linux it then forks for each file a child with pipes of its own, which binds itself,
takes the file, answers and ends; elsewhere it does so itself, with its standard pipes and one file. It ends when the server
closes its input, and as badly as a child of its did.
"""

from __future__ import annotations

import gc
import os
import socket
import sys
from typing import IO

import openpyxl  # noqa: F401 - imported before the limits hold: a workbook needs it

from lib.ingest.check import check_file
from lib.ingest.tabular import parse_tables
from lib.sandbox.limits import Limits, bind
from lib.sandbox.process import REUSED, SIGNALLED
from lib.sandbox.wire import Failure, receive_task, send_checked, send_failure, send_parsed, send_step


def main() -> int:
    """Check what comes in; 0 whether anything did or the server only closed its input."""
    limits = Limits(*map(int, sys.argv[1:]))
    return _serve(limits) if REUSED else _check_one(limits, sys.stdin.buffer, sys.stdout.buffer)


def _serve(limits: Limits) -> int:
    """Fork for each pair of pipes that comes in, until the server is gone or a child ended badly."""
    line = socket.socket(fileno=sys.stdin.fileno())
    while pipes := socket.recv_fds(line, 1, 2)[1]:
        child = os.fork()
        with os.fdopen(pipes[0], "rb") as given, os.fdopen(pipes[1], "wb") as out:
            if not child:
                line.close()
                return _check_one(limits, given, out)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code:
            return code if code > 0 else SIGNALLED - code
    return 0


def _check_one(limits: Limits, given: IO[bytes], out: IO[bytes]) -> int:
    """Check and answer; 1 where it failed. Whatever goes wrong is told by its name only: its text may hold anything of the file.

    It is told once all that the check held is given back: telling takes memory too.
    """
    bind(limits)
    gc.disable()  # the process ends with the file; walking through a hundred thousand rows again and again is lost time
    failure = ""
    try:
        _check(given, out)
    except (MemoryError, SystemError):  # the second where a library finds no memory and does not say so
        failure = MemoryError.__name__
    except Exception as error:  # noqa: BLE001 - the server must hear of any
        failure = type(error).__name__
    if failure:
        send_failure(out, Failure(failure))
    return int(bool(failure))


def _check(given: IO[bytes], out: IO[bytes]) -> None:
    """Take the file, check it, and hand the outcome up; nothing where nobody wanted anything."""
    task = receive_task(given)
    if task and task.reference is None:
        send_parsed(out, parse_tables(task.raw, **task.form))
    elif task and task.reference:
        checked = check_file(task.raw, task.reference, **task.form, progress=lambda step: send_step(out, step))
        send_checked(out, checked)


if __name__ == "__main__":
    sys.exit(main())
