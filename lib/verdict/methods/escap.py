"""The Current Status Index of the UN regional commission for Asia and the Pacific: how far from base towards target.

Source: ESCAP, progress assessment methodology, as coded in UNICEF MENARO's child-indicator trend scripts. The Anticipated
Progress Index is left out: the weights of its regression and its tolerance are not published with certainty.
"""

from __future__ import annotations

import math
from typing import Final

from lib.verdict.methods.bands import Bands, ladder
from lib.verdict.methods.reading import NOT_AVAILABLE, Category, Reading

FULL: Final = 10.0

ESCAP: Final = Bands(
    ladder((Category.REACHED_OR_BEYOND, FULL), (Category.PROGRESS, 0.0), (Category.REGRESSED, -math.inf)),
    unit="score",
    source="ESCAP Current Status Index, as coded by UNICEF MENARO; only the sign and the full way are named",
)


def current_status(baseline: float, current: float, target: float, direction: int) -> Reading:
    """Judge by CSI = 10 d (v - v0) / |T - v0|; not available where base and target are equal."""
    way = abs(target - baseline)
    return ESCAP.read(FULL * direction * ((current - baseline) / way)) if way else NOT_AVAILABLE


def current_status_parity(baseline: float, current: float, target: float) -> Reading:
    """Judge a parity indicator, where both sides of the target are worse, by CSI = 10 - 10 |T - v| / |T - v0|."""
    way = abs(target - baseline)
    return ESCAP.read(FULL - FULL * (abs(target - current) / way)) if way else NOT_AVAILABLE
