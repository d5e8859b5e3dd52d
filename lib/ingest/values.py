"""Numbers and units as offices write them, exactly: text to Decimal, one unit to another of its dimension."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Final

from lib.ingest.text import fold, normal, split_aliases, to_records

if TYPE_CHECKING:
    import pandas as pd

PERCENT: Final = "pct"
_NOT_REPORTED: Final = frozenset({
    "", "…", ".", "/", "*", "未发布", "未公布", "未統計", "未统计", "未發布", "未公佈", "暂无", "暫無", "无",
    "無", "无数据", "無數據", "缺", "缺失", "n/a", "na", "n.a.", "null", "none", "not reported", "not available",
    "尚未公布", "尚未发布", "暂未公布", "暂未发布", "待公布", "待发布", "未报送", "未上报", "未提供", "#n/a",
})  # fmt: skip
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
_NUMBER: Final = re.compile(
    r"""^(?P<sign>[+-]?)\s*(?P<currency>[¥]?)
    (?P<digits>[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?:\ [0-9]{3})+|(?=\.[0-9]))
    (?P<fraction>(?:\.[0-9]+)?)(?P<exponent>(?:e[+-]?[0-9]{1,4})?)
    \s*(?P<unit>[^\s0-9.,+\-].*)?$""",
    re.VERBOSE | re.IGNORECASE,
)
_DECIMAL_COMMA: Final = re.compile(r"^[+-]?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]+$")
_LARGEST: Final = 18
_EXACT: Final = Context(prec=60)


@dataclass(frozen=True)
class Figure:
    """A number read from a cell: its value, the unit written behind it, and whether its form deserves a word."""

    value: Decimal = Decimal(0)
    unit: str = ""
    reformatted: bool = False
    fault: str = ""
    read: str = ""


def is_not_reported(text: str) -> bool:
    """Whether a cell says that there is no figure: blank, a dash, dots, 未发布. Never zero."""
    plain = normal(text).translate(_DASHES).casefold()
    return plain in _NOT_REPORTED or not plain.strip("-") or not plain.strip(".… ")


def read_number(text: str, *, semicolons: bool = False) -> Figure:
    """Read a number. `fault` is the code of what is wrong: not_a_number, number_decimal_comma, number_too_large.

    `semicolons`: the file is separated by them, as where the comma is the decimal sign, so "1,234" is refused.
    """
    if not text.isascii() and any(unicodedata.category(char) in {"No", "Nl"} for char in text):
        return Figure(fault="not_a_number")
    plain = normal(text).translate(_DASHES)
    inner = plain[1:-1].strip() if plain.startswith("(") and plain.endswith(")") else ""
    if _DECIMAL_COMMA.match(plain) and (semicolons or not _NUMBER.match(plain)):
        read = plain.replace(".", "").replace(",", ".")
        return Figure(fault="number_decimal_comma", read=read)
    match = _NUMBER.match(inner or plain)
    if match is None or (inner and match["sign"]):
        return Figure(fault="not_a_number")
    return _build(match, negative=bool(inner))


def _build(match: re.Match[str], *, negative: bool) -> Figure:
    """Put a number's parts together."""
    digits = re.sub(r"[, ]", "", match["digits"])
    value = Decimal(f"{match['sign']}{digits or 0}{match['fraction']}{match['exponent']}")
    if value and value.adjusted() >= _LARGEST:
        return Figure(fault="number_too_large")
    value = -value if negative else value
    odd = bool(negative or match["currency"] or match["exponent"])
    return Figure(value, match["unit"] or "", odd, read=write_number(value))


def write_number(value: Decimal) -> str:
    """A number in plain digits, without needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class Unit:
    """A unit: `factor` times as large as the base unit of its dimension."""

    code: str
    label: str
    dimension: str
    factor: Decimal


class Units:
    """The units of the tracker, found by code, name or alias."""

    def __init__(self, table: pd.DataFrame) -> None:
        """Read data/units.csv."""
        rows = to_records(table)
        self.by_code = {row["unit"]: _read_unit(row) for row in rows}
        names = ((row["unit"], [row["unit"], row["zh"], row["en"], *split_aliases(row["aliases"])]) for row in rows)
        self._codes = {fold(name): code for code, group in names for name in group if name}

    def find(self, text: str) -> Unit | None:
        """Return the unit a text names, or None."""
        return self.by_code.get(self._codes.get(fold(text), ""))

    def words(self) -> set[str]:
        """All folded names."""
        return set(self._codes)

    def label(self, *codes: str) -> str:
        """Units as a message shows them."""
        return ", ".join(self.by_code[code].label for code in codes if code in self.by_code)

    def choose(self, unit: Unit, accepted: tuple[str, ...]) -> Unit | None:
        """Return the accepted unit of the same dimension, the indicator's own first; None if there is none."""
        units = [self.by_code[code] for code in accepted if code in self.by_code]
        if unit in units[1:] and unit.dimension != units[0].dimension:
            return unit
        return next((other for other in units if other.dimension == unit.dimension), None)


def convert(value: Decimal, unit: Unit, into: Unit) -> Decimal:
    """Express a value in another unit of the same dimension, exactly: factors are powers of ten."""
    return value if unit == into else _EXACT.divide(_EXACT.multiply(value, unit.factor), into.factor)


def _read_unit(row: dict[str, str]) -> Unit:
    """Build one unit of the table."""
    label = row["zh"] if row["zh"] == row["en"] or not row["en"] else f"{row['zh']} {row['en']}"
    return Unit(row["unit"], label, row["dimension"], Decimal(row["factor"] or "1"))
