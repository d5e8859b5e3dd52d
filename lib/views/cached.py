"""The only caches. Their keys are an entry's number and plain text, never a frame; what they return is shared: read only."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from lib.additions.overlay import read_current
from lib.clock import today
from lib.export.press import find_browser
from lib.i18n import load_texts
from lib.ingest.told import Told
from lib.intake import Recalled, read_unseeded, recall_told, remember_told, seed_store, what_if
from lib.plans import narrow, spoken_of, wanted_by
from lib.schema import DataError
from lib.store import Store, open_additions
from lib.store import open_store as open_where_kept
from lib.store.layouts import Layouts
from lib.summary import last_quarter_end
from lib.tables import Tables, data_dir, fingerprint, read_boundaries, read_rules, read_sound_tables
from lib.trail import Line, Touched, read_trail
from lib.verdict.board import Board, build_board
from lib.verdict.days import ChangeDay, days_of_change
from lib.views.recent import Recent
from lib.words import Words, name_things

if TYPE_CHECKING:
    import pandas as pd

    from lib.access import Rule

LOG: Final = logging.getLogger(__name__)
_UPLOADS: Final = "+"
_BOARDS_WITH: Final = 24
EVERY_PLAN: Final = (
    "*"  # in place of a plan's code: a board of all, which takes little longer than one of a single plan
)
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


def state_of(folder: Path) -> str:
    """Name the state of the tables: it changes whenever a file does, or an upload adds to them."""
    return f"{fingerprint(folder)}{_UPLOADS}{open_additions(folder).version()}"


def entry_of(state: str) -> int:
    """The number of the newest upload for the tables in a state."""
    return int(state.rpartition(_UPLOADS)[2])


def load_tables() -> Tables:
    """The tables of all plans, shared. Raises DataError if they cannot be used."""
    folder = data_dir()
    return _load_tables(str(folder), state_of(folder))


def load_board(
    as_of: date, plan: str, *, likely: bool = False, upto: int | None = None, others: tuple[str, ...] = ()
) -> Board:
    """What is known and judged of a plan on a day, shared among visitors until the store or a table changes.

    With `likely` regions are also made of members known with less than high confidence. `upto` replays what was held
    after an entry: the store's version is the number of its newest entry, so that now is shared with that entry. `others`:
    regions that no plan speaks of (`unspoken`), whose figures are wanted as well.
    """
    folder = data_dir()
    version = open_store().version() if upto is None else str(upto)
    board = _load_board(str(folder), state_of(folder), int(version), as_of, likely, plan, others)
    return board if upto is None else board.once(("entry", upto), lambda: replace(board, entry=upto))


def load_board_with(rows: pd.DataFrame, key: str, plan: str) -> Board:
    """Today's board of a plan as it would be with an upload's rows; `key` names them: the file and all that was said of it."""
    folder, version, day = data_dir(), int(open_store().version()), today()
    place, state = str(folder), state_of(folder)
    boards, named = _open_boards_with(), (place, state, version, day, key, plan)
    board = boards.find(named)
    if board is None:
        actuals = _load_actuals(place, state, version, _unspoken(place, state, rows))
        board = build_board(_load_plan(place, state, plan), what_if(actuals, rows), day)
        boards.keep(named, board)
    return board


def load_actuals(others: tuple[str, ...] = ()) -> pd.DataFrame:
    """The figures that today's board stands on, and those of other regions; shared: read only."""
    folder = data_dir()
    return _load_actuals(str(folder), state_of(folder), int(open_store().version()), others)


def unspoken(rows: pd.DataFrame) -> tuple[str, ...]:
    """The regions of an upload that no plan speaks of: what is held of them is read for that upload only."""
    folder = data_dir()
    return _unspoken(str(folder), state_of(folder), rows)


def load_quarter_before(board: Board) -> Board:
    """The board of the last quarter's end, on the same terms: the same members counted, the same entry replayed."""
    day = last_quarter_end(board.as_of)
    return board.once("before", lambda: load_board(day, board.plan, likely=board.likely, upto=board.entry))


def load_change_days(board: Board, since: date) -> tuple[ChangeDay, ...]:
    """The days after `since` on which something changed in what the board's store holds, on the same terms."""
    folder = data_dir()
    version = open_store().version() if board.entry is None else str(board.entry)
    state = state_of(folder)
    return _load_change_days(str(folder), state, int(version), since, today(), likely=board.likely, plan=board.plan)


def load_trail() -> list[Line]:
    """Every entry of the store, newest first."""
    folder = data_dir()
    return _load_trail(str(folder), state_of(folder), int(open_store().version()))


