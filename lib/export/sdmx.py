"""The figures in use as SDMX-CSV 2.0, for the programs of statistical offices.

Format: SDMX 3.0, section "SDMX-CSV field guide". Concepts and the codes of FREQ and OBS_STATUS are those of the SDMX
cross-domain code lists CL_FREQ 2.1 and CL_OBS_STATUS 2.2; REF_AREA, INDICATOR, BASIS and UNIT_MEASURE are the tracker's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from lib.export.table import to_csv
from lib.periods import parse_period
from lib.schema import Vintage

if TYPE_CHECKING:
    from lib.verdict.board import Board

DATAFLOW: Final = "LIAONING_TRACKER:FIGURES(1.0)"
DIMENSIONS: Final = ("FREQ", "REF_AREA", "INDICATOR", "BASIS", "UNIT_MEASURE", "TIME_PERIOD")
_FREQUENCIES: Final = {12: "A", 3: "Q", 1: "M"}
_NORMAL: Final = "A"
_OBS_STATUS: Final = {Vintage.ESTIMATE: "E", Vintage.PRELIMINARY: "P"}


def to_sdmx_csv(board: Board) -> bytes:
    """The observations as UTF-8 without a byte-order mark."""
    return to_csv(observations(board), mark=False)


def observations(board: Board) -> pd.DataFrame:
    """One row a key, the vintage in use on the board's day: structure, DIMENSIONS, value, attributes.

    Figures made of members are left out: nobody published them.
    """
    rows = board.figures[~board.figures["derived"]].sort_values(["region", "indicator", "period", "basis", "unit"])
    texts = rows[["region", "indicator", "period", "basis", "unit", "status", "qualifier", "source"]].astype("str")
    spans = [parse_period(code) for code in texts["period"]]
    return pd.DataFrame(
        {
            "STRUCTURE": "dataflow",
            "STRUCTURE_ID": DATAFLOW,
            "ACTION": "I",
            "FREQ": [_FREQUENCIES[span.length] for span in spans],
            "REF_AREA": texts["region"].array,
            "INDICATOR": texts["indicator"].array,
            "BASIS": texts["basis"].array,
            "UNIT_MEASURE": texts["unit"].array,
            "TIME_PERIOD": [_time(code) for code in texts["period"]],
            "OBS_VALUE": rows["value"].array,
            "OBS_STATUS": [_OBS_STATUS.get(Vintage(status), _NORMAL) for status in texts["status"]],
            "VINTAGE": texts["status"].array,
            "QUALIFIER": texts["qualifier"].array,
            "PUBLISHED": rows["published"].dt.strftime("%Y-%m-%d").fillna("").array,
            "SOURCE": texts["source"].array,
        }
    )


def _time(code: str) -> str:
    """A period as SDMX writes it: 2024, 2024-Q3, 2024-05."""
    return code.replace("Q", "-Q").replace("M", "-")
