"""How long the server takes for each page, against an empty page of Streamlit's with one chart in the same run.

A visitor without a browser asks, so that nothing but server and message counts. Cold: the first visitor after the start.
First: another visitor arrives. Click: the same one draws the page again, the overview by its filter. Asserts nothing.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.report import report
from benchmarks.server import ROOT, copy_data, serving
from benchmarks.visitor import Visitor

EMPTY = ROOT / "benchmarks/peers/empty.py"
PAGES = ("", "regions", "indicators", "compare", "targets", "data", "upload", "history", "methodology")
VISITS = 5
CLICKS = 8


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


def main() -> None:
    """Measure and print."""
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        with serving(EMPTY) as served:
            rows.append({"page": "empty page with one chart", **asyncio.run(measure(served.address, ""))})
        with serving(data=copy_data(Path(folder))) as served:
            rows += [{"page": page or "overview", **asyncio.run(measure(served.address, page))} for page in PAGES]
    for row in rows:
        row["click ratio"] = float(str(row["click median"])) / float(str(rows[0]["click median"]))
    report("pages", rows)


if __name__ == "__main__":
    main()
