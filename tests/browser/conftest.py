"""A server on a fresh copy of the data, and visitors in Chromium who note whatever leaves this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import pytest

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"
PATIENCE = 60_000


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return probe.getsockname()[1]


def is_up(address):
    """Whether the server answers."""
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:  # noqa: S310 - our own server
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="session")
def chromium():
    """Chromium, or a skip that says what is missing."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip(f"no browser on the path: {', '.join(BROWSERS)}")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Served:
    """A running dashboard: its address and its process."""

    address: str
    pid: int


@contextmanager
def serving(root, data, log, *options):
    """The dashboard on a data folder, with options of Streamlit's, as long as it is needed; it must not have failed meanwhile."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.headless", "true", *options]
    environment = os.environ | {"TRACKER_DATA": str(data), "STREAMLIT_SERVER_PORT": str(port)}
    with log.open("w") as file:
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=file, stderr=subprocess.STDOUT)
    try:
        address = f"http://localhost:{port}"
        deadline = time.monotonic() + 60
        while not is_up(address):
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the server did not start: {log.read_text()}")
            time.sleep(0.2)
        yield Served(address, process.pid)
    finally:
        process.terminate()
        process.wait(10)
    assert "Traceback" not in log.read_text()


@pytest.fixture(scope="session")
def serve(ROOT, chromium):  # noqa: ARG001 - no browser, no server
    """Serves the dashboard on a data folder, as a context: data and log in, `Served` out."""
    return partial(serving, ROOT)


@pytest.fixture(scope="session")
def server(serve, copy_data, tmp_path_factory):
    """The address of the dashboard, served from a fresh copy of the data."""
    folder = tmp_path_factory.mktemp("served")
    with serve(copy_data(folder), folder / "log") as served:
        yield served.address


class Visitor:
    """Somebody at a screen of some width, with a browser of their own."""

    def __init__(self, browser, server, width, also=(), scheme="light"):
        """Open an empty page; `also` are servers that this visitor may ask, and whose pages may ask whom they like."""
        self.server, self.also = server, also
        self.context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="en-US",
            accept_downloads=True,
            color_scheme=scheme,
        )
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.abroad = []
        self.complaints = []
        self.page.on("console", self._note_complaint)
        self.page.on("request", self._note_request)
        self.page.on("websocket", lambda channel: self._note(channel.url))

    def _note_complaint(self, message):
        if message.type == "error":
            self.complaints.append((message.text, message.location.get("url", "")))

    def _note_request(self, request):
        if not (self.also and request.headers.get("referer", "").startswith(self.also)):
            self._note(request.url)

    def _note(self, url):
        here = (self.server, self.server.replace("http", "ws", 1), "blob:", "data:", "about:", *self.also)
        if not url.startswith(here):
            self.abroad.append(url)

    def open(self, path):
        """Open an address of the dashboard and wait until it is drawn."""
        self.page.goto(f"{self.server}/{path}")
        self.settle()
        return self

    def settle(self):
        """Wait until the page stands still: the script is done, nothing is a placeholder, every chart is drawn."""
        page = self.page
        page.wait_for_selector("[data-testid=stMain] [data-testid=stHeading], [data-testid=stAlert]")
        page.wait_for_function(
            """selector => document.querySelector(selector)
                && !document.querySelector('[data-testid=stSkeleton], [data-stale=true]')
                && [...document.querySelectorAll('[data-testid=stPlotlyChart]')]
                    .every(chart => chart.querySelector('.js-plotly-plot .main-svg'))""",
            arg=SETTLED,
        )
        page.wait_for_timeout(250)

    def says(self, text):
        """Whether the page shows a text, given time to draw it."""
        self.page.get_by_text(text).first.wait_for(state="visible")
        return True

    @property
    def words(self):
        """Everything the page shows as text."""
        return self.page.locator("[data-testid=stMain]").inner_text()

    def chart(self, name):
        """The text in a chart's drawing."""
        return "\n".join(self.page.locator(f".st-key-chart-{name} .main-svg").all_text_contents())


@pytest.fixture
def visitors(chromium):
    """Open visitors of a server with a width; at the end none of them has asked for anything outside this machine."""
    here = []

    def come(server, width=1280, also=(), scheme="light"):
        here.append(Visitor(chromium, server, width, also, scheme))
        return here[-1]

    yield come
    abroad = [url for visitor in here for url in visitor.abroad]
    for visitor in here:
        visitor.context.close()
    assert abroad == []


@pytest.fixture
def visitor(visitors, server):
    """Open visitors of the dashboard with a width."""
    return partial(visitors, server)
