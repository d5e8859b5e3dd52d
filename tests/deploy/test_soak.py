"""A day at a ministry in minutes: twenty visitors click while an office uploads, and no page breaks, lies or grows.

TRACKER_SOAK_SECONDS shortens the ten minutes.
"""

from __future__ import annotations

import asyncio
import os
import re
import time
from random import Random

import pandas as pd
import pytest

from benchmarks.server import serving
from benchmarks.visitor import Visitor, drop_in
from lib.access import owner
from lib.schema import ACTUAL_COLUMNS, ORIGIN_COLUMNS
from lib.store import Store

SECONDS = float(os.environ.get("TRACKER_SOAK_SECONDS", "600"))
VISITORS = 20
PAUSE = 5.0
BETWEEN_UPLOADS = 15.0
SUBJECTS = ("SY", "CO", "WL", "EL", "PR")
PAGES = ("", "data", "regions", "indicators", "history")
# MB that the server may gain between the middle and the end of the run, when all that is shared has long been made.
GROWTH = 60


def publish(store, number):
    """An office keeps a figure that nobody published, and says so; each upload revises the one before."""
    figure = {
        "region": "210200", "indicator": "gdp", "period": "2025", "basis": "annual", "unit": "100m_cny",
        "status": "final", "value": 10_000.0 + number, "published": pd.Timestamp("2026-02-01"),
        "source": f"made-up figures no. {number:04}", "row": 2,
    }  # fmt: skip
    blank = dict.fromkeys(ACTUAL_COLUMNS + ORIGIN_COLUMNS, "")
    rows = pd.DataFrame([{**blank, **figure}])
    return store.append(rows, f"made up {number}".encode(), name="made-up.csv", user=owner("made-up office"))


def newest_told(words):
    """The newest upload whose made-up figures a page warns of; 0 where it warns of none."""
    numbers = [int(number) for number in re.findall(r"made\\?-up figures no\\?\. (\d{4})", words)]
    return max(numbers, default=0)


class Day:
    """What came together: uploads acknowledged, clicks, memory, and whatever was wrong."""

    def __init__(self, served, store):
        """Begin with the server as it is."""
        self.served, self.store = served, store
        self.acknowledged, self.clicks, self.memory, self.wrong = 0, [], [], []
        self.until = time.monotonic() + SECONDS

    async def upload(self):
        """An upload every now and then; it counts from when the store has acknowledged it."""
        number = 0
        while time.monotonic() < self.until - PAUSE:
            number += 1
            await asyncio.to_thread(publish, self.store, number)
            self.acknowledged = number
            self.memory.append((time.monotonic(), self.served.memory))
            await asyncio.sleep(BETWEEN_UPLOADS)

    async def stroll(self, seed):
        """A visitor clicks on one page, whichever; each names the made-up figures acknowledged before the click."""
        random = Random(seed)  # noqa: S311 - no secret
        visitor = Visitor(self.served.address, {"lang": "en"}, page=PAGES[seed % len(PAGES)])
        await asyncio.sleep(random.uniform(0, PAUSE))
        await visitor.arrive()
        while time.monotonic() < self.until:
            await asyncio.sleep(random.uniform(0.8, 1.2) * PAUSE)
            known = self.acknowledged
            if visitor.page or random.random() < 0.5:
                self.clicks.append(await visitor.rerun())
            else:
                self.clicks.append(await visitor.choose("choice-subject", random.choice(SUBJECTS)))
            self._look(visitor, known)
        await visitor.leave()
        self.wrong += visitor.faults

    def _look(self, visitor, known):
        shown = newest_told(visitor.words)
        if shown < known:
            self.wrong.append(f"{visitor.page} showed {shown} after {known} was acknowledged")


async def spend(day):
    """Everybody at once, to the end."""
    await asyncio.gather(day.upload(), *(day.stroll(seed) for seed in range(VISITORS)))


@pytest.mark.soak
def test_a_day_of_visitors_and_uploads(data_dir, tmp_path, record_property):
    """No error, no stale answer, no growth of memory."""
    log = tmp_path / "log"
    with serving(data=data_dir, log=log) as served:
        asyncio.run(drop_in(served.address))
        day = Day(served, Store(data_dir / "actuals"))
        asyncio.run(spend(day))
    clicks, memory = sorted(day.clicks), [held for _, held in day.memory]
    middle, end = max(memory[: len(memory) // 2 + 1]), memory[-1]
    told = f"{day.acknowledged} uploads, {len(clicks)} clicks, median {clicks[len(clicks) // 2] * 1000:.0f} ms, "
    told += f"p95 {clicks[int(len(clicks) * 0.95)] * 1000:.0f} ms, memory {memory[0]:.0f}, {middle:.0f}, {end:.0f} MB"
    record_property("told", told)
    print(told)  # noqa: T201 - seen with -s
    assert not day.wrong
    assert day.acknowledged >= 2
    assert '"level": "error"' not in log.read_text("utf-8")
    assert end - middle < GROWTH
