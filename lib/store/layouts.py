"""What people confirmed of files that leave something unsaid, one small JSON file a layout under `layouts/`.

The name of a layout is the digest of its headings. A file is staged, synced and put in its place in one step, so that it
is whole or not there; the latest confirmation stands. One that cannot be read or written is a line in the log, no fault.
"""

from __future__ import annotations

import json
import logging
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lib.schema import DataError
from lib.store.entry import digest_of
from lib.store.folder import sync_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True)
class Layouts:
    """The confirmations kept under a store's folder."""

    root: Path

    def recall(self, headers: Sequence[str]) -> dict[str, Any] | None:
        """What was kept for a layout; None if nothing was or if the file is damaged."""
        path = self._path(headers)
        try:
            kept = json.loads(path.read_bytes())
            if kept["headers"] == list(headers):
                return dict(kept["said"])
            LOG.warning("layout ignored, it belongs to other headings: %s", path.name)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            LOG.warning("layout ignored, it cannot be read: %s (%s)", path.name, error)
        return None

    def remember(self, headers: Sequence[str], said: dict[str, Any]) -> bool:
        """Keep what was said for a layout instead of what stood there; False, and a line in the log, if it cannot be kept."""
        path = self._path(headers)
        staged = self.root / "staging" / os.urandom(16).hex()
        try:
            for folder in (staged.parent, path.parent):
                folder.mkdir(parents=True, exist_ok=True)
            with staged.open("xb") as file:
                file.write(json.dumps({"headers": list(headers), "said": said}, ensure_ascii=False).encode())
                file.flush()
                os.fsync(file.fileno())
            staged.replace(path)
            sync_folder(path.parent)
        except (OSError, DataError) as error:
            LOG.warning("layout not kept: %s (%s)", path.name, error)
            with suppress(OSError):
                staged.unlink()
            return False
        return True

    def _path(self, headers: Sequence[str]) -> Path:
        return self.root / "layouts" / f"{digest_of(*headers)}.json"
