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

from lib.views.headers import Guard

MIDDLEWARE: Final = [Middleware(Guard)]
PAGE: Final = "lib.views.overview"


@asynccontextmanager
async def get_ready(app: st.App) -> AsyncIterator[None]:  # noqa: ARG001 - as Streamlit calls it
    """Load what pages need before anybody waits for it, and open a browser unless the server was started without a screen."""
    asyncio.get_running_loop().run_in_executor(None, import_module, PAGE)
    if not st.get_option("server.headless"):
        address = f"http://localhost:{st.get_option('server.port')}"
        asyncio.get_running_loop().run_in_executor(None, webbrowser.open, address)
    yield
