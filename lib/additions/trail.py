"""Who added what to the tables, entry by entry."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lib.store import Store, Upload


@dataclass(frozen=True)
class Deed:
    """An entry: how many rows of which table it brought, the upload it withdraws, and the undo that withdrew it."""

    entry: Upload
    counts: Counter[str]
    withdraws: Upload | None = None
    withdrawn_by: Upload | None = None


def read_deeds(additions: Store, upto: int | None = None) -> list[Deed]:
    """Every entry with seq <= `upto` (None: all), newest first; an undo counts the rows that it withdraws."""
    history = additions.history(upto)
    by_name = {item.upload: item for item in history if not item.undoes}
    undone = {item.undoes: item for item in history if item.undoes}
    counts = {name: Counter(map(str, additions.rows(name)["table"])) for name in by_name}
    return [
        Deed(item, counts[item.undoes or item.upload], by_name.get(item.undoes), undone.get(item.upload))
        for item in history
    ]
