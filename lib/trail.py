"""The audit trail: who did what, which figures each entry of the store touched, and points in time to look back from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from lib.periods import parse_period
from lib.schema import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from lib.store import Store, Upload

# A number of an entry or a day whose knowledge is meant.
Point = int | date
APPEND: Final = "append"


@dataclass(frozen=True)
class Touched:
    """The codes of what an upload holds figures of; periods by their end."""

    regions: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One entry: what it touched, the upload it withdraws (of an undo), and the undo that withdrew it (of an upload)."""

    entry: Upload
    touched: Touched
    withdraws: Upload | None = None
    withdrawn_by: Upload | None = None


def read_trail(store: Store, upto: int | None = None, seen: dict[str, Touched] | None = None) -> list[Line]:
    """Every entry with seq <= `upto` (None: all), newest first. An undo touches what the upload it withdraws does.

    `seen` holds what uploads touch as found by earlier calls and is added to: an upload never changes.
    """
    history = store.history(upto)
    by_name = {item.upload: item for item in history if item.action == APPEND}
    undone = {item.undoes: item for item in history if item.undoes}
    touched = {} if seen is None else seen
    _read_touched(store, list(by_name.values()), undone, touched)
    return [
        Line(
            item,
            touched.get(item.undoes or item.upload, Touched()),
            withdraws=by_name.get(item.undoes),
            withdrawn_by=undone.get(item.upload),
        )
        for item in history
    ]


def _read_touched(store: Store, appends: list[Upload], undone: dict[str, Upload], found: dict[str, Touched]) -> None:
    """Find what each upload touched, in as few reads of the store as show every upload while it was in use."""
    newest = max([item.seq for item in (*appends, *undone.values())], default=0)
    last = {item.upload: undone[item.upload].seq - 1 if item.upload in undone else newest for item in appends}
    for item in sorted(appends, key=lambda item: last[item.upload]):
        if item.upload not in found:
            found |= _touched(store.read(last[item.upload]), found)


def _touched(rows: pd.DataFrame, known: Iterable[str]) -> dict[str, Touched]:
    """What each upload among the rows touches, but for those known."""
    new = rows[~rows["upload"].isin(list(known))]
    return {
        str(upload): Touched(
            regions=tuple(sorted(map(str, part["region"].unique()))),
            indicators=tuple(sorted(map(str, part["indicator"].unique()))),
            periods=tuple(sorted(map(str, part["period"].unique()), key=lambda code: (parse_period(code).end, code))),
        )
        for upload, part in new.groupby("upload", sort=False)
    }


def read_rows(store: Store, item: Upload) -> pd.DataFrame:
    """The rows of an upload (STORED_COLUMNS), withdrawn or not."""
    rows = store.read(item.seq)
    return rows[rows["upload"] == item.upload]


def read_point(text: str, newest: int, today: date) -> Point:
    """Read "12" as what was held after entry 12 (0: before the first), "2025-06-30" as what was published by that day.

    Raises DataError "point_unknown" for anything else, an entry to come or a day to come.
    """
    if text.isascii() and text.isdecimal() and len(text) < 9 and int(text) <= newest:
        return int(text)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text or day > today:
        raise DataError("point_unknown", point=text, newest=str(newest), today=today.isoformat())
    return day
