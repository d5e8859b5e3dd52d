"""What was uploaded for the plans' own tables: who, when, what, and the way to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from lib.additions.keep import take_back
from lib.export.trail import deed, safe_name, state
from lib.schema import DataError
from lib.store import open_additions
from lib.tables import data_dir
from lib.views.cached_tables import load_deeds
from lib.views.history import choose_part
from lib.views.undo import LAST, link_to_history, show_button
from lib.views.visitor import ask_name, current_user, describe_safely
from lib.words import escape

if TYPE_CHECKING:
    from lib.additions.trail import Deed
    from lib.views.shell import View

SHOWN: Final = 10


def show_last_additions(view: View) -> None:
    """What was sent last, to undo it at once; the page History has the rest."""
    texts = view.texts
    st.subheader(texts("additions.last"), anchor=False)
    st.caption(texts("additions.undo_note"))
    for line in [line for line in load_deeds() if not line.entry.undoes][:LAST]:
        _show_deed(view, line)
    link_to_history(view)


def show_additions_trail(view: View) -> None:
    """Every entry, newest first, with the files as they came; nothing where there is none."""
    texts, lines = view.texts, load_deeds()
    if not lines:
        return
    st.subheader(texts("additions.trail"), anchor=False)
    st.caption(texts("additions.undo_note"))
    if any(_is_open(view, line) for line in lines):
        ask_name(texts("entry.user"), texts("entry.user_help"), width=320, again="-tables")
    part = choose_part("additions", len(lines), SHOWN)
    for line in lines[part]:
        _show_deed(view, line, with_file=True)


def _show_deed(view: View, line: Deed, *, with_file: bool = False) -> None:
    text, buttons = st.columns((5, 2), vertical_alignment="center")
    text.markdown(_line(view, line))
    with buttons, st.container(horizontal=True, horizontal_alignment="right", key=f"deed-{line.entry.upload}"):
        if with_file and not line.entry.undoes:
            _offer_file(view, line)
        if _is_open(view, line):
            _offer_undo(view, line.entry.upload)


def _line(view: View, line: Deed) -> str:
    """What was done, and what became of it; names of files and people made harmless."""
    held = state(line, view.words)
    return escape(deed(line, view.words)) + (f"  \n:gray[{escape(held)}]" if held else "")


def _is_open(view: View, line: Deed) -> bool:
    """Whether an entry can be taken back here."""
    return line.entry.active and view.board.entry is None


def _offer_file(view: View, line: Deed) -> None:
    """The bytes received, under a name of our own and a type that nothing opens."""
    try:
        raw = open_additions(data_dir()).raw(line.entry.upload)
    except DataError as error:
        st.error(describe_safely(error, view.texts))
        return
    packed = raw.startswith(b"PK") and not line.entry.name.endswith(".xlsx")
    name = safe_name(line.entry, "as-received.zip" if packed else "")
    st.download_button(
        view.texts("entry.raw"), raw, file_name=f"tables-{name}", mime="application/octet-stream",
        on_click="ignore", key=f"raw-{line.entry.upload}", icon=":material/draft:", type="tertiary",
    )  # fmt: skip


def _offer_undo(view: View, upload: str) -> None:
    words = (view.texts("additions.undo_help"), view.texts("additions.undone", upload=upload))
    show_button(view, upload, *words, lambda name: take_back(data_dir(), name, user=current_user()), key="undo-tables")
