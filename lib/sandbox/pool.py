"""Checks for many sessions: two at a time, each in a process of its own, one of which always stands ready."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import weakref
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lib.ingest.check import Checked, build_rows
from lib.ingest.problems import build
from lib.ingest.progress import Progress, Step, ignore
from lib.sandbox.limits import Limits
from lib.sandbox.wire import BrokenAnswerError, Failure, Task, receive, send_task

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import IO

    from lib.ingest.check import Reference

MOST: Final = 2  # checks at once
FAILURES: Final = frozenset({"check_took_too_long", "check_ran_out", "check_broke_off"})
_CODES: Final = {"MemoryError": "check_ran_out", "SIGKILL": "check_ran_out", "SIGXCPU": "check_took_too_long"}
_ROOT: Final = Path(__file__).resolve().parents[2]
_LOOK_UP: Final = 0.5  # seconds
_PATIENCE: Final = 5  # seconds for a process that was told to end
# What a process needs of its surroundings to start; it inherits nothing else, no secret among them.
_INHERITED: Final = ("PATH", "LD_LIBRARY_PATH", "LANG", "SYSTEMROOT", "TEMP", "TMP")
_SURROUNDINGS: Final = {
    "OPENPYXL_LXML": "False",  # the standard parser, which defusedxml guards
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "1",  # addresses are limited: none are set aside for threads that never come
}
_LOG: Final = logging.getLogger(__name__)


class Pool:
    """Checks files. Safe to share among threads; the process that stands ready ends with the pool."""

    def __init__(self, limits: Limits | None = None, most: int = MOST) -> None:
        """Start the process that stands ready."""
        self._limits = limits or Limits()
        self._turns = threading.BoundedSemaphore(most)
        self._lock = threading.Lock()
        self._spares = [_start(self._limits)]
        self._closing = weakref.finalize(self, _end_all, self._spares)

    def check(self, raw: bytes, reference: Reference, form: Mapping[str, Any], progress: Progress = ignore) -> Checked:
        """`check_file` in a process of its own. Where that is ended, a refusal that says why, and no rows.

        `form`: its other arguments by name, all of them data. `progress` also hears of "waiting" for a turn.
        """
        with self._turn(progress):
            process = self._take()
            try:
                return _ask(process, Task(raw, reference, dict(form)), progress, self._limits)
            finally:
                _end(process)
                self._prepare()

    def close(self) -> None:
        """End the process that stands ready."""
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

    def _take(self) -> subprocess.Popen[bytes]:
        """The process that stands ready, or a new one."""
        with self._lock:
            ready = self._spares.pop() if self._spares else None
        if ready and ready.poll() is None:
            return ready
        if ready:
            _end(ready)
        return _start(self._limits)

    def _prepare(self) -> None:
        """Let the next process start while nobody waits for it."""
        with self._lock:
            if self._closing.alive and not self._spares:
                self._spares.append(_start(self._limits))


def _start(limits: Limits) -> subprocess.Popen[bytes]:
    """A process of its own session, with nothing but three pipes; it starts up while we go on."""
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-s", "-B", "-m", "lib.sandbox.worker", *limits.arguments()],
        cwd=_ROOT,
        env=inherited | _SURROUNDINGS,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _ask(process: subprocess.Popen[bytes], task: Task, progress: Progress, limits: Limits) -> Checked:
    """Hand a task over, pass its steps on, and word its end if that is no outcome."""
    overdue = threading.Event()
    watch = threading.Timer(limits.wait, _stop, (process, overdue))
    watch.start()
    try:
        answer = _listen(process, task, progress)
        if isinstance(answer, Checked):
            return answer
        with suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE)
        return _refuse(process, answer, limits, late=overdue.is_set())
    finally:
        watch.cancel()
        watch.join()


def _listen(process: subprocess.Popen[bytes], task: Task, progress: Progress) -> Checked | Failure:
    """Hand a task over and pass its steps on until it ends."""
    stdin, stdout = _pipes(process)
    try:
        send_task(stdin, task)
        while isinstance(answer := receive(stdout), Step):
            progress(answer)
    except (BrokenAnswerError, OSError) as error:
        return Failure(type(error).__name__)
    return answer


def _stop(process: subprocess.Popen[bytes], overdue: threading.Event) -> None:
    """End a process that takes too long; its pipes then end too."""
    overdue.set()
    _kill(process)


def _refuse(process: subprocess.Popen[bytes], failure: Failure, limits: Limits, *, late: bool) -> Checked:
    """A refusal of the whole file that says how its check ended."""
    code = process.returncode or 0
    name = signal.Signals(-code).name if code < 0 else failure.name
    _LOG.warning("a check of an upload ended: %s", "after its time" if late else name)
    ended = "check_took_too_long" if late else _CODES.get(name, "check_broke_off")
    reached = {"check_took_too_long": limits.wait if late else limits.compute, "check_ran_out": limits.memory}
    hint = {"limit": reached[ended]} if ended in reached else {}
    return Checked(build_rows([]), [build(ended, 0, "", "", hint)], "", "")


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    """Where it listens and where it speaks."""
    if process.stdin is None or process.stdout is None:
        raise ValueError(process.pid)
    return process.stdin, process.stdout


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process with all that it started, if it is not yet waited for: its number may then be another's."""
    if process.returncode is not None:
        return
    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave nothing behind: no process, no zombie, no pipe."""
    _kill(process)
    process.wait(_PATIENCE)
    for pipe in _pipes(process):
        with suppress(OSError):
            pipe.close()


def _end_all(processes: list[subprocess.Popen[bytes]]) -> None:
    """End those that stand ready."""
    while processes:
        _end(processes.pop())
