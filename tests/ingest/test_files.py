"""Every tiny file has its outcome: what is accepted, with which figures, and what is refused, on which line."""

from __future__ import annotations

import pytest

A, B = 1234.5, 2345.6

# File -> figures accepted, problems as "line code".
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
    "fullwidth-digits": ([A], ["2 number_reformatted"]),
    "unicode-minus": ([-1.5], []),
    "parentheses-negative": ([-1.5], ["2 number_reformatted"]),
    "scientific": ([A], ["2 number_reformatted"]),
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
    "period-spellings": ([100, 200, 300, 400], ["2 basis_assumed"]),
    "basis-assumed": ([100, 200], ["2 basis_assumed"]),
    "population-point": ([900], []),
    "year-called-cumulative": ([A], ["2 basis_adjusted"]),
    "revision": ([A, 1240], []),
    "not-reported": ([A], ["3 not_reported", "4 not_reported", "5 not_reported", "6 not_reported"]),
    "zero": ([0], []),
    "trailing-separators": ([A, B], ["2 separators_surplus"]),
    "unknown-column": ([A, B], ["1 column_unknown"]),
    "header-repeated": ([A, B], ["3 header_repeated"]),
    "source-missing": ([A], ["2 source_missing"]),
    "cumulative-falls": ([300, 200], ["3 cumulative_falls"]),
    "magnitude-jump": ([1000, 11_000_000, 1150, A], ["3 magnitude_jump"]),
    "share-as-fraction": ([84.9, 85.1, 0.8555], ["4 share_as_fraction"]),
    "formula-and-script": ([A], []),
    "block-copied-period": ([A, 5.2, 7.1] * 2, ["5 block_copied"]),
    "block-copied-region": ([A, 5.2, 7.1] * 2, ["5 block_copied"]),
    "growth-differs": ([1000, 1100, 5], ["3 growth_differs"]),
    "sectors-do-not-add": ([1000, 100, 400, 490], ["2 sectors_do_not_add"]),
    "cities-do-not-add": ([100, 110, 120, 130, 140, 150, 800], ["8 cities_do_not_add"]),
    "revision-unmarked": ([1200, B], []),
    "history-jump": ([50, 50.5, 51, 51.5, 59], ["6 history_jump"]),
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
    "missing-column": ([], ["1 column_missing"]),
    "duplicate-header": ([], ["1 header_duplicate"]),
    "blank-header": ([1], ["1 header_blank"]),
    "periods-side-by-side": ([], ["2 unit_missing", "2 unit_missing"]),
    "unclosed-quote": ([A], ["3 quote_unclosed"]),
    "text-after-quote": ([A], ["3 quote_misplaced"]),
    "quoted-newline": ([A], ["4 not_a_number"]),
    "row-too-long": ([A], ["3 row_too_long"]),
    "row-too-short": ([A], ["3 row_too_short"]),
    "all-rows-too-long": ([], ["2 row_too_long", "3 row_too_long"]),
    "unknown-region": ([], ["2 region_unknown", "3 region_not_listed", "4 region_missing"]),
    "region-called-na": ([], ["2 region_not_listed", "3 region_not_listed"]),
    "ambiguous-region": ([], ["2 region_ambiguous"]),
    "unknown-indicator": ([], ["2 indicator_unknown", "3 indicator_not_listed", "4 indicator_missing"]),
    "ambiguous-indicator": ([], ["2 indicator_ambiguous"]),
    "event-indicator": ([], ["2 indicator_not_measured"]),
    "unknown-period": ([], ["2 period_unreadable", "3 period_unreadable", "4 period_unreadable", "5 period_missing"]),
    "future-period": ([], ["2 period_future", "3 period_future"]),
    "basis-unknown": ([], ["2 basis_unknown"]),
    "basis-mismatch": ([], ["2 basis_mismatch", "3 basis_mismatch", "4 basis_mismatch", "5 basis_mismatch"]),
    "second-half": ([], ["2 basis_unclear"]),
    "text-for-number": ([], ["2 not_a_number", "3 not_a_number", "4 not_a_number", "5 not_a_number"]),
    "not-finite": ([], ["2 not_a_number", "3 not_a_number", "4 number_too_large", "5 number_too_large"]),
    "decimal-comma": ([], ["2 number_decimal_comma", "3 number_decimal_comma", "4 number_decimal_comma"]),
    "decimal-comma-semicolon": ([], ["2 number_decimal_comma"]),
    "share-850": ([], ["2 out_of_range"]),
    "negative-money": ([], ["2 out_of_range", "3 out_of_range"]),
    "unit-missing": ([], ["2 unit_missing"]),
    "unit-unknown": ([], ["2 unit_unknown"]),
    "unit-of-other-dimension": ([], ["2 unit_dimension", "3 unit_dimension"]),
    "unit-contradicts-header": ([], ["2 unit_conflict"]),
    "unit-conflict-in-cell": ([], ["2 unit_conflict"]),
    "unknown-status": ([], ["2 status_unknown"]),
    "bad-qualifier": ([], ["2 qualifier_unknown"]),
    "bad-published": ([], ["2 published_unreadable", "3 published_unreadable", "4 published_future"]),
    "published-before-period": ([B, 600], ["2 published_before_period", "3 published_before_period"]),
    "bad-link": ([], ["2 link_unusable"]),
    "certain-fixes": (
        [],
        [
            "2 region_not_listed",
            "2 number_reformatted",
            "2 published_unreadable",
            "3 region_unknown",
            "3 basis_adjusted",
            "3 number_decimal_comma",
        ],
    ),
    "duplicate-same": ([A, A, A], ["4 duplicate_same"]),
    "duplicate-different": ([A, 1300, A], ["3 duplicate_different"]),
    "many-faults": (
        [],
        [
            "2 region_unknown",
            "2 period_unreadable",
            "2 not_a_number",
            "2 unit_unknown",
            "2 status_unknown",
            "2 published_unreadable",
            "3 not_a_number",
        ],
    ),
}


@pytest.mark.parametrize(("name", "outcome"), [*ACCEPTED.items(), *REFUSED.items()])
def test_a_file_has_its_outcome(check, made_up, name, outcome):
    """The figures accepted and the problems found are exactly those of the table."""
    checked = check(made_up[name])
    assert (checked.rows["value"].tolist(), [f"{item.row} {item.code}" for item in checked.problems]) == outcome
    assert checked.ok == (name in ACCEPTED)


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
