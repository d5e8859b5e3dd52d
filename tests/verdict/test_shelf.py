"""What is derived of a board is made once, shared, and goes with the board."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from lib.verdict.shelf import MOST, Shelf

WAIT = 30


def test_a_thing_is_made_once_for_all_who_ask_at_once():
    """Eight threads that ask together get one and the same thing, made by one of them."""
    shelf, gate, made = Shelf(), Barrier(8), []

    def ask(_number):
        gate.wait(WAIT)
        return shelf.once("thing", lambda: made.append(0) or object())

    with ThreadPoolExecutor(8) as threads:
        things = set(threads.map(ask, range(8)))
    assert len(things) == len(made) == 1


def test_who_asks_for_another_thing_does_not_wait():
    """A thing that is still being made holds up nobody who asks for another, nor one that it is made of."""
    shelf, begun, asked = Shelf(), Barrier(2), Barrier(2)

    def make_slowly():
        begun.wait(WAIT)
        asked.wait(WAIT)
        return shelf.once("part", lambda: "part") + " and more"

    with ThreadPoolExecutor(1) as thread:
        slow = thread.submit(shelf.once, "slow", make_slowly)
        begun.wait(WAIT)
        assert shelf.once("other", lambda: "other") == "other"
        asked.wait(WAIT)
        assert slow.result(WAIT) == "part and more"


def test_what_fails_is_tried_again():
    """A fault reaches who asked; the next one gets the thing."""
    shelf = Shelf()
    with pytest.raises(ZeroDivisionError):
        shelf.once("thing", lambda: 1 / 0)
    assert shelf.once("thing", lambda: 7) == 7


def test_nothing_is_a_thing_too():
    """That there is nothing to show is found out once."""
    shelf = Shelf()
    assert shelf.once("chart", lambda: None) is None
    assert shelf.once("chart", lambda: 7) is None


def test_the_shelf_does_not_grow_without_end():
    """Whoever tries every choice pushes out what was asked for longest ago, and that is made anew."""
    shelf = Shelf()
    for number in range(MOST + 1):
        shelf.once(number, lambda: "first")
        shelf.once(0, lambda: "first")
    assert shelf.once(0, lambda: "anew") == "first"
    assert shelf.once(1, lambda: "anew") == "anew"
