"""What a file does not say is asked on the page, used as answered, and remembered with the figures that were kept."""

from __future__ import annotations

import pytest

from lib.store import Store

NAMED = "地区,指标,时期,三季度实绩（亿元）,联系人,来源\n沈阳市,地区生产总值,2026Q3,7001.5,王,虚构 made-up\n"
BARE = "时期,数值\n2026Q3,7001.5\n"
OFFICE = "沈阳市统计局"


@pytest.fixture
def upload(visit):
    """Open the page of uploads and choose a file."""

    def run(text, lang="en", data=None, user=""):
        visitor = visit("upload", lang, data)
        if user:
            visitor.text_input(key="upload-user").input(user).run()
        return visitor.file_uploader[0].upload("asked.csv", text.encode()).run()

    return run


def box(visitor, label):
    """The select box whose label holds a text."""
    return next(item for item in visitor.selectbox if label in item.label)


def confirm(visitor, user=OFFICE):
    """Fill in the name and keep the file."""
    visitor.text_input(key="upload-user").input(user).run()
    return visitor.button(key="confirm").click().run()


def answer(visitor):
    """Answer what NAMED asks."""
    box(visitor, "三季度实绩").set_value("columns:value").run()
    return box(visitor, "联系人").set_value("columns:ignore").run()


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.soak)])
def test_unknown_headings_are_asked_about(upload, said, lang):
    """Each with its first cells, nothing chosen; a column that is taken is not offered, nor one given to another heading."""
    visitor = upload(NAMED, lang)
    assert not visitor.exception
    assert {"zh": "文件未写明的内容", "en": "What the file does not say"}[lang] in said(visitor)
    asked = [item for item in visitor.selectbox if "实绩" in item.label or "联系人" in item.label]
    assert [item.value for item in asked] == [None, None]
    assert "7001\\.5" in asked[0].label
    assert "王" in asked[1].label
    options = {
        "zh": ("忽略该列", "列：数值", "列：地区"),
        "en": ("Ignore this column", "Column: Value", "Column: Region"),
    }[lang]
    assert [option in asked[0].options for option in options] == [True, True, False]
    box(visitor, "三季度实绩").set_value("columns:value").run()
    assert options[1] not in box(visitor, "联系人").options


def test_an_answer_is_used_and_can_be_taken_back(upload):
    """The file is read again after each answer."""
    visitor = answer(upload(NAMED))
    assert not visitor.error
    assert visitor.success[0].value.startswith("1 figure(s) understood")
    assert "is ignored, as you said" in visitor.table[0].value.to_string()
    box(visitor, "三季度实绩").set_value(None).run()
    assert visitor.error[0].value.startswith("Nothing was kept.")


@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.soak)])
def test_the_same_layout_is_read_as_last_time(upload, said, data_dir, version, lang):
    """After the figures were kept, next quarter's file needs no answer, says so, and can be read otherwise."""
    confirm(answer(upload(NAMED, lang, data_dir)))
    assert version(data_dir) == "00000004"
    later = NAMED.replace("7001.5", "7002.5").replace("王", "李")
    visitor = upload(later, lang, data_dir)
    assert not visitor.error
    words = {
        "zh": f"已沿用上次的读法（{OFFICE}，",
        "en": f"Read as last time ({OFFICE}, ",
    }[lang]
    assert [item.label for item in visitor.expander] == [
        {"zh": "更改上次的选择", "en": "Change what was answered last time"}[lang]
    ]
    line = next(note for note in said(visitor).splitlines() if note.startswith(words))
    assert {"zh": "三季度实绩(亿元) → 列：数值", "en": "三季度实绩(亿元) → Column: Value"}[lang] in line
    box(visitor, "三季度实绩").set_value(None).run()
    assert visitor.error
    assert words not in said(visitor)
    box(visitor, "三季度实绩").set_value("columns:value").run()
    confirm(visitor)
    assert Store(data_dir / "actuals").read()["value"].iloc[-1] == 7002.5


def test_answers_that_were_not_kept_are_not_remembered(upload, data_dir):
    """Trying out is not confirming."""
    answer(upload(NAMED, data=data_dir))
    assert upload(NAMED, data=data_dir).error
    assert not (data_dir / "actuals/layouts").exists()


def test_region_indicator_and_unit_are_asked_one_after_the_other(upload, said, data_dir):
    """Until the file can be read; only units that fit are offered, and the region is remembered for who confirmed it."""
    visitor = upload(BARE, data=data_dir)
    box(visitor, "Region").set_value("210100").run()
    assert "Unit" not in {item.label for item in visitor.selectbox}
    box(visitor, "Indicator").set_value("gdp").run()
    assert "10 k persons" not in " ".join(box(visitor, "Unit").options)
    box(visitor, "Unit").set_value("100m_cny").run()
    assert not visitor.error
    confirm(visitor)
    row = Store(data_dir / "actuals").read().iloc[-1]
    assert (row["region"], row["indicator"], row["unit"], row["value"]) == ("210100", "gdp", "100m_cny", 7001.5)
    later = BARE.replace("7001.5", "7002.5")
    stranger = upload(later, data=data_dir, user="大连市统计局")
    assert box(stranger, "Region").value is None
    assert not stranger.expander, "an open question is not folded away"
    assert box(stranger, "Indicator").value == "gdp"
    assert stranger.error
    same = upload(later, data=data_dir, user=OFFICE)
    assert not same.error
    assert "Region → Shenyang" in said(same)


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.soak)])
def test_a_period_is_read_as_in_a_file(upload, lang):
    """One that cannot be read says so and is not used; one that can is."""
    visitor = upload("地区,指标,数值,单位,来源\n沈阳市,地区生产总值,7001.5,亿元,虚构\n", lang)
    field = next(item for item in visitor.text_input if item.key.endswith("-all-period"))
    field.input("2026Q5").run()
    message = {"zh": "“2026Q5”无法识别为时期", "en": "“2026Q5” cannot be read as a period"}[lang]
    assert any(message in note.value for note in visitor.error)
    next(item for item in visitor.text_input if item.key.endswith("-all-period")).input("2026年前三季度").run()
    assert not visitor.error


def test_names_in_lines_are_asked_about(upload):
    """An unknown region is one of ours or its lines are left out, which the page says."""
    text = "地区,指标,时期,数值,单位,来源\n沈阳新城,地区生产总值,2026Q3,7001.5,亿元,虚构\n合计,地区生产总值,2026Q3,1,亿元,虚构\n"
    visitor = upload(text)
    box(visitor, "合计").set_value("regions:ignore").run()
    box(visitor, "沈阳新城").set_value("regions:210100").run()
    assert not visitor.error
    assert "are left out, as you said" in visitor.table[0].value.to_string()


def test_a_file_that_says_everything_is_asked_nothing(ROOT, upload, said):
    """No box stands in the way."""
    visitor = upload((ROOT / "data/examples/made-up-quarter.csv").read_text(encoding="utf-8"))
    assert [item.key for item in visitor.selectbox] == ["choice-plan"]
    assert "What the file does not say" not in said(visitor)


def test_hostile_headings_stay_text(upload):
    """Markdown in a heading or a cell is shown as it was typed."""
    visitor = upload(NAMED.replace("联系人", "**a** [b](http://c) :red[x]").replace("王", "`d` $e$"))
    label = next(item.label for item in visitor.selectbox if "http" in item.label)
    assert "\\*\\*a\\*\\*" in label
    assert "\\[b\\]\\(" in label
    assert "\\`d\\`" in label
