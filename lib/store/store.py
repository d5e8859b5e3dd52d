"""Uploads kept as entries that never change: append, undo, read as of any entry; the same wherever they are kept.

An undo is an entry without figures. The place decides who takes the next number: one writer, the others look again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

import pandas as pd
import pyarrow as pa

from lib.access import User
from lib.schema import CODE_COLUMNS, DataError, Problem
from lib.store.entry import FIGURES, Prepared, Upload, digest_of, keys_of, prepare, stamped, to_body
from lib.store.open import open_place
from lib.store.pick import Wanted
from lib.store.place import Place, told

_MANY: Final = 32  # entries that are worth a pool
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Receipt:
    """What `append` answers: the entry, and whether it stood there before (a second click, a retry)."""

    upload: Upload
    duplicate: bool


@dataclass(eq=False)
class Conflict(Exception):  # noqa: N818 - an outcome to show, not a fault
    """Since the preview, the rows under `keys` (tuples of FIGURE_KEY or ADDITION_KEY, sorted) were published or withdrawn."""

    keys: list[tuple[str, ...]]


def accept(_version: int) -> None:
    """Hold nothing against an entry."""


@dataclass(frozen=True)
class Store:
    """The uploads under one folder, or on object storage under one address such as s3://bucket/name.

    The first write makes it. Any number of processes on one machine may share a folder, any number of machines an address.
    `body` is what its rows are: FIGURES, or ADDITIONS to the tables.
    """

    root: Path | str
    body: pa.Schema = FIGURES

    @property
    def place(self) -> Place:
        """Where the entries are now: a folder may be converted while servers run."""
        return open_place(self.root)

    def version(self) -> str:
        """Name the newest entry, such as "00000007" ("00000000" when empty); every publish changes it."""
        return f"{self.place.newest():08d}"

    def append(
        self,
        rows: pd.DataFrame,
        raw: bytes,
        *,
        name: str,
        user: User,
        form: str = "",
        seen: str | None = None,
        guard: Callable[[int], None] = accept,
    ) -> Receipt:
        """Publish checked rows (ACTUAL_COLUMNS + ORIGIN_COLUMNS, or ADDITION_COLUMNS) and the file `raw` they came from.

        `form` is the form's fields as one text. `seen` is the version the preview was based on; None skips that check.
        `guard` is asked right before publishing, with the version that the entry would follow, and raises to stop it.
        The same file and form, still active, is answered by the entry that stands. Raises Conflict when the rows
        changed since `seen`; DataError if `user` may not write these rows, "store_damaged", or "store_unwritable":
        then a retry is safe and never doubles.
        """
        table = to_body(rows, self.body)
        _refuse(user, table)
        source = hashlib.sha256(raw).hexdigest()
        digest = digest_of(source, form)
        draft = Upload("", 0, "append", "", len(rows), name, user.name, datetime.now(UTC), digest, source, active=True)
        prepared, place = prepare(table), self.place  # before the queue: nobody waits for a large file
        if upload := _standing(place, digest, prepared, seen, place.uploads()):
            receipt = Receipt(upload, duplicate=True)
        else:
            place.keep_raw(source, raw)
            with place.queue():
                receipt = _claim(place, draft, prepared, seen, guard)
        place.settle()  # also for one that stands: its writer may not have got as far
        return receipt

    def undo(self, upload_id: str, *, user: User, guard: Callable[[int], None] = accept) -> Upload:
        """Publish an entry that withdraws an append, or give the one standing; `guard` as for `append`.

        Raises DataError "upload_unknown" if there is none, or if `user` may not write its rows.
        """
        place = self.place
        with place.queue():
            made = None
            while made is None:
                uploads = place.uploads()
                target = _find(upload_id, uploads)
                _refuse(user, place.entry(target.seq)[1])
                made = next((item for item in uploads if item.undoes == upload_id), None)
                if made is None:
                    guard(len(uploads))
                    empty = prepare(self.body.empty_table())
                    made = _publish(place, _undo_of(target, user), empty, len(uploads) + 1)
        place.settle()  # also for one that stands: its writer may not have got as far
        return made

    def history(self, upto: int | None = None) -> list[Upload]:
        """List the entries with seq <= `upto` (None: all), newest first. Raises DataError "store_damaged"."""
        return self._uploads(self.place, upto)[::-1]

    def read(self, upto: int | None = None, wanted: Wanted | None = None) -> pd.DataFrame:
        """Give the rows of the uploads active as of entry `upto` (None: now), ordered by seq, row; the caller's own.

        With `wanted` only the rows of these regions and indicators, of a store of figures; nothing is built of the others,
        and of entries read before nothing is read again. STORED_COLUMNS, or ADDITION_COLUMNS with stamps: CODE_COLUMNS
        categories, `published` datetime64 or NaT, `uploaded_at` datetime64 UTC, text never missing. Raises DataError
        "store_damaged".
        """
        place = self.place
        active = [upload.seq for upload in self._uploads(place, upto) if upload.active]
        if wanted is None:
            return self._to_frame([place.entry(seq)[1] for seq in active])
        return self._to_frame(_side_by_side(lambda seq: place.pick(seq, wanted), active))

    def rows(self, upload_id: str) -> pd.DataFrame:
        """Give the rows of one append, withdrawn or not, as `read` does. Raises DataError "upload_unknown", "store_damaged"."""
        place = self.place
        return self._to_frame([place.entry(_find(upload_id, place.uploads()).seq)[1]])

    def raw(self, upload_id: str) -> bytes:
        """Give the bytes of the file behind an append. Raises DataError "upload_unknown", "store_damaged"."""
        return self._raw(_find(upload_id, self.place.uploads()).source_sha256)

    def check(self) -> list[Problem]:
        """Sweep what killed writers left, read every entry and raw file anew, list the "store_damaged"."""
        place = self.place
        place.sweep()
        return [problem for seq in range(1, place.newest() + 1) for problem in self._problems(seq)]

    def writable(self) -> bool:
        """Tell whether something can be written here now."""
        return self.place.writable()

    def _uploads(self, place: Place, upto: int | None) -> list[Upload]:
        """Describe entries, each held against its seal. By number: a list taken while others publish can skip a name."""
        newest = place.newest()
        found = _side_by_side(place.verify, range(1, (newest if upto is None else min(upto, newest)) + 1))
        undone = {upload.undoes for upload in found}
        return [replace(item, active=item.active and item.upload not in undone) for item in found]

    def _to_frame(self, tables: list[pa.Table]) -> pd.DataFrame:
        """Rows with their stamps."""
        empty = stamped(self.body).empty_table()
        frame: pd.DataFrame = pa.concat_tables([empty, *tables]).to_pandas(date_as_object=False)
        return frame.astype({name: "category" for name in CODE_COLUMNS if name in frame})

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


def _side_by_side(work: Callable[[int], _Made], numbers: Sequence[int]) -> list[_Made]:
    """Do the same with each entry, several at once: most of the time is spent in libraries that let go of the interpreter."""
    if len(numbers) < _MANY:
        return [work(seq) for seq in numbers]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(work, numbers))


def _refuse(user: User, rows: pa.Table) -> None:
    """Raise DataError if a user may not write rows of these regions, or of these tables."""
    if "table" in rows.column_names:
        user.refuse_tables(rows["table"].unique().to_pylist())
    user.refuse(rows["region"].unique().to_pylist())


def _active(uploads: list[Upload]) -> set[int]:
    """Give the numbers of the appends that no undo among these withdraws."""
    undone = {upload.undoes for upload in uploads}
    return {upload.seq for upload in uploads if upload.active and upload.upload not in undone}


def _find(upload_id: str, uploads: list[Upload]) -> Upload:
    """Give the append with this id. Raises DataError "upload_unknown"."""
    for upload in uploads:
        if upload.upload == upload_id and upload.action == "append":
            return upload
    raise DataError("upload_unknown", upload=upload_id)


def _standing(place: Place, digest: str, prepared: Prepared, seen: str | None, uploads: list[Upload]) -> Upload | None:
    """Give the active entry of this file and form. Raises Conflict if there is none and the figures changed since `seen`."""
    same = [upload for upload in uploads if upload.digest == digest]
    if not same and (seen is None or int(seen) == len(uploads)):
        return None
    active = _active(uploads)
    for upload in same:
        if upload.seq in active:
            return upload
    before = active if seen is None else _active(uploads[: int(seen)])
    changed = [place.entry(seq)[1] for seq in active ^ before]
    keys = {key for table in changed for key in keys_of(table)}
    if keys and (both := keys & keys_of(prepared.table)):
        raise Conflict(sorted(both))
    return None


def _claim(place: Place, draft: Upload, prepared: Prepared, seen: str | None, guard: Callable[[int], None]) -> Receipt:
    """Publish an append under the next number that no other writer takes, unless its file and form stand already."""
    while True:
        uploads = place.uploads()
        if upload := _standing(place, draft.digest, prepared, seen, uploads):
            return Receipt(upload, duplicate=True)
        guard(len(uploads))
        if made := _publish(place, draft, prepared, len(uploads) + 1):
            return Receipt(made, duplicate=False)


def _undo_of(target: Upload, user: User) -> Upload:
    """Draft the entry that withdraws an append."""
    now, digest = datetime.now(UTC), digest_of("undo", target.upload)
    return Upload("", 0, "undo", target.upload, 0, target.name, user.name, now, digest, "", active=False)


def _publish(place: Place, draft: Upload, prepared: Prepared, seq: int) -> Upload | None:
    """Publish an entry under number `seq`; None if another writer took it first."""
    upload = replace(draft, upload=f"u{seq:08d}-{draft.digest[:8]}", seq=seq)
    return upload if place.publish(upload, prepared) else None
