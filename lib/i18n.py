"""Every word a visitor reads: look up a text in a language's catalogue. A missing key raises."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

LANGUAGES: Final = ("zh", "en")
CATALOGUES: Final = Path(__file__).resolve().parent / "locales"


@dataclass(frozen=True)
class Texts:
    """The catalogue of one language; call it with a dotted key and the values of the text's holes."""

    lang: str
    entries: dict[str, str]

    def __call__(self, key: str, **holes: object) -> str:
        """Word a key. Raises KeyError for a missing key or hole."""
        return self.entries[key].format(**holes) if holes else self.entries[key]


@lru_cache(maxsize=len(LANGUAGES))
def load_texts(lang: str) -> Texts:
    """Read a language's catalogue: `en.toml` and what stands beside it as `inference.en.toml`."""
    files = [CATALOGUES / f"{lang}.toml", *sorted(CATALOGUES.glob(f"*.{lang}.toml"))]
    contents = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    return Texts(lang, {key: text for content in contents for key, text in _flatten(content)})


def _flatten(node: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    entries: list[tuple[str, str]] = []
    for key, value in node.items():
        path = f"{prefix}{key}"
        entries += _flatten(value, f"{path}.") if isinstance(value, dict) else [(path, value)]
    return entries
