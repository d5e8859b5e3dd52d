"""Pictures that many visitors see: turned into a message to the browser once, then sent again as it is."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

MOST: Final = 128  # messages kept: a few states of the pages that are open; another is made in milliseconds
STILL: Final[dict[str, Any]] = {"staticPlot": True}


@st.cache_resource(show_spinner=False, max_entries=MOST, hash_funcs={"plotly.graph_objs._figure.Figure": id})
def draw(figure: Any, key: str, alt: str, config: dict[str, Any] = STILL) -> Any:  # noqa: ANN401 - what charts make
    """Draw a figure that is shared and never changes: it is known by its identity, which what is returned keeps its own."""
    st.plotly_chart(figure, config=config, key=key, alt=alt)
    return figure
