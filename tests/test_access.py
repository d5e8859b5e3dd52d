"""Who may write what; the store asks before every write."""

from __future__ import annotations

import pytest

from lib.access import Role, User, owner
from lib.schema import DataError

SHENYANG, DALIAN = "210100", "210200"


def refusal(user: User, *regions: str) -> str:
    """The code of the refusal, "" if the user may write."""
    try:
        user.refuse(regions)
    except DataError as error:
        return error.code
    return ""


def test_an_uploader_writes_its_own_regions_only():
    """An office keeps to its regions."""
    office = User("office@example.org", Role.UPLOADER, frozenset({SHENYANG}))
    assert [refusal(office, SHENYANG), refusal(office, SHENYANG, DALIAN)] == ["", "region_not_allowed"]
    assert office.foreign([DALIAN, SHENYANG]) == [DALIAN]


def test_an_uploader_without_regions_writes_none_and_one_with_all_writes_any():
    """No region named is none; all is said by None."""
    assert refusal(User("a", Role.UPLOADER, frozenset()), SHENYANG) == "region_not_allowed"
    assert not refusal(User("a", Role.UPLOADER), SHENYANG, DALIAN)


@pytest.mark.parametrize("regions", [None, frozenset({SHENYANG})])
def test_a_reader_writes_nothing(regions):
    """A reader reads."""
    assert refusal(User("a", Role.READER, regions), SHENYANG) == "write_not_allowed"


def test_the_owner_of_the_machine_is_an_administrator():
    """Without a login nobody is in the way."""
    assert not refusal(owner("张伟"), SHENYANG, DALIAN)
