"""The shipped configuration of nginx before two processes on one data folder: who is where, and what is left when one ends."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress

import pytest
from websockets.exceptions import ConnectionClosed

from benchmarks.server import free_port, serving, wait_until_up
from benchmarks.visitor import Visitor
from lib.store import Store

FRAME = (
    "daemon off; pid {folder}/nginx.pid; error_log stderr; worker_processes 1; events {{}} "
    "http {{ access_log off; {paths} {conf} }}"
)
PATHS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
OFFICE = "made-up office"
OPEN = {"TRACKER_UPLOAD_WITHOUT_LOGIN": "yes", "STREAMLIT_SERVER_COOKIE_SECRET": "made up for a test"}


@contextmanager
def proxied(root, folder, ports):
    """The shipped configuration on ports of our own, as long as it is needed; gives the address."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if nginx is None:
        pytest.skip("nginx is not installed")
    port = free_port()
    conf = (root / "deploy/nginx.conf").read_text("utf-8").replace("listen 80;", f"listen 127.0.0.1:{port};")
    for shipped, ours in zip((8501, 8502), ports, strict=True):
        conf = conf.replace(f"127.0.0.1:{shipped} ", f"127.0.0.1:{ours} ")
    paths = " ".join(f"{name}_temp_path {folder}/{name};" for name in PATHS)
    (folder / "nginx.conf").write_text(FRAME.format(folder=folder, paths=paths, conf=conf), "utf-8")
    with (folder / "nginx.log").open("wb") as log:
        process = subprocess.Popen([nginx, "-p", folder, "-c", folder / "nginx.conf"], stdout=log, stderr=log)
    try:
        wait_until_up(f"http://localhost:{port}", process)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(10)


def has_drawn(server):
    """Whether a server has drawn a page for anybody."""
    return '"event": "page"' in server.log.read_text("utf-8")


async def upload(visitor, raw):
    """Hand in a file and confirm it; what the page says then."""
    await visitor.hand_in("upload-file-0", "made-up.csv", raw)
    await visitor.type("upload-user", OFFICE)
    await visitor.press("confirm")
    return visitor.words


async def go_on(visitor):
    """Draw the page again as the browser would: where the line has broken, over a new one."""
    with suppress(ConnectionClosed):
        await visitor.rerun()
        return
    await visitor.connect()
    await visitor.rerun()


async def visit_through(address, raw, servers):
    """One uploads through the proxy, their process ends, and they and another go on. Gives what each was told."""
    office, reader = (Visitor(address, {"lang": "en"}, page="upload") for _ in range(2))
    await office.arrive()
    home = next(server for server in servers if has_drawn(server))
    told = [await upload(office, raw)]
    await reader.arrive()
    home.process.kill()
    home.process.wait(10)
    for visitor in (office, reader):
        await go_on(visitor)
        told.append(visitor.words)
        await visitor.leave()
    return told, office.faults + reader.faults


def test_visitors_go_on_when_a_process_ends(ROOT, data_dir, tmp_path):
    """A file reaches the process that holds the session; acknowledged, it is on the pages of the process that is left."""
    raw = (ROOT / "data/examples/made-up-quarter.csv").read_bytes()
    ports, logs = [free_port(), free_port()], [tmp_path / "first.log", tmp_path / "second.log"]
    with ExitStack() as stack:
        servers = [
            stack.enter_context(serving(data=data_dir, port=port, log=log, **OPEN))
            for port, log in zip(ports, logs, strict=True)
        ]
        address = stack.enter_context(proxied(ROOT, tmp_path, ports))
        with ThreadPoolExecutor(1) as apart:  # this thread may belong to a browser's own loop
            visit = asyncio.wait_for(visit_through(address, raw, servers), 400)
            told, faults = apart.submit(asyncio.run, visit).result()
    assert not faults
    kept = Store(data_dir / "actuals").history()[0]
    assert (kept.user, kept.name) == (OFFICE, "made-up.csv")
    assert [kept.upload in words and OFFICE in words for words in told] == [True] * 3
