"""Who did what: every entry of the store as a line, to filter, to page through and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from lib.export.table import to_csv
from lib.export.trail import state, trail_table, what, when, who
from lib.views.cached import load_regions_touched, load_trail
from lib.views.notice import show_notice
from lib.views.state import choose
from lib.views.table import show_marked
from lib.words import escape

if TYPE_CHECKING:
    from lib.trail import Line
    from lib.views.shell import View

SHOWN: Final = 15
ACTIONS: Final = ("", "append", "undo")


def show_trail(view: View) -> None:
    """The lines that were asked for, newest first."""
    texts = view.texts
    show_notice(view)
    st.subheader(texts("trail.title"), anchor=False)
    st.caption(texts("trail.note"))
    with st.spinner(texts("trail.reading")):
        trail = load_trail()
    lines = _choose_lines(view, trail)
    if not lines:
        st.info(texts("trail.none"))
        return
    part = choose_part("trail", len(lines), SHOWN)
    show_marked(_table(view, lines[part]), border="horizontal")
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(texts("trail.shown", first=part.start + 1, last=min(part.stop, len(lines)), total=len(lines)))
        st.download_button(
            texts("trail.csv"), lambda: to_csv(trail_table(lines, view.words)), file_name=f"history-{texts.lang}.csv",
            mime="text/csv", on_click="ignore", key="trail-csv",
        )  # fmt: skip


def _choose_lines(view: View, trail: list[Line]) -> list[Line]:
    """Ask for a person, a region and an action; "" is all of them."""
    texts, words = view.texts, view.words
    people = ["", *sorted({line.entry.user for line in trail})]
    touched = load_regions_touched()
    regions = ["", *(code for code in words.regions if code in touched)]
    columns = st.columns(3)
    with columns[0]:
        user = choose(
            texts("trail.person"), "who", people, "", lambda user: who(user, words) if user else texts("trail.everyone")
        )
    with columns[1]:
        region = choose(
            texts("trail.region"), "region", regions, "", lambda code: words.region(code) if code else texts("trail.everywhere")
        )  # fmt: skip
    with columns[2]:
        action = choose(
            texts("trail.kind"), "action", ACTIONS, "",
            lambda kind: texts(f"trail.action.{kind}") if kind else texts("trail.any"),
        )  # fmt: skip
    return [
        line
        for line in trail
        if user in ("", line.entry.user)
        and action in ("", line.entry.action)
        and (not region or region in line.touched.regions)
    ]


def choose_part(key: str, total: int, size: int) -> slice:
    """Ask for a page of a long list."""
    pages = -(-total // size)
    if pages < 2:
        return slice(0, total)
    name = f"part-{key}"
    if st.session_state.get(name, 1) > pages:
        del st.session_state[name]
    page = st.pagination(pages, key=name)
    return slice((page - 1) * size, page * size)


def _table(view: View, lines: list[Line]) -> pd.DataFrame:
    """The lines as cells of markdown."""
    words = view.words
    cells = {
        "entry": [_number(view, line) for line in lines],
        "who_when": [f"**{escape(who(line.entry.user, words))}**  \n{when(line.entry.uploaded_at)}" for line in lines],
        "what": [_deed(view, line) for line in lines],
    }
    return pd.DataFrame({view.texts(f"trail_column.{name}"): column for name, column in cells.items()})


def _deed(view: View, line: Line) -> str:
    """What was done, and below it what became of it."""
    held = state(line, view.words)
    return escape(what(line, view.words)) + (f"  \n:gray[{escape(held)}]" if held else "")


def _number(view: View, line: Line) -> str:
    """The entry's number, marked where the pages stand."""
    here = line.entry.seq == view.board.entry
    return f"**{line.entry.seq}**  \n:gray-badge[{view.texts('trail.here')}]" if here else str(line.entry.seq)
