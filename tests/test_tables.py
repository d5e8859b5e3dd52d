"""The shipped tables hold together, and each kind of fault in a table is found and placed."""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import replace

import pytest

from lib import tables as lib_tables
from lib.access import Role, Rule
from lib.faults import describe_table_problem
from lib.i18n import LANGUAGES, load_texts
from lib.schema import CLOSED_LISTS, TABLES, DataError, Problem
from lib.tables import check, check_rules, check_tables, fingerprint, read_rules, read_tables, shipped_files


@pytest.fixture(scope="module", name="tables")
def read(ROOT):
    """The shipped tables."""
    return read_tables(ROOT / "data")


def faults(tables, table, row, **cells):
    """The problems found once cells of one row are overwritten, as (code, line, column, value)."""
    frame = getattr(tables, table).copy()
    for column, value in cells.items():
        frame[column] = frame[column].astype("object")
        frame.loc[row, column] = value
    problems = check_tables(replace(tables, **{table: frame}))
    return [(problem.code, problem.row, problem.column, problem.value) for problem in problems]


def row_of(tables, target):
    """The position of a target's row."""
    return tables.targets.index[tables.targets["target"] == target][0]


def test_the_shipped_tables_are_sound(tables):
    """Nothing is wrong between the tables that ship."""
    assert check_tables(tables) == []


@pytest.mark.parametrize(
    ("table", "column"),
    [("plans", "plan"), ("targets", "target"), ("indicators", "indicator"), ("regions", "region"), ("units", "unit")],
)
def test_a_blank_key_is_found(tables, table, column):
    """A row without its key is named by table, column and line of the file."""
    assert ("key_not_unique", 2, f"{table}.{column}", "") in faults(tables, table, 0, **{column: ""})


@pytest.mark.parametrize(
    ("table", "column"),
    [("targets", "target"), ("indicators", "indicator"), ("regions", "region"), ("units", "unit")],
)
def test_a_duplicate_key_is_found(tables, table, column):
    """A key used twice is named at its second line."""
    first = str(getattr(tables, table)[column].iloc[0])
    assert ("key_not_unique", 3, f"{table}.{column}", first) in faults(tables, table, 1, **{column: first})


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("targets", "plan"),
        ("targets", "region"),
        ("targets", "subject"),
        ("targets", "benchmark"),
        ("targets", "indicator"),
        ("memberships", "region"),
        ("memberships", "member"),
        ("breaks", "indicator"),
        ("breaks", "region"),
        ("evidence", "target"),
        ("indicators", "unit"),
        ("indicators", "numerator"),
        ("indicators", "growth_indicator"),
        ("regions", "parent"),
        *CLOSED_LISTS,
    ],
)
def test_an_unknown_code_is_found(tables, table, column):
    """A code that no table or list knows is named with its place."""
    assert ("code_unknown", 2, f"{table}.{column}", "nowhere") in faults(tables, table, 0, **{column: "nowhere"})


def test_a_blank_code_is_refused_only_where_it_means_nothing(tables):
    """A break without a region holds for all; a target without a region is a fault."""
    assert faults(tables, "breaks", 0, region="") == []
    assert ("code_unknown", 2, "targets.region", "") in faults(tables, "targets", 0, region="")


@pytest.mark.parametrize("target", ["SY-4", "WL-3", "EL-5"])
def test_a_missing_value_is_found(tables, target):
    """A target that asks for a number needs one."""
    row = row_of(tables, target)
    assert ("target_value_missing", row + 2, "targets.value") in [
        fault[:3] for fault in faults(tables, "targets", row, value=float("nan"))
    ]


def test_a_missing_benchmark_is_found(tables):
    """A target relative to something names what."""
    row = row_of(tables, "WL-2")
    assert faults(tables, "targets", row, benchmark="") == [("benchmark_missing", row + 2, "targets.benchmark", "")]


def test_a_level_in_another_unit_is_found(tables):
    """A level is stated in its indicator's own unit, or it would be compared across units."""
    row = row_of(tables, "SY-4")
    assert faults(tables, "targets", row, unit="10k_cny") == [
        ("target_unit_differs", row + 2, "targets.unit", "10k_cny")
    ]


