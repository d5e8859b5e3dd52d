"""The audit trail and the difference of two points on the command line. All uploads are made up."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.usefixtures("data_dir")
HEADER = "region,indicator,period,basis,value,unit,status,published,source\n"


@pytest.fixture(name="revised")
def keep_and_undo(run, tmp_path):
    """Entry 4 revises Shenyang's GDP of 2024 so that the target is met, entry 5 withdraws it."""
    path = tmp_path / "revision-made-up.csv"
    path.write_text(f"{HEADER}210100,gdp,2024,annual,10100,亿元,revised,2026-11-01,made up\n", encoding="utf-8")
    assert run("import", path, "--user", "officer")[0] == 0
    upload = json.loads(run("history", "--json")[1])[0]["upload"]
    assert run("undo", upload, "--user", "head")[0] == 0
    return upload


def test_history_and_difference_tell_the_same_story(run, revised):
    """Who uploaded and who withdrew, the value before and after, the verdict that moved and back again, and replay."""
    undo, upload, *shipped = json.loads(run("history", "--json")[1])
    assert (undo["entry"], undo["action"], undo["user"], undo["withdraws"]) == (5, "undo", "head", 4)
    assert (upload["upload"], upload["in_use"], upload["withdrawn_by"]["user"]) == (revised, False, "head")
    assert (upload["regions"], upload["periods"], upload["rows"]) == (["210100"], ["2024"], 1)
    assert upload["at"].endswith("+08:00")
    assert {line["user"] for line in shipped} == {"shipped"}
    assert len(run("history")[1].splitlines()) == 5
    there, back = (json.loads(run("diff", *points, "--json")[1]) for points in ((3, 4), (4, 5)))
    assert [(row["change"], row["old_value"], row["new_value"]) for row in there["figures"]] == [
        ("revised", 9027.1, 10100.0)
    ]
    moves = [(move["target"], move["old"], move["new"], move["cause"]) for move in there["verdicts"]]
    assert moves == [("SY-4", "missed", "achieved", "revision")]
    assert [(row["old_value"], row["new_value"]) for row in back["figures"]] == [(10100.0, 9027.1)]
    assert [(move["new"], move["cause"]) for move in back["verdicts"]] == [("missed", "withdrawn")]
    assert run("diff", 3, 5, "--lang", "zh") == (0, "两个时点之间没有差异。\n", "")
    held = json.loads(run("status", "--json", "--entry", 4)[1])
    assert {(item["status"], item["entry"]) for item in held if item["target"] == "SY-4"} == {("achieved", 4)}


def test_a_difference_of_two_days_reads_as_sentences(run):
    """Days compare what had been published by them; each line names figure, before and after."""
    code, out, _ = run("diff", "2025-06-30", "2026-02-01")
    assert code == 0
    assert "0 withdrawn" in out.splitlines()[0]
    assert "CO-4   Missed → Achieved late Reached afterwards: CNY 1,000.2 bn (2025)." in out.splitlines()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("diff", "9", "1"), "“9” is no point in time. Give the number of an entry (0 to 3)"),
        (("diff", "1", "2999-01-01"), "“2999-01-01” is no point in time."),
        (("status", "--entry", "9"), "There is no entry 9. The newest is 3."),
    ],
)
def test_a_point_to_come_fails_in_words(run, arguments, message):
    """It says so and what would be right."""
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert err.startswith(message)
