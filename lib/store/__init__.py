"""Every upload, kept as it came and never changed: what was known, since when, and from whom."""

from pathlib import Path

from lib.store.entry import Upload
from lib.store.move import convert_in_place, copy_store
from lib.store.open import as_root, named_root
from lib.store.store import Conflict, Receipt, Store

__all__ = ["Conflict", "Receipt", "Store", "Upload", "convert", "open_store"]


def open_store(folder: Path) -> Store:
    """Open the store that goes with a folder of tables: where `TRACKER_STORE` says, else below the folder."""
    return Store(named_root(folder))


def convert(folder: Path, target: str = "") -> Store:
    """Make the store that goes with a folder of tables a Delta table, or copy it to a target. Gives the new store."""
    store = open_store(folder)
    if not target:
        convert_in_place(store)
        return store
    copy = Store(as_root(target))
    copy_store(store, copy)
    return copy
