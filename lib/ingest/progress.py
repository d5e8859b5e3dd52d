"""How far checking has come: what a caller is told at moderate steps, so that a page can say it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeVar

_EVERY: Final = 2000  # lines between two steps
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Step:
    """A step: the `share` done of all, from 0 to 1 and never falling; the stage, and how much is `done` `of` it.

    `stage`: "reading", "checking" (counted in lines) or "comparing"; who runs checks for many may add "waiting".
    """

    share: float
    stage: str
    done: int = 0
    of: int = 0


Progress = Callable[[Step], None]


def ignore(_step: Step) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Stretch:
    """A stage's part of the whole: where it starts and ends as a share, and whom to tell."""

    tell: Progress
    stage: str
    start: float
    end: float

    def at(self, done: int, of: int) -> None:
        """Tell that so much of it is done."""
        share = self.start + (self.end - self.start) * min(1.0, done / max(1, of))
        self.tell(Step(share, self.stage, done, of))

    def follow(self, items: Iterable[_Item], of: int) -> Iterator[_Item]:
        """Hand the items on, and tell now and then how many have been."""
        for done, item in enumerate(items):
            if done % _EVERY == 0:
                self.at(done, of)
            yield item

    def piece(self, at: int, of: int) -> Stretch:
        """One of several equal pieces of it."""
        wide = (self.end - self.start) / max(1, of)
        return replace(self, start=self.start + at * wide, end=self.start + (at + 1) * wide)


IGNORED: Final = Stretch(ignore, "reading", 0.0, 1.0)
