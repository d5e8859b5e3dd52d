"""Pictures and PDF made on the server, where it has a Chrome or Chromium: all charts in one browser, in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, TypedDict

from choreographer.browsers.chromium import Chromium

from lib.charts.frame import framed
from lib.schema import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lib.charts.frame import Chart

    Follow = Callable[[int, int], None]

FORMATS: Final = ("png", "svg", "pdf")
JOBS: Final = "jobs.json"
GLYPHS_MISSING: Final = 3  # the exit code of a process whose machine has no font for Chinese
_SCALE: Final = {"png": 2}  # a picture has twice as many dots as its layout has points
_ROOT: Final = Path(__file__).resolve().parents[2]
_PATIENCE: Final = 60.0  # seconds without a picture, after which the browser counts as hung
_TURN: Final = threading.Lock()  # one browser at a time: it takes about a gigabyte


class Job(TypedDict):
    """A figure's file, its size in points, and the files to make of it with their scale."""

    figure: str
    width: float
    height: float
    files: dict[str, float]


def find_browser() -> str | None:
    """The path of a Chrome or Chromium on this machine: BROWSER_PATH, or where such programs are; None where there is none."""
    told = os.environ.get("BROWSER_PATH")
    if told:
        return told if Path(told).is_file() else None
    return Chromium.find_browser(skip_local=False)


def ignore(done: int, of: int) -> None:
    """Follow nothing."""


def print_charts(
    charts: Mapping[str, Chart], formats: tuple[str, ...] = FORMATS, follow: Follow = ignore
) -> dict[str, bytes]:
    """Every chart in every format, by file name (`name.format`). `follow` hears how many of how many are done.

    Raises DataError: "browser_missing", "glyphs_missing" (no font for Chinese on this machine), "press_failed".
    """
    if find_browser() is None:
        raise DataError("browser_missing")
    with _TURN, TemporaryDirectory(prefix="tracker-press-") as place:
        folder = Path(place)
        jobs = [_lay_out(name, chart, formats, folder) for name, chart in charts.items()]
        (folder / JOBS).write_text(json.dumps(jobs), encoding="utf-8")
        names = [name for job in jobs for name in job["files"]]
        code = _work(folder, len(names), follow)
        if code:
            raise DataError("glyphs_missing" if code == GLYPHS_MISSING else "press_failed")
        return {name: (folder / name).read_bytes() for name in names}


def _lay_out(name: str, chart: Chart, formats: tuple[str, ...], folder: Path) -> Job:
    """Write the framed chart down for the browser's process."""
    figure = framed(chart)
    (folder / f"{name}.json").write_text(figure.to_json(), encoding="utf-8")
    return {
        "figure": f"{name}.json",
        "width": figure.layout.width,
        "height": figure.layout.height,
        "files": {f"{name}.{ending}": _SCALE.get(ending, 1) for ending in formats},
    }


def _work(folder: Path, count: int, follow: Follow) -> int:
    """Let a process of its own session make the pictures; its exit code. In the end it and its browser are gone."""
    with subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "lib.export.press_worker", str(folder)],
        cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            follow(0, count)
            for done in range(1, count + 1):
                if not _hear(process):
                    break
                follow(done, count)
            return process.wait(_PATIENCE)
        finally:
            _end(process)


def _hear(process: subprocess.Popen[bytes]) -> bytes:
    """The next line that a process prints, nothing at its end; one that is silent for too long is ended."""
    watch = threading.Timer(_PATIENCE, _end, (process,))
    watch.start()
    try:
        return process.stdout.readline() if process.stdout else b""
    finally:
        watch.cancel()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and the browser that it started."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
