"""Codes, their holes, their wording in both languages and the header's aliases fit together."""

from __future__ import annotations

import pandas as pd
import pytest

from lib.ingest.layout import TEMPLATE_HEADER, Columns
from lib.ingest.problems import PROBLEM_CODES, WARNINGS, problem
from lib.ingest.text import fold
from lib.ingest.told import COLUMNS, IGNORE, Told
from lib.schema import ACTUAL_COLUMNS

# Raised only by files too large to keep; tests/ingest/test_rows.py and test_workbooks.py make them.
OF_LARGE_FILES = {"file_too_large", "too_many_rows", "too_many_columns", "field_too_long", "workbook_too_large"}
# Raised where the checking itself reaches a limit; tests/sandbox makes it.
OF_LIMITS = {"check_took_too_long", "check_ran_out", "check_broke_off"}
# Raised by rows for the tables; tests/additions/test_review.py and tests/ingest/test_tabular.py make them.
OF_TABLES = {
    "table_not_recognised", "table_columns_missing", "table_column_unknown", "table_without_rows", "cell_too_long",
}  # fmt: skip


def test_every_code_is_raised_by_a_tiny_file(check, made_up, as_they_come):
    """A code no file can raise would be a promise nobody keeps."""
    held = check(made_up["utf8"]).rows
    files = [*made_up.values(), *as_they_come.values()]
    raised = {item.code for raw in files for item in check(raw, known=held).problems}
    told = Told(columns={"联系人": IGNORE}, regions={"合计": IGNORE})
    for raw in (made_up["value-called-otherwise"], as_they_come["wide-heading-unknown"]):
        raised |= {item.code for item in check(raw, told=told).problems}
    assert raised | OF_LARGE_FILES | OF_LIMITS | OF_TABLES == set(PROBLEM_CODES)


def test_hints_and_severity_follow_the_list(check, made_up, as_they_come):
    """Each problem carries exactly the hints of its code, as text."""
    for raw in [*made_up.values(), *as_they_come.values()]:
        for item in check(raw).problems:
            assert set(item.hint) == set(PROBLEM_CODES[item.code])
            assert all(isinstance(part, str) and part for part in item.hint.values()), item
            assert item.severity == ("warning" if item.code in WARNINGS else "error")


def test_an_unlisted_hint_is_a_mistake_of_ours():
    """Caught where it is made."""
    with pytest.raises(KeyError):
        problem("file_empty", size=1)


def test_headers_are_unambiguous(ROOT):
    """One alias means one column; every column has aliases; the template's header is read back as it is."""
    table = pd.read_csv(ROOT / "data/headers.csv", dtype=str, keep_default_na=False)
    meanings = table.assign(folded=table["alias"].map(fold)).groupby("folded")["column"].nunique()
    assert meanings.max() == 1
    assert tuple(dict.fromkeys(table["column"])) == COLUMNS
    columns = Columns({fold(row.alias): row.column for row in table.itertuples()}, {})
    for header in TEMPLATE_HEADER.values():
        assert tuple(columns.find(cell)[0] for cell in header) == ACTUAL_COLUMNS
