"""How long the server takes for each page, against an empty page of Streamlit's with one chart in the same run.

A visitor without a browser asks, so that nothing but server and message counts. Cold: the first visitor after the start.
First: another visitor arrives. Click: the same one draws the page again, the overview by its filter. Then the same on stores
of synthetic figures, the largest against the smallest. Asserts nothing. `pages.py 10_000 1_000_000` names the sizes.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.report import report
from benchmarks.server import ROOT, copy_data, serving
from benchmarks.synthetic import fill
from benchmarks.visitor import Visitor
from lib.tables import read_tables

EMPTY = ROOT / "benchmarks/peers/empty.py"
PAGES = ("", "regions", "indicators", "compare", "targets", "data", "upload", "history", "methodology")
VISITS = 5
CLICKS = 8
SIZES = (10_000, 10_000_000)


async def measure(address: str, page: str) -> dict[str, object]:
    """The milliseconds of a page: cold, of further first loads and of clicks."""
    cold = await visit(address, page, clicks=0)
    warm = [await visit(address, page, clicks=CLICKS) for _ in range(VISITS)]
    loads, clicks = [times[0] for times in warm], [time for times in warm for time in times[1:]]
    return {
        "cold": cold[0] * 1000,
        "first min": min(loads) * 1000,
        "first median": median(loads) * 1000,
        "first max": max(loads) * 1000,
        "click min": min(clicks) * 1000,
        "click median": median(clicks) * 1000,
        "click max": max(clicks) * 1000,
    }


async def visit(address: str, page: str, clicks: int) -> list[float]:
    """The seconds of one visitor's first load and of each click."""
    visitor = Visitor(address, page=page)
    times = [await visitor.arrive()]
    times += [await (visitor.rerun() if page else _click(visitor, number)) for number in range(clicks)]
    await visitor.leave()
    if visitor.faults:
        raise RuntimeError(visitor.faults[0])
    return times


async def _click(visitor: Visitor, number: int) -> float:
    """A filter of the overview; what has none is drawn again."""
    try:
        return await visitor.choose("choice-subject", ("SY", "CO", "WL")[number % 3])
    except KeyError:
        return await visitor.rerun()


def measure_all(figures: int = 0) -> list[dict[str, object]]:
    """Every page of a server on the shipped figures, and on so many synthetic ones beside them."""
    with tempfile.TemporaryDirectory(prefix="made-up-synthetic-") as folder:
        data = copy_data(Path(folder))
        if figures:
            fill(data / "actuals", read_tables(data), figures)
        with serving(data=data) as served:
            return [{"page": page or "overview", **asyncio.run(measure(served.address, page))} for page in PAGES]


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Measure and print."""
    with serving(EMPTY) as served:
        rows: list[dict[str, object]] = [
            {"page": "empty page with one chart", **asyncio.run(measure(served.address, ""))}
        ]
    rows += measure_all()
    for row in rows:
        row["click ratio"] = _ratio(row, rows[0], "click median")
    report("pages", rows)
    grown = {figures: measure_all(figures) for figures in sizes}
    rows = [{"figures": figures, **row} for figures, pages in grown.items() for row in pages]
    for row, small in zip(rows, [*grown[sizes[0]]] * len(sizes), strict=True):
        row |= {f"{kind} ratio": _ratio(row, small, f"{kind} median") for kind in ("first", "click")}
    report("pages-by-size", rows)


def _ratio(row: dict[str, object], reference: dict[str, object], column: str) -> float:
    return float(str(row[column])) / float(str(reference[column]))


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
