"""The figures of some regions and indicators, picked out of an entry without building what nobody asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from lib.schema import STAMP_COLUMNS
from lib.store.entry import FIGURES, Upload, stamped

_STAMPED: Final = stamped(FIGURES)
_TEXTS: Final = [field.name for field in FIGURES if field.type == pa.string()]
_PAIR: Final = ("region", "indicator")


@dataclass(frozen=True)
class Wanted:
    """Pairs of region and indicator. What is picked holds every row of these and no other."""

    pairs: frozenset[tuple[str, str]]

    @cached_property
    def _names(self) -> tuple[pa.Array, ...]:
        return tuple(pa.array(sorted({pair[place] for pair in self.pairs}), pa.string()) for place in (0, 1))

    @cached_property
    def _grid(self) -> npt.NDArray[np.bool_]:
        """Which of the regions (rows) goes with which of the indicators (columns); the last of each are those not wanted."""
        rows, columns = ({name: at for at, name in enumerate(names.to_pylist())} for names in self._names)
        grid = np.zeros((len(rows) + 1, len(columns) + 1), dtype=bool)
        for region, indicator in self.pairs:
            grid[rows[region], columns[indicator]] = True
        return grid

    def find(self, table: pa.Table) -> npt.NDArray[np.intp]:
        """The places of the rows wanted."""
        row, column = (_place(table[name], names) for name, names in zip(_PAIR, self._names, strict=True))
        return np.flatnonzero(self._grid[row, column])


def _place(column: pa.ChunkedArray, names: pa.Array) -> npt.NDArray[np.int64]:
    """Where each cell stands among the names; -1 for one that does not. Each different text is looked up once."""
    coded = column.combine_chunks()
    coded = coded if pa.types.is_dictionary(coded.type) else coded.dictionary_encode()
    found = pa.compute.index_in(coded.dictionary, names).fill_null(-1).to_numpy(zero_copy_only=False)
    at = coded.indices.fill_null(len(found)).to_numpy(zero_copy_only=False)
    places: npt.NDArray[np.int64] = np.append(found, -1)[at].astype(np.int64)
    return places


def pick_from(figures: pa.Table, wanted: Wanted) -> pa.Table:
    """The rows wanted of an entry's figures."""
    return figures.take(wanted.find(figures)).combine_chunks()


def read_picked(raw: bytes, upload: Upload, wanted: Wanted) -> pa.Table:
    """The rows wanted, with their stamps, of an entry known to be sound: the other columns are read only where there are any.

    Equal texts are read once, and what stands on every row is taken from the description.
    """
    file = pq.ParquetFile(pa.BufferReader(raw), read_dictionary=_TEXTS)
    pairs = file.read(columns=list(_PAIR), use_threads=False)
    at = wanted.find(pairs)
    if not len(at):
        return _STAMPED.empty_table()
    others = file.read(columns=[name for name in FIGURES.names if name not in _PAIR], use_threads=False)
    picked = {name: table[name].take(at) for table in (pairs, others) for name in table.column_names}
    stamps = {
        name: pa.repeat(pa.scalar(getattr(upload, name), _STAMPED.field(name).type), len(at)) for name in STAMP_COLUMNS
    }
    columns = picked | stamps
    return pa.table(
        [columns[name].cast(_STAMPED.field(name).type) for name in _STAMPED.names], _STAMPED
    ).combine_chunks()


class Held:
    """Tables kept in memory up to so many bytes; those not asked for the longest go first."""

    def __init__(self, most: int) -> None:
        """Begin with none."""
        self._most, self._bytes = most, 0
        self._kept: OrderedDict[Hashable, pa.Table] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable) -> pa.Table | None:
        """What is kept under a key."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Hashable, table: pa.Table) -> None:
        """Keep a table, unless it is larger than a quarter of the shelf."""
        with self._lock:
            if key in self._kept or table.nbytes > self._most // 4:
                return
            self._kept[key] = table
            self._bytes += table.nbytes
            while self._bytes > self._most:
                self._bytes -= self._kept.popitem(last=False)[1].nbytes

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0
