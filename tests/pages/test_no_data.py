"""A tracker without a single figure says so; one with a broken table says which."""

from __future__ import annotations

import shutil

import pytest

PAGES = ("overview", "regions", "indicators", "compare", "targets", "data", "upload", "history", "methodology")
EMPTY = {
    ("overview", "zh"): (
        "截至当日公布的数据尚不足以评价任何一项",
        "截至当日，尚无目标具备评价所需的数据",
        "24 暂无数据",
    ),
    ("overview", "en"): (
        "Of the 25 targets of One circle, one belt, two zones, none can be judged",
        "No target has the figures",
        "24 No data",
    ),
    ("regions", "zh"): ("未公布或未报送", "应由以下单位提供"),
    ("regions", "en"): ("Not published or not reported: GDP of Shenyang (2022, 2023, 2024)", "It would come from"),
    ("indicators", "zh"): ("截至当日，该指标没有公布数据。掌握数据的单位可以报送。",),
    ("indicators", "en"): ("No figure of this indicator was published by this day.",),
    ("targets", "zh"): ("沈阳市地区生产总值力争达到1万亿元", "— 暂无数据"),
    ("targets", "en"): ("沈阳市地区生产总值力争达到1万亿元", "— No data"),
    ("compare", "zh"): ("截至当日，该指标没有公布数据。",),
    ("compare", "en"): ("No figure of this indicator was published by this day.",),
    ("data", "zh"): ("截至当日没有公布数据。掌握数据的单位可以报送。", "当日全部数据"),
    ("data", "en"): ("No figure was published by this day.", "Everything of the day"),
    ("upload", "zh"): ("数据报送", "任何内容都不会删除"),
    ("upload", "en"): ("Upload", "Nothing is ever deleted"),
    ("history", "zh"): ("历史记录", "没有符合条件的记录"),
    ("history", "en"): ("History", "No entry matches this choice"),
    ("methodology", "zh"): ("方法说明", "缺数不得出任何结论"),
    ("methodology", "en"): ("Methodology", "Missing figures never give a colour"),
}


@pytest.mark.parametrize(("page", "lang"), EMPTY)
def test_empty_store_says_what_is_missing(visit, said, bare, page, lang):
    """Without any figure each page keeps its words and says what is missing; nothing has a colour."""
    visitor = visit(page, lang, bare)
    assert not visitor.exception
    assert not visitor.error
    words = said(visitor)
    assert [text for text in EMPTY[page, lang] if text not in words] == []
    if page != "methodology":
        assert not any(sign in words for sign in "✔✓▲◆▼✖"), "a status needs figures"


def test_empty_store_draws_no_bullet(visit, bare):
    """The overview of an empty store draws the map and nothing else: no bar stands for a missing figure."""
    assert len(visit(data=bare).get("plotly_chart")) == 1


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("lang", "message"),
    [("zh", "数据表targets.csv缺少列kind。请补齐"), ("en", "table targets.csv")],
)
def test_table_without_a_column_is_named(visit, said, data_dir, page, lang, message):
    """A table that lacks a column stops the page with a sentence that names table and column, not with an exception."""
    path = data_dir / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",kind,", ",sort,", 1), encoding="utf-8")
    visitor = visit(page, lang, data_dir)
    assert not visitor.exception
    assert message in visitor.error[0].value
    assert "kind" in visitor.error[0].value
    assert len(visitor.error) == 1
    assert "targets.csv" not in said(visitor).replace(visitor.error[0].value, "")


@pytest.mark.parametrize(("lang", "message"), [("zh", "数据表regions.csv无法读取"), ("en", "regions.csv")])
def test_missing_table_is_named(visit, data_dir, lang, message):
    """A table that is not there is named in words."""
    (data_dir / "regions.csv").unlink()
    visitor = visit("overview", lang, data_dir)
    assert not visitor.exception
    assert message in visitor.error[0].value


def test_damaged_shipped_file_is_named(visit, data_dir):
    """A shipped file that does not pass the check of uploads is refused by name."""
    path = data_dir / "actuals/shipped/plan_note.csv"
    path.write_text("region,indicator\n210100,gdp\n", encoding="utf-8")
    visitor = visit("overview", "zh", data_dir)
    assert not visitor.exception
    assert "随附文件plan_note.csv有" in visitor.error[0].value.replace("\\", "")


def test_damaged_store_is_said(visit, shipped, data_dir):
    """An entry of the store that was tampered with stops the page with a sentence, and nothing is shown from it."""
    assert not visit(data=shipped).error
    shutil.copytree(shipped / "actuals", data_dir / "actuals", dirs_exist_ok=True)
    entry = data_dir / "actuals/store/00000001.parquet"
    entry.write_bytes(entry.read_bytes()[:-100])
    visitor = visit("overview", "zh", data_dir)
    assert not visitor.exception
    assert visitor.error[0].value.startswith("库中有一条记录损坏。")
    assert not visitor.get("plotly_chart")
