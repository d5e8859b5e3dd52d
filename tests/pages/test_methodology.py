"""The methodology: cases with live numbers, second opinions, and the calculator with its address."""

from __future__ import annotations

import re

import pytest

from lib.i18n import load_texts
from lib.views.numbers import Fault, Numbers, judge_numbers, read_numbers, read_point, read_series

SHENYANG = {"from": "2021:7249.7", "now": "2023:8122.1", "to": "2024:10000", "direction": "up"}


def methods(visitor, place):
    """A table of methods by its place on the page: number, own word and outlook by the method's name."""
    rows = visitor.table[place].value.map(plain).itertuples(index=False)
    return {row[0].replace("：", ":").split(":")[0]: row[1:] for row in rows}


def plain(cell):
    """A cell as a reader sees it, without markdown's escapes."""
    return re.sub(r"\\([^\w\s])", r"\1", str(cell))


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            (
                "Worked case: Shenyang GDP to reach CNY 1 trillion (strive), as known on 30 Jun 2024",
                "31.7% closed ÷ 66.7% asked for by the path = 0.48",
                "changed by +11.1% on the year before; the published growth is 5.2%: 5.9 percentage points apart",
                "CNY 875.3 bn (2023), grown at the published 5.2% · 5.7%, gives CNY 973.3 bn for 2025",
                "it reached CNY 1,000.2 bn (2025), one year late",
                "Dalian, GDP, 2024: CNY 951.7 bn (Preliminary",
                "1 of 4 other methods that answer agree with our verdict “At risk”",
                "Not published or not reported: Forest stock volume",
                "The plan has no target of this kind.",
                "72.5% “complete” at the baseline (2021) already and 81.2%",
                "NITI Aayog: the published rule says nothing of 49 < x < 50",
            ),
        ),
        (
            "zh",
            (
                "实例：沈阳市地区生产总值力争达到1万亿元（截至2024年6月30日所知）",
                "已完成31.7% ÷ 路径要求66.7% = 0.48",
                "绝对额比上年变动+11.1%，公布增速为5.2%，相差5.9个百分点",
                "2025年为9,732.9亿元（不变价）",
                "有结论的4种其他方法中，1种对“进度是否正常”的判断与本系统（存在风险）一致",
                "方案没有此类目标。",
                "银川市：公布的规则未规定−10 < x < 0的情形。",
            ),
        ),
    ],
)
def test_cases_are_worked_with_the_figures_on_file(visit, said, lang, told):
    """Pace, vintages, break, disagreement and missing figures are shown with the verdicts' own numbers."""
    visitor = visit("methodology", lang)
    assert not visitor.exception
    assert not visitor.error
    words = said(visitor)
    assert [text for text in told if text not in words] == []
    assert len(visitor.latex) == 17
    assert len(visitor.get("plotly_chart")) == 4


def test_ours_and_open_sdg_part_over_dalian(visit):
    """As of the end of 2023 our pace is below 0.95, the ratio of growth rates above: at risk here, on track there."""
    table = methods(visit("methodology", "en"), 0)
    assert table["This tracker"] == ("0.94", "At risk", "partly")
    assert table["Open SDG, Statistics Canada"] == ("1.03", "substantial progress", "on track")


def test_without_figures_the_cases_say_so(visit, said, bare):
    """An empty store has no case with numbers: the page says what is missing, and the calculator starts blank."""
    visitor = visit("methodology", "en", bare)
    assert not visitor.exception
    words = said(visitor)
    assert "No target is judged across a break with the figures on file." in words
    assert "On that day no published methods part over a target of the plan." in words
    assert "Choose what is wanted and fill in all three years and values" in words
    assert visitor.number_input(key="calc-from-value").value is None
    assert len(visitor.table) == 0


@pytest.mark.parametrize(("lang", "value", "unit"), [("en", 812.21, "in CNY bn"), ("zh", 8122.1, "单位：亿元")])
def test_calculator_starts_with_the_plan_s_own_case(visit, said, lang, value, unit):
    """Untouched, it holds Shenyang's numbers in the unit of the language, labelled as an example, and all methods answer."""
    visitor = visit("methodology", lang)
    assert visitor.number_input(key="calc-now-value").value == value
    assert visitor.number_input(key="calc-now-year").value == 2023
    assert unit in said(visitor)
    table = methods(visitor, 1)
    assert len(table) == 8
    assert [row[0] for row in table.values()][:3] == ["0.48", "0.52", "0.52"]
    assert "from" not in visitor.query_params


def test_a_change_moves_the_answer_and_the_address(visit, said):
    """Another current value changes the verdict, is no example any more, and stands in the address with all the rest."""
    visitor = visit("methodology", "zh")
    visitor.number_input(key="calc-now-value").set_value(9100.0).run()
    words = said(visitor)
    assert "▲ 进度正常 2023年为9,100，直线路径同期要求9,083.23" in words
    assert "自填数据" in words
    assert visitor.query_params["now"] == "2023:9100"
    assert visitor.query_params["from"] == "2021:7249.7"
    assert visitor.query_params["series"] == "2020 6571.6;2022 7695.8"
    again = visit(
        "methodology",
        "zh",
        **{name: visitor.query_params[name] for name in ("from", "now", "to", "direction", "series")},
    )
    assert methods(again, 1) == methods(visitor, 1)


def test_an_example_fills_the_form(visit):
    """The second example is the case in which the methods part; the table below is the table above and log progress."""
    visitor = visit("methodology", "en")
    visitor.button(key="calc-example-1").click().run()
    above, below = methods(visitor, 0), methods(visitor, 1)
    assert visitor.query_params["now"] == "2022:843.09"
    assert {name: below[name] for name in above} == above
    assert set(below) - set(above) == {"Log progress (China)"}


