"""What a person says of a file is used where the file says nothing, and only there."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.ingest.check import read_lexicon
from lib.ingest.text import fold
from lib.ingest.told import COLUMNS, IGNORE, NOTHING, Told, from_plain, keep_known, read_told
from lib.schema import DataError

FIGURES = ["region", "indicator", "period", "basis", "value", "unit"]
HEADER = ("地区", "指标", "时期", "数值", "单位", "来源")
MEANT = ("region", "indicator", "period", "value", "unit", "source")
LINES = (
    "沈阳市,地区生产总值,2024,1234.5,亿元,虚构",
    "大连市,常住人口,2023,745,万人,虚构",
    "鞍山,gdp,2024Q5,x,亿元,虚构",
)
unknown = st.text(alphabet="甲乙丙丁戊己庚辛壬癸xyz", min_size=2, max_size=6)


@pytest.fixture(scope="module")
def lexicon(reference):
    """The small tables, ready for look-up."""
    return read_lexicon(reference)


def rows(checked):
    """The figures of a file."""
    return checked.rows[FIGURES].to_numpy().tolist()


def codes(checked):
    """The problems of a file, as line and code."""
    return [f"{item.row} {item.code}" for item in checked.problems]


@given(st.lists(unknown, min_size=6, max_size=6, unique=True))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_heading_chosen_by_hand_reads_as_the_known_one(check, headings):
    """Whatever the columns are called: the same rows and the same problems as under the headers we know."""
    told = Told(columns={fold(heading): column for heading, column in zip(headings, MEANT, strict=True)})
    known, chosen = (check("\n".join([",".join(header), *LINES]), told=told) for header in (HEADER, headings))
    assert rows(chosen) == rows(known)
    assert len(rows(known)) == 2
    assert codes(chosen) == codes(known)


def test_a_value_under_another_name(check, made_up):
    """The unit stands in the heading's brackets; the column that is ignored is named once."""
    told = Told(columns={fold("实绩(亿元)"): "value", "联系人": IGNORE})
    checked = check(made_up["value-called-otherwise"], told=told)
    assert rows(checked)[0] == ["210100", "gdp", "2024", "annual", 1234.5, "100m_cny"]
    assert codes(checked) == ["1 column_ignored"]


def test_no_heading_is_known(check, made_up):
    """All are asked about with their first cells, and the file is read once they are told."""
    asked = check(made_up["no-heading-known"]).questions
    assert asked.unknown == {"单位名": ("沈阳市", "大连市"), "y": ("2024",), "v": ("1234.5", "2345.6")}
    told = Told(columns={"单位名": "region", "y": "period", "v": "value"}, indicator="gdp", unit="100m_cny")
    assert [row[4] for row in rows(check(made_up["no-heading-known"], told=told))] == [1234.5, 2345.6]


def test_indicator_and_unit_of_all_figures(check, made_up):
    """Nothing is assumed; each answer leads to the next question, and only fitting units are offered."""
    raw = made_up["indicator-and-unit-unsaid"]
    assert check(raw).questions.lacking == ("indicator",)
    half = check(raw, told=Told(indicator="gdp"))
    assert codes(half) == ["2 unit_missing", "3 unit_missing"]
    assert half.questions.lacking == ("indicator", "unit")
    assert half.questions.units == ("10k_cny", "100m_cny", "1tn_cny", "cny")
    assert codes(check(raw, told=Told(indicator="gdp", unit="10k_persons"))) == ["2 unit_missing", "3 unit_missing"]
    whole = check(raw, told=Told(indicator="gdp", unit="10k_cny"))
    assert rows(whole)[0] == ["210100", "gdp", "2024", "annual", 0.12345, "100m_cny"]
    assert whole.rows["unit_text"].tolist() == ["", ""]


