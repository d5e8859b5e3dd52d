"""One entry of the store: replay it, see what it changed, take its file and figures away, withdraw it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lib.export.table import to_csv
from lib.export.trail import label, rows_table, safe_name, state, what, when, who
from lib.schema import SHIPPED_BY, DataError
from lib.trail import APPEND
from lib.views.cached import load_trail, open_store
from lib.views.state import choose, link_parameters
from lib.views.undo import offer_undo
from lib.views.visitor import ask_name, describe_safely
from lib.words import escape

if TYPE_CHECKING:
    from lib.store import Upload
    from lib.trail import Line
    from lib.views.shell import View


def show_entry(view: View) -> None:
    """Ask for an entry, the newest or the one replayed at first, and show all about it."""
    texts, words = view.texts, view.words
    lines = {str(line.entry.seq): line for line in load_trail()}
    if not lines:
        return
    st.subheader(texts("entry.title"), anchor=False)
    first = str(view.board.entry or next(iter(lines)))
    chosen = choose(texts("entry.pick"), "one", list(lines), first, lambda name: label(lines[name].entry, words))
    with st.container(border=True, key="entry"):
        _show_line(view, lines[chosen])


def _show_line(view: View, line: Line) -> None:
    texts, words, entry = view.texts, view.words, line.entry
    held = state(line, words)
    st.markdown(escape(what(line, words)) + (f" · **{escape(held)}**" if held else ""))
    identity = texts("entry.identity", when=when(entry.uploaded_at), user=who(entry.user, words), upload=entry.upload)
    digest = texts("entry.sha256", sha256=entry.source_sha256) if entry.source_sha256 else ""
    st.caption("  \n".join(escape(text) for text in (identity, digest) if text))
    with st.container(horizontal=True, vertical_alignment="center", key="entry-looks"):
        st.page_link(
            "dashboard.py", label=texts("entry.replay"), icon=":material/history:",
            query_params={**link_parameters(), "lang": texts.lang, "entry": str(entry.seq)},
        )  # fmt: skip
        st.button(
            texts("entry.difference"), key="entry-difference", icon=":material/compare_arrows:", type="tertiary",
            on_click=_compare, args=(entry.seq,),
        )  # fmt: skip
    if entry.action == APPEND:
        _offer_files(view, entry)
        _offer_undo(view, entry)


def _compare(seq: int) -> None:
    """Set the two points to before and after an entry."""
    st.query_params["from"], st.query_params["to"] = str(seq - 1), str(seq)


def _offer_files(view: View, entry: Upload) -> None:
    """The rows in our words, and the bytes received under a name of our own and a type that nothing opens."""
    texts = view.texts
    try:
        store = open_store()
        raw = store.raw(entry.upload)
    except DataError as error:
        st.error(describe_safely(error, texts))
        return
    with st.container(horizontal=True, key="entry-files"):
        st.download_button(
            texts("entry.rows"), lambda: to_csv(rows_table(store.rows(entry.upload), view.words)), mime="text/csv",
            file_name=safe_name(entry, "figures.csv"), on_click="ignore", key="entry-rows", icon=":material/table:",
        )  # fmt: skip
        st.download_button(
            texts("entry.raw"), raw, file_name=safe_name(entry), mime="application/octet-stream",
            on_click="ignore", key="entry-raw", icon=":material/draft:",
        )  # fmt: skip
    st.caption(texts("entry.raw_note"))


def _offer_undo(view: View, entry: Upload) -> None:
    """Ask for a name and offer to withdraw the upload."""
    if not entry.active or entry.user == SHIPPED_BY or view.board.entry is not None:
        return
    texts = view.texts
    with st.container(horizontal=True, vertical_alignment="bottom", key="entry-undo"):
        ask_name(texts("entry.user"), texts("entry.user_help"), width=320)
        offer_undo(view, entry)
