"""A process that checks files, as the server sees it: pipes for a task, how it ended, its end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lib.sandbox.limits import Limits

REUSED: Final = sys.platform == "linux"  # one process serves file after file, each in a child forked for it
PATIENCE: Final = 5  # seconds for a process that was told to end
_ROOT: Final = Path(__file__).resolve().parents[2]
SIGNALLED: Final = 128  # a worker whose child was ended by a signal ends with this and the signal's number
# What a process needs of its surroundings to start; it inherits nothing else, no secret among them.
_INHERITED: Final = ("PATH", "LD_LIBRARY_PATH", "LANG", "SYSTEMROOT", "TEMP", "TMP")
_SURROUNDINGS: Final = {
    "OPENPYXL_LXML": "False",  # the standard parser, which defusedxml guards
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # who forks has one thread
    "MALLOC_ARENA_MAX": "1",  # addresses are limited: none are set aside for threads that never come
}


class Process:
    """A process of its own session with nothing but its pipes; it starts up while we go on."""

    def __init__(self, limits: Limits) -> None:
        """Start it."""
        self._line: socket.socket | None
        self._line, theirs = socket.socketpair() if REUSED else (None, None)
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-s", "-m", "lib.sandbox.worker", *limits.arguments()],
            cwd=_ROOT,
            env={name: os.environ[name] for name in _INHERITED if name in os.environ} | _SURROUNDINGS,
            stdin=theirs.fileno() if theirs else subprocess.PIPE,
            stdout=subprocess.DEVNULL if REUSED else subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        if theirs:
            theirs.close()

    @property
    def number(self) -> int:
        """The system's number of it."""
        return self._process.pid

    def lives(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    @contextmanager
    def pipes(self) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
        """Where it listens and where it speaks, for one task: nothing of an earlier file can speak there.

        Raises OSError where the process has ended.
        """
        if self._line is None:
            yield _standard(self._process)
            return
        (given, asks), (answers, out) = os.pipe(), os.pipe()
        with os.fdopen(asks, "wb") as task, os.fdopen(answers, "rb") as answer:
            try:
                socket.send_fds(self._line, [b"\0"], [given, out])
            finally:
                os.close(given)
                os.close(out)
            yield task, answer

    def ending(self) -> str:
        """The name of the signal that ended it or its child, awaited for a moment; empty where none did."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(PATIENCE)
        code = self._process.returncode or 0
        names = {item.value: item.name for item in signal.Signals}
        return names.get(-code if code < 0 else code - SIGNALLED, "")

    def kill(self) -> None:
        """Kill it with all that it started, if it is not yet waited for: its number may then be another's."""
        if self._process.returncode is not None:
            return
        with suppress(OSError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Leave nothing behind: no process, no zombie, no pipe."""
        self.kill()
        self._process.wait(PATIENCE)
        for end in (self._line, self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if end:
                    end.close()


def _standard(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    """The pipes that it was started with."""
    if process.stdin is None or process.stdout is None:
        raise ValueError(process.pid)
    return process.stdin, process.stdout
