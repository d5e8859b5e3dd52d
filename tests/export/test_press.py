"""Pictures and PDF from a browser on this machine, opened again and looked at."""

from __future__ import annotations

import io
import os
import signal
import sys
from pathlib import Path
from unicodedata import normalize

import plotly.graph_objects as go
import pypdfium2
import pytest
from PIL import Image, ImageChops

from lib.charts.build import trajectory_chart
from lib.charts.frame import Chart, Heading, framed, plain_layout
from lib.export import press
from lib.export.press import find_browser, print_charts
from lib.schema import DataError

needs_browser = [pytest.mark.browser, pytest.mark.skipif(find_browser() is None, reason="no Chrome or Chromium here")]
NOWHERE = "\U000ffffd", "\U0010fffd"  # two characters that no font has


def titled(text):
    """A chart that says nothing but its title."""
    return Chart(go.Figure(layout=plain_layout(400)), Heading(text, ""), text)


@pytest.fixture(scope="module")
def printed(shipped_board, words_in):
    """The chart of Shenyang's GDP in Chinese, and charts called by one character each, as files by name."""
    chart = trajectory_chart(shipped_board, shipped_board.targets["SY-4"], words_in("zh"))
    heard = []
    words = {"first": "沈", "second": "连", "none": NOWHERE[0], "neither": NOWHERE[1]}
    charts = {"SY-4": chart, **{name: titled(text) for name, text in words.items()}}
    files = print_charts(charts, follow=lambda done, of: heard.append((done, of)))
    return chart, files, heard


def picture(files, name):
    """A PNG, or a PDF's only page, as dots."""
    if name.endswith(".png"):
        return Image.open(io.BytesIO(files[name])).convert("RGB")
    document = pypdfium2.PdfDocument(files[name])
    assert len(document) == 1
    return document[0].render(scale=2).to_pil().convert("RGB")


def differ(files, one, other):
    """Whether two pictures have different dots."""
    return ImageChops.difference(picture(files, one), picture(files, other)).getbbox() is not None


class TestPrinted:
    """What one browser makes of five charts."""

    pytestmark = needs_browser

    def test_every_chart_comes_in_every_format_and_each_is_announced(self, printed):
        """Fifteen files, one after the other."""
        _, files, heard = printed
        assert len(files) == 15
        assert heard == [(done, 15) for done in range(16)]

    def test_a_png_is_twice_as_large_as_its_layout(self, printed):
        """Sharp on print; title and sources have their room."""
        chart, files, _ = printed
        layout = framed(chart).layout
        assert picture(files, "SY-4.png").size == (2 * layout.width, 2 * layout.height)

    def test_words_stay_words_in_svg_and_pdf(self, printed):
        """The title in the one and the day of the data in the other can be searched and copied."""
        chart, files, _ = printed
        assert chart.heading.title[:10] in files["SY-4.svg"].decode()
        text = pypdfium2.PdfDocument(files["SY-4.pdf"])[0].get_textpage().get_text_range()
        assert chart.heading.notes[-1] in normalize("NFKC", text)  # fonts have radicals of their own, as a search knows

    @pytest.mark.parametrize("ending", ["png", "pdf"])
    def test_chinese_characters_are_drawn_and_not_boxes(self, printed, ending):
        """Two characters look different; two that no font has look the same, so that this test can fail."""
        _, files, _ = printed
        assert differ(files, f"first.{ending}", f"second.{ending}")
        assert differ(files, f"first.{ending}", f"none.{ending}")
        assert not differ(files, f"none.{ending}", f"neither.{ending}")

    def test_nothing_runs_on(self, printed):
        """Neither the process nor its browser is left, nor a file."""
        assert printed
        with os.scandir("/proc") as entries:
            lines = [Path(entry.path, "cmdline") for entry in entries if entry.name.isdigit()]
        running = [line.read_bytes() for line in lines if line.exists()]
        assert not [line for line in running if b"tracker-press-" in line]


@pytest.mark.browser
@pytest.mark.skipif(find_browser() is None, reason="no Chrome or Chromium here")
def test_a_machine_without_chinese_fonts_is_told_from_a_fault(monkeypatch, tmp_path):
    """Boxes never leave the tracker: with no font at all it says what is missing."""
    bare = tmp_path / "fonts.conf"
    bare.write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>')
    monkeypatch.setenv("FONTCONFIG_FILE", str(bare))
    with pytest.raises(DataError, match="glyphs_missing"):
        print_charts({"a": titled("a")}, ("png",))


def test_without_a_browser_it_is_said(monkeypatch):
    """BROWSER_PATH is believed, even where it names nothing."""
    monkeypatch.setenv("BROWSER_PATH", "/no/such/browser")
    assert find_browser() is None
    with pytest.raises(DataError, match="browser_missing"):
        print_charts({"a": titled("a")})


def test_a_browser_that_is_none_fails_with_a_message(monkeypatch):
    """A program that is no browser makes no picture and no traceback."""
    monkeypatch.setenv("BROWSER_PATH", sys.executable)
    monkeypatch.setattr(press, "_PATIENCE", 3.0)
    with pytest.raises(DataError, match="press_failed"):
        print_charts({"a": titled("a")}, ("png",))


def test_a_silent_process_is_ended(monkeypatch, tmp_path):
    """Whoever waits for a hung browser is told in the end, and the process is gone."""
    sleeper = tmp_path / "python"
    sleeper.write_text("#!/bin/sh\necho $$ > pid\nexec sleep 600\n")
    sleeper.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", sys.executable)
    monkeypatch.setattr(press, "_PATIENCE", 1.0)
    monkeypatch.setattr(press, "_ROOT", tmp_path)
    monkeypatch.setattr(sys, "executable", str(sleeper))
    with pytest.raises(DataError, match="press_failed"):
        print_charts({"a": titled("a")}, ("png",))
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGTERM)


def test_the_command_line_says_what_is_missing(run, data_dir, monkeypatch, tmp_path):
    """`export --pictures` without a browser ends with a sentence."""
    assert data_dir
    monkeypatch.setenv("BROWSER_PATH", "/no/such/browser")
    code, _, said = run("export", tmp_path / "out", "--pictures", "--lang", "en")
    assert code == 1
    assert "no Chrome or Chromium" in said
