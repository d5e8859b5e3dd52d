"""Sentences and names in both languages, and text from data made harmless before it meets markdown."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lib.charts.parts import axis_unit
from lib.faults import describe_error, describe_problem
from lib.i18n import LANGUAGES, load_texts
from lib.schema import DataError, Problem, Stage, Status
from lib.series import Figure
from lib.tables import read_tables
from lib.verdict.judge import read_targets
from lib.verdict.model import Missing, Verdict
from lib.verdict.target import Evidence
from lib.words import (
    as_published,
    escape,
    escape_terminal,
    finding,
    goal,
    missing_figures,
    name_things,
    shorten,
    who_reports,
)

SPECIAL = r"\`*_{}[]<>()#+!|$~:"
NASTY = [
    "![x](http://evil.example/p.png)",
    "[click](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "$\\frac{1}{2}$ and $$x^2$$",
    ":red[text] :smile: :material/home:",
    "`code` ~~gone~~ **bold** __bold__ | a | b |",
    "\\![x](y) \\\\[a](b)",
    "# heading",
    "line\n\n# heading\r\n> quote\u2028- item\x0b\x0c",
    "沈阳市\u202e统计局\u2066x\u2069",
]
# The patterns with which Streamlit's markdown (mdast-util-gfm-autolink-literal) turns bare text into links. They run on
# the text after backslashes are resolved, so that a backslash does not stop them; seen in Chromium with Streamlit 1.67+.
AUTOLINKS = (
    re.compile(r"(https?://|www(?=\.))([-.\w]+)", re.IGNORECASE),
    re.compile(r"(?<![\w])([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)"),
    re.compile(r":material/\w+:"),
)
# Each reason has its sentence under "finding"; one with a sentence for each status has them a level below.
REASONS = {key.split(".")[1] for key in load_texts("en").entries if key.startswith("finding.")}
SETTLED = {key.split(".")[1] for key in load_texts("en").entries if re.match(r"finding\.\w+\.", key)}


def shown(text):
    """What a reader of the markdown sees: backslashes before punctuation resolved."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def bare(text):
    """The special characters that no backslash stands before, reading from the left as markdown does."""
    return [character for character in re.sub(r"\\.", "", text) if character in SPECIAL]


@pytest.mark.parametrize("text", NASTY)
def test_markup_from_data_is_escaped(text):
    """An image, link, tag, formula, directive or heading in a file is shown as the characters it is made of."""
    escaped = escape(text)
    assert bare(escaped) == []
    assert escaped.splitlines() == [escaped]


@given(st.text(alphabet=st.one_of(st.sampled_from(SPECIAL + " \n\r\t\u2028ab"), st.characters()), max_size=60))
@example("\\")
@example("a\\\n*b*")
@example("\\\x00*")
@example("*\u202a*")
def test_no_special_character_survives_unescaped(text):
    """Whatever the text, no markdown character is left without its backslash and no line end or control is left."""
    escaped = escape(text)
    assert bare(escaped) == []
    assert len(re.sub(r"\\.", "", escaped)) == len(re.sub(r"\\.", "", escaped).rstrip("\\"))
    assert escaped.splitlines() in ([], [escaped])
    assert not any(unicodedata.category(character) == "Cc" for character in escaped)


@given(st.text(alphabet=st.characters(categories=["L", "N", "Zs"]), max_size=40))
def test_plain_text_stays_as_it_is(text):
    """Letters, digits and Chinese are shown unchanged but for the spaces."""
    assert escape(text) == " ".join(text.split())


@pytest.mark.parametrize("text", ["净增1,018亿元（约数）", "9,027.1 亿元; 5.2%", 'a=b & c\'s "d"'])
def test_the_reader_sees_the_text(text):
    """Escaping changes what markdown makes of a text, not what it says."""
    assert shown(escape(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "see https://evil.example/x now",
        "HTTP://evil.example",
        "see www.evil.example now",
        "write to someone@evil.example",
        "icon :material/home: here",
    ],
)
def test_bare_addresses_do_not_become_links(text):
    """An address in a source or note stays text: Streamlit links it by itself, whatever backslashes stand in it."""
    assert [pattern.pattern for pattern in AUTOLINKS if pattern.search(shown(escape(text)))] == []


