"""Any bytes get an answer: canonical rows or problems that say where and why in both languages; nothing ever raises.

Two thousand cases together, twenty times the hypothesis profile's number; under HYPOTHESIS_PROFILE=soak ten thousand.
"""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.export.table import to_csv
from lib.faults import describe_problem
from lib.i18n import load_texts
from lib.ingest.layout import TEMPLATE_HEADER
from lib.ingest.problems import PROBLEM_CODES
from lib.periods import parse_period
from lib.schema import ACTUAL_COLUMNS, Basis, Vintage

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be")
CODECS = {"UTF-8": "utf-8-sig", "GB18030": "gb18030", "Big5": "big5hkscs"}
LANGUAGES = ("zh", "en")
_LINE_END = re.compile(r"\r\n|\r|\n")
_HOLE = re.compile(r"\{\w+\}")
_HEADER = "地区,指标,时期,口径,数值,单位,来源"


def cases(share):
    """A share of all cases, in twentieths."""
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
    return settings(max_examples=share * settings.default.max_examples, deadline=None, suppress_health_check=quiet)


@pytest.fixture(scope="session", name="answer")
def _answer(check, reference):
    """Check bytes and hold the answer against what must be true of every answer."""
    texts = [load_texts(lang) for lang in LANGUAGES]
    regions, units = set(reference.regions["region"]), set(reference.units["unit"])
    indicators = set(reference.indicators["indicator"])

    def run(raw):
        checked = check(raw)
        assert len(checked.rows) or checked.problems
        for item in checked.problems:
            assert item.code in PROBLEM_CODES
            for said in (describe_problem(item, language) for language in texts):
                assert said.strip()
                assert item.code not in said
                assert item.value or not _HOLE.search(said)
        for row in checked.rows.to_dict("records"):
            assert {row["region"]} <= regions
            assert {row["indicator"]} <= indicators
            assert {row["unit"]} <= units
            assert row["basis"] in set(Basis)
            assert row["status"] in set(Vintage)
            assert parse_period(row["period"]).code == row["period"]
            assert math.isfinite(row["value"])
        last = _count_lines(raw, checked.encoding)
        assert all(0 <= item.row <= last for item in checked.problems)
        assert checked.rows["row"].between(1, last).all()
        return checked

    return run


def _count_lines(raw, encoding):
    """The lines of a file, as an editor counts them; of one that was not decoded, at most as many as bytes that could end one."""
    if encoding == "XLSX":
        return 2**20
    if encoding in CODECS:
        return len(_LINE_END.findall(raw.decode(CODECS[encoding]))) + 1
    return raw.count(b"\n") + raw.count(b"\r") + 1


