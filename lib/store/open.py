"""Which place a root means: a local folder, or a Delta table there or on object storage."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from lib.schema import DataError
from lib.store.folder import Folder
from lib.store.place import Place, told

if TYPE_CHECKING:
    from types import ModuleType


def named_root(folder: Path) -> Path | str:
    """Where uploads are kept: `TRACKER_STORE` if set, else `actuals/` below the folder of the tables."""
    return as_root(os.environ.get("TRACKER_STORE") or str(folder / "actuals"))


def as_root(text: str) -> Path | str:
    """Tell an address such as s3://bucket/name from a path; file:// is a path as well."""
    if text.startswith("file://"):
        return Path(url2pathname(urlsplit(text).path))
    return text.rstrip("/") if "://" in text else Path(text)


def open_place(root: Path | str) -> Place:
    """Open the place: an address, or a folder that holds Delta's log, is a Delta table."""
    if isinstance(root, str) or _has_log(root / "store" / "_delta_log"):
        place: Place = delta().open_delta(str(root))
        return place
    return Folder(root)


def _has_log(log: Path) -> bool:
    """Tell whether a Delta table was committed here; a folder under conversion has the log's folder, but no commit."""
    with told("store_damaged", file=log.name):
        return (log / f"{0:020d}.json").is_file() or any(log.glob("*.json"))


def delta() -> ModuleType:
    """Import what needs the optional library. Raises DataError "delta_missing" where it is not installed."""
    try:
        from lib.store import delta as module  # noqa: PLC0415 - a folder needs none of it
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("lib"):
            raise
        raise DataError("delta_missing") from error
    return module
