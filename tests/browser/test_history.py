"""The audit in a real browser: upload, find it in the history, look back before it, compare, withdraw, compare again."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser
REVISION = """region,indicator,period,basis,value,unit,status,published,source
210100,gdp,2024,annual,10100,亿元,revised,2026-11-01,made-up revision
"""
SIDEWAYS = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    return main.scrollWidth - main.clientWidth;
}"""


def listen(reader):
    """Note errors on the console, but for those of Streamlit looking for its own address below a page's."""
    errors = []

    def note(message):
        if message.type == "error" and "/_stcore/" not in message.location["url"]:
            errors.append(message.text)

    reader.watch("console", note)
    reader.watch("pageerror", lambda error: errors.append(str(error)))
    return errors


def test_an_upload_is_traced_replayed_compared_and_withdrawn(visitor, tmp_path):
    """The auditor finds who uploaded what, sees the value from before it, the difference, and that it is gone once undone."""
    path = tmp_path / "made-up-revision.csv"
    path.write_text(REVISION, encoding="utf-8")
    officer = visitor().open("upload?lang=en")
    officer.page.locator("input[type=file]").set_input_files(path)
    assert officer.says("1 figure(s) understood")
    officer.page.locator(".st-key-upload-user input").fill("Made-up Bureau")
    officer.page.locator(".st-key-upload-user input").press("Enter")
    officer.page.locator(".st-key-confirm button:enabled").click()
    saved = officer.page.get_by_text(re.compile(r"Saved: 1 figure")).first
    saved.wait_for(state="visible")
    entry = int(re.search(r"u(\d{8})-", saved.inner_text())[1])

    auditor = visitor().open("history?lang=en")
    errors = listen(auditor)
    row = auditor.page.locator("table").first.locator("tbody tr").first.inner_text()
    assert re.search(rf"{entry}\s+Made-up Bureau\s+20\d\d-\d\d-\d\d \d\d:\d\d\s+Uploaded made-up-revision.csv", row)
    words = auditor.words
    assert re.search(r"revised\s+Shenyang, GDP, 2024\s+CNY 902.7 bn; Preliminary", words)
    assert "CNY 1,010.0 bn; Revised, 1 Nov 2026; made-up revision" in words
    assert re.search(r"Missed → ✔ Achieved Figure of 2024 revised from", re.sub(r"\s+", " ", words))
    with auditor.page.expect_download() as started:
        auditor.page.locator(".st-key-entry-raw button").click()
    assert started.value.suggested_filename == f"entry-{entry}-as-received.csv"
    started.value.save_as(tmp_path / "received.csv")
    assert (tmp_path / "received.csv").read_bytes() == path.read_bytes()

    auditor.open(f"regions?region=210100&lang=en&entry={entry - 1}")
    assert auditor.says(re.compile(rf"The tracker as it was after entry {entry - 1} of {entry}"))
    assert "1,010.0" not in auditor.chart("SY-4")
    auditor.page.locator(".st-key-back-to-now button").click()
    auditor.page.wait_for_function(
        "() => document.querySelector('.st-key-chart-SY-4 .main-svg')?.parentElement.textContent.includes('1,010.0')"
    )
    assert "entry=" not in auditor.page.url
    assert "region=210100" in auditor.page.url

    auditor.open(f"history?lang=en&one={entry}")
    auditor.page.locator(".st-key-upload-user input").fill("Made-up Auditor")
    auditor.page.locator(".st-key-upload-user input").press("Enter")
    auditor.page.locator("[class*=st-key-undo-] button:enabled >> visible=true").click()
    assert auditor.says(re.compile("was undone; its figures are no longer in use"))
    auditor.open(f"history?lang=en&from={entry}&to={entry + 1}")
    words = re.sub(r"\s+", " ", auditor.words)
    assert f"by Made-up Auditor (entry {entry + 1})" in words
    assert (
        "Achieved → ✖ Missed The figure for 2024, CNY 1,010.0 bn, no longer counts; CNY 902.7 bn (2024) does." in words
    )
    auditor.open(f"history?lang=en&from={entry - 1}&to={entry + 1}")
    assert auditor.says("Nothing differs between the two points.")

    auditor.page.set_viewport_size({"width": 390, "height": 900})
    auditor.settle()
    assert auditor.page.evaluate(SIDEWAYS) <= 0
    assert errors == []
