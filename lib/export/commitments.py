"""Commitments without numbers as a table in a reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lib.tables import rows_of
from lib.verdict.calendar import read_commitments

if TYPE_CHECKING:
    from lib.verdict.board import Board
    from lib.words import Words


def commitments_table(board: Board, words: Words) -> pd.DataFrame:
    """One row a commitment: what, from whom, by when, how it stands, and every dated piece of evidence."""
    texts, lang = words.texts, words.lang
    described = {row["target"]: row for row in rows_of(board.tables.commitments)}
    rows = []
    for item in read_commitments(board):
        name, row = item.target.target, described[item.target.target]
        rows.append({
            texts("column.target"): name,
            texts("commitment.item"): row["item"],
            texts("commitment.what"): board.stated(name)[f"title_{lang}"],
            texts("commitment.form"): texts(f"form.{row['form']}"),
            texts("commitment.pillar"): row[f"pillar_{lang}"],
            texts("commitment.area"): row[f"area_{lang}"],
            texts("commitment.rhythm"): row[f"rhythm_{lang}"],
            texts("commitment.owner"): row[f"owner_{lang}"] or texts("commitment.owner_unknown"),
            texts("commitment.due"): item.due.isoformat() if item.due else "",
            texts("column.verdict"): texts(f"status.{item.verdict.status}"),
            texts("commitment.evidence"): words.join_marks([
                texts(
                    "commitment.hover", day=piece.happened.isoformat(), stage=texts(f"stage.{piece.stage}"),
                    what=piece.what_zh if lang == "zh" else piece.what_en,
                )
                for piece in item.verdict.evidence
            ]),
        })  # fmt: skip
    return pd.DataFrame(rows)
