"""The only caches. Their keys are an entry's number and plain text, never a frame; what they return is shared: read only."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
import time
from collections import OrderedDict
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import streamlit as st

from lib.clock import today
from lib.export.press import find_browser
from lib.i18n import load_texts
from lib.ingest.progress import Progress, ignore
from lib.ingest.told import NOTHING, Told
from lib.intake import Recalled, pick_reference, read_unseeded, recall_told, remember_told, seed_store, what_if
from lib.plans import narrow
from lib.sandbox.pool import FAILURES, Pool
from lib.schema import DataError
from lib.store import Store
from lib.store import open_store as open_where_kept
from lib.store.layouts import Layouts
from lib.summary import last_quarter_end
from lib.tables import Tables, data_dir, fingerprint, read_boundaries, read_rules, read_sound_tables
from lib.trail import Line, Touched, read_trail
from lib.verdict.board import Board, build_board
from lib.verdict.days import ChangeDay, days_of_change
from lib.words import Words, name_things

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    import pandas as pd

    from lib.access import Rule
    from lib.ingest.check import Checked

_Thing = TypeVar("_Thing")
LOG: Final = logging.getLogger(__name__)
_OUTCOMES: Final = 4
_ENDED_FOR: Final = 60  # seconds
_BROWSER_SOUGHT: Final = 300  # seconds


def open_store() -> Store:
    """The store, with the shipped figures in it; where it cannot be written they are tried again at the next visit."""
    folder = data_dir()
    try:
        return _open_store(str(folder), fingerprint(folder))
    except DataError as error:
        if error.code != "store_unwritable":
            raise
        LOG.warning("The shipped figures cannot be kept: %s", error.hint)
        return open_where_kept(folder)


def load_tables() -> Tables:
    """The tables of all plans, shared. Raises DataError if they cannot be used."""
    folder = data_dir()
    return _load_tables(str(folder), fingerprint(folder))


def load_board(as_of: date, plan: str, *, likely: bool = False, upto: int | None = None) -> Board:
    """What is known and judged of a plan on a day, shared among visitors until the store or a table changes.

    With `likely` regions are also made of members known with less than high confidence. `upto` replays what was held
    after an entry: the store's version is the number of its newest entry, so that now is shared with that entry.
    """
    folder = data_dir()
    version = open_store().version() if upto is None else str(upto)
    board = _load_board(str(folder), fingerprint(folder), int(version), as_of, likely, plan)
    return board if upto is None else replace(board, entry=upto)


def load_board_with(rows: pd.DataFrame, key: str, plan: str) -> Board:
    """Today's board of a plan as it would be with an upload's rows; `key` names them: the file and all that was said of it."""
    folder, version, day = data_dir(), int(open_store().version()), today()
    place, state = str(folder), fingerprint(folder)
    boards, named = _open_boards_with(), (place, state, version, day, key, plan)
    board = boards.find(named)
    if board is None:
        board = build_board(_load_plan(place, state, plan), what_if(_load_actuals(place, state, version), rows), day)
        boards.keep(named, board)
    return board


def load_actuals() -> pd.DataFrame:
    """The figures that today's board stands on, shared: read only."""
    folder = data_dir()
    return _load_actuals(str(folder), fingerprint(folder), int(open_store().version()))


def load_quarter_before(board: Board) -> Board:
    """The board of the last quarter's end, on the same terms: the same members counted, the same entry replayed."""
    return load_board(last_quarter_end(board.as_of), board.plan, likely=board.likely, upto=board.entry)


def load_change_days(board: Board, since: date) -> tuple[ChangeDay, ...]:
    """The days after `since` on which something changed in what the board's store holds, on the same terms."""
    folder = data_dir()
    version = open_store().version() if board.entry is None else str(board.entry)
    return _load_change_days(
        str(folder), fingerprint(folder), int(version), since, today(), likely=board.likely, plan=board.plan
    )


def load_trail() -> list[Line]:
    """Every entry of the store, newest first."""
    folder = data_dir()
    return _load_trail(str(folder), fingerprint(folder), int(open_store().version()))


def load_words(lang: str, plan: str = "") -> Words:
    """Names and sentences in a language, said of a plan, of the first where `plan` is ""."""
    folder = data_dir()
    return _load_words(str(folder), fingerprint(folder), lang, plan)


def load_rules() -> tuple[Rule, ...]:
    """Who may write. Raises DataError if roles.csv cannot be used."""
    folder = data_dir()
    return _load_rules(str(folder), fingerprint(folder))


def check_file_once(
    raw: bytes,
    published: date | None,
    source: str,
    fixes: tuple[tuple[tuple[int, str, str], str], ...] = (),
    told: Told = NOTHING,
    *,
    progress: Progress = ignore,
) -> Checked:
    """Check an upload in a process of its own; drawing the page again does not read the same file again.

    `fixes`: cells read otherwise. `told`: what the visitor said of the file that it does not say itself. `progress` hears
    how far the check is.
    """
    folder, version = data_dir(), int(open_store().version())
    place, state = str(folder), fingerprint(folder)
    said = json.dumps(told.to_plain(), sort_keys=True)
    key = (place, state, version, hashlib.sha256(raw).hexdigest(), today(), published, source, fixes, said)
    outcomes = _open_outcomes()
    checked = outcomes.find(key, _still_holds)
    if checked is None:
        reference, known = pick_reference(_load_tables(place, state)), _load_actuals(place, state, version)
        form: dict[str, Any] = {"published": published, "source": source, "fixes": dict(fixes), "told": told}
        checked = open_checks().check(raw, reference, {"today": today(), "known": known, **form}, progress)
        outcomes.keep(key, checked)
    return checked


