"""Titles and headings in words: "2024年各市地区生产总值（亿元）" to period, indicator and unit.

A phrase is read only if every part of it is known. One unknown word and nothing of it is used: 人均地区生产总值 is not
地区生产总值, and 沈阳市浑南区 is not 沈阳市.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Final

from lib.ingest.text import fold, in_brackets, normal, simplify
from lib.ingest.told import NOTHING, Told
from lib.periods import in_digits, is_year, parse_period, read_period
from lib.schema import Nature

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lib.ingest.rows import Lexicon

LONGEST: Final = 80
NO_YEAR: Final = "1000Q1"  # a period that is none of a year
_MANY: Final = 5000
_YEARS: Final = range(1900, 2101)
_PERIOD_LENGTH: Final = 14
_PART: Final = re.compile(
    r"1[-—~–至][2-4]季度|第?[一二三四1-4]季度?|上半年|前[二三23]季度|1[-—~–至]\d{1,2}月份?|前?\d{1,2}个?月份?|全年|q[1-4]|h[12]"
)
_PUNCTUATION: Final = frozenset("()[]【】〔〕《》<>,:;/\\|·“”\"'。.*#—–~±+-")
_GROWTH: Final = frozenset({
    "同比", "增速", "增长", "增长率", "增长速度", "增幅", "增减", "增减率", "同比增速", "同比增长", "同比增长率",
    "同比增幅", "同比增减", "比上年", "较上年", "比上年同期", "较上年同期", "比去年同期", "比上年增长", "较上年增长",
    "比去年增长", "较去年增长", "比上年同期增长", "较上年同期增长", "比去年同期增长", "较去年同期增长", "growth",
    "growthrate", "yoy", "yearonyear",
})  # fmt: skip
_BASES: Final = {
    "累计": "累计", "累计数": "累计", "累计值": "累计", "本年累计": "累计", "年初至今": "累计", "ytd": "ytd",
    "当季": "当季", "单季": "当季", "本季": "当季", "当月": "当月", "末": "期末", "年末": "期末", "期末": "期末",
}  # fmt: skip
_LEVELS: Final = frozenset(
    {"绝对额", "绝对数", "绝对值", "绝对量", "总量", "总额", "完成额", "完成值", "本期", "level"}
)
_FILLERS: Final = frozenset({
    "的", "其", "按", "分", "表", "市", "各市", "各地", "各地区", "各地市", "全市", "分市", "分地区", "地区", "区域",
    "城市", "年份", "时期", "指标", "指标名称", "主要", "主要指标", "主要经济指标", "经济", "国民经济", "完成",
    "完成情况", "情况", "情况表", "统计", "统计表", "一览表", "数据", "季度", "年度", "月度", "历年", "各季度",
    "各年", "附表", "附件", "初步核算", "初步核算数", "初步数", "计量单位", "单位", "数值", "本期数",
    "其中", "公报", "统计公报", "社会发展", "月报", "季报", "主要数据", "统计数据",
    "可比价", "按可比价", "不变价", "按不变价", "可比口径", "按可比口径", "of", "by", "in", "for", "the", "city",
    "region", "regions", "table", "main", "indicators", "value",
})  # fmt: skip
_JOINS: Final = frozenset({"和", "及", "及其", "与", "、", "and"})
# Columns between a level and its growth that are neither: ranks, serial numbers, the year before.
_RANKS: Final = frozenset({
    "位次", "名次", "排名", "排位", "排序", "序号", "全省位次", "全省排名", "rank", "上年同期", "去年同期", "上年同期数",
    "去年同期数", "上年", "上年数",
})  # fmt: skip
_LETTERS: Final = re.compile(r" \[[A-Z]+\]$")  # told apart by heads
_AVERAGED: Final = re.compile(
    r"[两兩二三四五六2-6]年(?:间|间的)?(?:平均|均)|年均|年平均增|averageannual|\d-?yearaverage|cagr"
)
_NUMBERED: Final = re.compile(r"^(?:附?[表件]\s*\d{1,2}(?:-\d{1,2})?|[一二三四五六七八九十]{1,2}(?=、))[\s:、.]+(?=\S)")
_REGISTERED: Final = re.compile(r"户籍|registered.{0,9}(?:population|urban)")


@dataclass(frozen=True)
class Phrase:
    """What a phrase names: canonical codes where a name is clear, periods as written.

    `growth`: it speaks of growth over the year before; `levels`: of levels; `joined`: it joins things by 及, 和, 与, 、.
    """

    periods: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    growth: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    refused: str = ""

    def join(self, other: Phrase) -> Phrase:
        """Both phrases as one, as the rows of a header say it together."""
        merged = {
            item.name: tuple(dict.fromkeys((*getattr(self, item.name), *getattr(other, item.name))))
            for item in fields(self)
            if item.name != "refused"
        }
        return Phrase(**merged, refused=self.refused or other.refused)

    @property
    def telling(self) -> bool:
        """Whether it names anything beyond fillers."""
        return self not in _SILENT

    def period(self, *, year: str = "") -> str:
        """Its one period, a part such as 一季度 with its own year or the one given; "" if it has none or several."""
        years = [text for text in self.periods if is_year(read_period(text) or NO_YEAR)]
        if not self.parts:
            return self.periods[0] if len(self.periods) == 1 else ""
        if len(self.parts) > 1 or len(years) < len(self.periods) or len(years) > 1:
            return ""
        return join_period(years[0] if years else year, self.parts[0])


_SILENT: Final = (Phrase(), Phrase(joined=("joined",)))


def join_period(year: str, part: str) -> str:
    """A year and 一季度, Q1, 1-9月 as one text that reads as a period; "" if it does not."""
    code = read_period(year) if year and part else None
    if not code or not is_year(code):
        return ""
    whole = f"{code}{part}" if part.isascii() and "月" not in part else f"{code}年{part}"
    return whole if read_period(whole) else ""


def find_part(text: str) -> str:
    """A part of a year that stands alone in a cell ("一季度"); "" for anything else."""
    squeezed = _squeeze(text)
    return squeezed if _PART.fullmatch(squeezed) else ""


def _squeeze(text: str) -> str:
    """A phrase without case, spaces and hyphens (but those between digits), simplified."""
    tight = in_digits(re.sub(r"[\s_]+", "", simplify(normal(text)).casefold()))
    return re.sub(r"(?<![0-9])-|-(?![0-9])", "", tight)


def is_rank(text: str) -> bool:
    """Whether a heading stands over ranks, serial numbers or last year's figures, between a level and its growth."""
    return _squeeze(_LETTERS.sub("", text).rpartition(" / ")[2]) in _RANKS


