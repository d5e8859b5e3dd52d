"""Verdicts that move from one board to another, wherever pages list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.explain import change_sentence
from lib.views.status import badge
from lib.words import escape

if TYPE_CHECKING:
    from lib.verdict.board import Board
    from lib.verdict.causes import Change
    from lib.views.shell import View


def move_lines(view: View, board: Board, changes: list[Change]) -> list[str]:
    """Each change as a line of markdown: target, status before and after, cause."""
    texts = view.texts
    return [
        texts(
            "difference.move",
            target=escape(change.target),
            title=escape(str(board.stated(change.target)[f"title_{texts.lang}"])),
            old=badge(change.old, texts),
            new=badge(change.new, texts),
            cause=escape(change_sentence(change, view.words)),
        )
        for change in changes
    ]
