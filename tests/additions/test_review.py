"""Rows sent for the tables: every fault found at its place, and what the sound ones would change."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.access import Role, User, owner
from lib.additions.effects import plans_touched
from lib.additions.review import Sent, review
from lib.faults import describe_flaw
from lib.i18n import LANGUAGES, load_texts
from lib.ingest.tabular import parse_tables
from lib.plans import narrow
from lib.schema import TABLES, UPLOADED_TABLES
from lib.store import Store
from lib.tables.demands import demands_of
from lib.verdict.board import build_board
from tests.additions.conftest import EVIDENCE, TODAY, to_sent

# File -> what is wrong with it: code, line, column.
FILES = {
    "evidence": [],
    "evidence-gb18030": [],
    "evidence-bom-semicolons": [],
    "evidence-columns-in-another-order": [],
    "evidence-apostrophe-of-ours": [],
    "evidence-unknown-target": [("code_unknown", 2, "target")],
    "evidence-31-june": [("date_unknown", 2, "date")],
    "evidence-of-tomorrow": [("day_to_come", 2, "date"), ("day_to_come", 2, "published")],
    "evidence-without-source": [("source_missing", 2, "source")],
    "evidence-without-words": [("text_missing", 2, "what_zh")],
    "evidence-for-a-figure": [("needs_no_evidence", 2, "target")],
    "evidence-unknown-stage": [("code_unknown", 2, "stage")],
    "evidence-twice": [("row_repeated", 3, "target")],
    "evidence-column-missing": [("table_columns_missing", 1, "")],
    "evidence-column-unknown": [("table_column_unknown", 1, "remark")],
    "evidence-row-too-long": [("row_too_long", 2, "")],
    "evidence-header-only": [("table_without_rows", 1, "")],
    "plan-without-targets": [("plan_empty", 2, "plan")],
    "plan-code-with-comma": [("code_malformed", 2, "plan"), ("plan_empty", 2, "plan")],
    "target-of-no-plan": [("code_unknown", 2, "plan")],
    "target-text-for-number": [("number_unknown", 2, "value")],
    "target-in-another-unit": [("target_unit_differs", 2, "unit")],
    "target-of-an-event-with-a-number": [("indicator_unfit", 2, "indicator")],
    "target-ends-before-it-starts": [("ends_before_start", 2, "target_period")],
    "target-title-missing": [("text_missing", 2, "title_en")],
    "region-type-unknown": [("code_unknown", 2, "type")],
    "member-unknown": [("code_unknown", 2, "member")],
    "figures-not-a-table": [("table_not_recognised", 0, "")],
    "zip-renamed": [("file_is_archive", 0, "")],
}


@pytest.fixture(name="check", scope="module")
def checker(shipped):
    """Review files against the shipped tables."""
    return lambda *files, user=None: review(files, shipped, today=TODAY, user=user)


def places(found):
    """Each flaw as code, line and column."""
    return [(flaw.problem.code, flaw.problem.row, flaw.problem.column) for flaw in found.flaws]


def test_each_file_has_its_outcome(ROOT):
    """No file in the folder is without an expectation."""
    assert {path.stem for path in (ROOT / "tests/files/tables").iterdir()} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_fault_is_found_at_its_place_and_said_in_words(ROOT, check, name):
    """File, line and column, and a sentence in both languages; a sound file is read whatever its form."""
    raw = (ROOT / f"tests/files/tables/{name}.csv").read_bytes()
    found = check(Sent(f"{name}.csv", raw, parse_tables(raw, frozenset({"沈阳市"}))))
    assert places(found) == FILES[name]
    assert found.ok is not FILES[name] or not found.flaws
    for flaw in found.flaws:
        assert flaw.file == f"{name}.csv"
        assert all(len(describe_flaw(flaw, load_texts(lang))) > 8 for lang in LANGUAGES)
    if found.ok:
        cells = json.loads(found.rows["cells"].iloc[0])
        what = "-虚构（made-up）" if "apostrophe" in name else "虚构（made-up）：第五次领导人会议已举行"
        assert (found.rows["change"].iloc[0], cells["what_zh"]) == ("new", what)


def test_all_problems_of_all_files_come_at_once(check, sent):
    """Nobody mends one file to learn of the next."""
    bad = to_sent("targets", {"target": "MU-1", "plan": "NOWHERE", "kind": "guess"})
    found = check(sent(date="tomorrow"), bad)
    assert {flaw.file for flaw in found.flaws} == {"evidence.csv", "targets.csv"}
    assert ("code_unknown", 2, "kind") in places(found)
    assert not found.ok


def test_a_plan_needs_only_its_rows(check, made_up_plan, shipped):
    """Files that name each other's rows are sound together, and each names the plan it reaches."""
    found = check(*made_up_plan)
    assert found.flaws == []
    assert set(found.rows["change"]) == {"new"}
    assert plans_touched(found.rows, shipped.tables, found.laid.tables) == ["MADE-UP"]


def test_a_row_of_the_tables_that_an_upload_breaks_is_named_where_it_stands(check, shipped):
    """An indicator that changes its unit under a shipped target: the target's own line is pointed out."""
    cells = shipped.rows("indicators")[json.dumps(["gdp"])][0]
    found = check(to_sent("indicators", {**cells, "unit": "10k_cny"}, name="mine.csv"))
    line = shipped.rows("targets")[json.dumps(["SY-4"])][1].row
    assert ("target_unit_differs", line, "unit") in places(found)
    assert {flaw.file for flaw in found.flaws} == {"targets.csv"}


