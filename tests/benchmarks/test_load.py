"""Every benchmark still finds what it measures: none is run here, and nobody would notice until `make bench`."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="the benchmarks tell memory as Unix counts it")
FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.mark.parametrize("name", sorted(file.stem for file in FOLDER.glob("*.py")))
def test_a_benchmark_finds_all_it_names(name):
    """Loading it imports every part of the tracker that it measures."""
    assert importlib.import_module(f"benchmarks.{name}").__doc__
