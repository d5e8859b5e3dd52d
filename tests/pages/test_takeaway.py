"""What a visitor can carry away where the server has no browser."""

from __future__ import annotations

import pytest

from lib.views.cached import find_press


@pytest.fixture
def without_browser(monkeypatch):
    """A server that has no Chrome and no Chromium."""
    monkeypatch.setenv("BROWSER_PATH", "/no/such/browser")
    find_press.clear()
    yield
    find_press.clear()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.usefixtures("without_browser")
def test_without_a_browser_the_buttons_say_what_to_install(visit, said, lang):
    """PDF is there but idle and explains itself; all charts at once answer with what is missing; nothing else changes."""
    visitor = visit("regions", lang, region="SY")
    pdf = [button for button in visitor.button if button.key.startswith("pdf-")]
    assert pdf
    assert {(button.disabled, "fonts-noto-cjk" in button.help) for button in pdf} == {(True, True)}
    visitor.button(key="takeaway-album").click().run()
    assert "BROWSER_PATH" in said(visitor)


def test_a_region_without_figures_has_no_chart_to_take(visit, said):
    """Whoever asks for all charts of a region that has none is told so."""
    visitor = visit("regions", "en", region="EL")
    visitor.button(key="takeaway-album").click().run()
    assert "no chart to take away" in said(visitor)
