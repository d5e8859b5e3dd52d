"""Every set of bands in one place, our own first: what the methodology page draws and the coverage test checks."""

from __future__ import annotations

from typing import Final

from lib.verdict.methods.bands import Bands
from lib.verdict.methods.cagr_ratio import (
    EUROSTAT,
    EUROSTAT_WITHOUT_TARGET,
    OPEN_SDG,
    OPEN_SDG_SCORE,
    OPEN_SDG_WITHOUT_TARGET,
)
from lib.verdict.methods.destatis import DESTATIS
from lib.verdict.methods.escap import ESCAP
from lib.verdict.methods.pace import PACE_BANDS
from lib.verdict.methods.scores import NITI, SCOTLAND, sdsn_bands
from lib.verdict.methods.time_progress import SANYA, TIANJIN_BONDS, TIME_PROGRESS, YINCHUAN, tianjin_bands
from lib.verdict.methods.un_chart import UN_CHART, UN_CHART_WITHOUT_TARGET

ALL_BANDS: Final[dict[str, Bands]] = {
    "pace": PACE_BANDS,
    "open_sdg": OPEN_SDG,
    "open_sdg_without_target": OPEN_SDG_WITHOUT_TARGET,
    "open_sdg_score": OPEN_SDG_SCORE,
    "eurostat": EUROSTAT,
    "eurostat_without_target": EUROSTAT_WITHOUT_TARGET,
    "destatis": DESTATIS,
    "un_chart": UN_CHART,
    "un_chart_without_target": UN_CHART_WITHOUT_TARGET,
    "escap": ESCAP,
    "time_progress": TIME_PROGRESS,
    "yinchuan": YINCHUAN,
    "tianjin_investment": tianjin_bands(plan=6.0, average=5.0),  # an example: the rule moves with plan and average
    "tianjin_bonds": TIANJIN_BONDS,
    "sanya": SANYA,
    "sdsn": sdsn_bands(green=2.0, red=13.0, direction=-1),  # poverty at 2.15 a day
    "niti": NITI,
    "scotland": SCOTLAND,
}
