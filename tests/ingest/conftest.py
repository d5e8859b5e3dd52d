"""Reference tables of our own, small and with the traps real ones may have, and a way to check a file by its name."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pandas as pd
import pytest

from lib.ingest.check import Reference, check_file
from lib.ingest.decode import decode
from lib.ingest.names import read_indicators, read_regions
from lib.ingest.text import fold

TODAY = date(2026, 11, 22)
_REGIONS = """region,zh,en,short_zh,short_en,aliases,type,parent,note_zh,note_en
000000,全国,China,全国,China,中国|全國|nation,nation,,,
210000,辽宁省,Liaoning Province,辽宁,Liaoning,遼寧省,province,000000,,
210100,沈阳市,Shenyang,沈阳,Shenyang,"瀋陽|瀋陽市|Shenyang City|Shenyang, Liaoning",city,210000,,
210200,大连市,Dalian,大连,Dalian,大連市,city,210000,,
210300,鞍山市,Anshan,鞍山,Anshan,,city,210000,,
210400,抚顺市,Fushun,抚顺,Fushun,撫順市,city,210000,,
210500,本溪市,Benxi,本溪,Benxi,,city,210000,,
211300,朝阳市,Chaoyang,朝阳,Chaoyang,,city,210000,,
110105,朝阳区,Chaoyang District,朝阳,,,partner,,,
"""
_INDICATORS = """indicator,zh,en,aliases,unit,other_units,nature,cumulative,minimum,maximum,growth_indicator,aggregation
gdp,地区生产总值,GDP,生产总值|地區生產總值,100m_cny,,flow,yes,0,,gdp_growth_real,sum
va_primary,第一产业增加值,Primary sector,,100m_cny,,flow,yes,0,,,sum
va_secondary,第二产业增加值,Secondary sector,,100m_cny,,flow,yes,0,,,sum
va_tertiary,第三产业增加值,Tertiary sector,,100m_cny,,flow,yes,0,,,sum
gdp_growth_real,地区生产总值增速,GDP growth,GDP增速|增速,pct,,growth,yes,-100,1000,,
fai_growth,固定资产投资增速,FAI growth,投资增速|增速,pct,,growth,yes,-100,1000,,
trade_total,进出口总额,Total trade,进出口总值,100m_cny,100m_usd,flow,yes,0,,,
visits,接待游客人次,Tourist visits,,10k_visits,,flow,no,0,,,
resident_pop,常住人口,Resident population,,10k_persons,,stock,no,0,,,
urbanization_rate,常住人口城镇化率,Urbanization rate,城镇化率,pct,,share,no,0,100,,
sei_va_share,战略性新兴产业占比,SEI share,,pct,,share,yes,0,100,,
one_hour_circle,1小时交通圈建设,One-hour transport circle,,,,event,no,,,,
"""
_UNITS = """unit,zh,en,dimension,factor,aliases
10k_cny,万元,CNY 10 k,money_cny,10000,萬元
100m_cny,亿元,CNY 100 m,money_cny,100000000,億元|亿|100M CNY
1tn_cny,万亿元,CNY 1 tn,money_cny,1000000000000,兆元|万亿
cny,元,CNY,money_cny,1,yuan
100m_usd,亿美元,USD 100 m,money_usd,100000000,
10k_usd,万美元,USD 10 k,money_usd,10000,
pct,%,%,percent,1,percent
pp,百分点,pp,points,1,
10k_persons,万人,10 k persons,persons,10000,
10k_visits,万人次,10 k visits,visits,10000,
"""


def _read(text):
    """A table as the tracker's own reader gives it: all text."""
    return pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)


@pytest.fixture(scope="session")
def reference(ROOT):
    """Small tables, with the header's aliases as shipped."""
    headers = _read((ROOT / "data/headers.csv").read_text(encoding="utf-8"))
    return Reference(_read(_REGIONS), _read(_INDICATORS), _read(_UNITS), headers)


@pytest.fixture(scope="session")
def check(reference):
    """Check bytes or text against the small tables, on a fixed day."""

    def run(raw, **form):
        return check_file(raw if isinstance(raw, bytes) else raw.encode(), reference, today=TODAY, **form)

    return run


@pytest.fixture(scope="session")
def decode_text(reference):
    """The text of a file's bytes, told by the words of the small tables and of the header; "" if it is refused."""
    regions, indicators = read_regions(reference.regions), read_indicators(reference.indicators)
    words = regions.words() | indicators.words() | {fold(alias) for alias in reference.headers["alias"]}
    return lambda raw: decode(raw, words).text


@pytest.fixture(scope="session")
def made_up(ROOT):
    """The tiny files, by the trait or fault they are named for. All their figures are made up."""
    return {path.stem: path.read_bytes() for path in sorted((ROOT / "tests/files/made-up").glob("*.csv"))}


@pytest.fixture(scope="session")
def as_they_come(ROOT):
    """Tiny tables in the shapes offices use, text and workbooks, by their trait. All their figures are made up."""
    return {path.stem: path.read_bytes() for path in sorted((ROOT / "tests/files/as-they-come").iterdir())}


@pytest.fixture(scope="session")
def published(ROOT):
    """Tiny tables in the shapes in which offices publish, by name. All their figures are made up, as the names say."""
    return {
        path.name.removeprefix("made-up-"): path.read_bytes() for path in (ROOT / "tests/files/published").iterdir()
    }
