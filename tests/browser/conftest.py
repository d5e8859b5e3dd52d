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
    "--process-per-site",  # a tab that is used again keeps its process, and all that this has compiled
]
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"
PATIENCE = 60_000
FORGET = "() => { if (location.protocol != 'about:') { localStorage.clear(); sessionStorage.clear(); } }"


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
    """Somebody at a screen, in a tab that others sat at before."""

    def __init__(self, page, server, also=()):
        """Sit down at an empty tab; `also` are servers that this visitor may ask, and whose pages may ask whom they like."""
        self.page, self.server, self.also = page, server, also
        self.context = page.context
        self.abroad = []
        self.complaints = []
        self._watched = []
        self.watch("console", self._note_complaint)
        self.watch("request", self._note_request)
        self.watch("websocket", lambda channel: self._note(channel.url))

    def watch(self, event, hear):
        """Hear of an event of the tab for as long as the visitor sits there."""
        self.page.on(event, hear)
        self._watched.append((event, hear))

    def leave(self):
        """Leave the tab as it was met: nobody listens, nothing is remembered."""
        for event, hear in self._watched:
            self.page.remove_listener(event, hear)
        self.page.evaluate(FORGET)
        self.context.clear_cookies()
        self.page.goto("about:blank")

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
            polling=150,
        )
        page.wait_for_timeout(250)

    def pick(self, field, text):
        """Pick from a field's list; a list that closes because the page draws itself anew is opened again."""
        from playwright.sync_api import TimeoutError as TooLate  # noqa: PLC0415 - there is a page, so there is playwright

        option = self.page.locator("[role=option]", has_text=text)
        deadline = time.monotonic() + PATIENCE / 1000
        while True:
            self.page.locator(f".st-key-choice-{field} input").press("ArrowDown")
            try:
                return option.click(timeout=3000)
            except TooLate:
                assert time.monotonic() < deadline, f"the list of {field} does not stay open"

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


@pytest.fixture(scope="session")
def free_tabs():
    """Tabs that nobody sits at: one that has run the dashboard before runs it again with about half the work."""
    return []


@pytest.fixture
def visitors(chromium, free_tabs):
    """Open visitors of a server with a width; at the end none of them has asked for anything outside this machine."""
    here = []

    def come(server, width=1280, also=(), scheme="light"):
        page = free_tabs.pop() if free_tabs else chromium.new_context(locale="en-US", accept_downloads=True).new_page()
        here.append(Visitor(page, server, also))
        page.context.set_default_timeout(PATIENCE)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        return here[-1]

    yield come
    for visitor in here:
        visitor.leave()
        free_tabs.append(visitor.page)
    assert [url for visitor in here for url in visitor.abroad] == []


@pytest.fixture
def visitor(visitors, server):
    """Open visitors of the dashboard with a width."""
    return partial(visitors, server)
