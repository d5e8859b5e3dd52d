"""The only module that writes: uploads kept as immutable Parquet files, published whole or not at all.

Entries are `store/00000001.parquet` and on, one an upload or undo, numbered without gaps; the name is the lock: each is
written and synced in `staging/`, then hard-linked to the next number, which one writer can claim. Nothing published
ever changes: an undo is an entry without rows. `raw/<sha256>` keeps the files as they came.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa

from lib.access import User
from lib.schema import CODE_COLUMNS, DataError, Problem
from lib.store.entry import FIGURES, SCHEMA, Upload, digest_of, encode, keys_of, load, to_figures

_ENTRY: Final = "store/{:08d}.parquet"


@dataclass(frozen=True)
class Receipt:
    """What `append` answers: the entry, and whether it stood there before (a second click, a retry)."""

    upload: Upload
    duplicate: bool


@dataclass(eq=False)
class Conflict(Exception):  # noqa: N818 - an outcome to show, not a fault
    """Since the preview, the figures under `keys` (tuples of FIGURE_KEY, sorted) were published or withdrawn."""

    keys: list[tuple[str, ...]]


@contextmanager
def _told(code: str, **hint: str) -> Iterator[None]:
    """Turn what the disk or the Parquet reader refuses into what a visitor can be told."""
    try:
        yield
    except DataError:
        raise
    except (OSError, pa.ArrowException, AttributeError, KeyError, TypeError, ValueError) as error:
        raise DataError(code, reason=str(error), **hint) from error


@dataclass(frozen=True)
class Store:
    """The uploads under one folder, made by the first write. Any number of processes on one machine may share it."""

    root: Path

    def version(self) -> str:
        """Name the newest entry, such as "00000007" ("00000000" when empty); every publish changes it."""
        return f"{self._newest():08d}"

    def append(
        self, rows: pd.DataFrame, raw: bytes, *, name: str, user: User, form: str = "", seen: str | None = None
    ) -> Receipt:
        """Publish checked rows (ACTUAL_COLUMNS + ORIGIN_COLUMNS) and the file `raw` they came from.

        `form` is the form's fields as one text. `seen` is the version the preview was based on; None skips that check.
        The same file and form, still active, is answered by the entry that stands. Raises Conflict when the figures
        changed since `seen`; DataError if `user` may not write these regions, "store_damaged", or "store_unwritable":
        then a retry is safe and never doubles.
        """
        user.refuse(map(str, rows["region"].unique()))
        source = hashlib.sha256(raw).hexdigest()
        digest = digest_of(source, form)
        draft = Upload("", 0, "append", "", len(rows), name, user.name, datetime.now(UTC), digest, source, active=True)
        figures = to_figures(rows)
        while True:
            newest = self._newest()
            same = [item for item in self.history(newest) if item.active and item.digest == digest]
            if same:
                _sync(self.root / "store")  # its writer may not have got as far
                return Receipt(same[0], duplicate=True)
            self._refuse_conflict(figures, newest if seen is None else int(seen), newest)
            self._link(raw, self.root / "raw" / source)
            if upload := self._publish(draft, figures, newest + 1):
                return Receipt(upload, duplicate=False)

    def undo(self, upload_id: str, *, user: User) -> Upload:
        """Publish an entry that withdraws an append, or give the one standing.

        Raises DataError "upload_unknown" if there is none, or if `user` may not write its regions.
        """
        digest = digest_of("undo", upload_id)
        while True:
            newest = self._newest()
            target = self._find(upload_id, newest)
            user.refuse(self._entry(target.seq)[1]["region"].unique().to_pylist())
            if not target.active:
                _sync(self.root / "store")  # its writer may not have got as far
                return next(item for item in self.history(newest) if item.undoes == upload_id)
            draft = Upload(
                "", 0, "undo", upload_id, 0, target.name, user.name, datetime.now(UTC), digest, "", active=False
            )
            if upload := self._publish(draft, FIGURES.empty_table(), newest + 1):
                return upload

    def history(self, upto: int | None = None) -> list[Upload]:
        """List the entries with seq <= `upto` (None: all), newest first. Raises DataError "store_damaged"."""
        return [upload for upload, _ in reversed(self._entries(upto))]

    def read(self, upto: int | None = None) -> pd.DataFrame:
        """Give the rows of the uploads active as of entry `upto` (None: now), ordered by seq, row; the caller's own.

        STORED_COLUMNS: CODE_COLUMNS categories, `published` datetime64 or NaT, `uploaded_at` datetime64 UTC, text never
        missing. Raises DataError "store_damaged".
        """
        tables = [table for upload, table in self._entries(upto) if upload.active]
        frame: pd.DataFrame = pa.concat_tables([SCHEMA.empty_table(), *tables]).to_pandas(date_as_object=False)
        return frame.astype(dict.fromkeys(CODE_COLUMNS, "category"))

    def raw(self, upload_id: str) -> bytes:
        """Give the bytes of the file behind an append. Raises DataError "upload_unknown", "store_damaged"."""
        return self._raw(self._find(upload_id).source_sha256)

    def check(self) -> list[Problem]:
        """Sweep staging of what killed writers left, read every entry and raw file anew, list the "store_damaged"."""
        for path in (self.root / "staging").glob("*"):
            with suppress(OSError):
                if datetime.now(UTC).timestamp() - path.stat().st_mtime > 3600:  # no writer takes an hour
                    path.unlink()
        load.cache_clear()
        return [problem for seq in range(1, self._newest() + 1) for problem in self._problems(seq)]

    def writable(self) -> bool:
        """Tell whether a file can be written, synced and linked here now."""
        with suppress(OSError, DataError), self._staged(b"probe") as staged:
            twin = self.root / "raw" / staged.name
            os.link(staged, twin)
            twin.unlink()
            return True
        return False

    def _newest(self) -> int:
        """Give the highest number taken, 0 when none."""
        folder = self.root / "store"
        with _told("store_damaged", file=folder.name):
            names = [path.stem for path in folder.iterdir() if path.suffix == ".parquet"] if folder.exists() else []
            return max((int(name) for name in names if name.isdecimal()), default=0)

    def _entries(self, upto: int | None = None) -> list[tuple[Upload, pa.Table]]:
        """Load entries in order. By number, not by listing: one taken while others publish can skip a name."""
        newest = self._newest()
        found = [self._entry(seq) for seq in range(1, (newest if upto is None else min(upto, newest)) + 1)]
        undone = {upload.undoes for upload, _ in found}
        return [(replace(item, active=item.active and item.upload not in undone), table) for item, table in found]

    def _entry(self, seq: int) -> tuple[Upload, pa.Table]:
        path = self.root / _ENTRY.format(seq)
        with _told("store_damaged", file=path.name):
            found = path.stat()
            return load(path, found.st_size, found.st_mtime_ns)

    def _find(self, upload_id: str, upto: int | None = None) -> Upload:
        for item in self.history(upto):
            if item.upload == upload_id and item.action == "append":
                return item
        raise DataError("upload_unknown", upload=upload_id)

    def _raw(self, source: str) -> bytes:
        with _told("store_damaged", file=f"raw/{source}"):
            raw = (self.root / "raw" / source).read_bytes()
            if hashlib.sha256(raw).hexdigest() != source:
                raise ValueError("content differs from its name")
            return raw

    def _problems(self, seq: int) -> list[Problem]:
        try:
            upload, _ = self._entry(seq)
            if upload.source_sha256:
                self._raw(upload.source_sha256)
        except DataError as error:
            return [Problem(error.code, value=error.hint["file"], hint=error.hint)]
        return []

    def _refuse_conflict(self, figures: pa.Table, seen: int, newest: int) -> None:
        """Raise Conflict if an upload published or withdrawn after `seen` holds any of the same figures."""
        before = {upload.upload for upload, _ in self._entries(seen) if upload.active}
        changed = [table for upload, table in self._entries(newest) if upload.active != (upload.upload in before)]
        keys = {key for table in changed for key in keys_of(table)} & keys_of(figures)
        if keys:
            raise Conflict(sorted(keys))

    def _publish(self, draft: Upload, figures: pa.Table, seq: int) -> Upload | None:
        """Publish an entry under number `seq`; None if another writer took it first."""
        upload = replace(draft, upload=f"u{seq:08d}-{draft.digest[:8]}", seq=seq)
        return upload if self._link(encode(upload, figures), self.root / _ENTRY.format(seq)) else None

    @_told("store_unwritable")
    def _link(self, payload: bytes, target: Path) -> bool:
        """Create `target` with this content, durably and in one step; False if it is there already."""
        with self._staged(payload) as staged:
            created = False
            with suppress(FileExistsError):
                os.link(staged, target)
                created = True
            _sync(target.parent)  # also when another writer made it: that one may not have got as far
            return created

    @contextmanager
    def _staged(self, payload: bytes) -> Iterator[Path]:
        """Hold a synced file with this content, outside the table, for the block. Raises OSError or DataError."""
        for folder in ("staging", "raw", "store"):
            (self.root / folder).mkdir(parents=True, exist_ok=True)
        _sync(self.root)
        path = self.root / "staging" / os.urandom(16).hex()
        try:
            with path.open("xb") as file:
                file.write(payload)
                file.flush()
                os.fsync(file.fileno())
            yield path
        finally:
            with suppress(OSError):
                path.unlink()


@_told("store_unwritable")
def _sync(folder: Path) -> None:
    """Make a folder's names durable; on Windows there is no such call."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
