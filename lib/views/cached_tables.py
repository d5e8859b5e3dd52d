"""What was uploaded for the tables, read and checked once for each state of them; shared: read only."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from lib.additions.effects import plans_touched
from lib.additions.overlay import Laid, read_laid
from lib.additions.review import Review, Sent, review
from lib.additions.trail import Deed, read_deeds
from lib.clock import today
from lib.ingest.progress import Progress, ignore
from lib.plans import codes_of, narrow
from lib.sandbox.pool import FAILURES
from lib.store import open_additions
from lib.tables import data_dir, to_tables
from lib.verdict.board import Board, build_board
from lib.views.cached import entry_of, load_actuals, load_board, state_of
from lib.views.cached_checks import open_checks
from lib.views.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lib.access import User

_FILES: Final = 20
_BOARDS: Final = 24
# A file's name and bytes.
File = tuple[str, bytes]


def load_laid() -> Laid:
    """The tables as they stand, with the place of each row."""
    folder = data_dir()
    return _load_laid(str(folder), state_of(folder))


def load_deeds() -> list[Deed]:
    """Every entry of the additions, newest first."""
    folder = data_dir()
    return _load_deeds(str(folder), state_of(folder))


def review_files(files: Sequence[File], user: User, *, progress: Progress = ignore) -> tuple[Review, list[Sent], str]:
    """What files for the tables hold and would change now, for a user; also the files as read, and the state reviewed."""
    folder = data_dir()
    state = state_of(folder)
    laid = _load_laid(str(folder), state)
    names = frozenset(laid.texts["regions"]["zh"]) | frozenset(laid.texts["plans"]["title_zh"])
    sent = [_parse(name, raw, names, progress) for name, raw in files]
    key = (str(folder), state, today(), user, *(_digest(item) for item in sent))
    reviews = _open_reviews()
    found = reviews.find(key)
    if found is None:
        found = review(sent, laid, today=today(), user=user)
        if not any(flaw.problem.code in FAILURES for flaw in found.flaws):
            reviews.keep(key, found)
    return found, sent, state


def boards_with(found: Review, sent: Sequence[Sent], state: str) -> list[tuple[str, Board | None, Board]]:
    """Each plan that sound rows reach, with today's board before (None: a new plan) and after."""
    before, after = to_tables(load_laid().texts), found.laid.tables
    known = set(codes_of(before))
    boards, made = _open_boards_after(), []
    for plan in plans_touched(found.rows, before, after):
        key = (str(data_dir()), state, today(), plan, *map(_digest, sent))
        board = boards.find(key)
        if board is None:
            board = build_board(narrow(after, plan), load_actuals(), today())
            boards.keep(key, board)
        made.append((plan, load_board(today(), plan) if plan in known else None, board))
    return made


def _digest(item: Sent) -> tuple[str, str]:
    return item.name, hashlib.sha256(item.raw).hexdigest()


def _parse(name: str, raw: bytes, names: frozenset[str], progress: Progress) -> Sent:
    """Read a file in a process of its own; drawing the page again does not read it again."""
    key = hashlib.sha256(raw).hexdigest()
    kept = _open_parsed()
    item = kept.find(key)
    if item is None:
        item = Sent(name, raw, open_checks().parse(raw, names, progress))
        if not any(found.code in FAILURES for found in item.parsed.problems):
            kept.keep(key, item)
    return Sent(name, raw, item.parsed)


@st.cache_resource(show_spinner=False, max_entries=4)
def _load_laid(folder: str, state: str) -> Laid:
    return read_laid(Path(folder), entry_of(state))


@st.cache_resource(show_spinner=False, max_entries=4)
def _load_deeds(folder: str, state: str) -> list[Deed]:
    return read_deeds(open_additions(Path(folder)), entry_of(state))


@st.cache_resource(show_spinner=False)
def _open_parsed() -> Recent[Sent]:
    return Recent(_FILES)


@st.cache_resource(show_spinner=False)
def _open_reviews() -> Recent[Review]:
    return Recent()


@st.cache_resource(show_spinner=False)
def _open_boards_after() -> Recent[Board]:
    return Recent(_BOARDS)
