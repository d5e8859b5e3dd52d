"""What the documents point to is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("data/**/*.md"), *ROOT.glob("tests/**/*.md")]
)
POINTER = re.compile(r"""(?:\]\(|src=")([^)#"\s]+)?(#[^)"\s]+)?[)"]""")


def anchors(text):
    """The addresses of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_and_pictures_lead_somewhere(document):
    """Every file and heading that a document names exists; addresses of others are not asked."""
    lost = []
    for name, anchor in POINTER.findall(document.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", name):
            continue
        target = document.parent / name if name else document
        if not target.exists() or (anchor and anchor[1:] not in anchors(target.read_text(encoding="utf-8"))):
            lost.append(name + anchor)
    assert lost == []


def test_the_documents_point_to_pictures():
    """The README and both guides are among them, so that the test above looks at something."""
    assert sum(".png" in path.read_text(encoding="utf-8") for path in DOCUMENTS) >= 3
