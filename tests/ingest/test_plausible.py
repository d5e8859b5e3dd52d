"""Figures beside other figures: what is odd is named once, and what is merely new, rebased or unknown is left alone."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from lib.ingest.check import check_file

HEAD = "地区,指标,时期,口径,数值,单位,数据性质,发布日期,来源\n"
SECTORS = {"第一产业增加值": 100, "第二产业增加值": 400, "第三产业增加值": 500}
CITIES = ("沈阳市", "大连市", "鞍山市", "抚顺市", "本溪市", "朝阳市")


def table(*lines):
    """A file of lines "region,indicator,period,value", with the rest as is usual; more may be stated."""
    units = {"GDP增速": "%", "投资增速": "%", "城镇化率": "%"}
    rows = []
    for line in lines:
        cells = line.split(",")
        region, indicator, period, value, status, published = [*cells, *("初步", "2025-01-20")[len(cells) - 4 :]]
        basis = "累计" if "Q" in period else "" if indicator == "城镇化率" else "年度"
        rows.append(
            f"{region},{indicator},{period},{basis},{value},{units.get(indicator, '亿元')},{status},{published},s"
        )
    return HEAD + "\n".join(rows) + "\n"


@pytest.fixture(name="found")
def find(check):
    """The codes and lines of a file's problems, held against the figures of another."""

    def run(lines, held=()):
        known = check(table(*held)).rows if held else None
        checked = check(table(*lines), known=known)
        assert checked.ok
        return [f"{item.row} {item.code}" for item in checked.problems]

    return run


QUARTER = ("沈阳市,地区生产总值,2024Q1,100", "沈阳市,GDP增速,2024Q1,5.2", "沈阳市,投资增速,2024Q1,7")


def test_a_block_copied_from_the_store_is_noticed(found):
    """The last quarter's figures of the store under a new period, or another city's."""
    assert found([line.replace("Q1", "Q2") for line in QUARTER], QUARTER) == ["2 block_copied"]
    assert found([line.replace("沈阳", "大连") for line in QUARTER], QUARTER) == ["2 block_copied"]


def test_what_is_no_copy_is_left_alone(found):
    """The same file again, two equal figures, another period of another region, figures that are all alike."""
    assert found(QUARTER, QUARTER) == []
    assert found([line.replace("Q1", "Q2") for line in QUARTER[:2]], QUARTER) == []
    assert found([line.replace("Q1", "Q2").replace("沈阳", "大连") for line in QUARTER], QUARTER) == []
    alike = [f"{line.rsplit(',', 1)[0]},7" for line in QUARTER]
    assert found([line.replace("Q1", "Q2") for line in alike], alike) == []


def test_a_copy_is_named_with_both_blocks(check, made_up):
    """Both regions, both periods and the lines that are equal."""
    item = check(made_up["block-copied-period"]).problems[0]
    assert (item.hint["period"], item.hint["other_period"], item.hint["rows"]) == ("2024Q2", "2024Q1", "5, 6, 7")
    item = check(made_up["block-copied-region"]).problems[0]
    assert (item.hint["region"], item.hint["other_region"]) == ("大连市 (210200)", "沈阳市 (210100)")


LEVELS = ("沈阳市,地区生产总值,2022,1000", "沈阳市,地区生产总值,2023,1080")


@pytest.mark.parametrize(("growth", "codes"), [("5.5", []), ("10.5", []), ("5.4", ["2 growth_differs"])])
def test_growth_is_held_against_the_levels_of_the_store(found, growth, codes):
    """More than 2.5 points, in either direction; the line of the file is named."""
    assert found([f"沈阳市,GDP增速,2023,{growth}"], LEVELS) == codes


def test_of_several_vintages_the_one_that_agrees_counts(found):
    """Growth is published on the revised figure of the year before."""
    revised = "沈阳市,地区生产总值,2022,1028,修订"
    assert found(["沈阳市,GDP增速,2023,5"], [*LEVELS, revised]) == []


def test_growth_is_never_held_against_levels_across_a_break(check, reference):
    """Two bases: the change of the level says nothing about growth."""
    columns = ("indicator", "region", "period", "revised_period")
    text = table(*LEVELS, "沈阳市,GDP增速,2023,1")
    for row, codes in ((("gdp", "", "2023", ""), []), (("gdp", "210200", "2023", ""), ["growth_differs"])):
        breaks = pd.DataFrame([row], columns=columns)
        checked = check_file(text.encode(), replace(reference, breaks=breaks), today=pd.Timestamp("2026-11-22").date())
        assert [item.code for item in checked.problems] == codes
    assert [item.code for item in check(text).problems] == ["growth_differs"]


