"""What the peers show, from the tracker's own figures and charts: the answer, the findings, the map, a row a target."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from lib.charts.build import bullet_chart  # noqa: E402 - once it can be found
from lib.charts.overview import map_chart  # noqa: E402
from lib.clock import today  # noqa: E402
from lib.export.figures import verdicts_table  # noqa: E402
from lib.i18n import load_texts  # noqa: E402
from lib.intake import seed_store  # noqa: E402
from lib.plans import narrow  # noqa: E402
from lib.store import Store  # noqa: E402
from lib.summary import by_gravity, headline  # noqa: E402
from lib.tables import read_boundaries, read_tables  # noqa: E402
from lib.verdict.board import build_board  # noqa: E402
from lib.words import finding, name_things  # noqa: E402


@dataclass(frozen=True)
class Overview:
    """Words, figures and a table."""

    headline: str
    findings: list[str]
    map: dict[str, object]
    bullets: list[dict[str, object]]
    table: pd.DataFrame


def read_overview() -> Overview:
    """The overview of the first plan in English, as of today."""
    data = ROOT / "data"
    tables = read_tables(data)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        seed_store(store, data, tables, today=today())
        board = build_board(narrow(tables), store.read(), today())
    words = name_things(tables, load_texts("en"))
    drawn = map_chart(board, read_boundaries(data), words)
    bullets = [bullet_chart(board.verdicts[name], target, words) for name, target in board.targets.items()]
    return Overview(
        headline(board.tally(), words),
        [finding(item, board.targets[item.target], words) for item in by_gravity(board.verdicts.values())],
        drawn.figure.to_dict() if drawn else {},
        [figure.to_dict() for figure in bullets if figure is not None],
        verdicts_table(board, words),
    )
