"""Which vintage counts on which day, which sums may be made, and where a series breaks."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from lib.intake import check_upload, what_if
from lib.schema import FIGURE_KEY, STORED_COLUMNS
from lib.series import date_figures, known_by, pick_vintage
from lib.store import Store
from lib.tables import read_tables, shipped_files
from lib.verdict.board import Board, build_board
from lib.verdict.judge import select_figures
from lib.zones import whole_members

TODAY = date(2026, 11, 22)
INDICATORS = pd.DataFrame(
    [
        ("gdp", "100m_cny", "sum", "", "", 25, 395),
        ("gdp_growth", "pct", "never", "", "", 25, 395),
        ("urban", "10k_persons", "sum", "", "", 100, 395),
        ("residents", "10k_persons", "sum", "", "", 100, 395),
        ("rate", "pct", "ratio", "urban", "residents", 100, 395),
        ("share", "pct", "never", "", "", 365, 395),
    ],
    columns=[
        "indicator", "unit", "aggregation", "numerator", "denominator", "release_lag_days", "revision_lag_days",
    ],
)  # fmt: skip
MEMBERSHIPS = pd.DataFrame(
    [
        ("Z", "A", "high", "whole", "yes"),
        ("Z", "B", "high", "whole", "yes"),
        ("Z", "S", "high", "whole", "no"),
        ("LOW", "A", "high", "whole", "yes"),
        ("LOW", "B", "low", "whole", "yes"),
        ("MEDIUM", "A", "high", "whole", "yes"),
        ("MEDIUM", "B", "medium", "whole", "yes"),
        ("PART", "A", "high", "whole", "yes"),
        ("PART", "B", "high", "part", "yes"),
    ],
    columns=["region", "member", "confidence", "extent", "counted"],
)
BREAKS = pd.DataFrame(
    [("gdp", "", "2024"), ("gdp", "A", "2019"), ("urban", "", "2022M05")], columns=["indicator", "region", "period"]
)
TABLES = SimpleNamespace(indicators=INDICATORS, memberships=MEMBERSHIPS, breaks=BREAKS)


def stored(*rows):
    """Figures as the store gives them, one a dictionary; what a row leaves out is usual."""
    usual = dict.fromkeys(STORED_COLUMNS, "") | {
        "region": "A",
        "indicator": "gdp",
        "period": "2023",
        "basis": "annual",
        "value": 1.0,
        "unit": "100m_cny",
        "status": "preliminary",
        "published": None,
        "source": "s",
        "seq": 1,
    }
    frame = pd.DataFrame(
        [usual | {"row": line} | row for line, row in enumerate(rows, 2)], columns=list(STORED_COLUMNS)
    )
    days = pd.to_datetime(frame["published"]).astype("datetime64[us]")
    return frame.assign(published=days, value=frame["value"].astype("float64"))


def used(*rows, as_of=TODAY):
    """The figures in use on a day, zones included."""
    return select_figures(stored(*rows), TABLES, as_of)


def on_board(*rows):
    """The board of these figures, without targets."""
    figures = used(*rows)
    return Board(TABLES, known=figures, figures=figures, targets={}, verdicts={}, as_of=TODAY)


def chosen(*rows, as_of=TODAY):
    """The one value in use on a day for rows about one figure."""
    known = known_by(date_figures(stored(*rows), INDICATORS), as_of)
    (value,) = pick_vintage(known)["value"]
    return value


def zone(figures, region, indicator="gdp"):
    """The values of a region's indicator."""
    return figures.loc[(figures["region"] == region) & (figures["indicator"] == indicator), "value"].tolist()


@pytest.mark.parametrize("status", ["unknown", "preliminary", "revised", "final"])
def test_an_estimate_never_beats_a_bureaus_figure(status):
    """A figure given before the bureau's own gives way to it, however late the page that prints it."""
    estimate = {"value": 7600.0, "status": "estimate", "published": "2025-06-01"}
    assert chosen(estimate, {"value": 7825.9, "status": status}) == 7825.9
    assert chosen({"value": 7825.9, "status": status, "published": "2024-01-20"}, estimate) == 7825.9
    assert chosen(estimate) == 7600.0


def test_a_dated_figure_beats_an_undated_one():
    """Where one day of publication was seen and the other is assumed, the one seen counts, also when it is earlier."""
    assert chosen({"value": 1.0, "published": "2024-01-20"}, {"value": 2.0, "status": "revised"}) == 1.0


