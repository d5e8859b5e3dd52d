"""Files as offices have them: wide tables, titles, notes, workbooks. Each tiny file has its outcome, to the cell."""

from __future__ import annotations

import pytest

# File -> "row region indicator period basis value unit" of each figure, "row code" of each problem.
OUTCOMES = {
    "growth-not-tracked": (
        ["3 210100 trade_total 2024 annual 100 100m_cny"],
        ["1 lines_skipped", "2 growth_not_tracked"],
    ),
    "long-indicator-in-words": (
        ["2 210100 gdp 2024 annual 100 100m_cny", "3 210100 gdp_growth_real 2024 annual 5.1 pct"],
        [],
    ),
    "long-notes-below": (
        ["2 210100 gdp 2024 annual 100 100m_cny"],
        ["3 notes_skipped"],
    ),
    "long-period-in-title": (
        ["3 210100 gdp 2024 annual 100 100m_cny"],
        ["1 lines_skipped"],
    ),
    "long-registered-urbanization": (
        [],
        ["2 registered_not_resident"],
    ),
    "long-two-year-average": (
        [],
        ["2 growth_averaged"],
    ),
    "long-unit-of-the-reporter": (
        ["4 210100 gdp 2024 annual 100 100m_cny"],
        ["1 lines_skipped"],
    ),
    "long-units-above": (
        ["3 210100 gdp 2024 annual 100 100m_cny", "4 210100 resident_pop 2024 point 901 10k_persons"],
        ["1 lines_skipped"],
    ),
    "wide-conflict": (
        [],
        ["1 lines_skipped", "2 wide_conflict", "2 wide_conflict"],
    ),
    "wide-dollars-stay": (
        ["3 210100 trade_total 2024 annual 14.5 100m_usd"],
        ["1 lines_skipped"],
    ),
    "wide-english": (
        ["4 210100 gdp 2023 annual 100 100m_cny", "4 210100 gdp 2024 annual 120 100m_cny"],
        ["1 lines_skipped"],
    ),
    "wide-first-column-unnamed": (
        [
            "3 210100 resident_pop 2023 point 900 10k_persons",
            "3 210100 resident_pop 2024 point 901 10k_persons",
            "4 210200 resident_pop 2023 point 745 10k_persons",
            "4 210200 resident_pop 2024 point 746 10k_persons",
        ],
        ["1 lines_skipped"],
    ),
    "wide-fullwidth": (
        ["4 210100 gdp 2023 annual 100.5 100m_cny", "4 210100 gdp 2024 annual 120 100m_cny"],
        ["1 lines_skipped", "4 number_reformatted", "4 number_reformatted"],
    ),
    "wide-growth-beside-periods": (
        [
            "4 210100 gdp 2024Q1 ytd 25 100m_cny",
            "4 210100 gdp_growth_real 2024Q1 ytd 5 pct",
            "4 210100 gdp 2024Q2 ytd 52 100m_cny",
            "4 210100 gdp_growth_real 2024Q2 ytd 5.1 pct",
        ],
        ["1 lines_skipped", "4 basis_assumed", "4 basis_assumed"],
    ),
    "wide-growth-in-title": (
        ["3 210100 gdp_growth_real 2023 annual 5.1 pct", "3 210100 gdp_growth_real 2024 annual 5.2 pct"],
        ["1 lines_skipped"],
    ),
    "wide-growth-of-the-unknown": (
        ["3 210100 resident_pop 2024 point 900 10k_persons"],
        ["1 lines_skipped", "2 column_unknown", "2 growth_without_level"],
    ),
    "wide-growth-rows": (
        [
            "3 210100 gdp 2023 annual 100 100m_cny",
            "3 210100 gdp 2024 annual 105 100m_cny",
            "4 210100 gdp_growth_real 2023 annual 5.1 pct",
            "4 210100 gdp_growth_real 2024 annual 5.2 pct",
        ],
        ["1 lines_skipped"],
    ),
    "wide-heading-unknown": (
        ["3 210100 gdp 2024 annual 100 100m_cny"],
        ["1 lines_skipped", "2 column_unknown", "2 growth_without_level", "4 region_not_listed"],
    ),
    "wide-year-and-quarter": (
        [],
        ["1 wide_region_missing"],
    ),
    "wide-indicator-column": (
        [
            "2 210100 gdp 2023 annual 100 100m_cny",
            "2 210100 gdp 2024 annual 120 100m_cny",
            "3 210100 resident_pop 2023 point 900 10k_persons",
            "3 210100 resident_pop 2024 point 901 10k_persons",
        ],
        [],
    ),
    "wide-indicators-across": (
        [
            "3 210100 gdp 2023 annual 100 100m_cny",
            "3 210100 gdp_growth_real 2023 annual 5.1 pct",
            "3 210100 resident_pop 2023 point 900 10k_persons",
            "4 210100 gdp 2024 annual 120 100m_cny",
            "4 210100 gdp_growth_real 2024 annual 5.2 pct",
            "4 210100 resident_pop 2024 point 901 10k_persons",
        ],
        ["1 lines_skipped", "4 growth_differs"],
    ),
    "wide-level-over-growth": (
        [
            "4 210100 gdp 2024 annual 100 100m_cny",
            "4 210100 gdp_growth_real 2024 annual 5 pct",
            "4 210100 resident_pop 2024 point 900 10k_persons",
        ],
        ["1 lines_skipped"],
    ),
    "wide-notes-below": (
        ["3 210100 resident_pop 2024 point 901 10k_persons"],
        ["1 lines_skipped", "5 notes_skipped"],
    ),
    "wide-part-against-year": (
        [],
        ["1 lines_skipped", "3 wide_period_missing"],
    ),
    "wide-part-of-year-in-title": (
        ["4 210100 gdp 2023Q3 ytd 100 100m_cny", "4 210100 gdp 2024Q3 ytd 120 100m_cny"],
        ["1 lines_skipped"],
    ),
    "wide-periods-across-gb18030": (
        [
            "4 210100 gdp 2023 annual 100 100m_cny",
            "4 210100 gdp 2024 annual 120 100m_cny",
            "5 210200 gdp 2023 annual 200 100m_cny",
            "5 210200 gdp 2024 annual 210 100m_cny",
        ],
        ["1 lines_skipped"],
    ),
    "wide-periods-across": (
        [
            "4 210100 gdp 2023 annual 100 100m_cny",
            "4 210100 gdp 2024 annual 120 100m_cny",
            "5 210200 gdp 2023 annual 200 100m_cny",
            "5 210200 gdp 2024 annual 210 100m_cny",
        ],
        ["1 lines_skipped"],
    ),
    "wide-quarters-down": (
        [
            "3 210100 gdp 2024Q1 ytd 25 100m_cny",
            "3 210100 gdp_growth_real 2024Q1 ytd 5 pct",
            "4 210100 gdp 2024Q3 ytd 80 100m_cny",
            "4 210100 gdp_growth_real 2024Q3 ytd 5.2 pct",
        ],
        ["1 lines_skipped", "3 basis_assumed", "3 basis_assumed"],
    ),
    "wide-quarters-of-the-titles-year": (
        [
            "3 210100 gdp 2024Q1 ytd 100 100m_cny",
            "3 210100 gdp 2024Q2 ytd 200 100m_cny",
            "3 210100 gdp 2024Q3 ytd 300 100m_cny",
        ],
        ["1 lines_skipped", "3 basis_assumed"],
    ),
    "wide-regions-across": (
        [
            "4 210100 resident_pop 2023 point 900 10k_persons",
            "4 210200 resident_pop 2023 point 745 10k_persons",
            "5 210100 resident_pop 2024 point 901 10k_persons",
            "5 210200 resident_pop 2024 point 746 10k_persons",
        ],
        ["1 lines_skipped"],
    ),
    "wide-regions-and-indicators": (
        [
            "4 210100 gdp 2024 annual 100 100m_cny",
            "4 210100 gdp_growth_real 2024 annual 5.1 pct",
            "4 210100 resident_pop 2024 point 900 10k_persons",
            "5 210200 gdp 2024 annual 90 100m_cny",
            "5 210200 gdp_growth_real 2024 annual -0.2 pct",
            "5 210200 resident_pop 2024 point 745 10k_persons",
        ],
        ["1 lines_skipped"],
    ),
    "wide-registered-in-title": (
        [],
        ["1 lines_skipped", "2 registered_not_resident"],
    ),
    "wide-registered-urbanization": (
        ["3 210100 urbanization_rate 2024 point 85 pct"],
        ["1 lines_skipped", "2 registered_not_resident"],
    ),
    "wide-title-half-known": (
        [],
        ["1 lines_skipped", "2 wide_indicator_missing"],
    ),
    "wide-title-levels-and-growth": (
        [],
        ["1 lines_skipped", "2 wide_indicator_missing"],
    ),
    "wide-traditional": (
        [
            "4 210100 gdp 2023 annual 100 100m_cny",
            "4 210100 gdp 2024 annual 120 100m_cny",
            "5 210400 gdp 2023 annual 30 100m_cny",
            "5 210400 gdp 2024 annual 31 100m_cny",
        ],
        ["1 lines_skipped"],
    ),
    "wide-two-row-header": (
        [
            "3 210100 gdp 2023 annual 100 100m_cny",
            "3 210100 gdp_growth_real 2023 annual 5 pct",
            "3 210100 gdp 2024 annual 105 100m_cny",
            "3 210100 gdp_growth_real 2024 annual 5.1 pct",
            "4 210200 gdp 2023 annual 90 100m_cny",
            "4 210200 gdp_growth_real 2023 annual 4 pct",
            "4 210200 gdp 2024 annual 94 100m_cny",
            "4 210200 gdp_growth_real 2024 annual 4.2 pct",
        ],
        [],
    ),
    "wide-two-year-average": (
        ["3 210100 gdp 2021 annual 80 100m_cny", "3 210100 gdp_growth_real 2021 annual 5 pct"],
        ["1 lines_skipped", "2 growth_averaged"],
    ),
    "wide-unit-of-other-dimension": (
        [],
        ["1 lines_skipped", "4 unit_dimension", "4 unit_dimension"],
    ),
    "wide-unknown-column": (
        ["3 210100 gdp 2024 annual 100 100m_cny"],
        ["1 lines_skipped", "2 column_unknown", "2 column_unknown"],
    ),
    "wide-values-as-written": (
        [
            "3 210100 gdp 2024 annual 8122.1 100m_cny",
            "3 210100 gdp_growth_real 2024 annual 5.1 pct",
            "4 210200 gdp 2024 annual 12000 100m_cny",
            "4 210200 gdp_growth_real 2024 annual -0.5 pct",
        ],
        [
            "1 lines_skipped",
            "4 number_reformatted",
            "5 not_reported",
            "5 not_reported",
            "6 not_reported",
            "6 not_reported",
            "7 not_reported",
            "7 not_reported",
        ],
    ),
    "wide-without-indicator": (
        [],
        ["1 lines_skipped", "2 wide_indicator_missing"],
    ),
    "wide-without-period": (
        [],
        ["1 wide_period_missing"],
    ),
    "wide-without-region": (
        [],
        ["1 wide_region_missing"],
    ),
    "wide-without-unit": (
        ["3 210100 resident_pop 2024 point 900 10k_persons"],
        ["1 lines_skipped", "2 wide_unit_missing"],
    ),
    "wide-without-year": (
        [],
        ["1 lines_skipped", "3 wide_period_missing"],
    ),
    "workbook-binary": (
        [],
        ["0 file_is_spreadsheet"],
    ),
    "workbook-cut-off": (
        [],
        ["0 workbook_broken"],
    ),
    "workbook-encrypted": (
        [],
        ["0 file_encrypted"],
    ),
    "workbook-formula-without-result": (
        ["3 210200 gdp 2024 annual 100 100m_cny"],
        ["2 formula_uncalculated", "2 not_reported"],
    ),
    "workbook-long": (
        [
            "2 210100 gdp 2024 annual 0.3 100m_cny",
            "3 210200 gdp_growth_real 2024 annual 5.2 pct",
            "4 210200 gdp_growth_real 2023 annual 5.1 pct",
            "5 210200 gdp 2024M05 ytd 1234.5 100m_cny",
        ],
        ["5 basis_assumed"],
    ),
    "workbook-merged-header": (
        [
            "5 210100 gdp 2024Q1 ytd 25 100m_cny",
            "5 210100 gdp_growth_real 2024Q1 ytd 5.1 pct",
            "5 210100 gdp 2024Q2 ytd 52 100m_cny",
            "5 210100 gdp_growth_real 2024Q2 ytd 5.2 pct",
            "6 210200 gdp 2024Q1 ytd 20 100m_cny",
            "6 210200 gdp 2024Q2 ytd 41 100m_cny",
            "6 210200 gdp_growth_real 2024Q2 ytd 4.9 pct",
        ],
        ["1 lines_skipped", "5 basis_assumed", "5 basis_assumed", "6 not_reported", "7 notes_skipped"],
    ),
    "workbook-several-sheets": (
        [
            "3 210100 gdp 2023 annual 100 100m_cny",
            "3 210100 resident_pop 2023 point 900 10k_persons",
            "3 210100 resident_pop 2024 point 901 10k_persons",
        ],
        ["0 sheets_skipped", "1 lines_skipped", "1 lines_skipped", "3 not_a_number"],
    ),
    "workbook-with-entities": (
        [],
        ["0 workbook_broken"],
    ),
    "workbook-without-header": (
        [],
        ["0 header_not_found"],
    ),
    "long-units-contradict": (
        [],
        ["2 unit_unknown"],
    ),
    "wide-growth-behind-the-unknown": (
        ["4 210100 gdp 2024 annual 100 100m_cny"],
        ["1 lines_skipped", "3 column_unknown", "3 growth_without_level"],
    ),
    "wide-numbered-title": (
        ["4 210100 gdp 2024Q1 ytd 25 100m_cny", "4 210100 gdp_growth_real 2024Q1 ytd 5 pct"],
        ["1 lines_skipped", "4 basis_assumed", "4 basis_assumed"],
    ),
    "workbook-merged-names": (
        [
            "2 210100 gdp 2023 annual 100 100m_cny",
            "3 210100 gdp 2024 annual 110 100m_cny",
            "4 210200 gdp 2024 annual 90 100m_cny",
        ],
        [],
    ),
}


