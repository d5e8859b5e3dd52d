"""Every problem an upload can have: its code, the holes of its message, and whether it stops the upload."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lib.schema import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

# Code -> hint keys. A message may also use {row}, {column} and {value}.
PROBLEM_CODES: Final[dict[str, tuple[str, ...]]] = {
    # the checking itself, where it has limits of memory and time
    "check_took_too_long": ("limit",),
    "check_ran_out": ("limit",),
    "check_broke_off": (),
    # the file
    "file_empty": (),
    "file_too_large": ("size", "limit"),
    "file_is_spreadsheet": ("kind",),
    "file_is_archive": ("kind",),
    "file_not_csv": ("kind",),
    "encoding_unknown": (),
    "encoding_unsupported": ("encoding",),
    "encoding_broken": ("encoding",),
    "encoding_guessed": ("encoding",),
    "encoding_garbled": ("seen", "meant"),
    "control_character": ("character",),
    # a workbook
    "file_encrypted": ("kind",),
    "workbook_broken": (),
    "workbook_too_large": ("found", "limit"),
    "sheets_skipped": ("sheets",),
    "formula_uncalculated": ("count", "cells"),
    # its shape
    "header_not_found": ("expected",),
    "header_blank": ("position",),
    "header_duplicate": ("first", "meaning"),
    "header_repeated": (),
    "column_missing": ("expected", "found"),
    "column_unknown": (),
    "column_ignored": (),
    "too_many_columns": ("count", "limit"),
    "too_many_rows": ("limit",),
    "wide_region_missing": ("columns",),
    "wide_indicator_missing": ("columns",),
    "wide_period_missing": ("columns",),
    "wide_unit_missing": ("indicator", "allowed"),
    "wide_conflict": ("first", "second"),
    "growth_without_level": (),
    "growth_not_tracked": ("indicator",),
    "growth_averaged": (),
    "registered_not_resident": (),
    "lines_skipped": ("count", "text"),
    "lines_ignored": ("count", "rows"),
    "notes_skipped": ("count", "text"),
    "separators_surplus": ("count",),
    "row_too_long": ("expected", "found"),
    "row_too_short": ("expected", "found"),
    "quotes_odd": (),
    "quote_unclosed": (),
    "quote_misplaced": (),
    "field_too_long": ("limit",),
    "no_rows": (),
    # a file of rows for the tracker's own tables
    "table_not_recognised": ("tables",),
    "table_columns_missing": ("table", "missing"),
    "table_column_unknown": ("table", "allowed"),
    "table_without_rows": (),
    "cell_too_long": ("limit", "found"),
    # names
    "region_missing": (),
    "region_unknown": ("nearest",),
    "region_not_listed": (),
    "region_ambiguous": ("choices",),
    "code_and_name_differ": ("stated", "name"),
    "indicator_missing": (),
    "indicator_unknown": ("nearest",),
    "indicator_not_listed": (),
    "indicator_ambiguous": ("choices",),
    "indicator_not_measured": ("indicator",),
    # spans
    "period_missing": (),
    "period_unreadable": (),
    "period_is_a_day": (),
    "period_not_closed": (),
    "period_part_blank": (),
    "period_parts_differ": (),
    "period_future": ("end", "today"),
    "basis_unknown": ("allowed",),
    "basis_mismatch": ("period", "allowed"),
    "basis_unclear": ("allowed",),
    "basis_adjusted": ("read",),
    "basis_assumed": ("indicator", "count", "rows"),
    # figures
    "not_reported": (),
    "not_a_number": (),
    "number_decimal_comma": ("read",),
    "number_too_large": (),
    "number_reformatted": ("read",),
    "unit_missing": ("allowed",),
    "unit_unknown": ("allowed",),
    "unit_conflict": ("first", "second"),
    "unit_dimension": ("indicator", "allowed"),
    "out_of_range": ("indicator", "allowed", "unit", "read"),
    # what a figure comes with
    "status_unknown": ("allowed",),
    "qualifier_unknown": ("allowed",),
    "published_unreadable": (),
    "published_future": ("today",),
    "published_before_period": ("period", "end"),
    "source_missing": ("count", "rows"),
    "link_unusable": (),
    # rows against each other
    "duplicate_same": ("first",),
    "duplicate_different": ("first", "first_value"),
    "cumulative_falls": ("period", "previous", "previous_value", "previous_row"),
    "quarters_not_cumulative": ("indicator", "year", "first", "third"),
    "magnitude_jump": ("period", "known", "unit", "ratio", "likely"),
    "share_as_fraction": ("read", "meant", "typical"),
    # figures against other figures, of the file or held already
    "block_copied": ("region", "period", "other_region", "other_period", "count", "rows"),
    "growth_differs": ("indicator", "period", "previous", "previous_value", "level", "growth", "change", "difference"),
    "sectors_do_not_add": ("region", "period", "total", "sum", "difference"),
    "cities_do_not_add": ("region", "indicator", "period", "total", "sum", "difference"),
    "revision_unmarked": ("known", "unit", "allowed"),
    "history_jump": ("indicator", "region", "previous", "known", "unit", "change", "largest", "count"),
}

WARNINGS: Final = frozenset({
    "sheets_skipped", "formula_uncalculated", "growth_not_tracked", "notes_skipped", "encoding_guessed", "quotes_odd",
    "header_repeated", "column_unknown", "column_ignored", "lines_ignored", "lines_skipped", "separators_surplus",
    "basis_adjusted", "basis_assumed",
    "not_reported", "number_reformatted", "source_missing", "cumulative_falls", "quarters_not_cumulative",
    "magnitude_jump", "share_as_fraction", "block_copied", "growth_differs", "sectors_do_not_add", "cities_do_not_add",
    "revision_unmarked", "history_jump",
})  # fmt: skip

# Errors that concern the lines they name and no other: without those lines the rest of the file stands.
LINE_ERRORS: Final = frozenset({
    "row_too_long", "row_too_short", "region_missing", "region_unknown", "region_not_listed", "region_ambiguous",
    "indicator_missing", "indicator_unknown", "indicator_not_listed", "indicator_ambiguous", "indicator_not_measured",
    "period_missing", "period_unreadable", "period_part_blank", "period_parts_differ",
    "period_future", "period_is_a_day", "period_not_closed", "code_and_name_differ", "basis_unknown", "basis_mismatch",
    "basis_unclear", "not_a_number", "number_decimal_comma", "number_too_large", "unit_missing", "unit_unknown", "unit_conflict",
    "unit_dimension", "out_of_range", "status_unknown", "qualifier_unknown", "published_unreadable", "published_future",
    "published_before_period", "link_unusable", "duplicate_same", "duplicate_different",
})  # fmt: skip

_SHOWN = 80


def shorten(text: str) -> str:
    """Text as a message may carry it: one line, at most 80 characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1] + "…"


def problem(code: str, *, row: int = 0, column: str = "", value: str = "", **hint: object) -> Problem:
    """Build a problem of a listed code, its hints as keywords."""
    return build(code, row, column, value, hint)


def build(code: str, row: int, column: str, value: str, hint: Mapping[str, object], fix: str = "") -> Problem:
    """Build a problem of a listed code, with exactly the hints listed for it."""
    if set(hint) != set(PROBLEM_CODES[code]):
        raise KeyError(code, sorted(hint))
    severity = "warning" if code in WARNINGS else "error"
    texts = {key: str(part) for key, part in hint.items()}
    return Problem(code, row, shorten(column), shorten(value), texts, severity, fix)


def list_rows(rows: list[int], most: int = 5) -> str:
    """Line numbers for a message: "3, 4, 9", the first few of many."""
    shown = ", ".join(str(row) for row in rows[:most])
    return shown if len(rows) <= most else shown + " …"
