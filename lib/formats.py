"""Numbers, periods and dates as the reader's language writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lib.periods import parse_period
from lib.schema import Basis

if TYPE_CHECKING:
    from datetime import date

MINUS: Final = "\N{MINUS SIGN}"
# How a canonical unit is written: the text around the number and the factor from the unit to what is printed.
WRITTEN: Final = {
    "zh": {
        "100m_cny": ("{}亿元", 1.0),
        "100m_usd": ("{}亿美元", 1.0),
        "10k_persons": ("{}万人", 1.0),
        "100m_m3": ("{}亿立方米", 1.0),
        "10k_visits": ("{}万人次", 1.0),
        "pct": ("{}%", 1.0),
        "pp": ("{}个百分点", 1.0),
    },
    "en": {
        "100m_cny": ("CNY {} bn", 0.1),
        "100m_usd": ("USD {} bn", 0.1),
        "10k_persons": ("{} million", 0.01),
        "100m_m3": ("{} million m³", 100.0),
        "10k_visits": ("{} million visits", 0.01),
        "pct": ("{}%", 1.0),
        "pp": ("{} percentage points", 1.0),
    },
}
EXTRA_DECIMALS: Final = {"100m_usd": 1, "10k_persons": 2, "100m_m3": -2, "10k_visits": 1}
TRILLION: Final = {"zh": "{}万亿元", "en": "CNY {} tn"}
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
QUARTERS_ZH: Final = {3: "一季度", 6: "上半年", 9: "前三季度", 12: "全年"}
SINGLE_ZH: Final = {3: "一季度", 6: "二季度", 9: "三季度", 12: "四季度"}


def number(value: float, decimals: int, *, signed: bool = False) -> str:
    """Write a number with thousands separators and a real minus sign; -0.04 to one decimal is 0.0."""
    rounded = round(value, decimals) + 0.0
    text = f"{abs(rounded):,.{max(decimals, 0)}f}"
    if rounded < 0:
        return MINUS + text
    return f"+{text}" if signed and rounded > 0 else text


def amount(value: float, unit: str, lang: str, decimals: int, *, signed: bool = False) -> str:
    """Write a value with its unit; an exact multiple of a trillion yuan in trillions."""
    if unit == "100m_cny" and not signed and value and value % 10_000 == 0:
        return TRILLION[lang].format(number(value / 10_000, 0))
    return WRITTEN[lang][unit][0].format(bare(value, unit, lang, decimals, signed=signed))


def scaled(value: float, unit: str, lang: str) -> float:
    """A value in the unit the language prints: 9,027.1 of 100 m yuan is 902.71 bn in English."""
    return value * WRITTEN[lang][unit][1]


def bare(value: float, unit: str, lang: str, decimals: int, *, signed: bool = False) -> str:
    """Write a value in the unit the language prints, without that unit."""
    places = max(0, decimals + (EXTRA_DECIMALS.get(unit, 0) if lang == "en" else 0))
    return number(scaled(value, unit, lang), places, signed=signed)


def axis(unit: str, lang: str) -> str:
    """The unit an axis shows: "CNY bn", "亿元"."""
    return " ".join(WRITTEN[lang][unit][0].format("").split())


def share(value: float) -> str:
    """Write a share of 1 in per cent with one decimal."""
    return f"{number(value * 100, 1)}%"


def day(value: date, lang: str) -> str:
    """Write a date."""
    if lang == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def span(code: str, basis: str, lang: str) -> str:
    """Write a period with what it covers: "2024 Q1-Q3 (cumulative)", "2024年前三季度", "end of 2024"."""
    period = parse_period(code)
    if period.length == 12:
        if basis == Basis.POINT:
            return f"{period.year}年末" if lang == "zh" else f"end of {period.year}"
        return f"{period.year}年" if lang == "zh" else str(period.year)
    write = _span_zh if lang == "zh" else _span_en
    return write(period.year, period.month, period.length, basis)


def _span_zh(year: int, month: int, length: int, basis: str) -> str:
    if length == 3:
        names = QUARTERS_ZH if basis == Basis.YTD else SINGLE_ZH
        return f"{year}年{names[month]}"
    return f"{year}年1—{month}月" if basis == Basis.YTD and month > 1 else f"{year}年{month}月"


def _span_en(year: int, month: int, length: int, basis: str) -> str:
    quarter = month // 3
    if length == 3:
        if basis != Basis.YTD or quarter == 1:
            return f"{year} Q{quarter}"
        return f"{year} Q1\N{EN DASH}Q{quarter} (cumulative)"
    if basis == Basis.YTD and month > 1:
        return f"Jan\N{EN DASH}{MONTHS[month - 1]} {year}"
    return f"{MONTHS[month - 1]} {year}"
