"""What must hold for any table: nothing raises, and what is laid out in one shape reads as in another."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.ingest.phrases import LONGEST, find_part, join_period, refuse
from lib.ingest.problems import PROBLEM_CODES
from lib.periods import read_period

many = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
REGIONS = ("沈阳市", "大连市", "鞍山市", "抚顺市")
YEARS = ("2021", "2022", "2023", "2024")
words = st.sampled_from([
    "地区", "指标", "2024年", "一季度", "前三季度", "累计", "地区生产总值", "地区生产总值（亿元）", "增速(%)", "同比增长",
    "两年平均", "户籍人口城镇化率", "沈阳市", "大连市", "单位：亿元", "单位：亿元、%", "注：虚构", "", "100", "2023", "…", "%",
    "位次", "数值", "亿元",
])  # fmt: skip


@given(st.lists(st.lists(words | st.text(max_size=6), max_size=7), max_size=7), st.sampled_from(",;\t|"))
@many
def test_any_table_of_such_words_gets_an_answer(check, lines, separator):
    """Every problem is one of the list and every figure accepted is complete."""
    checked = check("\n".join(separator.join(line) for line in lines))
    assert {item.code for item in checked.problems} <= set(PROBLEM_CODES)
    assert (checked.rows[["region", "indicator", "period", "basis", "unit"]] != "").all().all()


@given(st.lists(st.lists(st.integers(1, 10**6), min_size=4, max_size=4), min_size=1, max_size=4))
@many
def test_the_same_figures_in_every_layout(check, figures):
    """Long, regions down, periods down: the same rows but for their order and place."""
    table = list(zip(REGIONS, figures, strict=False))
    long = ["地区,指标,时期,数值,单位"]
    long += [
        f"{region},常住人口,{year},{value},万人"
        for region, row in table
        for year, value in zip(YEARS, row, strict=True)
    ]
    down = ["各市常住人口（万人）", ",".join(["地区", *YEARS])]
    down += [",".join([region, *map(str, row)]) for region, row in table]
    across = ["各市常住人口（万人）", ",".join(["年份", *(region for region, _ in table)])]
    across += [",".join([year, *(str(row[at]) for _, row in table)]) for at, year in enumerate(YEARS)]
    one, *others = [_figures(check("\n".join(lines))) for lines in (long, down, across)]
    assert others == [one, one] or len(table) == 0
    assert len(one) == len(table) * len(YEARS)


def _figures(checked):
    """Figures without their place in the file."""
    return sorted(
        checked.rows[["region", "indicator", "period", "basis", "value", "unit"]].itertuples(index=False, name=None)
    )


@pytest.mark.parametrize(
    ("year", "part", "period"),
    [
        ("2024", "一季度", "2024Q1"), ("2024年", "前三季度", "2024Q3"), ("2024", "1-9月", "2024Q3"), ("2024", "q2", "2024Q2"),
        ("2024年", "全年", "2024"), ("2024年", "5月", "2024M05"), ("2024Q1", "一季度", None), ("", "一季度", None),
    ],
)  # fmt: skip
def test_a_year_and_its_part(year, part, period):
    """A part of a year is a period only with its year."""
    assert read_period(join_period(year, part)) == period


@pytest.mark.parametrize(
    ("text", "part"), [("一季度", "一季度"), (" 1-9月 ", "1-9月"), ("2024年一季度", ""), ("12", "")]
)
def test_a_part_of_a_year_stands_alone(text, part):
    """A bare number is no month."""
    assert find_part(text) == part


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("两年平均增速", "growth_averaged"), ("兩年平均增速", "growth_averaged"), ("三年年均增长", "growth_averaged"),
        ("年均增速", "growth_averaged"), ("戶籍人口城鎮化率", "registered_not_resident"), ("同比增速", ""),
        ("常住人口城镇化率", ""), ("x" * 10 * LONGEST, ""),
    ],
)  # fmt: skip
def test_what_only_looks_tracked(text, code):
    """An average over years is not growth over the year before; registered is not resident."""
    assert refuse(text) == code