@dataclass
class Phrases:
    """Reads phrases with the names of the reference tables. `growth_of`: level indicator to growth indicator.

    `told`: what a person said that a whole phrase means.
    """

    lexicon: Lexicon
    growth_of: Mapping[str, str]
    told: Told = NOTHING
    _words: dict[str, tuple[str, str]] = field(default_factory=dict)
    _longest: int = 0
    _seen: dict[str, Phrase | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Collect every known word and what it names."""
        words: dict[str, tuple[str, str]] = dict.fromkeys(_FILLERS, ("", ""))
        words |= {word: ("units", word) for word in self.lexicon.units.words()}
        words |= {word: ("bases", basis) for word, basis in _BASES.items()}
        for kind, names in (("regions", self.lexicon.regions), ("indicators", self.lexicon.indicators)):
            for word in names.words() - {""}:
                codes = names.find(word)
                words[word] = (kind, codes[0] if len(codes) == 1 else word)
        for kind, group in (("growth", _GROWTH), ("levels", _LEVELS), ("joined", _JOINS)):
            words |= dict.fromkeys(group, (kind, kind))
        self._words = words
        self._longest = max(map(len, words))

    def read(self, text: str) -> Phrase | None:
        """Read a phrase; None if any part of it is unknown. Not tracked, but near to what is: `refused` is the code why."""
        if text not in self._seen:
            if len(self._seen) > _MANY:
                self._seen.clear()
            self._seen[text] = self._read(text)
        return self._seen[text]

    def read_indicator(self, text: str) -> Phrase | None:
        """Read a cell that names one indicator, with its unit and growth words if any; None if it does not."""
        phrase = self.read(text)
        alone = phrase and not (phrase.periods or phrase.parts or phrase.regions or len(phrase.indicators) > 1)
        return phrase if alone and phrase and (phrase.indicators or phrase.growth or phrase.refused) else None

    def grow(self, indicator: str) -> str:
        """The growth indicator of a level, or of itself; "" if none is tracked."""
        facts = self.lexicon.facts.get(indicator)
        return indicator if facts and facts.nature == Nature.GROWTH else self.growth_of.get(indicator, "")

    def is_growth(self, indicator: str) -> bool:
        """Whether an indicator is a growth rate."""
        facts = self.lexicon.facts.get(indicator)
        return facts is not None and facts.nature == Nature.GROWTH

    def _read(self, text: str) -> Phrase | None:
        """Take known words off the front, the longest first, until nothing is left."""
        squeezed = _squeeze(_NUMBERED.sub("", normal(text)))
        refused = refuse(text)
        if not squeezed or len(squeezed) > LONGEST or refused:
            return Phrase(refused=refused) if refused else None
        if told := self._read_told(text):
            return told
        found: list[tuple[str, str]] = []
        at = 0
        while at < len(squeezed):
            length, kind, meaning = self._take(squeezed, at)
            if not length:
                return None
            found += [(kind, meaning)] if kind else []
            at += length
        kinds = {kind: tuple(dict.fromkeys(meaning for other, meaning in found if other == kind)) for kind, _ in found}
        return Phrase(**kinds)  # type: ignore[arg-type]  # every kind is one of its tuples

    def _read_told(self, text: str) -> Phrase | None:
        """What a person said of this very text, with the unit in its brackets; None if nobody did."""
        indicator, region = self.told.code("indicators", text), self.told.code("regions", text)
        if not indicator and not region:
            return None
        unit = in_brackets(text)
        units = (unit,) if indicator and unit and self.lexicon.units.find(unit) else ()
        return Phrase(indicators=(indicator,) if indicator else (), regions=(region,) if region else (), units=units)

    def _take(self, text: str, at: int) -> tuple[int, str, str]:
        """The length, kind and meaning of the longest word that starts here; length 0 if none does."""
        period = _take_period(text, at)
        part = _PART.match(text, at)
        longest = next(
            (n for n in range(min(self._longest, len(text) - at), 0, -1) if text[at : at + n] in self._words), 0
        )
        if period and len(period) >= longest:
            return len(period), "periods", period
        if part and len(part[0]) >= longest:
            return len(part[0]), "parts", part[0]
        if longest:
            return longest, *self._words[text[at : at + longest]]
        return (1, "", "") if text[at] in _PUNCTUATION else (0, "", "")


def refuse(text: str) -> str:
    """The code for what is easily taken for a tracked indicator and is none; "" for anything else."""
    squeezed = re.sub(r"[\s_-]+", "", simplify(normal(text[: 4 * LONGEST])).casefold())
    if _AVERAGED.search(squeezed):
        return "growth_averaged"
    return "registered_not_resident" if _REGISTERED.search(squeezed) else ""


def read_growth_of(indicators: list[dict[str, str]], lexicon: Lexicon) -> dict[str, str]:
    """Level to growth indicator, as stated in the table, or as the name with 增速 behind it says ("地区生产总值增速")."""
    pairs: dict[str, str] = {}
    for row in indicators:
        named = lexicon.indicators.find(fold(f"{row['zh']}增速"))
        stated = row.get("growth_indicator", "")
        growth = stated or (named[0] if len(named) == 1 else "")
        if growth in lexicon.facts and lexicon.facts[growth].nature == Nature.GROWTH:
            pairs[row["indicator"]] = growth
    return pairs


def _take_period(text: str, at: int) -> str:
    """The longest period that starts here; "" if none does."""
    if not text[at].isdigit():
        return ""
    for end in range(min(len(text), at + _PERIOD_LENGTH), at + 3, -1):
        code = read_period(text[at:end])
        if code and parse_period(code).year in _YEARS:
            return text[at:end]
    return ""
