"""Files that leave poisoned data: the HTML file runs nothing but its chart, its SVG is only a drawing, a table no formula."""

from __future__ import annotations

import csv
import re
from datetime import date
from io import StringIO

import pytest

from lib.charts.build import trajectory_chart
from lib.export.figures import figures_table, verdicts_table
from lib.export.page import to_html
from lib.export.table import to_csv
from lib.i18n import load_texts
from lib.intake import seed_store
from lib.plans import narrow
from lib.schema import FORMULA_STARTS
from lib.store import Store
from lib.tables import read_tables
from lib.verdict.board import build_board
from lib.words import name_things

pytestmark = pytest.mark.browser
TODAY = date(2026, 11, 22)
SVG = """() => new Promise((done, failed) => Plotly.toImage(document.querySelector('.js-plotly-plot'), {format: 'svg'})
    .then(address => done(decodeURIComponent(address))).catch(failed))"""


@pytest.fixture(scope="module")
def poisoned(poison, copy_data, tmp_path_factory):
    """The board of poisoned data, and its words in English."""
    folder = poison(copy_data(tmp_path_factory.mktemp("poisoned")))
    tables, store = read_tables(folder), Store(folder / "actuals")
    seed_store(store, folder, tables, today=TODAY)
    return build_board(narrow(tables), store.read(), TODAY), name_things(tables, load_texts("en"))


def test_page_and_drawing_hold_texts_only(poisoned, chromium, tmp_path):
    """Opened without a network, the HTML file shows its payloads as text, asks for nothing and runs none of them."""
    board, words = poisoned
    path = tmp_path / "chart.html"
    path.write_bytes(to_html(trajectory_chart(board, board.targets["SY-4"], words)))
    context = chromium.new_context(offline=True)
    page, asked, noted = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (noted.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: noted.append(message.text) if message.type == "error" else None)
    page.goto(path.as_uri())
    page.wait_for_selector(".js-plotly-plot .main-svg .scatterlayer .trace path")
    shown = "".join(page.locator(".main-svg").all_text_contents())
    drawing = page.evaluate(SVG)
    harmed = page.evaluate(
        "'harmed' in window || document.querySelector('svg a, svg script, iframe, body img') !== null"
    )
    context.close()
    assert "harmed" in shown
    assert not harmed
    assert noted == []
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []
    assert "<svg" in drawing
    assert not re.search(r"<(a|script|image|foreignObject|iframe)\b|\son\w+=", re.sub(r">[^<]*<", "><", drawing))


def test_tables_hold_no_formula(poisoned):
    """No cell of a table that leaves begins like a formula, except a number."""
    board, words = poisoned
    for table in (verdicts_table(board, words), figures_table(board.known, words)):
        for row in csv.reader(StringIO(to_csv(table).decode("utf-8-sig"))):
            assert [
                cell for cell in row if cell.startswith(FORMULA_STARTS) and not re.fullmatch(r"-[\d.e-]+", cell)
            ] == []
