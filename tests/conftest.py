"""What every test may ask for: the project's folder and a data folder of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

from lib.__main__ import main
from lib.i18n import load_texts
from lib.intake import seed_store
from lib.plans import narrow
from lib.store import Store
from lib.tables import Tables, read_tables
from lib.verdict.board import Board, build_board
from lib.words import Words, name_things

_ROOT = Path(__file__).resolve().parent.parent
_DAY = date(2026, 11, 22)
_UPLOADED = frozenset({"store", "raw", "staging", "tables"})
_OWN = frozenset({"roles.csv"})

# No example may fail for being slow: a shared machine's clock proves nothing. HYPOTHESIS_PROFILE=soak tries 5 times as much.
settings.register_profile("unhurried", settings(), deadline=None)
settings.register_profile("soak", settings.get_profile("unhurried"), max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "unhurried"))


def _skip_uploads(folder: str, names: list[str]) -> set[str]:
    """Leave out what this machine has received and whom it trusts: tests start from the shipped data."""
    return set(_UPLOADED.intersection(names) if Path(folder).name == "actuals" else _OWN.intersection(names))


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


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command; its exit code, output and messages."""

    def command(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture(scope="session")
def copy_data() -> Callable[[Path], Path]:
    """Make a copy of the shipped data in a folder; the test may write to it."""

    def copy(folder: Path) -> Path:
        return Path(shutil.copytree(_ROOT / "data", folder / "data", ignore=_skip_uploads))

    return copy


@pytest.fixture(scope="session")
def shipped_store(copy_data: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Tables, Store]:
    """The shipped tables, and a store with the shipped figures; read only."""
    folder = copy_data(tmp_path_factory.mktemp("board"))
    tables, store = read_tables(folder), Store(folder / "actuals")
    seed_store(store, folder, tables, today=_DAY)
    return tables, store


@pytest.fixture(scope="session")
def shipped_actuals(shipped_store: tuple[Tables, Store]) -> pd.DataFrame:
    """The shipped figures as the store holds them; read only."""
    return shipped_store[1].read()


@pytest.fixture(scope="session")
def board_on(shipped_store: tuple[Tables, Store]) -> Callable[..., Board]:
    """What the shipped figures say on a day, with likely members or without; read only."""
    tables, store = shipped_store

    @cache
    def build(day: date = _DAY, *, likely: bool = False, plan: str = "") -> Board:
        return build_board(narrow(tables, plan), store.read(), day, likely=likely)

    return build


@pytest.fixture(scope="session")
def shipped_board(board_on: Callable[..., Board]) -> Board:
    """What the shipped figures say on a fixed day; read only."""
    return board_on()


@pytest.fixture(scope="session")
def words_in(shipped_board: Board) -> Callable[[str], Words]:
    """The words of a language for the shipped tables."""
    return lambda lang: name_things(shipped_board.tables, load_texts(lang))
