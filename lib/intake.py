"""The one door for figures: check a file, preview what it changes, keep it. Shipped files enter here like any upload."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pandas as pd

from lib.ingest.check import Checked, Reference, check_file
from lib.schema import CODE_COLUMNS, FIGURE_KEY, SHIPPED_BY, DataError
from lib.tables import shipped_files

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from lib.store import Store
    from lib.tables import Tables


def check_upload(
    raw: bytes,
    tables: Tables,
    *,
    today: date,
    published: date | None = None,
    source: str = "",
    known: pd.DataFrame | None = None,
) -> Checked:
    """Check a file against the tables; `published` and `source` serve the rows that give none.

    `known`: the store's figures, so that one of another size than its series is noticed.
    """
    reference = Reference(tables.regions, tables.indicators, tables.units, tables.headers)
    return check_file(raw, reference, today=today, published=published, source=source, known=known)


def preview_changes(rows: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Set each row of an upload beside the figure in use: `change` is new, revised or unchanged; `old_value` what was used.

    Many rows to one figure; every row of the upload is kept, in its order.
    """
    keys = list(FIGURE_KEY)
    current = figures.loc[~figures["derived"], [*keys, "value", "source"]]
    current = current.rename(columns={"value": "old_value", "source": "old_source"}).astype(dict.fromkeys(keys, "str"))
    joined = rows.astype(dict.fromkeys(keys, "str")).merge(current, on=keys, how="left", validate="many_to_one")
    change = pd.Series("revised", index=joined.index)
    change = change.mask(joined["old_value"] == joined["value"], "unchanged").mask(joined["old_value"].isna(), "new")
    return joined.assign(change=change)


def what_if(actuals: pd.DataFrame, rows: pd.DataFrame, *, user: str = "") -> pd.DataFrame:
    """The store's figures as they would be with these rows appended by a user; nothing is written."""
    stamped = rows.assign(
        upload="",
        seq=int(actuals["seq"].max() if len(actuals) else 0) + 1,
        uploaded_at=pd.Timestamp(0, tz="UTC"),
        user=user,
    )
    both = pd.concat([actuals.astype(dict.fromkeys(CODE_COLUMNS, "str")), stamped], ignore_index=True)
    return both.astype(dict.fromkeys(CODE_COLUMNS, "category"))


def seed_store(store: Store, folder: Path, tables: Tables, *, today: date) -> None:
    """Let the shipped files into an empty or older store, each content once; a new edition of a file withdraws the old one.

    Raises DataError if a file does not pass.
    """
    shipped = [upload for upload in store.history() if upload.user == SHIPPED_BY]
    held = {upload.source_sha256 for upload in shipped}
    for name, raw in shipped_files(folder).items():
        if hashlib.sha256(raw).hexdigest() in held:
            continue
        checked = check_upload(raw, tables, today=today)
        if not checked.ok:
            raise DataError("shipped_file_refused", name=name, problems=str(len(checked.problems)))
        store.append(checked.rows, raw, name=name, user=SHIPPED_BY)
        for old in shipped:
            if old.name == name and old.active:
                store.undo(old.upload, user=SHIPPED_BY)
