"""Entries as rows of a Delta table, on object storage or in a converted folder. Needs the extra `delta`.

The table is `store/`, one Parquet file an entry; `raw/<sha256>` keeps the files as they came. The commit is the lock: a
writer that read version n commits n + 1 or fails, and nothing is retried behind its back. deltalake syncs nothing on a
local disk: there the files are written as the folder writes them, and the log is synced before and after every commit.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import cached_property, lru_cache
from pathlib import Path
from threading import RLock
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import CommitProperties, DeltaTable, convert_to_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError
from deltalake.fs import DeltaStorageHandler
from deltalake.transaction import AddAction, PostCommitHookProperties
from pyarrow.fs import FileType, PyFileSystem

from lib.schema import DataError
from lib.store.entry import LAYOUT, Entry, Prepared, Upload, bring, encode, from_rows, layout_of
from lib.store.folder import Folder, sync_folder
from lib.store.pick import Wanted, pick_from
from lib.store.place import told

APPEND_ONLY: Final = {"delta.appendOnly": "true"}  # other engines may compact the files, but change no row
_PIECE: Final = 1 << 16
_OURS: Final = re.compile(r"(\d{8,})(-[0-9a-f]{16})?\.parquet")
_ONCE: Final = CommitProperties(max_commit_retries=0)


class _File(NamedTuple):
    """A data file of the table, and the range of entries it may hold."""

    path: str
    first: int
    last: int


@contextmanager
def _told(code: str, **hint: str) -> Iterator[None]:
    """Word what deltalake refuses as the folder's faults are worded."""
    with told(code, **hint):
        try:
            yield
        except DeltaError as error:
            raise OSError(str(error)) from error


