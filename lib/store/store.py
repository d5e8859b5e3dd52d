"""Uploads kept as entries that never change: append, undo, read as of any entry; the same wherever they are kept.

An undo is an entry without figures. The place decides who takes the next number: one writer, the others look again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa

from lib.access import User
from lib.schema import CODE_COLUMNS, DataError, Problem
from lib.store.entry import FIGURES, SCHEMA, Entry, Upload, digest_of, keys_of, to_figures
from lib.store.open import open_place
from lib.store.place import Place, told


@dataclass(frozen=True)
class Receipt:
    """What `append` answers: the entry, and whether it stood there before (a second click, a retry)."""

    upload: Upload
    duplicate: bool


@dataclass(eq=False)
class Conflict(Exception):  # noqa: N818 - an outcome to show, not a fault
    """Since the preview, the figures under `keys` (tuples of FIGURE_KEY, sorted) were published or withdrawn."""

    keys: list[tuple[str, ...]]


@dataclass(frozen=True)
class Store:
    """The uploads under one folder, or on object storage under one address such as s3://bucket/name.

    The first write makes it. Any number of processes on one machine may share a folder, any number of machines an address.
    """

    root: Path | str

    @property
    def place(self) -> Place:
        """Where the entries are now: a folder may be converted while servers run."""
        return open_place(self.root)

    def version(self) -> str:
        """Name the newest entry, such as "00000007" ("00000000" when empty); every publish changes it."""
        return f"{self.place.newest():08d}"

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
            newest = self.place.newest()
            same = [item for item in self.history(newest) if item.active and item.digest == digest]
            if same:
                self.place.settle()  # its writer may not have got as far
                return Receipt(same[0], duplicate=True)
            self._refuse_conflict(figures, newest if seen is None else int(seen), newest)
            self.place.keep_raw(source, raw)
            if upload := self._publish(draft, figures, newest + 1):
                return Receipt(upload, duplicate=False)

    def undo(self, upload_id: str, *, user: User) -> Upload:
        """Publish an entry that withdraws an append, or give the one standing.

        Raises DataError "upload_unknown" if there is none, or if `user` may not write its regions.
        """
        digest = digest_of("undo", upload_id)
        while True:
            newest = self.place.newest()
            target = self._find(upload_id, newest)
            user.refuse(self.place.entry(target.seq)[1]["region"].unique().to_pylist())
            if not target.active:
                self.place.settle()  # its writer may not have got as far
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
        """Sweep what killed writers left, read every entry and raw file anew, list the "store_damaged"."""
        place = self.place
        place.sweep()
        return [problem for seq in range(1, place.newest() + 1) for problem in self._problems(seq)]

    def writable(self) -> bool:
        """Tell whether something can be written here now."""
        return self.place.writable()

    def _entries(self, upto: int | None = None) -> list[Entry]:
        """Load entries in order. By number, not by listing: one taken while others publish can skip a name."""
        place = self.place
        newest = place.newest()
        found = [place.entry(seq) for seq in range(1, (newest if upto is None else min(upto, newest)) + 1)]
        undone = {upload.undoes for upload, _ in found}
        return [(replace(item, active=item.active and item.upload not in undone), table) for item, table in found]

    def _find(self, upload_id: str, upto: int | None = None) -> Upload:
        for item in self.history(upto):
            if item.upload == upload_id and item.action == "append":
                return item
        raise DataError("upload_unknown", upload=upload_id)

    def _raw(self, source: str) -> bytes:
        raw = self.place.raw(source)
        with told("store_damaged", file=f"raw/{source}"):
            if hashlib.sha256(raw).hexdigest() != source:
                raise ValueError("content differs from its name")
        return raw

    def _problems(self, seq: int) -> list[Problem]:
        try:
            upload, _ = self.place.entry(seq)
            if upload.source_sha256:
                self._raw(upload.source_sha256)
        except DataError as error:
            if error.code != "store_damaged":
                raise
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
        return upload if self.place.publish(upload, figures) else None
