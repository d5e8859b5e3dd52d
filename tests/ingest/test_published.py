"""The shapes in which offices publish: bulletins, yearbooks, communiqués. Each tiny file has its outcome, to the cell."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from lib.ingest.check import Reference, check_file

# File -> "row region indicator period basis value unit" of each figure, "row code column" of each problem.
COMMUNIQUE = (
    [
        "3 210100 gdp 2024 annual 9000.1 100m_cny",
        "3 210100 gdp_growth_real 2024 annual 5.2 pct",
        "4 210100 va_primary 2024 annual 400 100m_cny",
        "5 210100 resident_pop 2024 point 921 10k_persons",
        "6 210100 urbanization_rate 2024 point 85.7 pct",
    ],
    [
        "1 lines_skipped",
        "4 growth_not_tracked 比上年增长(%)",
        "6 growth_not_tracked 比上年增长(%)",
        "7 notes_skipped",
    ],
)
OUTCOMES = {
    "communique-gb18030.csv": COMMUNIQUE,
    "communique.csv": COMMUNIQUE,
    "cities-in-pairs.csv": (
        [
            "4 210100 gdp 2024 annual 9000.1 100m_cny",
            "4 210100 gdp_growth_real 2024 annual 5.2 pct",
            "4 210200 gdp 2024 annual 9500.9 100m_cny",
            "4 210200 gdp_growth_real 2024 annual 5.2 pct",
            "5 210100 trade_total 2024 annual 1500 100m_cny",
            "5 210100 trade_growth 2024 annual 2 pct",
            "5 210200 trade_total 2024 annual 4500 100m_cny",
            "5 210200 trade_growth 2024 annual 1 pct",
        ],
        ["1 lines_skipped", "6 notes_skipped"],
    ),
    "full-width-throughout.csv": (
        [
            "4 210100 resident_pop 2023 point 920.5 10k_persons",
            "4 210100 resident_pop 2024 point 921.5 10k_persons",
            "5 210200 resident_pop 2023 point 745 10k_persons",
            "5 210200 resident_pop 2024 point 746 10k_persons",
        ],
        [
            "1 lines_skipped",
            "4 number_reformatted 2023年",
            "4 number_reformatted 2024年",
            "5 number_reformatted 2023年",
            "5 number_reformatted 2024年",
            "6 notes_skipped",
        ],
    ),
    "growth-table-by-month.csv": (
        [
            "3 210000 fai_growth 2025M02 ytd 10.5 pct",
            "3 210000 fai_growth 2025Q1 ytd 7.8 pct",
            "3 210000 fai_growth 2025Q2 ytd -3.3 pct",
            "3 210000 fai_growth 2025Q3 ytd -8.1 pct",
            "4 210100 fai_growth 2025M02 ytd 6.1 pct",
            "4 210100 fai_growth 2025Q1 ytd 5.5 pct",
            "4 210100 fai_growth 2025Q2 ytd 2 pct",
            "4 210100 fai_growth 2025Q3 ytd 1 pct",
        ],
        ["1 lines_skipped", "5 notes_skipped"],
    ),
    "growth-without-its-level.csv": (
        [],
        ["1 lines_skipped", "2 column_unknown 规模以上工业增加值", "2 growth_without_level 增速(%)", "4 notes_skipped"],
    ),
    "half-translated.csv": (
        [
            "4 210100 gdp 2024 annual 9000.1 100m_cny",
            "4 210100 gdp_growth_real 2024 annual 5.2 pct",
            "5 210200 gdp 2024 annual 9500.9 100m_cny",
            "5 210200 gdp_growth_real 2024 annual 5.2 pct",
        ],
        ["1 lines_skipped", "6 notes_skipped"],
    ),
    "last-year-beside.csv": (
        [
            "3 210100 gdp 2025Q3 ytd 6500 100m_cny",
            "3 210100 gdp_growth_real 2025Q3 ytd 5 pct",
            "4 210100 trade_total 2025Q3 ytd 1100 100m_cny",
            "4 210100 trade_growth 2025Q3 ytd -1.8 pct",
        ],
        ["1 lines_skipped", "2 column_unknown 上年同期", "5 notes_skipped"],
    ),
    "level-and-growth-in-one-cell.csv": (
        [],
        ["1 lines_skipped", "3 not_a_number 地区生产总值及增速", "4 notes_skipped"],
    ),
    "merged-titles.xlsx": (
        [
            "5 210000 gdp 2025Q3 ytd 23500.1 100m_cny",
            "5 210000 gdp_growth_real 2025Q3 ytd 4.5 pct",
            "5 210000 trade_total 2025Q3 ytd 5500 100m_cny",
            "5 210000 trade_growth 2025Q3 ytd -1.2 pct",
            "6 210100 gdp 2025Q3 ytd 6500 100m_cny",
            "6 210100 gdp_growth_real 2025Q3 ytd 5 pct",
            "6 210100 trade_total 2025Q3 ytd 1100 100m_cny",
            "6 210100 trade_growth 2025Q3 ytd 2.1 pct",
            "7 210200 gdp 2025Q3 ytd 7000 100m_cny",
            "7 210200 gdp_growth_real 2025Q3 ytd 5.5 pct",
            "7 210200 trade_total 2025Q3 ytd 3300 100m_cny",
            "7 210200 trade_growth 2025Q3 ytd -2.5 pct",
        ],
        [
            "1 lines_skipped",
            "4 column_unknown 地区生产总值 / 位次",
            "4 column_unknown 进出口总额 / 位次",
            "8 notes_skipped",
        ],
    ),
    "monthly-bulletin.csv": (
        [
            "3 210100 gdp 2025Q3 ytd 6500.5 100m_cny",
            "3 210100 gdp_growth_real 2025Q3 ytd 5.2 pct",
            "4 210100 va_primary 2025Q3 ytd 300.1 100m_cny",
            "5 210100 va_secondary 2025Q3 ytd 2100 100m_cny",
            "6 210100 va_tertiary 2025Q3 ytd 4100.4 100m_cny",
            "7 210100 fai_growth 2025Q3 ytd 3.5 pct",
            "8 210100 trade_total 2025Q3 ytd 1100.2 100m_cny",
            "8 210100 trade_growth 2025Q3 ytd -2.1 pct",
            "9 210100 export_total 2025Q3 ytd 550 100m_cny",
            "9 210100 export_growth 2025Q3 ytd 1 pct",
            "10 210100 fdi_utilized 2025Q3 ytd 9.9 100m_usd",
            "10 210100 fdi_growth 2025Q3 ytd 8 pct",
        ],
        [
            "1 lines_skipped",
            "2 column_unknown 本月",
            "4 growth_not_tracked 同比增长(%)",
            "5 growth_not_tracked 同比增长(%)",
            "6 growth_not_tracked 同比增长(%)",
            "7 not_reported 1-9月累计",
            "11 notes_skipped",
        ],
    ),
    "monthly-bulletin.xlsx": (
        [
            "3 210100 gdp 2025Q3 ytd 6500.5 100m_cny",
            "3 210100 gdp_growth_real 2025Q3 ytd 5.2 pct",
            "4 210100 va_primary 2025Q3 ytd 300.1 100m_cny",
            "5 210100 trade_total 2025Q3 ytd 1100.2 100m_cny",
            "5 210100 trade_growth 2025Q3 ytd -2.1 pct",
            "6 210100 export_total 2025Q3 ytd 550 100m_cny",
            "6 210100 export_growth 2025Q3 ytd 1 pct",
        ],
        ["1 lines_skipped", "2 column_unknown 本月", "4 growth_not_tracked 同比增长(%)", "7 notes_skipped"],
    ),
    "months-cumulated.csv": (
        [
            "3 210100 trade_total 2025M02 ytd 200 100m_cny",
            "3 210100 trade_total 2025Q1 ytd 310 100m_cny",
            "3 210100 trade_total 2025Q2 ytd 650 100m_cny",
            "4 210200 trade_total 2025M02 ytd 600 100m_cny",
            "4 210200 trade_total 2025Q1 ytd 910 100m_cny",
            "4 210200 trade_total 2025Q2 ytd 1850 100m_cny",
        ],
        ["1 lines_skipped", "5 notes_skipped"],
    ),
    "notes-by-superscript.csv": (
        [
            "3 210100 resident_pop 2023 point 920 10k_persons",
            "3 210100 resident_pop 2024 point 921.5 10k_persons",
            "4 210200 resident_pop 2023 point 745 10k_persons",
            "4 210200 resident_pop 2024 point 746 10k_persons",
        ],
        ["1 lines_skipped", "5 notes_skipped"],
    ),
    "nothing-but-region-missing.csv": (
        [],
        ["1 lines_skipped", "2 wide_region_missing", "4 notes_skipped"],
    ),
    "points-are-not-growth.csv": (
        [
            "3 210100 urbanization_rate 2024 point 85.7 pct",
            "4 210200 urbanization_rate 2024 point 82.5 pct",
        ],
        ["1 lines_skipped", "2 column_unknown 比上年提高(百分点)", "5 notes_skipped"],
    ),
    "quarters-cumulated.csv": (
        [
            "3 210100 gdp 2025Q1 ytd 2000 100m_cny",
            "3 210100 gdp 2025Q2 ytd 4100 100m_cny",
            "3 210100 gdp 2025Q3 ytd 6300 100m_cny",
            "4 210200 gdp 2025Q1 ytd 2100 100m_cny",
            "4 210200 gdp 2025Q2 ytd 4300 100m_cny",
            "4 210200 gdp 2025Q3 ytd 6600 100m_cny",
        ],
        ["1 lines_skipped", "3 basis_assumed 2025年1季度", "5 notes_skipped"],
    ),
    "ranks-between.csv": (
        [
            "3 210000 gdp 2025Q3 ytd 23500.1 100m_cny",
            "3 210000 gdp_growth_real 2025Q3 ytd 4.5 pct",
            "3 210000 fai_growth 2025Q3 ytd -3.1 pct",
            "4 210100 gdp 2025Q3 ytd 6500 100m_cny",
            "4 210100 gdp_growth_real 2025Q3 ytd 5 pct",
            "4 210100 fai_growth 2025Q3 ytd 2 pct",
            "5 210200 gdp 2025Q3 ytd 7000 100m_cny",
            "5 210200 gdp_growth_real 2025Q3 ytd 5.5 pct",
            "5 210200 fai_growth 2025Q3 ytd 3 pct",
        ],
        [
            "1 lines_skipped",
            "2 column_unknown 排名 [C]",
            "2 column_unknown 排名 [E]",
            "2 column_unknown 全省位次",
            "6 notes_skipped",
        ],
    ),
    "serial-number-first.csv": (
        [
            "3 210100 gdp 2024 annual 9000.1 100m_cny",
            "3 210100 gdp_growth_real 2024 annual 5.2 pct",
            "4 210200 gdp 2024 annual 9500.9 100m_cny",
            "4 210200 gdp_growth_real 2024 annual 5.2 pct",
        ],
        [
            "1 lines_skipped",
            "2 column_unknown 序号",
            "5 region_missing 地区",
            "5 not_reported 同比增长(%)",
            "6 notes_skipped",
        ],
    ),
    "sub-regions-indented.csv": (
        [
            "4 210000 resident_pop 2024 point 4155 10k_persons",
            "5 210100 resident_pop 2024 point 921 10k_persons",
            "6 SHENFU resident_pop 2024 point 10 10k_persons",
            "7 210200 resident_pop 2024 point 746 10k_persons",
        ],
        ["1 lines_skipped", "8 notes_skipped"],
    ),
    "thousands-by-spaces.csv": (
        [
            "4 210100 gdp 2024 annual 9000.1 100m_cny",
            "5 210200 gdp 2024 annual 9500.9 100m_cny",
            "6 210300 gdp 2024 annual 2000 100m_cny",
        ],
        ["1 lines_skipped", "7 notes_skipped"],
    ),
    "yearbook-two-lines.csv": (
        [
            "4 210000 gdp 2024 annual 32600.7 100m_cny",
            "4 210000 gdp_growth_real 2024 annual 5.1 pct",
            "5 210100 gdp 2024 annual 9000.1 100m_cny",
            "5 210100 gdp_growth_real 2024 annual 5.2 pct",
            "6 210200 gdp 2024 annual 9500.9 100m_cny",
            "6 210200 gdp_growth_real 2024 annual 5.2 pct",
            "7 210300 gdp 2024 annual 2000 100m_cny",
            "7 210300 gdp_growth_real 2024 annual 5 pct",
        ],
        ["1 lines_skipped", "3 column_unknown 位次", "8 notes_skipped"],
    ),
    "yearbook-years-down.csv": (
        [
            "3 210100 gdp 2022 annual 7700 100m_cny",
            "3 210100 resident_pop 2022 point 914.7 10k_persons",
            "3 210100 urbanization_rate 2022 point 84.9 pct",
            "4 210100 gdp 2023 annual 8100 100m_cny",
            "4 210100 resident_pop 2023 point 920.4 10k_persons",
            "4 210100 urbanization_rate 2023 point 85.1 pct",
            "5 210100 gdp 2024 annual 9000.1 100m_cny",
            "5 210100 resident_pop 2024 point 921 10k_persons",
            "5 210100 urbanization_rate 2024 point 85.7 pct",
        ],
        ["1 lines_skipped", "6 notes_skipped"],
    ),
}


@pytest.fixture(scope="module")
def shipped(ROOT):
    """The shipped tables: their synonyms are what these files are understood with."""
    names = ("regions", "indicators", "units", "headers", "breaks")
    return Reference(*(pd.read_csv(ROOT / f"data/{name}.csv", dtype=str, keep_default_na=False) for name in names))


@pytest.mark.parametrize("name", sorted(OUTCOMES))
def test_a_published_table_has_its_outcome(published, shipped, name):
    """Figures in canonical codes and units, each with the row it stands on, and the problems with their columns."""
    checked = check_file(published[name], shipped, today=date(2026, 11, 22), source="虚构")
    columns = ["row", "region", "indicator", "period", "basis", "value", "unit"]
    rows = [
        " ".join(f"{part:g}" if isinstance(part, float) else str(part) for part in row)
        for row in checked.rows[columns].itertuples(index=False)
    ]
    assert (rows, [f"{item.row} {item.code} {item.column}".strip() for item in checked.problems]) == OUTCOMES[name]


def test_every_published_table_stands_in_the_table(published):
    """No file without an outcome, no outcome without a file."""
    assert set(published) == set(OUTCOMES)