@pytest.mark.parametrize(
    ("target", "changes", "code", "column"),
    [
        ("SY-4", {"kind": "relative", "benchmark": "210000"}, "kind_needs_growth", "kind"),
        ("SY-3", {"kind": "average_growth"}, "kind_needs_growth", "kind"),
        ("SY-4", {"target_period": "2024Q2"}, "target_not_a_year", "target_period"),
        ("SY-1", {"every": "8"}, "every_too_long", "every"),
    ],
)
def test_a_target_that_its_rule_cannot_judge_is_found(tables, target, changes, code, column):
    """Growth kinds need published growth, figures whole years, and what recurs a plan that is long enough."""
    row = row_of(tables, target)
    assert (code, row + 2, f"targets.{column}") in [fault[:3] for fault in faults(tables, "targets", row, **changes)]


@pytest.mark.parametrize("period", ["2024Q5", "", "2024年", "end of 2024", "0000", "٢٠٢٤"])
def test_a_bad_target_period_is_found(tables, period):
    """A deadline is a canonical period."""
    assert ("period_unknown", 2, "targets.target_period", period) in faults(tables, "targets", 0, target_period=period)


@pytest.mark.parametrize("period", ["2022Q5", "", "2022年"])
def test_a_bad_start_period_is_found(tables, period):
    """The first period of a target is canonical too, since every rule counts from it."""
    assert ("period_unknown", 2, "targets.start_period", period) in faults(tables, "targets", 0, start_period=period)


def test_a_bad_period_of_a_break_is_found(tables):
    """A break stands at a canonical period, or the series it splits could not be read."""
    assert ("period_unknown", 2, "breaks.period", "2024年") in faults(tables, "breaks", 0, period="2024年")


@pytest.mark.parametrize("date", ["2025-13-01", "", "December 2025", "2025/12/03"])
def test_a_bad_date_of_evidence_is_found(tables, date):
    """Evidence is dated by a real day."""
    assert faults(tables, "evidence", 0, date=date) == [("date_unknown", 2, "evidence.date", date)]


def test_a_bad_publication_date_of_evidence_is_found(tables):
    """The day from which evidence is known is a real day as well."""
    assert ("date_unknown", 2, "evidence.published", "2025-13-01") in faults(
        tables, "evidence", 0, published="2025-13-01"
    )


@pytest.mark.parametrize(
    ("target", "operator"), [("SY-4", "increase"), ("EL-5", "done"), ("EL-4", ">="), ("SY-1", "<")]
)
def test_an_operator_that_does_not_fit_its_kind_is_found(tables, target, operator):
    """A level cannot merely increase and a milestone has no bound: the rule would have nothing to test."""
    row = row_of(tables, target)
    assert (row + 2, "targets.operator") in [fault[1:3] for fault in faults(tables, "targets", row, operator=operator)]


def test_a_missing_source_is_found(tables):
    """No target stands without a source."""
    assert faults(tables, "targets", 0, source="") == [("source_missing", 2, "targets.source", "")]


