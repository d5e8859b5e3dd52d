"""What every benchmark ends with: a table on the screen, and the same as JSON under build/bench/."""

from __future__ import annotations

import json
import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "build" / "bench"
NAMED = ("streamlit", "pandas", "plotly", "pyarrow")


def report(name: str, rows: list[dict[str, object]]) -> None:
    """Print the rows as a table, and write them to build/bench/<name>.json with time, load average and versions."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    cells = [columns, *([_cell(row.get(column, "")) for column in columns] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        first, *others = [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
        print("  ".join([first, *(cell.strip().rjust(len(cell)) for cell in others)]))
    load = os.getloadavg()
    print(f"load {load[0]:.1f}, {load[1]:.1f}, {load[2]:.1f} over 1, 5, 15 minutes; {os.cpu_count()} cores")
    measured = {
        "name": name,
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "load": load,
        "cores": os.cpu_count(),
        "versions": {"python": platform.python_version(), **{package: version(package) for package in NAMED}},
        "rows": rows,
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps(measured, ensure_ascii=False, indent=1), "utf-8")


def _cell(value: object) -> str:
    return f"{value:,.3f}" if isinstance(value, float) else str(value)
