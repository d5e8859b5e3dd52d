"""The inference step by step: each number of a verdict can be had again from what its trace says went in. Made-up figures."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lib.periods import parse_period
from lib.schema import Status

MIDWAY, AFTER, LATER = date(2024, 6, 30), date(2025, 6, 30), date(2026, 6, 30)
RATES = {"2022": 12.0, "2023": 16.0}
GROWTH = st.integers(-300, 600).map(lambda tenths: tenths / 10)


def inputs(verdict, name):
    """What went into the one step of this name, and what came out."""
    (step,) = [step for step in verdict.trace if step.name == name]
    return {**dict(step.inputs), "result": step.result}


def names(verdict):
    """The steps in their order."""
    return [step.name for step in verdict.trace]


def place(code):
    """A period's end in years."""
    return parse_period(code).position


def expected_again(step):
    """The expected value by the formula that the step names."""
    start, end = place(step["baseline_period"]), place(step["deadline"])
    share = (place(step["period"]) - start) / (end - start)
    if step["path"] == "constant_growth":
        return step["baseline"] * (step["target"] / step["baseline"]) ** share
    return step["baseline"] + (step["target"] - step["baseline"]) * share


def status_again(pace):
    """The status by the published cut-offs."""
    return next(
        status
        for status, cut in (("on_track", 0.95), ("at_risk", 0.6), ("off_track", 0.0), ("moving_away", -math.inf))
        if round(pace, 9) >= cut
    )


def test_a_pace_is_had_again_from_its_trace(judge):
    """From 80 to 90 with 110 asked for: every step from figures to status is there, with its numbers and dates."""
    verdict = judge({"2021": 80.0, "2022": 90.0}, value=110.0, as_of=MIDWAY)
    assert names(verdict) == [
        "figure", "figure", "baseline", "expected", "gap", "gap_closed", "elapsed", "pace", "required", "status",
    ]  # fmt: skip
    first = dict(verdict.trace[0].inputs)
    assert (first["region"], first["period"], first["vintage"], first["source"]) == ("R", "2021", "final", "s")
    assert (first["known_from"], verdict.trace[0].result) == ("2022-01-01", 80.0)
    assert inputs(verdict, "baseline") == {"period": "2021", "chosen": "found", "result": 80.0}
    assert inputs(verdict, "gap")["result"] == -20.0
    closed, pace = inputs(verdict, "gap_closed"), inputs(verdict, "pace")
    assert (closed["value"], closed["baseline"], closed["target"]) == (90.0, 80.0, 110.0)
    assert closed["result"] == pytest.approx(1 / 3)
    assert (pace["asked"], pace["result"]) == (pytest.approx(1 / 3), pytest.approx(1.0))
    last = inputs(verdict, "status")
    assert (last["reason"], last["on_track_from"], last["at_risk_from"]) == ("pace", 0.95, 0.6)
    assert (last["pace"], last["result"]) == (verdict.pace, "on_track")


def test_a_stated_baseline_says_that_it_was_stated(judge):
    """The plan's own baseline and one found in the figures are told apart."""
    verdict = judge({"2020": 70.0, "2021": 80.0, "2022": 90.0}, baseline_period="2020")
    assert inputs(verdict, "baseline") == {"period": "2020", "chosen": "stated", "result": 70.0}


def test_dates_say_where_they_are_from(judge, figure):
    """A page's day, the calendar's and one assumed are told apart, and a figure made of members is no published one."""
    rough = figure("2022", 90.0, release="assumed", dated=False, known_from=date(2023, 3, 1), derived=True)
    verdict = judge([figure("2021", 80.0, published=date(2022, 1, 1)), rough])
    first, second = verdict.trace[:2]
    assert (first.name, dict(first.inputs)["release"], dict(first.inputs)["published"]) == (
        "figure",
        "published",
        "2022-01-01",
    )
    assert (second.name, dict(second.inputs)["release"], dict(second.inputs)["published"]) == ("derived", "assumed", "")
    assert dict(second.inputs)["known_from"] == "2023-03-01"


@pytest.mark.parametrize(
    ("path", "baseline", "named"),
    [
        ("linear", 80.0, "linear"),
        ("", 80.0, "linear"),
        ("constant_growth", 80.0, "constant_growth"),
        ("constant_growth", -80.0, "linear"),
    ],
)
def test_the_path_taken_is_named(judge, path, baseline, named):
    """Not the path asked for but the one that could be taken: no rate leads up from below zero."""
    step = inputs(judge({"2021": baseline, "2022": 90.0}, path=path), "expected")
    assert step["path"] == named
    assert step["result"] == pytest.approx(expected_again(step))


