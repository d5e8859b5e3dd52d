"""From the address to the first chart in headless Chromium: the overview against an empty page of Streamlit's with one chart.

Beside it the same overview in Dash and in Panel, where `PEERS` names the Python of an environment that has them
(benchmarks/peers/requirements.txt). A fresh browser profile each time is a first visit; the second load of it is a return.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as BrowserError

from benchmarks.report import report
from benchmarks.server import ROOT, copy_data, free_port, serving, wait_until_up

ROUNDS = 5
PEERS = ROOT / "benchmarks/peers"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]
CHART = ".js-plotly-plot .main-svg"
PATIENCE = 60_000


@contextmanager
def peer(name: str) -> Iterator[str]:
    """A peer's server; gives its address."""
    python, port = os.environ.get("PEERS", ""), free_port()
    if not shutil.which(python):
        raise FileNotFoundError("PEERS names no Python that has it")
    process = subprocess.Popen(  # noqa: S603 - our own programs
        [python, PEERS / f"{name}.py", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_until_up(f"http://localhost:{port}", process, "/")
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(10)


def see(browser: Browser, address: str) -> tuple[float, float]:
    """Milliseconds to the first chart of a first visit, and of a return with what the browser has kept."""
    visit = browser.new_context()
    times = []
    for _ in range(2):
        page, start = visit.new_page(), time.perf_counter()
        page.goto(address, wait_until="commit", timeout=PATIENCE)
        page.wait_for_selector(CHART, timeout=PATIENCE)
        times.append((time.perf_counter() - start) * 1000)
        page.close()
    visit.close()
    return times[0], times[1]


def compare(browser: Browser, addresses: dict[str, str], rounds: int) -> list[dict[str, object]]:
    """All of them in turn, round by round, so that what else the machine does falls on each alike."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in addresses}
    for place in range(rounds + 1):
        for name, address in addresses.items():
            times = see(browser, address)
            if place:  # the first round is the server's own first visitor
                seen[name].append(times)
    rows: list[dict[str, object]] = []
    for name, times in seen.items():
        first, again = zip(*times, strict=True)
        rows.append({
            "page": name, "first min": min(first), "first median": median(first), "first max": max(first),
            "return min": min(again), "return median": median(again), "return max": max(again),
        })  # fmt: skip
    for row in rows:
        for kind in ("first", "return"):
            row[f"{kind} ratio"] = float(str(row[f"{kind} median"])) / float(str(rows[0][f"{kind} median"]))
    return rows


def main(rounds: int = ROUNDS) -> None:
    """Measure and print."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        print("skipped: no browser on the path")
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        with serving(PEERS / "empty.py") as empty, serving(data=copy_data(Path(folder))) as ours:
            addresses = {"empty page with one chart": empty.address, "overview": ours.address}
            rows = compare(browser, addresses, rounds)
            for name, kind in (("in_dash", "overview in Dash"), ("in_panel", "overview in Panel")):
                try:
                    with peer(name) as address:
                        rows += compare(browser, {"": empty.address, kind: address}, rounds)[1:]
                except (FileNotFoundError, RuntimeError, BrowserError) as error:
                    print(f"skipped: {kind}: {error}")
        browser.close()
    report("browser", rows)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