@st.cache_resource(show_spinner=False)
def open_checks() -> Pool:
    """The processes that check uploads, one of them ready before the first file comes."""
    return Pool()


def recall_layout(headers: tuple[str, ...], user: str) -> Recalled | None:
    """What was confirmed for a layout the last time."""
    folder = data_dir()
    return recall_told(_layouts(), headers, _load_tables(str(folder), fingerprint(folder)), user)


def remember_layout(headers: tuple[str, ...], told: Told, user: str) -> None:
    """Keep what was confirmed for a layout."""
    remember_told(_layouts(), headers, told, user=user, day=today())


def _layouts() -> Layouts:
    return Layouts(data_dir() / "actuals")


@st.cache_resource(show_spinner=False, ttl=_BROWSER_SOUGHT)
def find_press() -> str | None:
    """The browser on the server that makes PDF and pictures, looked for again every few minutes; None where there is none."""
    return find_browser()


def load_boundaries() -> str:
    """The map's boundaries."""
    return _load_boundaries(str(data_dir()))


@st.cache_resource(show_spinner=False, max_entries=4)
def _open_store(folder: str, state: str) -> Store:
    store = open_where_kept(Path(folder))
    seed_store(store, Path(folder), _load_tables(folder, state), today=today())
    return store


@st.cache_resource(show_spinner=False, max_entries=4)
def _load_tables(folder: str, state: str) -> Tables:  # noqa: ARG001 - the state is part of the key
    return read_sound_tables(Path(folder))


@st.cache_resource(show_spinner=False, max_entries=4)
def _load_rules(folder: str, state: str) -> tuple[Rule, ...]:
    return read_rules(Path(folder), _load_tables(folder, state))


@st.cache_resource(show_spinner=False, max_entries=32)
def _load_words(folder: str, state: str, lang: str, plan: str) -> Words:
    return name_things(_load_tables(folder, state), load_texts(lang), plan)


@st.cache_resource(show_spinner=False, max_entries=32)
def _load_plan(folder: str, state: str, plan: str) -> Tables:
    return narrow(_load_tables(folder, state), plan)


@st.cache_resource(show_spinner=False, max_entries=4)
def _load_actuals(folder: str, state: str, entry: int) -> pd.DataFrame:
    place, tables = Path(folder), _load_tables(folder, state)
    return read_unseeded(open_where_kept(place), place, tables, upto=entry, today=today())


@st.cache_resource(show_spinner=False, max_entries=4)
def _load_trail(folder: str, state: str, entry: int) -> list[Line]:  # noqa: ARG001 - as above
    return read_trail(open_where_kept(Path(folder)), entry, _seen_touched(folder))


@st.cache_resource(show_spinner=False, max_entries=4)
def _seen_touched(folder: str) -> dict[str, Touched]:  # noqa: ARG001 - the key
    return {}


@st.cache_resource(show_spinner=False, max_entries=32)
def _load_board(folder: str, state: str, entry: int, as_of: date, likely: bool, plan: str) -> Board:  # noqa: FBT001 - keys
    return build_board(_load_plan(folder, state, plan), _load_actuals(folder, state, entry), as_of, likely=likely)


@st.cache_resource(show_spinner=False, max_entries=24)
def _load_change_days(
    folder: str,
    state: str,
    entry: int,
    since: date,
    until: date,
    *,
    likely: bool,
    plan: str,
) -> tuple[ChangeDay, ...]:
    actuals = _load_actuals(folder, state, entry)
    return days_of_change(_load_plan(folder, state, plan), actuals, since, until, likely=likely)


class _Recent(Generic[_Thing]):
    """The last few of something that takes time to make, with the time each was kept."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: OrderedDict[Hashable, tuple[float, _Thing]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Hashable, holds: Callable[[float, _Thing], bool] = lambda *_: True) -> _Thing | None:
        """What was kept under a key, if by its age in seconds it still holds."""
        with self._lock:
            since, thing = self._kept.get(key, (0.0, None))
        return thing if thing is not None and holds(time.monotonic() - since, thing) else None

    def keep(self, key: Hashable, thing: _Thing) -> None:
        """Keep one and drop the oldest."""
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = (time.monotonic(), thing)
            while len(self._kept) > _OUTCOMES:
                self._kept.popitem(last=False)


def _still_holds(age: float, checked: Checked) -> bool:
    """How a check was ended is told anew after a minute, for another may go better."""
    return age <= _ENDED_FOR or all(item.code not in FAILURES for item in checked.problems)


@st.cache_resource(show_spinner=False)
def _open_outcomes() -> _Recent[Checked]:
    """A cache that can be looked into before a check begins: what Streamlit caches must not draw, and a check does."""
    return _Recent()


@st.cache_resource(show_spinner=False)
def _open_boards_with() -> _Recent[Board]:
    """The boards as they would be with the last few uploads previewed."""
    return _Recent()


@st.cache_resource(show_spinner=False, max_entries=2)
def _load_boundaries(folder: str) -> str:
    return read_boundaries(Path(folder))
