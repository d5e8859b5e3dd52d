"""The shipped tables say what the collectors wrote down: every row, every figure, in order, and no doubtful link."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from lib import schema
from lib.periods import parse_period
from tools import convert

DATA = Path(__file__).resolve().parent.parent / "data"
UNITS = {
    "100M CNY": "100m_cny", "亿元": "100m_cny", "%": "pct", "亿美元": "100m_usd", "万美元": "10k_usd",
    "万人": "10k_persons", "亿立方米": "100m_m3", "万人次": "10k_visits",
}  # fmt: skip
COUNTS = {
    "gdp.csv": {"estimate": 5, "preliminary": 301, "revised": 2, "final": 10, "unknown": 26},
    "other.csv": {"estimate": 22, "preliminary": 381, "final": 33, "unknown": 13},
    "plan_note.csv": {"estimate": 1, "preliminary": 1, "final": 1, "unknown": 3},
}
LINK_TABLES = ("plans", "targets", "memberships", "breaks", "evidence")


def read(path: Path) -> list[dict[str, str]]:
    """Read a CSV file as dictionaries."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(name: str) -> list[dict[str, str]]:
    """Read one table of `data/`."""
    return read(DATA / f"{name}.csv")


def codes(name: str, column: str) -> set[str]:
    """List the codes in one column of a table."""
    return {row[column] for row in table(name)}


def shipped() -> list[dict[str, str]]:
    """Every shipped figure."""
    return [row for name in COUNTS for row in read(DATA / "actuals" / "shipped" / name)]


@pytest.fixture(params=list(convert.FILES.items()), ids=lambda pair: pair[1])
def pair(request):
    """Give an origin file, what became of it, and its name."""
    origin, out = request.param
    return read(DATA / "origin" / origin), read(DATA / "actuals" / "shipped" / out), out


def test_every_row_and_figure_arrives_in_order(pair):
    """No row is lost, moved or changed in value, date or note."""
    before, after, _ = pair
    was = [
        (r["region_code"], r["indicator"], r["period"], r["period_basis"], r["value"], r["published"], r["snippet"])
        for r in before
    ]
    now = [(r["region"], r["indicator"], r["period"], r["basis"], r["value"], r["published"], r["note"]) for r in after]
    assert was == now
    assert [UNITS[r["unit"]] for r in before] == [r["unit"] for r in after]


def test_row_counts_are_the_collectors():
    """344 and 449 rows, as collected."""
    assert [len(read(DATA / "actuals" / "shipped" / name)) for name in ("gdp.csv", "other.csv")] == [344, 449]


def test_statuses_are_mapped_as_documented(pair):
    """Estimates are named as such; every other status is as collected."""
    before, after, out = pair
    for was, now in zip(before, after, strict=True):
        assert now["status"] == ("estimate" if "estimate" in was["source_title"] else was["status"])
    assert Counter(r["status"] for r in after) == COUNTS[out]


def test_qualifiers_follow_the_words_of_the_source():
    """A figure is approximate or a floor only where its source says so."""
    found = Counter((r["qualifier"], r["unit"] if r["qualifier"] else "") for r in shipped())
    assert found["at_least", "pct"] == 2
    assert sum(count for (qualifier, _), count in found.items() if qualifier == "about") == 15
    assert all(
        re.search(r"约|左右|around|四舍五入", r["note"] + r["source"]) for r in shipped() if r["qualifier"] == "about"
    )


def test_keys_are_unique_across_files():
    """No two rows share the key of a vintage."""
    keys = Counter(tuple(r[c] for c in schema.VINTAGE_KEY) for r in shipped())
    assert [key for key, count in keys.items() if count > 1] == []


def test_repeated_conversion_gives_the_shipped_bytes(tmp_path, monkeypatch):
    """The shipped files are what the script writes today."""
    monkeypatch.setattr(convert, "SHIPPED", tmp_path)
    convert.main()
    for name in (*COUNTS, "README.md"):
        assert (tmp_path / name).read_bytes() == (DATA / "actuals" / "shipped" / name).read_bytes()


def test_the_script_finds_the_project_from_anywhere(tmp_path):
    """The script can be loaded from any folder."""
    code = f"import runpy; runpy.run_path({str(DATA.parent / 'tools' / 'convert.py')!r})"
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False, capture_output=True).returncode == 0


def test_links_are_only_those_of_genuine_sites():
    """No link leads to a host that is not in the list."""
    hosts = convert.read_genuine()
    links = [r["link"] for r in shipped()] + [r["link"] for name in LINK_TABLES for r in table(name)]
    assert [link for link in links if link and not convert.is_genuine(link, hosts)] == []
    assert sum(map(bool, links)) > 200


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://tjj.shenyang.gov.cn/a", True),
        ("http://kr.lnd.com.cn/x", True),
        ("http://notlnd.com.cn/x", False),
        ("http://lnd.com.cn.richbox.biz:80/x", False),
        ("http://evil.example/?u=news.cn", False),
        ("", False),
    ],
)
def test_a_link_counts_by_host_not_by_look(url, expected):
    """A host is matched whole or as a sub-domain."""
    assert convert.is_genuine(url, convert.read_genuine()) is expected


