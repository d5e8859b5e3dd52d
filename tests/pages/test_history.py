"""The auditor's page: who did what, the tracker as it was after an entry, and what differs. All uploads are made up."""

from __future__ import annotations

import re
from datetime import date

import pytest

from lib.access import owner
from lib.intake import check_upload, seed_store
from lib.store import Store
from lib.tables import read_tables

HEADER = "region,indicator,period,basis,value,unit,status,published,source\n"
REVISION = "210100,gdp,2024,annual,10100,亿元,revised,2026-11-01,made-up\n"


@pytest.fixture(scope="module")
def audited(copy_data, tmp_path_factory):
    """Three shipped entries, a revision (4), Dalian's quarter (5) and the withdrawal of the revision (6)."""
    folder = copy_data(tmp_path_factory.mktemp("audited"))
    tables, store, day = read_tables(folder), Store(folder / "actuals"), date(2026, 11, 22)
    seed_store(store, folder, tables, today=day)

    def keep(name, user, line):
        raw = (HEADER + line).encode()
        rows = check_upload(raw, tables, today=day).rows
        return store.append(rows, raw, name=name, user=owner(user)).upload.upload

    revision = keep("revision.csv", "=沈阳市统计局", REVISION)
    keep("quarter.csv", "大连市统计局", "210200,gdp,2025Q3,ytd,7333,亿元,preliminary,2025-10-25,made-up\n")
    store.undo(revision, user=owner("<b>审计</b>"))
    return folder


def table_of(visitor, place=0):
    """A table as a person reads it, a list of texts a row."""
    cells = visitor.table[place].value.map(lambda cell: re.sub(r"\\([^\w\s])|\N{WORD JOINER}", r"\1", str(cell)))
    return cells.to_numpy().tolist()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_entry_is_a_line(visit, said, audited, lang):
    """Number, person, moment, what was done to which figures, and what became of it; the newest is explained and compared."""
    visitor = visit("history", lang, audited)
    assert not visitor.exception
    rows = table_of(visitor)
    assert [row[0] for row in rows] == ["6", "5", "4", "3", "2", "1"]
    assert rows[0][1].startswith("**<b>审计</b>**  \n20")
    assert {"zh": "撤销第4号记录revision.csv：沈阳；2024", "en": "Withdrew entry 4, revision.csv: Shenyang; 2024"}[
        lang
    ] == rows[0][2]
    assert {"zh": "系统自带", "en": "shipped with the tracker"}[lang] in rows[-1][1]
    assert re.match(
        {"zh": r".*由<b>审计</b>撤销（第6号记录）", "en": ".*withdrawn .* by <b>审计</b>"}[lang], rows[2][2], re.DOTALL
    )
    words = said(visitor)
    assert {
        "zh": "2024年数据10,100.0亿元不再采用，改用2024年数据9,027.1亿元。",
        "en": "no longer counts; CNY 902.7 bn",
    }[lang] in words
    assert {"zh": "修订**1**条", "en": "**1** revised"}[lang] in words


def test_lines_are_filtered_by_the_address(visit, audited):
    """A person, a region and an action; what nobody did says so."""
    assert [row[0] for row in table_of(visit("history", data=audited, who="大连市统计局"))] == ["5"]
    assert [row[0] for row in table_of(visit("history", data=audited, region="210200"))] == ["5", "2", "1"]
    assert [row[0] for row in table_of(visit("history", data=audited, action="undo"))] == ["6"]
    visitor = visit("history", data=audited, who="shipped", action="undo")
    assert "No entry matches this choice." in [note.value for note in visitor.info]


def test_replay_shows_every_page_as_it_was(visit, said, audited):
    """After entry 4 Shenyang's target was met; the banner says which entry, leads back to now, and writes are closed."""
    visitor = visit("overview", "en", audited, entry="4")
    words = said(visitor)
    assert "The tracker as it was after entry 4 of 6" in words
    assert "✔ Achieved Shenyang: GDP was CNY 1.01" in words or "✔ Achieved Shenyang: GDP was CNY 1,010.0 bn" in words
    assert "from what was held after entry 4." in words
    assert all("entry=4" in node.proto.query_string for node in visitor.main if node.type == "page_link")
    visitor.button(key="back-to-now").click().run()
    assert "entry" not in visitor.query_params
    assert "✖ Missed Shenyang: GDP was CNY 902.7 bn" in said(visitor)
    closed = visit("upload", "en", audited, entry="4")
    assert not closed.file_uploader
    assert [button.key for button in closed.button] == ["back-to-now"]
    assert any(note.value.startswith("Nothing can be uploaded") for note in closed.info)


def test_both_axes_of_time_combine(visit, said, audited):
    """What was held after entry 4 and published by the day before the revision does not hold the revision."""
    words = said(visit("overview", "en", audited, entry="4", as_of="2026-10-31"))
    assert "✖ Missed Shenyang: GDP was CNY 902.7 bn" in words


def test_two_points_are_set_side_by_side(visit, said, audited):
    """Before and after the revision: the figure with both vintages and sources, the verdict with its cause."""
    visitor = visit("history", "en", audited, **{"from": "3", "to": "4"})
    (row,) = table_of(visitor, 1)
    assert row[:2] == ["revised", "Shenyang, GDP, 2024"]
    assert row[2].startswith("CNY 902.7 bn; Preliminary, date not seen; 2024年沈阳经济")
    assert row[3].endswith("; Revised, 1 Nov 2026; made-up")
    assert "✖ Missed → ✔ Achieved Figure of 2024 revised from CNY 902.7 bn" in said(visitor)
    same = visit("history", "en", audited, **{"from": "2026-11-01", "to": "2026-11-02"})
    assert any(note.value == "Nothing differs between the two points." for note in same.info)


def test_an_upload_is_withdrawn_from_its_card(visit, audited, version):
    """A name is needed; the withdrawal is a new entry by that name."""
    visitor = visit("history", "en", audited, one="5")
    button = next(item for item in visitor.button if item.label == "Undo")
    assert button.disabled
    visitor.text_input(key="upload-user").input("审计二").run()
    next(item for item in visitor.button if item.label == "Undo").click().run()
    assert version(audited) == "00000007"
    assert visitor.success[0].value.startswith("Upload u00000005-")
    rows = table_of(visitor)
    assert rows[0][1].startswith("**审计二**")
    assert "by 审计二 (entry 7)" in rows[2][2]
