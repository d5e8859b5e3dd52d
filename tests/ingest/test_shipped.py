"""What ships passes the same check as what is uploaded."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from lib.ingest.check import Reference, check_file


@pytest.mark.parametrize("name", ["gdp", "other", "plan_note"])
def test_shipped_figures_pass(ROOT, name):
    """Every row is accepted, without a warning, and says what the file says."""
    tables = [
        pd.read_csv(ROOT / f"data/{table}.csv", dtype=str, keep_default_na=False)
        for table in ("regions", "indicators", "units", "headers")
    ]
    path = ROOT / f"data/actuals/shipped/{name}.csv"
    checked = check_file(path.read_bytes(), Reference(*tables), today=date(2026, 11, 22))
    file = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert checked.problems == []
    assert checked.rows["value_text"].tolist() == file["value"].tolist()
    columns = ["region", "indicator", "period", "basis", "status", "qualifier", "source", "link", "note"]
    assert checked.rows[columns].equals(file[columns])
