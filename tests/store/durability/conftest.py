"""A store with a little history, and what a process that has never read it finds there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from lib.store import Store
from tests.store.durability.worker import ROOT, publish

WORKER = Path(__file__).with_name("worker.py")


@pytest.fixture(name="store")
def stored(tmp_path):
    """A store with two uploads, one of them undone and made again."""
    store = Store(tmp_path / "actuals")
    for label in ("first", "second"):
        publish(store, label)
    return store


@pytest.fixture(scope="session")
def held():
    """What a fresh reader of a folder finds, which must be sound: uploads active and withdrawn, with their rows' number."""

    def read(root):
        store = Store(root)
        assert store.check() == []  # forgets what this process has read before
        rows = Counter(store.read()["source"])
        uploads = store.history()
        assert [item.seq for item in uploads] == list(range(len(uploads), 0, -1))
        assert {item.name: item.rows for item in uploads if item.active} == rows
        return [(item.action, item.name) for item in reversed(uploads)], rows

    return read


@pytest.fixture(scope="session")
def run():
    """Let writers loose in processes of their own; gives what they noted."""
    if not hasattr(os, "fork"):
        pytest.skip("the writers are forked")

    def work(how, root, *arguments, patience=300):
        command = [sys.executable, str(WORKER), how, str(root), *map(str, arguments)]
        subprocess.run(command, cwd=ROOT, check=True, timeout=patience)
        return notes(root)

    return work


def notes(root):
    """The lines that were noted beside a store."""
    path = Path(f"{root}.notes")
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


@pytest.fixture
def small_disk(tmp_path):
    """Mount a file system of so many kilobytes; needs the right to mount."""
    mounted = []

    def mount(size):
        folder = tmp_path / "disk"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "none", str(folder)]
        if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("a file system can be mounted by root on Linux only")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)
