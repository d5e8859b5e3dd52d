"""What the server does beyond Streamlit: guard every answer, get ready for the first visitor, open a browser where one sits."""

from __future__ import annotations

import asyncio
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Final

import streamlit as st
from starlette.middleware import Middleware

from lib.i18n import load_texts
from lib.views.headers import Guard
from lib.views.state import read_language
from lib.watch import start_telling, tell_fault

MIDDLEWARE: Final = [Middleware(Guard)]
WARM: Final = "lib.views.warm"


@asynccontextmanager
async def get_ready(app: st.App) -> AsyncIterator[None]:  # noqa: ARG001 - as Streamlit calls it
    """Load what pages need before anybody waits for it, and open a browser unless the server was started without a screen."""
    start_telling()
    asyncio.get_running_loop().run_in_executor(None, lambda: import_module(WARM).warm_up())
    if not st.get_option("server.headless"):
        address = f"http://localhost:{st.get_option('server.port')}"
        asyncio.get_running_loop().run_in_executor(None, webbrowser.open, address)
    yield


def tell_visitor(error: Exception) -> bool:
    """Give a fault a number, to the log with all about it and to the visitor with nothing else; nobody need say more."""
    st.error(load_texts(read_language())("watch.fault", id=tell_fault(error)))
    return True
