"""Certain cures: what is offered, that a file read with them is sound, and that nothing is replaced silently."""

from __future__ import annotations

import pytest

from lib.intake import find_fixes

HEAD = "地区,指标,时期,口径,数值,单位,发布日期,来源\n"


def fixes(checked):
    """Column and cure of each problem."""
    return [(item.column, item.fix) for item in checked.problems]


def test_a_file_read_with_its_cures_is_sound(check, made_up):
    """Every cell is replaced; what stood there stays in the row's note and origin."""
    first = check(made_up["certain-fixes"])
    assert fixes(first) == [
        ("地区", "210100"), ("数值", "1234.5"), ("发布日期", "2025-01-20"),
        ("地区", "大连市"), ("口径", "年度"), ("数值", "2345.6"),
    ]  # fmt: skip
    second = check(made_up["certain-fixes"], fixes=find_fixes(first))
    assert second.problems == []
    assert second.rows["value"].tolist() == [1234.5, 2345.6]
    assert second.rows["value_text"].tolist() == ["１２３４．５", "2.345,6"]
    assert second.rows["note"].tolist() == [
        "[地区: 210100.0 → 210100; 数值: １２３４．５ → 1234.5; 发布日期: 20/01/2025 → 2025-01-20]",
        "[地区: 辽宁省大连市 → 大连市; 口径: 累计 → 年度; 数值: 2.345,6 → 2345.6]",
    ]


@pytest.mark.parametrize(
    ("cells", "fix"),
    [
        ("沈阳,gdp,2024,年度,1.2E3万元,,2025-01-20", "1200万元"),
        ("沈阳,gdp,2024,年度,1.2E3,亿元,2025-01-20", "1200"),
        ("沈阳,gdp,2024,ytd,12,亿元,2025-01-20", "annual"),
        ("沈阳,gdp,2024,年度,12,亿元,03/04/2025", ""),
        ("沈阳,gdp,2024,年度,12,亿元,20.01.2025", "2025-01-20"),
        ("沈阴市,gdp,2024,年度,12,亿元,2025-01-20", ""),
        ("朝阳,gdp,2024,年度,12,亿元,2025-01-20", ""),
        ("辽宁沈阳,gdp,2024,年度,12,亿元,2025-01-20", "沈阳"),
        ("大连沈阳,gdp,2024,年度,12,亿元,2025-01-20", ""),
        ("110105.0,gdp,2024,年度,12,亿元,2025-01-20", "110105"),
    ],
)
def test_only_what_is_certain_is_offered(check, cells, fix):
    """Where two readings are possible there is no cure."""
    assert fix in [item.fix for item in check(f"{HEAD}{cells},s\n").problems]
    assert {item.fix for item in check(f"{HEAD}{cells},s\n").problems} <= {fix, ""}


def test_a_comma_between_thousands_is_no_certain_decimal_sign(check):
    """In a file with semicolons 1,234 can be either."""
    text = "地区;指标;时期;口径;数值;单位;来源\n沈阳;gdp;2024;年度;{};亿元;s\n"
    assert [item.fix for item in check(text.format("1,234")).problems] == [""]
    assert [item.fix for item in check(text.format("1,23")).problems] == ["1.23"]


def test_a_cure_for_another_text_replaces_nothing(check):
    """A cure counts for one cell with one content."""
    text = f"{HEAD}沈阳,gdp,2024,年度,12,亿元,2025-01-20,s\n"
    place = (2, "数值", "13")
    assert check(text, fixes={place: "99"}).rows["value"].tolist() == [12]
    assert check(text, fixes={(2, "数值", "12"): "99"}).rows["value"].tolist() == [99]
