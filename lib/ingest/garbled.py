"""Text that was read in a wrong encoding once and saved like that: 鍦板尯 for 地区, åœ°åŒº for 地区."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lib.ingest.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection

CELL_ENDS: Final = re.compile(r"[,;\t|，\r\n\"()（）]+")

# What the file was taken for, and what it was.
_MISTAKES: Final = (
    ("gb18030", "utf-8"), ("cp1252", "utf-8"), ("cp1252", "gb18030"), ("big5", "utf-8"), ("big5", "gb18030"),
    ("gb18030", "big5"),
)  # fmt: skip
_NAMES: Final = {"gb18030": "GB18030", "utf-8": "UTF-8", "cp1252": "Windows-1252", "big5": "Big5"}
_LEAST: Final = 2


def find_garbled(text: str, vocabulary: Collection[str]) -> tuple[str, str] | None:
    """What a text without any known Chinese word was taken for and what it was, if that way round it has several."""
    if text.isascii() or _count_known(text, vocabulary):
        return None
    for seen, meant in _MISTAKES:
        raw = _to_windows(text) if seen == "cp1252" else text.encode(seen, errors="ignore")
        if _count_known(raw.decode(meant, errors="replace"), vocabulary) >= _LEAST:
            return _NAMES[seen], _NAMES[meant]
    return None


def _count_known(text: str, vocabulary: Collection[str]) -> int:
    """How many Chinese words of our tables and headers stand alone in cells."""
    words = {fold(cell) for cell in CELL_ENDS.split(text) if not cell.isascii()}
    return len(words & set(vocabulary))


def _to_windows(text: str) -> bytes:
    """The bytes that Windows-1252 shows as this text; the five it has no character for are shown as controls."""
    return b"".join(
        bytes([ord(char)]) if "\x80" <= char <= "\x9f" else char.encode("cp1252", errors="ignore") for char in text
    )
