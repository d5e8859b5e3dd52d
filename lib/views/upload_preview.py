"""What an upload would change: its figures beside those in use, and the verdicts that would move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lib.clock import today
from lib.intake import is_held, preview_changes
from lib.verdict.causes import changes_between
from lib.views.cached import EVERY_PLAN, load_actuals, load_board, load_board_with, unspoken
from lib.views.moves import move_lines
from lib.views.table import show_cells
from lib.words import escape

if TYPE_CHECKING:
    from lib.intake import Kept
    from lib.views.shell import View

_CHANGES = ("new", "revised", "unchanged")


def show_preview(view: View, kept: Kept, key: str) -> bool:
    """What would change today; whether there is anything to keep that is not held already.

    `key` names the rows: it changes with the file and with all that was said of it.
    """
    texts, others = view.texts, unspoken(kept.rows)
    board, actuals = load_board(today(), view.board.plan, others=others), load_actuals(others)
    st.subheader(texts("upload.step_preview"), anchor=False)
    changes = preview_changes(kept.rows, board.figures, actuals)
    counts = changes["change"].value_counts()
    parts = [f"**{counts.get(kind, 0)}** {texts(f'change.{kind}')}" for kind in _CHANGES]
    parts += [f"**{len(kept.left_out)}** {texts('change.left_out')}"] * bool(kept.left_out)
    st.markdown(" · ".join(parts))
    show_cells(_preview_table(view, changes, kept.left_out), key="preview", placeholder="—")
    if is_held(kept.rows, actuals).all():
        st.info(texts("checks.unchanged"), icon=":material/done_all:")
        return False
    if others:
        names = view.words.join([view.words.region(code) for code in others])
        st.info(escape(texts("upload.unspoken", regions=names)), icon=":material/visibility_off:")
    lines = _moves(view, kept, key)
    st.markdown("\n".join([texts("upload.moves"), *lines]) if lines else texts("upload.no_moves"))
    return True


def _moves(view: View, kept: Kept, key: str) -> list[str]:
    """The verdicts that would move in the plan shown, then in each other one, named. All plans are judged at once."""
    board, lines = load_board(today(), EVERY_PLAN), list[str]()
    changes = changes_between(board, load_board_with(kept.rows, key, EVERY_PLAN))
    plans = board.tables.plans.set_index("plan")
    for plan in sorted(plans.index, key=lambda code: code != view.board.plan):
        moved = move_lines(view, board, [item for item in changes if board.stated(item.target)["plan"] == plan])
        if moved and plan != view.board.plan:
            title = str(plans.loc[plan, f"short_{view.texts.lang}"])
            lines += ["", view.texts("additions.other_plan", plan=escape(title)), ""]
        lines += moved
    return lines


def _preview_table(view: View, changes: pd.DataFrame, left_out: tuple[int, ...]) -> pd.DataFrame:
    """Every figure with its date and status beside the one in use, and the lines left out, in the file's order."""
    texts, words = view.texts, view.words
    table = pd.DataFrame(
        {
            texts("column.row"): changes["row"].to_list(),
            texts("column.change"): [texts(f"change.{change}") for change in changes["change"]],
            texts("column.region"): changes["region"].map(words.region).to_list(),
            texts("column.indicator"): changes["indicator"].map(words.indicator).to_list(),
            texts("column.period"): changes["period"].to_list(),
            texts("column.basis"): [texts(f"basis.{basis}") for basis in changes["basis"]],
            texts("column.value"): changes["value"].to_list(),
            texts("column.unit"): changes["unit"].map(words.unit).to_list(),
            texts("column.published"): changes["published"].dt.strftime("%Y-%m-%d").to_list(),
            texts("column.status"): [texts(f"vintage.{status}") for status in changes["status"]],
            texts("column.old_value"): changes["old_value"].to_list(),
            texts("column.old_source"): changes["old_source"].to_list(),
            texts("column.as_written"): (changes["value_text"] + " " + changes["unit_text"]).to_list(),
            texts("column.source"): changes["source"].to_list(),
        }
    )
    if not left_out:
        return table
    lines = {texts("column.row"): list(left_out), texts("column.change"): texts("change.left_out")}
    return pd.concat([table, pd.DataFrame(lines)], ignore_index=True).sort_values(texts("column.row"), kind="stable")