def test_new_changed_and_unchanged_rows_are_told_apart(check, shipped):
    """The shipped evidence sent again with one word changed: one change, and only that is kept."""
    rows = [cells for cells, _ in shipped.rows("evidence").values()]
    changed = {**rows[0], "what_en": "made-up: said otherwise"}
    found = check(to_sent("evidence", changed, *rows[1:], EVIDENCE))
    assert found.rows["change"].value_counts().to_dict() == {"unchanged": len(rows) - 1, "changed": 1, "new": 1}
    assert list(found.to_keep["key"]) == [found.rows["key"].iloc[0], found.rows["key"].iloc[-1]]
    assert json.loads(found.rows["was"].iloc[0]) == rows[0]
    assert check(to_sent("evidence", *rows)).idle


def test_evidence_moves_the_verdict_of_its_commitment(check, sent, shipped, shipped_actuals):
    """The leaders' meeting is overdue; held, it is not."""
    found = check(sent())
    assert plans_touched(found.rows, shipped.tables, found.laid.tables) == ["LMC"]
    before, after = (
        build_board(narrow(tables, "LMC"), shipped_actuals, TODAY).verdicts["LM-4.1.1a"].status
        for tables in (shipped.tables, found.laid.tables)
    )
    assert (before, after) == ("overdue", "on_track")


def test_evidence_in_one_language_is_quoted_in_it(check, sent, shipped_actuals):
    """An office writes in its own language; no page leaves the statement out."""
    found = check(sent(what_en=""))
    verdict = build_board(narrow(found.laid.tables, "LMC"), shipped_actuals, TODAY).verdicts["LM-4.1.1a"]
    assert verdict.evidence[-1].what_en == EVIDENCE["what_zh"]


def test_an_uploader_may_add_evidence_for_own_regions_only(check, sent, shipped):
    """Other tables and other regions are refused line by line; an administrator may all of it."""
    region = shipped.rows("targets")[json.dumps(["LM-4.1.1a"])][0]["region"]
    own, other = (User("office", Role.UPLOADER, frozenset({code})) for code in (region, "210100"))
    assert check(sent(), user=own).ok
    assert places(check(sent(), user=other)) == [("evidence_not_yours", 2, "target")]
    cells = shipped.rows("regions")[json.dumps(["210100"])][0]
    renamed = to_sent("regions", {**cells, "en": "made-up"})
    assert [code for code, *_ in places(check(renamed, user=own))] == ["table_not_yours"]
    assert check(renamed, user=owner("maintainer")).ok


@settings(max_examples=8)
@given(
    raw=st.binary(max_size=300),
    cells=st.lists(st.text(max_size=12), max_size=8),
    table=st.sampled_from(UPLOADED_TABLES),
)
def test_nothing_but_problems_comes_of_anything(shipped, raw, cells, table):
    """Random bytes, and random cells under a table's header, never raise; what is accepted can be judged."""
    header = ",".join(TABLES[table])
    row = ",".join(
        f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in (*cells, *[""] * len(TABLES[table]))[: len(TABLES[table])]
    )
    for content in (raw, f"{header}\n".encode() + raw, f"{header}\n{row}\n".encode("utf-8", "replace")):
        found = review([Sent("made-up.csv", content, parse_tables(content))], shipped, today=TODAY)
        assert found.flaws or len(found.rows)


@settings(max_examples=8)
@given(
    changes=st.fixed_dictionaries(
        {
            "kind": st.sampled_from(
                [
                    "level",
                    "average_growth",
                    "cumulative_change",
                    "relative",
                    "every_period",
                    "direction",
                    "milestone",
                    "recurring",
                ]
            ),
            "operator": st.sampled_from([">=", "<", "increase", "done"]),
            "value": st.sampled_from(["", "0", "-3.5", "11000"]),
            "indicator": st.sampled_from(["gdp", "gdp_growth_real", "urbanization", "one_hour_circle", "coordination"]),
            "unit": st.sampled_from(["100m_cny", "pct", ""]),
            "benchmark": st.sampled_from(["", "000000"]),
            "region": st.sampled_from(["210100", "SY", "000000"]),
            "start_period": st.sampled_from(["2022", "2024Q1", "1999"]),
            "target_period": st.sampled_from(["2024", "2030", "2023Q2"]),
            "every": st.sampled_from(["", "1", "3"]),
            "path": st.sampled_from(["", "linear", "constant_growth", "stated"]),
            "baseline_period": st.sampled_from(["", "2021"]),
            "baseline_value": st.sampled_from(["", "0", "7000"]),
        }
    )
)
def test_what_is_accepted_can_be_judged(shipped, shipped_actuals, changes):
    """No target that passes the checks brings a page down."""
    target = {
        "target": "MU-1", "sentence": "MU-1", "plan": "LNFOR", "subject": "210100", "strength": "reach", "scope": "stated",
        "title_zh": "虚构", "title_en": "made-up", "source": "made-up", **changes,
    }  # fmt: skip
    found = review([to_sent("targets", target)], shipped, today=TODAY)
    if found.ok:
        build_board(narrow(found.laid.tables, "LNFOR"), shipped_actuals, TODAY)


@pytest.mark.parametrize("table", UPLOADED_TABLES)
def test_each_column_says_what_it_holds(table):
    """In the table's order, keys needed, every kind worded in both languages."""
    demands = demands_of(table)
    assert [item.column for item in demands] == list(TABLES[table])
    for lang in LANGUAGES:
        assert all(load_texts(lang)(f"demand.{item.kind}", of=item.of) for item in demands)
        assert {f"table.{table}", f"table_note.{table}"} <= set(load_texts(lang).entries)


def test_a_store_of_figures_takes_no_additions(tmp_path, check, sent):
    """Rows of one kind never enter the store of the other."""
    with pytest.raises(KeyError):
        Store(tmp_path).append(pd.DataFrame(check(sent()).to_keep), b"x", name="x", user=owner("u"))
