"""What the server sends with every answer, and the doors it keeps shut: plain ASGI between the network and Streamlit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

# The front page of Streamlit holds one script of its own, `window.prerenderReady = false`; a test compares the two.
FRONT_PAGE_SCRIPT: Final = "'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='"
# Measured with Streamlit 1.67 and plotly 7.1: every page, every fold, every download. What is not named falls back to 'self',
# which covers the WebSocket. Not needed, and not allowed: 'unsafe-inline' and 'unsafe-eval' for scripts, and WebAssembly
# (protobuf.js tries it for whole numbers of 64 bits and does without).
POLICY: Final = {
    "default-src": "'self'",
    "script-src": f"'self' blob: {FRONT_PAGE_SCRIPT}",  # blob: is how Streamlit loads a component's script: our PNG and SVG
    "style-src": "'self' 'unsafe-inline'",  # Streamlit and plotly write the styles of what they draw into the page
    "img-src": "'self' data: blob:",  # a chart becomes a PNG by way of an SVG in a blob
    "font-src": "'self' data:",  # a few glyphs of Streamlit's own stand in its style sheet
    "object-src": "'none'",
    "frame-src": "'none'",
    "frame-ancestors": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",  # signing in leaves by a plain redirect, which this does not touch
}
UNUSED: Final = ("accelerometer", "camera", "geolocation", "gyroscope", "magnetometer", "microphone", "payment", "usb")
HEADERS: Final = {
    "content-security-policy": "; ".join(f"{name} {sources}" for name, sources in POLICY.items()),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": ", ".join(f"{name}=()" for name in UNUSED),
    "cross-origin-opener-policy": "same-origin",
}
RAW: Final = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
# Streamlit's doors for machines: numbers about the server, and the pages as JSON. Neither asks who is there.
SHUT: Final = ("/_stcore/metrics", "/_stcore/agent")


class Guard:
    """Adds the headers to every answer and answers 404 at the doors that are shut; a WebSocket passes untouched."""

    def __init__(self, app: App) -> None:
        """Stand before an application."""
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(name, value) for name, value in message["headers"] if name.decode().lower() not in HEADERS]
                message["headers"] = kept + RAW
            await send(message)

        if is_shut(scope["path"]):
            await send_with_headers({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        else:
            await self.app(scope, receive, send_with_headers)


def is_shut(path: str) -> bool:
    """Whether a path leads to a door that is shut, below whatever base path the dashboard is published."""
    plain = "/" + "/".join(filter(None, path.lower().split("/"))) + "/"
    return any(f"{door}/" in plain for door in SHUT)
