"""What every benchmark shares: several runs, their least, middle and most, ratios in one run, a table and a file of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from benchmarks.report import report

COMPUTING = ", computing"


@dataclass
class Report:
    """The rows of one benchmark. A row is seconds, or whatever its unit says, and the row it is held against if any."""

    name: str
    about: str
    rows: list[dict[str, object]] = field(default_factory=list)
    load: float = field(default_factory=lambda: os.getloadavg()[0])

    def add(
        self, label: str, values: list[float], *, unit: str = "s", against: str = "", goal: float | None = None
    ) -> float:
        """Add what several runs gave; the ratio of the middles is held against an earlier row."""
        row: dict[str, object] = {"label": label, "unit": unit, "runs": len(values)}
        row |= {"min": min(values), "median": median(values), "max": max(values)}
        if against:
            ratio = median(values) / self.median(against)
            row |= {
                "against": against,
                "ratio": ratio,
                "goal": goal,
                "reached": None if goal is None else ratio <= goal,
            }
        self.rows.append(row)
        return median(values)

    def median(self, label: str) -> float:
        """The middle of a row."""
        return next(float(str(row["median"])) for row in self.rows if row["label"] == label)

    def close(self) -> None:
        """Print the table and write it as JSON under build/bench."""
        print(f"{self.about}\nload {self.load:.1f} before")
        report(self.name, self.rows)


def seconds(work: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    """How long something takes once, by a clock on the wall or, with `process_time`, in computing of all cores."""
    start = clock()
    work()
    return clock() - start


def several(work: Callable[[], object], rounds: int, clock: Callable[[], float] = perf_counter) -> list[float]:
    """How long something takes in each of some rounds, after one that warms up."""
    return [seconds(work, clock) for _ in range(rounds + 1)][1:]


def alternate(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Run several works in turn, some rounds, so that what else the machine does meets all of them alike.

    Each has a second list, named with ", computing": what it took of all cores, which others on the machine change less.
    """
    found: dict[str, list[float]] = {name: [] for work in works for name in (work, work + COMPUTING)}
    for _ in range(rounds):
        for name, work in works.items():
            start = process_time()
            found[name].append(seconds(work))
            found[name + COMPUTING].append(process_time() - start)
    return found


def folder_size(folder: Path) -> float:
    """Megabytes of the files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
