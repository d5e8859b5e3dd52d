"""Every page as somebody meets it: a picture of each to look at, and what a machine can tell of it.

The pictures stand in `build/screenshots`, a folder for each state of the data.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PAGES = {
    "overview": "?",
    "regions": "regions?region=210100&",
    "indicators": "indicators?",
    "compare": "compare?",
    "targets": "targets?",
    "data": "data?",
    "upload": "upload?",
    "tables": "upload?what=tables&",
    "history": "history?",
    "methodology": "methodology?",
}
STATES = [
    ("full", "zh", "light"),
    pytest.param(("full", "en", "dark"), marks=pytest.mark.soak),
    ("empty", "en", "dark"),
    pytest.param(("empty", "zh", "light"), marks=pytest.mark.soak),
    ("faulty", "zh", "light"),
]
# Faulty tables look the same wherever they are met; without figures some pages say the same as with them.
MET = {"faulty": ("overview",), "empty": ("overview", "regions", "indicators", "data", "upload", "history")}
# Each language and scheme on one width: a phone in Chinese, a desktop in English.
WIDTHS = {"zh": (390,), "en": (1280,)}
FIGURES = "actuals/shipped/*.csv"
TROUBLE = ("Traceback", "Exception", "KeyError", "ValueError", "DataError", "encountered an error", "NaN", "undefined")
GRAVE = ("serious", "critical")
# How far the page is wider than the screen, and how high it is.
SIZES = """() => {
    const main = document.querySelector('[data-testid=stMain]'), all = document.documentElement;
    return [Math.max(main.scrollWidth - main.clientWidth, all.scrollWidth - all.clientWidth), main.scrollHeight];
}"""
TALLEST = 8000  # points of a picture


@pytest.fixture
def serve_kind(serve, copy_data, tmp_path):
    """Serve the data as shipped, without figures, or with targets of a region that does not exist."""

    def begin(kind):
        data = copy_data(tmp_path)
        if kind == "empty":
            for path in data.glob(FIGURES):
                path.unlink()
        if kind == "faulty":
            table = data / "targets.csv"
            table.write_text(table.read_text(encoding="utf-8").replace(",210100,", ",219999,"), encoding="utf-8")
        return serve(data, tmp_path / "log")

    return begin


@pytest.mark.parametrize("state", STATES, ids="-".join)
def test_every_page_is_fit_to_be_seen(serve_kind, visitors, ROOT, state):
    """No traceback, no error in the console, nothing wider than a screen or a phone, no serious fault that axe finds."""
    kind, lang, scheme = state
    folder = ROOT / "build/screenshots" / "-".join(state)
    folder.mkdir(parents=True, exist_ok=True)
    faults = {}
    with serve_kind(kind) as served:
        visitor = visitors(served.address, scheme=scheme)
        for name in MET.get(kind, PAGES):
            visitor.open(f"{PAGES[name]}lang={lang}")
            faults[name] = [*told(visitor), *barriers(visitor)]
            for width in WIDTHS[lang]:
                faults[name] += look(visitor, folder / f"{name}-{width}.png", width)
    assert {name: found for name, found in faults.items() if found} == {}


def told(visitor):
    """What should not be on the page or in the console; Streamlit's own search for its address below a page's may fail."""
    shown = [word for word in TROUBLE if word in visitor.words]
    said = [text for text, url in visitor.complaints if "/_stcore/" not in url]
    visitor.complaints.clear()
    return shown + said


def barriers(visitor):
    """What axe finds that keeps somebody out."""
    found = Axe().run(visitor.page).response["violations"]
    return [f"{item['id']}: {item['nodes'][0]['html'][:200]}" for item in found if item["impact"] in GRAVE]


def look(visitor, path, width):
    """Keep the whole page as it looks on a screen of a width; by how much it is wider than that."""
    page = visitor.page
    page.set_viewport_size({"width": width, "height": 900})
    visitor.settle()
    over, height = page.evaluate(SIZES)
    page.set_viewport_size({"width": width, "height": min(height + 20, TALLEST)})
    visitor.settle()
    page.screenshot(path=path)
    return [f"{over} points wider than {width}"] if over > 0 else []
