"""What span a figure covers: its period, its basis, and whether the two can go together; and the day it came out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from lib.ingest.text import REMEMBERED, fold
from lib.periods import closed_by, in_digits, is_year, parse_period, read_period
from lib.schema import Basis, Nature, Vintage

if TYPE_CHECKING:
    from collections.abc import Mapping

_BASES: Final = {
    Basis.ANNUAL: ("annual", "year", "yearly", "full year", "年度", "全年", "年", "年度数", "全年数"),
    Basis.YTD: (
        "ytd", "year to date", "cumulative", "累计", "累計", "累计数", "累计值", "本年累计", "本年累計", "年初至今",
        "year to date (cumulative)", "累计（年初至期末）",
    ),
    Basis.QUARTER: (
        "quarter", "single quarter", "single period", "当季", "當季", "单季", "單季", "当期", "當期", "当月", "當月",
    ),
    Basis.POINT: ("point", "end of period", "时点", "時點", "时点数", "期末", "年末", "季末", "月末", "期末数", "时点（期末）"),
}  # fmt: skip
_STATUSES: Final = {
    Vintage.ESTIMATE: (
        "estimate", "estimated", "estimate before the bureau's figure", "预计", "預計", "预计数", "预估", "估计", "估計",
    ),
    Vintage.UNKNOWN: ("unknown", "status not stated", "不明", "未知", "未注明", "未註明"),
    Vintage.PRELIMINARY: (
        "", "preliminary", "provisional", "flash", "初步", "初步数", "初步核算", "初步核算数", "初步统计", "快报",
        "快報", "快报数",
    ),
    Vintage.REVISED: ("revised", "修订", "修訂", "修订数", "修正", "修正数", "调整", "调整数"),
    Vintage.FINAL: ("final", "最终", "最終", "最终核实", "最終核實", "最终核实数", "最终数", "年报", "年报数", "年鉴"),
}  # fmt: skip
_QUALIFIERS: Final = {
    "": ("", "exact", "准确", "确数"),
    "about": ("about", "approximately", "ca.", "约", "約", "约数", "約數", "大约", "左右"),
    "at_least": ("at least", "at_least", "以上", "至少", "不低于", "不少于", "下限", "超过", "超過"),
}  # fmt: skip
_CUMULATIVE: Final = re.compile(r"上半年|前[二三两23]季度|年前\d{1,2}个?月|年1[-—~–至](?:\d{1,2}月|[2-4]季度)|[Hh]1$")
_TOLD: Final = re.compile(r"(?<=\S)\s*[(（]?(累计数?|累計|当季|當季|单季|單季|当月|當月)[)）]?\s*$")
_FIRST_YEAR: Final = 1900
_DAY: Final = re.compile(
    r"^(?P<year>\d{4})(?P<mark>[-/.年]?)(?P<month>\d{1,2})(?:(?P=mark)|月)(?P<day>\d{1,2})日?"
    r"(?:[ T]0?0:00(?::00(?:\.0+)?)?)?$"
)
_SECOND_HALF: Final = re.compile(r"[Hh]2$")
_AT_A_DAY: Final = ("", Nature.STOCK)  # of these a day says it all; "": nobody knows yet what the figure is
_BASIS_LABELS: Final = {
    Basis.ANNUAL: "年度 annual", Basis.YTD: "累计 ytd", Basis.QUARTER: "当季 quarter", Basis.POINT: "时点 point",
}  # fmt: skip


def _reverse(table: Mapping[Any, tuple[str, ...]]) -> dict[str, str]:
    """Folded word -> what it means."""
    return {fold(word): str(meaning) for meaning, words in table.items() for word in words}


_BASIS_OF: Final = _reverse(_BASES)
_STATUS_OF: Final = _reverse(_STATUSES)
_QUALIFIER_OF: Final = _reverse(_QUALIFIERS)
STATUS_LABELS: Final = "初步 preliminary, 修订 revised, 最终 final, 预计 estimate, 不明 unknown"
QUALIFIER_LABELS: Final = "约 about, 以上 at_least"


@dataclass(frozen=True)
class Span:
    """A period and basis; `fault` is a problem's code, `detail` its hint; `assumed`: nothing said cumulative."""

    period: str = ""
    basis: str = ""
    assumed: bool = False
    fault: str = ""
    detail: str = ""


def read_status(text: str) -> str | None:
    """Return how settled a figure is; blank means preliminary; None if the word is not known."""
    return _STATUS_OF.get(fold(text))


def read_qualifier(text: str) -> str | None:
    """Return "", "about" or "at_least"; None if the word is not known."""
    return _QUALIFIER_OF.get(fold(text))


