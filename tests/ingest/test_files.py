"""Every tiny file has its outcome: what is accepted, with which figures, and what is refused, on which line."""

from __future__ import annotations

import pytest

A, B = 1234.5, 2345.6

# File -> figures accepted, problems as "line code column".
ACCEPTED = {
    "utf8": ([A, B], []),
    "utf8-bom": ([A, B], []),
    "utf8-two-boms": ([A, B], []),
    "gb18030": ([A, B], []),
    "gb18030-one-name": ([A], []),
    "gb18030-rare-character": ([A], []),
    "big5": ([A], ["0 encoding_guessed"]),
    "utf16": ([A, B], []),
    "utf16-big-endian": ([A, B], []),
    "utf16-without-bom": ([A, B], ["0 encoding_guessed"]),
    "crlf": ([A, B], []),
    "cr-only": ([A, B], []),
    "no-final-newline": ([A, B], []),
    "semicolon": ([A, B], []),
    "tab": ([A, B], []),
    "pipe": ([A, B], []),
    "fullwidth-comma": ([A, B], []),
    "separator-named": ([A, B], []),
    "thousands": ([A, B], []),
    "fullwidth-digits": ([A], ["2 number_reformatted 数值"]),
    "unicode-minus": ([-1.5], []),
    "parentheses-negative": ([-1.5], ["2 number_reformatted 数值"]),
    "scientific": ([A], ["2 number_reformatted 数值"]),
    "percent-sign": ([5.2], []),
    "percent-assumed": ([5.2], []),
    "ten-thousand-yuan": ([A, A], []),
    "other-unit-kept": ([A], []),
    "unit-in-header": ([A], []),
    "title-lines": ([A], ["1 lines_skipped"]),
    "header-spaced-zero-width": ([A], []),
    "columns-reordered": ([A], []),
    "blank-rows": ([A, B], []),
    "traditional-names": ([A], []),
    "nation-as-zero": ([A], []),
    "period-spellings": ([100, 200, 300, 400], ["2 basis_assumed 时期"]),
    "basis-assumed": ([100, 200], ["2 basis_assumed 时期"]),
    "population-point": ([900], []),
    "year-called-cumulative": ([A], ["2 basis_adjusted 口径"]),
    "revision": ([A, 1240], []),
    "not-reported": ([A], ["3 not_reported 数值", "4 not_reported 数值", "5 not_reported 数值", "6 not_reported 数值"]),
    "zero": ([0], []),
    "trailing-separators": ([A, B], ["2 separators_surplus"]),
    "unknown-column": ([A, B], ["1 column_unknown 排名"]),
    "header-repeated": ([A, B], ["3 header_repeated"]),
    "source-missing": ([A], ["2 source_missing 来源"]),
    "cumulative-falls": ([300, 200], ["3 cumulative_falls 数值"]),
    "magnitude-jump": ([1000, 11_000_000, 1150, A], ["3 magnitude_jump 数值"]),
    "share-as-fraction": ([84.9, 85.1, 0.8555], ["4 share_as_fraction 数值"]),
    "formula-and-script": ([A], []),
    "block-copied-period": ([A, 5.2, 7.1] * 2, ["5 block_copied 数值"]),
    "block-copied-region": ([A, 5.2, 7.1] * 2, ["5 block_copied 数值"]),
    "growth-differs": ([1000, 1100, 5], ["3 growth_differs 数值"]),
    "sectors-do-not-add": ([1000, 100, 400, 490], ["2 sectors_do_not_add 数值"]),
    "cities-do-not-add": ([100, 110, 120, 130, 140, 150, 800], ["8 cities_do_not_add 数值"]),
    "revision-unmarked": ([1200, B], []),
    "history-jump": ([50, 50.5, 51, 51.5, 59], ["6 history_jump 数值"]),
    "gbk": ([A, B], []),
    "line-ends-mixed": ([A, B], []),
    "line-separators-in-cell": ([A, B], []),
    "doubled-quotes": ([A, B], []),
    "quoted-comma": ([A], []),
    "single-quotes": ([A, B], ["1 quotes_odd"]),
    "curly-quotes": ([A, B], ["2 quotes_odd"]),
    "rows-of-separators": ([A, B], []),
    "comment-lines": ([A, B], ["2 notes_skipped"]),
    "region-spaced": ([A], []),
    "region-short-form": ([A, B], []),
    "first-quarter-missing": ([300], []),
    "composed-and-decomposed": ([A, B], []),
    "emoji-in-note": ([A], []),
    "markup-in-cells": ([A, B], []),
    "leading-zero-code": ([A], []),
    "long-decimals": ([A], []),
    "units-mixed": ([A, B, 500], []),
    "magnitude-words": ([12_000, A], []),
    "currency-sign": ([A, B], ["2 number_reformatted 数值", "3 number_reformatted 数值"]),
    "single-quarters-called-cumulative": ([300, 310, 320], ["4 quarters_not_cumulative 数值"]),
    "header-in-both-languages": ([A], ["2 header_repeated"]),
    "basis-behind-period": ([900, 300], []),
    "period-spellings-rare": ([100, 200, 300, 400, 500, 600], []),
    "marks-of-notes": ([A, B], ["4 notes_skipped"]),
    "part-of-the-whole": ([B, A, 100], []),
    "year-and-quarter": ([A, B, 100, 200], []),
    "year-and-month": ([100, 200], []),
}
REFUSED = {
    "empty": ([], ["0 file_empty"]),
    "only-bom": ([], ["0 file_empty"]),
    "only-newlines": ([], ["0 file_empty"]),
    "header-only": ([], ["1 no_rows"]),
    "no-header": ([], ["0 header_not_found"]),
    "xlsx-renamed": ([], ["0 workbook_broken"]),
    "xls-renamed": ([], ["0 file_is_spreadsheet"]),
    "zip-renamed": ([], ["0 file_is_archive"]),
    "gzip-renamed": ([], ["0 file_is_archive"]),
    "pdf-renamed": ([], ["0 file_not_csv"]),
    "html-renamed": ([], ["0 file_not_csv"]),
    "nonsense-bytes": ([], ["0 encoding_unknown"]),
    "latin1": ([], ["0 encoding_unknown"]),
    "utf32": ([], ["0 encoding_unsupported"]),
    "utf8-with-gbk-line": ([], ["3 encoding_broken"]),
    "utf8-cut-inside-character": ([], ["3 encoding_broken"]),
    "nul-byte": ([], ["3 control_character"]),
    "control-character": ([], ["3 control_character"]),
    "direction-override": ([], ["3 control_character"]),
    "missing-column": ([], ["1 column_missing value"]),
    "duplicate-header": ([], ["1 header_duplicate 城市"]),
    "duplicate-year": ([], ["1 header_duplicate 年份"]),
    "value-called-otherwise": (
        [],
        ["1 column_unknown 实绩(亿元)", "1 column_unknown 联系人", "1 column_missing value"],
    ),
    "no-heading-known": ([], ["0 header_not_found"]),
    "indicator-and-unit-unsaid": ([], ["1 column_missing indicator"]),
    "year-against-quarter": (
        [],
        [
            "2 period_part_blank 年份 / 季度",
            "3 period_part_blank 年份 / 季度",
            "4 period_parts_differ 年份 / 季度",
            "5 period_unreadable 年份 / 季度",
            "6 period_missing 年份 / 季度",
        ],
    ),
    "blank-header": ([1], ["1 header_blank"]),
    "periods-side-by-side": ([], ["2 unit_missing 2024Q1", "2 unit_missing 2024Q2"]),
    "unclosed-quote": ([A], ["3 quote_unclosed"]),
    "text-after-quote": ([A], ["3 quote_misplaced"]),
    "quoted-newline": ([A], ["4 not_a_number 数值"]),
    "row-too-long": ([A], ["3 row_too_long"]),
    "row-too-short": ([A], ["3 row_too_short"]),
    "all-rows-too-long": ([], ["2 row_too_long", "3 row_too_long"]),
    "unknown-region": ([], ["2 region_unknown 地区", "3 region_not_listed 地区", "4 region_missing 地区"]),
    "region-called-na": ([], ["2 region_not_listed 地区", "3 region_not_listed 地区"]),
    "code-and-name-differ": ([], ["2 code_and_name_differ 地区"]),
    "period-within-a-month": ([], ["2 period_not_closed 时期"]),
    "ambiguous-region": ([], ["2 region_ambiguous 地区"]),
    "unknown-indicator": ([], ["2 indicator_unknown 指标", "3 indicator_not_listed 指标", "4 indicator_missing 指标"]),
    "ambiguous-indicator": ([], ["2 indicator_ambiguous 指标"]),
    "event-indicator": ([], ["2 indicator_not_measured 指标"]),
    "unknown-period": (
        [],
        ["2 period_unreadable 时期", "3 period_unreadable 时期", "4 period_unreadable 时期", "5 period_missing 时期"],
    ),
    "future-period": ([], ["2 period_future 时期", "3 period_future 时期"]),
    "basis-unknown": ([], ["2 basis_unknown 口径"]),
    "basis-mismatch": (
        [],
        ["2 basis_mismatch 口径", "3 basis_mismatch 口径", "4 basis_mismatch 口径", "5 basis_mismatch 口径"],
    ),
    "second-half": ([], ["2 basis_unclear 时期"]),
    "text-for-number": (
        [],
        ["2 not_a_number 数值", "3 not_a_number 数值", "4 not_a_number 数值", "5 not_a_number 数值"],
    ),
    "not-finite": (
        [],
        ["2 not_a_number 数值", "3 not_a_number 数值", "4 number_too_large 数值", "5 number_too_large 数值"],
    ),
    "decimal-comma": (
        [],
        ["2 number_decimal_comma 数值", "3 number_decimal_comma 数值", "4 number_decimal_comma 数值"],
    ),
    "decimal-comma-semicolon": ([], ["2 number_decimal_comma 数值"]),
    "share-850": ([], ["2 out_of_range 数值"]),
    "negative-money": ([], ["2 out_of_range 数值", "3 out_of_range 数值"]),
    "unit-missing": ([], ["2 unit_missing unit"]),
    "unit-unknown": ([], ["2 unit_unknown 单位"]),
    "unit-of-other-dimension": ([], ["2 unit_dimension 单位", "3 unit_dimension 单位"]),
    "unit-contradicts-header": ([], ["2 unit_conflict 数值(亿元)"]),
    "unit-conflict-in-cell": ([], ["2 unit_conflict 数值"]),
    "unknown-status": ([], ["2 status_unknown 数据性质"]),
    "bad-qualifier": ([], ["2 qualifier_unknown 限定"]),
    "bad-published": (
        [],
        ["2 published_unreadable 发布日期", "3 published_unreadable 发布日期", "4 published_future 发布日期"],
    ),
    "published-before-period": ([B, 600], ["2 published_before_period 发布日期", "3 published_before_period 发布日期"]),
    "bad-link": ([], ["2 link_unusable 链接"]),
    "certain-fixes": (
        [],
        [
            "2 region_not_listed 地区",
            "2 number_reformatted 数值",
            "2 published_unreadable 发布日期",
            "3 region_unknown 地区",
            "3 basis_adjusted 口径",
            "3 number_decimal_comma 数值",
        ],
    ),
    "duplicate-same": ([A, A, A], ["4 duplicate_same 数值"]),
    "duplicate-different": ([A, 1300, A], ["3 duplicate_different 数值"]),
    "many-faults": (
        [],
        [
            "2 region_unknown 地区",
            "2 period_unreadable 时期",
            "2 not_a_number 数值",
            "2 unit_unknown 单位",
            "2 status_unknown 数据性质",
            "2 published_unreadable 发布日期",
            "3 not_a_number 数值",
        ],
    ),
    "cesu8": ([], ["3 encoding_broken"]),
    "saved-twice-gbk": ([], ["0 encoding_garbled"]),
    "saved-twice-latin": ([], ["0 encoding_garbled"]),
    "saved-twice-gbk-as-latin": ([], ["0 encoding_garbled"]),
    "html-table-gb18030": ([], ["0 file_not_csv"]),
    "web-archive-renamed": ([], ["0 file_not_csv"]),
    "xml-sheet-renamed": ([], ["0 file_not_csv"]),
    "quote-inside-cell": ([], ["2 region_unknown 地区", "3 not_a_number 数值"]),
    "backslash-quote": ([A], ["3 quote_misplaced"]),
    "header-in-two-columns": ([], ["1 header_duplicate region"]),
    "homoglyphs": ([], ["2 indicator_unknown 指标", "3 region_unknown 地区"]),
    "leading-zero-too-many": ([], ["2 region_not_listed 地区代码"]),
    "chinese-numerals": ([], ["2 not_a_number 数值", "3 not_a_number 数值", "4 not_a_number 数值"]),
    "growth-in-words": ([], ["2 not_a_number 数值", "3 not_a_number 数值", "4 not_a_number 数值"]),
    "dollars-by-sign": ([], ["2 not_a_number 数值", "2 unit_missing 单位", "3 not_a_number 数值"]),
    "integer-of-21-digits": ([], ["2 number_too_large 数值"]),
    "value-with-note": ([], ["2 not_a_number 数值", "3 not_a_number 数值"]),
    "apostrophe-before-cells": ([], ["2 region_unknown 地区", "2 not_a_number 数值"]),
    "excel-serial": ([], ["2 period_unreadable 时期", "3 published_unreadable 公布日期"]),
    "excel-month": (
        [],
        [*(f"{row} period_unreadable 时期" for row in (2, 3, 4)), "5 period_is_a_day 时期"],
    ),
    "months-without-year": ([], ["2 period_unreadable 时期", "3 period_unreadable 时期"]),
    "two-digit-year": ([], ["2 period_unreadable 时期"]),
    "basis-told-twice": ([], ["2 basis_mismatch 口径", "3 basis_mismatch 口径"]),
    "region-behind-province": ([], ["2 region_not_listed 地区", "3 region_unknown 地区"]),
    "cut-in-the-middle": ([A], ["3 row_too_short"]),
    "cut-inside-character-gb18030": ([], ["3 encoding_broken"]),
    "field-names-only-in-words": ([], ["0 header_not_found"]),
}