@pytest.mark.parametrize(
    ("name", "lacking", "told", "figures"),
    [
        (
            "wide-without-region",
            ("region",),
            {"region": "210200"},
            [("210200", "gdp", "2024"), ("210200", "gdp", "2023")],
        ),
        (
            "wide-without-indicator",
            ("indicator",),
            {"indicator": "gdp"},
            [("210100", "gdp", "2023"), ("210100", "gdp", "2024")],
        ),
        (
            "wide-without-period",
            ("period",),
            {"period": "2024年前三季度"},
            [("210100", "gdp", "2024Q3"), ("210100", "resident_pop", "2024Q3")],
        ),
        (
            "wide-without-year",
            ("period",),
            {"period": "2024"},
            [("210100", "gdp", "2024Q1"), ("210100", "gdp", "2024Q2")],
        ),
        ("wide-without-year", ("period",), {"period": "2024Q3"}, []),
        (
            "wide-without-unit",
            ("unit",),
            {"unit": "100m_cny"},
            [("210100", "gdp", "2024"), ("210100", "resident_pop", "2024")],
        ),
        (
            "wide-year-and-quarter",
            ("region",),
            {"region": "210100"},
            [
                ("210100", "gdp", "2024Q3"),
                ("210100", "gdp_growth_real", "2024Q3"),
                ("210100", "gdp", "2024Q2"),
                ("210100", "gdp_growth_real", "2024Q2"),
            ],
        ),
    ],
)
def test_a_wide_table_lacks_one_thing(check, as_they_come, name, lacking, told, figures):
    """It is asked for, before and after the answer, and used for all figures of the table."""
    assert check(as_they_come[name]).questions.lacking == lacking
    checked = check(as_they_come[name], told=Told(**told))
    assert [tuple(row[:3]) for row in rows(checked)] == figures
    assert checked.questions.lacking == lacking
    assert checked.ok == bool(figures)


def test_what_the_file_says_counts(check, made_up, as_they_come):
    """Answers to questions that a file does not ask change nothing."""
    told = Told(region="210300", indicator="visits", period="2020", unit="10k_visits")
    for raw in (made_up["utf8"], as_they_come["wide-indicators-across"], as_they_come["wide-english"]):
        assert rows(check(raw, told=told)) == rows(check(raw))


def test_a_heading_and_a_name_in_a_wide_table(check, as_they_come):
    """A heading can be an indicator, with the unit in its brackets; growth beside it is its growth; a line can be left out."""
    raw = as_they_come["wide-heading-unknown"]
    asked = check(raw).questions
    assert asked.unknown == {"旅客量(万人次)": ("50",), "同比增长(%)": ("3",)}
    assert [(label.kind, label.text, label.count) for label in asked.labels] == [("region", "合计", 1)]
    checked = check(raw, told=Told(indicators={fold("旅客量(万人次)"): "visits"}, regions={"合计": IGNORE}))
    assert [row[1:] for row in rows(checked)] == [
        ["gdp", "2024", "annual", 100.0, "100m_cny"],
        ["visits", "2024", "annual", 50.0, "10k_visits"],
    ]
    assert [item for item in codes(checked) if "ignored" in item or "growth" in item] == [
        "2 growth_not_tracked",
        "4 lines_ignored",
    ]


def test_growth_behind_an_ignored_column_is_not_that_of_an_earlier_one(check, as_they_come):
    """It has to be told, too."""
    raw = as_they_come["wide-heading-unknown"]
    ignored = {fold("旅客量(万人次)"): IGNORE}
    told = Told(columns=ignored, regions={"合计": IGNORE})
    assert "2 growth_without_level" in codes(check(raw, told=told))
    told = Told(columns=ignored, regions={"合计": IGNORE}, indicators={fold("同比增长(%)"): "gdp_growth_real"})
    assert [row[1] for row in rows(check(raw, told=told))] == ["gdp", "gdp_growth_real"]


def test_names_in_lines(check, made_up):
    """An unknown name and one of several regions are asked about, and read as told in every line."""
    asked = check(made_up["ambiguous-region"]).questions.labels
    assert [(label.text, label.choices) for label in asked] == [("朝阳", ("110105", "211300"))]
    assert rows(check(made_up["ambiguous-region"], told=Told(regions={"朝阳": "211300"})))[0][0] == "211300"
    told = Told(indicators={"增速": "fai_growth"})
    assert rows(check(made_up["ambiguous-indicator"].replace(b"1234.5", b"12.5"), told=told))[0][1] == "fai_growth"
    long = "地区,指标,时期,数值,单位\n沈阳市,经济总量,2024,1,亿元\n沈阳市,经济总量增速,2024,1,%\n"
    checked = check(long, told=Told(indicators={"经济总量": "gdp"}))
    assert [row[1] for row in rows(checked)] == ["gdp"], "only the very name that was told"


