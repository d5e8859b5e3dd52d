"""The tables of plans, regions, indicators and whatever else is no figure: read, and checked that they hold together."""

from lib.tables.check import Tables, check_keys, check_numbers, check_tables, to_tables
from lib.tables.read import (
    ROOT,
    check_rules,
    data_dir,
    example_files,
    fingerprint,
    hold_sound,
    read_boundaries,
    read_rules,
    read_sound_tables,
    read_table,
    read_tables,
    read_texts,
    rows_of,
    shipped_files,
)

__all__ = [
    "ROOT",
    "Tables",
    "check_keys",
    "check_numbers",
    "check_rules",
    "check_tables",
    "data_dir",
    "example_files",
    "fingerprint",
    "hold_sound",
    "read_boundaries",
    "read_rules",
    "read_sound_tables",
    "read_table",
    "read_tables",
    "read_texts",
    "rows_of",
    "shipped_files",
    "to_tables",
]