def test_a_level_carried_over_a_break_is_had_again(judge, figure):
    """90 grown by 2 and 3 %, and the shares of the gap on the old base and the new, are in the trace; a pace is not."""
    levels = [figure("2021", 80.0), figure("2022", 90.0), figure("2024", 97.0, segment=1)]
    verdict = judge(levels, growth={"2023": 2.0, "2024": 3.0}, as_of=AFTER)
    step = inputs(verdict, "carried")
    rates = [float(rate.rstrip("%")) for rate in step["rates"].split(" · ")]
    value = step["start"] * math.prod(1 + rate / 100 for rate in rates)
    assert value == pytest.approx(step["result"])
    assert (step["start_period"], step["period"]) == ("2022", "2024")
    assert (step["old_base"], step["new_base"]) == (pytest.approx((value - 80) / 20), pytest.approx(17 / 20))
    assert "gap_closed" not in names(verdict)
    assert "pace" not in names(verdict)


def test_levels_beside_published_growth_are_had_again(judge):
    """110 after 80 is +37.5 % beside the published 5 %: 32.5 points apart and doubted; beside 35 % it is not."""
    options = {"value": 200.0, "as_of": MIDWAY}
    for rate, name in ((5.0, "growth_gap_large"), (35.0, "growth_gap"), (40.0, "growth_gap")):
        step = inputs(judge({"2021": 80.0, "2022": 110.0}, growth={"2022": rate}, **options), name)
        assert (step["period"], step["published"]) == ("2022", rate)
        assert (step["change"], step["result"]) == (pytest.approx(37.5), pytest.approx(37.5 - rate))


@pytest.mark.parametrize(
    ("kind", "operator", "value", "values", "benchmark", "steps"),
    [
        ("average_growth", ">=", 15.0, RATES, {}, ("value_average_growth", "gap", "share_done", "pace")),
        ("relative", ">", None, RATES, {"2022": 3.0, "2023": 4.0}, ("value_relative", "benchmark", "gap")),
        (
            "cumulative_change", ">=", 7.7, {"2021": 100.0, "2023": 104.0}, {},
            ("baseline", "value_cumulative_change", "gap", "share_done", "pace"),
        ),
        ("direction", "increase", None, {"2021": 40.0, "2022": 41.0, "2023": 42.0}, {}, ("baseline", "gap")),
        ("every_period", ">=", 10.0, RATES, {}, ("gap", "elapsed")),
    ],
)  # fmt: skip
def test_each_kind_has_its_steps(judge, kind, operator, value, values, benchmark, steps):  # noqa: PLR0917 - a table
    """Every figure used, the steps of the kind in their order, the status at the end."""
    verdict = judge(values, kind=kind, operator=operator, value=value, benchmark=benchmark, as_of=MIDWAY)
    found = names(verdict)
    assert found.count("figure") == len(values) + len(benchmark)
    assert [name for name in found if name in steps] == list(steps)
    assert (found[-1], verdict.trace[-1].result) == ("status", str(verdict.status))
    gap = inputs(verdict, "gap")
    assert gap["result"] == pytest.approx(gap["value"] - gap["against"])


def test_an_average_is_had_again(judge):
    """1.12 · 1.16 in two years is 13.98 % a year, and ln of it over three years of 15 % is 62.4 %."""
    verdict = judge(RATES, kind="average_growth", value=15.0, as_of=MIDWAY)
    step = inputs(verdict, "value_average_growth")
    average = ((1 + step["2022"] / 100) * (1 + step["2023"] / 100)) ** 0.5 - 1
    assert step["result"] == pytest.approx(average * 100)
    done = inputs(verdict, "share_done")
    assert done["result"] == pytest.approx(2 * math.log1p(done["value"] / 100) / (3 * math.log1p(done["target"] / 100)))
    elapsed, pace = inputs(verdict, "elapsed"), inputs(verdict, "pace")
    assert elapsed["result"] == pytest.approx(
        (place(elapsed["period"]) - place(elapsed["start"])) / (place(elapsed["deadline"]) - place(elapsed["start"]))
    )
    assert pace["result"] == pytest.approx(done["result"] / elapsed["result"])


def test_a_milestone_s_trace_is_its_evidence(judge, state):
    """Each statement with its day and source, then the status; without any there is the status alone."""
    evidence = [state("2023-05-01", "planned"), state("2024-05-01", "done")]
    verdict = judge({}, kind="milestone", evidence=evidence, as_of=MIDWAY)
    assert [(step.name, step.result) for step in verdict.trace] == [
        ("evidence", "planned"),
        ("evidence", "done"),
        ("status", "achieved"),
    ]
    assert dict(verdict.trace[1].inputs) == {"date": "2024-05-01", "source": "s"}
    assert names(judge({}, kind="milestone", as_of=MIDWAY)) == ["status"]


