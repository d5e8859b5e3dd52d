"""Whether a tracker is well, for programs and for people."""

from __future__ import annotations

import json

import pytest

from lib.store import Store


def test_a_fresh_tracker_is_well(run, data_dir):
    """Version, figures and the newest figure's day; nothing was received yet."""
    run("history")
    code, said, _ = run("health", "--json")
    health = json.loads(said)
    assert (code, health["well"], health["version"], health["last_upload"]) == (0, True, "00000003", None)
    assert health["figures"] == len(Store(data_dir / "actuals").read())
    assert health["newest_figure"] > "2026"


@pytest.mark.usefixtures("data_dir")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_last_upload_is_named(run, ROOT, lang):
    """Who handed in what, after it was received."""
    run("import", ROOT / "data/examples/made-up-quarter.csv", "--user", "made-up office")
    code, said, _ = run("health", "--lang", lang)
    assert (code, "made-up-quarter.csv" in said, "made-up office" in said) == (0, True, True)


def test_a_damaged_file_is_found(run, data_dir):
    """A byte that changed on the disk makes it end with 1 and name the file."""
    run("history")
    path = data_dir / "actuals/store/00000002.parquet"
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    path.chmod(0o644)
    path.write_bytes(bytes(raw))
    code, said, complaint = run("health", "--json")
    assert code == 1
    assert "00000002" in said + complaint


def test_a_damaged_file_of_rows_for_the_tables_is_found(run, data_dir, ROOT):
    """What was uploaded for the tables is checked with the figures."""
    assert run("import", ROOT / "tests/files/tables/evidence.csv", "--user", "made-up office")[0] == 0
    path = data_dir / "actuals/tables/store/00000001.parquet"
    assert run("health")[0] == 0
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-20])
    code, said, complaint = run("health", "--json")
    assert code == 1
    assert "00000001" in said + complaint


@pytest.mark.usefixtures("data_dir")
def test_a_store_that_cannot_be_written_is_not_well(run, monkeypatch):
    """Nothing is damaged, and nothing could be received."""
    run("history")
    monkeypatch.setattr(Store, "writable", lambda _: False)
    code, said, _ = run("health", "--json")
    assert (code, json.loads(said)["well"], json.loads(said)["damaged"]) == (1, False, [])
