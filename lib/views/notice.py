"""What the last click did, said once on the page that it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from lib.schema import DataError
from lib.views.visitor import describe_safely
from lib.watch import tell_entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from lib.store import Receipt, Store
    from lib.views.shell import View

_FAULT: Final = "upload-fault"
_NOTICE: Final = "upload-notice"
_ROUND: Final = "upload-round"  # how many uploads this session has kept


def show_notice(view: View) -> None:
    """What the last click did, once."""
    if fault := st.session_state.pop(_FAULT, None):
        st.error(describe_safely(fault, view.texts))
    if notice := st.session_state.pop(_NOTICE, None):
        st.success(notice, icon=":material/check_circle:")


def warn_unless_writable(view: View, store: Store) -> None:
    """Say before anybody chooses a file that none can be kept."""
    if not store.writable():
        st.error(view.texts("error.store_unwritable"))


def form_key(name: str) -> str:
    """A field's name in the form: another after each upload that was kept, which empties the field."""
    return f"{name}-{st.session_state.get(_ROUND, 0)}"


def finish(view: View, receipt: Receipt, saved: str, duplicate: str) -> None:
    """Tell the log and the visitor what was kept, in the text of one of two keys; empty the form and draw the page anew."""
    upload = receipt.upload
    tell_entry("known" if receipt.duplicate else "upload", upload=upload.upload, rows=upload.rows)
    key = duplicate if receipt.duplicate else saved
    st.session_state[_NOTICE] = view.texts(key, rows=upload.rows, upload=upload.upload)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.rerun()


def withdraw(upload: str, notice: str, take_back: Callable[[str], object]) -> None:
    """Withdraw an upload by a new entry; nothing is deleted."""
    try:
        take_back(upload)
    except DataError as error:
        st.session_state[_FAULT] = error
        return
    tell_entry("undo", upload=upload)
    st.session_state[_NOTICE] = notice
