"""From the start of the server to its first answer and its first page, and how large it is installed. Asserts nothing."""

from __future__ import annotations

import asyncio
import re
import tempfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from statistics import median

from benchmarks.report import report
from benchmarks.server import ROOT, copy_data, serving
from benchmarks.visitor import drop_in

ROUNDS = 3


def installed(lock: Path) -> float:
    """The MB of all packages of a lock, as they lie here; what is not for this machine does not count."""
    total = 0
    for name in re.findall(r"^([\w.-]+)==", lock.read_text("utf-8"), re.MULTILINE):
        try:
            files = distribution(name).files or []
        except PackageNotFoundError:
            continue
        total += sum(path.stat().st_size for path in (Path(str(file.locate())) for file in files) if path.is_file())
    return total / 1e6


def start(page: Path, data: Path | None = None) -> tuple[float, float, float]:
    """Seconds to the first answer, to the first page drawn, and the MB held then."""
    with serving(page, data=data) as served:
        drawn = asyncio.run(drop_in(served.address))
        return served.seconds, served.seconds + drawn, served.memory


def main() -> None:
    """Measure and print."""
    rows: list[dict[str, object]] = []
    for name, page in (
        ("empty page with one chart", ROOT / "benchmarks/peers/empty.py"),
        ("overview", ROOT / "dashboard.py"),
    ):
        rounds = []
        for _ in range(ROUNDS):
            with tempfile.TemporaryDirectory() as folder:
                rounds.append(start(page, copy_data(Path(folder))))
        answers, pages, memory = zip(*rounds, strict=True)
        rows.append({
            "server": name, "answer min s": min(answers), "answer median s": median(answers), "answer max s": max(answers),
            "page median s": median(pages), "MB": median(memory),
        })  # fmt: skip
    rows.append({"server": "installed, MB", "MB": installed(ROOT / "requirements.lock")})
    report("startup", rows)


if __name__ == "__main__":
    main()
