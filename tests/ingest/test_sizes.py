"""Files too large to keep: each is refused by name, in memory that does not grow with it."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest

HEAD = "地区,指标,时期,口径,数值,单位,来源\n"
ROW = "沈阳市,地区生产总值,2024年,年度,1234.5,亿元,虚构\n"
MEGABYTE = 1024 * 1024


def _write(kind):
    """One file of each kind; its figures are made up."""
    return {
        "ten-thousand-columns": HEAD.strip() + "," + ",".join(f"c{number}" for number in range(10_000)) + "\n",
        "ten-thousand-unknown-columns": ",".join(f"c{number}" for number in range(10_000)) + "\n" + "1," * 10_000,
        "two-megabyte-cell": HEAD + ROW.replace("虚构", "虚" * 700_000),
        "million-rows": HEAD + "0,gdp,2024,,1,,\n" * 1_000_000,
        "million-rows-of-30-MB": HEAD + "0,gdp,2024,annual,1,cny,source\n" * 1_000_000,
        "one-line-of-50-MB": "沈阳市," * 5_300_000,
        "one-line-of-18-MB": "沈阳市," * 1_900_000,
        "three-million-blank-lines": HEAD + "\n" * 3_000_000 + ROW,
        "one-cell-of-18-MB": HEAD + '"' + "a" * 18_000_000,
        "quotes-of-10-MB": "'" + "','" * 3_500_000,
        "spaces-of-18-MB": "地区" + " " * 18_000_000,
    }[kind].encode()


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("ten-thousand-columns", "too_many_columns"),
        ("ten-thousand-unknown-columns", "header_not_found"),
        ("two-megabyte-cell", "field_too_long"),
        ("million-rows", "too_many_rows"),
        ("million-rows-of-30-MB", "file_too_large"),
        ("one-line-of-50-MB", "file_too_large"),
        ("one-line-of-18-MB", "header_not_found"),
        ("three-million-blank-lines", "too_many_rows"),
        ("one-cell-of-18-MB", "field_too_long"),
        ("quotes-of-10-MB", "header_not_found"),
        ("spaces-of-18-MB", "header_not_found"),
    ],
)
def test_what_no_office_writes_is_refused(check, tmp_path, kind, code):
    """By a message that names the limit, and nothing of it is accepted."""
    path = tmp_path / f"{kind}.csv"
    path.write_bytes(_write(kind))
    checked = check(path.read_bytes())
    assert code in {item.code for item in checked.problems}
    assert (checked.ok, len(checked.rows)) == (False, 0)


def test_a_bomb_is_not_unpacked(check, tmp_path):
    """A file of 100 kB that unpacks to a thousand times as much costs nothing."""
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(bytes(100 * MEGABYTE)))
    raw = path.read_bytes()
    tracemalloc.start()
    try:
        codes = [item.code for item in check(raw).problems]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (codes, len(raw) < MEGABYTE, peak < 20 * MEGABYTE) == (["file_is_archive"], True, True)