def test_a_later_figure_beats_an_earlier_one():
    """Of two dated figures the later published one counts, of one day the more settled, else the one received last."""
    early, late = {"value": 1.0, "published": "2024-01-20"}, {"value": 2.0, "published": "2024-09-20"}
    assert chosen(early, late) == chosen(late, early) == 2.0
    settled = {"value": 3.0, "published": "2024-09-20", "status": "final"}
    assert chosen(settled, late) == chosen(late, settled) == 3.0
    assert chosen(late, late | {"value": 4.0, "seq": 2}) == 4.0


def test_as_of_a_day_only_what_was_published_counts():
    """A revision counts from its day on and not the day before."""
    rows = {"value": 1.0, "published": "2024-01-20"}, {"value": 2.0, "published": "2024-12-26", "status": "revised"}
    assert chosen(*rows, as_of=date(2024, 12, 25)) == 1.0
    assert chosen(*rows, as_of=date(2024, 12, 26)) == 2.0
    assert used(*rows, as_of=date(2024, 1, 19)).empty


def test_a_repeated_vintage_is_that_of_its_first_publication():
    """Where several pages print the figure in use, the day and source are those of the first."""
    rows = [
        {"value": 9516.9, "published": "2025-07-23", "source": "later page"},
        {"value": 9516.9, "published": "2025-01-20", "source": "first page"},
        {"value": 9516.9, "source": "undated page"},
    ]
    figure = used(*rows).iloc[0]
    assert (figure["source"], figure["known_from"], figure["dated"]) == ("first page", pd.Timestamp("2025-01-20"), True)


@pytest.mark.parametrize(
    ("status", "known_from"),
    [
        ("preliminary", "2024-01-25"),
        ("unknown", "2024-01-25"),
        ("estimate", "2024-01-25"),
        ("revised", "2025-01-29"),
        ("final", "2025-01-29"),
    ],
)
def test_without_a_date_the_usual_delay_is_assumed(status, known_from):
    """An undated figure counts as known from the end of its period plus the indicator's release or revision delay."""
    figure = date_figures(stored({"status": status}), INDICATORS).iloc[0]
    assert (figure["known_from"], figure["dated"]) == (pd.Timestamp(known_from), False)


def test_a_quarter_is_due_after_its_own_end():
    """The assumed delay counts from the end of the period, not of the year."""
    figure = date_figures(stored({"period": "2023Q3", "basis": "ytd"}), INDICATORS).iloc[0]
    assert figure["known_from"] == pd.Timestamp("2023-10-25")


# Each example runs the whole choice of vintages; making a failing one smaller would take minutes.
FEW = settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
# Many vintages of eight figures in one frame: a few such frames hold as many cases as hundreds of small ones.
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "region": st.sampled_from(["A", "B"]),
            "indicator": st.sampled_from(["gdp", "urban"]),
            "period": st.sampled_from(["2022", "2023"]),
            "value": st.sampled_from([1.0, 2.0, 3.0]),
            "status": st.sampled_from(["estimate", "unknown", "preliminary", "revised", "final"]),
            "qualifier": st.sampled_from(["", "", "about", "at_least"]),
            "published": st.sampled_from([None, "2023-01-20", "2023-06-30", "2024-01-20", "2024-06-30", "2025-01-20"]),
            "source": st.sampled_from(["s", "t"]),
            "seq": st.sampled_from([1, 2]),
        }
    ),
    min_size=1,
    max_size=40,
)


def pick(frame, as_of):
    """The vintages in use on a day, in an order that does not depend on how the rows came."""
    picked = pick_vintage(known_by(date_figures(frame, INDICATORS), as_of))
    return picked.sort_values(list(FIGURE_KEY)).reset_index(drop=True)


def test_an_empty_store_has_no_figures():
    """A tracker without a single figure yet has an empty table of figures and not an error."""
    assert used().empty


@FEW
@given(rows=ROWS, later=ROWS, as_of=st.dates(date(2022, 12, 1), date(2025, 6, 1)))
def test_a_day_can_be_replayed(rows, later, as_of):
    """The figures known on a day are the same after rows are added that were published later."""
    after = [row | {"published": str(as_of + timedelta(days=days)), "seq": 3} for days, row in enumerate(later, 1)]
    then, now = pick(stored(*rows), as_of), pick(stored(*rows, *after), as_of)
    pd.testing.assert_frame_equal(now, then)
    assert (now["known_from"] <= pd.Timestamp(as_of)).all()


