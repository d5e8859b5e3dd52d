"""The dashboard on data made up to do harm: every free text of every table and figure holds something that wants to run."""

from __future__ import annotations

import csv
from itertools import cycle

import pytest

EVIL = "evil.example"
# Where a maintainer's link may lead: the one foreign host that pages may name.
GOOD = "https://source.example/report"
# Each sets `window.harmed`, asks for something at EVIL, or makes markdown, formulas or marks of what is only text.
PAYLOADS = (
    "<script>window.harmed='script'</script>",
    '<img src=x onerror="window.harmed=1">',
    f'<img src="https://{EVIL}/tag.png">',
    f"![i](https://{EVIL}/markdown.png)",
    "<iframe srcdoc=\"<script>parent.harmed='frame'</script>\"></iframe>",
    "<svg onload=window.harmed=1>",
    "[click](javascript:window.harmed=1)",
    f"[click](https://{EVIL}/link)",
    f"<https://{EVIL}/angle>",
    f"https://{EVIL}/bare www.{EVIL} x@{EVIL}",
    "$\\href{javascript:window.harmed=1}{x}$",
    "$$x^2$$",
    ":material/bug_report:",
    ":red[red] :blue-background[blue] :green-badge[badge] :small[s] :rainbow[r]",
    "&lt;img src=x onerror=window.harmed=1&gt; &#60;script&#62;",
    "</title></script></style><script>window.harmed='closed'</script>",
    "`code` ```block``` **bold** _slant_ ~~gone~~ # head > quote | a | b |",
    "{placeholder} {0} {value.__class__} %s %(name)s %{x} %{customdata} {{",
    "😀👩‍👩‍👧‍👦 💣",
    f'"onmouseover="window.harmed=1" href="https://{EVIL}',
    f"<a href='https://{EVIL}/a'>a</a><b>b</b><sub>s</sub>",
)
LONG = "W" * 5000
UNSEEN = "\u202eesrever\u202c \u2066x\u2069 \u200b"
LINES = "one\n\n# head\n- list\n1. place\n\n    code"
LINKS = (
    f"{GOOD}?a=1&b=(2)",
    "javascript:window.harmed='link'",
    f"//{EVIL}/relative",
    "data:text/html,<script>parent.harmed='data'</script>",
    f'{GOOD}")<img src=x onerror=window.harmed=1>',
    f"ftp://{EVIL}/x",
    "",
)
NAMES = ("zh", "en", "short_zh", "short_en", "title_zh", "title_en", "document_number", "strength_zh", "provider_zh", "provider_en")
PROSE = (
    "definition_zh", "definition_en", "quote_zh", "quote_en", "note_zh", "note_en", "reason_zh", "reason_en", "what_zh", "what_en",
)  # fmt: skip


def rewrite(path, change):
    """Pass every row of a CSV file through a function."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows, columns = list(reader), list(reader.fieldnames)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=columns)
        writer.writeheader()
        writer.writerows(map(change, rows))


def poison(folder):
    """Fill the tables and the figures with payloads; what is counted, coded or dated stays, so that all is drawn."""
    payloads, links = cycle(PAYLOADS), cycle(LINKS)
    prose = cycle((*PAYLOADS, LONG, UNSEEN, LINES))

    def table(row):
        names = {name: f"{row[name]} {next(payloads)}" for name in NAMES if name in row}
        texts = {name: f"{next(prose)} {row[name]}" for name in PROSE if name in row}
        return row | names | texts | ({"link": next(links)} if "link" in row else {})

    def figure(row):
        return row | {"source": f"{next(payloads)} {row['source']}", "link": f"{GOOD}?{next(payloads).replace(' ', '')}", "note": next(payloads)}

    for path in sorted(folder.glob("*.csv")):
        if path.name not in ("headers.csv", "weak_sources.csv"):
            rewrite(path, table)
    for path in sorted((folder / "actuals/shipped").glob("*.csv")):
        rewrite(path, figure)
    return folder


@pytest.fixture(scope="session")
def hostile_server(serve, copy_data, tmp_path_factory):
    """The dashboard served from poisoned data."""
    folder = tmp_path_factory.mktemp("hostile")
    with serve(poison(copy_data(folder)), folder / "log") as address:
        yield address
