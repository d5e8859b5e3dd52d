"""Picking some regions and indicators out of the store gives what reading everything and filtering it would."""

from itertools import product

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.access import owner
from lib.schema import STORED_COLUMNS, DataError
from lib.store import Store, Wanted
from lib.store.folder import HELD
from lib.store.pick import Held, read_picked
from tests.store.uploads import append, figures, plain

REGIONS, INDICATORS = ("210100", "210200", "made up"), ("gdp", "trade_total")
PAIRS = list(product((*REGIONS, "held by nobody"), INDICATORS))
WANTED = st.frozensets(st.sampled_from(PAIRS), min_size=1)
STEPS = st.lists(
    st.one_of(
        st.lists(st.tuples(st.sampled_from(REGIONS), st.sampled_from(INDICATORS)), min_size=1, max_size=6),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=8,
)


def publish(store, steps):
    """Append an upload for each list of pairs, revise at will, and withdraw the nth for each number, if it stands."""
    for number, step in enumerate(steps):
        standing = [item.upload for item in store.history() if item.active]
        if isinstance(step, list):
            rows = figures(*["2025Q1"] * len(step), value=float(number))
            rows = rows.assign(region=[pair[0] for pair in step], indicator=[pair[1] for pair in step])
            store.append(rows, f"{number}".encode(), name="made-up.csv", user=owner("u"))
        elif step < len(standing):
            store.undo(standing[step], user=owner("u"))


def filtered(frame, wanted):
    """The rows of the pairs wanted, by pandas."""
    held = pd.MultiIndex.from_arrays([frame[name].astype("str") for name in ("region", "indicator")])
    return frame[held.isin(list(wanted.pairs))]


def judged_by_duckdb(store, wanted, upto):
    """The places of the same rows as DuckDB finds them in the files."""
    regions, indicators = zip(*sorted(wanted.pairs), strict=True)
    with duckdb.connect() as connection:
        connection.register("needed", pa.table({"region": regions, "indicator": indicators}))
        connection.read_parquet(f"{store.root}/store/*.parquet").filter(f"seq <= {upto}").create_view("stored")
        return connection.sql("""
            select s.seq, s.row, region, indicator, value from stored s semi join needed using (region, indicator)
            where upload not in (select undoes from stored) order by s.seq, s.row
        """).fetchall()


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS, pairs=WANTED, upto=st.integers(0, 8))
def test_what_is_picked_is_what_reading_all_and_filtering_gives(tmp_path_factory, steps, pairs, upto):
    """For any uploads, revisions and undos, as of any entry, read whole or read narrowly; DuckDB agrees."""
    store, wanted = Store(tmp_path_factory.mktemp("steps") / "actuals"), Wanted(pairs)
    publish(store, steps)
    expected = plain(filtered(store.read(upto), wanted), STORED_COLUMNS)
    assert plain(store.read(upto, wanted), STORED_COLUMNS) == expected
    HELD.clear()
    assert plain(store.read(upto, wanted), STORED_COLUMNS) == expected
    names = ("seq", "row", "region", "indicator", "value")
    if upto and store.history():
        assert judged_by_duckdb(store, wanted, upto) == list(zip(*(expected[name] for name in names), strict=True))


@pytest.mark.parametrize("kind", ["folder", "delta"])
def test_every_place_picks_alike(request, kind):
    """A new upload and an undo are seen at once, and types are those of everything."""
    store, wanted = request.getfixturevalue(kind), Wanted(frozenset({("210100", "gdp")}))
    assert store.read(wanted=wanted).dtypes.equals(store.read().dtypes)
    first = append(store, "2025Q1").upload
    assert list(store.read(wanted=wanted)["period"]) == ["2025Q1"]
    append(store, "2025Q2", "2025Q3")
    assert plain(store.read(wanted=wanted), STORED_COLUMNS) == plain(store.read(), STORED_COLUMNS)
    assert store.read(wanted=Wanted(frozenset({("210100", "trade_total")}))).empty
    store.undo(first.upload, user=owner("u"))
    assert list(store.read(wanted=wanted)["period"]) == ["2025Q2", "2025Q3"]
    assert list(store.read(1, wanted)["period"]) == ["2025Q1"]


@pytest.mark.parametrize("known", [True, False], ids=["read before", "read never"])
def test_a_damaged_entry_is_told_whatever_is_picked(folder, known):
    """Nothing is picked out of a file that does not hold what its seal says, though nobody asked for the cell that differs."""
    append(folder, "2025Q1")
    path, wanted = folder.place.path_of(1), Wanted(frozenset({("210100", "gdp")}))
    if known:
        folder.read(wanted=wanted)
    path.write_bytes(path.read_bytes().replace("报表".encode(), "表报".encode()))
    with pytest.raises(DataError) as caught:
        folder.read(wanted=wanted)
    assert caught.value.code == "store_damaged"


def test_only_what_is_wanted_is_built(folder):
    """Out of a large upload come the rows wanted, with all that describes it."""
    many = figures(*["2025Q1"] * 5_000).assign(region=[f"made up {number}" for number in range(5_000)])
    upload = folder.append(many, b"1", name="made-up.csv", user=owner("张")).upload
    wanted = Wanted(frozenset({("made up 7", "gdp"), ("made up 4999", "gdp"), ("made up 7", "held by nobody")}))
    picked = read_picked(folder.place.path_of(1).read_bytes(), upload, wanted)
    assert picked.nbytes < 1_000
    assert plain(picked.to_pandas(), STORED_COLUMNS) == plain(filtered(folder.read(), wanted), STORED_COLUMNS)


def test_a_shelf_lets_go_of_what_was_not_asked_for():
    """It stays within its bytes, keeps what is used, and takes nothing that would fill a quarter of it."""
    table = pa.table({"n": np.arange(100)})
    shelf = Held(4 * table.nbytes)
    for name in "abcd":
        shelf.keep(name, table)
    assert shelf.find("a") is table
    shelf.keep("e", table)
    assert [shelf.find(name) is table for name in "abcde"] == [True, False, True, True, True]
    shelf.keep("large", pa.table({"n": np.arange(1_000)}))
    assert shelf.find("large") is None
    shelf.clear()
    assert shelf.find("a") is None
