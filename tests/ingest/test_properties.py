"""What must hold for any figures: nothing is lost on the way there and back, order does not matter."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.ingest.values import read_number, write_number

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")
UNITS = {"亿元": 0, "万元": 4, "元": 8, "万亿元": -4}
REGIONS = ("沈阳市", "大连市", "鞍山市", "抚顺市", "本溪市")
HEAD = "地区,指标,时期,口径,数值,单位,来源"
many = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
figures = st.decimals(min_value=-10_000_000, max_value=10_000_000, places=3, allow_nan=False, allow_infinity=False)


@given(st.text(max_size=30))
@many
def test_any_text_is_a_number_or_a_fault(text):
    """A number that is read is finite and below 10^18."""
    figure = read_number(text)
    assert figure.fault or (figure.value.is_finite() and abs(figure.value) < Decimal(10) ** 18)


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=4))
def test_a_written_number_is_read_back(value):
    """Also with separators of thousands."""
    assert read_number(write_number(value)).value == value
    assert read_number(f"{value:,}").value == value


@given(st.lists(figures, min_size=1, max_size=5), st.sampled_from(ENCODINGS), st.sampled_from(sorted(UNITS)))
@many
def test_what_is_written_is_read_back(check, values, encoding, unit):
    """Any encoding, any unit of the dimension: the same float as the figure in the indicator's own unit."""
    pairs = list(zip(REGIONS, values, strict=False))
    lines = [f"{region},GDP增速,2024,年度,{write_number(value / 10_000_000)},%,虚构" for region, value in pairs]
    levels = [f"{region},地区生产总值,2024,年度,{_in(value, unit)},{unit},虚构" for region, value in pairs]
    checked = check("\n".join([HEAD, *lines, *levels]).encode(encoding))
    expected = [float(value / 10_000_000) for value in values] + [float(abs(value)) for value in values]
    assert checked.ok
    assert checked.rows["value"].tolist() == expected


def _in(value, unit):
    """A figure of 亿元 written in another unit."""
    return write_number(abs(value).scaleb(UNITS[unit]))


@pytest.fixture(scope="session")
def jumble(made_up):
    """A header and the rows of several faulty files below it."""
    names = ("many-faults", "duplicate-different", "cumulative-falls", "not-reported", "basis-mismatch", "revision")
    files = [made_up[name].decode().splitlines() for name in names]
    return [files[0][0], *(line for file in files for line in file[1:])]


@given(st.integers(0, 10**6))
@settings(max_examples=50, deadline=None)
def test_the_order_of_rows_does_not_matter(check, jumble, seed):
    """The same rows and the same kinds of problems, however the file is sorted."""
    head, *lines = jumble
    mixed = random.Random(seed).sample(lines, len(lines))  # noqa: S311
    one, other = check("\n".join(jumble)), check("\n".join([head, *mixed]))
    assert sorted(item.code for item in one.problems) == sorted(item.code for item in other.problems)
    assert _figures(one) == _figures(other)


def _figures(checked):
    """Rows without their line numbers, in an order of their own."""
    return sorted(map(repr, checked.rows.drop(columns="row").astype(str).values.tolist()))
