"""Which vintage counts on which day, and where a series breaks."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from lib.intake import check_upload, what_if
from lib.plans import narrow
from lib.schema import FIGURE_KEY, SHIPPED_BY, STORED_COLUMNS
from lib.series import date_figures, known_by, pick_vintage
from lib.store import Store
from lib.tables import read_tables, shipped_files
from lib.verdict.board import Board, build_board
from lib.verdict.judge import select_figures

TODAY = date(2026, 11, 22)
INDICATORS = pd.DataFrame(
    [
        ("gdp", "100m_cny", "sum", "", "", ""),
        ("urban", "10k_persons", "sum", "", "", ""),
    ],
    columns=["indicator", "unit", "aggregation", "numerator", "denominator", "growth_indicator"],
)
RELEASES = pd.DataFrame(
    [("gdp", "year", 25, 395), ("gdp", "within", 20, 395), ("urban", "year", 100, 395)],
    columns=["indicator", "rhythm", "first_days", "later_days"],
)
MEMBERSHIPS = pd.DataFrame(
    [("Z", "A", "high", "whole", "yes"), ("Z", "B", "high", "whole", "yes")],
    columns=["region", "member", "confidence", "extent", "counted"],
)
BREAKS = pd.DataFrame(
    [("gdp", "", "2024", "2023"), ("gdp", "A", "2019", ""), ("urban", "", "2022M05", "")],
    columns=["indicator", "region", "period", "revised_period"],
)
TABLES = SimpleNamespace(indicators=INDICATORS, memberships=MEMBERSHIPS, breaks=BREAKS, releases=RELEASES)


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
    known = known_by(date_figures(stored(*rows), RELEASES), as_of)
    (value,) = pick_vintage(known)["value"]
    return value


@pytest.mark.parametrize("status", ["unknown", "preliminary", "revised", "final"])
def test_an_estimate_never_beats_a_bureaus_figure(status):
    """A figure given before the bureau's own gives way to it, however late the page that prints it."""
    estimate = {"value": 7600.0, "status": "estimate", "published": "2025-06-01"}
    assert chosen(estimate, {"value": 7825.9, "status": status}) == 7825.9
    assert chosen({"value": 7825.9, "status": status, "published": "2024-01-20"}, estimate) == 7825.9
    assert chosen(estimate) == 7600.0


def test_without_a_date_the_more_settled_figure_counts():
    """Where a date is missing, estimate < unknown < preliminary < revised < final; of equally settled ones the dated."""
    dated = {"value": 1.0, "published": "2024-01-20"}
    assert chosen(dated, {"value": 2.0, "status": "revised"}) == 2.0
    assert chosen(dated, {"value": 2.0, "status": "revised"}, as_of=date(2025, 1, 28)) == 1.0
    assert chosen(dated, {"value": 2.0}) == chosen(dated, {"value": 2.0, "status": "unknown"}) == 1.0
    assert chosen({"value": 2.0, "status": "final"}, {"value": 3.0, "status": "revised"}) == 2.0


def test_a_page_read_late_counts_from_the_calendar():
    """A shipped page of 2025 about 2023 counts from the calendar's day if nothing earlier of that figure was seen."""
    page = {"published": "2025-03-01", "user": "shipped"}
    figure = date_figures(stored(page), RELEASES).iloc[0]
    assert (figure["known_from"], figure["release"], figure["dated"]) == (pd.Timestamp("2024-01-25"), "calendar", True)
    assert figure["published"] == pd.Timestamp("2025-03-01")


@pytest.mark.parametrize(
    "traits",
    [{"user": "an office"}, {"status": "revised"}, {"status": "estimate"}, {"published": "2024-01-20"}],
    ids=["an office's own date", "a revision", "an estimate", "in time"],
)
def test_a_date_is_not_moved_without_reason(traits):
    """What an office reports, revisions, estimates and what came in time count from their own day."""
    figure = date_figures(stored({"published": "2025-03-01", "user": "shipped"} | traits), RELEASES).iloc[0]
    assert (figure["known_from"], figure["release"]) == (figure["published"], "published")


