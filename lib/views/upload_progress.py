"""How far the check of a chosen file is: a bar that moves, for files that take longer than a glance."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lib.ingest.progress import Progress, Step
    from lib.views.shell import View

_GLANCE: Final = 0.6  # seconds in which a small file is done: a bar would only flash
_LARGE: Final = 500_000  # bytes of a file that takes longer for sure


@contextmanager
def follow(view: View, raw: bytes) -> Iterator[Progress]:
    """Draw the steps of a check, and nothing once it is done."""
    place, start = st.empty(), time.monotonic()

    def draw(step: Step) -> None:
        if len(raw) > _LARGE or step.stage == "waiting" or time.monotonic() - start > _GLANCE:
            place.progress(step.share, text=_say(view, step))

    yield draw
    place.empty()


def _say(view: View, step: Step) -> str:
    """What is being done."""
    if step.stage == "checking":
        return view.texts("progress.checking", line=f"{max(1, step.done):,}", lines=f"{step.of:,}")
    return view.texts(f"progress.{step.stage}")
