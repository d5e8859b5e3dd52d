"""What holds for every rule: there is one for each kind, and every status of the legend can be reached. Made-up figures."""

from __future__ import annotations

from datetime import date

import pytest

from lib.schema import EVIDENCED, Kind, Status
from lib.verdict.kinds import RULES
from lib.verdict.model import pace_status, usable

MIDWAY, AFTER = date(2024, 6, 30), date(2026, 6, 30)


def test_every_kind_has_its_rule():
    """The rules are exactly those of the schema's kinds, each in the module named after it."""
    assert set(RULES) == set(Kind)
    assert {kind: rule.__module__.rpartition(".")[2] for kind, rule in RULES.items()} == {kind: kind for kind in Kind}


def test_every_status_can_be_reached(judge, figure, state):
    """No status of the legend is out of reach."""
    reached = {
        "achieved": judge({"2021": 80.0, "2024": 100.0}, as_of=AFTER).status,
        "achieved_late": judge({"2021": 80.0, "2024": 99.0, "2025": 100.0}, as_of=AFTER).status,
        "on_track": judge({"2021": 80.0, "2023": 95.0}, as_of=MIDWAY).status,
        "at_risk": judge({"2021": 80.0, "2023": 90.0}, as_of=MIDWAY).status,
        "off_track": judge({"2021": 80.0, "2023": 82.0}, as_of=MIDWAY).status,
        "moving_away": judge({"2021": 80.0, "2023": 79.0}, as_of=MIDWAY).status,
        "missed": judge({"2021": 80.0, "2024": 99.0}, as_of=AFTER).status,
        "not_due": judge({"2020": 70.0, "2021": 80.0}, as_of=date(2022, 6, 30)).status,
        "no_data": judge({"2021": 80.0}, as_of=AFTER).status,
        "not_judged": judge([figure("2021", 80.0), figure("2023", 90.0, segment=1)], as_of=MIDWAY).status,
    }
    announced = judge({}, kind="recurring", every=1, evidence=[state("2022-03-01", "planned")], as_of=MIDWAY)
    reached["overdue"] = announced.status
    assert reached == {str(status): status for status in Status}
    assert judge({}, kind="milestone", evidence=[state("2023-05-01", "planned")]).status == "not_due"


@pytest.mark.parametrize(
    ("pace", "status"),
    [
        (7.0, "on_track"),
        (0.95, "on_track"),
        (0.95 - 1e-12, "on_track"),
        (0.949, "at_risk"),
        (0.6, "at_risk"),
        (0.599, "off_track"),
        (0.0, "off_track"),
        (-1e-12, "off_track"),
        (-0.001, "moving_away"),
    ],
)
def test_cut_offs_of_the_pace(pace, status):
    """0.95, 0.60 and 0 belong to the better side, and so does what only the machine's rounding keeps below them."""
    assert pace_status(pace) == status


def test_estimates_and_lower_bounds_are_set_aside(series, figure):
    """What a bureau gave exactly or about is usable, whatever its vintage; estimates and "more than" are not."""
    kept = [*series({"2020": 1.0, "2021": 2.0}, status="unknown"), figure("2022", 3.0, qualifier="about")]
    left_out = [figure("2023", 4.0, status="estimate"), figure("2024", 5.0, qualifier="at_least")]
    assert usable((*kept, *left_out)) == tuple(kept)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in EVIDENCED])
def test_an_estimate_instead_of_a_figure_is_marked(judge, figure, kind):
    """Where a verdict waits for a figure of which only an estimate is known, a mark says so; and nothing says so without."""
    options = {"kind": kind, "benchmark": {"2022": 1.0}, "as_of": AFTER}
    assert "estimate" in judge([figure("2024", 120.0, status="estimate")], **options).marks
    assert "estimate" not in judge({}, **options).marks
