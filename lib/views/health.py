"""How this server and its store are, for people; `python -m lib health --json` says the store's part to machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lib.export.trail import when, who
from lib.health import read_health
from lib.views.cached import load_actuals, open_store
from lib.watch import SINCE

if TYPE_CHECKING:
    from lib.health import Health
    from lib.views.shell import View


def show_health(view: View) -> None:
    """Version and freshness of the store; since when the server runs, how fast it draws, what went wrong."""
    texts, health = view.texts, read_health(open_store(), load_actuals)
    st.subheader(texts("health.title"), anchor=False)
    st.text("\n".join([*_of_store(view, health), *_of_server(view)]))
    if not health.writable:
        st.warning(texts("health.unwritable"), icon=":material/lock:")


def _of_store(view: View, health: Health) -> list[str]:
    texts, words, last = view.texts, view.words, health.last_upload
    held = texts("health.store", version=int(health.version), figures=f"{health.figures:,}")
    received = texts("health.no_upload")
    if last is not None:
        received = texts("health.upload", when=when(last.uploaded_at), user=who(last.user, words), name=last.name)
    newest = texts("health.newest", date=words.day(health.newest_figure)) if health.newest_figure else ""
    return [line for line in (held, received, newest) if line]


def _of_server(view: View) -> list[str]:
    texts, within = view.texts, SINCE.times_within()
    lines = [texts("health.server", since=when(SINCE.started), pages=f"{SINCE.pages:,}")]
    if within is not None:
        lines.append(texts("health.times", half=f"{within[0]:,.0f}", most=f"{within[1]:,.0f}"))
    return [*lines, texts("health.faults" if SINCE.faults else "health.no_faults", count=SINCE.faults)]
