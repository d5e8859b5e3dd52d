"""What the server does beyond Streamlit: guard every answer, and open a browser where somebody sits before the machine."""

from __future__ import annotations

import asyncio
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import streamlit as st
from starlette.middleware import Middleware

from lib.views.headers import Guard

MIDDLEWARE: Final = [Middleware(Guard)]


@asynccontextmanager
async def open_browser(app: st.App) -> AsyncIterator[None]:  # noqa: ARG001 - as Streamlit calls it
    """Open the dashboard in a browser while the server runs, unless it was started without a screen."""
    if not st.get_option("server.headless"):
        address = f"http://localhost:{st.get_option('server.port')}"
        asyncio.get_running_loop().run_in_executor(None, webbrowser.open, address)
    yield
