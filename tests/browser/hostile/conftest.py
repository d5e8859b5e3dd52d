"""The dashboard on data made up to do harm: every free text of every table and figure holds something that wants to run."""

from __future__ import annotations

import csv
from itertools import cycle

import pytest

EVIL = "evil.example"
# Everything on a page is unfolded at once, and the first visit of a page reckons all of it.
PATIENCE = 90_000
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
NAMES = (
    "zh", "en", "short_zh", "short_en", "title_zh", "title_en", "document_number", "strength_zh", "provider_zh", "provider_en",
)  # fmt: skip
PROSE = (
    "definition_zh", "definition_en", "quote_zh", "quote_en", "note_zh", "note_en", "reason_zh", "reason_en",
    "what_zh", "what_en", "horizon_note_zh", "horizon_note_en", "source", "baseline_source", "note",
)  # fmt: skip

# Streamlit looks for its own paths below a page's address first, and finds them above.
EXPECTED = "Failed to load resource: the server responded with a status of 404 (Not Found)"
# What a text must never become. A link may lead to our own pages and, in a tab that knows nothing of us, to the one good host.
SEARCH = """good => {
    const shown = nodes => [...nodes].map(node => node.outerHTML.slice(0, 200));
    const all = selector => shown(document.querySelectorAll(selector));
    const main = document.querySelector('[data-testid=stMain]'), page = document.documentElement;
    const safe = link => link.href.startsWith(location.origin + '/')
        || link.href.startsWith(good) && link.rel.includes('noopener') && link.target === '_blank' && link.innerText.trim();
    const found = {
        script: 'harmed' in window ? [window.harmed] : [],
        links: shown([...document.querySelectorAll('[href]:not(head *)')].filter(link => !safe(link))),
        frames: all('iframe, object, embed, form, base, meta[http-equiv]'),
        images: all('[data-testid=stMain] :is(img, image, audio, video)'),
        handlers: all('[onerror], [onload], [onmouseover]'),
        marks: all('[data-testid=stMarkdownContainer] :is(code, pre, del, h1, h2:not([id]), table, sub, .stMarkdownColoredText)'),
        icons: shown(document.querySelectorAll('[data-testid=stIconMaterial]')).filter(icon => icon.includes('bug')),
        formulas: location.pathname.includes('methodology') ? [] : all('.katex'),
        drawn: all('.js-plotly-plot svg :is(a, script, foreignObject)'),
        width: [main.scrollWidth - main.clientWidth, page.scrollWidth - page.clientWidth].filter(excess => excess > 0),
    };
    return Object.fromEntries(Object.entries(found).filter(([, faults]) => faults.length));
}"""


def rewrite(path, change):
    """Pass every row of a CSV file through a function."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows, columns = list(reader), list(reader.fieldnames)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=columns)
        writer.writeheader()
        writer.writerows(map(change, rows))


def poison_tables(folder):
    """Fill the tables and the figures with payloads; what is counted, coded or dated stays, so that all is drawn."""
    payloads, links = cycle(PAYLOADS), cycle(LINKS)
    prose = cycle((*PAYLOADS, LONG, UNSEEN, LINES))

    def table(row):
        names = {name: f"{row[name]} {next(payloads)}" for name in NAMES if name in row}
        texts = {name: f"{next(prose)} {row[name]}" for name in PROSE if name in row}
        return row | names | texts | ({"link": next(links)} if "link" in row else {})

    def figure(row):
        link = f"{GOOD}?{next(payloads).replace(' ', '')}"
        return row | {"source": f"{next(payloads)} {row['source']}", "link": link, "note": next(payloads)}

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
    with serve(poison_tables(copy_data(folder)), folder / "log") as served:
        yield served


@pytest.fixture(scope="session")
def poison():
    """Poisons the data in a folder."""
    return poison_tables


@pytest.fixture(scope="session", name="SEARCH")
def search():
    """What looks for harm in a page; its argument is the one foreign place that links may lead to."""
    return SEARCH


@pytest.fixture
def wary(visitors, hostile_server):
    """Open a visitor who notes each dialog, error and complaint of the browser."""

    def come(width):
        visitor = visitors(hostile_server.address, width)
        visitor.noted = []
        visitor.context.set_default_timeout(PATIENCE)
        visitor.watch("dialog", lambda dialog: (visitor.noted.append(dialog.message), dialog.dismiss()))
        visitor.watch("pageerror", lambda error: visitor.noted.append(str(error)))
        visitor.watch(
            "console",
            lambda message: (
                visitor.noted.append(message.text) if message.type == "error" and message.text != EXPECTED else None
            ),
        )
        return visitor

    return come
