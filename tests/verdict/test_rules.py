"""What holds for every rule: all statuses can be reached, units and signs do not matter, missing data has no colour."""

from __future__ import annotations

from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from lib.schema import Kind, Status

MIDWAY, AFTER = date(2024, 6, 30), date(2026, 6, 30)
COLOURS = {"achieved", "achieved_late", "on_track", "at_risk", "off_track", "moving_away", "missed"}
# Figures with one decimal, as printed: kept in tenths so that another unit is exact.
TENTHS = st.integers(1, 200_000)
SERIES = st.dictionaries(st.sampled_from(["2020", "2021", "2022", "2023", "2024", "2025"]), TENTHS, max_size=6)
LEVELS = {"level": ">=", "every_period": ">=", "cumulative_change": ">=", "direction": "increase"}


def print_in(tenths, factor):
    """The figures as printed in a unit that makes the number `factor` times as large."""
    return {period: tenths[period] * factor / 10 for period in sorted(tenths)}


def test_every_status_can_be_reached(judge, figure, state):
    """No status of the legend is out of reach, and none comes from a kind without a rule but not judged."""
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
    assert reached == {str(status): status for status in Status}
    assert judge({}, kind="interval").status == "not_judged"
    assert judge({}, kind="milestone", evidence=[state("2023-05-01", "planned")]).status == "not_due"


@given(values=SERIES, value=TENTHS, kind=st.sampled_from(sorted(LEVELS)), as_of=st.sampled_from([MIDWAY, AFTER]))
@example(values={"2020": 2, "2022": 23}, value=72, kind="level", as_of=MIDWAY)
def test_the_unit_never_changes_a_status(judge, values, value, kind, as_of):
    """The same figures in 亿元 and in 万元, ten thousand times as large on both sides, have the same status."""
    goals = (7.7, 7.7) if kind == "cumulative_change" else (value / 10, value * 10_000 / 10)
    verdicts = [
        judge(print_in(values, factor), kind=kind, operator=LEVELS[kind], value=goal, as_of=as_of)
        for factor, goal in zip((1, 10_000), goals, strict=True)
    ]
    assert verdicts[0].status == verdicts[1].status


@given(values=SERIES, value=TENTHS, as_of=st.sampled_from([MIDWAY, AFTER]))
def test_a_ceiling_is_a_floor_in_the_mirror(judge, values, value, as_of):
    """Figures and bound with their signs turned, and at least turned to at most, have the same status."""
    for kind in ("level", "every_period"):
        floor = judge(print_in(values, 1), kind=kind, value=value / 10, as_of=as_of)
        ceiling = judge(print_in(values, -1), kind=kind, operator="<=", value=-value / 10, as_of=as_of)
        assert (floor.status, floor.gap_closed) == (ceiling.status, ceiling.gap_closed)


@given(values=SERIES, kind=st.sampled_from([*Kind]), as_of=st.dates(date(2021, 1, 1), date(2027, 12, 31)))
def test_fewer_than_two_years_never_have_a_colour(judge, values, kind, as_of):
    """Whatever the kind and the day, nothing or a single point is not judged by colour, and every gap is named."""
    few = dict(list(print_in(values, 1).items())[:1])
    operator = {"direction": "increase", "milestone": "done", "relative": ">"}.get(kind, ">=")
    verdict = judge(few, kind=kind, operator=operator, value=7.7, benchmark=few, as_of=as_of)
    assert str(verdict.status) not in COLOURS


@given(values=SERIES, kind=st.sampled_from(sorted(LEVELS)), as_of=st.sampled_from([MIDWAY, AFTER]))
def test_estimates_change_nothing(judge, series, values, kind, as_of):
    """A verdict is the same with estimates and lower bounds in the series as without them."""
    sure = series(print_in(values, 1))
    unsure = [
        *series({"2019": 5.0, "2026": 1e6}, status="estimate"),
        *series({"2018": 1.0, "2027": 1e6}, qualifier="at_least"),
    ]
    mixed = sorted([*sure, *unsure], key=lambda figure: figure.period)
    options = {"kind": kind, "operator": LEVELS[kind], "value": 100.0, "as_of": as_of}
    with_them, without = judge(mixed, **options), judge(sure, **options)
    assert (with_them.status, with_them.gap_closed, with_them.value) == (
        without.status,
        without.gap_closed,
        without.value,
    )
