"""What a running server tells of itself: a line of JSON for each page, upload and fault, and the sums since its start."""

from __future__ import annotations

import json
import logging
import os
import secrets
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import quantiles
from threading import Lock
from typing import Any, Final

# A file that the lines are added to; without it they go to the standard error.
SETTING: Final = "TRACKER_LOG"
KEPT: Final = 1000  # the newest pages, by which the times are told
LOG: Final = logging.getLogger(__name__)


class JsonLines(logging.Formatter):
    """A record as one line of JSON: time, level, who tells it, what, and its facts."""

    def format(self, record: logging.LogRecord) -> str:
        """Word a record; a fault's traceback stands in it as text."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"time": moment, "level": record.levelname.lower(), "logger": record.name, "event": record.getMessage()}
        line |= getattr(record, "facts", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


@dataclass
class Since:
    """What came together since a server's start."""

    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    pages: int = 0
    faults: int = 0
    times: deque[float] = field(default_factory=lambda: deque(maxlen=KEPT))
    lock: Lock = field(default_factory=Lock)

    def times_within(self) -> tuple[float, float] | None:
        """The milliseconds within which half and 95 % of the newest pages were drawn; None before the second."""
        with self.lock:
            times = list(self.times)
        if len(times) < 2:
            return None
        hundredths = quantiles(times, n=100, method="inclusive")
        return hundredths[49], hundredths[94]


SINCE: Final = Since()


class _Tally(logging.Handler):
    """Counts what is told as a fault."""

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002 - each counts as one
        """Count one."""
        with SINCE.lock:
            SINCE.faults += 1


def start_telling() -> None:
    """From now on write the lines, and count the faults; told twice it does so once."""
    logger = logging.getLogger("lib")
    if any(isinstance(handler, _Tally) for handler in logger.handlers):
        return
    path = os.environ.get(SETTING)
    lines = logging.FileHandler(path, encoding="utf-8", delay=True) if path else logging.StreamHandler()
    lines.setFormatter(JsonLines())
    logger.addHandler(lines)
    logger.addHandler(_Tally(logging.ERROR))
    logger.setLevel(logging.INFO)
    logger.propagate = False


def tell_page(seconds: float, **facts: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    """A page was drawn."""
    with SINCE.lock:
        SINCE.pages += 1
        SINCE.times.append(seconds * 1000)
    LOG.info("page", extra={"facts": {**facts, "milliseconds": round(seconds * 1000, 1)}})


def tell_entry(action: str, **facts: Any) -> None:  # noqa: ANN401 - as above
    """An upload was kept, found to stand there already, or withdrawn."""
    LOG.info(action, extra={"facts": facts})


def tell_fault(error: BaseException) -> str:
    """Something broke; gives the number under which the log has it."""
    number = secrets.token_hex(4)
    LOG.error("fault", exc_info=error, extra={"facts": {"id": number}})
    return number
