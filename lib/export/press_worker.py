"""The process that holds the browser: `python -m lib.export.press_worker FOLDER` makes the pictures of FOLDER/jobs.json.

It prints a line for each picture. It ends with GLYPHS_MISSING where this machine has no font for Chinese: a browser draws
the same box for every character then, and says nothing.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import kaleido

from lib.export.press import GLYPHS_MISSING, JOBS

if TYPE_CHECKING:
    from lib.export.press import Job

_PROBES: Final = ("沈阳", "大连")
_SIDE: Final = 60
_SECONDS: Final = 30  # for one picture


def main(folder: Path) -> int:
    """Make every picture; the exit code."""
    jobs: list[Job] = json.loads((folder / JOBS).read_text(encoding="utf-8"))
    kaleido.start_sync_server(n=1, timeout=_SECONDS, mathjax=False)  # or it would look for MathJax in the network
    try:
        if not has_glyphs():
            return GLYPHS_MISSING
        for job in jobs:
            figure = json.loads((folder / job["figure"]).read_text(encoding="utf-8"))
            for name, scale in job["files"].items():
                (folder / name).write_bytes(_draw(figure, Path(name).suffix[1:], job["width"], job["height"], scale))
                print(name, flush=True)  # noqa: T201 - the parent counts lines
    finally:
        kaleido.stop_sync_server()
    return 0


def has_glyphs() -> bool:
    """Whether two Chinese words look different: without a font both are the same two boxes."""
    first, second = (_draw(_word(text), "png", _SIDE, _SIDE, 1) for text in _PROBES)
    return first != second


def _word(text: str) -> dict[str, Any]:
    """A figure with nothing but a word in its middle."""
    note = {"text": text, "x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper", "showarrow": False}
    hidden = {"visible": False}
    margin = dict.fromkeys("lrtb", 0)
    return {"data": [], "layout": {"annotations": [note], "xaxis": hidden, "yaxis": hidden, "margin": margin}}


def _draw(figure: dict[str, Any], ending: str, width: float, height: float, scale: float) -> bytes:
    options = {"format": ending, "width": width, "height": height, "scale": scale}
    picture: bytes = kaleido.calc_fig_sync(figure, opts=options)
    return picture


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
