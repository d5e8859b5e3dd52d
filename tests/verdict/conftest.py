"""Small cases made by hand: figures, a target and a day in, a verdict out. All their figures are made up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lib.periods import parse_period
from lib.schema import Stage
from lib.series import Figure
from lib.verdict.judge import judge as judge_case
from lib.verdict.model import Case, Evidence, Target

_FIGURE = Figure("R", "x", "2021", "annual", 0.0, "u", "final", "", date(2022, 1, 1), dated=True, source="s", link="")
_TARGET = Target(
    target="T",
    sentence="S",
    plan="P",
    region="R",
    subject="R",
    indicator="x",
    kind="level",
    operator=">=",
    value=100.0,
    unit="u",
    benchmark="",
    baseline_period="",
    baseline_value=None,
    start_period="2022",
    target_period="2024",
    scope="stated",
)
# The release is usual within 25 days and absent 60 days later.
_PATIENCE = timedelta(days=85)


def _figure(period, value, **fields):
    """One whole-year figure."""
    return Figure(**{**vars(_FIGURE), "period": period, "value": float(value), **fields})


def _series(values, **fields):
    """Figures of the same traits from values by period; figures pass as they are."""
    if isinstance(values, dict):
        return tuple(_figure(period, value, **fields) for period, value in values.items())
    return tuple(values)


def _judge(values, *, as_of=date(2023, 6, 30), benchmark=(), evidence=(), **fields):
    """Judge a series on a day; the rest describes the target."""
    target = Target(**{**vars(_TARGET), **({"benchmark": "B"} if benchmark else {}), **fields})
    due = parse_period(target.target_period).end + _PATIENCE
    return judge_case(
        Case(target, _series(values), _series(benchmark, region="B"), tuple(evidence), as_of=as_of, due=due)
    )


def _evidence(day, stage):
    """One statement about a milestone, known from the day it speaks of."""
    happened = date.fromisoformat(day)
    return Evidence(happened, Stage(stage), happened, "事实", "a fact", "s", "")


@pytest.fixture(scope="session")
def figure():
    """Make one figure: period, value, and any other trait."""
    return _figure


@pytest.fixture(scope="session")
def series():
    """Make figures of the same traits from values by period."""
    return _series


@pytest.fixture(scope="session")
def judge():
    """Judge values by period on a day; the target's traits as keywords."""
    return _judge


@pytest.fixture(scope="session")
def state():
    """Make one piece of evidence: day and stage."""
    return _evidence
