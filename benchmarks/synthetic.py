"""Synthetic figures in any number, as entries of a store: made up, and saying so in folder, file, source and user.

They are shaped like the real ones: every measured indicator of a region by quarter (year to date) and year, or as a stock;
ten years, gaps, first figures and revisions, and now and then an upload that is withdrawn and sent again. First come the
pairs of region and indicator that targets ask for and what those are made of, then the other indicators of the regions that
plans speak of, then made-up counties: so what the pages need stays about the same while all else grows. Regions are dealt to
uploads at random; no file can be left out as a whole. `synthetic.py FIGURES FOLDER` writes them and says how long it took.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count, product
from pathlib import Path
from time import perf_counter

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lib.periods import parse_period
from lib.schema import MADE_UP, Basis, Nature, Vintage
from lib.store.entry import FIGURES, Upload, digest_of, encode, prepare
from lib.tables import ROOT, Tables, read_tables
from lib.verdict.judge import asked_pairs, read_targets
from lib.verdict.needs import parts_of

YEARS = range(2016, 2026)
UPLOAD_ROWS = 20_000
GAPS = 0.08
REVISED = 0.3
WITHDRAWN_EVERY = 60  # uploads
SOURCE = f"{MADE_UP} synthetic figures, no office published them"
_RAW = f"{SOURCE}\n".encode()
Pair = tuple[str, str]


@dataclass
class _Writer:
    """Writes entries as they would be uploaded, without the waits that make them durable."""

    root: Path
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    source: str = hashlib.sha256(_RAW).hexdigest()
    figures: int = 0

    def append(self, table: pa.Table) -> None:
        """Write an upload, now and then one that is wrong, withdrawn and sent again."""
        seq = next(self.numbers)
        if seq % WITHDRAWN_EVERY == 0:
            at = table.schema.get_field_index("value")
            wrong = self._write(seq, table.set_column(at, "value", pc.multiply(table["value"], 1.1)))
            seq = next(self.numbers)
            undo = replace(wrong, upload=f"u{seq:08d}-undo", seq=seq, action="undo", undoes=wrong.upload, rows=0)
            self._publish(replace(undo, source_sha256="", active=False), FIGURES.empty_table())
            seq = next(self.numbers)
        self._write(seq, table)

    def _write(self, seq: int, table: pa.Table) -> Upload:
        digest = digest_of("synthetic", str(seq))
        name, day = f"{MADE_UP}-synthetic-{seq}.csv", datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seq)
        upload = Upload(
            f"u{seq:08d}-{digest[:8]}",
            seq,
            "append",
            "",
            len(table),
            name,
            "synthetic",
            day,
            digest,
            self.source,
            active=True,
        )
        self._publish(upload, table)
        self.figures += len(table)
        return upload

    def _publish(self, upload: Upload, table: pa.Table) -> None:
        (self.root / "store" / f"{upload.seq:08d}.parquet").write_bytes(encode(upload, prepare(table)))


def fill(root: Path, tables: Tables, figures: int, upload_rows: int = UPLOAD_ROWS) -> int:
    """Write about so many figures as a store below `root`; how many there are."""
    for name in ("store", "raw", "staging"):
        (root / name).mkdir(parents=True, exist_ok=True)
    writer = _Writer(root)
    (root / "raw" / writer.source).write_bytes(_RAW)
    makers = _makers(tables, figures)
    for year, quarter, vintage in sorted(product(YEARS, (1, 2, 3, 4), (0, 1)), key=_published):
        rows = pa.concat_tables([maker.report(year, quarter, vintage) for maker in makers]).combine_chunks()
        order = np.random.default_rng(_seed(year, quarter, vintage)).permutation(len(rows))
        for start in range(0, len(rows), upload_rows):
            part = rows.take(order[start : start + upload_rows])
            at = part.schema.get_field_index("row")
            writer.append(part.set_column(at, "row", pa.array(range(2, len(part) + 2), pa.int32())).cast(FIGURES))
    return writer.figures


def _makers(tables: Tables, figures: int) -> list[_Maker]:
    """Those who report, one for each indicator, about as many pairs as give so many figures."""
    indicators = {row["indicator"]: row for row in tables.indicators.to_dict("records")}
    pairs: dict[str, list[str]] = {}
    expected = 0.0
    for region, code in _pairs(tables):
        maker = _Maker(
            code, str(indicators[code]["unit"]), str(indicators[code]["nature"]), _is_cumulative(indicators[code])
        )
        pairs.setdefault(code, []).append(region)
        expected += maker.slots * (1 - GAPS) * (1 + REVISED)
        if expected >= figures:
            break
    return [
        _Maker(code, str(row["unit"]), str(row["nature"]), _is_cumulative(row), regions)
        for code, regions in pairs.items()
        if (row := indicators[code])
    ]


def _pairs(tables: Tables) -> Iterator[Pair]:
    """Regions and indicators, those that targets need first, without end."""
    indicators = tables.indicators.set_index("indicator")
    measured = [str(code) for code, row in indicators.iterrows() if row["nature"] != Nature.EVENT]
    asked = asked_pairs(read_targets(tables), indicators)
    needed = sorted(pair for pair in asked | parts_of(asked, tables, likely=True) if pair[1] in measured)
    yield from needed
    spoken = sorted({*tables.memberships["member"], *(region for region, _ in needed)})
    yield from (pair for pair in product(spoken, measured) if pair not in set(needed))
    yield from ((f"X{number:05d}", code) for number in count(1) for code in measured)


def _is_cumulative(indicator: dict[str, object]) -> bool:
    return indicator["cumulative"] == "yes"


def _published(step: tuple[int, int, int]) -> date:
    """The day on which a quarter's figures of a vintage come out."""
    year, quarter, vintage = step
    return parse_period(f"{year}Q{quarter}").end + timedelta(days=25 + 250 * vintage)


