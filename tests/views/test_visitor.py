"""Who counts as working on the machine itself, from what a browser and a proxy send."""

from __future__ import annotations

import pytest

from lib.faults import describe_error
from lib.i18n import load_texts
from lib.schema import DataError
from lib.views.visitor import is_direct, is_loopback, name_regions

HERE = {"Host": "localhost:8501", "Origin": "http://localhost:8501"}


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "::1"])
def test_loopback_is_this_machine(host):
    """Names and addresses that no other machine can reach."""
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "::", "10.0.0.7", "localhost.example.org", "127.0.0.1.example.org"])  # noqa: S104 - that it is refused
def test_any_other_address_is_not(host):
    """An address bound to every network, none at all, and names that begin like this machine's."""
    assert not is_loopback(host)


@pytest.mark.parametrize(
    "headers", [{}, HERE, {"Host": "127.0.0.1"}, {"Host": "[::1]:8501", "Origin": "http://[::1]:8501"}]
)
def test_a_browser_on_this_machine_is_direct(headers):
    """By any of the machine's own names."""
    assert is_direct(headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "targets.example.org"},
        {"Host": "192.168.0.9:8501"},
        {"Origin": "https://targets.example.org"},
        {"Origin": "null"},
        {"X-Forwarded-For": "203.0.113.9"},
        {"X-Real-IP": "203.0.113.9"},
        {"Forwarded": "for=203.0.113.9"},
        {"Via": "1.1 proxy"},
    ],
)
def test_whatever_came_through_others_is_not(headers):
    """A name bound to this machine's address, a page of another site, a proxy."""
    assert not is_direct(HERE | headers)


@pytest.mark.parametrize(("lang", "named"), [("zh", "沈阳市、大连市、219900"), ("en", "Shenyang, Dalian, 219900")])
def test_a_refusal_names_regions(words_in, lang, named):
    """Not by their codes, but for one that the tables no longer have."""
    error = DataError("region_not_allowed", user="a", regions="210100, 210200, 219900")
    assert named in describe_error(name_regions(error, words_in(lang)), load_texts(lang))
