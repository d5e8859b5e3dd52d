"""What is derived of one state of the data: each thing made once, then shared by whoever asks for it."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

_Thing = TypeVar("_Thing")
MOST: Final = 512  # things kept; who tries every choice of a page pushes out what was asked for longest ago


class Shelf:
    """Things by name. Who asks for one that is being made waits for that one and for no other."""

    def __init__(self) -> None:
        """Begin with none."""
        self._slots: OrderedDict[Hashable, _Slot] = OrderedDict()
        self._lock = Lock()

    def once(self, name: Hashable, make: Callable[[], _Thing]) -> _Thing:
        """The thing of this name, made now if it is not there; what fails is tried again by the next.

        A name is plain values: what is large in it would be held for as long as the shelf.
        """
        slot = self._slot(name)
        with slot.lock:
            if not slot.made:
                slot.thing, slot.made = make(), True
            thing: _Thing = slot.thing
            return thing

    def _slot(self, name: Hashable) -> _Slot:
        with self._lock:
            slot = self._slots.setdefault(name, _Slot())
            self._slots.move_to_end(name)
            if len(self._slots) > MOST:
                self._slots.popitem(last=False)
            return slot


class _Slot:
    """The place of one thing."""

    def __init__(self) -> None:
        """Begin empty."""
        self.lock = RLock()
        self.made = False
        self.thing: Any = None
