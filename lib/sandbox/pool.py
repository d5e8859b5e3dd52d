"""Checks for many sessions: two at a time, each in a process that may break down, one of which always stands ready."""

from __future__ import annotations

import logging
import threading
import weakref
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from lib.ingest.check import Checked, build_rows
from lib.ingest.problems import build
from lib.ingest.progress import Progress, Step, ignore
from lib.ingest.tabular import Parsed
from lib.sandbox.limits import Limits
from lib.sandbox.process import REUSED, Process
from lib.sandbox.wire import BrokenAnswerError, Failure, Task, receive, send_task
from lib.schema import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lib.ingest.check import Reference

MOST: Final = 2  # checks at once
FAILURES: Final = frozenset({"check_took_too_long", "check_ran_out", "check_broke_off"})
_CODES: Final = {"MemoryError": "check_ran_out", "SIGKILL": "check_ran_out", "SIGXCPU": "check_took_too_long"}
_LOOK_UP: Final = 0.5  # seconds
_LOG: Final = logging.getLogger(__name__)


class Pool:
    """Checks files. Safe to share among threads; the processes that stand ready end with the pool."""

    def __init__(self, limits: Limits | None = None, most: int = MOST) -> None:
        """Start the process that stands ready."""
        self._limits = limits or Limits()
        self._turns = threading.BoundedSemaphore(most)
        self._lock = threading.Lock()
        self._spares = [Process(self._limits)]
        self._closing = weakref.finalize(self, _end_all, self._spares)

    def check(self, raw: bytes, reference: Reference, form: Mapping[str, Any], progress: Progress = ignore) -> Checked:
        """`check_file` in a process of its own. Where that is ended, a refusal that says why, and no rows.

        `form`: its other arguments by name, all of them data. `progress` also hears of "waiting" for a turn.
        """
        answer = self._run(Task(raw, reference, dict(form)), progress)
        return answer if isinstance(answer, Checked) else Checked(build_rows([]), [_as_problem(answer)], "", "")

    def parse(self, raw: bytes, names: frozenset[str], progress: Progress = ignore) -> Parsed:
        """`parse_tables` in a process of its own. Where that is ended, a refusal that says why, and no rows."""
        answer = self._run(Task(raw, None, {"names": names}), progress)
        return answer if isinstance(answer, Parsed) else Parsed(problems=[_as_problem(answer)])

    def _run(self, task: Task, progress: Progress) -> Checked | Parsed | Problem:
        """Have a task done; a problem with the whole file where that was ended."""
        with self._turn(progress):
            process, answer = self._take(), None
            try:
                answer = _ask(process, task, progress, self._limits)
            finally:
                self._give_back(process, fit=REUSED and isinstance(answer, Checked | Parsed))
            return answer

    def close(self) -> None:
        """End the processes that stand ready."""
        self._closing()

    @contextmanager
    def _turn(self, progress: Progress) -> Iterator[None]:
        """Wait for one's turn, looking up now and then: the visitor may be gone."""
        turn = self._turns.acquire(blocking=False)
        while not turn:
            progress(Step(0.0, "waiting"))
            turn = self._turns.acquire(timeout=_LOOK_UP)
        try:
            yield
        finally:
            self._turns.release()

    def _take(self) -> Process:
        """A process that stands ready, or a new one."""
        with self._lock:
            ready = self._spares.pop() if self._spares else None
        if ready and ready.lives():
            return ready
        if ready:
            ready.end()
        return Process(self._limits)

    def _give_back(self, process: Process, *, fit: bool) -> None:
        """Keep a process that is fit for the next file; else end it, and let a new one start while nobody waits for it."""
        with self._lock:
            kept = fit and self._closing.alive
            if kept:
                self._spares.append(process)
        if not kept:
            process.end()
            self._prepare()

    def _prepare(self) -> None:
        """See to it that one stands ready."""
        with self._lock:
            if self._closing.alive and not self._spares:
                self._spares.append(Process(self._limits))


def _ask(process: Process, task: Task, progress: Progress, limits: Limits) -> Checked | Parsed | Problem:
    """Hand a task over, pass its steps on, and word its end if that is no outcome."""
    overdue = threading.Event()
    watch = threading.Timer(limits.wait, _stop, (process, overdue))
    watch.start()
    try:
        answer = _listen(process, task, progress)
        if not isinstance(answer, Failure):
            return answer
        return _refuse(process.ending() or answer.name, limits, late=overdue.is_set())
    finally:
        watch.cancel()
        watch.join()


def _listen(process: Process, task: Task, progress: Progress) -> Checked | Parsed | Failure:
    """Hand a task over and pass its steps on until it ends."""
    try:
        with process.pipes() as (stdin, stdout):
            send_task(stdin, task)
            while isinstance(answer := receive(stdout), Step):
                progress(answer)
    except (BrokenAnswerError, OSError) as error:
        return Failure(type(error).__name__)
    return answer


def _stop(process: Process, overdue: threading.Event) -> None:
    """End a process that takes too long; its pipes then end too."""
    overdue.set()
    process.kill()


def _as_problem(answer: object) -> Problem:
    """What ended a check; an answer to another question than was asked is none."""
    return answer if isinstance(answer, Problem) else build("check_broke_off", 0, "", "", {})


def _refuse(name: str, limits: Limits, *, late: bool) -> Problem:
    """A refusal of the whole file that says how its check ended."""
    _LOG.warning("a check of an upload ended: %s", "after its time" if late else name)
    ended = "check_took_too_long" if late else _CODES.get(name, "check_broke_off")
    reached = {"check_took_too_long": limits.wait if late else limits.compute, "check_ran_out": limits.memory}
    hint = {"limit": reached[ended]} if ended in reached else {}
    return build(ended, 0, "", "", hint)


def _end_all(processes: list[Process]) -> None:
    """End those that stand ready."""
    while processes:
        processes.pop().end()