def load_regions_touched() -> frozenset[str]:
    """The regions of which any entry of the store holds figures."""
    folder = data_dir()
    return _load_regions_touched(str(folder), state_of(folder), int(open_store().version()))


def load_words(lang: str, plan: str = "") -> Words:
    """Names and sentences in a language, said of a plan, of the first where `plan` is ""."""
    folder = data_dir()
    return _load_words(str(folder), state_of(folder), lang, plan)


def load_rules() -> tuple[Rule, ...]:
    """Who may write. Raises DataError if roles.csv cannot be used."""
    folder = data_dir()
    return _load_rules(str(folder), state_of(folder))


def recall_layout(headers: tuple[str, ...], user: str) -> Recalled | None:
    """What was confirmed for a layout the last time."""
    folder = data_dir()
    return recall_told(_layouts(), headers, _load_tables(str(folder), state_of(folder)), user)


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
    seed_store(store, Path(folder), _load_shipped(folder, state), today=today())
    return store


@st.cache_resource(show_spinner=False, max_entries=4)
def _load_shipped(folder: str, state: str) -> Tables:  # noqa: ARG001 - the state is part of the key
    return read_sound_tables(Path(folder))


@st.cache_resource(show_spinner=False, max_entries=4)
def _load_tables(folder: str, state: str) -> Tables:
    return read_current(Path(folder), entry_of(state))


@st.cache_resource(show_spinner=False, max_entries=4)
def _load_rules(folder: str, state: str) -> tuple[Rule, ...]:
    return read_rules(Path(folder), _load_tables(folder, state))


@st.cache_resource(show_spinner=False, max_entries=32)
def _load_words(folder: str, state: str, lang: str, plan: str) -> Words:
    return name_things(_load_tables(folder, state), load_texts(lang), plan)


@st.cache_resource(show_spinner=False, max_entries=32)
def _load_plan(folder: str, state: str, plan: str) -> Tables:
    tables = _load_tables(folder, state)
    return tables if plan == EVERY_PLAN else narrow(tables, plan)


@st.cache_resource(show_spinner=False, max_entries=4)
def _load_actuals(folder: str, state: str, entry: int, others: tuple[str, ...] = ()) -> pd.DataFrame:
    place, shipped = Path(folder), _load_shipped(folder, state.rpartition(_UPLOADS)[0])
    wanted = wanted_by(_load_tables(folder, state), others)
    return read_unseeded(open_where_kept(place), place, shipped, upto=entry, today=today(), wanted=wanted)


def _unspoken(folder: str, state: str, rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(sorted({*map(str, rows["region"].unique())} - spoken_of(_load_tables(folder, state))))


@st.cache_resource(show_spinner=False, max_entries=4)
def _load_trail(folder: str, state: str, entry: int) -> list[Line]:  # noqa: ARG001 - as above
    return read_trail(open_where_kept(Path(folder)), entry, _seen_touched(folder))


@st.cache_resource(show_spinner=False, max_entries=4)
def _load_regions_touched(folder: str, state: str, entry: int) -> frozenset[str]:
    return frozenset(code for line in _load_trail(folder, state, entry) for code in line.touched.regions)


@st.cache_resource(show_spinner=False, max_entries=4)
def _seen_touched(folder: str) -> dict[str, Touched]:  # noqa: ARG001 - the key
    return {}


@st.cache_resource(show_spinner=False, max_entries=24)
def _load_board(  # noqa: PLR0917 - keys
    folder: str,
    state: str,
    entry: int,
    as_of: date,
    likely: bool,  # noqa: FBT001
    plan: str,
    others: tuple[str, ...],
) -> Board:
    actuals = _load_actuals(folder, state, entry, others)
    return build_board(_load_plan(folder, state, plan), actuals, as_of, likely=likely)


@st.cache_resource(show_spinner=False, max_entries=24)
def _load_change_days(
    folder: str, state: str, entry: int, since: date, until: date, *, likely: bool, plan: str
) -> tuple[ChangeDay, ...]:
    actuals = _load_actuals(folder, state, entry)
    return days_of_change(_load_plan(folder, state, plan), actuals, since, until, likely=likely)


@st.cache_resource(show_spinner=False)
def _open_boards_with() -> Recent[Board]:
    """The boards as they would be with the last few uploads previewed."""
    return Recent(_BOARDS_WITH)


@st.cache_resource(show_spinner=False, max_entries=2)
def _load_boundaries(folder: str) -> str:
    return read_boundaries(Path(folder))
