"""Dated statements about a milestone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import streamlit as st

from lib.words import escape

if TYPE_CHECKING:
    from lib.verdict.target import Evidence
    from lib.views.shell import View

# What an address may hold as it is; brackets would end the link's markdown.
WEB: Final = ("http://", "https://")
ADDRESS: Final = ":/?#&=%~,;@!$'*+-._"


def show_evidence(view: View, evidence: tuple[Evidence, ...]) -> None:
    """List what was stated, when, by whom; linked where the address is the publisher's own."""
    if evidence:
        st.markdown("\n".join(_line(view, item) for item in evidence))


def _line(view: View, item: Evidence) -> str:
    what = item.what_zh if view.texts.lang == "zh" else item.what_en
    stage = view.texts(f"stage.{item.stage}")
    return f"- {view.words.day(item.happened)} · {stage} · {escape(what)} — {linked(item.source, item.link)}"


def linked(source: str, link: str) -> str:
    """A source as markdown, linked if we may and if the link leads to a page of the web."""
    if not link.lower().startswith(WEB):
        return escape(source)
    return f"[{escape(source)}]({quote(link, safe=ADDRESS)})"
