"""The data package is read by the libraries of its formats, which nobody here wrote."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

import pandas as pd
import pytest

from lib.export.datapackage import to_datapackage
from lib.export.sdmx import DATAFLOW, DIMENSIONS, observations, to_sdmx_csv
from lib.schema import TABLES


@pytest.fixture(scope="module")
def package(shipped_board, words_in, tmp_path_factory):
    """The package of the shipped data, unpacked."""
    folder = tmp_path_factory.mktemp("package")
    with ZipFile(BytesIO(to_datapackage(shipped_board, [words_in("en"), words_in("zh")]))) as archive:
        archive.extractall(folder)
    return folder


def read(package, name):
    """One of its tables as text."""
    return pd.read_csv(package / "data" / f"{name}.csv", dtype=str, keep_default_na=False)


def test_frictionless_finds_every_table_key_and_reference_valid(package):
    """Types, primary keys and foreign keys hold."""
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.Package(str(package / "datapackage.json")).validate()
    assert report.valid, report.flatten(["path", "type", "note"])
    assert {task.name for task in report.tasks} >= {"figures", "verdicts", "targets", "regions", "sdmx"}


def test_every_vintage_is_there_and_one_of_each_is_in_use(package, shipped_board):
    """Nothing known is left out, and what counts is marked as the board has it."""
    figures = read(package, "figures")
    published = shipped_board.figures[~shipped_board.figures["derived"]]
    assert len(figures) == len(shipped_board.known)
    assert (figures["in_use"] == "True").sum() == len(published)
    used = figures[figures["in_use"] == "True"]
    assert sorted(used["value"].astype(float)) == sorted(published["value"])


def test_the_tables_of_the_plan_come_along_unchanged(package, shipped_board):
    """A row of a table is a row of the package."""
    for name in set(TABLES) - {"releases", "weak_sources"}:
        assert len(read(package, name)) == len(getattr(shipped_board.tables, name)), name


def test_it_says_what_it_is_in_both_languages(package):
    """The descriptor is for people as well."""
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    assert "actuals" in descriptor["title"]
    assert "实际数据" in descriptor["title"]
    assert all(resource["description"] for resource in descriptor["resources"])


def test_the_same_data_makes_the_same_bytes(shipped_board, words_in):
    """No clock enters the archive."""
    assert to_datapackage(shipped_board, [words_in("en")]) == to_datapackage(shipped_board, [words_in("en")])


def test_an_sdmx_reader_finds_the_observations(shipped_board, tmp_path):
    """A library of the statistical offices reads dataflow, dimensions and values."""
    sdmx = pytest.importorskip("pysdmx.io")
    path = tmp_path / "figures.csv"
    path.write_bytes(to_sdmx_csv(shipped_board))
    (dataset,) = sdmx.read_sdmx(path, validate=False).data
    published = shipped_board.figures[~shipped_board.figures["derived"]]
    assert DATAFLOW in str(dataset.structure)
    assert len(dataset.data) == len(published)
    assert dataset.data["OBS_VALUE"].astype(float).sum() == pytest.approx(published["value"].sum())


def test_each_observation_has_a_key_of_its_own(shipped_board):
    """SDMX allows one value a key."""
    frame = observations(shipped_board)
    assert not frame.duplicated(list(DIMENSIONS)).any()
    assert frame["TIME_PERIOD"].str.fullmatch(r"\d{4}(-Q[1-4]|-\d{2})?").all()


def test_a_figure_made_of_members_is_nobodys_observation(shipped_board):
    """What the tracker adds up does not leave it as published."""
    derived = shipped_board.figures[shipped_board.figures["derived"]]
    assert len(derived)
    keys = set(zip(derived["region"], derived["indicator"], derived["period"], strict=True))
    frame = observations(shipped_board)
    assert not keys & set(zip(frame["REF_AREA"], frame["INDICATOR"], frame["TIME_PERIOD"], strict=True))
