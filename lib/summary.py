"""What a plan or a region comes to, in a few sentences: the answer, the gravest findings, since when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from lib.schema import Status
from lib.verdict.board import ONE_READING, READINGS_DIFFER
from lib.verdict.trend import GRAVITY

if TYPE_CHECKING:
    from lib.verdict.model import Verdict
    from lib.words import Words

ORDER: Final = (
    *(status for status in Status if status not in (Status.NO_DATA, Status.NOT_JUDGED)),
    READINGS_DIFFER,
    ONE_READING,
    Status.NOT_JUDGED,
    Status.NO_DATA,
)
OPEN: Final = (Status.NO_DATA, Status.NOT_JUDGED)


def headline(counts: Counter[str], words: Words, region: str = "") -> str:
    """The answer in one sentence: how many targets, of the plan or of a region, stand where."""
    texts = words.texts
    key = "headline.of_region" if region else "headline.of_plan"
    start = texts(key, total=counts.total(), region=words.short_region(region) if region else "")
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