class Delta:
    """A Delta table at an address such as s3://bucket/name, or at the path of a converted folder."""

    def __init__(self, root: str) -> None:
        """Open nothing yet; the address and credentials are deltalake's own settings, such as AWS_ENDPOINT_URL."""
        self.root = root
        self._lock = RLock()
        self._table: DeltaTable | None = None
        self._files: tuple[int, list[_File]] = (-1, [])
        self._synced: set[str] = set()

    @cached_property
    def folder(self) -> Folder | None:
        """What writes durably on a local disk; None for object storage, where a write is durable."""
        return None if "://" in self.root else Folder(Path(self.root), staging="store/_staging")

    @cached_property
    def files(self) -> PyFileSystem:
        """Everything under the root, through deltalake's own connection."""
        return PyFileSystem(DeltaStorageHandler(self.root))

    def newest(self) -> int:
        """Give the highest number taken, 0 when none."""
        code = "store_damaged" if self.folder else "store_unreachable"
        with self._lock, _told(code, place=self.root, file="_delta_log"):
            return max((file.last for file in self._refresh()), default=0)

    def entry(self, seq: int) -> Entry:
        """Read one entry from the files that `newest` found, once a process."""
        paths = tuple(file.path for file in self._files[1] if file.first <= seq <= file.last)
        with _told("store_damaged", file=f"{seq:08d}.parquet"):
            return _load(self, paths, seq)

    def verify(self, seq: int) -> Upload:
        """Describe an entry; it was held against its seal when it was read, once a process."""
        return self.entry(seq)[0]

    def pick(self, seq: int, wanted: Wanted) -> pa.Table:
        """Pick the rows wanted out of an entry, which this process holds whole."""
        return pick_from(self.entry(seq)[1], wanted)

    def uploads(self) -> list[Upload]:
        """Describe every entry; here the description comes with the figures."""
        return [self.entry(seq)[0] for seq in range(1, self.newest() + 1)]

    def queue(self) -> AbstractContextManager[None]:
        """Wait for nobody: the writers are on several machines, and the commit decides."""
        return nullcontext()

    def publish(self, upload: Upload, prepared: Prepared) -> bool:
        """Publish an entry under its number; False if another writer committed first."""
        with self._lock, _told("store_unwritable"):
            table = self._table or self._create(layout_of(prepared.table.schema))
            if self.newest() != upload.seq - 1:
                return False
            self.settle()  # what this commit stands on
            action = self._write(upload, prepared)
            hooks = PostCommitHookProperties(create_checkpoint=self.folder is None, cleanup_expired_logs=False)
            try:
                table.create_write_transaction(
                    [action], "append", table.schema(), commit_properties=_ONCE, post_commithook_properties=hooks
                )
            except CommitFailedError:
                return False
            return True

    def keep_raw(self, source: str, raw: bytes) -> None:
        """Keep a file under the sha256 of its bytes."""
        with _told("store_unwritable"):
            if self.folder or self.files.get_file_info(f"raw/{source}").type == FileType.NotFound:
                self._put(f"raw/{source}", raw)

    def raw(self, source: str) -> bytes:
        """Give what is kept under a sha256."""
        with _told("store_damaged", file=f"raw/{source}"):
            return self._get(f"raw/{source}")

    @_told("store_unwritable")
    def settle(self) -> None:
        """Make the log and the files' names durable on a local disk."""
        if self.folder:
            log = self.folder.root / "store" / "_delta_log"
            for path in sorted(log.glob("*.json")):
                if path.name not in self._synced:
                    with path.open("r+b") as file:
                        os.fsync(file.fileno())
                    self._synced.add(path.name)
            sync_folder(log)
            sync_folder(log.parent)

    def sweep(self) -> None:
        """Forget what was read, and remove from a local folder what killed writers left."""
        with self._lock:
            self._table, self._files = None, (-1, [])
            _load.cache_clear()
            _rows.cache_clear()
        if self.folder:
            self.folder.sweep()

    def writable(self) -> bool:
        """Tell whether a file can be written here now."""
        if self.folder:
            return self.folder.writable() and os.access(self.folder.root / "store" / "_delta_log", os.W_OK)
        probe = f"raw/probe-{os.urandom(8).hex()}"
        with suppress(DataError), _told("store_unwritable"):
            self._put(probe, b"probe")
            self.files.delete_file(probe)
            return True
        return False

    def _write(self, upload: Upload, prepared: Prepared) -> AddAction:
        """Write a data file that no commit names yet.

        The log gets no bounds of its columns: deltalake takes bounds of some columns for nulls in the others.
        """
        path, content = f"{upload.seq:08d}-{os.urandom(8).hex()}.parquet", encode(upload, prepared)
        self._put(f"store/{path}", content)
        counted = json.dumps({"numRecords": max(upload.rows, 1)})
        return AddAction(path, len(content), {}, int(time.time() * 1000), data_change=True, stats=counted)

    def _create(self, layout: pa.Schema) -> DeltaTable:
        """Make the table, or open the one that another writer made at the same moment."""
        address = f"{self.root}/store"
        with suppress(DeltaError):
            DeltaTable.create(address, layout, mode="ignore", configuration=APPEND_ONLY)
        self._table = DeltaTable(address)
        return self._table

    def _refresh(self) -> list[_File]:
        """List the data files of the newest version; none where there is no table."""
        if self._table is None:
            with suppress(TableNotFoundError):
                self._table = DeltaTable(f"{self.root}/store")
        if self._table is None:
            return []
        self._table.update_incremental()
        version = self._table.version()
        if version != self._files[0]:
            self._files = version, self._listed(self._table)
        return self._files[1]

    def _listed(self, table: DeltaTable) -> list[_File]:
        """Name the data files with the range of entries they hold: ours say it, one that another engine wrote is read."""
        files = []
        for path in pa.table(table.get_add_actions())["path"].to_pylist():
            named = _OURS.fullmatch(path)
            numbers = [int(named[1])] if named else _rows(self, path)["seq"].to_pylist()
            files.append(_File(path, min(numbers), max(numbers)))
        return files

    def _put(self, path: str, content: bytes) -> None:
        """Write a file whole or not at all, durably."""
        if self.folder:
            target = self.folder.root / path
            self.folder.link(content, target)
            sync_folder(target.parent)  # also when another writer made it: that one may not have got as far
            return
        # In pieces smaller than the buffer: deltalake's stream takes bytes, and pyarrow hands a larger piece on as it is.
        with pa.BufferedOutputStream(self.files.open_output_stream(path), 2 * _PIECE) as file:
            for start in range(0, len(content), _PIECE):
                file.write(content[start : start + _PIECE])

    def _get(self, path: str) -> bytes:
        """Read a file. Raises OSError if it is damaged or gone, DataError if the address does not answer."""
        try:
            with self.files.open_input_file(path) as file:
                return bytes(file.read())
        except FileNotFoundError:
            raise
        except OSError as error:
            if self.folder:
                raise
            raise DataError("store_unreachable", place=self.root, reason=str(error)) from error


def convert_folder(root: Path) -> None:
    """Give the Parquet files of a folder a log, in one commit; one that has a log stays as it is."""
    store = root / "store"
    with _told("store_unwritable"):
        if any(store.glob("*.parquet")):
            convert_to_deltalake(store, mode="ignore", configuration=APPEND_ONLY)
        else:
            DeltaTable.create(store, LAYOUT, mode="ignore", configuration=APPEND_ONLY)


@lru_cache(maxsize=16)
def open_delta(root: str) -> Delta:
    """Give the one object for a root in this process: it knows the table's log up to the last look."""
    return Delta(root)


@lru_cache(maxsize=8192)
def _load(place: Delta, paths: tuple[str, ...], seq: int) -> Entry:
    pieces = [rows.filter(pa.compute.equal(rows["seq"], seq)) for rows in (_rows(place, path) for path in paths)]
    return from_rows(pa.concat_tables(pieces).sort_by([("row", "ascending")]))


@lru_cache(maxsize=8)
def _rows(place: Delta, path: str) -> pa.Table:
    """Read a data file; a few are kept, as one that another engine compacted holds many entries."""
    return bring(pq.ParquetFile(pa.BufferReader(place._get(f"store/{path}"))).read())  # noqa: SLF001 - of this module