@given(raw=st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", errors="ignore")))
@cases(4)
def test_random_bytes_get_an_answer(answer, raw):
    """Whatever a file holds."""
    answer(raw)


words = st.sampled_from([
    "地区", "指标", "时期", "口径", "数值", "单位", "数值（亿元）", "年份", "季度", "位次", "其中：", "#", "①",
    "（虚构）", "region", "value", "沈阳市", "大连", "朝阳", "全国", "沈阳市 Shenyang", "210100", "0",
    "地区生产总值", "GDP增速", "增速(%)", "常住人口（万人）", "城镇化率", "同比增长", "两年平均", "上年同期",
    "绝对额", "2024", "2024Q1", "2024年1-9月累计", "一季度", "1-3季度", "Jan-26", "46112", "累计", "年度",
    "1,234.5", "８１２２．１", "-5.2", "(5)", "12万元", "1.2万亿", "一亿", "5%", "--", "…", "未发布", "1e999",
    "亿元", "万元", "%", "单位：亿元", "注：虚构", "# 虚构", "=1+1", "<b>", '"', "'沈阳市'", "“沈阳市”", "", " ",
    "\u3000", "\ufeff", "NA", "\n",
])  # fmt: skip
cells = words | st.builds("{}{}".format, words, words) | st.text(alphabet=st.characters(codec="utf-8"), max_size=8)
lines = st.lists(cells, max_size=8) | st.sampled_from([
    _HEADER.split(","), ["地区", "地区生产总值（亿元）", "增速(%)"], ["指标", "单位", "1-9月累计", "同比增长(%)"],
    ["2024年各市地区生产总值（亿元）"], ["沈阳市", "gdp", "2024", "", "1", "亿元", "虚构"], ["沈阳市", "100", "5.2"],
    ["地区生产总值", "亿元", "900", "5.0"],
])  # fmt: skip


@given(
    table=st.lists(lines, max_size=7),
    separator=st.sampled_from(",;\t|，"),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(ENCODINGS),
)
@cases(8)
def test_random_tables_get_an_answer(answer, table, separator, ending, encoding):
    """Cells such as offices write, in any order, under any header or none, in any encoding."""
    text = ending.join(separator.join(line) for line in table)
    answer(text.encode(encoding, errors="ignore"))


@pytest.fixture(scope="session", name="corpus")
def _corpus(made_up, as_they_come, published):
    """Every tiny file."""
    return [made_up[name] for name in sorted(made_up)] + [
        files[name] for files in (as_they_come, published) for name in sorted(files)
    ]


def _flip(raw, at, _):
    """One bit of a byte is wrong."""
    return raw[:at] + bytes([raw[at] ^ (1 << at % 8)]) + raw[at + 1 :] if at < len(raw) else raw


def _insert(raw, at, piece):
    """Some bytes too many."""
    return raw[:at] + piece + raw[at:]


def _delete(raw, at, piece):
    """Some bytes are missing."""
    return raw[:at] + raw[at + len(piece) + 1 :]


def _truncate(raw, at, _):
    """The upload broke off."""
    return raw[:at]


def _double(raw, at, piece):
    """Lines occur twice, and somewhere else."""
    rows = raw.splitlines(keepends=True) or [b""]
    return b"".join([*rows, *rows[at % len(rows) :][: len(piece) + 1]])


def _transcode(raw, at, _):
    """Saved anew in another encoding; as it was where that has no such characters."""
    try:
        return raw.decode("utf-8-sig").encode(ENCODINGS[at % len(ENCODINGS)])
    except UnicodeError:
        return raw


CHANGES = (_flip, _insert, _delete, _truncate, _double, _transcode)
steps = st.lists(
    st.tuples(st.sampled_from(CHANGES), st.integers(0, 4000), st.binary(max_size=4)), min_size=1, max_size=3
)


@given(which=st.integers(0, 10**4), changes=steps)
@cases(8)
def test_a_damaged_file_gets_an_answer(answer, corpus, which, changes):
    """Any of the tiny files with bytes changed, missing, doubled, cut off or saved in another encoding."""
    raw = corpus[which % len(corpus)]
    for change, at, piece in changes:
        raw = change(raw, at % (len(raw) + 1), piece)
    answer(raw)


ENTRIES = ("utf-8", "utf-8-sig", "gb18030", "utf-16")
notes = st.text(alphabet=st.characters(categories=["L", "Nd", "Zs", "Po"], codec="gb18030"), max_size=10)


@given(
    values=st.lists(st.integers(1, 10**9).map(lambda number: number / 1000), min_size=1, max_size=5),
    note=notes.map(str.strip),
    encoding=st.sampled_from(ENTRIES),
    lang=st.sampled_from(LANGUAGES),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_our_own_file_comes_back_as_it_went(check, values, note, encoding, lang):
    """Rows written under the template's header by the export, in any encoding an office saves them in."""
    text = "".join(f"沈阳市,gdp,{2015 + at},年度,{value},亿元\n" for at, value in enumerate(values))
    first = check(_HEADER.removesuffix(",来源") + "\n" + text, source="虚构").rows.assign(note=f"虚构{note}")
    frame = first[list(ACTUAL_COLUMNS)].assign(published="2026-01-20").set_axis(TEMPLATE_HEADER[lang], axis=1)
    again = check(to_csv(frame).decode("utf-8-sig").encode(encoding))
    assert again.ok
    kept = [name for name in ACTUAL_COLUMNS if name != "published"]
    assert again.rows[kept].to_dict("records") == first[kept].to_dict("records")
