"""Figures and verdicts as CSV that spreadsheets open safely."""

from __future__ import annotations

import pandas as pd

from lib.schema import FORMULA_STARTS


def to_csv(frame: pd.DataFrame, *, mark: bool = True) -> bytes:
    """UTF-8 with a byte-order mark for Excel; a text cell that a spreadsheet would run as a formula gets an apostrophe.

    Without `mark`, for programs, no byte-order mark.
    Numeric columns are left as they are, so negative numbers survive.
    """
    return neutralise_cells(frame).to_csv(index=False, lineterminator="\n").encode("utf-8-sig" if mark else "utf-8")


def neutralise_cells(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with every text kept from being read as a formula; numbers stay numbers."""
    safe = frame.copy()
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]):
            safe[column] = safe[column].map(neutralise)
    return safe


def neutralise(cell: object) -> object:
    """Keep a text from being read as a formula. A line in it ends with a line feed: a lone return would break the row."""
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
