"""What holds for the whole board, for any uploads: how they arrive changes nothing, and no day knows what came later.

All figures are made up, for every kind of target that the plan has. Judging a board takes a while, so that a few examples
hold many figures each, and a failing one is not made smaller.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from lib.intake import check_upload, what_if
from lib.periods import parse_period
from lib.plans import narrow
from lib.store import Store
from lib.tables import read_tables
from lib.verdict.judge import judge_all, read_targets, select_figures

TODAY = date(2026, 11, 22)
FEW = settings(max_examples=5, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
COLUMNS = ("region", "indicator", "period", "basis", "value", "unit", "status", "qualifier", "published", "source")
YEARS = tuple(str(year) for year in range(2020, 2026))
VINTAGES = ("preliminary", "preliminary", "preliminary", "revised", "final", "unknown", "estimate")
# Series that targets of the plan ask for, or that stand beside them: levels, growth, shares, stocks, a benchmark.
ASKED = (
    ("210100", "gdp", "annual", "100m_cny", (5000, 12000)),
    ("210200", "gdp", "annual", "100m_cny", (5000, 12000)),
    ("210100", "gdp_growth_real", "annual", "pct", (-5, 12)),
    ("210200", "gdp_growth_real", "annual", "pct", (-5, 12)),
    ("210100", "urbanization_rate", "point", "pct", (80, 90)),
    ("SY", "manufacturing_va_share", "annual", "pct", (20, 35)),
    ("CO", "trade_growth", "annual", "pct", (-20, 20)),
    ("000000", "trade_growth", "annual", "pct", (-20, 20)),
    ("WL", "gdp_growth_real", "annual", "pct", (-5, 12)),
    ("210000", "gdp_growth_real", "annual", "pct", (-5, 12)),
    ("WL", "fai_growth", "annual", "pct", (-20, 30)),
    ("EL", "forest_coverage", "point", "pct", (50, 70)),
    ("EL", "forest_stock", "point", "100m_m3", (2, 4)),
)
# Series that no target asks for and that are part of none that one does.
UNRELATED = (
    ("220000", "gdp", "annual", "100m_cny", (5000, 20000)),
    ("440300", "gdp_growth_real", "annual", "pct", (-5, 12)),
    ("210100", "tourist_visits", "annual", "10k_visits", (1000, 20000)),
    ("000000", "export_total", "annual", "100m_cny", (100000, 300000)),
    ("SHENFU", "gdp", "annual", "100m_cny", (50, 200)),
)


def make_up(chance, series, count):
    """Rows of an upload: each with its vintage, its day of publication or none, and a value of the series' size."""
    rows = []
    for place in range(count):
        region, indicator, basis, unit, (low, high) = chance.choice(series)
        period = chance.choice(YEARS)
        day = min(parse_period(period).end + timedelta(days=chance.randint(5, 500)), TODAY)
        rows.append(
            {
                "region": region,
                "indicator": indicator,
                "period": period,
                "basis": basis,
                "value": chance.randint(low * 10, high * 10) / 10,
                "unit": unit,
                "status": chance.choice(VINTAGES),
                "qualifier": chance.choice(["", "", "", "", "", "about", "at_least"]),
                "published": chance.choice(["", day.isoformat(), day.isoformat()]),
                "source": f"made-up {place}",
            }
        )
    return rows


# What an upload holds follows from one number: hypothesis would draw a thousand otherwise, and keep them all alike.
CHANCES = st.integers(0, 10**9).map(random.Random)
ROWS = CHANCES.map(lambda chance: make_up(chance, ASKED, 200))
DAYS = st.dates(date(2022, 1, 1), TODAY)


@pytest.fixture(scope="module", name="tables")
def read(ROOT):
    """The shipped tables."""
    return narrow(read_tables(ROOT / "data"))


@pytest.fixture(scope="module", name="receive")
def let_in(tables, tmp_path_factory):
    """Let uploads in, one after the other, and give all their figures."""
    empty = Store(tmp_path_factory.mktemp("empty")).read()

    def receive(*files, user="office"):
        frame = empty
        for rows in filter(None, files):
            raw = pd.DataFrame(rows, columns=list(COLUMNS)).to_csv(index=False)
            checked = check_upload(raw.encode(), tables, today=TODAY)
            assert checked.ok, checked.problems
            frame = what_if(frame, checked.rows, user=user)
        return frame

    return receive


