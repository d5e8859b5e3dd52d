"""What a server tells of itself: lines that programs read, and sums that people do."""

from __future__ import annotations

import json
import logging

import pytest

from lib import watch


@pytest.fixture
def log(tmp_path, monkeypatch):
    """A fresh count and a log in a file; gives its lines. The loggers are as before afterwards."""
    logger, path = logging.getLogger("lib"), tmp_path / "log.jsonl"
    before = logger.handlers, logger.level, logger.propagate
    monkeypatch.setattr(watch, "SINCE", watch.Since())
    monkeypatch.setattr(logger, "handlers", [])
    monkeypatch.setenv(watch.SETTING, str(path))
    watch.start_telling()
    watch.start_telling()
    yield lambda: [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for handler in logger.handlers:
        handler.close()
    logger.handlers, logger.level, logger.propagate = before
    logger.setLevel(before[1])


def test_a_page_is_a_line_with_its_facts(log):
    """Page, language and milliseconds stand in the line under their names, Chinese as it is written."""
    watch.tell_page(0.0426, page="overview", language="zh", plan="辽宁")
    (line,) = log()
    assert {name: line[name] for name in ("level", "event", "page", "language", "plan", "milliseconds")} == {
        "level": "info",
        "event": "page",
        "page": "overview",
        "language": "zh",
        "plan": "辽宁",
        "milliseconds": 42.6,
    }
    assert line["time"].endswith("+00:00")


def test_a_fault_has_the_number_that_the_visitor_is_told(log):
    """All about it stands in one line under the number, and it counts as one fault."""
    number = watch.tell_fault(IndexError("made up"))
    (line,) = log()
    assert (line["level"], line["id"]) == ("error", number)
    assert "IndexError" in line["traceback"]
    assert watch.SINCE.faults == 1


def test_what_any_part_tells_as_an_error_counts(log):
    """A fault of the data, told by a page, is counted; a warning is told and not counted."""
    logging.getLogger("lib.views.shell").error("The data cannot be used")
    logging.getLogger("lib.views.cached").warning("The shipped figures cannot be kept")
    assert [line["level"] for line in log()] == ["error", "warning"]
    assert watch.SINCE.faults == 1


def test_uploads_and_withdrawals_are_told(log):
    """Each is a line with its number."""
    watch.tell_entry("upload", upload="u1", rows=3)
    watch.tell_entry("undo", upload="u1")
    assert [(line["event"], line["upload"]) for line in log()] == [("upload", "u1"), ("undo", "u1")]


def test_times_are_those_of_the_newest_pages():
    """Half and 95 of 100 pages; nothing is said of a single one, and no more is kept than the newest."""
    since = watch.Since()
    since.times.append(7.0)
    assert since.times_within() is None
    since.times.extend(float(number) for number in range(watch.KEPT + 1))
    half, most = since.times_within()
    assert (half, most) == (pytest.approx(watch.KEPT / 2 + 0.5), pytest.approx(watch.KEPT * 0.95, abs=1.1))
