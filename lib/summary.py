"""What a plan or a region comes to, in a few sentences: the answer, the gravest findings, since when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from lib import formats
from lib.differences import compare_states
from lib.schema import FIGURE_KEY, Status
from lib.tables import rows_of
from lib.verdict.board import ONE_READING, READINGS_DIFFER
from lib.verdict.judge import asked_pairs
from lib.verdict.model import YEARLY
from lib.verdict.trend import GRAVITY, Direction

if TYPE_CHECKING:
    from lib.verdict.board import Board
    from lib.verdict.days import ChangeDay
    from lib.verdict.model import Verdict
    from lib.verdict.target import Target
    from lib.verdict.trend import Trend
    from lib.words import Words

ORDER: Final = (
    *(status for status in Status if status not in (Status.NO_DATA, Status.NOT_JUDGED)),
    READINGS_DIFFER,
    ONE_READING,
    Status.NOT_JUDGED,
    Status.NO_DATA,
)
OPEN: Final = (Status.NO_DATA, Status.NOT_JUDGED)
# Told by its own shape, none of which is a status's.
ARROWS: Final = {
    Direction.BETTER: "↗",
    Direction.WORSE: "↘",
    Direction.SAME: "→",
    Direction.NEW: "+",
    Direction.GONE: "×",
}
MOST_NEWS: Final = 4


def headline(counts: Counter[str], words: Words, region: str = "") -> str:
    """The answer in one sentence: how many targets, of the plan or of a region, stand where."""
    texts = words.texts
    key = "headline.of_region" if region else "headline.of_plan"
    start = texts(key, total=counts.total(), plan=words.plan, region=words.short_region(region) if region else "")
    judged = [
        texts(f"headline.{status}", count=counts[status]) for status in ORDER if counts[status] and status not in OPEN
    ]
    silent = sum(counts[status] for status in OPEN)
    if not judged:
        return texts("headline.nothing", start=start)
    key = "headline.sentence" if silent else "headline.all_judged"
    return texts(key, start=start, judged=words.join(judged), silent=silent)


def by_gravity(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """The verdicts that have a colour, the gravest first."""
    return sorted((v for v in verdicts if v.status in GRAVITY), key=lambda verdict: GRAVITY.index(verdict.status))


def last_quarter_end(day: date) -> date:
    """The last day of the quarter before the one that holds `day`."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) - timedelta(days=1)


@dataclass(frozen=True)
class Selection:
    """Which sentences of the plan are shown: by region, kind of target and status; an empty choice leaves all in."""

    subjects: Sequence[str] = ()
    kinds: Sequence[str] = ()
    statuses: Sequence[str] = ()

    def __bool__(self) -> bool:
        """Whether anything is chosen at all."""
        return bool(self.subjects or self.kinds or self.statuses)

    def keeps(self, board: Board, readings: list[Target]) -> bool:
        """Whether a sentence is shown; its status is the one that the headline counts it under."""
        first = readings[0]
        pairs = (
            (self.subjects, first.subject),
            (self.kinds, str(first.kind)),
            (self.statuses, board.outcome(readings)),
        )
        return all(not chosen or value in chosen for chosen, value in pairs)


def pick_stops(changes: Sequence[ChangeDay], most: int) -> list[ChangeDay]:
    """At most so many of the days of change, in their order: those that moved a verdict first, of the rest the latest."""
    ranked = sorted(changes, key=lambda change: (bool(change.verdicts), change.day), reverse=True)
    return sorted(ranked[:most], key=lambda change: change.day)


def trend_words(trend: Trend, since: date, words: Words) -> str:
    """Where a verdict went since a day, with its shape and the figure that it stood on before, if another."""
    said = words.texts(f"trend.{trend.direction}", date=words.day(since))
    text = words.texts("trend.line", arrow=ARROWS[trend.direction], said=said)
    before = trend.before
    if before is None:
        return text
    key = "trend.figure" if trend.change is None else "trend.change"
    change = "" if trend.change is None else words.amount(trend.change, before.indicator, before.unit, signed=True)
    return text + words.texts(key, change=change, value=words.figure(before), period=words.span(before))


def news(before: Board, after: Board, words: Words) -> str:
    """Which figures came in between two boards, those of the targets' own series named; "" where none did."""
    rows = compare_states(before.figures, after.figures)
    rows = rows[rows["change"].isin(("new", "revised"))]
    if rows.empty:
        return ""
    asked = asked_pairs(list(after.targets.values()), after.tables.indicators.set_index("indicator"))
    keys = [{name: str(row[name]) for name in FIGURE_KEY} for row in rows_of(rows)]
    own = [key for key in keys if (key["region"], key["indicator"]) in asked]
    own.sort(key=lambda key: key["basis"] not in YEARLY)
    named = [
        words.texts(
            "news.figure",
            region=words.short_region(key["region"]),
            indicator=words.indicator(key["indicator"]),
            period=formats.span(key["period"], key["basis"], words.lang),
        )
        for key in own[:MOST_NEWS]
    ]
    counts = Counter(rows["change"])
    return words.texts(
        "news.own" if own else "news.others",
        new=counts["new"], revised=counts["revised"], own=len(own), named=words.join_marks(named),
    )  # fmt: skip
