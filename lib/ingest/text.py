"""Forms of text under which words are compared, and reference tables as plain text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

import pandas as pd

# How many of a file's texts a reader remembers: names, periods and units recur on every line.
REMEMBERED: Final = 4096

_HIDDEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
IN_BRACKETS: Final = re.compile(r"^(.+?)\s*[(\[【〔](.+)[)\]】〕]$", re.DOTALL)
_IGNORED = re.compile(r"[\s_\-]+")
# Marks that point to a note: circled digits behind a word, and raised ones behind a Chinese character.
_MARKS = re.compile(r"(?<=[^\s\d])\s*[\u2460-\u2473\u2776-\u277f\u24f5-\u24fe]+|(?<=[\u4e00-\u9fff)）])[¹²³⁴-⁹]+")
_LONGEST: Final = 80  # characters of a name
_TWICE = re.compile("([\u4e00-\u9fff][^A-Za-z]*?)[\\s/(]*([A-Za-z][^\u4e00-\u9fff]*?)[)]?")
# Traditional characters of our names, units and headers, each with the one simplified character it stands for.
_PLAIN: Final = str.maketrans(
    "瀋陽連撫順東錦營遼鐵嶺蘆島臺區縣鄉鎮國際內產業總額億萬長資農戶鐘遊實現貿進佈覽絕對歷經濟濱環時間點當計統據數單標稱發來鏈網狀態質備註說釋類幣"
    "項題個與為較後費輸財築積蓋綠廣蘇爾龍徑報匯規劃鈔衆亞興戰佔價關稅設機構萊鋼們門級別於從無會訊務應體義號圖層幾參約預終動電製績開閘範圍結餘僅漲"
    "減術衛職見觀縱橫黨華麗紅緩綜",
    "沈阳连抚顺东锦营辽铁岭芦岛台区县乡镇国际内产业总额亿万长资农户钟游实现贸进布览绝对历经济滨环时间点当计统据数单标称发来链网状态质备注说释类币"
    "项题个与为较后费输财筑积盖绿广苏尔龙径报汇规划钞众亚兴战占价关税设机构莱钢们门级别于从无会讯务应体义号图层几参约预终动电制绩开闸范围结余仅涨"
    "减术卫职见观纵横党华丽红缓综",
)


def normal(text: str) -> str:
    """NFKC, without zero-width characters and marks of notes, trimmed: full-width digits and signs become plain ones."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", _MARKS.sub("", _HIDDEN.sub("", text))).strip()


@lru_cache(REMEMBERED)
def fold(text: str) -> str:
    """The form in which names are compared: `normal`, simplified, without case, white space, underscores, hyphens."""
    folded = _IGNORED.sub("", normal(text)).casefold()
    return folded if folded.isascii() else simplify(unicodedata.normalize("NFKC", folded))


def in_brackets(text: str) -> str:
    """What stands in the brackets at a text's end; "" if there are none."""
    match = IN_BRACKETS.match(normal(text))
    return match[2].strip() if match else ""


def simplify(text: str) -> str:
    """Traditional characters that our names use, as simplified ones; all others stay."""
    return text.translate(_PLAIN)


def split_languages(text: str) -> list[str]:
    """Both halves of a text that says a thing in Chinese and again in English: "沈阳市 Shenyang"; none for any other."""
    match = _TWICE.fullmatch(normal(text)) if len(text) <= _LONGEST else None
    return [match[1], match[2]] if match else []


def split_aliases(text: str) -> list[str]:
    """The aliases of a table's cell, separated by |."""
    return [alias for alias in (part.strip() for part in text.split("|")) if alias]


def to_records(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Each row of a table as text; missing cells are ""."""
    columns = [[_write(cell) for cell in frame[name].tolist()] for name in frame.columns]
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _write(cell: object) -> str:
    """A cell as text."""
    if isinstance(cell, str):
        return cell.strip()
    return "" if pd.isna(cell) else str(cell).strip()  # type: ignore[call-overload]
