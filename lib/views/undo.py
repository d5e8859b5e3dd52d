"""The button that withdraws an upload, and what the last click did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from lib.export.trail import when
from lib.schema import SHIPPED_BY, DataError
from lib.trail import APPEND
from lib.views.cached import open_store
from lib.views.state import link_parameters
from lib.views.visitor import current_user, current_visitor, describe_safely
from lib.words import escape, shorten

if TYPE_CHECKING:
    from lib.store import Upload
    from lib.views.shell import View

LAST: Final = 3


def show_notice(view: View) -> None:
    """What the last click did, once."""
    fault = st.session_state.pop("upload-fault", None)
    if fault:
        st.error(describe_safely(fault, view.texts))
    notice = st.session_state.pop("upload-notice", None)
    if notice:
        st.success(notice, icon=":material/check_circle:")


def show_last_uploads(view: View) -> None:
    """What was uploaded last, to undo it at once; the page History has the rest."""
    texts = view.texts
    st.subheader(texts("last_uploads.title"), anchor=False)
    st.caption(texts("history.note"))
    received = [item for item in open_store().history() if item.action == APPEND and item.user != SHIPPED_BY]
    for upload in received[:LAST]:
        _show_upload(view, upload)
    st.page_link(
        "pages/history.py", label=texts("last_uploads.more"), icon=":material/history:",
        query_params={**link_parameters(), "lang": texts.lang},
    )  # fmt: skip


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
    texts, refusal = view.texts, current_visitor().refusal
    st.button(
        texts("history.undo"),
        key=f"undo-{upload.upload}",
        help=describe_safely(refusal, texts) if refusal else texts("history.undo_help"),
        disabled=refusal is not None,
        on_click=_undo,
        args=(upload.upload, texts("history.undone_notice", upload=upload.upload)),
    )


def _undo(upload: str, notice: str) -> None:
    """Withdraw an upload by a new entry; nothing is deleted."""
    try:
        open_store().undo(upload, user=current_user())
    except DataError as error:
        st.session_state["upload-fault"] = error
        return
    st.session_state["upload-notice"] = notice
