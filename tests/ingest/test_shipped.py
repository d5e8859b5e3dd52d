"""What ships passes the same check as what is uploaded."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from lib.ingest.check import Reference, check_file

# Years of price rises (2021, 2022), and what the notes leave unexplained; nothing across the census of 2023.
ODD = {
    "gdp": [
        *(f"growth_differs 000000 {period}" for period in ("2021", "2022Q1", "2022Q2", "2022Q3", "2022Q4")),
        *(f"growth_differs 210000 {period}" for period in ("2021", "2022", "2022Q4")),
        *(f"growth_differs 210100 {period}" for period in ("2021", "2022Q4")),
        *(f"growth_differs {place}" for place in ("210200 2022", "210300 2021Q3", "211200 2022")),
    ],
    "other": [
        "history_jump 210000 2025",
        *(f"growth_differs 210000 {period}" for period in ("2020Q2", "2022", "2022Q1")),
        "growth_differs 230000 2022",
    ],
    "plan_note": [],
}


def rows_by_line(checked):
    """Region and period of each line."""
    return {row.row: f"{row.region} {row.period}" for row in checked.rows.itertuples()}


@pytest.mark.parametrize("name", ["gdp", "other", "plan_note"])
def test_shipped_figures_pass(ROOT, name):
    """Every row is accepted and says what the file says; the only warnings are those the notes on the figures list."""
    tables = [
        pd.read_csv(ROOT / f"data/{table}.csv", dtype=str, keep_default_na=False)
        for table in ("regions", "indicators", "units", "headers", "breaks")
    ]
    path = ROOT / f"data/actuals/shipped/{name}.csv"
    checked = check_file(path.read_bytes(), Reference(*tables), today=date(2026, 11, 22))
    odd = [f"{item.code} {rows_by_line(checked).get(item.row)}" for item in checked.problems]
    file = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert checked.ok
    assert odd == ODD[name]
    assert checked.rows["value_text"].tolist() == file["value"].tolist()
    columns = ["region", "indicator", "period", "basis", "status", "qualifier", "source", "link", "note"]
    assert checked.rows[columns].equals(file[columns])
