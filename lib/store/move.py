"""Move a store elsewhere: a folder into a Delta table in place, or everything to another place, entry by entry."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress

import pyarrow.parquet as pq

from lib.schema import DataError
from lib.store.entry import encode, is_first_layout, prepare
from lib.store.folder import Folder, sync_folder
from lib.store.open import delta
from lib.store.place import told
from lib.store.store import Store

_CLOSED = b"The uploads beside this file are a Delta table; nothing is written past its log.\n"


def convert_in_place(store: Store) -> None:
    """Make the folder a Delta table over the same files; done before or broken off, it is finished.

    Servers may run: they turn to the table by themselves, and an upload in the moment between is told to try again.
    Raises DataError "convert_needs_folder" for object storage, "store_damaged" before anything is changed.
    """
    if isinstance(store.root, str):
        raise DataError("convert_needs_folder", place=store.root)
    module, folder = delta(), store.place
    if isinstance(folder, Folder):
        store.history()
        with told("store_unwritable"):
            _renew(folder)
            _close(folder)
            try:
                module.convert_folder(folder.root)
            except BaseException:
                (folder.root / folder.staging).unlink()
                raise
    store.place.settle()


def copy_store(source: Store, target: Store) -> None:
    """Bring every entry and file to another place, unchanged; what was copied before is not copied again.

    Raises DataError "convert_target_differs" if the target holds anything that the source does not.
    """
    old, new = source.place, target.place
    for seq in range(1, new.newest() + 1):
        if seq > old.newest() or new.entry(seq)[0] != old.entry(seq)[0]:
            raise DataError("convert_target_differs", place=str(target.root))
    for seq in range(new.newest() + 1, old.newest() + 1):
        upload, rows = old.entry(seq)
        if upload.source_sha256:
            new.keep_raw(upload.source_sha256, source.raw(upload.upload))
        if not new.publish(upload, prepare(rows)):
            raise DataError("convert_target_differs", place=str(target.root))
        new.settle()


def _renew(folder: Folder) -> None:
    """Write entries of the first layout in this one, each in one step: same content, but undos have a row."""
    for seq in range(1, folder.newest() + 1):
        path = folder.path_of(seq)
        if is_first_layout(pq.read_schema(path)):
            upload, rows = folder.entry(seq)
            with folder.staged(encode(upload, prepare(rows))) as staged:
                os.replace(staged, path)  # noqa: PTH105 - as the other system calls here
            sync_folder(path.parent)


def _close(folder: Folder) -> None:
    """End writing to the plain folder for good: a file stands where writers stage, so no link can be made any more."""
    staging = folder.root / folder.staging
    folder.root.mkdir(parents=True, exist_ok=True)
    while not staging.is_file():
        if staging.is_dir():
            aside = staging.rename(staging.with_name(f"closed-{os.urandom(8).hex()}"))
            shutil.rmtree(aside, ignore_errors=True)
        with suppress(FileExistsError), staging.open("xb") as file:
            file.write(_CLOSED)
