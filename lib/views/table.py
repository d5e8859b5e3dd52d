"""The only doors for tables, since a cell may hold whatever somebody uploaded."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import streamlit as st

from lib.export.table import neutralise_cells
from lib.views.drawn import MOST
from lib.views.shell import keep_current
from lib.words import escape

if TYPE_CHECKING:
    import pandas as pd

    from lib.views.shell import View


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table of data that is shared and never changes, and what st.dataframe is told of it."""

    frame: pd.DataFrame
    options: dict[str, Any]

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The table as it is shown."""
        return neutralise_cells(self.frame)


def share_cells(view: View, name: Hashable, make: Callable[[], pd.DataFrame], **options: Any) -> Sheet:  # noqa: ANN401 - as below
    """The table that `make` gives for the state and the language of a view, made once for all visitors."""
    return view.once(("sheet", name), lambda: Sheet(make(), options))


@st.cache_resource(show_spinner=False, max_entries=MOST, hash_funcs={Sheet: id})
def show_sheet(sheet: Sheet) -> Sheet:
    """A shared table: a message made once, known by the identity of the sheet, which what is returned keeps its own."""
    st.dataframe(sheet.cells, hide_index=True, **sheet.options)
    return sheet


@st.fragment
def fold_sheet(view: View, label: str, name: str, sheet: Callable[[], Sheet], note: str = "") -> None:
    """A shared table that unfolds under a label; made for, and sent to, those who open it."""
    with st.expander(label, key=f"fold-{name}", on_change="rerun") as fold:
        if fold.open:
            keep_current(view)
            if note:
                st.caption(note)
            show_sheet(sheet())


def show_cells(frame: pd.DataFrame, **options: Any) -> None:  # noqa: ANN401 - whatever st.dataframe takes
    """A table of data. Its own menu saves it as CSV as it stands, so no text in it may begin like a formula."""
    st.dataframe(neutralise_cells(frame), hide_index=True, **options)


def show_words(frame: pd.DataFrame, **options: Any) -> None:  # noqa: ANN401 - whatever st.table takes
    """A table of sentences, all of them read at once; markdown in them stays text."""
    st.table(frame.map(_escape_text), hide_index=True, **options)


def show_marked(frame: pd.DataFrame, **options: Any) -> None:  # noqa: ANN401 - whatever st.table takes
    """A table whose markdown is our own: whoever builds it has escaped each part that is data."""
    st.table(frame, hide_index=True, **options)


def _escape_text(cell: object) -> object:
    return escape(cell) if isinstance(cell, str) else cell
