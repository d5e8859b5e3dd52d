"""What rows for the tables would change: each beside the row whose place it takes, and the verdicts that would move."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from lib.additions.review import CHANGED, NEW, UNCHANGED
from lib.schema import TABLE_KEYS
from lib.tables import rows_of
from lib.views.cached_tables import boards_with
from lib.views.status import badge
from lib.views.table import show_cells
from lib.words import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lib.additions.review import Review, Sent
    from lib.verdict.board import Board
    from lib.views.shell import View

_KINDS: Final = (NEW, CHANGED, UNCHANGED)
_SHOWN: Final = 20
_OTHERS: Final = 3
# The cells by which a person knows a new row, in the visitor's language where there are two.
_TELLING: Final = ("title_{lang}", "what_{lang}", "{lang}", "form", "relation", "value")


def show_rows(view: View, found: Review) -> None:
    """How many rows of which table are new, changed or unchanged, and what those that are not unchanged say."""
    texts = view.texts
    lines = []
    for table, rows in found.rows.groupby("table", sort=False):
        counts = rows["change"].value_counts()
        parts = " · ".join(f"**{counts.get(kind, 0)}** {texts(f'row_change.{kind}')}" for kind in _KINDS)
        lines.append(texts("additions.counted", table=texts(f"table.{table}"), file=table, counts=parts))
    st.markdown("\n".join(lines))
    shown = [row for row in rows_of(found.rows) if row["change"] != UNCHANGED]
    if shown:
        show_cells(_rows_table(view, shown), key="additions-preview")


def _rows_table(view: View, rows: list[dict[str, Any]]) -> pd.DataFrame:
    texts = view.texts
    return pd.DataFrame(
        {
            texts("column.change"): [texts(f"row_change.{row['change']}") for row in rows],
            texts("additions.table"): [texts(f"table.{row['table']}") for row in rows],
            texts("additions.key"): [", ".join(json.loads(row["key"])) for row in rows],
            texts("additions.says"): [_says(row, view) for row in rows],
            texts("additions.file"): [row["file"] for row in rows],
            texts("column.row"): [row["row"] for row in rows],
        }
    )


def _says(row: dict[str, Any], view: View) -> str:
    """Of a changed row each cell before and after, of a new one what tells it from others."""
    cells = json.loads(row["cells"])
    if row["change"] == CHANGED:
        was = json.loads(row["was"])
        blank = view.texts("additions.blank_cell")
        return "; ".join(
            f"{name}: {was[name] or blank} → {cells[name] or blank}" for name in cells if cells[name] != was[name]
        )
    names = [name.format(lang=view.texts.lang) for name in _TELLING]
    others = [name for name, cell in cells.items() if cell and name not in TABLE_KEYS[row["table"]]]
    return " · ".join(cells[name] for name in [name for name in names if name in others] or others[:_OTHERS])


def show_effects(view: View, found: Review, sent: Sequence[Sent], state: str) -> None:
    """The verdicts that would move in each plan the rows reach, and what new targets come to."""
    texts = view.texts
    with st.spinner(texts("additions.judging")):
        boards = boards_with(found, sent, state)
    lines = [line for plan in boards for line in _moves(view, *plan)]
    if not lines:
        st.markdown(texts("upload.no_moves"))
        return
    more = [f"- {texts('additions.more', count=len(lines) - _SHOWN)}"] if len(lines) > _SHOWN else []
    st.markdown("\n".join([texts("upload.moves"), "", *lines[:_SHOWN], *more]))


def _moves(view: View, plan: str, before: Board | None, after: Board) -> Iterator[str]:
    """A line of markdown for each target of a plan whose status would be another, or that would be new."""
    texts, lang = view.texts, view.texts.lang
    title = escape(str(after.tables.plans[f"short_{lang}"].iloc[0]) or plan)
    if before is None:
        yield f"- {texts('additions.new_plan', plan=title, count=len(after.targets))}"
    old = before.verdicts if before else {}
    for name, verdict in after.verdicts.items():
        was = old.get(name)
        if was is None or was.status != verdict.status:
            yield "- " + texts(
                "additions.move",
                plan=title,
                target=escape(name),
                title=escape(str(after.stated(name)[f"title_{lang}"])),
                old=badge(was.status, texts) if was else texts("additions.absent"),
                new=badge(verdict.status, texts),
            )