@pytest.mark.parametrize("text", ["- 5.2%", "1. 地区生产总值", "2024) note", "---", "- - -"])
def test_text_never_becomes_a_list_or_a_rule(text):
    """A cell that begins like a list or is drawn like a rule stays a line of text."""
    assert not re.match(r"(-(\s|$)|\d{1,9}[.)](\s|$)|(-\s*){3,}$)", escape(text))


@pytest.mark.parametrize("control", ["\u202a", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u061c"])
def test_direction_controls_are_removed(control):
    """No invisible character of a file can turn the order of what stands beside it."""
    assert escape(f"沈阳{control}市") == "沈阳市"


def test_no_control_sequence_reaches_a_terminal():
    """Neither the escape character nor its one-character forms of the C1 range survive."""
    text = escape_terminal("沈阳\x1b[31m市\x9b31m\x9d0;title\x07\n- x")
    assert not any(unicodedata.category(character) == "Cc" for character in text)


@pytest.fixture(scope="module", name="tables")
def read(ROOT):
    """The shipped tables."""
    return read_tables(ROOT / "data")


@pytest.fixture(scope="module", name="words")
def make_words(tables):
    """The words of each language."""
    return {lang: name_things(tables, load_texts(lang)) for lang in LANGUAGES}


@pytest.fixture(scope="module", name="targets")
def make_targets(tables):
    """The plan's targets by their code."""
    return {target.target: target for target in read_targets(tables)}


def a_figure(period="2024", value=9027.1, **fields):
    """A figure of Shenyang's GDP."""
    usual = {"status": "preliminary", "qualifier": "", "source": "沈阳市统计局", "link": ""}
    return Figure(
        "210100", "gdp", period, "annual", value, "100m_cny", **usual | fields, known_from=date(2025, 1, 25), dated=True
    )


def a_verdict(target, reason, status=Status.MISSED, **fields):
    """A verdict with every number filled in."""
    usual = {
        "figure": a_figure(),
        "value": 9027.1,
        "baseline": a_figure("2021", 7249.7),
        "expected": 10000.0,
        "gap": -972.9,
        "gap_closed": 0.646,
        "elapsed": 1.0,
        "later": a_figure("2025", 10002.1),
        "years": ("2022", "2023", "2024"),
        "missing": (Missing("210100", "gdp", ("2024",)),),
        "evidence": (Evidence(date(2025, 12, 3), Stage.UNDER_WAY, date(2025, 12, 3), "在建", "being built", "s", ""),),
    }
    return Verdict(target, status, reason, **usual | fields)


def test_every_reason_of_the_rules_is_known(ROOT):
    """No rule gives a reason that the catalogues do not word."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "lib/verdict").rglob("*.py")))
    given_ones = set(re.findall(r'Status\.\w+[^"\n]*?, "(\w+)"', code)) | set(re.findall(r'reason="(\w+)"', code))
    assert {"met", "break_between", "every_period", "missing_figures"} <= given_ones <= REASONS


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("reason", sorted(REASONS))
def test_every_finding_is_a_sentence(words, targets, lang, reason):
    """Each reason gives a sentence without holes or codes, in the language asked for, also without any number."""
    statuses = (Status.ACHIEVED, Status.MISSED) if reason in SETTLED else (Status.MISSED,)
    code = {"relative_so_far": "WL-2", "relative_settled": "WL-2", "average_so_far": "WL-3"}.get(reason, "SY-4")
    for status in statuses:
        verdict = a_verdict("210100", reason, status)
        text = finding(verdict, targets[code], words[lang])
        assert not re.search(r"[{}]|None|nan|100m_cny|210100", text)
        assert text.strip() == text != ""
        if not reason.startswith("evidence"):
            assert bool(re.search(r"[\u4e00-\u9fff]", text)) == (lang == "zh")
        empty = Verdict(targets[code].target, status, reason)
        assert "None" not in finding(empty, targets[code], words[lang])


def test_a_miss_in_words(words, targets):
    """The sentence of a missed level says the figure, its year, the target and how far short it fell."""
    verdict = a_verdict("SY-4", "not_met")
    zh = finding(verdict, targets["SY-4"], words["zh"])
    en = finding(verdict, targets["SY-4"], words["en"])
    assert all(part in zh for part in ("沈阳市", "9,027.1亿元", "2024年", "“达到1万亿元”", "972.9亿元"))
    assert all(part in en for part in ("Shenyang", "CNY 902.7 bn", "2024", "CNY 1 tn", "CNY 97.3 bn"))


def test_a_late_success_in_words(words, targets):
    """The sentence of a level met late says the later figure, its year and the delay."""
    verdict = a_verdict("CO-4", "met_late", Status.ACHIEVED_LATE, value=9516.9, gap=-483.1)
    en = finding(verdict, targets["CO-4"], words["en"])
    assert all(part in en for part in ("CNY 951.7 bn", "CNY 1,000.2 bn", "2025", "one year late"))
    two = finding(a_verdict("CO-4", "met_late", later=a_figure("2026", 10500.0)), targets["CO-4"], words["en"])
    assert "2 years late" in two


@pytest.mark.parametrize("status", [Status.ACHIEVED, Status.MISSED])
def test_a_fall_that_was_asked_for_is_not_called_a_rise(words, targets, status):
    """A target to decrease is not said to be raised or to stand above, in either language."""
    falling = type(targets["EL-4"])(**{**vars(targets["EL-4"]), "operator": "decrease"})
    below = type(targets["WL-2"])(**{**vars(targets["WL-2"]), "operator": "<"})
    direction = a_verdict("EL-4", "direction_settled", status, value=40.0)
    relative = a_verdict("WL-2", "relative_settled", status, value=4.0, expected=5.0, gap=-1.0)
    assert "提高" not in finding(direction, falling, words["zh"])
    assert "高于" not in finding(relative, below, words["zh"])
    assert "above" not in finding(relative, below, words["en"])


@pytest.mark.parametrize(
    ("target", "zh", "en"),
    [
        ("SY-4", "1万亿元", "at least CNY 1 tn"),
        ("CO-4", "1万亿元", "more than CNY 1 tn"),
        ("SY-6a", "85%", "more than 85%"),
        ("EL-5", "7.7%", "at least 7.7%"),
        ("WL-2", "辽宁省", "above the average of Liaoning Province"),
    ],
)
def test_targets_in_words(words, targets, target, zh, en):
    """A target is written with its bound, its unit and no needless decimals."""
    assert zh in goal(targets[target], words["zh"])
    assert goal(targets[target], words["en"]) == en


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_target_of_the_plan_has_words(words, targets, lang):
    """Each target's goal can be said in both languages."""
    for target in targets.values():
        assert goal(target, words[lang])


def test_missing_figures_name_the_office(words):
    """What is missing is named with its year, and so is who would report it: for a zone its members' offices."""
    item = Missing("SY", "manufacturing_va_share", ("2024",))
    text = missing_figures(item, words["en"])
    assert all(part in text for part in ("Manufacturing", "Shenyang modern metropolitan circle", "2024"))
    assert who_reports(item, words["zh"]) == "编制沈阳现代化都市圈整体数据的单位（各成员数据不能合并）"
    offices = who_reports(Missing("SY", "gdp", ("2024",)), words["zh"])
    assert all(city in offices for city in ("沈阳", "鞍山", "抚顺", "本溪", "阜新", "辽阳", "铁岭"))
    assert "沈抚" not in offices
    assert who_reports(Missing("210200", "gdp", ("2024",)), words["zh"]) == "大连市统计局"


@pytest.mark.parametrize(
    ("region", "indicator", "zh", "en"),
    [
        ("CO", "fdi_growth", "葫芦岛的商务局（", "the commerce bureaus of Dalian, Dandong, "),
        ("CO", "trade_growth", "葫芦岛的海关（", "the customs offices of Dalian, "),
        (
            "EL",
            "forest_stock",
            "各成员（未见官方名单）的林业和草原局",
            "the forestry and grassland administrations of the members of",
        ),
        ("210000", "tourism_revenue", "辽宁省文化和旅游局", "the culture and tourism bureau of Liaoning Province"),
        ("000000", "fdi_growth", "国家主管部门", "the national authority in charge"),
        ("210100", "one_hour_circle", "沈阳市主管部门", "the responsible office of Shenyang"),
    ],
)
def test_each_figure_has_its_own_office(words, region, indicator, zh, en):
    """Foreign capital comes from commerce bureaus, trade from customs; only a nation's ministries go by other names."""
    item = Missing(region, indicator, ("2024",))
    assert zh in who_reports(item, words["zh"])
    assert en in who_reports(item, words["en"])


@pytest.mark.parametrize("zone", ["WL", "EL"])
def test_members_that_are_not_certain_are_not_named(words, tables, zone):
    """Where no list of members has been published, the tracker does not make one up."""
    item = Missing(zone, "gdp_growth_real", ("2024",))
    for lang in LANGUAGES:
        said = who_reports(item, words[lang])
        assert not [
            city for city in tables.regions.loc[tables.regions["type"] == "city", f"short_{lang}"] if city in said
        ]
        assert {"zh": "未见官方名单", "en": "no official list has been seen"}[lang] in said


def test_every_measured_indicator_has_an_office(tables):
    """Whoever misses a figure can be told whom to ask."""
    measured = tables.indicators[tables.indicators["nature"] != "event"]
    assert (measured[["provider_zh", "provider_en"]] != "").all(axis=None)


def test_dates_of_tables_are_written_in_words(words):
    """A plan's day of signing as the language writes it; a month alone stays as it is."""
    assert words["zh"].written_day("2022-01-31") == "2022年1月31日"
    assert words["en"].written_day("2022-01-31") == "31 Jan 2022"
    assert words["en"].written_day("2022-01") == "2022-01"


def test_a_figure_in_words(words):
    """A figure says its qualifier, its day and whose it is, or that we summed it or assumed the day."""
    rounded = a_figure(value=13000.0, qualifier="about")
    assert words["en"].figure(rounded) == "about CNY 1,300.0 bn"
    assert words["en"].published(rounded) == "Published 25 Jan 2025"
    undated = Figure(**{**vars(rounded), "dated": False, "derived": True, "release": "assumed"})
    assert "by the release calendar" in words["en"].published(undated)
    page = Figure(**{**vars(rounded), "release": "calendar", "published": date(2025, 7, 1)})
    assert (
        words["en"].published(page) == "Read on a page of 1 Jul 2025; counts from 25 Jan 2025 by the release calendar"
    )
    assert words["en"].source(rounded) == "沈阳市统计局"
    assert words["en"].source(undated) == "Made of all counted members' published figures"


def test_as_published_keeps_the_offices_unit(words):
    """A figure to be found on the office's page is shown as that page prints it, in either language."""
    assert {as_published(a_figure(), words[lang]) for lang in LANGUAGES} == {"9,027.1亿元"}


def test_an_axis_says_that_it_shows_growth(words):
    """The axis of a growth rate is not just per cent."""
    assert axis_unit("gdp_growth_real", words["en"]) != axis_unit("urbanization_rate", words["en"]) == "%"


def test_errors_and_problems_in_words():
    """An error and a problem say where and what, and a long cell is cut."""
    for lang in LANGUAGES:
        texts = load_texts(lang)
        assert "plans.csv" in describe_error(DataError("table_unreadable", table="plans.csv"), texts)
        problem = Problem("period_unreadable", 7, "时期", "去" * 100)
        text = describe_problem(problem, texts)
        assert "7" in text
        assert "去" * 59 + "…" in text
    assert shorten("abc", 3) == "abc"
    assert shorten("abcd", 3) == "ab…"
