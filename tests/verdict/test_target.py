"""The path of expected values: a line, constant growth, or what the plan itself states. All figures are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.verdict.target import expected_at, grows_constantly

# The plan of the test's target ends with 2024, 2025.0 on the axis of years.
END = 2025.0
VALUES = st.integers(-200_000, 200_000).map(lambda tenths: tenths / 10)
POSITIVE = st.integers(1, 200_000).map(lambda tenths: tenths / 10)
STARTS = st.sampled_from([2020.0, 2021.0, 2022.0])
SHARES = st.floats(0, 1)


@pytest.mark.parametrize(
    ("path", "position", "expected"),
    [
        # From 100 at the end of 2021 to 133.1 at the end of 2024: 11.033 a year, or 10 % a year.
        ("linear", 2022.0, 100.0),
        ("linear", 2023.0, 100 + 33.1 / 3),
        ("linear", 2023.5, 100 + 33.1 / 2),
        ("linear", 2025.0, 133.1),
        ("constant_growth", 2022.0, 100.0),
        ("constant_growth", 2023.0, 110.0),
        ("constant_growth", 2023.5, 100 * 1.331**0.5),
        ("constant_growth", 2024.0, 121.0),
        ("constant_growth", 2025.0, 133.1),
    ],
)
def test_paths_worked_by_hand(target, path, position, expected):
    """A third of the way in time is a third of the line, and 10 % of growth a year where the end is 1.1³."""
    asked = target(value=133.1, path=path)
    assert expected_at(asked, 2022.0, 100.0, position) == pytest.approx(expected)


def test_a_fall_at_a_constant_rate(target):
    """From 80 to 10 in three years is half of it each year."""
    asked = target(value=10.0, operator="<=", path="constant_growth")
    assert [expected_at(asked, 2022.0, 80.0, year) for year in (2023.0, 2024.0)] == [
        pytest.approx(40.0),
        pytest.approx(20.0),
    ]


def test_stated_values_are_joined_by_lines(target):
    """From 100 over the plan's own 104 (2022) and 130 (2023) to 140 (2024), straight between them."""
    asked = target(value=140.0, path="stated", interim=(("2022", 104.0), ("2023", 130.0)))
    for position, expected in ((2022.5, 102.0), (2023.25, 110.5), (2024.5, 135.0)):
        assert expected_at(asked, 2022.0, 100.0, position) == pytest.approx(expected)


def test_quarters_can_be_stated(target):
    """A value stated for the first half of 2023 stands at the end of June."""
    asked = target(value=140.0, path="stated", interim=(("2023Q2", 110.0),))
    assert expected_at(asked, 2022.0, 100.0, 2023.5) == pytest.approx(110.0)
    assert expected_at(asked, 2022.0, 100.0, 2022.75) == pytest.approx(105.0)


def test_interim_values_count_only_on_a_stated_path_and_after_the_baseline(target):
    """On a line they change nothing; a value stated for the baseline's own year or the deadline gives way to those."""
    interim = (("2021", 1.0), ("2023", 130.0), ("2024", 999.0))
    line, stated = target(value=140.0, interim=interim), target(value=140.0, path="stated", interim=interim)
    assert expected_at(line, 2022.0, 100.0, 2024.0) == pytest.approx(100 + 40 * 2 / 3)
    assert expected_at(stated, 2022.0, 100.0, 2022.0) == pytest.approx(100.0)
    assert expected_at(stated, 2022.0, 100.0, 2024.5) == pytest.approx(135.0)
    assert expected_at(stated, 2022.0, 100.0, END) == 140.0


@pytest.mark.parametrize("path", ["linear", "constant_growth", "stated"])
def test_the_target_is_held_after_the_deadline_and_the_baseline_before_its_time(target, path):
    """Nothing is asked for beyond the target, and nothing before the baseline."""
    asked = target(value=140.0, path=path)
    assert expected_at(asked, 2022.0, 100.0, 2031.0) == 140.0
    assert expected_at(asked, 2022.0, 100.0, 2015.0) == pytest.approx(100.0)
    assert expected_at(asked, END, 100.0, 2023.0) == 140.0


