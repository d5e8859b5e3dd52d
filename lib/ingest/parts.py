"""A period told in several columns: year, quarter and month of a line as the one period they make together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lib.ingest.phrases import NO_YEAR, find_part, join_period
from lib.ingest.spans import says_cumulative
from lib.ingest.text import fold, normal
from lib.ingest.told import PERIOD_PARTS
from lib.periods import is_year, parse_period, read_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PERIOD_COLUMNS: Final = ("period", *PERIOD_PARTS)
PERIOD_FAULT: Final = "period_fault"
_QUARTERS: Final = {"1": "Q1", "2": "Q2", "3": "Q3", "4": "Q4", "一": "Q1", "二": "Q2", "三": "Q3", "四": "Q4"}
_MONTH: Final = re.compile(r"0?[1-9]|1[0-2]")
_WHOLE_YEAR: Final = frozenset({"全年", "年度", "annual", "year", "fullyear"})


def rename_lone(names: Iterable[str]) -> dict[str, str]:
    """The new name of the only column of a period: a lone year, quarter or month column holds the whole period."""
    found = list({*names} & {*PERIOD_COLUMNS})
    return {found[0]: "period"} if len(found) == 1 else {}


def join_parts(cells: Mapping[str, str]) -> dict[str, str]:
    """A line's cells with the one period that several of them make: "2024" and "三季度" are 2024年三季度.

    Under PERIOD_FAULT stands the code of the problem if they contradict or miss each other.
    """
    if sum(name in cells for name in PERIOD_COLUMNS) < 2:
        return dict(cells)
    period, fault = read_parts(cells)
    return {**cells, "period": period, PERIOD_FAULT: fault}


def read_parts(cells: Mapping[str, str]) -> tuple[str, str]:
    """The period that a line's cells make, and the code of the problem if they contradict or miss each other.

    Without a period the text is what stands in the cells, which reads as none.
    """
    told = {name: normal(cells[name]) for name in PERIOD_COLUMNS if name in cells}
    shown = " / ".join(text or "-" for text in told.values())
    if not any(told.values()):
        return "", ""
    pieces = [_read_piece(name, text) for name, text in told.items() if text]
    if not all(pieces):
        return shown, ""
    years = {piece[:4] for piece in pieces if read_period(piece)}
    if len(years) > 1:
        return shown, "period_parts_differ"
    if not years or (len(pieces) < len(told) and all(is_year(read_period(piece) or NO_YEAR) for piece in pieces)):
        return shown, "period_part_blank"
    wordings = [
        piece if read_period(piece) else join_period(min(years), piece) for piece in pieces if piece not in years
    ]
    if not all(wordings):
        return shown, ""
    return _agree(wordings or sorted(years), shown)


def _read_piece(name: str, text: str) -> str:
    """One cell as a period in canonical form or as a part of a year; "" if it is neither."""
    code = read_period(text)
    if code:
        return code if is_year(code) or not says_cumulative(text) else text
    if fold(text) in _WHOLE_YEAR and name != "year":
        return "全年"
    if name == "quarter" and text.removeprefix("第") in _QUARTERS:
        return _QUARTERS[text.removeprefix("第")]
    if name == "month" and _MONTH.fullmatch(text):
        return f"{int(text)}月"
    return find_part(text)


def _agree(wordings: list[str], shown: str) -> tuple[str, str]:
    """The one period that all wordings mean, cumulative if one says so; a month within a stated quarter is that month."""
    periods = {parse_period(read_period(wording) or "") for wording in wordings}
    cumulative = [wording for wording in wordings if says_cumulative(wording)]
    if len(periods) == 1:
        return (cumulative or wordings)[0], ""
    quarter, month = max(periods, key=lambda item: item.length), min(periods, key=lambda item: item.length)
    inside = (quarter.length, month.length) == (3, 1) and 0 <= quarter.month - month.month < quarter.length
    if len(periods) == 2 and inside and not cumulative:
        return month.code, ""
    return shown, "period_parts_differ"
