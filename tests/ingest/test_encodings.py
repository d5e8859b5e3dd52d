"""Encodings are told for sure: every encoding, from one row with one Chinese name to a thousand rows, comes out right."""

from __future__ import annotations

from itertools import product

import pytest

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "gbk", "big5", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be")
SIZES = (1, 2, 5, 40, 1000)
CHINESE = "地区,指标,时期,数值,单位,来源"
ENGLISH = "region,indicator,period,value,unit,source"
TRADITIONAL = "地區,指標,時期,數值,單位,來源"

# What a file says -> header, regions, indicator, unit, source. All figures are made up.
CONTENTS = {
    "one Chinese name": (ENGLISH, ["沈阳市"], "gdp", "100m_cny", "made up"),
    "one short name": (ENGLISH, ["大连"], "gdp", "100m_cny", "made up"),
    "no Chinese at all": (ENGLISH, ["Shenyang"], "gdp", "100m_cny", "made up"),
    "Chinese header, codes": (CHINESE, ["210100"], "gdp", "100m_cny", "made up"),
    "many names": (CHINESE, ["沈阳市", "大连市", "鞍山市", "抚顺市", "本溪市"], "地区生产总值", "亿元", "虚构数据"),
    "rare characters": (CHINESE, ["沈阳市"], "地区生产总值", "亿元", "虚构䶮㙍𠮷"),
    "punctuation": (CHINESE, ["沈阳市"], "地区生产总值", "亿元", "《虚构》“数据”——（初步）…·￥"),
    "one traditional name": (ENGLISH, ["瀋陽市"], "gdp", "100m_cny", "made up"),
    "one short traditional name": (ENGLISH, ["大連"], "gdp", "100m_cny", "made up"),
    "traditional": (TRADITIONAL, ["瀋陽市", "撫順市"], "地區生產總值", "億元", "虛構數據"),
}


def _write(content, size):
    """A file of so many rows."""
    header, regions, indicator, unit, source = CONTENTS[content]
    rows = [f"{regions[at % len(regions)]},{indicator},{1990 + at % 30},{at + 1},{unit},{source}" for at in range(size)]
    return "\n".join([header, *rows, ""])


def _encode(text, encoding):
    """The text's bytes; none if the encoding lacks a character."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return b""


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_file_that_can_be_written_is_read(decode_text, encoding):
    """The very text that was written, whatever it says and however little of it there is."""
    files = {(content, size): _write(content, size) for content, size in product(CONTENTS, SIZES)}
    written = {name: (text, _encode(text, encoding)) for name, text in files.items()}
    wrong = [name for name, (text, raw) in written.items() if raw and decode_text(raw) != text]
    assert wrong == []
    assert sum(bool(raw) for _, raw in written.values()) >= 4 * len(SIZES)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_first_row_counts_as_much_as_the_thousandth(check, encoding):
    """Figures and sources of one row alone, through the whole reader."""
    for content in CONTENTS:
        raw = _encode(_write(content, 1), encoding)
        if raw:
            rows = check(raw).rows
            assert (content, rows["value"].tolist(), rows["source"].tolist()) == (content, [1], [CONTENTS[content][4]])
