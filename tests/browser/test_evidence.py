"""Evidence for a commitment in a real browser: sent, previewed, kept, seen by others, and taken back from the history."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser

PAGE, PLAN = "upload?what=tables&plan=LMC&lang=zh", "targets?plan=LMC&lang=zh"


def test_evidence_is_kept_seen_and_taken_back(visitor, ROOT):
    """A file in GB18030 says that a meeting was held: overdue becomes on track for everybody, until it is withdrawn."""
    officer, reader = visitor().open(PAGE), visitor(390)
    page = officer.page
    page.locator("input[type=file]").set_input_files(ROOT / "tests/files/tables/evidence-gb18030.csv")
    assert officer.says(re.compile(r"逾期未见.*→.*进度正常"))
    page.locator(".st-key-upload-user input").fill("外交部")
    page.locator(".st-key-upload-user input").press("Enter")
    page.locator(".st-key-confirm-tables button:enabled").click()
    assert officer.says("已保存：1行")
    assert re.search(r"进度正常\s+LM-4\.1\.1a", reader.open(PLAN).words)
    officer.open("history?lang=zh")
    page.locator(".st-key-upload-user-tables input").fill("外交部")
    page.locator(".st-key-upload-user-tables input").press("Enter")
    page.locator("[class*=st-key-undo-tables-] button:enabled >> visible=true").click()
    assert officer.says("已撤销编号")
    assert re.search(r"逾期未见\s+LM-4\.1\.1a", reader.open(PLAN).words)