@pytest.fixture(scope="module", name="answers")
def judge_on(tables):
    """Every verdict on a day, by target: status and every number, date, mark and step."""

    def answers(frame, day, tables=tables):
        verdicts = judge_all(tables, read_targets(tables), select_figures(frame, tables, day), day)
        return {verdict.target: verdict for verdict in verdicts}

    return answers


@FEW
@given(rows=ROWS, day=DAYS, order=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(receive, answers, rows, day, order):
    """Stored rows in any order give the same board, to the last number and step."""
    frame = receive(rows)
    places = list(range(len(frame)))
    order.shuffle(places)
    assert answers(frame.iloc[places].reset_index(drop=True), day) == answers(frame, day)


@FEW
@given(rows=ROWS, day=DAYS, cut=st.floats(0, 1))
def test_an_upload_in_two_parts_changes_nothing(receive, answers, rows, day, cut):
    """One file, or its first rows in one upload and the others in the next: the same board."""
    place = 1 + int(cut * (len(rows) - 2))
    assert answers(receive(rows[:place], rows[place:]), day) == answers(receive(rows), day)


@FEW
@given(rows=ROWS, others=CHANCES.map(lambda chance: make_up(chance, UNRELATED, 40)), day=DAYS)
def test_an_unrelated_series_changes_nothing(receive, answers, rows, others, day):
    """Figures of other regions and indicators, before or after in the store, leave every verdict as it is."""
    alone = answers(receive(rows), day)
    assert answers(receive(rows, others), day) == alone
    assert answers(receive(others, rows), day) == alone


@FEW
@given(rows=ROWS, day=DAYS)
def test_no_day_knows_what_was_published_later(receive, answers, rows, day):
    """Later periods and later vintages, all published after a day, change neither status nor any number of that day."""
    later = [row for row in rows if row["published"] > day.isoformat()]
    earlier = [row for row in rows if row not in later]
    known = answers(receive(earlier), day)
    assert answers(receive(earlier, later), day) == known
    assert answers(receive(later, earlier), day) == known
    for verdict in known.values():
        assert all(figure.known_from <= day for figure in verdict.used)


@FEW
@given(rows=ROWS, factor=st.sampled_from([1e-4, 1e4]) | st.floats(1e-4, 1e4), day=DAYS)
def test_the_unit_of_a_level_changes_nothing(receive, answers, tables, rows, factor, day):
    """GDP and what is asked of it, with a stated baseline and interim values, in any unit: same status, reason, marks."""
    targets = tables.targets.copy()
    gdp = targets["indicator"] == "gdp"
    targets.loc[gdp, ["baseline_period", "path"]] = ["2021", "stated"]
    targets.loc[gdp, "baseline_value"] = 7000.0
    paths = pd.DataFrame(
        [("SY-4", "2022", 7900.0, "s", ""), ("CO-4", "2023", 8800.0, "s", "")], columns=tables.paths.columns
    )
    frame = receive(rows)
    seen = []
    for scale in (1.0, factor):
        asked, levels = targets.copy(), frame["indicator"].astype(str) == "gdp"
        asked.loc[gdp, ["value", "baseline_value"]] *= scale
        scaled = replace(tables, targets=asked, paths=paths.assign(value=paths["value"] * scale))
        verdicts = answers(frame.assign(value=frame["value"].where(~levels, frame["value"] * scale)), day, scaled)
        marks = {code: set(verdict.marks) - {"methods_disagree", "small_gap"} for code, verdict in verdicts.items()}
        seen.append([(code, verdict.status, verdict.reason, marks[code]) for code, verdict in verdicts.items()])
    assert seen[0] == seen[1]


@FEW
@given(rows=ROWS, day=DAYS)
def test_every_number_shown_is_a_number(receive, answers, rows, day):
    """Whatever was let in: no verdict of the board holds a number that is none, and each ends its trace with its status."""
    for verdict in answers(receive(rows), day).values():
        numbers = [
            verdict.value,
            verdict.expected,
            verdict.expected_today,
            verdict.gap,
            verdict.gap_closed,
            verdict.pace,
        ]
        assert all(number is None or number - number == 0 for number in numbers)
        assert (verdict.trace[-1].name, verdict.trace[-1].result) == ("status", str(verdict.status))
        assert (verdict.status == "no_data") <= bool(verdict.missing)
