"""Which targets the scoreboard shows: by region, kind and status, kept in the address bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from lib.schema import Kind
from lib.summary import ORDER, Selection
from lib.views.state import choose_any, forget
from lib.words import escape

if TYPE_CHECKING:
    from collections.abc import Callable

    from lib.views.shell import View

NAMES: Final = ("subject", "kind", "status")


def choose_targets(view: View) -> Selection:
    """Ask what to show: regions and kinds that the plan has, and every status, since each day has others."""
    board, texts = view.board, view.texts
    sentences = board.sentences().values()
    occurring: tuple[tuple[list[str], Callable[[str], str]], ...] = (
        (list(dict.fromkeys(readings[0].subject for readings in sentences)), view.words.short_region),
        ([kind for kind in Kind if kind in {readings[0].kind for readings in sentences}], _worded(view, "kind")),
        ([str(status) for status in ORDER], _worded(view, "status")),
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="filters"):
        chosen = []
        for name, (allowed, wording) in zip(NAMES, occurring, strict=True):
            with st.container(width=250):
                chosen.append(choose_any(texts(f"filter.{name}"), name, allowed, wording, texts("filter.all")))
        selection = Selection(*chosen)
        _show_count(view, selection)
    return selection


def _show_count(view: View, selection: Selection) -> None:
    """How many of the targets are shown, by which choice, and the way back to all."""
    sentences = view.board.sentences().values()
    kept = sum(selection.keeps(view.board, readings) for readings in sentences)
    if not selection:
        st.caption(view.texts("filter.whole", total=len(sentences)), width="content")
        return
    st.button(
        view.texts("filter.reset"), key="filter-reset", on_click=forget, args=NAMES, icon=":material/filter_alt_off:"
    )
    holes = {"shown": kept, "total": len(sentences), "by": escape(_name(view, selection))}
    st.markdown(view.texts("filter.shown", **holes), width="content")
    if not kept:
        st.info(view.texts("filter.nothing"), icon=":material/search_off:")


def _name(view: View, selection: Selection) -> str:
    """What was chosen, in words."""
    words, texts = view.words, view.texts
    return words.join(
        [
            *map(words.short_region, selection.subjects),
            *(texts(f"kind.{kind}") for kind in selection.kinds),
            *(texts(f"status.{status}") for status in selection.statuses),
        ]
    )


def _worded(view: View, family: str) -> Callable[[str], str]:
    return lambda code: view.texts(f"{family}.{code}")
