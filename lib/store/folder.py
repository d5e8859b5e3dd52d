"""Entries as immutable Parquet files in a local folder, published whole or not at all.

Entries are `store/00000001.parquet` and on, one an upload or undo, numbered without gaps; the name is the lock: each is
written and synced in `staging/`, then hard-linked to the next number, which one writer can claim. Nothing published
ever changes. `raw/<sha256>` keeps the files as they came.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from lib.schema import DataError
from lib.store.entry import Entry, Upload, decode, describe, encode
from lib.store.place import told
from lib.store.queue import queue


@dataclass(frozen=True)
class Folder:
    """A folder, made by the first write. Any number of processes on one machine may share it."""

    root: Path
    staging: str = "staging"

    def newest(self) -> int:
        """Give the highest number taken, 0 when none."""
        folder = self.root / "store"
        with told("store_damaged", file=folder.name):
            names = os.listdir(folder) if folder.exists() else []  # noqa: PTH208 - a path for each name takes ten times as long
            numbers = (name.removesuffix(".parquet") for name in names if name.endswith(".parquet"))
            return max((int(number) for number in numbers if number.isdecimal()), default=0)

    def path_of(self, seq: int) -> Path:
        """Name an entry's file."""
        return self.root / "store" / f"{seq:08d}.parquet"

    def entry(self, seq: int) -> Entry:
        """Read one entry, once a process as long as its file stands untouched."""
        path = self.path_of(seq)
        with told("store_damaged", file=path.name):
            found = path.stat()
            return _load(path, found.st_size, found.st_mtime_ns)

    def describe(self, seq: int) -> Upload:
        """Read what describes one entry, once a process as long as its file stands untouched."""
        path = self.path_of(seq)
        with told("store_damaged", file=path.name):
            found = path.stat()
            return _describe(path, found.st_size, found.st_mtime_ns)

    def queue(self) -> AbstractContextManager[None]:
        """Let writers stand in line, so that none prepares an entry for a number that another takes first."""
        return queue(self.root / "store")

    def publish(self, upload: Upload, figures: pa.Table) -> bool:
        """Publish an entry under its number; False if another writer took it first."""
        return self.link(encode(upload, figures), self.path_of(upload.seq))

    def keep_raw(self, source: str, raw: bytes) -> None:
        """Keep a file under the sha256 of its bytes."""
        self.link(raw, self.root / "raw" / source)

    def raw(self, source: str) -> bytes:
        """Give what is kept under a sha256."""
        with told("store_damaged", file=f"raw/{source}"):
            return (self.root / "raw" / source).read_bytes()

    def settle(self) -> None:
        """Make the entries' names durable."""
        sync_folder(self.root / "store")

    def sweep(self) -> None:
        """Forget what was read, and remove from staging what killed writers left."""
        for path in (self.root / self.staging).glob("*"):
            with suppress(OSError):
                if datetime.now(UTC).timestamp() - path.stat().st_mtime > 3600:  # no writer takes an hour
                    path.unlink()
        _load.cache_clear()
        _describe.cache_clear()

    def writable(self) -> bool:
        """Tell whether a file can be written, synced and linked here now."""
        with suppress(OSError, DataError), self.staged(b"probe") as staged:
            twin = self.root / "raw" / staged.name
            os.link(staged, twin)
            twin.unlink()
            return True
        return False

    @told("store_unwritable")
    def link(self, payload: bytes, target: Path) -> bool:
        """Create `target` with this content, durably and in one step; False if it is there already."""
        with self.staged(payload) as staged:
            created = False
            with suppress(FileExistsError):
                os.link(staged, target)
                created = True
            sync_folder(target.parent)  # also when another writer made it: that one may not have got as far
            return created

    @contextmanager
    def staged(self, payload: bytes) -> Iterator[Path]:
        """Hold a synced file with this content, outside the table, for the block. Raises OSError or DataError."""
        for folder in (self.staging, "raw", "store"):
            (self.root / folder).mkdir(parents=True, exist_ok=True)
        sync_folder(self.root)
        path = self.root / self.staging / os.urandom(16).hex()
        try:
            with path.open("xb") as file:
                file.write(payload)
                file.flush()
                os.fsync(file.fileno())
            yield path
        finally:
            with suppress(OSError):
                path.unlink()


@lru_cache(maxsize=8192)
def _load(path: Path, _size: int, _changed: int) -> Entry:
    entry = decode(path.read_bytes())
    if entry[0].seq != int(path.stem):
        raise ValueError("content differs from its number")
    return entry


@lru_cache(maxsize=8192)
def _describe(path: Path, _size: int, _changed: int) -> Upload:
    upload = describe(path.read_bytes())
    if upload.seq != int(path.stem):
        raise ValueError("description differs from its number")
    return upload


@told("store_unwritable")
def sync_folder(folder: Path) -> None:
    """Make a folder's names durable; on Windows there is no such call."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
