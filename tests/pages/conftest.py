"""Open a page as a visitor does, and read what it says."""

from __future__ import annotations

import re
import shutil
from datetime import date
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from lib.intake import seed_store
from lib.store import Store
from lib.tables import read_tables

SPOKEN = ("header", "subheader", "markdown", "caption", "info", "success", "warning", "error")
BADGE = re.compile(r":\w+-badge\[([^]]*)\]")
# Each visitor of a test would read the metadata of every package installed, which takes longer than most pages.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
DAY = date(2026, 11, 22)
FIGURES = ("gdp.csv", "other.csv", "plan_note.csv")


@pytest.fixture(scope="session")
def shipped(copy_data, tmp_path_factory):
    """The shipped data, for tests that only look."""
    folder = copy_data(tmp_path_factory.mktemp("shipped"))
    seed_store(Store(folder / "actuals"), folder, read_tables(folder), today=DAY)
    return folder


@pytest.fixture
def data_dir(data_dir, shipped):
    """A copy that the test may write to; its store holds the shipped figures, as after the first visit."""
    for part in ("store", "raw", "staging"):
        shutil.copytree(shipped / "actuals" / part, data_dir / "actuals" / part)
    return data_dir


@pytest.fixture(scope="session")
def bare(copy_data, tmp_path_factory):
    """The tables without a single figure, for tests that only look."""
    folder = copy_data(tmp_path_factory.mktemp("bare"))
    for name in FIGURES:
        (folder / "actuals/shipped" / name).unlink()
    return folder


@pytest.fixture
def visit(ROOT, shipped, monkeypatch):
    """Open a page by its name, in a language, on some data, with whatever else the address says."""

    def run(page="overview", lang="en", data=None, **address):
        monkeypatch.setenv("TRACKER_DATA", str(data or shipped))
        visitor = AppTest.from_file(ROOT / "dashboard.py", default_timeout=60)
        for name, value in {"lang": lang, **address}.items():
            visitor.query_params[name] = value
        if page != "overview":
            visitor.switch_page(f"pages/{page}.py")
        return visitor.run()

    return run


@pytest.fixture(scope="session")
def unfold():
    """Open a folded table by its name."""

    def run(visitor, name):
        visitor.session_state[f"fold-{name}"] = True
        return visitor.run()

    return run


@pytest.fixture(scope="session")
def said():
    """Every word of a page in reading order, without markdown's escapes and badges; one text a line."""

    def read(visitor):
        lines = [str(node.value) for node in visitor.main if node.type in SPOKEN]
        return re.sub(r"\\([^\w\s])|\N{WORD JOINER}", r"\1", BADGE.sub(r"\1", "\n".join(lines)))

    return read


@pytest.fixture(scope="session")
def labels():
    """The labels of all elements of a kind: page_link, download_button, expander."""

    def read(visitor, kind):
        return [
            node.proto.label if hasattr(node, "proto") else node.label for node in visitor.main if node.type == kind
        ]

    return read


@pytest.fixture(scope="session")
def version():
    """The version of the store in a data folder."""
    return lambda folder: Store(folder / "actuals").version()
