"""What the caches hold of the store: the regions that plans speak of, and others for the upload that concerns them."""

from datetime import date

from lib.access import owner
from lib.views.cached import load_actuals, load_board, open_store, unspoken
from tests.store.uploads import figures

NOBODYS = "IDN"  # in data/regions.csv, and no plan speaks of it


def test_a_region_that_no_plan_speaks_of_is_read_for_its_upload(data_dir):
    """Its figures are held and compared with, though no page of a plan carries them along."""
    rows = figures("2024Q1").assign(region=NOBODYS, source="made up")
    open_store().append(rows, b"made up", name="made-up.csv", user=owner("u"))
    assert (data_dir / "actuals" / "store").is_dir()
    assert unspoken(rows) == (NOBODYS,)
    assert unspoken(figures("2024Q1")) == ()
    assert NOBODYS not in set(load_actuals()["region"])
    assert len(load_actuals((NOBODYS,))) == len(load_actuals()) + 1
    board = load_board(date(2026, 11, 22), "", others=(NOBODYS,))
    assert NOBODYS in set(board.figures["region"])
    assert NOBODYS not in set(load_board(date(2026, 11, 22), "").figures["region"])
