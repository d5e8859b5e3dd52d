"""A small cache that can be looked into, for what must be drawn while it is made."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

_Thing = TypeVar("_Thing")
KEPT: Final = 4


class Recent(Generic[_Thing]):
    """The last few of something that takes time to make, with the time each was kept."""

    def __init__(self, most: int = KEPT) -> None:
        """Begin with none, keep so many."""
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[float, _Thing]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Hashable, holds: Callable[[float, _Thing], bool] = lambda *_: True) -> _Thing | None:
        """What was kept under a key, if by its age in seconds it still holds."""
        with self._lock:
            since, thing = self._kept.get(key, (0.0, None))
        return thing if thing is not None and holds(time.monotonic() - since, thing) else None

    def keep(self, key: Hashable, thing: _Thing) -> None:
        """Keep one and drop the oldest."""
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = (time.monotonic(), thing)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
