"""A queue for writers, so that none prepares an entry for a number that another takes first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Final

if os.name != "nt":
    import fcntl

_PATIENCE: Final = 10  # seconds


@contextmanager
def queue(folder: Path) -> Iterator[None]:
    """Hold the folder's lock for the block; whoever is killed lets go of it.

    Only a courtesy: where there is no such lock (Windows, some network folders), or its holder stands still for longer
    than ten seconds, the writer goes ahead. The link decides who gets a number.
    """
    handle = None
    with suppress(OSError):
        if os.name != "nt":
            handle = os.open(folder, os.O_RDONLY)
            _wait(handle)
    try:
        yield
    finally:
        if handle is not None:
            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_UN)  # at once, even where a child process has inherited the handle
            with suppress(OSError):
                os.close(handle)


def _wait(handle: int) -> None:
    """Take the lock, or stand in line for it and give up after a while."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        line = Thread(target=fcntl.flock, args=(handle, fcntl.LOCK_EX), daemon=True)
        line.start()
        line.join(_PATIENCE)
