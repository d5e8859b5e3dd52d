"""Two states of the figures side by side: every difference is found, none is made up. All figures are made up."""

from __future__ import annotations

import random
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.differences import DETAILS, KINDS, compare_states
from lib.schema import CODE_COLUMNS, FIGURE_KEY, STORED_COLUMNS
from lib.verdict.judge import select_figures

TODAY = date(2026, 11, 22)
# Two cities and the zone that is made of them, so that a state holds sums as well.
TABLES = SimpleNamespace(
    indicators=pd.DataFrame(
        [("gdp", "100m_cny", "sum", "", "", "")],
        columns=["indicator", "unit", "aggregation", "numerator", "denominator", "growth_indicator"],
    ),
    memberships=pd.DataFrame(
        [("Z", "A", "high", "whole", "yes"), ("Z", "B", "high", "whole", "yes")],
        columns=["region", "member", "confidence", "extent", "counted"],
    ),
    releases=pd.DataFrame([("gdp", "year", 25, 395)], columns=["indicator", "rhythm", "first_days", "later_days"]),
)
MIRROR = {"new": "withdrawn", "withdrawn": "new", "revised": "revised", "restated": "restated"}
ROW = st.fixed_dictionaries(
    {
        "region": st.sampled_from(["A", "B", "Z"]),
        "period": st.sampled_from(["2021", "2022", "2023"]),
        "value": st.sampled_from([1.0, 2.0, 3.0]),
        "qualifier": st.sampled_from(["", "", "about"]),
        "status": st.sampled_from(["preliminary", "revised", "final"]),
        "published": st.sampled_from([None, "2024-01-20", "2025-01-20"]),
        "source": st.sampled_from(["made-up a", "made-up b"]),
    }
)
UPLOADS = st.lists(st.lists(ROW, max_size=4), max_size=4)


def stored(uploads):
    """Uploads as the store gives them, the first with seq 1."""
    usual = dict.fromkeys(STORED_COLUMNS, "") | {"indicator": "gdp", "basis": "annual", "unit": "100m_cny"}
    rows = [
        usual | row | {"seq": seq, "row": line}
        for seq, upload in enumerate(uploads, 1)
        for line, row in enumerate(upload, 2)
    ]
    frame = pd.DataFrame(rows, columns=list(STORED_COLUMNS))
    days = pd.to_datetime(frame["published"]).astype("datetime64[us]")
    typed = frame.assign(published=days, value=frame["value"].astype("float64"))
    return typed.astype(dict.fromkeys(CODE_COLUMNS, "category"))


def state(uploads):
    """The figures in use once these uploads are kept, sums of members included."""
    return select_figures(stored(uploads), TABLES, TODAY)


def contents(figures):
    """What a state says, by key; a missing date is None."""
    rows = figures[~figures["derived"].astype(bool)].to_dict("records")
    return {
        tuple(row[name] for name in FIGURE_KEY): tuple(None if pd.isna(row[name]) else row[name] for name in DETAILS)
        for row in rows
    }


def apply(changes, before):
    """The contents that result from making these changes to the contents before."""
    after = dict(before)
    for row in changes.to_dict("records"):
        key = tuple(row[name] for name in FIGURE_KEY)
        old = tuple(None if pd.isna(row[f"old_{name}"]) else row[f"old_{name}"] for name in DETAILS)
        assert after.pop(key, (None,) * len(DETAILS)) == old
        if row["change"] != "withdrawn":
            after[key] = tuple(None if pd.isna(row[f"new_{name}"]) else row[f"new_{name}"] for name in DETAILS)
    return after


@given(UPLOADS)
@settings(max_examples=6)
def test_a_state_does_not_differ_from_itself(uploads):
    """Nothing is made up."""
    assert compare_states(state(uploads), state(uploads)).empty


@given(UPLOADS, UPLOADS)
@settings(max_examples=6)
def test_the_changes_lead_from_one_state_to_the_other(before, after):
    """Every change starts from what stood before, and together they give what stands after."""
    old, new = state(before), state(after)
    assert apply(compare_states(old, new), contents(old)) == contents(new)


@given(UPLOADS, UPLOADS)
@settings(max_examples=6)
def test_the_way_back_is_the_mirror(before, after):
    """What is new one way is withdrawn the other way, and old and new change places."""
    there, back = compare_states(state(before), state(after)), compare_states(state(after), state(before))
    sides = {
        f"{side}_{name}": f"{other}_{name}" for side, other in (("old", "new"), ("new", "old")) for name in DETAILS
    }
    turned = there.assign(change=there["change"].map(MIRROR)).rename(columns=sides)[list(back.columns)]
    order = ["change", *FIGURE_KEY]
    expected = back.sort_values(order, ignore_index=True)
    pd.testing.assert_frame_equal(turned.sort_values(order, ignore_index=True), expected, check_dtype=False)


@given(st.lists(ROW, max_size=4), st.integers(0, 10**6))
@settings(max_examples=6)
def test_the_order_of_unrelated_uploads_does_not_matter(rows, seed):
    """Uploads that have no figure in common may come in any order."""
    apart = list({(row["region"], row["period"]): [row] for row in rows}.values())
    shuffled = random.Random(seed).sample(apart, len(apart))  # noqa: S311 - any order will do
    assert compare_states(state(apart), state(shuffled)).empty


FIRST = {"region": "A", "period": "2023", "value": 1.0, "status": "preliminary", "source": "made-up a"}


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"value": 2.0}, "revised"),
        ({"qualifier": "about"}, "revised"),
        ({"status": "final"}, "restated"),
        ({"published": "2024-03-01"}, "restated"),
        ({"source": "made-up b"}, "restated"),
        ({"period": "2022"}, "withdrawn"),
    ],
)
def test_each_kind_of_change(changed, kind):
    """Another value or qualifier is a revision, another vintage, date or source a restatement."""
    changes = compare_states(state([[FIRST]]), state([[FIRST | changed]]))
    assert changes["change"].tolist() == ([kind, "new"] if kind == "withdrawn" else [kind])


def test_sums_of_members_are_left_out_and_the_gravest_comes_first():
    """A zone's sum appears and vanishes with its members; revisions stand before withdrawals and new figures."""
    both = [FIRST, FIRST | {"region": "B"}]
    before, after = state([both]), state([[FIRST | {"value": 5.0}, FIRST | {"period": "2022"}]])
    assert before["derived"].any()
    changes = compare_states(before, after)
    assert list(zip(changes["change"], changes["region"], changes["period"], strict=True)) == [
        ("revised", "A", "2023"), ("withdrawn", "B", "2023"), ("new", "A", "2022"),
    ]  # fmt: skip
    assert set(changes["change"]) <= set(KINDS)
