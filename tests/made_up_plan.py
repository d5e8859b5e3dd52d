"""A small made-up plan as rows, to show that a plan is nothing but tables."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PLAN = "MADE-UP"
ROWS = {
    "plans": [{
        "plan": PLAN, "title_zh": "虚构示例规划（made-up）", "title_en": "Made-up example plan", "short_zh": "虚构规划",
        "short_en": "Made-up plan", "start_period": "2023", "target_period": "2025", "source": "made-up",
    }],
    "regions": [{"region": "MADE-UP-ZONE", "zh": "虚构区域", "en": "Made-up zone", "type": "zone"}],
    "memberships": [
        {"region": "MADE-UP-ZONE", "member": code, "confidence": "high", "extent": "whole", "counted": "yes", "source": "made-up"}
        for code in ("210100", "210200")
    ],
    "targets": [
        {
            "target": "MU-1", "sentence": "MU-1", "plan": PLAN, "region": "MADE-UP-ZONE", "subject": "MADE-UP-ZONE",
            "indicator": "gdp", "kind": "level", "operator": ">=", "value": "19000", "unit": "100m_cny",
            "start_period": "2023", "target_period": "2025", "path": "linear", "strength": "reach", "scope": "stated",
            "title_zh": "虚构区域地区生产总值达到1.9万亿元", "title_en": "Made-up zone: GDP to reach CNY 1.9 trillion",
            "quote_zh": "虚构", "quote_en": "made-up", "source": "made-up",
        },
        {
            "target": "MU-2", "sentence": "MU-2", "plan": PLAN, "region": "MADE-UP-ZONE", "subject": "MADE-UP-ZONE",
            "indicator": "coordination", "kind": "milestone", "operator": "done", "start_period": "2023",
            "target_period": "2025", "every": "1", "strength": "form", "scope": "stated", "title_zh": "虚构会议每年召开",
            "title_en": "A made-up meeting every year", "quote_zh": "虚构", "quote_en": "made-up", "source": "made-up",
        },
    ],
}  # fmt: skip


def add_made_up_plan(folder: Path) -> None:
    """Append the plan's rows to the tables of a data folder."""
    for table, rows in ROWS.items():
        path = folder / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        with path.open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, header, restval="", lineterminator="\n").writerows(rows)
