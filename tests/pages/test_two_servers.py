"""Two processes serve one data folder: each shows what the other received at the next drawing, and never half of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from lib.store import Store


@pytest.fixture
def elsewhere(ROOT, data_dir):
    """Do something to the same data in another process; gives what it said."""

    def work(*arguments):
        command = [sys.executable, "-m", "lib", *arguments]
        environment = os.environ | {"TRACKER_DATA": str(data_dir)}
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=300
        )
        return done.stdout + done.stderr

    return work


def test_each_shows_what_the_other_received(ROOT, visit, said, data_dir, elsewhere):
    """An upload elsewhere is in the history and the verdicts at the next drawing; withdrawn elsewhere, it is gone."""
    example = str(ROOT / "data/examples/made-up-quarter.csv")
    visitor, reader = visit("upload", "en", data_dir), visit("overview", "en", data_dir)
    assert not reader.warning
    told = elsewhere("import", example, "--user", "an office elsewhere")
    assert "an office elsewhere" in said(visitor.run())
    assert len(reader.run().warning) == 1, "made-up figures are pointed out"
    assert (
        re.search(r"u\d{8}-[0-9a-f]{8}", told)[0] == "u00000004-" + Store(data_dir / "actuals").history()[0].digest[:8]
    )
    elsewhere("undo", Store(data_dir / "actuals").history()[0].upload, "--user", "x")
    assert not reader.run().warning
    assert "an office elsewhere" in said(visitor.run()), "nothing is deleted"


def test_who_confirms_what_another_has_changed_is_told(ROOT, visit, data_dir, elsewhere):
    """The preview is of before: the click keeps nothing and says so; the second one, with the new preview, keeps it."""
    raw = (ROOT / "data/examples/made-up-quarter.csv").read_bytes()
    visitor = visit("upload", "en", data_dir)
    visitor.file_uploader[0].upload("mine.csv", raw + b"\n").run()
    visitor.text_input(key="upload-user").input("mine").run()
    elsewhere("import", str(ROOT / "data/examples/made-up-quarter.csv"), "--user", "theirs")
    visitor.button(key="confirm").click().run()
    assert not visitor.exception
    assert any("4" in warning.value for warning in visitor.warning)
    assert Store(data_dir / "actuals").version() == "00000004"
    assert visitor.button(key="confirm").click().run().success
    assert [item.user for item in Store(data_dir / "actuals").history()][:2] == ["mine", "theirs"]
