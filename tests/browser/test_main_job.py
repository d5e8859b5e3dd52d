"""The main job in a real browser: read the answer, open a region, upload a quarter, see it, take the chart away, undo."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest
from PIL import Image

pytestmark = pytest.mark.browser


def wait_for_chart_text(visitor, name, text, *, present=True):
    """Wait until a chart holds a text, or no longer does."""
    visitor.page.wait_for_function(
        """([name, text, present]) => [...document.querySelectorAll(`.st-key-chart-${name} .main-svg`)]
            .some(svg => svg.textContent.includes(text)) === present""",
        arg=[name, text, present],
    )


def download(visitor, kind, folder, name="SY-4"):
    """Take a chart away in one of the four forms."""
    page = visitor.page
    if kind in ("png", "svg"):
        button = page.locator(f".st-key-downloads-{name} button[data-format={kind}]")
    else:
        button = page.locator(f".st-key-{kind}-{name} button").locator("visible=true").first
    with page.expect_download(timeout=60_000) as started:
        button.click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def test_overview_answers_in_chinese(visitor):
    """The first screen gives the answer, and Shenyang, Dalian and the urbanization rate stand with their verdicts."""
    words = visitor().open("?lang=zh").words
    assert re.search(r"未达成\s*沈阳市地区生产总值到期时为9,027\.1亿元", words)
    assert re.search(r"逾期达成\s*大连市地区生产总值到期时为9,540\.2亿元", words)
    assert re.search(r"已达成\s*沈阳市常住人口城镇化率为85\.55%（2024年末），实现了“超过85%”的目标", words)


def test_answer_is_visible_without_scrolling(visitor):
    """On a desktop the sentence and the verdicts with a colour are on the first screen, on a phone the sentence."""
    for width, text in ((1280, "Achieved late"), (390, "Of the 25 targets of One circle, one belt, two zones")):
        page = visitor(width).open("?lang=en").page
        box = (
            page.get_by_text(text).last.bounding_box() if width == 390 else page.get_by_text(text).first.bounding_box()
        )
        assert box["y"] + box["height"] < 900


def test_language_switches_by_a_click(visitor):
    """A click on English turns the page and the address; a click on 中文 turns both back."""
    reader = visitor().open("?lang=zh&as_of=2025-06-30")
    reader.page.locator(".st-key-menu-choices button", has_text="English").click()
    assert reader.says("Of the 25 targets of One circle, one belt, two zones")
    assert "lang=en" in reader.page.url
    assert "as_of=2025-06-30" in reader.page.url
    reader.page.locator(".st-key-menu-choices button", has_text="中文").click()
    assert reader.says("“一圈一带两区”三年行动方案的25项目标中")
    assert "lang=zh" in reader.page.url


def test_region_opens_through_its_link(visitor):
    """The link in a region's frame opens that region, in the same language, as of the same day."""
    reader = visitor().open("?lang=zh&as_of=2025-06-30")
    reader.page.locator(".st-key-group-CO a", has_text="查看区域").click()
    assert reader.says("分区域进展")
    reader.settle()
    for part in ("/regions", "region=CO", "lang=zh", "as_of=2025-06-30"):
        assert part in reader.page.url
    assert reader.page.locator(".st-key-choice-region input").input_value() == "辽宁沿海经济带"
    assert "✖ 未达成 大连市地区生产总值" in reader.words.replace("\n", " ").replace("\xa0", " ")


