"""The overview in a real browser: a day by the slider, a choice of targets, the copied link, the replay, all by keyboard."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser


def test_a_day_and_a_choice_are_copied_and_replayed(visitor):
    """Arrow keys move the day, a filter narrows the rows, a fresh visitor sees the same, and a replay ends at today."""
    reader = visitor().open("?lang=en")
    page = reader.page
    page.locator(".st-key-choice-stop input").press("ArrowLeft")
    page.wait_for_url(re.compile("as_of=2026-01-30"))
    reader.settle()
    page.keyboard.press("ArrowLeft")  # the slider keeps the focus
    page.wait_for_url(re.compile("as_of=2026-01-23"))
    assert reader.says("Shown: as known on 23 Jan 2026.")
    reader.pick("subject", "Coastal belt")
    page.wait_for_url(re.compile("subject=CO"))
    assert reader.says("5 of 25 targets shown")
    reader.settle()
    other = visitor(390).open(page.url.split("/", 3)[3])
    assert other.words.replace("\n", "") == reader.words.replace("\n", "")
    assert "Eastern Liaoning Green Economic Zone" not in other.words
    other.page.locator(".st-key-timeline-play button").press("Enter")
    assert other.says("Shown: as known on 30 Jan 2026.")
    assert other.says("Shown: today")
    assert "as_of" not in other.page.url
    assert "subject=CO" in other.page.url
    assert other.page.locator(".st-key-timeline-play button").count() == 1


def test_a_row_without_data_unfolds_by_keyboard(visitor):
    """A line without data says on unfolding who would have to report; a choice that nothing fits says what to do."""
    reader = visitor(390).open("?lang=zh&subject=WL")
    row = reader.page.locator(".st-key-open-WL-2")
    row.locator("summary").press("Enter")
    row.get_by_text("应由以下单位提供").wait_for(state="visible")
    assert visitor().open("?lang=zh&subject=WL&status=achieved").says("没有符合所选条件的目标")
