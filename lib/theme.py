"""Colours, shapes and fonts of statuses and charts; print quality, safe for colour-blind readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lib.schema import Status

FONT: Final = (
    '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", '
    '"Noto Sans CJK SC", sans-serif'
)
INK: Final = "#23262B"
# Readable on white and on the dark page alike; words that need more contrast take the page's own text colour.
QUIET: Final = "#767D86"
FAINT: Final = "#A9AFB6"
BAND: Final = "#DFE2E6"
TRACK: Final = "#C9CDD2"
GRID: Final = "rgba(128,128,128,0.18)"
PAPER: Final = "#FFFFFF"
ACTUAL: Final = "#2B6CA3"
TARGET: Final = "#C2541F"
PATH: Final = "#8A9099"
# For a plan's zones on a map, in the plan's order: as areas under names, and as hatching over them.
FILLS: Final = ("#C9D9E8", "#CDE5E0", "#EFE1C6", "#E6D6E4", "#DCE3C4")
HATCHES: Final = ("#4F7A46", "#7A5A46")
OUTSIDE: Final = "#ECEEF0"
# From the least to the largest value on a map; ink stays readable on either.
SHADES: Final = ("#DDE9F3", "#6FA3CC")


@dataclass(frozen=True)
class Look:
    """How a status is drawn: its character and colour."""

    glyph: str
    colour: str


LOOKS: Final = {
    Status.ACHIEVED: Look("✔", "#0B6E6E"),
    Status.ACHIEVED_LATE: Look("✓", "#0B6E6E"),
    Status.ON_TRACK: Look("▲", "#2F7FC1"),
    Status.AT_RISK: Look("◆", "#B57B00"),
    Status.OFF_TRACK: Look("▼", "#D4531C"),
    Status.OVERDUE: Look("■", "#D4531C"),
    Status.MOVING_AWAY: Look("▼▼", "#8E1B3A"),
    Status.MISSED: Look("✖", "#4A4A4F"),
    Status.NOT_DUE: Look("○", "#6F757D"),
    Status.NO_DATA: Look("—", "#6F757D"),
    Status.NOT_JUDGED: Look("□", "#6F757D"),
}