def test_a_second_value_is_not_moved_before_the_first():
    """A late page that prints another value than one seen earlier is a later vintage, from its own day."""
    first = {"published": "2024-02-10", "user": "shipped"}
    other = {"published": "2025-03-01", "user": "shipped", "value": 2.0, "source": "t"}
    assert list(date_figures(stored(first, other), RELEASES)["release"]) == ["calendar", "published"]
    assert chosen(first, other, as_of=date(2025, 2, 28)) == 1.0
    assert chosen(first, other, as_of=date(2025, 3, 1)) == 2.0


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
    figure = date_figures(stored({"status": status}), RELEASES).iloc[0]
    assert (figure["known_from"], figure["dated"]) == (pd.Timestamp(known_from), False)


def test_a_quarter_is_due_after_its_own_end():
    """The assumed delay counts from the end of the period, not of the year."""
    figure = date_figures(stored({"period": "2023Q3", "basis": "ytd"}), RELEASES).iloc[0]
    assert figure["known_from"] == pd.Timestamp("2023-10-20")


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
    picked = pick_vintage(known_by(date_figures(frame, RELEASES), as_of))
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


def gdp(status, published, value, seq):
    """A row of one and the same figure."""
    told = {"status": status, "published": published, "value": value, "seq": seq}
    return {"region": "A", "indicator": "gdp", "period": "2023", "qualifier": "", "source": "s", **told}


@FEW
@given(rows=ROWS)
@example(
    rows=[gdp("final", "2024-01-20", 1.0, 1), gdp("unknown", "2024-06-30", 2.0, 1), gdp("preliminary", None, 3.0, 1)]
)
def test_the_order_of_vintages(rows):
    """The value in use is never beaten where all that have a date stand for themselves first, and all that have none.

    Not by a bureau's figure where it is an estimate, by an exact one where it is a bound, by a later one where both have
    a date, nor by a more settled one where a date is missing.
    """
    dated = date_figures(stored(*rows), RELEASES)
    picked = pick(stored(*rows), TODAY).set_index(list(FIGURE_KEY))
    for key, vintages in dated.groupby(list(FIGURE_KEY)):
        kinds = [list(kind.itertuples(index=False)) for _, kind in vintages.groupby("dated")]
        best = unbeaten([row for kind in kinds for row in unbeaten(kind)])
        assert picked.loc[key, "value"] in {row.value for row in best}


def unbeaten(rows):
    """Those that none of the others beats."""
    return [row for row in rows if not any(_beats(other, row) for other in rows)]


RANK = ["estimate", "unknown", "preliminary", "revised", "final"]


def _beats(one, other):
    """Whether a vintage goes before another by the rule as `pick_vintage` states it."""
    kind = [(row.status != "estimate", row.qualifier != "at_least") for row in (one, other)]
    if kind[0] != kind[1]:
        return kind[0] > kind[1]
    if one.dated and other.dated:
        return one.known_from > other.known_from
    return (RANK.index(one.status), one.dated) > (RANK.index(other.status), other.dated)


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
    tables = narrow(read_tables(ROOT / "data"))
    actuals = Store(tmp_path_factory.mktemp("empty")).read()
    for raw in shipped_files(ROOT / "data").values():
        actuals = what_if(actuals, check_upload(raw, tables, today=TODAY).rows, user=SHIPPED_BY)
    return tables, actuals


def value_of(figures, region, indicator, period):
    """The one yearly value of a region."""
    rows = figures[(figures["region"] == region) & (figures["indicator"] == indicator) & (figures["period"] == period)]
    (value,) = rows.loc[rows["basis"].isin(("annual", "point")), "value"]
    return value


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
    """What was in use on a past day is the same from all rows in reverse as from those known by then."""
    tables, actuals = shipped
    by_then = actuals[date_figures(actuals, tables.releases)["known_from"] <= pd.Timestamp(day)].iloc[::-1]
    assert 0 < len(by_then) < len(actuals)
    now, then = (
        select_figures(frame, tables, day).astype(dict.fromkeys(FIGURE_KEY, "str")).sort_values(list(FIGURE_KEY))
        for frame in (actuals, by_then)
    )
    pd.testing.assert_frame_equal(now.reset_index(drop=True), then.reset_index(drop=True), check_dtype=False)
