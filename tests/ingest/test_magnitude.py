"""Figures of another size than their series: wrong units and fractions are noticed, growth and lumpy flows are left alone."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from lib.ingest.check import Reference, check_file

HEAD = "地区,指标,时期,口径,数值,单位,发布日期,来源\n"
LATER = "2026-01-20,s\n"


def held(*figures, region="210100", indicator="gdp", basis="annual", unit="100m_cny"):
    """Figures of one series as the store gives them, as far as checking looks; the codes are categories there."""
    rows = [
        {"region": region, "indicator": indicator, "basis": basis, "unit": unit, "period": period, "value": value}
        for period, value in figures
    ]
    return pd.DataFrame(rows).astype(dict.fromkeys(("region", "indicator", "basis", "unit", "period"), "category"))


def warned(checked):
    """Code and line of each problem."""
    assert checked.ok
    return [(item.code, item.row) for item in checked.problems]


@pytest.mark.parametrize(
    ("value", "unit", "ratio", "likely"),
    [
        ("90000000", "亿元", "9,900", "万元 CNY 10 k"),
        ("0.91", "亿元", "10,000", "万亿元 CNY 1 tn"),
        ("9000", "万元", "10,000", "亿元 CNY 100 m"),
        ("900000", "亿元", "99", "元 CNY, 万元 CNY 10 k, 万亿元 CNY 1 tn"),
    ],
)
def test_a_wrong_unit_is_noticed_against_what_is_held(check, value, unit, ratio, likely):
    """The nearest period held, how far off the figure is, and the unit in which it would fit."""
    known = held(("2022", 7695.8), ("2024", 9100))
    checked = check(f"{HEAD}沈阳,gdp,2025,年度,{value},{unit},{LATER}", known=known)
    assert warned(checked) == [("magnitude_jump", 2)]
    hint = checked.problems[0].hint
    assert (hint["period"], hint["known"], hint["unit"], hint["ratio"]) == ("2024", "9100", "亿元 CNY 100 m", ratio)
    assert set(hint["likely"].split(", ")) == set(likely.split(", "))


@pytest.mark.parametrize(
    ("value", "unit", "fix"),
    [
        ("90000000", "亿元", "9000"),
        ("90000000亿元", "", "9000亿元"),
        ("0.91", "亿元", "9100"),
        ("30000000", "亿元", ""),
        ("900000", "亿元", ""),
    ],
)
def test_a_factor_of_ten_thousand_is_mended_where_the_history_makes_it_certain(check, value, unit, fix):
    """Three figures held, one unit that fits, and less than twice or half the nearest once it is taken."""
    known = held(("2022", 7695.8), ("2023", 8122.1), ("2024", 9100))
    text = f"{HEAD}沈阳,gdp,2025,年度,{value},{unit},{LATER}"
    assert [item.fix for item in check(text, known=known).problems] == [fix]
    assert [item.fix for item in check(text, known=held(("2023", 8122.1), ("2024", 9100))).problems] == [""]


def test_a_share_written_as_a_fraction_is_mended_where_the_history_makes_it_certain(check):
    """A hundred times as much stands among the shares held."""
    known = held(("2021", 84.9), ("2022", 85), ("2023", 85.1), indicator="urbanization_rate", basis="point", unit="pct")
    found = check(f"{HEAD}沈阳,城镇化率,2024,,0.8555,%,{LATER}", known=known).problems
    assert [(item.code, item.fix) for item in found] == [("share_as_fraction", "85.55")]


def test_a_whole_file_in_a_wrong_unit_is_noticed_line_by_line(check):
    """A file that agrees with itself is still held against the store."""
    text = HEAD + "".join(f"沈阳,gdp,{year},年度,{9e7 + year},亿元,{LATER}" for year in (2023, 2024, 2025))
    assert warned(check(text)) == []
    assert warned(check(text, known=held(("2022", 7695.8)))) == [("magnitude_jump", row) for row in (2, 3, 4)]


@pytest.mark.parametrize(
    "other",
    [{"region": "210200"}, {"indicator": "trade_total"}, {"basis": "ytd"}, {"unit": "100m_usd"}],
    ids=lambda other: next(iter(other)),
)
def test_another_series_proves_nothing(check, other):
    """Region, indicator, basis and unit must all be the same."""
    checked = check(f"{HEAD}沈阳,gdp,2025,年度,9e7,亿元,{LATER}", known=held(("2024", 9100), **other))
    assert [code for code, _ in warned(checked)] == ["number_reformatted"]


def test_slow_growth_over_decades_is_no_jump(check):
    """Each year is compared with its neighbour, so that a series may grow a hundredfold."""
    figures = [(year, 100 * 1.2 ** (year - 1990)) for year in range(1990, 2026)]
    text = HEAD + "".join(f"沈阳,gdp,{year},年度,{value:.1f},亿元,{LATER}" for year, value in figures)
    assert warned(check(text)) == []
    known = held(*((str(year), value) for year, value in figures[:-1]))
    assert warned(check(f"{HEAD}沈阳,gdp,2025,年度,{figures[-1][1]:.1f},亿元,{LATER}", known=known)) == []


def test_of_a_file_by_itself_only_the_odd_one_is_named(check):
    """Its neighbours are as far from it as it is from them, but they agree with the rest."""
    text = HEAD + "".join(
        f"沈阳,gdp,{year},年度,{value},亿元,{LATER}"
        for year, value in zip(range(2020, 2025), (9, 90000, 9, 8, 7), strict=True)
    )
    assert warned(check(text)) == [("magnitude_jump", 3)]
    two = f"{HEAD}沈阳,gdp,2023,年度,90000,亿元,{LATER}沈阳,gdp,2024,年度,9,亿元,{LATER}"
    assert warned(check(two)) == [("magnitude_jump", 2)]


@pytest.mark.parametrize("value", ["0", "182.1", "449.9"])
def test_less_than_fifty_times_is_believed(check, value):
    """Small flows are lumpy, and zero has no size."""
    assert warned(check(f"{HEAD}沈阳,gdp,2025,年度,{value},亿元,{LATER}", known=held(("2024", 9.0)))) == []


def test_growth_rates_have_no_size(check):
    """0.1 % after 12 % is bad news, not a slip."""
    known = held(("2024", 12.0), indicator="gdp_growth_real", unit="pct")
    assert warned(check(f"{HEAD}沈阳,gdp_growth_real,2025,年度,0.1,%,{LATER}", known=known)) == []


@pytest.mark.parametrize(
    ("value", "typical", "expected"),
    [
        ("0.8555", 84.5, [("share_as_fraction", 2)]),
        ("1", 84.5, [("share_as_fraction", 2)]),
        ("1.1", 84.5, []),
        ("0", 84.5, []),
        ("0.8", 4.9, []),
    ],
)
def test_a_share_given_as_a_fraction_is_noticed(check, value, typical, expected):
    """At most 1 in a series that stands above 5 %."""
    known = held(("2022", typical), ("2023", typical), indicator="urbanization_rate", basis="point", unit="pct")
    checked = check(f"{HEAD}沈阳,城镇化率,2024,,{value},%,{LATER}", known=known)
    assert warned(checked) == expected
    if value == "0.8555":
        assert checked.problems[0].hint == {"read": "0.8555", "meant": "85.55", "typical": "84.5"}


def test_shipped_figures_fit_each_other(ROOT):
    """Held against all that ships, no shipped figure is odd."""
    tables = [
        pd.read_csv(ROOT / f"data/{table}.csv", dtype=str, keep_default_na=False)
        for table in ("regions", "indicators", "units", "headers")
    ]
    files = [path.read_bytes() for path in sorted((ROOT / "data/actuals/shipped").glob("*.csv"))]
    today = date(2026, 11, 22)
    known = pd.concat([check_file(raw, Reference(*tables), today=today).rows for raw in files])
    codes = {
        item.code for raw in files for item in check_file(raw, Reference(*tables), today=today, known=known).problems
    }
    assert not codes & {"magnitude_jump", "share_as_fraction", "revision_unmarked", "block_copied"}
