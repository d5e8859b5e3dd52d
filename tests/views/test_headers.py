"""The guard before Streamlit: headers on every answer, shut doors, WebSockets untouched."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import re
from pathlib import Path

import pytest
import streamlit

from lib.views.headers import HEADERS, POLICY, Guard, is_shut


def ask(path, kind="http", headers=()):
    """What comes back through the guard from an application that answers everything, as ASGI messages."""
    sent = []

    async def application(scope, receive, send):  # noqa: ARG001 - as ASGI has it
        await send({"type": "http.response.start", "status": 200, "headers": list(headers)})
        await send({"type": "http.response.body", "body": b"inside"})

    async def send(message):
        sent.append(message)

    with contextlib.suppress(StopIteration):
        Guard(application)({"type": kind, "path": path}, None, send).send(None)  # nobody waits: one step is all of it
    return sent


def test_every_answer_has_the_headers():
    """The application's own headers stay; one of ours that it sets itself is ours."""
    start, body = ask("/", headers=[(b"content-type", b"text/html"), (b"X-Frame-Options", b"ALLOWALL")])
    names = [name for name, _ in start["headers"]]
    assert dict(start["headers"])[b"x-frame-options"] == b"DENY"
    assert (names[0], len(names)) == (b"content-type", 1 + len(HEADERS))
    assert body["body"] == b"inside"


def test_a_socket_passes_untouched():
    """What is no HTTP answer is handed on as it is."""
    assert ask("/_stcore/stream", kind="websocket")[0]["headers"] == []


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/base/_stcore/metrics/", "//_stcore//metrics", "/_stcore/agent/interact"]
)
def test_shut_doors_answer_404(path):
    """Neither the server's numbers nor the pages as JSON are for everybody; also below a base path."""
    start, body = ask(path)
    assert (start["status"], body["body"]) == (404, b"")
    assert dict(start["headers"])[b"x-content-type-options"] == b"nosniff"


@pytest.mark.parametrize("path", ["/", "/regions", "/_stcore/health", "/_stcore/upload_file/s/f", "/_stcore/metricsx"])
def test_other_doors_stay_open(path):
    """What the pages need is not shut."""
    assert not is_shut(path)


def test_policy_names_nobody_else():
    """No foreign host, no inline script, no evaluation: only ourselves and what the page itself makes."""
    sources = {source for sources in POLICY.values() for source in sources.split()}
    assert {source for source in sources if "." in source or "*" in source or "//" in source} == set()
    assert POLICY["script-src"].split()[:2] == ["'self'", "blob:"]
    assert "unsafe" not in POLICY["script-src"]


def test_the_front_pages_own_script_is_the_one_allowed():
    """The hash is that of the one inline script in the installed Streamlit's front page."""
    page = (Path(streamlit.__file__).parent / "static/index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts]
    assert hashes == POLICY["script-src"].split()[2:]
