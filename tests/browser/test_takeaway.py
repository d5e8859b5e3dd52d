"""What a visitor carries away of a region and of everything, opened again."""

from __future__ import annotations

import json
from zipfile import ZipFile

import openpyxl
import pytest

pytestmark = pytest.mark.browser


def take(visitor, key, folder):
    """Click a download and keep the file."""
    with visitor.page.expect_download() as started:
        visitor.page.locator(f".st-key-{key} button >> visible=true").first.click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def test_a_regions_briefing_and_workbook_leave_and_open(visitor, chromium, tmp_path):
    """The page opens without a network and shows its charts; document and workbook hold the region's targets."""
    reader = visitor().open("regions?region=SY&lang=zh")
    page = take(reader, "takeaway-html", tmp_path)
    assert page.name.startswith("ln3y-briefing-SY-")
    context = chromium.new_context(offline=True)
    opened = context.new_page()
    asked = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(page.as_uri())
    opened.wait_for_function("() => document.querySelectorAll('figure .main-svg').length > 0")
    assert opened.locator("h1").inner_text() == "沈阳现代化都市圈目标进展简报"
    assert "9,027.1" in opened.locator("figure").first.text_content()
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []
    context.close()
    with ZipFile(take(reader, "takeaway-docx", tmp_path)) as document:
        assert "沈阳现代化都市圈目标进展简报" in document.read("word/document.xml").decode()
    book = openpyxl.load_workbook(take(reader, "takeaway-xlsx", tmp_path))
    assert "SY-4" in book.sheetnames
    assert len(book["SY-4"]._charts) == 1


def test_all_charts_leave_in_one_archive_and_one_as_pdf(visitor, tmp_path):
    """A bar while the server draws; then every chart of the region in three formats, named after what it shows."""
    reader = visitor().open("regions?region=SY&lang=en")
    reader.page.locator(".st-key-takeaway-album button >> visible=true").click()
    reader.page.locator("[data-testid=stProgress]").wait_for()
    reader.page.locator(".st-key-takeaway-zip button").wait_for()
    with ZipFile(take(reader, "takeaway-zip", tmp_path)) as album:
        names = album.namelist()
        assert {name.split("-20")[0] for name in names} == {"ln3y-SY-4", "ln3y-SY-6a", "ln3y-SY-6b"}
        assert len(names) == 9
        assert album.read(next(name for name in names if name.endswith(".png"))).startswith(b"\x89PNG")
    page = take(reader, "pdf-SY-4", tmp_path)
    assert page.name.startswith("ln3y-SY-4-")
    assert page.read_bytes().startswith(b"%PDF-")


def test_everything_leaves_for_programs(visitor, tmp_path):
    """The data package and SDMX-CSV, from the page of all figures."""
    reader = visitor().open("data?lang=en")
    with ZipFile(take(reader, "data-package", tmp_path)) as package:
        described = json.loads(package.read("datapackage.json"))
        assert {item["path"] for item in described["resources"]} <= set(package.namelist())
    assert (
        take(reader, "data-sdmx", tmp_path).read_text(encoding="utf-8").startswith("STRUCTURE,STRUCTURE_ID,ACTION,FREQ")
    )
