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
PATIENCE = 30_000


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


@pytest.fixture(scope="session")
def server(ROOT, chromium, copy_data, tmp_path_factory):  # noqa: ARG001 - no browser, no server
    """The address of the dashboard, served from a fresh copy of the data."""
    folder = tmp_path_factory.mktemp("served")
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "dashboard.py",
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    environment = os.environ | {"TRACKER_DATA": str(copy_data(folder))}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://localhost:{port}"
    deadline = time.monotonic() + 60
    while not is_up(address):
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            pytest.fail(f"the server did not start: {(folder / 'log').read_text()}")
        time.sleep(0.2)
    yield address
    process.terminate()
    process.wait(10)
    assert "Traceback" not in (folder / "log").read_text()


class Visitor:
    """Somebody at a screen of some width, with a browser of their own."""

    def __init__(self, browser, server, width):
        """Open an empty page."""
        self.server = server
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="en-US", accept_downloads=True
        )
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.abroad = []
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("websocket", lambda channel: self._note(channel.url))

    def _note(self, url):
        here = (self.server, self.server.replace("http", "ws", 1), "blob:", "data:", "about:")
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
def visitor(chromium, server):
    """Open visitors with a width; at the end none of them has asked for anything outside this machine."""
    visitors = []

    def come(width=1280):
        visitors.append(Visitor(chromium, server, width))
        return visitors[-1]

    yield come
    abroad = [url for visitor in visitors for url in visitor.abroad]
    for visitor in visitors:
        visitor.context.close()
    assert abroad == []
