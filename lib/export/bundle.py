"""Everything of a day in a folder: verdicts, figures and one HTML chart a target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.charts.build import trajectory_charts
from lib.export.figures import figures_table, in_order, verdicts_table
from lib.export.page import to_html
from lib.export.press import print_charts
from lib.export.table import to_csv

if TYPE_CHECKING:
    from pathlib import Path

    from lib.verdict.board import Board
    from lib.words import Words


def write_bundle(board: Board, words: Words, folder: Path, *, pictures: bool = False) -> list[Path]:
    """Write the files and name them; the folder is made if need be. With `pictures` each chart also as PNG, SVG and PDF.

    Raises DataError where pictures cannot be made (`print_charts`).
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "verdicts.csv": to_csv(verdicts_table(board, words)),
        "figures.csv": to_csv(figures_table(in_order(board.known), words)),
    }
    charts = trajectory_charts(board, board.targets.values(), words)
    files |= {f"{name}.html": to_html(chart) for name, chart in charts.items()}
    if pictures:
        files |= print_charts(charts)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in files]
