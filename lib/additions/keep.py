"""Keep reviewed rows in the store and take them back, so that the tables hold together after every entry."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

from lib.additions.overlay import lay_over, read_shipped
from lib.schema import DataError
from lib.store import open_additions
from lib.tables import check_tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from lib.access import User
    from lib.additions.overlay import Laid
    from lib.additions.review import Review, Sent
    from lib.store import Receipt, Upload

_JOINED: Final = " + "


def keep(folder: Path, review: Review, sent: Sequence[Sent], *, user: User, seen: str | None = None) -> Receipt:
    """Publish the rows of a sound review as one entry, all files together; `seen` is the version it was made with.

    The same files over the same rows, still in use, are answered by the entry that stands. Raises Conflict if one of the
    rows was changed by another since `seen`; DataError "additions_unsound" if what else changed no longer fits, or as
    the store does.
    """
    rows, store = review.to_keep, open_additions(folder)
    stands_on = f"{review.rows['held_by'].max()}"

    def guard(version: int) -> None:
        after = lay_over(read_shipped(folder), store.read(version))
        _hold(lay_over(after, rows.assign(seq=version + 1)), "additions_unsound")

    name = _JOINED.join(item.name for item in sent)
    return store.append(rows, pack(sent), name=name, user=user, form=stands_on, seen=seen, guard=guard)


def take_back(folder: Path, upload: str, *, user: User) -> Upload:
    """Withdraw the rows of an upload by a new entry; what they took the place of is in use again.

    Raises DataError "undo_unsound" if other rows rest on them: those go first.
    """
    store = open_additions(folder)

    def guard(version: int) -> None:
        _hold(lay_over(read_shipped(folder), _others(store.read(version), upload)), "undo_unsound")

    return store.undo(upload, user=user, guard=guard)


def _others(rows: pd.DataFrame, upload: str) -> pd.DataFrame:
    return rows[rows["upload"] != upload]


def _hold(laid: Laid, code: str) -> None:
    """Raise DataError if tables do not hold together."""
    problems = check_tables(laid.tables)
    if problems:
        table, column = problems[0].column.split(".", 1)
        place = laid.places[table][problems[0].row - 2]
        first = {"file": place.file, "row": str(place.row), "column": column, "value": problems[0].value}
        raise DataError(code, count=str(len(problems)), **first)


def pack(sent: Sequence[Sent]) -> bytes:
    """The bytes as they came: of one file, or of several in a ZIP that is the same whenever it is made."""
    if len(sent) == 1:
        return sent[0].raw
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for number, item in enumerate(sent, start=1):
            archive.writestr(zipfile.ZipInfo(f"{number}/{item.name.replace('/', '_')}"), item.raw)
    return sink.getvalue()
