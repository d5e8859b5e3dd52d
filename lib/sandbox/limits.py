"""What a check may use, and how a process binds itself to that for good."""

from __future__ import annotations

import math
import sys
import time
from dataclasses import dataclass, fields
from typing import Final

MEGABYTE: Final = 1024 * 1024
_FILES: Final = 16  # pipes and a module imported late; a check opens no file


@dataclass(frozen=True)
class Limits:
    """Of one check: seconds of waiting and of computing, and megabytes of addresses.

    Measured: the process itself takes 290 MB of addresses; a file of 99,000 rows fills 393 MB of memory. Where there are
    no limits of resources (Windows) only `wait` holds.
    """

    wait: int = 120
    compute: int = 60
    memory: int = 1536

    def arguments(self) -> list[str]:
        """As the words of a command."""
        return [str(getattr(self, field.name)) for field in fields(self)]


def bind(limits: Limits) -> None:
    """Bind this process: memory, time, few files, none written, no core dumped. There is no way back."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - missing on Windows

    used = math.ceil(time.process_time())  # for starting, which is not the file's fault
    compute = (used + limits.compute, used + limits.compute + 1)
    bounds = {
        resource.RLIMIT_AS: (limits.memory * MEGABYTE, limits.memory * MEGABYTE),
        resource.RLIMIT_CPU: compute,
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_NOFILE: (_FILES, _FILES),
        resource.RLIMIT_CORE: (0, 0),
    }
    for bound, pair in bounds.items():
        resource.setrlimit(bound, pair)
