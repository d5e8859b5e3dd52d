"""What differs between two points in time: figures in use, and the verdicts that move with their causes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from lib.clock import today
from lib.differences import compare_states
from lib.export.table import to_csv
from lib.export.trail import changes_table, figure_lines, label, moves_table
from lib.schema import DataError
from lib.trail import read_point
from lib.verdict.causes import changes_between
from lib.views.cached import load_board, load_trail
from lib.views.history import choose_part
from lib.views.moves import move_lines
from lib.views.plans import load_beginning
from lib.views.table import show_words

if TYPE_CHECKING:
    from lib.store import Upload
    from lib.trail import Point
    from lib.verdict.board import Board
    from lib.verdict.causes import Change
    from lib.views.shell import View

SHOWN: Final = 15
ENTRY, DAY = "entry", "day"


def show_difference(view: View) -> None:
    """Ask for two points, at first before and after the newest entry or the one replayed, and set them side by side."""
    texts = view.texts
    st.subheader(texts("difference.title"), anchor=False)
    st.caption(texts("difference.note"))
    entries = {line.entry.seq: line.entry for line in load_trail()}
    held = view.board.entry or max(entries, default=0)
    left, right = st.columns(2)
    with left:
        start = _choose_point(view, "from", max(held - 1, 0), entries)
    with right:
        end = _choose_point(view, "to", held, entries)
    before, after = _board_at(view, start), _board_at(view, end)
    # What tells the earlier board apart, not the board: each state would hold the one before it, and none would ever go.
    since = (start, view.board.as_of, held)
    changes = after.once(("differs", since), lambda: compare_states(before.figures, after.figures))
    moved = after.once(("moved", since), lambda: changes_between(before, after))
    if changes.empty and not moved:
        st.info(texts("difference.same"), icon=":material/done_all:")
        return
    _show_moves(view, before, moved)
    _show_figures(view, changes)
    _offer_files(view, before, changes, moved)


def _board_at(view: View, point: Point) -> Board:
    """An entry is looked at on the page's day, a day from what the page holds."""
    board = view.board
    if isinstance(point, int):
        return load_board(board.as_of, board.plan, likely=board.likely, upto=point)
    return load_board(point, board.plan, likely=board.likely, upto=board.entry)


def _read_address(name: str, default: int, newest: int, earliest: date) -> Point:
    """The point in the address; what is none is the default."""
    try:
        point = read_point(st.query_params.get(name, ""), newest, today())
    except DataError:
        return default
    return default if isinstance(point, date) and point < earliest else point


def _choose_point(view: View, name: str, default: int, entries: dict[int, Upload]) -> Point:
    """Ask for an entry or a day; the address decides and the widgets follow it."""
    texts, words = view.texts, view.words
    earliest = load_beginning(view.board.plan)
    point = _read_address(name, default, max(entries, default=0), earliest)
    kind = DAY if isinstance(point, date) else ENTRY
    st.session_state[f"point-kind-{name}"] = kind
    st.segmented_control(
        texts(f"difference.{name}"), (ENTRY, DAY), required=True, format_func=lambda code: texts(f"difference.{code}"),
        key=f"point-kind-{name}", on_change=_keep_kind, args=(name, default),
    )  # fmt: skip
    key = f"point-{kind}-{name}"
    st.session_state[key] = point
    if kind == DAY:
        st.date_input(
            texts("difference.day"), min_value=earliest, max_value=today(), key=key, format="YYYY-MM-DD",
            on_change=_keep, args=(name, key), label_visibility="collapsed",
        )  # fmt: skip
    else:
        st.selectbox(
            texts("difference.entry"), [*entries, 0], key=key, on_change=_keep, args=(name, key),
            format_func=lambda seq: label(entries[seq], words) if seq else texts("trail.start"),
            label_visibility="collapsed",
        )  # fmt: skip
    return point


def _keep_kind(name: str, default: int) -> None:
    """Begin with today or with the default entry."""
    day = st.session_state[f"point-kind-{name}"] == DAY
    st.query_params[name] = today().isoformat() if day else str(default)


def _keep(name: str, key: str) -> None:
    if st.session_state[key] is not None:
        st.query_params[name] = str(st.session_state[key])


def _show_moves(view: View, board: Board, moved: list[Change]) -> None:
    texts = view.texts
    lines = move_lines(view, board, moved)
    st.markdown("\n".join([texts("difference.moves"), "", *lines]) if lines else texts("difference.no_moves"))


def _show_figures(view: View, changes: pd.DataFrame) -> None:
    """How many of each kind, and each as it was and is."""
    texts = view.texts
    counts = changes["change"].value_counts()
    kinds = ("revised", "withdrawn", "new", "restated")
    st.markdown(texts("difference.counts", **{kind: int(counts.get(kind, 0)) for kind in kinds}))
    if changes.empty:
        return
    part = choose_part("difference", len(changes), SHOWN)
    heads = [texts(f"difference.{name}_head") for name in ("kind", "figure", "old", "new")]
    show_words(pd.DataFrame(figure_lines(changes[part], view.words), columns=heads), border="horizontal")
    if len(changes) > SHOWN:
        last = min(part.stop, len(changes))
        st.caption(texts("difference.shown", first=part.start + 1, last=last, total=len(changes)))


def _offer_files(view: View, board: Board, changes: pd.DataFrame, moved: list[Change]) -> None:
    texts, words = view.texts, view.words
    files = {
        "csv": (lambda: to_csv(changes_table(changes, words)), changes.empty),
        "moves_csv": (lambda: to_csv(moves_table(moved, board, words)), not moved),
    }
    names = {"csv": "difference-figures", "moves_csv": "difference-verdicts"}
    with st.container(horizontal=True, key="difference-files"):
        for key, (make, is_empty) in files.items():
            st.download_button(
                texts(f"difference.{key}"), make, file_name=f"{names[key]}-{texts.lang}.csv", mime="text/csv",
                on_click="ignore", key=f"difference-{key}", disabled=is_empty,
            )  # fmt: skip
