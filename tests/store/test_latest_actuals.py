"""One query for any engine: DuckDB and Sail give what pandas makes of Store.read(), on the files as they lie."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from lib.access import owner
from lib.schema import CODE_COLUMNS, FIGURE_KEY, STORED_COLUMNS
from lib.store import convert
from tests.store.uploads import append

pytestmark = [
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of the engines' own code
]


@pytest.fixture(scope="module")
def sail():
    """A session of Spark Connect with Sail, which serves it from this process."""
    served = pytest.importorskip("pysail.spark", reason="pysail is not installed")
    sql = pytest.importorskip("pyspark.sql", reason="pyspark-client is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(
            "SPARK_HOME", str(Path(sql.__file__).parent.parent)
        )  # else it is searched for in sys.argv's folder
        server = served.SparkConnectServer(ip="127.0.0.1", port=0)
        server.start(background=True)
        session = sql.SparkSession.builder.remote(f"sc://127.0.0.1:{server.listening_address[1]}").getOrCreate()
        yield session
        session.stop()
        server.stop()


@pytest.fixture
def duck():
    """A DuckDB of its own."""
    with pytest.importorskip("duckdb", reason="duckdb is not installed").connect() as connection:
        yield connection


@pytest.fixture
def query(ROOT):
    """The query as it is shipped."""
    return (ROOT / "docs" / "latest_actuals.sql").read_text(encoding="utf-8")


@pytest.fixture
def filled(folder):
    """A store with revisions, undos of the first and of a revision, an undone file once more, and a missing number."""
    first = append(folder, "2025Q1", "2025Q2", "2025Q3").upload
    revision = append(folder, "2025Q2", value=2.0, raw="revision").upload
    append(folder, "2025Q3", value=float("nan"), raw="withdrawn figure")
    folder.undo(first.upload, user=owner("李"))
    folder.undo(revision.upload, user=owner("李"))
    append(folder, "2025Q1", "2025Q2", "2025Q3")
    append(folder, "2025Q3", "2025Q4", "2025Q3", value=3.0)
    append(folder, "2025Q4", value=float("nan"), raw="missing number")
    return folder


def latest(store):
    """What the query should give, by pandas."""
    rows = store.read().astype(dict.fromkeys(CODE_COLUMNS, "str"))
    return rows.drop_duplicates(list(FIGURE_KEY), keep="last").sort_values(list(FIGURE_KEY))


def cells(rows):
    """The columns of the store as Python values, whatever kind of table they come in."""
    table = rows if isinstance(rows, pa.Table) else pa.Table.from_pandas(rows, preserve_index=False)
    assert set(table.column_names) == set(STORED_COLUMNS)
    whole = {"published": pa.date32(), "uploaded_at": pa.timestamp("us", "UTC"), "seq": pa.int64(), "row": pa.int64()}
    columns = {name: table[name].combine_chunks() for name in STORED_COLUMNS}
    return {name: column.cast(whole.get(name, column.type)).to_pylist() for name, column in columns.items()}


def test_the_example_has_what_can_go_wrong(filled):
    """Otherwise the engines would agree on little."""
    rows = latest(filled)
    assert list(rows["period"]) == ["2025Q1", "2025Q2", "2025Q3", "2025Q4"]
    assert rows["value"].isna().tolist() == [False, False, False, True]
    assert rows["seq"].tolist() == [6, 6, 7, 8]
    assert rows["row"].tolist() == [2, 3, 4, 2]


def test_duckdb_reads_the_folder(filled, duck, query):
    """The Parquet files as they are."""
    duck.read_parquet(f"{filled.root}/store/*.parquet").create_view("actuals")
    assert cells(duck.sql(query).to_arrow_table()) == cells(latest(filled))


def test_sail_reads_the_folder(filled, sail, query):
    """The same text, the same answer."""
    sail.read.parquet(str(filled.root / "store")).createOrReplaceTempView("actuals")
    assert cells(sail.sql(query).toArrow()) == cells(latest(filled))


def test_duckdb_reads_the_table(filled, duck, query, tmp_path):
    """After a conversion and another upload, through deltalake: no extension is downloaded."""
    deltalake = pytest.importorskip("deltalake", reason="the extra delta is not installed")
    convert(tmp_path)
    append(filled, "2025Q1", value=9.0, raw="into the table")
    duck.register("actuals", deltalake.DeltaTable(filled.root / "store").to_pyarrow_dataset())
    assert cells(duck.sql(query).to_arrow_table()) == cells(latest(filled))


def test_sail_reads_the_table(filled, sail, query, tmp_path):
    """Sail reads Delta by itself."""
    pytest.importorskip("deltalake", reason="the extra delta is not installed")
    convert(tmp_path)
    append(filled, "2025Q1", value=9.0, raw="into the table")
    sail.read.format("delta").load(str(filled.root / "store")).createOrReplaceTempView("actuals")
    assert cells(sail.sql(query).toArrow()) == cells(latest(filled))


def test_as_of_an_entry_is_a_filter(filled, duck, query):
    """The view holds the rows up to it, and the query says what was known then."""
    duck.read_parquet(f"{filled.root}/store/*.parquet").filter("seq <= 4").create_view("actuals")
    rows = filled.read(4).astype(dict.fromkeys(CODE_COLUMNS, "str"))
    expected = rows.drop_duplicates(list(FIGURE_KEY), keep="last").sort_values(list(FIGURE_KEY))
    assert cells(duck.sql(query).to_arrow_table()) == cells(pd.DataFrame(expected))