def test_what_is_refused_stays_refused(check, as_they_come):
    """Registered urbanization does not become resident urbanization by being called so."""
    told = Told(indicators={"户籍人口城镇化率": "urbanization_rate", fold("户籍人口城镇化率(%)"): "urbanization_rate"})
    for name in ("long-registered-urbanization", "wide-registered-urbanization", "wide-registered-in-title"):
        known = check(as_they_come[name])
        assert rows(check(as_they_come[name], told=told)) == rows(known)
        assert "registered_not_resident" in {item.code for item in check(as_they_come[name], told=told).problems}


def test_the_layout_is_the_same_next_quarter(check):
    """Headings are named by what recurs: periods do not count, and neither does their number or order."""
    first = check("指标：地区生产总值\n单位：亿元\n地区,2024Q1,备用\n沈阳市,1,x\n").questions.headers
    later = check("指标：地区生产总值\n单位：亿元\n备用,地区,2025Q1,2025Q2\nx,沈阳市,1,2\n").questions.headers
    other = check("指标：地区生产总值\n单位：亿元\n地区,2024Q1,附记\n沈阳市,1,x\n").questions.headers
    assert first == later
    assert first != other


def test_there_and_back():
    """Plain data hold all that was told, in whatever order it was said; anything else is refused."""
    told = Told(columns={"b": "value", "a": IGNORE}, regions={"c": "210100"}, region="210100", period="2024")
    assert from_plain(told.to_plain()) == told
    assert pickle.loads(pickle.dumps(told)) == told  # noqa: S301 - our own bytes
    assert from_plain({}) == NOTHING
    assert not NOTHING
    for wrong in (None, [], "x", {"colour": "red"}, {"columns": "value"}, {"columns": {"a": 1}}, {"region": {}}):
        assert from_plain(wrong) is None


def test_words_become_codes(lexicon):
    """Names and codes alike; "ignore" leaves out a heading and a name."""
    told = read_told(
        lexicon,
        meanings=["实绩（亿元）=value", "经济总量=地区生产总值", "新区=210100", "a=b=note", "合计=ignore"],
        region="沈阳", indicator="GDP", period="2024年", unit="亿元",
    )  # fmt: skip
    assert told.columns == {"实绩(亿元)": "value", "a=b": "note", "合计": IGNORE}
    assert told.indicators == {"经济总量": "gdp", "合计": IGNORE}
    assert told.regions == {"新区": "210100", "合计": IGNORE}
    assert (told.region, told.indicator, told.period, told.unit) == ("210100", "gdp", "2024年", "100m_cny")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"region": "999999"}, "told_region_unknown"),
        ({"region": "朝阳"}, "told_region_unknown"),
        ({"indicator": "x"}, "told_indicator_unknown"),
        ({"unit": "斤"}, "told_unit_unknown"),
        ({"period": "2024Q5"}, "told_period_unreadable"),
        ({"meanings": ["实绩"]}, "meaning_unknown"),
        ({"meanings": ["=value"]}, "meaning_unknown"),
        ({"meanings": ["实绩=x"]}, "meaning_unknown"),
    ],
)
def test_what_is_not_known_is_refused(lexicon, said, code):
    """By name, so that it can be worded."""
    with pytest.raises(DataError) as caught:
        read_told(lexicon, **said)
    assert caught.value.code == code


def test_only_what_still_holds_is_kept(lexicon):
    """A code that left the tables is asked about again."""
    told = Told(columns={"a": "value", "b": "gone"}, indicators={"c": "gone", "d": IGNORE}, region="999999", unit="pct")
    assert keep_known(told, lexicon) == Told(columns={"a": "value"}, indicators={"d": IGNORE}, unit="pct")
    assert len(set(COLUMNS)) == len(COLUMNS)
