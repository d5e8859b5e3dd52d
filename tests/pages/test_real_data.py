"""Every page in both languages on the shipped figures: what a visitor reads."""

from __future__ import annotations

import pytest

TITLES = {
    "overview": ("“一圈一带两区”三年行动方案的25项目标中", "Of the 25 targets of One circle, one belt, two zones"),
    "regions": ("分区域进展", "Regions"),
    "indicators": ("分指标比较", "Indicators"),
    "compare": ("地区对比", "Compare regions"),
    "targets": ("目标原文与依据", "The plan in its own words"),
    "data": ("全部数据", "All figures"),
    "upload": ("数据报送", "Upload"),
    "history": ("历史记录", "History"),
    "methodology": ("方法说明", "Methodology"),
}
MENU = {
    "zh": ["总览", "分区域", "分指标", "地区对比", "目标原文", "数据", "数据报送", "历史记录", "方法说明"],
    "en": ["Overview", "Regions", "Indicators", "Compare", "Targets", "Data", "Upload", "History", "Methodology"],
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", TITLES)
def test_page_opens_with_its_title_and_menu(visit, labels, page, lang):
    """Each page runs without an exception under its own title, with the whole menu in the visitor's language."""
    visitor = visit(page, lang)
    assert not visitor.exception
    assert not visitor.error
    assert TITLES[page][lang == "en"] in visitor.header[0].value
    assert [label.strip("*") for label in labels(visitor, "page_link")][: len(MENU[lang])] == MENU[lang]


def test_overview_says_the_verdicts_in_english(visit, said):
    """The overview's sentences give value, deadline, distance and status of each judged target."""
    words = said(visit())
    for sentence in (
        "1 achieved late, 1 missed, 1 judged in one of its two readings only. 22 cannot be judged",
        "✖ Missed Shenyang: GDP was CNY 902.7 bn at the deadline (2024), CNY 97.3 bn short of the target",
        "✔ Achieved Shenyang: Urbanization rate of resident population was 85.55% (end of 2024)",
        "✓ Achieved late Dalian: GDP was CNY 954.0 bn at the deadline (2024)",
        "it reached CNY 1,000.2 bn (2025), one year late.",
        "As published: 9,027.1亿元",
    ):
        assert sentence in words


def test_overview_says_the_verdicts_in_chinese(visit, said):
    """The same verdicts stand in Chinese, in the units of a Chinese release."""
    words = said(visit(lang="zh"))
    for sentence in (
        "1项逾期达成、1项未达成、1项仅一种理解可评价；22项因缺少公布数据或佐证材料，暂无法评价。",
        "✖ 未达成 沈阳市地区生产总值到期时为9,027.1亿元（2024年），与“达到1万亿元”的目标相差972.9亿元。",
        "“超过85%”的目标",
        "✓ 逾期达成 大连市地区生产总值",
        "晚一年达到",
    ):
        assert sentence in words


@pytest.mark.parametrize(("lang", "both"), [("zh", "两种理解均予评价"), ("en", "Both readings are judged")])
def test_ambiguous_sentence_shows_both_readings(visit, said, lang, both):
    """A sentence that can mean the city or the whole circle is said once, with a row for each reading."""
    words = said(visit(lang=lang))
    reading = {
        "zh": ("理解为沈阳市", "理解为沈阳现代化都市圈"),
        "en": ("Read as Shenyang\n", "Read as Shenyang modern"),
    }[lang]
    assert words.count(both) == 3
    assert all(text in words for text in reading)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_missing_figures_are_named_with_who_reports_them(visit, said, lang):
    """A target without data keeps its row and says what is missing and from which offices it would come."""
    words = said(visit(lang=lang))
    expected = {
        "zh": ("未公布或未报送：2022年、2023年、2024年。", "大连、丹东、锦州、营口、盘锦、葫芦岛的商务局"),
        "en": (
            "Not published or not reported: 2022, 2023, 2024.",
            "the commerce bureaus of Dalian, Dandong, Jinzhou",
        ),
    }[lang]
    assert all(text in words for text in expected)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_region_page_shows_verdict_chart_and_figures(visit, said, labels, lang):
    """A region named in the address shows its verdicts, a chart for each series it has, and all its figures."""
    visitor = visit("regions", lang, region="210100")
    words = said(visitor)
    missed, table = {
        "zh": ("✖ 未达成 沈阳市地区生产总值到期时为9,027.1亿元", "本区域全部"),
        "en": ("✖ Missed Shenyang: GDP was CNY 902.7 bn", "figures of this region"),
    }[lang]
    assert missed in words
    assert [chart.key for chart in visitor.get("plotly_chart")] == ["plot-SY-4", "plot-SY-6a"]
    assert any(table in label for label in labels(visitor, "expander"))
    assert visitor.selectbox(key="choice-region").value == "210100"


def test_region_without_targets_says_so(visit, said):
    """A city for which the plan states nothing says so instead of standing empty."""
    words = said(visit("regions", "en", region="210300"))
    assert "The plan states no target for Anshan itself. Its figures are below." in words


def test_choosing_a_region_changes_page_and_address(visit, said):
    """The list of regions leads to the region's own verdicts and keeps the choice in the address."""
    visitor = visit("regions")
    visitor.selectbox(key="choice-region").select("210200").run()
    assert visitor.query_params["region"] == "210200"
    assert "Achieved late Dalian" in said(visitor)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_indicator_page_ranks_the_cities(visit, said, lang):
    """The indicator page opens on GDP and says who leads in the year most cities have reported."""
    visitor = visit("indicators", lang)
    words = said(visitor)
    leads = {"zh": "2023年大连在14个地区中最高", "en": "Dalian: highest of 14 at CNY 875.3 bn (2023)"}[lang]
    assert leads in words
    assert [chart.key for chart in visitor.get("plotly_chart")] == [
        "plot-ranking-gdp-2023",
        "plot-map-gdp-2023",
        "plot-series-gdp",
    ]


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.soak)])
def test_every_indicator_opens(visit, step):
    """Each of the measured indicators has a page that either draws or says that nothing was published; every fifth at least."""
    visitor = visit("indicators")
    for indicator in visitor.selectbox(key="choice-indicator").options[::step]:
        visitor.selectbox(key="choice-indicator").select_index(
            visitor.selectbox(key="choice-indicator").options.index(indicator)
        ).run()
        assert not visitor.exception, indicator
        assert visitor.get("plotly_chart") or visitor.info, indicator


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_targets_page_quotes_the_plan(visit, said, labels, lang):
    """All 28 readings stand with the plan's own words, their source and the verdict."""
    visitor = visit("targets", lang)
    words = said(visitor)
    assert len(labels(visitor, "expander")) == 28
    assert "沈阳市地区生产总值力争达到1万亿元" in words
    signed = {
        "zh": "文号辽政发〔2022〕6号，2022年1月31日签发。",
        "en": "Document 辽政发〔2022〕6号, signed 31 Jan 2022.",
    }
    assert signed[lang] in words
    titles = ("Three-Year Action Plan of Liaoning Province", "**辽宁省推进“一圈一带两区”区域协调发展三年行动方案**")
    assert [title in words for title in titles] == {"zh": [False, True], "en": [True, False]}[lang]
    assert "辽宁省推进“一圈一带两区”区域协调发展三年行动方案" in words
    assert {"zh": "中文原文未见。", "en": "The Chinese wording has not been seen."}[lang] in words


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_methodology_words_every_status(visit, said, lang):
    """The methodology names all statuses with their signs and the cut-offs of the pace ratio."""
    words = said(visit("methodology", lang))
    assert all(sign in words for sign in "✔✓▲◆▼✖○□—")
    assert "0.95" in words
    assert {"zh": "口径变动", "en": "Breaks in series"}[lang] in words


def test_upload_page_offers_template_and_examples(visit, labels):
    """Before anything is uploaded there is nothing to undo; the shipped figures stand in the history."""
    visitor = visit("upload")
    assert labels(visitor, "download_button") == [
        "Template (CSV)",
        "Made-up example: a quarter",
        "Made-up example: with faults",
        "Made-up example: years, GB18030",
    ]
    assert not visitor.button, "shipped figures cannot be undone"
