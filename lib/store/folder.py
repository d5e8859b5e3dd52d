"""Entries as immutable Parquet files in a local folder, published whole or not at all.

Entries are `store/00000001.parquet` and on, one an upload or undo, numbered without gaps; the name is the lock: each is
written and synced in `staging/`, then hard-linked to the next number, which one writer can claim. Nothing published
ever changes. `raw/<sha256>` keeps the files as they came.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final

import pyarrow as pa

from lib.schema import DataError
from lib.store.entry import Entry, Prepared, Upload, decode, describe, encode, glance, take_rows
from lib.store.pick import Held, Wanted, pick_from, read_picked
from lib.store.place import told
from lib.store.queue import queue

HELD: Final = Held(1 << 28)  # bytes of rows that this process read, whole entries or what was picked out of them
_TAIL: Final = 1 << 14  # bytes at a file's end that hold its footer, as a rule


@dataclass
class _Known:
    """What this process knows of a folder: the entries from the first on, which never change, so only later ones are read."""

    uploads: list[Upload] = field(default_factory=list)
    stamps: list[tuple[int, int]] = field(default_factory=list)  # of each entry's file
    sound: dict[tuple[int, int, int], Upload] = field(
        default_factory=dict
    )  # held against their seals, by number and stamp
    made: set[str] = field(
        default_factory=set
    )  # the staging folders whose names are durable, with the others beside them
    lock: Lock = field(default_factory=Lock)


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
            entries = [name for name in names if name[0] != "."]  # not the writers' line
            if max(entries, default="") == self.path_of(len(entries)).name:
                return len(entries)  # the rule: entries without gaps, and nothing else
            numbers = [name.removesuffix(".parquet") for name in entries if name.endswith(".parquet")]
            return max([int(number) for number in numbers if number.isdecimal()], default=0)

    def path_of(self, seq: int) -> Path:
        """Name an entry's file."""
        return self.root / "store" / f"{seq:08d}.parquet"

    def entry(self, seq: int) -> Entry:
        """Read one entry, held against its seal once a process as long as its file stands untouched; kept for a while."""
        path = self.path_of(seq)
        with told("store_damaged", file=path.name):
            known, stamp = _known(self.root).sound, (seq, *_stamp(path))
            upload, rows = known.get(stamp), HELD.find((self.root, stamp))
            if upload is None:
                upload, rows = decode(path.read_bytes())
                if upload.seq != seq:
                    raise ValueError("content differs from its number")
                known[stamp] = upload
            if rows is None:
                rows = take_rows(path.read_bytes())
            HELD.keep((self.root, stamp), rows)
            return upload, rows

    def verify(self, seq: int) -> Upload:
        """Hold an entry against its seal, once a process as long as its file stands untouched."""
        path = self.path_of(seq)
        with told("store_damaged", file=path.name):
            upload = _known(self.root).sound.get((seq, *_stamp(path)))
        return upload or self.entry(seq)[0]

    def pick(self, seq: int, wanted: Wanted) -> pa.Table:
        """Read the rows wanted of an entry, and little else once it is known to be sound."""
        path = self.path_of(seq)
        with told("store_damaged", file=path.name):
            stamp = seq, *_stamp(path)
            picked = HELD.find((self.root, stamp, wanted))
            if picked is None:
                upload, whole = _known(self.root).sound.get(stamp), HELD.find((self.root, stamp))
                if upload is None or whole is not None:
                    picked = pick_from(self.entry(seq)[1], wanted)
                else:
                    picked = read_picked(path.read_bytes(), upload, wanted)
                HELD.keep((self.root, stamp, wanted), picked)
            return picked

    def uploads(self) -> list[Upload]:
        """Describe every entry; those that this process knows are not read again while the last of them stands untouched."""
        known = _known(self.root)
        with known.lock:
            newest = self.newest()
            last = self.path_of(len(known.stamps))
            with told("store_damaged", file=last.name):
                if known.stamps and (newest < len(known.stamps) or _stamp(last) != known.stamps[-1]):
                    known.uploads.clear()
                    known.stamps.clear()
            for path in map(self.path_of, range(len(known.stamps) + 1, newest + 1)):
                with told("store_damaged", file=path.name):
                    stamp, upload = _describe(path)
                known.stamps.append(stamp)
                known.uploads.append(upload)
            return known.uploads.copy()

    def queue(self) -> AbstractContextManager[None]:
        """Let writers stand in line, so that none prepares an entry for a number that another takes first."""
        return queue(self.root / "store")

    def publish(self, upload: Upload, prepared: Prepared) -> bool:
        """Publish an entry under its number; False if another writer took it first."""
        return self.link(encode(upload, prepared), self.path_of(upload.seq))

    def keep_raw(self, source: str, raw: bytes) -> None:
        """Keep a file under the sha256 of its bytes."""
        self.link(raw, self.root / "raw" / source)
        sync_folder(self.root / "raw")  # also when another writer made it: that one may not have got as far

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
        HELD.clear()
        _known.cache_clear()

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
        """Create `target` with this content in one step; False if it is there already. Its name is yet to be synced."""
        with self.staged(payload) as staged, suppress(FileExistsError):
            os.link(staged, target)
            return True
        return False

    @contextmanager
    def staged(self, payload: bytes) -> Iterator[Path]:
        """Hold a synced file with this content, outside the table, for the block. Raises OSError or DataError."""
        self._make_folders()
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

    def _make_folders(self) -> None:
        """Make the folders durably, once a process as long as they stand."""
        made = _known(self.root).made
        if self.staging not in made or not (self.root / self.staging).is_dir():
            for folder in (self.staging, "raw", "store"):
                (self.root / folder).mkdir(parents=True, exist_ok=True)
            sync_folder(self.root)
            made.add(self.staging)


@lru_cache(maxsize=16)
def _known(_root: Path) -> _Known:
    return _Known()


def _stamp(path: Path) -> tuple[int, int]:
    """Tell a file from any other that this name might have had."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _describe(path: Path) -> tuple[tuple[int, int], Upload]:
    """Describe an entry; also gives its file's stamp."""
    stamp = _stamp(path)
    with path.open("rb", buffering=0) as file:
        file.seek(max(0, stamp[0] - _TAIL))
        upload = glance(file.read(_TAIL)) or describe(path.read_bytes())
    if upload.seq != int(path.stem):
        raise ValueError("description differs from its number")
    return stamp, upload


@told("store_unwritable")
def sync_folder(folder: Path) -> None:
    """Make a folder's names durable; on Windows there is no such call."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