def _seed(*parts: int) -> list[int]:
    return [20261122, *parts]


@dataclass(frozen=True)
class _Maker:
    """Reports one indicator for some regions."""

    indicator: str
    unit: str
    nature: str
    cumulative: bool
    regions: list[str] = field(default_factory=list)

    @property
    def slots(self) -> int:
        """How many periods it has a figure for."""
        return len(YEARS) * (4 if self.cumulative or self.nature == Nature.STOCK else 1)

    def report(self, year: int, quarter: int, vintage: int) -> pa.Table:
        """The figures of a quarter: all but the gaps at first, some of them again as revised."""
        quarterly = self.slots > len(YEARS)
        chance = np.random.default_rng(_seed(year, quarter, 7, len(self.regions))).random(len(self.regions))
        reported = (chance >= GAPS) if vintage == 0 else (chance >= 1 - REVISED)
        chosen = np.flatnonzero(reported if quarterly or quarter == 4 else np.zeros(0, bool))
        whole = quarter == 4
        basis = Basis.POINT if self.nature == Nature.STOCK else Basis.ANNUAL if whole else Basis.YTD
        value = pa.array(np.round(self._values(year, quarter, chosen) * (1 + 0.01 * vintage), 1))
        same = {
            "indicator": self.indicator, "period": f"{year}" if whole else f"{year}Q{quarter}", "basis": str(basis),
            "unit": self.unit, "status": str(Vintage.REVISED if vintage else Vintage.PRELIMINARY), "qualifier": "",
            "published": _published((year, quarter, vintage)), "source": SOURCE, "link": "", "note": "",
            "unit_text": self.unit, "row": 0,
        }  # fmt: skip
        columns = {
            name: pa.repeat(pa.scalar(cell, FIGURES.field(name).type), len(chosen)) for name, cell in same.items()
        }
        columns |= {
            "region": pa.array(self.regions, pa.string()).take(chosen),
            "value": value,
            "value_text": pc.cast(value, "string"),
        }
        return pa.table([columns[name] for name in FIGURES.names], FIGURES)

    def _values(self, year: int, quarter: int, chosen: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
        """A level that grows by some per cent a year, its part of the year so far; rates and shares drift a little."""
        size, drift = (chosen * 37 % 101 + 5.0), (chosen * 13 % 7) / 100
        if self.nature in {Nature.FLOW, Nature.STOCK}:
            part = quarter / 4 if self.nature == Nature.FLOW else 1.0
            return size * 20 * (1 + drift) ** (year - YEARS[0] + quarter / 4) * part
        return 3 + size / 4 + (year - YEARS[0]) * drift * 10


def main() -> None:
    """Write so many figures into a folder; `make bench` asks for none."""
    if len(sys.argv) < 3:
        return
    figures, folder = int(sys.argv[1].replace("_", "")), Path(sys.argv[2])
    start = perf_counter()
    written = fill(folder, read_tables(ROOT / "data"), figures)
    files = list((folder / "store").iterdir())
    size = sum(path.stat().st_size for path in files) / 1e6
    spent = perf_counter() - start
    print(f"{written:,} synthetic figures in {len(files):,} entries, {size:.0f} MB, {spent:.1f} s, {os.fspath(folder)}")


if __name__ == "__main__":
    main()
