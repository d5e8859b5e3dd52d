"""A person mends a faulty file on the page: a quarter in GB18030, with a wrong unit and a word for a number."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser
# 101,005,000 in units of 100 million is 10,000 times too much: the office meant 万元.
MADE_UP = """地区,指标,时期,数值,单位,数据性质,公布日期,来源
沈阳市,地区生产总值,2024年,101005000,亿元,修订,2026-11-01,虚构修订（made-up）
大连市,地区生产总值,2025年前三季度,约七千五百,亿元,初步核算,2025-10-25,虚构修订（made-up）
"""
VERDICT = "regions?region=210100&lang=zh"


def chart_holds(visitor, text, *, present=True):
    """Wait until Shenyang's chart holds a text, or no longer does."""
    visitor.page.wait_for_function(
        """([text, present]) => {
            const drawn = [...document.querySelectorAll('.st-key-chart-SY-4 .main-svg')];
            return drawn.length > 0 && drawn.some(svg => svg.textContent.includes(text)) === present;
        }""",
        arg=[text, present],
    )


def test_a_faulty_file_is_mended_kept_seen_and_undone(visitor, tmp_path):
    """Messages by line, one click for the unit, the bad line left out; chart and verdict change, and go back once undone."""
    path = tmp_path / "made-up-2024.csv"
    path.write_bytes(MADE_UP.encode("gb18030"))
    reader = visitor().open(VERDICT)
    assert reader.says(re.compile("未达成：?"))
    assert "10,100.5" not in reader.chart("SY-4")

    officer = visitor().open("upload?lang=zh")
    page = officer.page
    page.locator("input[type=file]").set_input_files(path)
    assert officer.says("约七千五百")
    table = page.locator("table").first.inner_text()
    assert re.search(r"错误\s+3\s+数值\s+约七千五百", table)
    assert re.search(r"提示\s+2\s+数值\s+101005000", table)
    assert page.locator(".st-key-confirm").count() == 0, "all or nothing"

    page.locator(".st-key-apply-fixes button").first.click()
    assert officer.says(re.compile("已替换1个单元格"))
    page.locator(".st-key-skip-errors label").first.click()
    assert officer.says(re.compile("SY-4.*未达成.*已达成", re.DOTALL))
    page.locator(".st-key-upload-user input").fill("沈阳市统计局")
    page.locator(".st-key-upload-user input").press("Enter")
    page.locator(".st-key-confirm button:enabled").click()
    assert officer.says("已保存：1条数据")

    reader.open(VERDICT)
    chart_holds(reader, "10,100.5")
    assert "✔ 已达成 沈阳市地区生产总值" in reader.words.replace("\n", " ").replace("\xa0", " ")
    page.locator("[class*=st-key-undo-] button:enabled >> visible=true").first.click()
    assert officer.says(re.compile("其数据不再采用"))
    reader.open(VERDICT)
    chart_holds(reader, "10,100.5", present=False)
    assert "✖ 未达成 沈阳市地区生产总值" in reader.words.replace("\n", " ").replace("\xa0", " ")
