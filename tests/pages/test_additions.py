"""The page that adds to the tables: faults in words, preview, confirmation, the plan in the switcher, undo, history."""

from __future__ import annotations

import pytest

from lib.store import open_additions
from tests.additions.conftest import EVIDENCE, to_sent
from tests.made_up_plan import PLAN, ROWS

HOSTILE = "<script>alert(1)</script> [x](http://x.example) **b** $a$ =1+1 made-up"


@pytest.fixture
def send(visit, data_dir):
    """Open the tab and choose files."""

    def run(*files, lang="en"):
        visitor = visit("upload", lang, data_dir, what="tables")
        assert not visitor.exception
        chosen = [(item.name, item.raw, "text/csv") for item in files]
        return visitor.file_uploader[0].set_value(chosen).run()

    return run


def confirm(visitor):
    """Fill in the name and keep the rows."""
    visitor.text_input(key="upload-user").input("省发展改革委").run()
    return visitor.button(key="confirm-tables").click().run()


def plans_in(visitor):
    """What the switcher offers."""
    return visitor.selectbox(key="choice-plan").options


def test_a_plan_is_uploaded_seen_and_taken_back(send, visit, said, data_dir):
    """From the files to the switcher of every visitor, the history, and back; names that would run stay text."""
    plan = {**ROWS["plans"][0], "title_en": HOSTILE, "short_en": HOSTILE}
    files = [to_sent(table, *(rows if table != "plans" else [plan])) for table, rows in ROWS.items()]
    visitor = send(*files)
    words = said(visitor)
    assert not visitor.error
    assert "6 row(s) understood" in words
    assert f"New plan: {HOSTILE}" in words
    assert visitor.button(key="confirm-tables").disabled
    assert "<script>" not in "".join(node.value for node in visitor.markdown if node.allow_html)
    assert HOSTILE not in plans_in(visitor)
    visitor = confirm(visitor)
    assert visitor.success[0].value.startswith("Saved: 6 row(s)")
    overview = visit("overview", "en", data_dir, plan=PLAN)
    assert not overview.exception
    assert f"targets of {HOSTILE}" in said(overview)
    history = visit("history", "en", data_dir)
    assert "省发展改革委 uploaded plans.csv + regions.csv + memberships.csv + targets.csv" in said(history)
    history.text_input(key="upload-user-tables").input("省发展改革委").run()
    [upload] = [item.upload for item in open_additions(data_dir).history()]
    history.button(key=f"undo-tables-{upload}").click().run()
    assert not history.exception
    assert HOSTILE not in plans_in(history)
    assert [item.action for item in open_additions(data_dir).history()] == ["undo", "append"]


@pytest.mark.parametrize(("lang", "nothing"), [("zh", "未保存任何内容。"), ("en", "Nothing was kept.")])
def test_faults_are_shown_with_file_row_and_column(send, data_dir, lang, nothing):
    """In the visitor's language, and there is nothing to confirm."""
    visitor = send(to_sent("evidence", {**EVIDENCE, "target": "LM-99", "stage": "held"}), lang=lang)
    assert visitor.error[0].value.startswith(nothing)
    assert [cell.replace("\\", "") for cell in visitor.table[-1].value.iloc[0]][1:5] == [
        "evidence.csv",
        "2",
        "stage",
        "held",
    ]
    assert not [button for button in visitor.button if button.key == "confirm-tables"]
    assert open_additions(data_dir).version() == "00000000"


def test_evidence_moves_a_verdict_and_a_rival_is_shown(send, said, data_dir):
    """The preview says what becomes of the commitment; who comes second sees the difference instead of winning unseen."""
    first = send(to_sent("evidence", {**EVIDENCE, "what_en": "one, made-up"}))
    second = send(to_sent("evidence", {**EVIDENCE, "what_en": "two, made-up"}))
    for visitor in (first, second):
        assert "A leaders' meeting every two years: ■ Overdue → ▲ On track" in said(visitor)
    assert confirm(first).success
    shown = confirm(second)
    assert "somebody else changed 1 of these rows" in shown.warning[0].value
    assert "what_en: one, made-up → two, made-up" in list(shown.dataframe[0].value.iloc[:, 3])
    assert len(open_additions(data_dir).history()) == 1
    assert shown.button(key="confirm-tables").click().run().success
    assert len(open_additions(data_dir).history()) == 2