@pytest.mark.parametrize(("name", "outcome"), [*ACCEPTED.items(), *REFUSED.items()])
def test_a_file_has_its_outcome(check, made_up, name, outcome):
    """The figures accepted and the problems found are exactly those of the table."""
    checked = check(made_up[name])
    assert (checked.rows["value"].tolist(), _list(checked)) == outcome
    assert checked.ok == (name in ACCEPTED)


def _list(checked):
    """Each problem's line, code and column."""
    return [f"{item.row} {item.code} {item.column}".strip() for item in checked.problems]


def test_every_file_stands_in_the_table(made_up):
    """No file without an outcome, no outcome without a file."""
    assert set(made_up) == set(ACCEPTED) | set(REFUSED)


@pytest.mark.parametrize(
    ("name", "column", "value", "hint"),
    [
        ("share-850", "数值", "850", {"allowed": "0–100", "unit": "%", "read": "850"}),
        ("negative-money", "数值", "-1", {"allowed": "≥ 0"}),
        ("unknown-region", "地区", "沈阴市", {"nearest": "沈阳市 (210100)"}),
        ("ambiguous-region", "地区", "朝阳", {"choices": "朝阳区 (110105), 朝阳市 (211300)"}),
        (
            "unknown-indicator",
            "指标",
            "地区生产总额",
            {"nearest": "地区生产总值 (gdp), 地区生产总值增速 (gdp_growth_real)"},
        ),
        ("duplicate-different", "数值", "1300", {"first": "2", "first_value": "1234.5"}),
        ("cumulative-falls", "数值", "200", {"previous": "2024Q1", "previous_value": "300", "previous_row": "2"}),
        ("unit-contradicts-header", "数值(亿元)", "1", {"first": "万元", "second": "亿元"}),
        ("unit-of-other-dimension", "单位", "万人 10 k persons", {"allowed": "亿元 CNY 100 m"}),
        ("future-period", "时期", "2026年", {"end": "2026-12-31", "today": "2026-11-22"}),
        ("decimal-comma", "数值", "12,5", {"read": "12.5"}),
        ("missing-column", "value", "", {"expected": "数值 value", "found": "地区, 指标, 时期, 单位"}),
        ("periods-side-by-side", "2024Q1", "", {"allowed": "亿元 CNY 100 m"}),
    ],
)
def test_a_problem_says_where_and_what_would_be_right(check, made_up, name, column, value, hint):
    """Column as the file has it, the cell's text, and the holes of the message."""
    first = check(made_up[name]).problems[0]
    assert (first.column, first.value) == (column, value)
    assert {key: first.hint[key] for key in hint} == hint


@pytest.mark.parametrize(
    ("name", "encoding", "separator"),
    [
        ("utf8-bom", "UTF-8", ","),
        ("gb18030", "GB18030", ","),
        ("big5", "Big5", ","),
        ("utf16", "UTF-16", ","),
        ("semicolon", "UTF-8", ";"),
        ("tab", "UTF-8", "\t"),
        ("fullwidth-comma", "UTF-8", "，"),
        ("empty", "", ""),
    ],
)
def test_encoding_and_separator_are_told(check, made_up, name, encoding, separator):
    """A preview can say how the file was read."""
    checked = check(made_up[name])
    assert (checked.encoding, checked.separator) == (encoding, separator)
