"""Turn the collectors' files under data/origin into the tables under data/actuals/shipped.

Run: python tools/convert.py.

No figure is changed: the text of `value` is copied. The same origin files always give the same bytes.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lib.schema import ACTUAL_COLUMNS, VINTAGE_KEY, Vintage  # noqa: E402  (the script runs from anywhere)

ORIGIN: Final = ROOT / "data" / "origin"
SHIPPED: Final = ROOT / "data" / "actuals" / "shipped"
# Origin file to shipped file, in the order of the report.
FILES: Final = {"actuals_gdp.csv": "gdp.csv", "actuals_other.csv": "other.csv", "plan_note.csv": "plan_note.csv"}
UNITS: Final = {
    "100M CNY": "100m_cny", "亿元": "100m_cny", "%": "pct", "亿美元": "100m_usd", "万美元": "10k_usd",
    "万人": "10k_persons", "亿立方米": "100m_m3", "万人次": "10k_visits",
}  # fmt: skip
# What a source says beside a figure that is not exact; "rounded" and "around" are the English pages' words for it.
AT_LEAST: Final = re.compile(r"\(下限\)")
ABOUT: Final = re.compile(r"\(约数\)|左右|约为|\baround\b")
ROUNDED: Final = re.compile(r"rounded to")
# Remarks on how a page was reached, and what a reader is shown instead. `estimate` is told by the status.
REMARKS: Final = (
    (re.compile(r" \(estimate given before the bureau's figure\)$"), ""),
    (re.compile(r"; estimate in the January work report\)$"), ")"),
    (re.compile(r", mirror\)$"), ")"),
    (re.compile(r"\(mirror of ([^)]+)\)$"), r"(\1)"),
    (re.compile(r"\(zh\.wikipedia mirror"), "(维基百科"),
    (re.compile(r"\(tjcn mirror\)$"), "(tjcn 转载)"),
    (re.compile(r"\(mirror\)$"), "(转载)"),
    (re.compile(r" via reportify\)$"), ")"),
    (re.compile(r"self-media, quoting the city's figures"), "自媒体，引该市数据"),
    (re.compile(r"self-media; year inferred from the \"10th straight quarter\""), "自媒体，年份据“连续10个季度”推定"),
    (re.compile(r"self-media; \"not all official\""), "自媒体，注明并非全部为官方数据"),
    (re.compile(r"self-media"), "自媒体"),
    (re.compile(r", quoting "), "，引"),
    (re.compile(r"encyclopedia text"), "百科条目"),
    (re.compile(r"Q&A site, machine-written"), "问答网站，机器撰写"),
    (re.compile(r"Korean web page"), "韩文网页"),
    (re.compile(r"reportify digest, after 2026-01-23"), "reportify摘要，2026-01-23之后"),
    (re.compile(r"SHINE; rounded to 0.01 trillion"), "SHINE，四舍五入到0.01万亿"),
    (
        re.compile(r"Xinhua; fifth economic census; rounded to 0.1 trillion"),
        "新华社，第五次全国经济普查，四舍五入到0.1万亿",
    ),
    (
        re.compile(r"RSA; page labels the year 2021, sectors sum to the 2020 GDP"),
        "RSA，网页标为2021年，三次产业之和为2020年数",
    ),
    (re.compile(r", infobox\)"), "，信息框)"),
)
ADDRESS: Final = re.compile(
    r"https?:|www\.|\bmirror\b|[a-z0-9-]+\.(?:com|cn|net|org|jp|kr|hk|asia|biz|cc|wikipedia)\b", re.IGNORECASE
)

Row = dict[str, str]


def read_rows(path: Path) -> list[Row]:
    """Read a CSV file with a header row."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_text(rows: list[Row]) -> str:
    """The rows as CSV text in the columns of an actuals table, LF line ends."""
    out = io.StringIO()
    writer = csv.DictWriter(out, ACTUAL_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read_genuine(path: Path = ORIGIN / "genuine_sites.csv") -> frozenset[str]:
    """The hosts that may be shown as links."""
    return frozenset(row["host"] for row in read_rows(path))


def is_genuine(url: str, hosts: frozenset[str]) -> bool:
    """Whether an address is on one of the hosts or a sub-domain of one."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    return any(host == known or host.endswith(f".{known}") for known in hosts)


def choose_status(row: Row) -> str:
    """`estimate` where the title says the figure was given before the bureau's own, else as the collector has it."""
    return Vintage.ESTIMATE if "estimate" in row["source_title"] else Vintage(row["status"])


def choose_qualifier(row: Row) -> str:
    """How exact the figure is, in the source's words: a floor, about, or nothing said."""
    if AT_LEAST.search(row["snippet"]):
        return "at_least"
    rounded = ROUNDED.search(row["source_title"]) and row["unit"] == "100M CNY"
    return "about" if rounded or ABOUT.search(row["snippet"]) else ""


def clean_source(title: str) -> str:
    """The title without remarks on copies; raises ValueError if an address is left in it."""
    for pattern, shown in REMARKS:
        title = pattern.sub(shown, title)
    if ADDRESS.search(title):
        raise ValueError(title)
    return title


def convert_row(row: Row, hosts: frozenset[str]) -> Row:
    """One collected figure as a row of an actuals table. KeyError or ValueError for a unit or status not known."""
    return {
        "region": row["region_code"],
        "indicator": row["indicator"],
        "period": row["period"],
        "basis": row["period_basis"],
        "value": row["value"],
        "unit": UNITS[row["unit"]],
        "status": choose_status(row),
        "qualifier": choose_qualifier(row),
        "published": row["published"],
        "source": clean_source(row["source_title"]),
        "link": row["source_url"] if is_genuine(row["source_url"], hosts) else "",
        "note": row["snippet"],
    }


def convert_all() -> dict[str, list[Row]]:
    """Every origin file's rows, by the name of its shipped file, in the origin's order."""
    hosts = read_genuine()
    return {out: [convert_row(row, hosts) for row in read_rows(ORIGIN / name)] for name, out in FILES.items()}


def check_keys(tables: dict[str, list[Row]]) -> None:
    """Raise ValueError if two rows of any files share the key of a vintage."""
    keys = Counter(tuple(row[column] for column in VINTAGE_KEY) for rows in tables.values() for row in rows)
    repeated = [key for key, count in keys.items() if count > 1]
    if repeated:
        raise ValueError(repeated)


def count_table(tables: dict[str, list[Row]]) -> list[str]:
    """A Markdown table: rows in, rows out, and what they became, one line a file."""
    lines = [
        (
            "| origin | shipped | rows in | rows out | estimate | preliminary | revised | final | unknown "
            "| about | at least | with link |"
        ),
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name, out in FILES.items():
        rows = tables[out]
        status, qualifier = Counter(row["status"] for row in rows), Counter(row["qualifier"] for row in rows)
        counts = [len(read_rows(ORIGIN / name)), len(rows)]
        counts += [status[word] for word in ("estimate", "preliminary", "revised", "final", "unknown")]
        counts += [qualifier["about"], qualifier["at_least"], sum(bool(row["link"]) for row in rows)]
        lines.append(f"| `{name}` | `{out}` | " + " | ".join(map(str, counts)) + " |")
    return lines


RULES: Final = """
## How a row was made

- Rows in = rows out, in the same order; nothing is merged or left out, also where two pages print the same figure.
- `value` is the text as collected ("5", "5.0"). No unit is converted: 100M CNY and 亿元 are both `100m_cny` (the
  same unit), 万美元 stays `10k_usd`, 亿美元 `100m_usd`, 万人 `10k_persons`, 亿立方米 `100m_m3`, 万人次
  `10k_visits`, % `pct`.
- `basis` is the collector's `period_basis`. `…Q4` with `ytd` repeats the year's first figure: do not add it to the
  annual row.
- `status`: `estimate` where the title says the figure was given before the bureau's own; otherwise as collected.
- `qualifier`: `at_least` for (下限); `about` for (约数), 左右, 约为, "around", and for a level whose title says it
  is rounded.
- `published` as collected: the date of the page read, not always of the first release; empty if unknown.
- `source`: the title without remarks on copies. "(mirror of X)" and "(X, mirror)" became "(X)"; a copy that names
  no original publisher is marked 转载. The remark "estimate …" is told by `status`.
- `link`: the address only if its host is in `data/origin/genuine_sites.csv`; all others are kept in `data/origin`
  alone.
- `note`: the collector's snippet, unchanged ("…" marks a cut; words in brackets are often the collector's).

## What these columns cannot say

- The currency a growth rate was computed in. Nation 2023M05: +0.1 % in yuan, -5.6 % in dollars (the note has both;
  +0.1 is the value). For other `fdi_growth` rows the currency is that of the level in the same sentence, where
  there is one.
- The basis of FDI growth: Dalian 2022 is published as 15 and as 16.7; neither page states its basis. Both are kept.
- The reference time of the 2020 census, 1 November 2020: stored as the point 2020 like a year-end state.
- That a period's year was inferred: Shenyang 2024Q3 (from "10 quarters in a row"), Benxi fai_growth 2022Q3. The
  source says so.
- That a value is arithmetic: the nation's 2024 GDP 1349084 from the December 2025 notice (1348066 + 1018). The
  source says so.
- Precision of figures printed in 万亿元 or 亿人次: 391000 is "39.1万亿元", three significant digits. Only wording
  such as "around" or "rounded" is carried into `qualifier`.
- Figures given as "more than", except where the collector marked a floor: Shenyang and Anshan work reports use 左右
  and 突破.
- The coverage of a count: Dandong tourism 2019Q1 is domestic visitors only.
- How reliable a page is. `link` is empty for every page that is not official or an established publisher; titles
  keep the remarks 自媒体 (self-media), 问答网站 (Q&A site), 百科条目 (encyclopedia). Empty `link` does not mean that
  the figure is wrong.
- A shift of base inside one status: full-year 2024 already stands on the fifth census, first figures of 2023 do not
  (`data/breaks.csv`). The collector's notes hold more: `actuals_gdp.md`, `actuals_other.md`.
- `plan_note.csv` quotes the plan note, not the pages: for the circle it is not known whether 75.7 % counts
  residents, nor which vintage the rounded GDP figures are (`unknown`). Shenyang FDI 2023 stands in a report whose
  GDP growth is an estimate; it is stored as `estimate`. The date of Liaoning 2023Q3 is read from the page's
  address.
"""


def write_readme(tables: dict[str, list[Row]]) -> str:
    """The text of README.md beside the shipped files."""
    head = "# Shipped actuals\n\nWritten by `python tools/convert.py` from `data/origin`; do not edit by hand.\n\n"
    return head + "\n".join(count_table(tables)) + "\n" + RULES


def main() -> None:
    """Rewrite the shipped files and print what was done."""
    tables = convert_all()
    check_keys(tables)
    SHIPPED.mkdir(parents=True, exist_ok=True)
    texts = {out: write_text(rows) for out, rows in tables.items()} | {"README.md": write_readme(tables)}
    for name, text in texts.items():
        (SHIPPED / name).write_text(text, encoding="utf-8", newline="\n")
    print("\n".join(count_table(tables)))


if __name__ == "__main__":
    main()
