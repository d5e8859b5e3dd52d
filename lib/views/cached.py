"""The only caches. Arguments are the store's version and plain keys, never a frame; what they return is shared: read only."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from lib.clock import today
from lib.i18n import load_texts
from lib.ingest.told import NOTHING, Told
from lib.intake import Recalled, check_upload, recall_told, remember_told, seed_store
from lib.store import Store
from lib.store.layouts import Layouts
from lib.tables import Tables, data_dir, fingerprint, read_boundaries, read_sound_tables
from lib.verdict.board import Board, build_board
from lib.words import Words, name_things

if TYPE_CHECKING:
    import pandas as pd

    from lib.ingest.check import Checked


def open_store() -> Store:
    """The store, with the shipped figures in it."""
    folder = data_dir()
    return _open_store(str(folder), fingerprint(folder))


def load_board(as_of: date, *, likely: bool = False) -> Board:
    """What is known and judged on a day, shared among visitors until the store or a table changes.

    With `likely` regions are also made of members known with less than high confidence.
    """
    folder = data_dir()
    return _load_board(str(folder), fingerprint(folder), open_store().version(), as_of, likely)


def load_words(lang: str) -> Words:
    """Names and sentences in a language."""
    folder = data_dir()
    return _load_words(str(folder), fingerprint(folder), lang)


def check_file_once(
    raw: bytes,
    published: date | None,
    source: str,
    fixes: tuple[tuple[tuple[int, str, str], str], ...] = (),
    told: Told = NOTHING,
) -> Checked:
    """Check an upload; drawing the page again does not read the same file again.

    `fixes`: cells read otherwise. `told`: what the visitor said of the file that it does not say itself.
    """
    folder = data_dir()
    key = (str(folder), fingerprint(folder), open_store().version())
    return _check_file(*key, raw, today(), published, source, fixes, told)


def recall_layout(headers: tuple[str, ...], user: str) -> Recalled | None:
    """What was confirmed for a layout the last time."""
    folder = data_dir()
    return recall_told(_layouts(), headers, _load_tables(str(folder), fingerprint(folder)), user)


def remember_layout(headers: tuple[str, ...], told: Told, user: str) -> None:
    """Keep what was confirmed for a layout."""
    remember_told(_layouts(), headers, told, user=user, day=today())


def _layouts() -> Layouts:
    return Layouts(data_dir() / "actuals")


def load_boundaries() -> str:
    """The map's boundaries."""
    return _load_boundaries(str(data_dir()))


@st.cache_resource(show_spinner=False, max_entries=4)
def _open_store(folder: str, state: str) -> Store:
    store = Store(Path(folder) / "actuals")
    seed_store(store, Path(folder), _load_tables(folder, state), today=today())
    return store


@st.cache_resource(show_spinner=False, max_entries=4)
def _load_tables(folder: str, state: str) -> Tables:  # noqa: ARG001 - the state is part of the key
    return read_sound_tables(Path(folder))


@st.cache_resource(show_spinner=False, max_entries=4)
def _load_words(folder: str, state: str, lang: str) -> Words:
    return name_things(_load_tables(folder, state), load_texts(lang))


@st.cache_resource(show_spinner=False, max_entries=4)
def _load_actuals(folder: str, state: str, version: str) -> pd.DataFrame:  # noqa: ARG001 - as above
    return _open_store(folder, state).read()


@st.cache_resource(show_spinner=False, max_entries=32)
def _load_board(folder: str, state: str, version: str, as_of: date, likely: bool) -> Board:  # noqa: FBT001 - keys
    return build_board(_load_tables(folder, state), _load_actuals(folder, state, version), as_of, likely=likely)


@st.cache_resource(show_spinner=False, max_entries=4)
def _check_file(  # noqa: PLR0913, PLR0917 - the key of a cache
    folder: str,
    state: str,
    version: str,
    raw: bytes,
    day: date,
    published: date | None,
    source: str,
    fixes: tuple[tuple[tuple[int, str, str], str], ...],
    told: Told,
) -> Checked:
    tables, known = _load_tables(folder, state), _load_actuals(folder, state, version)
    form: dict[str, Any] = {"published": published, "source": source, "fixes": dict(fixes), "told": told}
    return check_upload(raw, tables, today=day, known=known, **form)


@st.cache_resource(show_spinner=False, max_entries=2)
def _load_boundaries(folder: str) -> str:
    return read_boundaries(Path(folder))