@FEW
@given(rows=ROWS, shuffle=st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(rows, shuffle):
    """The same rows in any order give the same figures, one for each key and none lost."""
    everything = stored(*rows)
    order = list(range(len(everything)))
    shuffle.shuffle(order)
    picked = pick(everything, TODAY)
    pd.testing.assert_frame_equal(pick(everything.iloc[order], TODAY), picked)
    assert not picked.duplicated(list(FIGURE_KEY)).any()
    assert len(picked) == len(everything.drop_duplicates(list(FIGURE_KEY)))


@FEW
@given(rows=ROWS)
def test_the_order_of_vintages(rows):
    """The value in use is never beaten: no bureau's figure for an estimate, no dated for undated, none published later."""
    dated = date_figures(stored(*rows), INDICATORS)
    picked = pick(stored(*rows), TODAY).set_index(list(FIGURE_KEY))
    for key, vintages in dated.groupby(list(FIGURE_KEY)):
        strength = [
            (row.status != "estimate", row.qualifier != "at_least", row.dated, row.known_from, row.value)
            for row in vintages.itertuples(index=False)
        ]
        best = max(strength)[:4]
        assert picked.loc[key, "value"] in {value for *rank, value in strength if tuple(rank) == best}


def test_only_certain_and_whole_members_make_a_sum():
    """A region with any member that is doubtful or only partly inside is never summed."""
    assert whole_members(MEMBERSHIPS) == {"Z": ["A", "B"]}


def test_a_zone_is_the_sum_of_all_its_members():
    """With every member's figure the zone is their sum, marked as derived, as settled and as known as the weakest."""
    figures = used(
        {"region": "A", "value": 8122.1, "published": "2024-01-25", "status": "final"},
        {"region": "B", "value": 949.3, "published": "2024-09-18", "status": "preliminary"},
        {"region": "S", "value": 500.0},
    )
    total = figures[figures["region"] == "Z"].iloc[0]
    assert total["value"] == pytest.approx(9071.4)
    assert (total["derived"], total["status"]) == (True, "preliminary")
    assert (total["known_from"], total["dated"]) == (pd.Timestamp("2024-09-18"), True)
    assert set(figures["region"]) == {"A", "B", "S", "Z"}


@pytest.mark.parametrize(
    "second",
    [
        {"region": "S"},
        {"region": "B", "period": "2022"},
        {"region": "B", "period": "2023Q4", "basis": "ytd"},
        {"region": "B", "unit": "10k_cny"},
        {"region": "B", "qualifier": "at_least"},
        {"region": "B", "qualifier": "about"},
        {"region": "B", "published": "2027-01-20"},
    ],
)
def test_no_sum_of_some_members(second):
    """A member missing, of another year, basis or unit, inexact or not yet known leaves the zone without a figure."""
    assert zone(used({"region": "A"}, second), "Z") == []


def test_a_sum_with_an_estimate_is_an_estimate():
    """A zone is as settled as its least settled member, so that it carries no verdict either."""
    figures = used({"region": "A"}, {"region": "B", "status": "estimate"})
    assert figures.loc[figures["region"] == "Z", "status"].tolist() == ["estimate"]


@pytest.mark.parametrize("indicator", ["gdp_growth", "share"])
def test_growth_and_shares_are_never_added_up(indicator):
    """No zone has a growth rate, or a share without its parts, that nobody published."""
    rows = [{"region": region, "indicator": indicator, "unit": "pct"} for region in ("A", "B")]
    assert zone(used(*rows), "Z", indicator) == []


def test_a_published_zone_figure_is_kept():
    """Where the zone's own figure was published the members are not summed over it."""
    figures = used({"region": "A"}, {"region": "B"}, {"region": "Z", "value": 13000.0, "qualifier": "about"})
    assert zone(figures, "Z") == [13000.0]
    assert not figures.loc[figures["region"] == "Z", "derived"].any()


def parts(**traits):
    """Urban and all residents of both members; `traits` change the residents of B."""
    people = {"unit": "10k_persons", "basis": "point", "published": "2024-03-01", "status": "final"}
    return [
        people | {"region": "A", "indicator": "urban", "value": 60.0},
        people | {"region": "A", "indicator": "residents", "value": 100.0},
        people | {"region": "B", "indicator": "urban", "value": 10.0},
        people | {"region": "B", "indicator": "residents", "value": 50.0} | traits,
    ]


def test_a_ratio_is_computed_from_its_summed_parts():
    """The zone's urban share is 70 of 150, not the mean of 60 % and 20 %."""
    assert zone(used(*parts()), "Z", "rate") == [pytest.approx(70 / 150 * 100)]


def test_a_published_ratio_is_kept():
    """A rate published for the zone stays, although its parts could be divided."""
    own = {"region": "Z", "indicator": "rate", "value": 75.7, "unit": "pct", "basis": "point"}
    assert zone(used(*parts(), own), "Z", "rate") == [75.7]


def test_no_ratio_without_both_parts():
    """With a member's residents missing there is a sum of urban residents but no rate."""
    figures = used(*parts()[:3])
    assert zone(figures, "Z", "urban") == [70.0]
    assert zone(figures, "Z", "rate") == []


@pytest.mark.parametrize(
    ("traits", "column", "weakest"),
    [
        ({"published": "2024-09-01"}, "known_from", pd.Timestamp("2024-09-01")),
        ({"status": "estimate"}, "status", "estimate"),
        ({"published": None, "status": "unknown"}, "dated", False),
    ],
)
def test_a_ratio_is_as_weak_as_its_weaker_part(traits, column, weakest):
    """A rate is as late, as unsettled and as undated as either part: an estimated denominator makes an estimated rate."""
    figures = used(*parts(**traits))
    assert figures.loc[figures["indicator"] == "rate", column].tolist() == [weakest]


def test_a_ratio_never_mixes_units():
    """Urban residents in 10 000 persons are not divided by residents in persons."""
    rows = parts()
    for row in (rows[1], rows[3]):
        row |= {"unit": "persons", "value": row["value"] * 10_000}
    rates = zone(used(*rows), "Z", "rate")
    assert rates == [] or rates == [pytest.approx(70 / 150 * 100)]


def test_breaks_split_a_series():
    """Figures from the first period on a new basis on are in another segment; one region's break is its own."""
    periods = ["2018", "2019", "2023", "2024"]
    board = on_board(*({"region": region, "period": period} for region in ("A", "B") for period in periods))
    # A's own break of 2019 also splits the sums of Z, of which A is a member.
    for region, segments in (("A", [0, 1, 1, 2]), ("B", [0, 0, 0, 1]), ("Z", [0, 1, 1, 2])):
        series = board.yearly(region, "gdp")
        assert [figure.period for figure in series] == periods
        assert [figure.segment for figure in series] == segments


def test_a_published_zone_figure_breaks_only_with_its_own_series():
    """What a zone published itself does not break because one of its members did."""
    board = on_board(*({"region": "Z", "period": period} for period in ("2018", "2019")))
    assert [figure.segment for figure in board.yearly("Z", "gdp")] == [0, 0]


def test_a_break_within_a_year_splits_that_year_from_the_last():
    """A year that contains the first month on a new basis is on the new basis; the quarters before it are not."""
    urban = {"indicator": "urban", "unit": "10k_persons"}
    board = on_board(
        *(urban | {"period": period} for period in ("2021", "2022")),
        *(urban | {"period": period, "basis": "ytd"} for period in ("2022Q1", "2022Q2")),
    )
    assert [figure.segment for figure in board.yearly("A", "urban")] == [0, 1]
    assert [figure.segment for figure in board.cumulative("A", "urban")] == [0, 1]


def test_a_series_has_one_unit_and_one_basis():
    """A cumulative quarter never stands among single quarters or years, nor dollars among yuan."""
    board = on_board(
        {"period": "2023", "value": 1.0},
        {"period": "2023", "value": 2.0, "unit": "100m_usd"},
        {"period": "2023Q3", "value": 3.0, "basis": "ytd"},
        {"period": "2023Q3", "value": 4.0, "basis": "quarter"},
        {"period": "2023Q3", "value": 5.0, "basis": "ytd", "unit": "100m_usd"},
    )
    assert [(figure.value, figure.unit) for figure in board.yearly("A", "gdp")] == [(1.0, "100m_cny")]
    assert [(figure.value, figure.basis) for figure in board.cumulative("A", "gdp")] == [(3.0, "ytd")]


@pytest.fixture(scope="module", name="shipped")
def read_shipped(ROOT, tmp_path_factory):
    """The shipped tables and all shipped figures, let in one file after the other."""
    tables = read_tables(ROOT / "data")
    actuals = Store(tmp_path_factory.mktemp("empty")).read()
    for raw in shipped_files(ROOT / "data").values():
        actuals = what_if(actuals, check_upload(raw, tables, today=TODAY).rows)
    return tables, actuals


def value_of(figures, region, indicator, period):
    """The one yearly value of a region."""
    rows = figures[(figures["region"] == region) & (figures["indicator"] == indicator) & (figures["period"] == period)]
    (value,) = rows.loc[rows["basis"].isin(("annual", "point")), "value"]
    return value


def test_the_14_cities_of_2021_are_the_province(shipped):
    """The published residents of the 14 cities sum to the 4229.4 published for Liaoning, exactly as printed."""
    tables, actuals = shipped
    without = actuals[actuals["region"] != "210000"]
    derived = select_figures(without, tables, TODAY)
    assert value_of(derived, "210000", "resident_pop", "2021") == pytest.approx(4229.4, abs=1e-9)
    kept = select_figures(actuals, tables, TODAY)
    own = kept[(kept["region"] == "210000") & (kept["indicator"] == "resident_pop") & (kept["period"] == "2021")]
    assert (own["value"].tolist(), own["derived"].tolist()) == ([4229.4], [False])


def test_circle_and_belt_of_2023(shipped):
    """The first figures of 2023 sum to 14299.1 for the circle's 7 cities and 14724.6 for the belt's 6."""
    tables, actuals = shipped
    figures = select_figures(actuals, tables, date(2024, 12, 31))
    # Fuxin's 602.04 is printed with two decimals, the note's 602.0 with one.
    assert value_of(figures, "SY", "gdp", "2023") == pytest.approx(14299.1, abs=0.05)
    assert value_of(figures, "CO", "gdp", "2023") == pytest.approx(14724.6, abs=1e-6)


def test_the_zones_have_no_sum(shipped):
    """Neither the western nor the eastern zone has a derived figure on any day: their members are not established."""
    tables, actuals = shipped
    assert not set(select_figures(actuals, tables, TODAY)["region"]) & {"WL", "EL"}


def test_published_rates_follow_from_published_people(shipped):
    """Urban over all residents gives the published rates of Liaoning, as its own zone of one member."""
    tables, actuals = shipped
    alone = SimpleNamespace(
        indicators=tables.indicators,
        memberships=pd.DataFrame(
            [("ALONE", "210000", "high", "whole", "yes")],
            columns=["region", "member", "confidence", "extent", "counted"],
        ),
    )
    figures = select_figures(actuals, alone, TODAY)
    for period, rate in (("2020", 72.14), ("2021", 72.81), ("2023", 73.51)):
        assert value_of(figures, "210000", "urbanization_rate", period) == rate
        assert value_of(figures, "ALONE", "urbanization_rate", period) == pytest.approx(rate, abs=0.005)


def test_a_plan_without_figures_is_judged(shipped, tmp_path):
    """Another plan's tables give a scoreboard of no data before the first upload."""
    tables, _ = shipped
    assert dict(build_board(tables, Store(tmp_path).read(), TODAY).tally()) == {"no_data": 24, "not_judged": 1}


def test_the_plan_note_agrees_with_the_province(shipped):
    """The circle's 1.3 trillion of 2021, 47.2 % of the province by the note, fits the published total of Liaoning."""
    tables, actuals = shipped
    figures = select_figures(actuals, tables, TODAY)
    circle = value_of(figures, "SY", "gdp", "2021")
    assert circle == 13000.0
    assert round(0.472 * value_of(figures, "210000", "gdp", "2021"), -3) == circle
    assert value_of(figures, "SY", "urbanization_rate", "2021") == 75.7
    assert value_of(figures, "SY", "gdp", "2022") == 13700.0


def test_a_sum_breaks_where_a_member_does(shipped):
    """Dalian's new basis of 2019 also splits the belt's sums, or the sum would be compared across it."""
    tables, _ = shipped
    belt = ("210200", "210600", "210700", "210800", "211100", "211400")
    made_up = stored(*({"region": city, "period": period} for city in belt for period in ("2018", "2019")))
    series = build_board(tables, made_up, TODAY).yearly("CO", "gdp")
    assert [figure.value for figure in series] == [6.0, 6.0]
    assert series[0].segment != series[1].segment


@pytest.mark.parametrize("day", [date(2023, 1, 31), date(2024, 12, 31), date(2026, 1, 23)])
def test_a_past_day_of_the_shipped_figures_can_be_replayed(shipped, day):
    """What was in use on a past day is the same from all rows in reverse as from those published by then."""
    tables, actuals = shipped
    by_then = actuals[~(actuals["published"] > pd.Timestamp(day))].iloc[::-1]
    now, then = (
        select_figures(frame, tables, day).astype(dict.fromkeys(FIGURE_KEY, "str")).sort_values(list(FIGURE_KEY))
        for frame in (actuals, by_then)
    )
    pd.testing.assert_frame_equal(now.reset_index(drop=True), then.reset_index(drop=True), check_dtype=False)
