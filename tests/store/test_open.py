"""Where a store is kept is one setting."""

import sys
from pathlib import Path

import pytest

from lib.schema import DataError
from lib.store import Store, open_store
from lib.store.open import as_root


@pytest.mark.parametrize(
    ("setting", "root"),
    [
        ("", Path("data/actuals")),
        ("/srv/uploads", Path("/srv/uploads")),
        ("file:///srv/up%20loads", Path("/srv/up loads")),
        ("s3://bucket/name/", "s3://bucket/name"),
        ("az://container/name", "az://container/name"),
    ],
)
def test_the_setting_names_a_folder_or_an_address(monkeypatch, setting, root):
    """Without it the uploads lie below the tables."""
    monkeypatch.setenv("TRACKER_STORE", setting)
    assert open_store(Path("data")).root == root


def test_without_the_library_an_address_is_told(monkeypatch):
    """The message names what to install; a folder needs none of it."""
    monkeypatch.setitem(sys.modules, "deltalake", None)
    monkeypatch.delitem(sys.modules, "lib.store.delta", raising=False)
    monkeypatch.delattr("lib.store.delta", raising=False)
    with pytest.raises(DataError) as caught:
        Store(as_root("s3://bucket/name")).version()
    assert caught.value.code == "delta_missing"
    assert Store(Path("nowhere")).version() == "00000000"
