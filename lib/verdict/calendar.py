"""Commitments without numbers: what falls due next, what is overdue, and what has evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lib.periods import parse_period
from lib.schema import EVIDENCED, Kind, Status

if TYPE_CHECKING:
    from datetime import date

    from lib.verdict.board import Board
    from lib.verdict.model import Verdict
    from lib.verdict.target import Target


@dataclass(frozen=True)
class Commitment:
    """A target that is judged by evidence; `due` is None where nothing falls due any more, or no interval is stated."""

    target: Target
    verdict: Verdict
    due: date | None

    @property
    def is_overdue(self) -> bool:
        """Whether it fell due and is not reported."""
        return self.verdict.status == Status.OVERDUE

    @property
    def is_dated(self) -> bool:
        """Whether it has something to show on a line of time: evidence, or a due date from its rhythm."""
        return bool(self.verdict.evidence) or (self.target.kind == Kind.RECURRING and self.due is not None)


def read_commitments(board: Board) -> list[Commitment]:
    """The plan's commitments in its own order: the targets that `commitments.csv` describes."""
    described = set(board.tables.commitments["target"])
    return [
        Commitment(target, board.verdicts[name], _due(target, board.verdicts[name]))
        for name, target in board.targets.items()
        if name in described and target.kind in EVIDENCED
    ]


def _due(target: Target, verdict: Verdict) -> date | None:
    """The day by the rhythm, else the end of the target period unless it is settled."""
    if target.kind == Kind.RECURRING:
        return verdict.due
    settled = verdict.status in (Status.ACHIEVED, Status.ACHIEVED_LATE, Status.MISSED)
    return None if settled else parse_period(target.target_period).end


def next_due(board: Board) -> list[Commitment]:
    """What is overdue, then what is still to come, each by due date; what merely ends with the plan comes last."""
    found = [item for item in read_commitments(board) if item.due is not None and _is_ahead(item, board.as_of)]
    return sorted(found, key=lambda item: (not item.is_overdue, str(item.due)))


def _is_ahead(item: Commitment, as_of: date) -> bool:
    return item.is_overdue or (item.due is not None and item.due >= as_of)
