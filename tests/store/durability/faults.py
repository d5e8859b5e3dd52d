"""Every call of the system by which the store touches its folder, counted, and one of them made to fail."""

from __future__ import annotations

import builtins
import fcntl
import io
import os
from pathlib import Path

BY_PATH = ("listdir", "link", "mkdir", "open", "scandir", "stat", "unlink")
BY_HANDLE = ("close", "fsync", "lseek", "write")
ON_FILE = ("close", "flush", "read", "readinto", "readall", "write")


class Calls:
    """While it is entered, `fail` is called in place of the `at`-th call below a folder; `reached` is that call's name.

    Found by `strace -f -e trace=file,desc` on an append and an undo: mkdir, openat, write, fsync, link, unlink, close,
    newfstatat, getdents64, read, lseek, fcntl and flock. lseek and ioctl, which Python adds on opening, go with openat here.
    """

    def __init__(self, root, at, fail):
        """Let the `at`-th call below `root` fail."""
        self.root, self.left, self.fail, self.reached = str(root), at, fail, ""
        self.before = {(os, name): getattr(os, name) for name in (*BY_PATH, *BY_HANDLE)}
        self.before |= {(io, "open"): io.open, (builtins, "open"): open, (fcntl, "flock"): fcntl.flock}
        self.before[fcntl, "lockf"] = fcntl.lockf

    def __enter__(self):
        """Stand in the way."""
        for owner, name in self.before:
            setattr(owner, name, self._guard(owner, name))
        return self

    def __exit__(self, *_):
        """Give the calls back."""
        for (owner, name), call in self.before.items():
            setattr(owner, name, call)

    def _guard(self, owner, name):
        call = self.before[owner, name]

        def guarded(*args, **kwargs):
            by_path = isinstance(args[0], (str, Path))
            if by_path and not str(args[0]).startswith(self.root):
                return call(*args, **kwargs)
            if name == "close":  # a handle that the system could not close is closed nevertheless
                call(*args)
                return self.step("close")
            self.step(name)
            made = call(*args, **kwargs)
            return File(made, self) if owner is not os and by_path else made

        return guarded

    def step(self, name):
        """Count a call; fail in its place if its turn has come."""
        self.left -= 1
        if self.left == 0:
            self.reached = name
            self.fail()


class File:
    """An open file whose calls are counted too. A write that fails has written half, as on a disk that fills up."""

    def __init__(self, file, calls):
        """Stand before a file."""
        self.file, self.calls = file, calls

    def __enter__(self):
        """As the file does."""
        return self

    def __exit__(self, *_):
        """Close the file, as the file does."""
        self.file.close()
        self.calls.step("close")

    def __getattr__(self, name):
        """Hand on what touches no disk."""
        call = getattr(self.file, name)
        if name not in ON_FILE:
            return call

        def counted(*args):
            if name == "write" and self.calls.left == 1:
                call(args[0][: len(args[0]) // 2])
                self.file.flush()
            self.calls.step(name)
            return call(*args)

        return counted
