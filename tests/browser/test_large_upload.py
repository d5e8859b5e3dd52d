"""A large file in a real browser: a bar that moves and says what is done, then the outcome."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

HEADER = "region,indicator,period,value,unit,status,published,source\n"
# Every text and value the bar shows, noted as it changes.
WATCH = """() => {
    window.steps = [];
    new MutationObserver(() => {
        const bar = document.querySelector('[data-testid=stProgress]');
        const step = bar && [bar.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow'), bar.innerText];
        if (step && String(step) !== String(window.steps.at(-1))) window.steps.push(step);
    }).observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
}"""


def large(rows):
    """A made-up file: one figure of Shenyang's in very many vintages."""
    lines = "".join(
        f"210100,gdp,{2003 + at % 20},{8000 + at % 20},亿元,final,2026-01-20,made up {at}\n" for at in range(rows)
    )
    return (HEADER + lines).encode()


@pytest.mark.parametrize("rows", [20_000, pytest.param(100_000, marks=pytest.mark.soak)])
def test_a_large_file_shows_a_bar_that_moves(visitor, rows):
    """Its value rises, its words tell the line, it goes away, and the outcome stands there; a small file shows none."""
    officer = visitor().open("upload?lang=en")
    page = officer.page
    page.evaluate(WATCH)
    page.locator("input[type=file]").set_input_files(
        {"name": "large.csv", "mimeType": "text/csv", "buffer": large(rows)}
    )
    page.get_by_text(f"{rows} figure(s)").first.wait_for(timeout=240_000)
    steps = page.evaluate("window.steps")
    values = [float(value) for value, _ in steps]
    assert values == sorted(values)
    assert len(set(values)) > 5
    assert any(f"of {rows:,}" in words for _, words in steps)
    assert page.locator("[data-testid=stProgress]").count() == 0
