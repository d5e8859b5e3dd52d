"""What the tests of the store upload and look at, wherever the store is kept."""

import hashlib
from pathlib import Path

import pandas as pd

from lib.access import owner
from lib.schema import ACTUAL_COLUMNS, ORIGIN_COLUMNS, Basis


def figures(*periods, value=1.0):
    """One row a period, with every kind of cell: Chinese, quotes, missing date, missing number."""
    count = len(periods)
    return pd.DataFrame(
        {
            "region": ["210100"] * count,
            "indicator": "gdp",
            "period": list(periods),
            "basis": [Basis.YTD] * count,
            "value": [value + 0.1 * number for number in range(count)],
            "unit": "亿元",
            "status": "preliminary",
            "qualifier": "",
            "published": pd.to_datetime(["2026-01-20" if number % 2 == 0 else None for number in range(count)]),
            "source": '沈阳市统计局,"快报"\n第二行 😀',
            "link": "https://example.org/?a=1",
            "note": "",
            "value_text": "1,000.50",
            "unit_text": "万亿元",
            "row": range(2, count + 2),
        },
        columns=list(ACTUAL_COLUMNS + ORIGIN_COLUMNS),
    )


def append(store, *periods, raw=None, **options):
    """Publish rows for these periods; the periods are the file unless `raw` is."""
    rows = figures(*(periods or ("2025Q1", "2025Q2")), value=options.pop("value", 1.0))
    return store.append(rows, (raw or repr(periods)).encode(), name="报表.csv", user=owner("张"), **options)


def state(store):
    """Everything a visitor can see, and the hash of every published file of a folder."""
    return store.version(), store.history(), store.read().to_dict("list").__repr__(), hashes(store)


def hashes(store):
    """The hash of every published file by name, but for those in a bucket."""
    paths = store.root.glob("store/*.parquet") if isinstance(store.root, Path) else []
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def plain(frame, columns):
    """The columns as Python values, NaT and None alike."""
    return {name: [None if pd.isna(cell) else cell for cell in frame[name].astype(object)] for name in columns}
