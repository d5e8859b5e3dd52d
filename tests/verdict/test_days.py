"""The days on which something changed: each of them is one on which the boards before and after differ, and no other is."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
import pytest

from lib.verdict.days import days_of_change
from lib.zones import members_of

SINCE = date(2022, 2, 9)
TODAY = date(2026, 11, 22)


def _stand(board):
    """Status and figures of every target of a board."""
    return {
        name: (
            verdict.status,
            [(f.region, f.indicator, f.period, f.value) for f in (verdict.later, verdict.figure, *verdict.used) if f],
        )
        for name, verdict in board.verdicts.items()
    }


@pytest.fixture(scope="module")
def changes(shipped_board, shipped_actuals):
    """The days on which the shipped plan's verdicts or their figures changed."""
    return days_of_change(shipped_board.tables, shipped_actuals, SINCE, TODAY)


def test_the_plans_own_days(changes):
    """Dalian reaches its target in January 2026, a figure of Shenyang's comes without a new verdict, a deadline passes."""
    found = {change.day: change for change in changes}
    assert found[date(2026, 1, 23)].verdicts == ("CO-4",)
    assert found[date(2022, 3, 1)].verdicts == ()
    assert found[date(2022, 3, 1)].figures == ("SY-4",)
    assert "SY-2" in found[date(2025, 1, 1)].verdicts
    assert found[date(2025, 12, 3)].verdicts == ("SY-1",)
    assert list(found) == sorted(found)
    assert 10 < len(found) < 40


def test_the_day_before_a_change_stands_otherwise(changes, board_on):
    """On each of these days the board differs from that of the day before, in the targets named."""
    for change in changes[::4]:
        before, after = _stand(board_on(change.day - timedelta(days=1))), _stand(board_on(change.day))
        verdicts = tuple(name for name in after if before[name][0] != after[name][0])
        assert verdicts == change.verdicts
        assert {name for name in after if before[name] != after[name]} == {*change.verdicts, *change.figures}


def test_between_two_days_nothing_changes(changes, board_on):
    """From a day of change to the eve of the next the boards are the same."""
    for change, following in list(pairwise(changes))[::5]:
        assert _stand(board_on(change.day)) == _stand(board_on(following.day - timedelta(days=1)))


def test_a_sum_of_members_changes_when_the_last_of_them_reports(shipped_board, shipped_actuals):
    """Made-up populations of all members of the Shenyang circle, a day apart: their rate counts from the last one's day."""
    tables = shipped_board.tables
    members = members_of(tables.memberships)["SY"]
    row = shipped_actuals[shipped_actuals["indicator"] == "resident_pop"].iloc[:1]
    told = [
        row.assign(
            region=member, indicator=indicator, period="2023", value=value, published=pd.Timestamp(2024, 6, 1 + place),
            status="preliminary", qualifier="", user="made-up", upload=f"made-up-{place}", row=place,
        )
        for place, member in enumerate(members)
        for indicator, value in (("resident_pop", 100.0), ("urban_pop", 80.0))
    ]  # fmt: skip
    actuals = pd.concat([shipped_actuals, *(made.astype(row.dtypes) for made in told)], ignore_index=True)
    days = {change.day: change for change in days_of_change(tables, actuals, SINCE, TODAY)}
    assert "SY-6b" in days[date(2024, 6, len(members))].figures
    assert date(2024, 6, 1) not in days


def test_without_figures_only_time_and_evidence_change_anything(shipped_board, shipped_actuals):
    """An empty store has the days on which figures fall due, the deadline passes and evidence comes."""
    changes = days_of_change(shipped_board.tables, shipped_actuals.iloc[:0], SINCE, TODAY)
    assert all(change.verdicts for change in changes)
    assert all(change.figures == () for change in changes)
    assert date(2025, 1, 1) in {change.day for change in changes}