@pytest.mark.parametrize("name", sorted(OUTCOMES))
def test_a_file_has_its_outcome(check, as_they_come, name):
    """Figures in canonical codes and units, each with the row it stands on, and the problems."""
    checked = check(as_they_come[name], source="虚构")
    columns = ["row", "region", "indicator", "period", "basis", "value", "unit"]
    rows = [
        " ".join(f"{part:g}" if isinstance(part, float) else str(part) for part in row)
        for row in checked.rows[columns].itertuples(index=False)
    ]
    assert (rows, [f"{item.row} {item.code}" for item in checked.problems]) == OUTCOMES[name]


def test_every_file_stands_in_the_table(as_they_come):
    """No file without an outcome, no outcome without a file."""
    assert set(as_they_come) == set(OUTCOMES)


@pytest.mark.parametrize(
    ("name", "code", "column", "value"),
    [
        ("wide-values-as-written", "number_reformatted", "同比增长", "(0.5)"),
        ("wide-without-indicator", "wide_indicator_missing", "", ""),
        ("wide-without-unit", "wide_unit_missing", "地区生产总值", ""),
        ("wide-two-year-average", "growth_averaged", "两年平均增长(%)", ""),
        ("long-two-year-average", "growth_averaged", "指标", "地区生产总值两年平均增速"),
        ("wide-growth-of-the-unknown", "growth_without_level", "增速(%)", ""),
        ("workbook-merged-header", "not_reported", "2024年一季度 / 增速(%)", ""),
        ("workbook-several-sheets", "not_a_number", "地区生产总值!2024年", "约120"),
    ],
)
def test_a_problem_points_to_its_cell(check, as_they_come, name, code, column, value):
    """The heading as the file has it, with the sheet where several are read and the column where it occurs twice."""
    problem = next(item for item in check(as_they_come[name]).problems if item.code == code)
    assert (problem.column, problem.value) == (column, value)


