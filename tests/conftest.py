"""What every test may ask for: the project's folder and a data folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parent.parent
_UPLOADED = frozenset({"store", "raw", "staging"})


def _skip_uploads(folder: str, names: list[str]) -> set[str]:
    """Leave out what this machine has received: tests start from the shipped data."""
    return _UPLOADED.intersection(names) if Path(folder).name == "actuals" else set()


@pytest.fixture(scope="session", name="ROOT")
def root() -> Path:
    """The project's folder."""
    return _ROOT


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped data that the test may write to; the tracker finds it through TRACKER_DATA."""
    copy = tmp_path / "data"
    shutil.copytree(_ROOT / "data", copy, ignore=_skip_uploads)
    monkeypatch.setenv("TRACKER_DATA", str(copy))
    return copy


@pytest.fixture(scope="session")
def copy_data() -> Callable[[Path], Path]:
    """Make a copy of the shipped data in a folder; the test may write to it."""

    def copy(folder: Path) -> Path:
        return Path(shutil.copytree(_ROOT / "data", folder / "data", ignore=_skip_uploads))

    return copy
