"""Small cases made by hand: figures, a target and a day in, a verdict out. All their figures are made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lib.schema import Stage
from lib.series import Figure
from lib.verdict.judge import judge as judge_case
from lib.verdict.model import Case, Patience
from lib.verdict.target import Evidence, Target

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
# A year's figure counts as missing 85 days after it, a quarter's never.
_PATIENCE = Patience(85, None)


def _figure(period, value, **fields):
    """One whole-year figure."""
    return Figure(**{**vars(_FIGURE), "period": period, "value": float(value), **fields})


def _series(values, **fields):
    """Figures of the same traits from values by period; figures pass as they are."""
    if isinstance(values, dict):
        return tuple(_figure(period, value, **fields) for period, value in values.items())
    return tuple(values)


def _target(**fields):
    """One target: a level of 100 by 2024, but for the traits given."""
    return Target(**{**vars(_TARGET), **fields})


def _case(values, *, as_of=date(2023, 6, 30), benchmark=(), evidence=(), growth=(), **fields):
    """What a rule may look at: a series on a day, published growth beside it; the rest describes the target."""
    known = {name: fields.pop(name) for name in ("nature", "patience", "decimals") if name in fields}
    target = _target(**{**({"benchmark": "B"} if benchmark else {}), **fields})
    others, rates = _series(benchmark, region="B"), _series(growth, indicator="x_growth", unit="pct")
    case = Case(target, _series(values), others, tuple(evidence), as_of, _PATIENCE, growth=rates)
    return replace(case, **known)


def _judge(values, **fields):
    """Judge a series on a day; the keywords are those of a case."""
    return judge_case(_case(values, **fields))


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
def target():
    """Make one target; its traits as keywords."""
    return _target


@pytest.fixture(scope="session")
def case():
    """Put together what a rule may look at: values by period, the target's traits as keywords."""
    return _case


@pytest.fixture(scope="session")
def judge():
    """Judge values by period on a day; the keywords are those of `case`."""
    return _judge


@pytest.fixture(scope="session")
def state():
    """Make one piece of evidence: day and stage."""
    return _evidence
