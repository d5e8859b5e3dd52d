"""Every set of bands we ship: complete where its publisher's rule is, and with exactly the known holes where it is not."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.verdict.methods.bands import Hole, Overlap, check
from lib.verdict.methods.catalogue import ALL_BANDS
from lib.verdict.methods.pace import PACE_BANDS
from lib.verdict.methods.reading import OUTLOOKS, Category, Outlook, Reading
from lib.verdict.methods.scores import sdsn_bands
from lib.verdict.methods.time_progress import tianjin_bands
from lib.verdict.model import pace_status

OPEN = {"low_closed": False, "high_closed": False}
POINT = {"low_closed": True, "high_closed": True}
HOLES = {
    "yinchuan": [Hole(-10.0, 0.0, **OPEN)],
    "tianjin_investment": [Hole(0.0, 0.0, **POINT)],
    "niti": [Hole(49.0, 50.0, **OPEN), Hole(64.0, 65.0, **OPEN), Hole(99.0, 100.0, **OPEN)],
}
PERCENTAGES = st.integers(-300, 300).map(lambda tenths: tenths / 10)


@pytest.mark.parametrize("name", ALL_BANDS)
def test_bands_have_no_fault_but_the_published_ones(name):
    """What claims to be complete is, and a published hole is found to the point."""
    bands = ALL_BANDS[name]
    assert check(bands, bands.low, bands.high) == HOLES.get(name, [])
    assert bands.complete == (name not in HOLES)


@pytest.mark.parametrize("name", ALL_BANDS)
def test_bands_say_what_they_are(name):
    """Each names its source and unit, and every category is one that a reader can take."""
    bands = ALL_BANDS[name]
    assert bands.source
    assert bands.unit in {"ratio", "share", "growth", "points", "per_cent", "score", "value"}
    assert all(OUTLOOKS[band.category] is not Outlook.NONE for band in bands)


def test_tianjin_has_no_hole_only_where_the_bar_is_zero():
    """Above zero no growth has no lamp; below, a shrinking district has two."""
    assert check(tianjin_bands(plan=0.0, average=-1.0)) == []
    shared = Overlap(-2.0, 0.0, low_closed=True, high_closed=False, categories=("green", "red"))
    assert check(tianjin_bands(plan=-2.0, average=-3.0)) == [shared]


@given(PERCENTAGES, PERCENTAGES)
def test_tianjin_faults_only_at_or_below_zero(plan, average):
    """Whatever plan and average, a growing district has exactly one lamp."""
    assert check(tianjin_bands(plan, average), math.nextafter(0, 1)) == []


@given(st.floats(-100, 100), st.floats(0.1, 100), st.sampled_from([1, -1]))
def test_sdsn_colours_cover_every_value(green, apart, direction):
    """Green and red thresholds of any indicator, in either order."""
    assert check(sdsn_bands(green, green - direction * apart, direction)) == []


@given(st.one_of(st.floats(-3, 3), st.sampled_from([0.95, 0.6, 0.0, 0.95 - 1e-12, -1e-12])))
def test_pace_bands_are_the_verdict_s_own(pace):
    """The bands drawn for our own rule are those it judges by."""
    assert PACE_BANDS.category(pace) == pace_status(pace)


def test_every_category_has_an_outlook():
    """A reader can take every word of every method; only what has no answer has none."""
    without = {word for word in Category if Reading(None, word).outlook is Outlook.NONE}
    assert without == {Category.NO_RATING, Category.NOT_AVAILABLE, Category.UNDEFINED}
    assert set(Category) <= set(OUTLOOKS)


@pytest.mark.parametrize(
    ("category", "outlook"),
    [
        ("sun", "on"),
        ("fair_progress", "partly"),
        ("limited_progress", "off"),
        ("at_risk", "partly"),
        ("nonsense", "none"),
    ],
)
def test_outlook_of_a_category(category, outlook):
    """Some words, as a reader takes them."""
    assert Reading(1.0, category).outlook == outlook
