"""The one door for figures: check a file, preview what it changes, keep it. Shipped files enter here like any upload."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from lib.access import Role, User
from lib.ingest.check import Checked, Reference, check_file, read_lexicon
from lib.ingest.problems import LINE_ERRORS
from lib.ingest.told import NOTHING, Told, from_plain, keep_known, read_told
from lib.schema import CODE_COLUMNS, FIGURE_KEY, SHIPPED_BY, VINTAGE_KEY, DataError, Problem
from lib.tables import rows_of, shipped_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from lib.ingest.fixes import Fixes
    from lib.store import Store, Wanted
    from lib.store.layouts import Layouts
    from lib.tables import Tables

FOREIGN: Final = "region_not_yours"
_SAME: Final = (*VINTAGE_KEY, "value", "qualifier")


def pick_reference(tables: Tables) -> Reference:
    """The tables that a file is read with."""
    return Reference(tables.regions, tables.indicators, tables.units, tables.headers, tables.breaks)


def check_upload(
    raw: bytes,
    tables: Tables,
    *,
    today: date,
    published: date | None = None,
    source: str = "",
    known: pd.DataFrame | None = None,
    fixes: Fixes | None = None,
    told: Told = NOTHING,
) -> Checked:
    """Check a file against the tables; `published` and `source` serve the rows that give none.

    `known`: the store's figures, so that what does not fit them is noticed. `fixes`: texts to read instead of what stands
    in a cell (`find_fixes`). `told`: what a person said of the file that it does not say itself.
    """
    form: dict[str, Any] = {"published": published, "source": source, "fixes": fixes, "told": told}
    return check_file(raw, pick_reference(tables), today=today, known=known, **form)


def tell(tables: Tables, **said: Any) -> Told:  # noqa: ANN401 - as `read_told` takes them
    """What is told of a file in words (`read_told`), as codes. Raises DataError for what is not known."""
    return read_told(read_lexicon(pick_reference(tables)), **said)


@dataclass(frozen=True)
class Recalled:
    """What was confirmed for a layout the last time, by whom and on which day."""

    told: Told
    user: str
    day: str


def recall_told(layouts: Layouts, headers: tuple[str, ...], tables: Tables, user: str) -> Recalled | None:
    """What was confirmed for the layout of these headings; None if nothing that still holds.

    What a heading means holds for everybody. A region holds for whoever confirmed it: another city's file may look the same.
    """
    said = layouts.recall(headers) if headers else None
    told = from_plain(said.get("told")) if said else None
    if said is None or told is None:
        return None
    told = keep_known(told, read_lexicon(pick_reference(tables)))
    told = told if user and said.get("user") == user else replace(told, region="")
    return Recalled(told, str(said.get("user", "")), str(said.get("day", ""))) if told else None


def remember_told(layouts: Layouts, headers: tuple[str, ...], told: Told, *, user: str, day: date) -> None:
    """Keep what was confirmed for a layout, all but the period, which is another one next time."""
    lasting = replace(told, period="")
    if headers and (lasting or layouts.recall(headers)):
        layouts.remember(headers, {"told": lasting.to_plain(), "user": user, "day": day.isoformat()})


def point_out_foreign(checked: Checked, user: User, name_of: Callable[[str], str], own: str) -> Checked:
    """The same check, with an error for each line of a region that an uploader does not answer for.

    `name_of` names a region, `own` the uploader's regions, in the visitor's words.
    """
    foreign = checked.rows["region"].isin(user.foreign(map(str, checked.rows["region"].unique())))
    if user.role is not Role.UPLOADER or not foreign.any():
        return checked
    lines = rows_of(checked.rows.loc[foreign, ["row", "region"]].drop_duplicates())
    errors = [
        Problem(FOREIGN, int(line["row"]), value=name_of(str(line["region"])), hint={"own": own}) for line in lines
    ]
    problems = sorted([*errors, *checked.problems], key=lambda item: item.row)
    return replace(checked, rows=checked.rows[~foreign], problems=problems)


def find_fixes(checked: Checked) -> dict[tuple[int, str, str], str]:
    """Every certain cure that checking found, by line, header and what stands in the cell."""
    return {(item.row, item.column, item.value): item.fix for item in checked.problems if item.fix}


@dataclass(frozen=True)
class Kept:
    """The rows of an upload that can be stored, and the lines of the file that are left out for their errors."""

    rows: pd.DataFrame
    left_out: tuple[int, ...] = ()


def keep_rows(checked: Checked, *, skip_errors: bool = False) -> Kept | None:
    """All or nothing, or with `skip_errors` the lines without errors; None if nothing may be kept.

    Two lines that contradict each other are left out together. An error that concerns more than single lines refuses all,
    and so does any in a workbook of several sheets, where a line's number does not say which line is meant.
    """
    errors = [item for item in checked.problems if item.severity == "error"]
    if not errors:
        return Kept(checked.rows) if len(checked.rows) else None
    sheets = checked.encoding == "XLSX" and any("!" in item.column for item in errors)
    foreign = {item.row for item in errors if item.code == FOREIGN}
    if not skip_errors or sheets or checked.rows["row"].isin(foreign).any():
        return None
    if any(item.code not in {*LINE_ERRORS, FOREIGN} or not item.row for item in errors):
        return None
    rivals = {int(item.hint["first"]) for item in errors if item.code == "duplicate_different"}
    left_out = {item.row for item in errors} | rivals
    rows = checked.rows[~checked.rows["row"].isin(left_out)]
    return Kept(rows, tuple(sorted(left_out))) if len(rows) else None


def describe_form(
    published: date | None,
    source: str,
    fixes: Fixes | None = None,
    left_out: tuple[int, ...] = (),
    told: Told = NOTHING,
) -> str:
    """What was said beside a file, as the one text by which the store tells a second click from another upload."""
    said = f"{published}|{source}"
    if not fixes and not left_out and not told:
        return said
    changed: dict[str, object] = {
        "fixes": sorted((*place, fix) for place, fix in (fixes or {}).items()),
        "left_out": left_out,
    }
    changed |= {"told": told.to_plain()} if told else {}
    return f"{said}|{json.dumps(changed, ensure_ascii=False)}"


def is_held(rows: pd.DataFrame, actuals: pd.DataFrame) -> pd.Series:
    """Whether each row of an upload stands in the store already, with value, status, date and source."""
    held = set(_tell_apart(actuals))
    return pd.Series([row in held for row in _tell_apart(rows)], index=rows.index, dtype=bool)


def _tell_apart(rows: pd.DataFrame) -> list[tuple[object, ...]]:
    """Each row as what tells one vintage of a figure from another; a missing date is ""."""
    columns = rows[list(_SAME)].astype(dict.fromkeys(CODE_COLUMNS, "str"))
    dates = columns["published"].dt.strftime("%Y-%m-%d").fillna("")
    return list(columns.assign(published=dates).itertuples(index=False, name=None))


def preview_changes(rows: pd.DataFrame, figures: pd.DataFrame, actuals: pd.DataFrame | None = None) -> pd.DataFrame:
    """Set each row of an upload beside the figure in use: `change` is new, revised or unchanged; `old_value` what was used.

    Many rows to one figure; every row of the upload is kept, in its order. A row that stands in `actuals`, the store's
    figures, is unchanged, be it in use or not.
    """
    keys = list(FIGURE_KEY)
    current = figures.loc[~figures["derived"], [*keys, "value", "source"]]
    current = current.rename(columns={"value": "old_value", "source": "old_source"}).astype(dict.fromkeys(keys, "str"))
    joined = rows.astype(dict.fromkeys(keys, "str")).merge(current, on=keys, how="left", validate="many_to_one")
    change = pd.Series("revised", index=joined.index)
    change = change.mask(joined["old_value"] == joined["value"], "unchanged").mask(joined["old_value"].isna(), "new")
    if actuals is not None:
        change = change.mask(is_held(joined, actuals), "unchanged")
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
    shipper = User(SHIPPED_BY, Role.ADMINISTRATOR)
    shipped = [upload for upload in store.history() if upload.user == SHIPPED_BY]
    for name, raw in _missing_files(store, folder).items():
        store.append(_check_shipped(name, raw, tables, today), raw, name=name, user=shipper)
        for old in shipped:
            if old.name == name and old.active:
                store.undo(old.upload, user=shipper)


def read_unseeded(
    store: Store, folder: Path, tables: Tables, *, upto: int, today: date, wanted: Wanted | None = None
) -> pd.DataFrame:
    """Give the figures of entry `upto`, or those `wanted`; where the store could not be seeded, the shipped ones are added."""
    actuals = store.read(upto, wanted)
    for name, raw in _missing_files(store, folder).items():
        actuals = what_if(actuals, _check_shipped(name, raw, tables, today), user=SHIPPED_BY)
    return actuals


def _missing_files(store: Store, folder: Path) -> dict[str, bytes]:
    """The shipped files that the store has never held, by name."""
    held = {upload.source_sha256 for upload in store.history() if upload.user == SHIPPED_BY}
    return {name: raw for name, raw in shipped_files(folder).items() if hashlib.sha256(raw).hexdigest() not in held}


def _check_shipped(name: str, raw: bytes, tables: Tables, today: date) -> pd.DataFrame:
    """The rows of a shipped file. Raises DataError if it does not pass."""
    checked = check_upload(raw, tables, today=today)
    if not checked.ok:
        raise DataError("shipped_file_refused", name=name, problems=str(len(checked.problems)))
    return checked.rows
