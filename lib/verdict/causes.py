"""Why a status changed between two boards: a new figure, a revision, one withdrawn, a break, the deadline, or mere time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from lib.schema import FIGURE_KEY, Status

if TYPE_CHECKING:
    from lib.series import Figure
    from lib.verdict.board import Board
    from lib.verdict.model import Verdict
    from lib.verdict.target import Evidence


class Cause(StrEnum):
    """What made the difference, the most telling first."""

    WITHDRAWN = "withdrawn"
    EVIDENCE = "evidence"
    LATER = "later"
    CENSUS = "census"
    NEW_PERIOD = "new_period"
    REVISION = "revision"
    BASELINE = "baseline"
    BENCHMARK = "benchmark"
    DEADLINE = "deadline"
    DATA_MISSING = "data_missing"
    TIME = "time"


@dataclass(frozen=True)
class Change:
    """A target whose status differs, why, and what made the difference: the figure as it was and as it is, or the evidence."""

    target: str
    old: str
    new: str
    cause: Cause
    before: Figure | None = None
    after: Figure | None = None
    evidence: Evidence | None = None


def changes_between(before: Board, after: Board) -> list[Change]:
    """Every target of the later board whose status differs from the earlier one's, in the plan's order."""
    pairs = ((name, before.verdicts.get(name), verdict) for name, verdict in after.verdicts.items())
    moved = [(name, old, new) for name, old, new in pairs if old is not None and old.status != new.status]
    return [_withdrawal(name, old, new, before, after) or explain_change(name, old, new) for name, old, new in moved]


def _withdrawal(target: str, old: Verdict, new: Verdict, before: Board, after: Board) -> Change | None:
    """The change, if the later board no longer holds a figure that the earlier verdict used."""
    used = [figure for figure in (old.later, old.figure, *old.used) if figure is not None]
    gone = [figure for figure in used if _is_held(figure, before) and not _is_held(figure, after)]
    return Change(target, str(old.status), str(new.status), Cause.WITHDRAWN, gone[0], new.figure) if gone else None


def _is_held(figure: Figure, board: Board) -> bool:
    """Whether any vintage has the value; of a sum of members, whether it can be made."""
    if not figure.derived:
        return bool((board.vintages(figure)["value"] == figure.value).any())
    made = board.figures[board.figures["derived"].astype(bool)]
    return bool((made[list(FIGURE_KEY)] == [getattr(figure, name) for name in FIGURE_KEY]).all(axis=1).any())


def explain_change(target: str, old: Verdict, new: Verdict) -> Change:
    """Why one verdict differs from an earlier one."""
    cause, was, now = _cause(old, new)
    said = [item for item in new.evidence if item not in old.evidence]
    return Change(target, str(old.status), str(new.status), cause, was, now, said[-1] if said else None)


def _cause(old: Verdict, new: Verdict) -> tuple[Cause, Figure | None, Figure | None]:
    if old.evidence != new.evidence:
        return Cause.EVIDENCE, None, None
    if new.later is not None and old.later is None:
        return Cause.LATER, None, new.later
    if _key(old.figure) != _key(new.figure) and new.figure is not None:
        return _new_figure(old.figure, new.figure), old.figure, new.figure
    if _key(old.baseline) != _key(new.baseline):
        return Cause.BASELINE, old.baseline, new.baseline
    if [_key(figure) for figure in old.used] != [_key(figure) for figure in new.used]:
        return Cause.BENCHMARK, None, None
    return _without_figures(old, new), None, None


def _new_figure(old: Figure | None, new: Figure) -> Cause:
    """A revision of the same period, a figure beyond a break, or a figure of a new period."""
    if old is not None and old.period == new.period:
        return Cause.REVISION
    return Cause.CENSUS if old is not None and old.segment != new.segment else Cause.NEW_PERIOD


def _without_figures(old: Verdict, new: Verdict) -> Cause:
    """Nothing came: the deadline passed for a milestone, figures became overdue, or time alone went by."""
    if new.status != Status.NO_DATA:
        return Cause.TIME
    return Cause.DEADLINE if new.reason == "missing_evidence" and old.reason == new.reason else Cause.DATA_MISSING


def _key(figure: Figure | None) -> tuple[str, float, str] | None:
    return None if figure is None else (figure.period, figure.value, figure.region)
