"""Which vector file is run, one test a row, and the count at the end.

METHOD_VECTORS names another file of the same form; without it, the shipped one is run.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections import Counter
from pathlib import Path

import pytest

_FOLDER = Path(__file__).parent
_SHIPPED = _FOLDER / "method_vectors.csv"
_TEST = "test_vectors.py::test_row_conforms["
_OUTCOMES = ("passed", "failed", "error")


def _load(name: str):
    """Import a module of this folder by its path: tests are no package."""
    spec = importlib.util.spec_from_file_location(f"conformance_{name}", _FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses, and the module loaded next, look it up by name
    spec.loader.exec_module(module)
    return module


_ROWS = _load("rows")
_DISPATCH = _load("dispatch")


def _chosen() -> Path:
    """The vector file to run."""
    return Path(os.environ.get("METHOD_VECTORS") or _SHIPPED)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each row of the chosen file, named by its line."""
    if "row" in metafunc.fixturenames:
        rows = _ROWS.read_rows(_chosen())
        metafunc.parametrize("row", rows, ids=[f"line {row.line}" for row in rows])


def pytest_terminal_summary(terminalreporter) -> None:
    """Say how many rows conform, and of which file."""
    counts = Counter({key: _count(terminalreporter.stats.get(key, ())) for key in _OUTCOMES})
    if counts.total():
        name = os.environ.get("METHOD_VECTORS") or "the shipped file"
        terminalreporter.write_line(
            f"method vectors: {counts['passed']} of {counts.total()} pass (METHOD_VECTORS={name})"
        )


def _count(reports) -> int:
    """How many reports are about a row."""
    return sum(_TEST in getattr(report, "nodeid", "") for report in reports)


@pytest.fixture(scope="session")
def vectors():
    """The module that puts rows to their methods."""
    return _DISPATCH


@pytest.fixture(scope="session")
def shipped_rows():
    """The rows of the shipped file, whatever file is run."""
    return _ROWS.read_rows(_SHIPPED)
