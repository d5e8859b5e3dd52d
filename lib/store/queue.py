"""A queue for writers, so that none prepares an entry for a number that another takes first."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from typing import Final

if os.name != "nt":
    import fcntl

_PATIENCE: Final = 10.0  # seconds
_LINE: Final = ".line"  # a file with a byte for each writer who ever came


@contextmanager
def queue(folder: Path) -> Iterator[None]:
    """Wait until those who came before have left, and hold the folder for the block; whoever is killed lets go of it.

    Only a courtesy: where there are no such locks (Windows, some network folders), or somebody ahead stands still for
    longer than ten seconds, the writer goes ahead. The link decides who gets a number.
    """
    deadline = monotonic() + _PATIENCE
    here = _here(folder)  # the system's locks on bytes belong to processes: threads stand in a line of their own
    first = here.acquire(timeout=_PATIENCE)
    handle = None
    with suppress(OSError):
        if os.name != "nt":
            handle = os.open(folder / _LINE, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
            _stand_in_line(handle, deadline)
    try:
        yield
    finally:
        if handle is not None:
            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_UN)  # at once, even where a child process has inherited the handle
            with suppress(OSError):
                os.close(handle)  # lets go of the byte
        if first:
            here.release()


@lru_cache(maxsize=16)
def _here(_folder: Path) -> Lock:
    return Lock()


def _stand_in_line(handle: int, deadline: float) -> None:
    """Hold a byte of one's own and wait for the byte of whoever came just before: each hands on to the next.

    With a plain lock all wake for each that leaves, and a writer who comes back may pass those who wait. One killed while
    waiting leaves a gap in the line, which is why the lock on the whole file is taken at its end.
    """
    os.write(handle, b".")
    place = os.lseek(handle, 0, os.SEEK_CUR)
    with suppress(BlockingIOError):  # whoever came next was quicker to wait for it, and goes first
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
    _wait(lambda how: fcntl.lockf(handle, how, 1, place - 1), deadline)
    _wait(lambda how: fcntl.flock(handle, how), deadline)


def _wait(lock: Callable[[int], None], deadline: float) -> None:
    """Take a lock, or wait for it until the deadline."""
    try:
        lock(fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        line = Thread(target=_quietly, args=(lock,), daemon=True)
        line.start()
        line.join(max(0.0, deadline - monotonic()))


def _quietly(lock: Callable[[int], None]) -> None:
    """Wait for a lock for as long as it takes; whatever else becomes of it, the writer goes ahead."""
    with suppress(OSError):
        lock(fcntl.LOCK_EX)