@pytest.mark.parametrize(
    ("changed", "en", "zh"),
    [
        ({"now": "2021:8000"}, "both of 2021", "均为2021年"),
        ({"now": "2020:8000"}, "2020 lies before the baseline year 2021", "2020早于基期年份2021"),
        ({"now": "2025:8000"}, "2025 lies after the target year 2024", "2025晚于目标年份2024"),
        ({"to": "2024:7249.7"}, "the same value", "数值相同"),
        ({"series": "2024 9000"}, "after the current year 2023", "晚于当前年份2023"),
        ({"series": "2023 9000"}, "with another value", "数值不同"),
        (
            {"series": "2019 6470.3;in 2020 <b>"},
            "Line 2 of the further years cannot be read: “in 2020",
            "第2行无法识别：“in",
        ),
        ({"series": "2019 1;2019 2"}, "name 2019 twice", "2019年出现两次"),
        ({"from": ""}, "Choose what is wanted", "请选择目标方向"),
        ({"now": "2023:"}, "Choose what is wanted", "请选择目标方向"),
        ({"direction": "sideways"}, "Choose what is wanted", "请选择目标方向"),
        ({"from": "2021:nan"}, "Choose what is wanted", "请选择目标方向"),
        ({"from": "2021:1e400"}, "Choose what is wanted", "请选择目标方向"),
        ({"from": "99999:1"}, "Choose what is wanted", "请选择目标方向"),
        ({"now": "<script>:${x}"}, "Choose what is wanted", "请选择目标方向"),
    ],
)
def test_impossible_numbers_have_a_sentence(changed, en, zh):
    """What has no answer is told in both languages: years that do not fit, no gap, lines that cannot be read, blanks."""
    fault = read_numbers({**SHENYANG, **changed})
    assert isinstance(fault, Fault)
    for lang, text in (("en", en), ("zh", zh)):
        assert text in load_texts(lang)(f"calculator.fault.{fault.code}", **dict(fault.holes))


@pytest.mark.parametrize(
    ("lang", "changed", "kind", "text"),
    [
        ("en", {"now": "2025:8000"}, "error", "after the target year 2024"),
        ("zh", {"series": "<img src=x> 9"}, "error", "无法识别：“<img src=x> 9”"),
        ("en", {"now": "<script>:${x}"}, "info", "Choose what is wanted"),
        ("zh", {"from": "2021:0"}, "warning", "基期为零"),
        ("en", {"from": "2021:-5"}, "warning", "A value is below zero"),
        ("zh", {"direction": "down"}, "warning", "基期已越过目标"),
    ],
)
def test_the_page_tells_what_is_wrong(visit, said, lang, changed, kind, text):
    """No table and a sentence where there is no answer, a table and a warning where some methods have one; no traceback."""
    visitor = visit("methodology", lang, **{**SHENYANG, **changed})
    assert not visitor.exception
    assert len(visitor.get(kind)) == 1
    assert text in said(visitor)
    assert len(visitor.table) == (2 if kind == "warning" else 1)


def test_after_the_deadline_the_figure_decides(visit, said):
    """The value of the target year is met or missed, not on pace."""
    assert (
        "✖ Missed" in said(visit("methodology", "en", **{**SHENYANG, "now": "2024:9999"})).rsplit("Try your own", 1)[1]
    )
    assert (
        "✔ Achieved"
        in said(visit("methodology", "en", **{**SHENYANG, "now": "2024:10000"})).rsplit("Try your own", 1)[1]
    )


def test_numbers_are_judged_by_the_plan_s_own_code(shipped_board):
    """The same three points give the pace that the board gave; four consecutive years give Destatis its window."""
    numbers = read_numbers({**SHENYANG, "series": "2020:6571.6;2022:7695.8"})
    assert isinstance(numbers, Numbers)
    verdict = judge_numbers(numbers)
    assert verdict.status == "off_track"
    assert round(verdict.pace or 0, 3) == 0.476
    readings = {opinion.method: opinion.reading.category for opinion in verdict.opinions}
    assert readings["destatis"] == "cloud"
    assert judge_numbers(read_numbers(SHENYANG)).opinions[2].reading.category == "no_rating"
    assert list(readings)[-1] == "log_progress"
    assert shipped_board.targets["SY-4"].goal == numbers.goal.value


@pytest.mark.parametrize("unit", [1.0, 0.1, 1e4])
def test_our_answer_does_not_depend_on_the_unit(unit):
    """The same shape in another unit has the same pace."""
    points = {
        name: f"{text.split(':')[0]}:{float(text.split(':')[1]) * unit!r}"
        for name, text in SHENYANG.items()
        if ":" in text
    }
    assert round(judge_numbers(read_numbers({**points, "direction": "up"})).pace or 0, 9) == round(
        872.4 / 2750.3 * 1.5, 9
    )


def test_points_and_lines_are_read_as_people_write_them():
    """Thousands separators, a real minus sign, tabs and full-width colons are read; what is no year is not."""
    assert read_point("2021:7,249.7") == (2021, 7249.7)
    assert read_point("2021:−3") == (2021, -3.0)
    assert read_point("21:5") == (None, 5.0)
    assert read_series("2020\t6571.6\n\n2021： 7249.7\n") == ((2020, 6571.6), (2021, 7249.7))
    assert read_series("nonsense") == Fault("line", (("line", "1"), ("text", "nonsense")))