def table_codes():
    """Every code that the checks can give: the last argument of each call that makes problems of lines."""
    calls = [node for node in ast.walk(ast.parse(inspect.getsource(check))) if isinstance(node, ast.Call)]
    makers = [call for call in calls if ast.unparse(call.func) in {"find_lines", "Problem"}]
    given = [call.args[-1] if ast.unparse(call.func) == "find_lines" else call.args[0] for call in makers]
    return {node.value for node in given if isinstance(node, ast.Constant)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_fault_of_a_table_has_words(lang):
    """File, line and column, then what is wrong: a sentence, not a code."""
    codes = table_codes()
    assert {"key_not_unique", "code_unknown", "date_unknown"} <= codes
    for code in codes:
        found = Problem(code, 7, "targets.region", "nowhere", {"columns": "target, date"})
        text = describe_table_problem(found, load_texts(lang))
        assert all(part in text for part in ("targets.csv", "7", "region"))
        assert not re.search(r"[{}]|" + code, text)


@pytest.mark.parametrize("name", [*TABLES, "headers"])
def test_a_missing_file_raises(data_dir, name):
    """A table that is not there is named."""
    (data_dir / f"{name}.csv").unlink()
    with pytest.raises(DataError) as caught:
        read_tables(data_dir)
    assert (caught.value.code, caught.value.hint["table"]) == ("table_unreadable", f"{name}.csv")


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00plan", b'plan,title_zh\n"open'])
def test_an_unreadable_file_raises(data_dir, content):
    """An empty file, or one that is no table in UTF-8, is named rather than raised as the reader's own error."""
    (data_dir / "plans.csv").write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_tables(data_dir)
    assert caught.value.hint["table"] == "plans.csv"


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_column_raises(data_dir, name):
    """A table that lacks a column is named with that column."""
    path = data_dir / f"{name}.csv"
    column = TABLES[name][-1]
    header, rest = path.read_text(encoding="utf-8-sig").split("\n", 1)
    path.write_text(header.replace(column, "renamed") + "\n" + rest, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_tables(data_dir)
    assert (caught.value.code, caught.value.hint) == ("table_column_missing", {"table": path.name, "columns": column})


def test_numbers_are_numbers_and_text_is_text(tables):
    """Codes such as 000000 keep their zeros, and a blank cell is blank text or a missing number."""
    assert "000000" in set(tables.regions["region"])
    assert tables.targets["value"].dtype == "float64"
    assert tables.targets.loc[row_of(tables, "SY-1"), "benchmark"] == ""
    assert tables.targets["value"].isna().loc[row_of(tables, "SY-1")]


def test_a_changed_file_changes_the_fingerprint(data_dir):
    """The name of the tables' state changes with any of its files."""
    before = fingerprint(data_dir)
    (data_dir / "breaks.csv").write_bytes((data_dir / "breaks.csv").read_bytes() + b"\n")
    assert fingerprint(data_dir) != before


def test_the_environment_names_the_folder(data_dir):
    """The tracker reads where TRACKER_DATA points."""
    assert lib_tables.data_dir() == data_dir


def test_shipped_files_come_in_a_fixed_order(ROOT):
    """The figures enter the store in the same order everywhere."""
    assert list(shipped_files(ROOT / "data")) == ["gdp.csv", "other.csv", "plan_note.csv"]


def test_without_a_table_of_roles_nobody_has_a_right(tables, tmp_path):
    """What is not shipped is not missed."""
    assert (check_rules(tmp_path, tables), read_rules(tmp_path, tables)) == ([], ())


def test_the_example_of_roles_is_sound(ROOT, tables, tmp_path):
    """A maintainer who copies it has a table that is read."""
    (tmp_path / "roles.csv").write_bytes((ROOT / "data/roles.example.csv").read_bytes())
    assert check_rules(tmp_path, tables) == []
    first, *_, last = read_rules(tmp_path, tables)
    assert first == Rule("office@shenyang.example", Role.UPLOADER, frozenset({"210100"}))
    assert last.role is Role.ADMINISTRATOR


@pytest.mark.parametrize("lang", LANGUAGES)
def test_unsound_roles_are_refused_whole_and_named(tables, tmp_path, lang):
    """One fault and nobody has a right; each fault has its words."""
    lines = ["who,role,regions", "*,uploader,999999", "*,readers,", "nobody,administrator,210100"]
    (tmp_path / "roles.csv").write_text("\n".join(lines), encoding="utf-8")
    problems = check_rules(tmp_path, tables)
    assert [problem.row for problem in problems] == [2, 3, 3, 4, 4]
    assert all("roles.csv" in describe_table_problem(problem, load_texts(lang)) for problem in problems)
    with pytest.raises(DataError) as refused:
        read_rules(tmp_path, tables)
    assert (refused.value.code, refused.value.hint["first"]) == ("roles_unsound", "roles.regions:2")


def test_a_table_of_roles_without_its_columns_is_refused(tables, tmp_path):
    """A header misspelt is no table of roles."""
    (tmp_path / "roles.csv").write_text("mail,role,regions\n", encoding="utf-8")
    with pytest.raises(DataError) as refused:
        read_rules(tmp_path, tables)
    assert refused.value.code == "table_column_missing"
