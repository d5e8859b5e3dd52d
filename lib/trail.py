"""The audit trail: who did what, which figures each entry of the store touched, and points in time to look back from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from lib.periods import parse_period
from lib.schema import DataError

if TYPE_CHECKING:
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
    touched |= {name: _touched(store.rows(name)) for name in by_name if name not in touched}
    return [
        Line(
            item,
            touched.get(item.undoes or item.upload, Touched()),
            withdraws=by_name.get(item.undoes),
            withdrawn_by=undone.get(item.upload),
        )
        for item in history
    ]


def _touched(rows: pd.DataFrame) -> Touched:
    """What an upload's rows touch."""
    return Touched(
        regions=tuple(sorted(map(str, rows["region"].unique()))),
        indicators=tuple(sorted(map(str, rows["indicator"].unique()))),
        periods=tuple(sorted(map(str, rows["period"].unique()), key=lambda code: (parse_period(code).end, code))),
    )


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
