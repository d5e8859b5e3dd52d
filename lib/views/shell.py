"""The frame of every page: title, menu, language, as-of date; and the board that the page shows."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import streamlit as st

from lib.clock import today
from lib.i18n import LANGUAGES, Texts, load_texts
from lib.schema import DataError
from lib.views.cached import load_board, load_words, open_store
from lib.views.plans import load_beginning, load_plans
from lib.views.replay import show_replay
from lib.views.state import (
    choose,
    choose_as_of,
    link_parameters,
    read_as_of,
    read_choice,
    read_entry,
    read_language,
    read_likely,
)
from lib.views.visitor import describe_safely, show_account, show_sign_in_fault
from lib.watch import tell_page
from lib.words import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from lib.verdict.board import Board
    from lib.words import Words

_Thing = TypeVar("_Thing")

PAGES: Final = {
    "overview": "dashboard.py",
    "regions": "pages/regions.py",
    "indicators": "pages/indicators.py",
    "compare": "pages/compare.py",
    "targets": "pages/targets.py",
    "data": "pages/data.py",
    "upload": "pages/upload.py",
    "history": "pages/history.py",
    "methodology": "pages/methodology.py",
}
STYLE: Final = Path(__file__).with_name("style.css")
PLAN_WIDTH: Final = 480
LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True)
class View:
    """What a page's components need: the words of the visitor's language and the board as of the chosen day.

    `begun` is when its drawing began, in seconds of the clock that only goes forward.
    """

    page: str
    texts: Texts
    words: Words
    board: Board
    begun: float = field(default_factory=time.perf_counter)

    def once(self, name: Hashable, make: Callable[[], _Thing]) -> _Thing:
        """What `make` says of the board in this language, made for the first visitor and shared with all: read only."""
        return self.board.once((self.texts.lang, name), make)


def open_page(page: str) -> View:
    """Draw the frame and load the board. Where the data cannot be used, say so and stop."""
    begun, lang = time.perf_counter(), read_language()
    texts = load_texts(lang)
    plans = _find_plans(lang)
    plan = read_choice("plan", list(plans), next(iter(plans), ""))
    title = texts("menu.title", page=texts(f"page.{page}.title"), plan=plans.get(plan, ""))
    st.set_page_config(page_title=title, page_icon="🎯", layout="wide")
    st.html(STYLE)
    _draw_menu(page, texts, lang, plans, plan)
    try:
        with st.spinner(texts("loading.board")):
            entry, day = read_entry(int(open_store().version())), read_as_of(load_beginning(plan))
            board = load_board(day, plan, likely=read_likely(), upto=entry)
            view = View(page, texts, load_words(lang, plan), board, begun)
        show_replay(view)
    except DataError as error:
        LOG.error("The data cannot be used: %s %s", error.code, error.hint)  # noqa: TRY400 - a fault of the data, told in full
        st.error(describe_safely(error, texts))
        st.stop()
    if view.board.made_up:
        st.warning(texts("menu.made_up", names=escape(view.words.join(view.board.made_up))), icon=":material/science:")
    if view.board.likely:
        st.info(texts("menu.likely"), icon=":material/group_add:")
    if page != "overview":
        st.header(texts(f"page.{page}.title"), anchor=False)
        st.caption(texts(f"page.{page}.lead"))
    return view


def close_page(view: View) -> None:
    """The page is drawn: tell the log."""
    facts = {"page": view.page, "plan": view.board.plan, "language": view.texts.lang}
    tell_page(time.perf_counter() - view.begun, **facts, store=open_store().version())


def keep_current(view: View) -> None:
    """Draw the whole page anew where the data have changed since: a part of it that is drawn alone has kept its view."""
    board = view.board
    if load_board(board.as_of, board.plan, likely=board.likely, upto=board.entry) is not board:
        st.rerun()


def _find_plans(lang: str) -> dict[str, str]:
    """The plans to choose from; none where the tables cannot be used, which the page then says."""
    try:
        return load_plans(lang)
    except DataError:
        return {}


def _draw_menu(page: str, texts: Texts, lang: str, plans: dict[str, str], plan: str) -> None:
    """The plan and the visitor's choices in one row, the pages in the next."""
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute", key="menu"):
        if len(plans) > 1:
            with st.container(width=PLAN_WIDTH, key="menu-plan"):
                choose(texts("menu.plan"), "plan", list(plans), next(iter(plans)), plans.__getitem__)
            _draw_choices(texts, lang, plan)
            _draw_links(page, texts, lang)
        else:
            _draw_links(page, texts, lang)
            _draw_choices(texts, lang, plan)
    show_sign_in_fault(texts)


def _draw_links(page: str, texts: Texts, lang: str) -> None:
    with st.container(horizontal=True, gap="xsmall", width="content", key="menu-links"):
        for name, path in PAGES.items():
            label = texts(f"page.{name}.menu")
            shown = f"**{label}**" if name == page else label
            st.page_link(path, label=shown, query_params={**link_parameters(), "lang": lang})


def _draw_choices(texts: Texts, lang: str, plan: str) -> None:
    with st.container(horizontal=True, gap="small", width="content", vertical_alignment="bottom", key="menu-choices"):
        with st.container(width=150):
            choose_as_of(texts("menu.as_of"), texts("menu.as_of_help"), load_beginning(plan) if plan else today())
        choose(
            texts("menu.language"),
            "lang",
            LANGUAGES,
            lang,
            lambda code: load_texts(code)("language.name"),
            few=True,
        )
        show_account(texts)
