"""Rows for the tables from a terminal: told from figures by their header, checked, kept, taken back."""

from __future__ import annotations

import json

import pytest

from lib.store import open_additions
from tests.additions.conftest import EVIDENCE, to_sent
from tests.made_up_plan import PLAN, ROWS

pytestmark = pytest.mark.usefixtures("data_dir")


@pytest.fixture(name="files")
def written(tmp_path):
    """The made-up plan as files."""
    paths = []
    for table, rows in ROWS.items():
        paths.append(tmp_path / f"{table}.csv")
        paths[-1].write_bytes(to_sent(table, *rows).raw)
    return paths


def test_a_plan_is_checked_kept_shown_and_taken_back(run, files, data_dir):
    """The exit code says whether all is sound; a plan alone is not."""
    assert run("check", *files)[0] == 0
    code, out, _ = run("check", files[0])
    assert (code, "no target names the plan “MADE-UP”" in out) == (1, True)
    assert run("import", "--user", "李", *files)[0] == 0
    assert "MU-1" in run("status", "--plan", PLAN)[1]
    assert "nothing to keep" in run("import", "--user", "李", *files)[2]
    [entry] = open_additions(data_dir).history()
    assert run("undo", entry.upload, "--user", "李")[0] == 0
    told = json.loads(run("history", "--tables", "--json")[1])
    assert [(line["action"], line["user"], line["tables"]["targets"]) for line in told] == [
        ("undo", "李", 2),
        ("append", "李", 2),
    ]
    assert "李 withdrew entry 1" in run("history", "--tables")[1]
    assert run("status", "--plan", PLAN)[0] == 1


def test_problems_as_json_have_the_shape_of_those_with_figures(run, tmp_path):
    """Place, code, words and cure, and beside them the file and the table."""
    path = tmp_path / "mine.csv"
    path.write_bytes(to_sent("evidence", {**EVIDENCE, "stage": "held"}).raw)
    code, out, _ = run("check", path, "--json")
    told = json.loads(out)
    [found] = told["problems"]
    assert (code, found["file"], found["table"], found["row"], found["column"]) == (
        1,
        "mine.csv",
        "evidence",
        2,
        "stage",
    )
    assert set(found) == {"severity", "code", "row", "column", "value", "message", "fix", "file", "table"}
    assert [(row["change"], row["cells"]["target"]) for row in told["rows"]] == [("new", "LM-4.1.1a")]


def test_figures_come_one_file_at_a_time(run, tmp_path):
    """Several are refused in words."""
    path = tmp_path / "figures.csv"
    path.write_text("region,indicator,period,value\n210100,gdp,2025,1\n", encoding="utf-8")
    code, _, err = run("check", path, path)
    assert (code, "one file at a time" in err) == (1, True)
