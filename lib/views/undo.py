"""The button that withdraws an upload, and the last uploads with theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from lib.export.trail import when
from lib.schema import SHIPPED_BY
from lib.trail import APPEND
from lib.views.cached import open_store
from lib.views.notice import withdraw
from lib.views.state import link_parameters
from lib.views.visitor import current_user, current_visitor, describe_safely
from lib.words import escape, shorten

if TYPE_CHECKING:
    from collections.abc import Callable

    from lib.store import Upload
    from lib.views.shell import View

LAST: Final = 3


def show_last_uploads(view: View) -> None:
    """What was uploaded last, to undo it at once; the page History has the rest."""
    texts = view.texts
    st.subheader(texts("last_uploads.title"), anchor=False)
    st.caption(texts("history.note"))
    received = [item for item in open_store().history() if item.action == APPEND and item.user != SHIPPED_BY]
    for upload in received[:LAST]:
        _show_upload(view, upload)
    link_to_history(view)


def _show_upload(view: View, upload: Upload) -> None:
    texts = view.texts
    text, button = st.columns((5, 1), vertical_alignment="center")
    state = "history.active" if upload.active else "history.undone"
    line = texts(
        "history.line",
        name=shorten(upload.name),
        rows=upload.rows,
        user=upload.user,
        when=when(upload.uploaded_at),
        upload=upload.upload,
    )
    text.markdown(f"{escape(line)} · **{texts(state)}**")
    with button:
        offer_undo(view, upload)


def offer_undo(view: View, upload: Upload) -> None:
    """The button, for an upload in use that did not come with the tracker; why it is shut is said when pointed at."""
    if not upload.active or upload.user == SHIPPED_BY or view.board.entry is not None:
        return
    texts = view.texts
    words = (texts("history.undo_help"), texts("history.undone_notice", upload=upload.upload))
    show_button(view, upload.upload, *words, lambda name: open_store().undo(name, user=current_user()))


def show_button(
    view: View, upload: str, told: str, notice: str, take_back: Callable[[str], object], *, key: str = "undo"
) -> None:
    """The button; pointed at it says what it does, or why it is shut. `notice` is said once it was pressed."""
    texts, refusal = view.texts, current_visitor().refusal
    st.button(
        texts("history.undo"),
        key=f"{key}-{upload}",
        help=describe_safely(refusal, texts) if refusal else told,
        disabled=refusal is not None,
        on_click=withdraw,
        args=(upload, notice, take_back),
    )


def link_to_history(view: View) -> None:
    """The way to all that was ever sent."""
    st.page_link(
        "pages/history.py", label=view.texts("last_uploads.more"), icon=":material/history:",
        query_params={**link_parameters(), "lang": view.texts.lang},
    )  # fmt: skip
