"""The only doors for tables, since a cell may hold whatever somebody uploaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from lib.export.table import neutralise_cells
from lib.words import escape

if TYPE_CHECKING:
    import pandas as pd


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
