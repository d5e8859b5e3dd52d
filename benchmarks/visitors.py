"""Many visitors of the overview at once: how long a click takes, how many page runs a process manages, what each one holds.

Sessions over WebSockets without a browser, bounded, on loopback, from a process of their own beside the server's; both share
the machine's cores. Asserts nothing.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from statistics import median, quantiles

from benchmarks.report import report
from benchmarks.server import Served, copy_data, serving
from benchmarks.visitor import Visitor

CROWDS = (1, 10, 50, 100)
PAUSE = 5.0  # seconds between two clicks of a visitor
SECONDS = 20.0
BACK_TO_BACK = 10
SUBJECTS = ("SY", "CO", "WL", "EL", "PR")


async def stroll(address: str, seed: int, until: float) -> list[float]:
    """One visitor, who comes at a moment of their own and clicks until the end; seconds of each click."""
    random, visitor, times = Random(seed), Visitor(address), []  # noqa: S311 - no secret
    await asyncio.sleep(random.uniform(0, PAUSE))
    await visitor.arrive()
    while time.monotonic() < until:
        await asyncio.sleep(random.uniform(0.8, 1.2) * PAUSE)
        if random.random() < 0.5:
            times.append(await visitor.choose("choice-subject", random.choice(SUBJECTS)))
        else:
            times.append(await visitor.rerun())
    await visitor.leave()
    return times


async def crowd(servers: Sequence[Served], size: int) -> dict[str, object]:
    """So many visitors for some time, each with one of the servers: half filter, half draw the whole page anew."""
    before, worked = sum(served.memory for served in servers), sum(served.worked for served in servers)
    until = time.monotonic() + SECONDS + PAUSE
    walks = asyncio.gather(*(stroll(servers[seed % len(servers)].address, seed, until) for seed in range(size)))
    await asyncio.sleep(SECONDS)
    held = sum(served.memory for served in servers) - before
    clicks = [seconds * 1000 for times in await walks for seconds in times]
    return {
        "visitors": size,
        "processes": len(servers),
        "clicks": len(clicks),
        "median ms": median(clicks),
        "p95 ms": quantiles(clicks, n=20, method="inclusive")[-1],
        "max ms": max(clicks),
        "processor ms each": (sum(served.worked for served in servers) - worked) * 1000 / (len(clicks) + size),
        "MB each": held / size,
    }


async def back_to_back(served: Served) -> dict[str, object]:
    """Whole pages a second that one process draws for ten visitors who never pause."""
    visitors = [Visitor(served.address) for _ in range(BACK_TO_BACK)]
    for visitor in visitors:
        await visitor.arrive()
    until = time.monotonic() + SECONDS / 2

    async def hurry(visitor: Visitor) -> int:
        done = 0
        while time.monotonic() < until:
            await visitor.rerun()
            done += 1
        await visitor.leave()
        return done

    start, worked = time.monotonic(), served.worked
    runs = sum(await asyncio.gather(*map(hurry, visitors)))
    return {
        "visitors": f"{BACK_TO_BACK} without a pause",
        "processes": 1,
        "clicks": runs,
        "processor ms each": (served.worked - worked) * 1000 / runs,
        "page runs a second": runs / (time.monotonic() - start),
    }


async def warm_up(address: str) -> None:
    """The first visitors, who wait for what is then shared."""
    for _ in range(3):
        visitor = Visitor(address)
        await visitor.arrive()
        for subject in SUBJECTS:
            await visitor.choose("choice-subject", subject)
        await visitor.leave()


def main(crowds: tuple[int, ...] = CROWDS) -> None:
    """Measure and print."""
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        data = copy_data(Path(folder))
        with serving(data=data) as one:
            asyncio.run(warm_up(one.address))
            rows += [asyncio.run(crowd([one], size)) for size in crowds]
            rows.append(asyncio.run(back_to_back(one)))
            with serving(data=data) as other:
                asyncio.run(warm_up(other.address))
                rows.append(asyncio.run(crowd([one, other], crowds[-1])))
    report("visitors", rows)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or CROWDS)
