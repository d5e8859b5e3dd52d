"""Every page on poisoned data, in both languages, unfolded: texts stay texts, and the layout holds."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

GOOD = "https://source.example/"
PLANTED = """
    <a href="https://evil.example/" rel="noopener" target="_blank">x</a><a href="javascript:0">x</a>
    <a href="https://source.example/a">x</a><a href="https://source.example/b" rel="noopener" target="_blank"></a>
    <a href="https://source.example/c" rel="noopener" target="_blank">fine</a>
    <iframe></iframe><img onerror="0"><span class="katex"></span><i data-testid="stIconMaterial">bug_report</i>
    <p data-testid="stMarkdownContainer"><code>x</code></p><div class="js-plotly-plot"><svg><a></a></svg></div>
    <p style="width: 9999px">wide</p>"""
FAULTS = ("script", "links", "frames", "images", "handlers", "marks", "icons", "formulas", "drawn", "width")

PAGES = ("?", "indicators?indicator=gdp&", "targets?", "upload?", "methodology?")
# Where no payload stands before somebody has uploaded one.
EMPTY = "upload?"
UNFOLD = """() => {
    document.querySelectorAll('[data-testid=stExpander] details:not([open]) summary').forEach(part => part.click());
    document.querySelectorAll('[data-testid=stTab]').forEach(tab => tab.click());
}"""


def unfold(visitor):
    """Open everything that is folded, and every tab."""
    visitor.page.evaluate(UNFOLD)
    visitor.page.wait_for_timeout(200)
    visitor.settle()


def test_a_harm_is_noticed(chromium, SEARCH):
    """Each fault that pages are searched for is found where it is planted: a search that finds nothing proves nothing."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto("data:text/html,<div data-testid=stMain></div>")
    page.locator("div").evaluate("(main, html) => main.innerHTML = html", PLANTED)
    page.evaluate("window.harmed = 1")
    found = page.evaluate(SEARCH, GOOD)
    context.close()
    assert sorted(found) == sorted(FAULTS)
    assert len(found["links"]) == 4


@pytest.mark.parametrize(
    ("lang", "width", "region"), [pytest.param("zh", 390, "210100", marks=pytest.mark.soak), ("en", 1280, "SY")]
)
def test_texts_stay_texts(wary, SEARCH, lang, width, region):
    """Nothing of the data runs, leads away, loads, is drawn as a mark, or makes a page wider than the screen."""
    visitor, faults = wary(width), {}
    for path in (*PAGES, f"regions?region={region}&"):
        visitor.open(f"{path}lang={lang}")
        unfold(visitor)
        faults |= {(path, kind): harm for kind, harm in visitor.page.evaluate(SEARCH, GOOD).items()}
        if path != EMPTY and "harmed" not in visitor.words:
            faults[path, "empty"] = visitor.words
    assert faults == {}
    assert visitor.noted == []


def test_hovering_shows_text(wary, SEARCH):
    """What a chart says where the mouse stands is text as well: a city of the map, and a figure with its source."""
    visitor = wary(1280).open("?lang=en")
    point_at(visitor, ".st-key-chart-map .nsewdrag")
    assert visitor.page.evaluate(SEARCH, GOOD) == {}
    visitor.open("regions?region=210100&lang=en")
    point_at(visitor, ".st-key-chart-SY-4 .scatterlayer .points path")
    assert visitor.page.evaluate(SEARCH, GOOD) == {}
    assert visitor.noted == []


def point_at(visitor, part):
    """Move the mouse to the middle of a part of a chart, and wait for what it says."""
    part = visitor.page.locator(part).first
    part.scroll_into_view_if_needed()
    box = part.bounding_box()
    visitor.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
    visitor.page.wait_for_selector(".hoverlayer .hovertext")