@pytest.mark.parametrize(
    ("baseline", "goal", "path", "grows"),
    [
        (80.0, 100.0, "constant_growth", True),
        (0.0, 100.0, "constant_growth", False),
        (-80.0, 100.0, "constant_growth", False),
        (80.0, 0.0, "constant_growth", False),
        (80.0, 100.0, "linear", False),
        (80.0, 100.0, "stated", False),
    ],
)
def test_only_positive_values_grow_constantly(target, baseline, goal, path, grows):
    """No rate leads from or to nothing; without one the path is a line."""
    asked = target(value=goal, path=path)
    assert grows_constantly(asked, baseline) is grows
    if not grows:
        middle = expected_at(asked, 2022.0, baseline, 2023.5)
        assert middle == pytest.approx((baseline + goal) / 2)


@given(path=st.sampled_from(["linear", "constant_growth"]), start=STARTS, baseline=VALUES, goal=VALUES, share=SHARES)
def test_a_path_runs_from_the_baseline_to_the_target(target, path, start, baseline, goal, share):
    """At every time between, the expected value lies between both ends, and it hits both."""
    asked = target(value=goal, path=path)
    low, high = sorted((baseline, goal))
    slack = 1e-9 * max(abs(low), abs(high), 1.0)
    expected = expected_at(asked, start, baseline, start + share * (END - start))
    assert low - slack <= expected <= high + slack
    assert expected_at(asked, start, baseline, start) == pytest.approx(baseline)
    assert expected_at(asked, start, baseline, END) == goal


@given(
    path=st.sampled_from(["linear", "constant_growth"]),
    baseline=POSITIVE,
    goal=POSITIVE,
    shares=st.tuples(SHARES, SHARES),
)
def test_a_path_never_turns(target, path, baseline, goal, shares):
    """Later in time is nearer to the target or as near."""
    asked = target(value=goal, path=path)
    early, late = (expected_at(asked, 2022.0, baseline, 2022.0 + 3 * share) for share in sorted(shares))
    assert abs(goal - late) <= abs(goal - early) + 1e-9 * max(baseline, goal)


@given(baseline=VALUES, goal=VALUES, stated=st.tuples(VALUES, VALUES))
def test_stated_values_are_hit_exactly(target, baseline, goal, stated):
    """At the end of a year for which the plan states a value, that value is asked for, and the target at the deadline."""
    asked = target(value=goal, path="stated", interim=(("2022", stated[0]), ("2023", stated[1])))
    at = [expected_at(asked, 2022.0, baseline, position) for position in (2022.0, 2023.0, 2024.0, END)]
    assert at == [pytest.approx(value, rel=1e-12, abs=1e-9) for value in (baseline, *stated, goal)]


@pytest.mark.parametrize("operator", [">=", ">", "<=", "<"])
@given(value=VALUES, bound=VALUES)
def test_a_bound_is_met_on_its_own_side(target, operator, value, bound):
    """What the machine's rounding alone keeps apart is equal; otherwise the side decides, and turning signs turns it."""
    asked = target(operator=operator, value=bound)
    sides = {">=": value >= bound, ">": value > bound, "<=": value <= bound, "<": value < bound}
    assert asked.is_met_by(value) is sides[operator]
    mirror = target(operator=operator.translate(str.maketrans("<>", "><")), value=-bound)
    assert mirror.is_met_by(-value) is sides[operator]


@pytest.mark.parametrize(("operator", "equal"), [(">=", True), ("<=", True), (">", False), ("<", False)])
def test_rounding_does_not_decide(target, operator, equal):
    """0.1 + 0.2 is 0.3 here, whatever binary fractions make of it."""
    assert target(operator=operator, value=0.3).is_met_by(0.1 + 0.2) is equal
