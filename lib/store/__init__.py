"""Every upload, kept as it came and never changed: what was known, since when, and from whom."""

from pathlib import Path

from lib.store.entry import ADDITIONS, Upload
from lib.store.move import convert_in_place, copy_store
from lib.store.open import as_root, named_root
from lib.store.pick import Wanted
from lib.store.store import Conflict, Receipt, Store

__all__ = ["Conflict", "Receipt", "Store", "Upload", "Wanted", "convert", "open_additions", "open_store"]


def open_store(folder: Path) -> Store:
    """Open the store that goes with a folder of tables: where `TRACKER_STORE` says, else below the folder."""
    return Store(named_root(folder))


def open_additions(folder: Path) -> Store:
    """Open what was uploaded for the tables of a folder: a store of its own below that of the figures."""
    return _beside(open_store(folder))


def _beside(store: Store) -> Store:
    """The additions to the tables that belong to a store of figures."""
    root = store.root / "tables" if isinstance(store.root, Path) else f"{store.root}/tables"
    return Store(root, ADDITIONS)


def convert(folder: Path, target: str = "") -> Store:
    """Make the store that goes with a folder of tables a Delta table, or copy it to a target. Gives the new store.

    The additions to the tables go with it, where there are any.
    """
    store = open_store(folder)
    additions = _beside(store)
    if not target:
        convert_in_place(store)
        if additions.place.newest():
            convert_in_place(additions)
        return store
    copy = Store(as_root(target))
    copy_store(store, copy)
    copy_store(additions, _beside(copy))
    return copy
