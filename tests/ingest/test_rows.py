"""Rows come out canonical: codes, one unit, one type a column, and what the file said beside them."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from lib.schema import ACTUAL_COLUMNS, ORIGIN_COLUMNS

HEAD = "地区,指标,时期,口径,数值,单位\n"


def first(checked):
    """The first row as a plain dictionary."""
    return checked.rows.iloc[0].to_dict()


def test_a_row_is_canonical(check, made_up):
    """Every column of a shipped figure, with the text it was read from."""
    row = first(check(made_up["ten-thousand-yuan"]))
    assert row.pop("published") == pd.Timestamp("2025-01-20")
    assert row == {
        "region": "210100", "indicator": "gdp", "period": "2024", "basis": "annual", "value": 1234.5,
        "unit": "100m_cny", "status": "preliminary", "qualifier": "", "source": "虚构数据", "link": "", "note": "",
        "value_text": "12345000", "unit_text": "万元", "row": 2,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["utf8", "empty", "share-850", "header-only"])
def test_columns_and_types_are_the_same_with_and_without_rows(check, made_up, name):
    """A caller need not ask whether there are rows."""
    rows = check(made_up[name]).rows
    types = {column: str(kind) for column, kind in rows.dtypes.items()}
    assert tuple(types) == ACTUAL_COLUMNS + ORIGIN_COLUMNS
    assert (types.pop("value"), types.pop("published"), types.pop("row")) == ("float64", "datetime64[us]", "int64")
    assert set(types.values()) == {"str"}


def test_the_form_stands_in_where_a_row_is_silent(check):
    """Date and source of the form fill blanks and never replace what the row says."""
    text = "地区,指标,时期,数值,单位,发布日期,来源\n沈阳,gdp,2024,1,亿元,,\n大连,gdp,2024,1,亿元,2025-02-01,年鉴\n"
    checked = check(text, published=date(2025, 1, 20), source="统计局")
    assert checked.rows["published"].tolist() == [pd.Timestamp("2025-01-20"), pd.Timestamp("2025-02-01")]
    assert checked.rows["source"].tolist() == ["统计局", "年鉴"]
    assert checked.problems == []


def test_a_date_nobody_gives_stays_unknown(check):
    """Neither the day of upload nor the period's end stands in for it."""
    checked = check(HEAD + "沈阳,gdp,2024,年度,1,亿元\n")
    assert checked.rows["published"].isna().all()
    assert checked.ok


@pytest.mark.parametrize(
    ("indicator", "period", "basis", "unit", "expected"),
    [
        ("gdp", "2024", "", "亿元", "annual"),
        ("gdp", "2024Q3", "", "亿元", "ytd"),
        ("gdp", "2024Q3", "当季", "亿元", "quarter"),
        ("gdp", "2024年5月", "", "亿元", "ytd"),
        ("gdp", "2024年前三季度", "累计", "亿元", "ytd"),
        ("gdp", "2024H2", "累计", "亿元", "ytd"),
        ("gdp_growth_real", "2024", "全年", "%", "annual"),
        ("visits", "2024Q2", "", "万人次", "quarter"),
        ("visits", "2024年1-6月", "", "万人次", "ytd"),
        ("resident_pop", "2024", "", "万人", "point"),
        ("resident_pop", "2024", "年度", "万人", "point"),
        ("resident_pop", "2024Q2", "期末", "万人", "point"),
        ("urbanization_rate", "2024", "", "%", "point"),
        ("sei_va_share", "2024", "", "%", "annual"),
        ("sei_va_share", "2024Q2", "", "%", "ytd"),
    ],
)
def test_basis_stated_or_usual(check, indicator, period, basis, unit, expected):
    """What a figure spans follows from the words, else from the indicator."""
    assert first(check(f"{HEAD}沈阳,{indicator},{period},{basis},50,{unit}\n"))["basis"] == expected


@pytest.mark.parametrize(
    ("indicator", "value", "unit", "stored", "in_unit"),
    [
        ("gdp", "1.349084", "万亿元", 13490.84, "100m_cny"),
        ("gdp", "134908400000", "元", 1349.084, "100m_cny"),
        ("gdp", "0.1", "亿元", 0.1, "100m_cny"),
        ("gdp", "8.4亿元", "", 8.4, "100m_cny"),
        ("gdp", "￥8.4", "亿元", 8.4, "100m_cny"),
        ("trade_total", "14453", "万美元", 1.4453, "100m_usd"),
        ("trade_total", "14453", "万元", 1.4453, "100m_cny"),
        ("gdp_growth_real", "5.2%", "％", 5.2, "pct"),
    ],
)
def test_units_convert_exactly(check, indicator, value, unit, stored, in_unit):
    """Decimal arithmetic: no 0.30000000000000004, and dollars are never turned into yuan."""
    row = first(check(f"{HEAD}沈阳,{indicator},2024,年度,{value},{unit}\n"))
    assert (row["value"], row["unit"], row["value_text"]) == (stored, in_unit, value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-01-20", date(2025, 1, 20)),
        ("2025/1/5", date(2025, 1, 5)),
        ("2025.01.20", date(2025, 1, 20)),
        ("２０２５年１月２０日", date(2025, 1, 20)),
        ("20250120", date(2025, 1, 20)),
        ("2025-01-20 00:00:00", date(2025, 1, 20)),
    ],
)
def test_dates_as_offices_write_them(check, text, expected):
    """Year first; anything else is refused, as day and month could be swapped."""
    checked = check(f"地区,指标,时期,数值,单位,发布日期\n沈阳,gdp,2024,1,亿元,{text}\n")
    assert checked.rows["published"].tolist() == [pd.Timestamp(expected)]


