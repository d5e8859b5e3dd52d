"""Our own pace bands, written as data from the constants that the verdict uses."""

from __future__ import annotations

import math
from typing import Final

from lib.schema import Status
from lib.verdict.methods.bands import Bands, ladder
from lib.verdict.model import AT_RISK_FROM, ON_TRACK_FROM

PACE_BANDS: Final = Bands(
    ladder(
        (Status.ON_TRACK, ON_TRACK_FROM),
        (Status.AT_RISK, AT_RISK_FROM),
        (Status.OFF_TRACK, 0.0),
        (Status.MOVING_AWAY, -math.inf),
    ),
    unit="ratio",
    source="this tracker: gap closed over time elapsed",
)