@pytest.mark.parametrize(
    ("text", "stored", "unit"),
    [
        ("8122.1亿元", 8122.1, "100m_cny"),
        ("８１２２．１", 8122.1, "100m_cny"),
        ("8,122.1", 8122.1, "100m_cny"),
        ("8 122.1", 8122.1, "100m_cny"),
        ("81221000万元", 8122.1, "100m_cny"),
        ("81221000萬元", 8122.1, "100m_cny"),
        ("8122.1億元", 8122.1, "100m_cny"),
        ("0.81221万亿元", 8122.1, "100m_cny"),
    ],
)
def test_values_as_offices_write_them(check, text, stored, unit):
    """Separators, full width, the unit in the cell; a unit above the table serves only cells without one."""
    above = "单位：亿元\n" if "元" not in text else ""
    row = check(f"2024年\n{above}地区\t地区生产总值\n沈阳市\t{text}\n").rows.iloc[0]
    assert (row["value"], row["unit"], row["value_text"]) == (stored, unit, text)


@pytest.mark.parametrize("text", ["", "--", "…", "——", "－", "未发布", "未公布", "尚未公布", "待发布", "N/A", "#N/A"])
def test_what_is_not_reported_is_not_zero(check, text):
    """It is skipped, and said to be."""
    checked = check(f"2024年\n地区\t地区生产总值（亿元）\t常住人口（万人）\n沈阳市\t{text}\t900\n")
    assert checked.rows["value"].tolist() == [900]
    assert "not_reported" in {item.code for item in checked.problems}


@pytest.mark.parametrize(
    "title", ["人均地区生产总值", "地区生产总值计划", "沈阳市与大连市", "2023年、2024年", "第三产业地区生产总值"]
)
def test_a_title_known_in_part_is_not_used(check, title):
    """Nothing is taken from words among which one is unknown, or that name two things."""
    checked = check(f"{title}（亿元）\n地区,2023年\n沈阳市,1\n")
    assert len(checked.rows) == 0
    assert not checked.ok