def test_sources_carry_no_address():
    """A source is a title, never an address, and never empty."""
    rows = shipped() + [
        r for name in ("plans", "targets", "indicators", "memberships", "breaks", "evidence") for r in table(name)
    ]
    address = re.compile(r"https?:|www\.|mirror|[\w-]+\.(com|cn|net|org|gov|jp|kr|hk|asia|biz|cc|dev)\b", re.IGNORECASE)
    assert [r["source"] for r in rows if address.search(r["source"])] == []
    assert [r for r in shipped() if not r["source"]] == []


def test_an_address_left_in_a_title_is_refused():
    """A title with an address stops the conversion."""
    with pytest.raises(ValueError, match="example"):
        convert.clean_source("GDP (example.com)")


def test_codes_of_the_actuals_exist():
    """Regions, indicators and units of every figure are in the tables."""
    rows = shipped()
    regions, indicators = codes("regions", "region"), {r["indicator"]: r for r in table("indicators")}
    units = {r["unit"]: r["dimension"] for r in table("units")}
    for r in rows:
        parse_period(r["period"])
        assert Decimal(r["value"]).is_finite()
        assert r["region"] in regions
        assert r["basis"] in set(schema.Basis)
        assert r["status"] in set(schema.Vintage)
        known = indicators[r["indicator"]]
        allowed = {units[known["unit"]], *(units[u] for u in known["other_units"].split("|") if u)}
        assert units[r["unit"]] in allowed


@pytest.mark.parametrize(("name", "columns"), list(schema.TABLES.items()))
def test_tables_have_the_columns_of_the_contract(name, columns):
    """Columns as in the schema, UTF-8 without mark, LF."""
    raw = (DATA / f"{name}.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    rows = list(csv.reader(raw.decode("utf-8").splitlines()))
    assert tuple(rows[0]) == columns
    assert {len(row) for row in rows} == {len(columns)}


def test_codes_between_tables_exist():
    """No table points at a code another does not have."""
    regions, indicators, units = codes("regions", "region"), codes("indicators", "indicator"), codes("units", "unit")
    for r in table("targets"):
        assert {r["region"], r["subject"]} | ({r["benchmark"]} - {""}) <= regions
        assert r["indicator"] in indicators
        assert r["unit"] in units | {""}
        assert r["kind"] in set(schema.Kind)
        assert r["operator"] in schema.OPERATORS
        assert r["scope"] in schema.SCOPES
    for r in table("indicators"):
        assert {r["numerator"], r["denominator"], r["growth_indicator"]} - {""} <= indicators
        assert {r["unit"], *r["other_units"].split("|")} - {""} <= units
    for r in table("memberships"):
        assert {r["region"], r["member"]} <= regions
        assert r["confidence"] in schema.CONFIDENCES
    for r in table("breaks"):
        assert r["indicator"] in indicators
        assert r["region"] in regions | {""}
        parse_period(r["period"])
    assert {r["parent"] for r in table("regions")} - {""} <= regions
    assert codes("evidence", "target") <= codes("targets", "target")


@pytest.mark.parametrize(("name", "key", "columns"), [
    ("regions", "region", ("region", "zh", "en", "short_zh", "short_en")),
    ("indicators", "indicator", ("indicator", "zh", "en")),
    ("units", "unit", ("unit", "zh", "en")),
])  # fmt: skip
def test_no_name_means_two_things(name, key, columns):
    """A name or alias belongs to one code."""
    meaning: dict[str, set[str]] = {}
    for r in table(name):
        for word in [*(r[c] for c in columns), *r["aliases"].split("|")]:
            if word:
                meaning.setdefault(word.casefold(), set()).add(r[key])
    assert {word: keys for word, keys in meaning.items() if len(keys) > 1} == {}


def of_the_plan():
    """The targets of the three-year plan."""
    return [r for r in table("targets") if r["plan"] == "LN3Y"]


def test_the_plan_has_25_sentences_in_28_rows():
    """Three ambiguous sentences have two readings each."""
    rows = of_the_plan()
    kinds = {r["sentence"]: r["kind"] for r in rows}
    assert (len(rows), len(kinds)) == (28, 25)
    assert list(kinds) == [r["id"] for r in read(DATA / "origin" / "plan_targets.csv")]
    count = Counter(
        "milestone" if k == "milestone" else "direction" if k == "direction" else "quantified" for k in kinds.values()
    )
    assert count == {"quantified": 12, "direction": 1, "milestone": 12}
    doubled = [sentence for sentence, rows_of in Counter(r["sentence"] for r in rows).items() if rows_of == 2]
    assert doubled == ["SY-5", "SY-6", "CO-5"]
    assert {r["sentence"] for r in rows if r["scope"] == "ambiguous"} == set(doubled)


def test_targets_repeat_the_plans_numbers_and_words():
    """Values, operators and quotations are those collected."""
    origin = {r["id"]: r for r in read(DATA / "origin" / "plan_targets.csv")}
    for r in of_the_plan():
        was = origin[r["sentence"]]
        assert r["value"] == was["value"]
        assert r["operator"] == was["operator"]
        assert r["quote_zh"] == was["verbatim_zh"]
        assert bool(r["quote_zh"]) == (was["zh_status"] == "seen") == bool(r["strength_zh"])
        assert bool(r["link"]) == (was["link_ok"] == "yes")
        assert r["quote_en"] == (origin["CO-2"] if r["sentence"] == "CO-3" else was)["seed_text_en"]
        assert r["baseline_value"] == ""