@pytest.mark.soak  # test_faulty_upload walks the same way with a harder file
def test_quarter_is_uploaded_seen_and_undone(visitor, ROOT):
    """An officer uploads the example quarter, confirms, another visitor sees 7,001.0 on Shenyang's chart; undone, it is gone."""
    reader = visitor().open("regions?region=210100&lang=zh")
    assert "7,001.0" not in reader.chart("SY-4")
    officer = visitor().open("upload?lang=zh")
    page = officer.page
    page.locator("input[type=file]").set_input_files(ROOT / "data/examples/made-up-quarter.csv")
    assert officer.says("可采用4条数据")
    assert page.locator(".st-key-confirm button").is_disabled()
    page.locator(".st-key-upload-user input").fill("沈阳市统计局")
    page.locator(".st-key-upload-user input").press("Enter")
    page.locator(".st-key-confirm button:enabled").click()
    assert officer.says("已保存：4条数据")
    assert officer.says(re.compile("made-up-quarter.csv · 4条 · 沈阳市统计局"))
    reader.open("regions?region=210100&lang=zh")
    wait_for_chart_text(reader, "SY-4", "7,001.0")
    page.locator("[class*=st-key-undo-] button >> visible=true").click()
    assert officer.says(re.compile("其数据不再采用"))
    reader.open("regions?region=210100&lang=zh")
    wait_for_chart_text(reader, "SY-4", "7,001.0", present=False)
    assert "9,027.1" in reader.chart("SY-4")


def test_unreadable_file_shows_what_to_do(visitor, ROOT):
    """A file that is no table is refused in words, with nothing to confirm."""
    officer = visitor().open("upload?lang=zh")
    officer.page.locator("input[type=file]").set_input_files(ROOT / "tests/files/made-up/nonsense-bytes.csv")
    assert officer.says("未保存任何内容。共1处错误、0条提示")
    assert officer.page.locator(".st-key-confirm").count() == 0
    assert officer.page.locator("[data-testid=stException]").count() == 0


def test_chart_leaves_as_picture(visitor, tmp_path):
    """PNG and SVG are made in the browser: large enough for print, not blank, with title and source inside."""
    reader = visitor().open("regions?region=210100&lang=zh")
    png = download(reader, "png", tmp_path)
    assert re.fullmatch(r"ln3y-SY-4-\d{4}-\d\d-\d\d-zh\.png", png.name)
    with Image.open(png) as picture:
        size = picture.size
        grey = picture.convert("L").histogram()
    ink = sum(grey[:200]) / sum(grey)
    assert 0.005 < ink < 0.5
    drawing = download(reader, "svg", tmp_path).read_text(encoding="utf-8")
    width, height = map(float, re.search(r'width="(\d+)" height="(\d+)"', drawing).groups())
    assert (width, size) == (1200, (2400, 2 * height))
    for text in ("未达成：沈阳市地区生产总值到期时为9,027.1", "2024年沈阳经济", "数据截至20", "9,027.1"):
        assert text in drawing


def test_chart_leaves_as_page_and_table(visitor, chromium, tmp_path):
    """The HTML file draws without a network and asks for nothing; the CSV has a byte-order mark and the figures."""
    reader = visitor().open("regions?region=210100&lang=zh")
    page = download(reader, "html", tmp_path)
    offline = chromium.new_context(offline=True)
    alone, asked = offline.new_page(), []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(page.as_uri())
    alone.wait_for_selector(".js-plotly-plot .main-svg .scatterlayer .trace path")
    drawn = "".join(alone.locator(".main-svg").all_text_contents())
    offline.close()
    assert "未达成：沈阳市地区生产总值" in drawn
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []
    raw = download(reader, "csv", tmp_path).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(raw.decode("utf-8-sig"))))
    assert {"2024", "9027.1"} in [{row["时期"], row["数值"]} for row in rows]
    assert all(row["来源"] for row in rows)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("?lang=en&as_of=2025-06-30", "Missed Dalian: GDP was CNY 951.7 bn", marks=pytest.mark.soak),
        ("regions?region=210200&lang=zh&as_of=2025-06-30", "未达成 大连市地区生产总值到期时为9,516.9亿元"),
        pytest.param(
            "indicators?indicator=urbanization_rate&lang=en",
            "Urbanization rate of resident population",
            marks=pytest.mark.soak,
        ),
    ],
    ids=["overview", "region", "indicator"],
)
def test_copied_address_shows_the_same_to_somebody_else(visitor, path, expected):
    """An address copied from the bar opens the same view in a browser that has never been here."""
    reader = visitor().open(path)
    friend = visitor().open(reader.page.url.removeprefix(reader.server + "/"))
    assert friend.words == reader.words
    assert expected in re.sub(r"\s+", " ", friend.words)
