"""Servers of our own on loopback: the dashboard on a fresh copy of the shipped data, or any other page of Streamlit's."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UPLOADED = {"store", "raw", "staging", "layouts"}
PATIENCE = 60


@dataclass(frozen=True)
class Served:
    """A running server: its address, its process, and the seconds from its start to its first answer."""

    address: str
    process: subprocess.Popen[bytes]
    seconds: float
    log: Path

    @property
    def worked(self) -> float:
        """The seconds of processor time that the process has had, which other work on the machine does not change much."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def memory(self) -> float:
        """What the process holds for itself alone, in MB."""
        lines = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text("ascii").splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def copy_data(folder: Path) -> Path:
    """A copy of the shipped data without what this machine has received."""
    skip = shutil.ignore_patterns("roles.csv", *UPLOADED)
    return Path(shutil.copytree(ROOT / "data", folder / "data", ignore=skip))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def is_up(address: str, path: str = "/_stcore/health") -> bool:
    """Whether a server answers."""
    try:
        with urllib.request.urlopen(f"{address}{path}", timeout=2) as answer:  # noqa: S310 - our own server
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def wait_until_up(address: str, process: subprocess.Popen[bytes], path: str = "/_stcore/health") -> float:
    """Wait for the first answer; gives the seconds. Raises RuntimeError where none comes."""
    start = time.monotonic()
    while not is_up(address, path):
        if process.poll() is not None or time.monotonic() - start > PATIENCE:
            raise RuntimeError(f"no answer from {address}")
        time.sleep(0.02)
    return time.monotonic() - start


@contextmanager
def serving(
    page: Path = ROOT / "dashboard.py",
    *,
    data: Path | None = None,
    log: Path | None = None,
    port: int = 0,
    **setting: str,
) -> Iterator[Served]:
    """A server of one page as long as it is needed; `setting` is added to its environment."""
    port = port or free_port()
    environment = os.environ | {"STREAMLIT_SERVER_PORT": str(port), "STREAMLIT_SERVER_HEADLESS": "true"} | setting
    environment |= {"TRACKER_DATA": str(data)} if data else {}
    log = log or Path(os.devnull)
    with log.open("ab") as file:
        process = subprocess.Popen(  # noqa: S603 - our own server
            [sys.executable, "-m", "streamlit", "run", str(page)], cwd=ROOT, env=environment, stdout=file, stderr=file
        )
    try:
        address = f"http://localhost:{port}"
        yield Served(address, process, wait_until_up(address, process), log)
    finally:
        process.terminate()
        process.wait(30)