@given(
    values=st.dictionaries(st.sampled_from(["2020", "2021", "2022", "2023", "2024", "2025"]), st.integers(1, 2000), min_size=2),
    goal=st.integers(1, 2000),
    path=st.sampled_from(["linear", "constant_growth"]),
    growth=st.dictionaries(st.sampled_from(["2022", "2023", "2024"]), GROWTH),
    broken=st.sampled_from([None, "2022", "2023", "2024"]),
    as_of=st.sampled_from([date(2023, 6, 30), MIDWAY, AFTER, LATER]),
)  # fmt: skip
def test_levels_are_had_again_from_their_traces(judge, figure, values, goal, path, growth, broken, as_of):  # noqa: PLR0917
    """Whatever the figures: gap closed, expected value, time gone and pace follow from the inputs stated beside them."""
    levels = [
        figure(year, values[year], segment=int(broken is not None and year >= broken))
        for year in sorted(values)
        if int(year) < as_of.year
    ]
    assume(levels)
    verdict = judge(levels, growth=growth, value=float(goal), path=path, as_of=as_of)
    assert (verdict.trace[-1].name, verdict.trace[-1].result) == ("status", str(verdict.status))
    found = set(names(verdict))
    assert ("gap_closed" in found) is (verdict.gap_closed is not None)
    assert ("pace" in found) is (verdict.pace is not None)
    if "expected" in found:
        step = inputs(verdict, "expected")
        assert step["result"] == verdict.expected == pytest.approx(expected_again(step))
    if "elapsed" in found:
        step = inputs(verdict, "elapsed")
        span = place(step["deadline"]) - place(step["start"])
        assert step["result"] == verdict.elapsed == pytest.approx((place(step["period"]) - place(step["start"])) / span)
    if "gap_closed" in found:
        step = inputs(verdict, "gap_closed")
        closed = (step["value"] - step["baseline"]) / (step["target"] - step["baseline"])
        assert step["result"] == verdict.gap_closed == pytest.approx(closed)
    if "pace" in found:
        step, line, way = inputs(verdict, "pace"), inputs(verdict, "expected"), inputs(verdict, "gap_closed")
        asked = (line["result"] - line["baseline"]) / (way["target"] - way["baseline"])
        assert step["result"] == verdict.pace == pytest.approx(way["result"] / asked)
        if verdict.reason == "pace":
            assert verdict.status == status_again(step["result"])
    if "required" in found:
        step = inputs(verdict, "required")
        assert step["result"] == pytest.approx((goal - verdict.value) / step["years"])


def test_the_share_asked_for_is_the_path_s_where_nothing_changed(judge):
    """80 in 2021 and in 2022 on constant growth to 100: the path asks for 80 · 1.25^(1/3) = 86.18, 30.9 % of the gap."""
    verdict = judge({"2021": 80.0, "2022": 80.0}, path="constant_growth")
    assert inputs(verdict, "pace")["asked"] == pytest.approx((1.25 ** (1 / 3) - 1) / 0.25)


def test_the_time_gone_of_every_period_is_had_again(judge):
    """110 and 120 in 2022 and 2023: two of three years are gone, though the worst year is the first."""
    step = inputs(judge({"2022": 110.0, "2023": 120.0}, kind="every_period", as_of=MIDWAY), "elapsed")
    span = place(step["deadline"]) - place(step["start"])
    assert step["result"] == pytest.approx((place(step["period"]) - place(step["start"])) / span)


def test_every_status_of_the_board_ends_its_trace(shipped_board):
    """On the shipped figures of 2026-11-22 each target's trace ends with its status and starts with what it rests on."""
    for code, verdict in shipped_board.verdicts.items():
        assert (verdict.trace[-1].name, verdict.trace[-1].result) == ("status", str(verdict.status)), code
        figures = [step for step in verdict.trace if step.name in {"figure", "derived"}]
        assert [step.result for step in figures] == [
            figure.value for figure in dict.fromkeys(verdict.used or ((verdict.figure,) if verdict.figure else ()))
        ]
    assert {verdict.status for verdict in shipped_board.verdicts.values()} >= {
        Status.MISSED,
        Status.ACHIEVED_LATE,
        Status.ACHIEVED,
        Status.NO_DATA,
        Status.NOT_JUDGED,
    }
