"""What holds for any single case: units, signs and too few points decide nothing. All figures are made up.

Figures are whole tenths, as printed, so that another unit changes nothing but the machine's rounding.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from lib.schema import Kind

MIDWAY, AFTER, LATER = date(2024, 6, 30), date(2025, 6, 30), date(2026, 6, 30)
COLOURS = {"achieved", "achieved_late", "on_track", "at_risk", "off_track", "moving_away", "missed"}
YEARS = ("2019", "2020", "2021", "2022", "2023", "2024", "2025")
DAYS = st.sampled_from([date(2022, 6, 30), date(2023, 6, 30), MIDWAY, AFTER, LATER])
TENTHS = st.integers(1, 200_000)
ANY_TENTHS = st.integers(-200_000, 200_000)
SERIES = st.dictionaries(st.sampled_from(YEARS), TENTHS, max_size=7)
ANY_SERIES = st.dictionaries(st.sampled_from(YEARS), ANY_TENTHS | st.just(0), max_size=7)
GROWTH = st.dictionaries(st.sampled_from(YEARS), st.integers(-1000, 1500).map(lambda tenths: tenths / 10), max_size=7)
BREAKS = st.sampled_from([None, None, "2021", "2022", "2023", "2024"])
INTERIM = st.fixed_dictionaries({"2022": TENTHS, "2023": TENTHS})
OPERATORS = {"level": ">=", "every_period": ">=", "cumulative_change": ">=", "direction": "increase"}
TURNED = {">=": "<=", ">": "<", "<=": ">=", "<": ">", "increase": "decrease", "decrease": "increase"}
# The periods that a rule needs for a colour; a milestone needs evidence.
FEWEST = {
    "level": 2, "average_growth": 2, "cumulative_change": 2, "relative": 2, "every_period": 2, "direction": 3,
    "milestone": 99,
}  # fmt: skip


def print_in(tenths, factor=1.0):
    """The figures as printed in a unit that makes the number `factor` times as large."""
    return {period: tenths[period] / 10 * factor for period in sorted(tenths)}


def own_marks(verdict):
    """The marks of our own rule but those that go by printed digits: what other methods say is not its business."""
    return set(verdict.marks) - {"methods_disagree", "small_gap"}


def numbers_of(verdict):
    """Every share and ratio, none of which has a unit."""
    return [verdict.gap_closed, verdict.elapsed, verdict.pace]


@pytest.fixture(scope="session", name="levels")
def print_levels(figure):
    """Levels from tenths, on a new base from a year on."""

    def levels(tenths, factor=1.0, broken=None):
        return [
            figure(year, value, segment=int(broken is not None and year >= broken))
            for year, value in print_in(tenths, factor).items()
        ]

    return levels


@given(
    values=SERIES, goal=TENTHS, interim=INTERIM, growth=GROWTH, broken=BREAKS, as_of=DAYS,
    path=st.sampled_from(["linear", "constant_growth", "stated"]), operator=st.sampled_from([">=", ">", "<=", "<"]),
    factor=st.sampled_from([1e-4, 1e-3, 0.1, 10.0, 1e4]) | st.floats(1e-4, 1e4),
)  # fmt: skip
@example({"2020": 2, "2022": 23}, 72, {"2022": 1, "2023": 1}, {}, None, MIDWAY, "linear", ">=", 1e4)
@example({"2021": 400, "2022": 410}, 900, {"2022": 1, "2023": 1}, {"2022": 0.0}, None, MIDWAY, "linear", ">=", 1e-4)
@example({"2020": 4, "2023": 61}, 84, {"2022": 1, "2023": 1}, {}, None, MIDWAY, "linear", ">=", 1e4)
def test_the_unit_never_changes_the_verdict_on_a_level(  # noqa: PLR0913, PLR0917 - all that a unit could touch
    judge, levels, values, goal, interim, growth, broken, as_of, path, operator, factor
):
    """Series, target and stated values in 亿元, 万元 or any other unit: same status, reason, marks and shares."""

    def in_unit(scale):
        return judge(
            levels(values, scale, broken),
            value=goal / 10 * scale,
            interim=tuple(print_in(interim, scale).items()),
            growth=growth,
            as_of=as_of,
            path=path,
            operator=operator,
        )

    one, other = in_unit(1.0), in_unit(factor)
    assert (one.status, one.reason, own_marks(one)) == (other.status, other.reason, own_marks(other))
    for first, second in zip(numbers_of(one), numbers_of(other), strict=True):
        assert (first is None) == (second is None)
        assert first is None or first == pytest.approx(second, rel=1e-6, abs=1e-6)
    if one.required is not None and one.required.amount is not None:
        assert other.required.amount == pytest.approx(one.required.amount * factor)
        assert other.required.growth == pytest.approx(one.required.growth)
    assert (one.forecast is None) == (other.forecast is None)


@given(
    values=SERIES, goal=TENTHS, kind=st.sampled_from(sorted(OPERATORS)), as_of=DAYS,
    factor=st.sampled_from([1e-4, 1e4]) | st.floats(1e-4, 1e4),
)  # fmt: skip
def test_the_unit_never_changes_a_status_of_another_kind(judge, values, goal, kind, as_of, factor):
    """Floors, changes and directions in another unit have the same status, reason and marks."""
    verdicts = [
        judge(
            print_in(values, scale),
            kind=kind,
            operator=OPERATORS[kind],
            value=7.7 if kind == "cumulative_change" else goal / 10 * scale,
            as_of=as_of,
        )
        for scale in (1.0, factor)
    ]
    assert len({(verdict.status, verdict.reason, frozenset(own_marks(verdict))) for verdict in verdicts}) == 1


@given(
    values=ANY_SERIES, goal=ANY_TENTHS, broken=BREAKS, growth=GROWTH, as_of=DAYS,
    interim=st.none() | st.fixed_dictionaries({"2022": ANY_TENTHS, "2023": ANY_TENTHS}),
    asked=st.sampled_from([("level", ">="), ("level", ">"), ("every_period", ">="), ("direction", "increase")]),
)  # fmt: skip
def test_down_is_up_in_the_mirror(  # noqa: PLR0913, PLR0917 - all that a sign could touch
    judge, levels, values, goal, broken, growth, as_of, interim, asked
):
    """Figures and bounds with their signs turned, and at least turned to at most: same status, reason and shares."""
    kind, operator = asked

    def seen(sign):
        return judge(
            levels(values, sign, broken),
            kind=kind,
            operator=operator if sign > 0 else TURNED[operator],
            value=goal / 10 * sign,
            path="stated" if interim else "linear",
            interim=tuple(print_in(interim or {}, sign).items()),
            growth=growth,
            as_of=as_of,
        )

    up, down = seen(1.0), seen(-1.0)
    assert (up.status, up.reason, numbers_of(up)) == (down.status, down.reason, numbers_of(down))


@given(
    values=ANY_SERIES, kind=st.sampled_from([*Kind]), goal=ANY_TENTHS.filter(lambda tenths: tenths > -1000),
    baseline=st.sampled_from(["", "2019", "2021", "2022"]), as_of=st.dates(date(2021, 1, 1), date(2027, 12, 31)),
    operator=st.sampled_from([">=", ">", "<=", "<"]), path=st.sampled_from(["linear", "constant_growth", "stated"]),
)  # fmt: skip
@example({}, Kind.LEVEL, 0, "", AFTER, ">=", "linear")
@example({"2021": 0, "2022": 0, "2024": 0}, Kind.CUMULATIVE_CHANGE, 77, "", AFTER, ">=", "linear")
@example({"2021": -50, "2022": 10}, Kind.LEVEL, 0, "", MIDWAY, ">=", "constant_growth")
@example({"2021": 2000, "2022": 900}, Kind.LEVEL, 1000, "", MIDWAY, ">=", "stated")
def test_no_colour_comes_from_nothing(  # noqa: PLR0917 - all that a rule looks at
    judge, values, kind, goal, baseline, as_of, operator, path
):
    """Zero, negative and already-passed baselines fail nowhere, and no kind has a colour from fewer points than it needs."""
    verdict = judge(
        print_in(values), kind=kind, value=goal / 10, benchmark=print_in(values, 0.5), as_of=as_of, path=path,
        operator={"direction": "increase", "milestone": "done"}.get(kind, operator), baseline_period=baseline,
        interim=(("2023", 1.0),),
    )  # fmt: skip
    if str(verdict.status) in COLOURS:
        assert len(values) >= FEWEST[kind]
        # At the deadline the figure itself is held against the target, with or without a way there.
        assert len({figure.period for figure in verdict.used}) >= 2 or verdict.figure.period == "2024"
        assert verdict.value is not None
    else:
        assert (verdict.gap_closed, verdict.pace) == (None, None)
    assert (verdict.status == "no_data") <= bool(verdict.missing)
    if kind == Kind.LEVEL and verdict.baseline is not None and verdict.gap_closed is not None:
        assert (goal / 10 - verdict.baseline.value) * (1 if operator in {">=", ">"} else -1) > 0


@given(values=SERIES, kind=st.sampled_from([*Kind]), as_of=st.dates(date(2021, 1, 1), date(2027, 12, 31)))
def test_fewer_than_two_years_never_have_a_colour(judge, values, kind, as_of):
    """Whatever the kind and the day, nothing or a single point is waited for or missing, and what is missing is named."""
    few = dict(list(print_in(values).items())[:1])
    operator = {"direction": "increase", "milestone": "done", "relative": ">"}.get(kind, ">=")
    verdict = judge(few, kind=kind, operator=operator, value=7.7, benchmark=few, as_of=as_of)
    assert verdict.status in {"no_data", "not_due"}
    assert bool(verdict.missing) is (verdict.reason != "only_baseline")


@given(values=SERIES, kind=st.sampled_from(sorted(OPERATORS)), as_of=DAYS)
def test_estimates_change_nothing(judge, series, values, kind, as_of):
    """A verdict is the same with estimates and lower bounds in the series as without them."""
    sure = series(print_in(values))
    unsure = [
        *series({"2018": 5.0, "2026": 1e6}, status="estimate"),
        *series({"2017": 1.0, "2027": 1e6}, qualifier="at_least"),
    ]
    mixed = sorted([*sure, *unsure], key=lambda figure: figure.period)
    options = {"kind": kind, "operator": OPERATORS[kind], "value": 100.0, "as_of": as_of}
    with_them, without = judge(mixed, **options), judge(sure, **options)
    assert (with_them.status, with_them.reason, with_them.value, numbers_of(with_them)) == (
        without.status,
        without.reason,
        without.value,
        numbers_of(without),
    )


@given(values=SERIES, goal=TENTHS, as_of=DAYS, kind=st.sampled_from(["level", "average_growth", "cumulative_change"]))
def test_what_is_settled_requires_nothing(judge, values, goal, as_of, kind):
    """Required and forecast stand beside what is under way, never beside what the deadline's figure has settled."""
    verdict = judge(print_in(values), kind=kind, value=goal / 10, as_of=as_of)
    if verdict.status in {"missed", "achieved_late", "no_data", "achieved"}:
        assert verdict.required is None
    if verdict.status in {"missed", "achieved_late", "no_data"}:
        assert verdict.forecast is None
    if verdict.reason == "pace":
        assert verdict.required.amount * verdict.required.years == pytest.approx(goal / 10 - verdict.value)


@given(values=SERIES, goal=TENTHS, growth=GROWTH, year=st.sampled_from(["2022", "2023"]), as_of=st.just(MIDWAY))
def test_a_break_never_widens_what_is_known(judge, levels, values, goal, growth, year, as_of):  # noqa: PLR0917
    """Across a break no share of the gap and no pace are given; a colour other than met needs the same on both bases."""
    verdict = judge(levels(values, broken=year), value=goal / 10, growth=growth, as_of=as_of)
    assume(verdict.baseline is not None and verdict.figure is not None)
    if verdict.baseline.segment == verdict.figure.segment:
        assert verdict.carried is None or verdict.later is not None
        return
    assert (verdict.gap_closed, verdict.pace) == (None, None)
    assert "series_break" in verdict.marks
    if verdict.status in {"on_track", "at_risk", "off_track", "moving_away"}:
        assert verdict.reason == "break_same"
        assert len(verdict.carried.rates) >= 1
        assert verdict.carried.closed is not None
