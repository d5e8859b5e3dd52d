"""A status in words, shape and colour, wherever the pages show one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lib.schema import Status
from lib.theme import LOOKS
from lib.verdict.board import ONE_READING, READINGS_DIFFER

if TYPE_CHECKING:
    from lib.i18n import Texts

TWO_READINGS: Final = (READINGS_DIFFER, ONE_READING)
# Streamlit's named colours, set to our own in config.toml.
NAMED: Final = {
    Status.ACHIEVED: "green",
    Status.ACHIEVED_LATE: "green",
    Status.ON_TRACK: "blue",
    Status.AT_RISK: "yellow",
    Status.OFF_TRACK: "orange",
    Status.OVERDUE: "orange",
    Status.MOVING_AWAY: "red",
    Status.MISSED: "violet",
}


def badge(status: str, texts: Texts, *, count: int | None = None) -> str:
    """Markdown for a status: shape, word and colour, with a count before it if given."""
    colour = "gray" if status in TWO_READINGS else NAMED.get(Status(status), "gray")
    return f":{colour}-badge[{sign(status, texts, count=count)}]"


def sign(status: str, texts: Texts, *, count: int | None = None) -> str:
    """A status in shape and word, where there is no place for colour."""
    glyph = "◑" if status in TWO_READINGS else LOOKS[Status(status)].glyph
    number = "" if count is None else f"{count} "
    return f"{glyph} {number}{texts(f'status.{status}')}"