@lru_cache(REMEMBERED)
def read_day(text: str) -> date | None:
    """Read a full date, year first ("2024-01-20", "2024年1月20日", "20240120"); None for anything else."""
    match = _DAY.match(unicodedata.normalize("NFKC", text).strip())
    if match is None or (not match["mark"] and len(match["month"] + match["day"]) != len("0120")):
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def says_cumulative(text: str) -> bool:
    """Whether a period is written as one from January on: 上半年, 前三季度, 1-9月."""
    return bool(_CUMULATIVE.search(in_digits(text)))


@lru_cache(REMEMBERED)
def read_span(period_text: str, basis_text: str, nature: str, *, cumulative: bool) -> Span:
    """Read a period with its basis, stated or usual for the indicator. An unreadable period has the period ""."""
    period_text, told = _part_basis(period_text)
    day = read_day(period_text)
    period = _close(day) if day and nature in _AT_A_DAY else _read_period(period_text)
    if not period:
        return Span(fault=_fault_of_day(nature) if day else "period_unreadable" if period_text else "period_missing")
    stated = _BASIS_OF.get(fold(basis_text)) if fold(basis_text) else told
    if stated is None:
        return Span(period, fault="basis_unknown", detail=_list_bases(*_BASIS_LABELS))
    if told and stated != told:
        return Span(period, fault="basis_mismatch", detail=_list_bases(told))
    squeezed = in_digits(period_text)
    allowed = _allow(period, nature)
    if stated:
        return _settle(period, stated, allowed, written_cumulative=bool(_CUMULATIVE.search(squeezed)))
    return _assume(period, squeezed, nature, cumulative=cumulative)


def _part_basis(text: str) -> tuple[str, str]:
    """Part a period from the basis written behind it: "2024年1-9月累计", "2024Q3（当季）"."""
    match = _TOLD.search(text)
    return (text[: match.start()], _BASIS_OF[fold(match[1])]) if match else (text, "")


def _read_period(text: str) -> str:
    """Read a period in plain digits, of a year that can have figures; "" for anything else."""
    code = read_period(text)
    period = parse_period(code) if code else None
    return period.code if period and period.year >= _FIRST_YEAR else ""


def _close(day: date) -> str:
    """The period that a day closes, of a year that can have figures; "" for none."""
    return (closed_by(day) or "") if day.year >= _FIRST_YEAR else ""


def _fault_of_day(nature: str) -> str:
    """Why a day is no period: it closes none, or the figure covers a span that a day does not tell."""
    return "period_not_closed" if nature in _AT_A_DAY else "period_is_a_day"


def _allow(period: str, nature: str) -> tuple[str, ...]:
    """Return the bases a figure of this period and nature can have."""
    if nature == Nature.STOCK:
        return (Basis.POINT,)
    spans: tuple[str, ...] = (Basis.ANNUAL,) if is_year(period) else (Basis.YTD, Basis.QUARTER)
    return (*spans, Basis.POINT) if nature in {Nature.SHARE, Nature.INDEX} else spans


def _settle(period: str, stated: str, allowed: tuple[str, ...], *, written_cumulative: bool) -> Span:
    """Accept a stated basis, or read it as the one thing it can mean: a year's cumulative figure is the year's."""
    if stated == Basis.QUARTER and written_cumulative:
        return Span(period, fault="basis_mismatch", detail=_list_bases(Basis.YTD))
    if stated in allowed:
        return Span(period, stated)
    whole_year = {Basis.ANNUAL, Basis.YTD, Basis.POINT} if allowed == (Basis.POINT,) else {Basis.YTD}
    if is_year(period) and stated in whole_year:
        return Span(period, allowed[0], fault="basis_adjusted", detail=_list_bases(allowed[0]))
    return Span(period, fault="basis_mismatch", detail=_list_bases(*allowed))


def _assume(period: str, squeezed: str, nature: str, *, cumulative: bool) -> Span:
    """Choose the basis of a figure that states none."""
    if nature == Nature.STOCK or (nature == Nature.SHARE and not cumulative):
        return Span(period, Basis.POINT)
    if is_year(period):
        return Span(period, Basis.ANNUAL)
    if _SECOND_HALF.search(squeezed):
        return Span(period, fault="basis_unclear", detail=_list_bases(Basis.YTD))
    written = bool(_CUMULATIVE.search(squeezed))
    if written or cumulative:
        return Span(period, Basis.YTD, assumed=not written)
    return Span(period, Basis.QUARTER)


def _list_bases(*bases: str) -> str:
    """Bases as a message shows them, in both languages."""
    return ", ".join(_BASIS_LABELS[Basis(basis)] for basis in bases)
