"""Retake the pictures of README and guide (docs/pictures) from a dashboard on the shipped data.

    python tools/take_pictures.py

Needs the development set-up and a Chromium on the path. Look at every picture before keeping it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
FAULTY = ROOT / "data" / "examples" / "made-up-with-faults.csv"
UPLOADED = shutil.ignore_patterns("store", "raw", "staging", "roles.csv")
COLOURS = 128  # enough for pages that are mostly white, and a quarter of the bytes
SETTLED = """() => document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]')
    && !document.querySelector('[data-testid=stSkeleton], [data-stale=true]')
    && [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(chart => chart.querySelector('.main-svg'))"""


@contextmanager
def served() -> Iterator[str]:
    """The dashboard on a fresh copy of the shipped data; its address."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    address = f"http://localhost:{port}"
    with tempfile.TemporaryDirectory() as place:
        data = shutil.copytree(ROOT / "data", Path(place) / "data", ignore=UPLOADED)
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.headless", "true"],
            cwd=ROOT, env=os.environ | {"TRACKER_DATA": str(data), "STREAMLIT_SERVER_PORT": str(port)},
        )  # fmt: skip
        try:
            while not answers(address):
                time.sleep(0.3)
            yield address
        finally:
            process.terminate()
            process.wait(10)


def answers(address: str) -> bool:
    """Whether the server is up."""
    try:
        return urlopen(f"{address}/_stcore/health", timeout=2).status == 200  # noqa: S310 - our own server
    except (URLError, OSError):
        return False


def settle(page: Page) -> None:
    """Wait until the page stands still."""
    page.wait_for_selector("[data-testid=stMain] [data-testid=stHeading]", timeout=60_000)
    page.wait_for_function(SETTLED, timeout=60_000)
    page.wait_for_timeout(800)


def choose_faulty(page: Page) -> None:
    """Choose the example with faults, and go to what the check says of it."""
    page.locator("input[type=file]").set_input_files(FAULTY)
    page.locator(".st-key-problems-csv").wait_for(timeout=60_000)
    settle(page)


def unfold_trace(page: Page) -> None:
    """Open what stands behind the first verdict."""
    page.locator("[data-testid=stExpander] summary").nth(1).click()
    settle(page)


# Name: path, width, height, and what is done before the picture.
VIEWS: dict[str, tuple[str, int, int, Callable[[Page], None]]] = {
    "overview": ("?", 1280, 1000, settle),
    "phone": ("?", 390, 844, settle),
    "region": ("regions?region=210200&", 1280, 1100, settle),
    "trace": ("targets?", 1280, 1000, unfold_trace),
    "upload": ("upload?", 1280, 1520, choose_faulty),
    "indicator": ("indicators?indicator=gdp&", 1280, 1150, settle),
}


def take(browser: Browser, address: str, name: str, lang: str) -> None:
    """One picture, with few colours."""
    path, width, height, prepare = VIEWS[name]
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=2 if width < 500 else 1)
    page.goto(f"{address}/{path}lang={lang}")
    settle(page)
    prepare(page)
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(PICTURES / f"{name}-{lang}.png", optimize=True)
    page.close()


def main() -> None:
    """Take every picture in both languages."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with served() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name in sys.argv[1:] or VIEWS:
            for lang in ("zh", "en"):
                take(browser, address, name, lang)
        browser.close()


if __name__ == "__main__":
    main()