@pytest.mark.parametrize(
    ("region", "total", "codes"),
    [
        ("沈阳市", "1000.1", []),
        ("沈阳市", "1000.2", ["2 sectors_do_not_add"]),
        ("全国", "1001", []),
        ("全国", "1002", ["2 sectors_do_not_add"]),
    ],
)
def test_sectors_add_up_but_for_rounding(found, region, total, codes):
    """0.15 for regions, 1.5 for the nation, with figures of the file and of the store."""
    sectors = [f"{region},{name},2024,{value}" for name, value in SECTORS.items()]
    assert found([f"{region},地区生产总值,2024,{total}", *sectors]) == codes
    assert found([f"{region},地区生产总值,2024,{total}"], sectors) == codes


def test_sectors_of_another_status_are_not_added(found):
    """A revised total waits for its revised sectors."""
    sectors = [f"沈阳市,{name},2024,{value}" for name, value in SECTORS.items()]
    assert found(["沈阳市,地区生产总值,2024,1100,修订"], sectors) == []
    assert found(["沈阳市,地区生产总值,2024,1100"], sectors[:2]) == []


@pytest.mark.parametrize(("total", "codes"), [("606", []), ("594.3", []), ("607", ["2 cities_do_not_add"])])
def test_cities_add_up_to_the_province_within_one_per_cent(found, total, codes):
    """Only where all cities are there."""
    cities = [f"{name},地区生产总值,2024,{100 + at * 0.01}" for at, name in enumerate(CITIES)]
    assert found([f"辽宁省,地区生产总值,2024,{total}"], cities) == codes
    assert found([f"辽宁省,地区生产总值,2024,{total}"], cities[1:]) == []


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("沈阳市,地区生产总值,2023,1090,,2025-03-01", ["2 revision_unmarked"]),
        ("沈阳市,地区生产总值,2023,1090,初步,", ["2 revision_unmarked"]),
        ("沈阳市,地区生产总值,2023,1090,初步,2025-03-01", []),
        ("沈阳市,地区生产总值,2023,1090,修订,", []),
        ("沈阳市,地区生产总值,2023,1080,,", []),
        ("沈阳市,地区生产总值,2024,1090,,", []),
    ],
)
def test_a_changed_value_says_that_it_is_a_revision(found, line, codes):
    """By its status, or at least by the day on which it came out."""
    assert found([line], LEVELS) == codes


def test_the_tiny_file_changes_one_figure_held(check, made_up):
    """The value so far is named; the line that repeats what is held is not."""
    item, *more = check(made_up["revision-unmarked"], known=check(made_up["utf8"]).rows).problems
    assert (item.code, item.row, item.hint["known"], more) == ("revision_unmarked", 2, "1234.5", [])


SHARES = [
    f"沈阳市,城镇化率,{year},{value}" for year, value in zip(range(2019, 2024), (50, 51, 52, 53, 54), strict=True)
]


@pytest.mark.parametrize(("value", "codes"), [("57", []), ("57.1", ["2 history_jump"]), ("50.9", ["2 history_jump"])])
def test_a_change_beyond_three_times_the_largest_is_noticed(found, value, codes):
    """Four earlier periods at least: with three nothing is known of the series."""
    assert found([f"沈阳市,城镇化率,2024,{value}"], SHARES) == codes
    assert found([f"沈阳市,城镇化率,2024,{value}"], SHARES[2:]) == []


def test_a_cumulative_quarter_is_compared_with_the_same_quarter(found):
    """January to September beside January to March is no jump."""
    levels = (100, 108, 117, 125, 135)
    held = [f"沈阳市,地区生产总值,{year}Q1,{value}" for year, value in zip(range(2019, 2024), levels, strict=True)]
    assert found(["沈阳市,地区生产总值,2023Q3,420"], held) == []
    assert found(["沈阳市,地区生产总值,2024Q1,144"], held) == []
    assert found(["沈阳市,地区生产总值,2024Q1,200"], held) == ["2 history_jump"]
