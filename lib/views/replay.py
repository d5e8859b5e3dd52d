"""What every page says while it shows the tracker as it was after an entry, and the way back to now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lib.export.trail import signature
from lib.views.cached import open_store
from lib.words import escape

if TYPE_CHECKING:
    from lib.views.shell import View


def show_replay(view: View) -> None:
    """The banner, if an entry is replayed."""
    entry = view.board.entry
    if entry is None:
        return
    history = open_store().history()
    newest = history[0].seq
    text = view.texts(
        "replay.last" if entry == newest else "replay.banner",
        entry=entry,
        newest=newest,
        what=escape(signature(history[newest - entry], view.words)),
    )
    banner, back = st.columns((6, 1), vertical_alignment="center")
    banner.info(text, icon=":material/history:")
    back.button(view.texts("replay.back"), key="back-to-now", on_click=_back, width="stretch")


def _back() -> None:
    st.query_params.pop("entry", None)


def tell_read_only(view: View) -> bool:
    """Say that nothing can be written while an entry is replayed; whether that is so."""
    if view.board.entry is None:
        return False
    st.info(view.texts("replay.read_only"), icon=":material/lock:")
    return True
