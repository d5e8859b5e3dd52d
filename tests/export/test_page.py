"""A chart as one file: opens without a network, says what the page said."""

from __future__ import annotations

import json
import re

import pytest

from lib.charts.build import trajectory_chart
from lib.export.page import to_html


@pytest.fixture(scope="module")
def chart(shipped_board, words_in):
    """Shenyang's GDP, in Chinese."""
    return trajectory_chart(shipped_board, shipped_board.targets["SY-4"], words_in("zh"))


@pytest.fixture(scope="module")
def page(chart):
    """Its HTML file."""
    return to_html(chart)


def test_file_needs_nothing_else(page):
    """No script, style, font or picture is fetched: plotly itself stands in the file."""
    text = page.decode()
    tags = re.findall(r"<(?:script|link|img|iframe)\b[^>]*>", re.sub(r"(?s)(<script[^>]*>).*?</script>", r"\1", text))
    assert tags
    assert not [tag for tag in tags if re.search(r"(?:src|href)\s*=", tag)]
    assert len(page) > 3_000_000


def test_file_holds_title_source_and_day(chart, page):
    """The Chinese title, the sources and the day stand in the file, which says that it is UTF-8."""
    text = page.decode()
    assert 'charset="utf-8"' in text.lower()
    decoded = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code.group(1), 16)), text)
    assert chart.heading.title[:20] in decoded
    assert "数据截至2026年11月22日。" in decoded


def test_frame_is_plain_json(chart):
    """The layout for pictures made in the browser is JSON with the size and the title of the file."""
    frame = chart.frame
    assert json.loads(json.dumps(frame)) == frame
    assert (frame["width"], frame["height"] >= 675) == (1200, True)
    assert any(chart.heading.title[:20] in note["text"] for note in frame["annotations"])
