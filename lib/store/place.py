"""What the store asks of the place that holds its entries, be it a folder or a Delta table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

import pyarrow as pa

from lib.schema import DataError
from lib.store.entry import Entry, Prepared, Upload
from lib.store.pick import Wanted


class Place(Protocol):
    """Entries numbered from 1 without gaps, each whole and never changed, and the files as they came.

    Every method raises DataError: "store_unwritable" where writing fails, "store_damaged" for what is there but cannot
    be trusted, "store_unreachable" for a place that does not answer.
    """

    def newest(self) -> int:
        """Give the highest number taken, 0 when none."""

    def entry(self, seq: int) -> Entry:
        """Read one entry and hold it against its seal and number."""

    def verify(self, seq: int) -> Upload:
        """Describe an entry that was held against its seal and number, if not now then before by this process."""

    def pick(self, seq: int, wanted: Wanted) -> pa.Table:
        """Give the rows wanted of an entry that was held against its seal."""

    def uploads(self) -> list[Upload]:
        """Describe every entry in order, as published; its figures need not be held against the seal."""

    def queue(self) -> AbstractContextManager[None]:
        """Let writers stand in line for the block, where they can: a courtesy that safety never rests on."""

    def publish(self, upload: Upload, prepared: Prepared) -> bool:
        """Publish an entry whole under the number after the newest, its `seq`; False if another writer took it first.

        It is durable once `settle` has answered; nobody may be told before.
        """

    def keep_raw(self, source: str, raw: bytes) -> None:
        """Keep a file durably under the sha256 of its bytes."""

    def raw(self, source: str) -> bytes:
        """Give what is kept under a sha256, unchecked."""

    def settle(self) -> None:
        """Make durable what was published, by any writer: another may not have got as far."""

    def sweep(self) -> None:
        """Forget what was read, and remove what killed writers left."""

    def writable(self) -> bool:
        """Tell whether something can be written here now."""


@contextmanager
def told(code: str, **hint: str) -> Iterator[None]:
    """Turn what the disk or the Parquet reader refuses into what a visitor can be told."""
    try:
        yield
    except DataError:
        raise
    except (OSError, pa.ArrowException, AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise DataError(code, reason=str(error), **hint) from error