@pytest.mark.parametrize("text", ["20/01/2025", "01-20-2025", "2025-1/20", "2025120", "45677", "2025-13-01"])
def test_other_dates_are_refused(check, text):
    """An unclear date is asked for again."""
    checked = check(f"地区,指标,时期,数值,单位,发布日期\n沈阳,gdp,2024,1,亿元,{text}\n")
    assert [item.code for item in checked.problems if item.severity == "error"] == ["published_unreadable"]


@pytest.mark.parametrize("status", ["快报", "初步核算", "", "Preliminary"])
def test_status_words(check, status):
    """A first release by any of its names, or none."""
    checked = check(f"地区,指标,时期,数值,单位,状态\n沈阳,gdp,2024,1,亿元,{status}\n")
    assert first(checked)["status"] == "preliminary"


def test_a_full_name_settles_what_a_short_one_does_not(check):
    """朝阳 is a city and a district; 朝阳市, Chaoyang and the code are the city alone."""
    text = HEAD + "".join(
        f"{name},gdp,{year},年度,1,亿元\n" for year, name in enumerate(["朝阳市", "Chaoyang", "211300"], 2020)
    )
    assert set(check(text).rows["region"]) == {"211300"}


def test_lines_are_counted_as_an_editor_counts_them(check):
    """Blank lines, quoted line ends and title lines all count."""
    text = '虚构\n\n地区,指标,时期,数值,单位,备注\n沈阳,gdp,2024,1,亿元,"一\n二"\n\n大连,gdp,2024,2,亿元,\n'
    assert check(text).rows["row"].tolist() == [4, 7]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"a" * (20 * 1024 * 1024 + 1), "file_too_large"),
        (HEAD + "沈阳,gdp,2024,年度,1,亿元\n" * 100_010, "too_many_rows"),
        ("地区,指标,时期,数值," + ",".join(f"c{number}" for number in range(300)) + "\n", "too_many_columns"),
        (f'地区,指标,时期,数值,单位,备注\n沈阳,gdp,2024,1,亿元,"{"长" * 140_000}"\n', "field_too_long"),
    ],
)
def test_limits(check, text, code):
    """Files beyond any office's are refused by name, not by running out of memory."""
    assert code in {item.code for item in check(text).problems}


def test_many_copies_of_a_row_are_told_at_once(check):
    """Each copy is compared with the first, not with every other."""
    checked = check(HEAD + "沈阳,gdp,2024,年度,1,亿元\n" * 5000)
    assert sum(item.code == "duplicate_same" for item in checked.problems) == 4999


@pytest.mark.parametrize("period", ["0000", "0000Q1", "0001年", "1024M05"])
def test_impossible_years_are_refused(check, period):
    """A year before any statistics is a slip, and the first of all calendars has no dates."""
    checked = check(f"{HEAD}沈阳,gdp,{period},,1,亿元\n")
    assert [item.code for item in checked.problems] == ["period_unreadable"]


def test_periods_are_written_in_plain_digits(check):
    """Full-width digits are the same year; another script's digits are refused, in a period as in a value."""
    assert first(check(f"{HEAD}沈阳,gdp,２０２４,年度,1,亿元\n"))["period"] == "2024"
    refused = check(f"{HEAD}沈阳,gdp,٢٠٢٤,年度,1,亿元\n")
    assert [problem.code for problem in refused.problems if problem.severity == "error"] == ["period_unreadable"]


@pytest.mark.parametrize(
    ("period", "status", "published", "codes"),
    [
        ("2024", "初步", "2024-12-30", ["published_before_period"]),
        ("2024", "", "2024-12-31", []),
        ("2024Q3", "修订", "2024-09-29", ["published_before_period"]),
        ("2024M05", "最终", "2024-05-30", ["published_before_period"]),
        ("2024", "预计", "2024-12-20", []),
        ("2024", "不明", "2024-12-20", []),
        ("2027", "初步", "2026-01-20", ["period_future"]),
    ],
)
def test_no_actual_is_published_before_its_period_ends(check, period, status, published, codes):
    """An estimate may be, and a figure whose source does not say how settled it is may be one."""
    text = f"地区,指标,时期,口径,数值,单位,状态,发布日期,来源\n沈阳,gdp,{period},,1,亿元,{status},{published},s\n"
    problems = [item for item in check(text).problems if item.severity == "error"]
    assert [item.code for item in problems] == codes
    if codes == ["published_before_period"]:
        assert (problems[0].column, problems[0].value, problems[0].hint["period"]) == ("发布日期", published, period)


def test_the_forms_day_cannot_be_before_the_period_ends_either(check):
    """The message names the day, which stands in no cell."""
    checked = check(HEAD + "沈阳,gdp,2024,年度,1,亿元\n", published=date(2024, 12, 1), source="s")
    assert [(item.code, item.value) for item in checked.problems] == [("published_before_period", "2024-12-01")]
