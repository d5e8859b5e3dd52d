"""Receive rows for the plans' own tables: template, files, problems, preview, confirmation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lib.additions.keep import keep
from lib.export.table import to_csv
from lib.faults import describe_flaw
from lib.plans import narrow
from lib.schema import TABLE_KEYS, TABLES, UPLOADED_TABLES, DataError
from lib.store import Conflict, open_additions
from lib.tables import data_dir
from lib.tables.demands import demands_of
from lib.views.additions_preview import show_effects, show_rows
from lib.views.cached import entry_of
from lib.views.cached_checks import open_checks
from lib.views.cached_tables import load_laid, review_files
from lib.views.notice import finish, form_key, warn_unless_writable
from lib.views.replay import tell_read_only
from lib.views.state import choose
from lib.views.table import show_words
from lib.views.upload_check import show_found
from lib.views.upload_progress import follow
from lib.views.visitor import ask_name, current_user, current_visitor, describe_safely, may_check, show_rights
from lib.words import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lib.additions.review import Flaw, Review, Sent
    from lib.tables.demands import Demand
    from lib.views.shell import View


def show_additions(view: View) -> None:
    """The whole form, top to bottom."""
    if tell_read_only(view):
        return
    warn_unless_writable(view, open_additions(data_dir()))
    open_checks()
    show_rights(view)
    _show_templates(view)
    if may_check():
        _take_files(view)


def _show_templates(view: View) -> None:
    """A blank table, the plan's rows as they stand, and what each column asks for."""
    texts = view.texts
    st.subheader(texts("additions.step_template"), anchor=False)
    st.markdown(texts("additions.note"))
    table = choose(
        texts("additions.table"), "table", UPLOADED_TABLES, "evidence",
        lambda name: texts("additions.named", name=texts(f"table.{name}"), file=name),
    )  # fmt: skip
    st.caption(texts(f"table_note.{table}"))
    with st.container(horizontal=True, key="addition-templates"):
        st.download_button(
            texts("additions.blank"), to_csv(pd.DataFrame(columns=TABLES[table])), file_name=f"{table}.csv", mime="text/csv",
            on_click="ignore", icon=":material/table:", key="table-template",
        )  # fmt: skip
        st.download_button(
            texts("additions.as_it_stands"), lambda: to_csv(_rows_of_plan(view, table)), file_name=f"{table}.csv",
            mime="text/csv", on_click="ignore", icon=":material/edit_note:", key="table-rows", type="tertiary",
        )  # fmt: skip
    with st.expander(texts("additions.columns", table=f"{table}.csv")):
        show_words(_columns_table(view, table))


def _rows_of_plan(view: View, table: str) -> pd.DataFrame:
    """The plan's rows of a table as they stand, or all of them where plans share it; as text."""
    laid = load_laid()
    own = getattr(narrow(laid.tables, view.board.plan), table)
    keys = list(TABLE_KEYS[table])
    wanted = set(own[keys].itertuples(index=False, name=None))
    frame = laid.texts[table]
    return frame[[row in wanted for row in frame[keys].itertuples(index=False, name=None)]]


def _columns_table(view: View, table: str) -> pd.DataFrame:
    """Each column, whether it must be filled, and with what."""
    texts, demands = view.texts, demands_of(table)
    return pd.DataFrame(
        {
            texts("column.column"): [item.column for item in demands],
            texts("additions.needed"): [texts("additions.yes") if item.needed else "" for item in demands],
            texts("additions.holds"): [_holds(item, view) for item in demands],
        }
    )


def _holds(item: Demand, view: View) -> str:
    return view.texts(f"demand.{item.kind}", of=item.of)


def _take_files(view: View) -> None:
    """The files, what was found in them, what they would change, and the confirmation."""
    texts = view.texts
    st.subheader(texts("additions.step_file"), anchor=False)
    files = st.file_uploader(
        texts("additions.choose"),
        type=None,
        accept_multiple_files=True,
        key=_uploader_key(),
        help=texts("upload.choose_help"),
    )
    ask_name(texts("upload.user"), texts("upload.user_help"), width=320)
    if not files:
        return
    given = [(file.name, file.getvalue()) for file in files]
    try:
        with follow(view, max((raw for _, raw in given), key=len)) as progress:
            found, sent, state = review_files(given, current_user(), progress=progress)
    except DataError as error:
        st.error(describe_safely(error, texts))
        return
    _show_flaws(view, found)
    if found.ok:
        _show_preview(view, found, sent, state)


def _uploader_key() -> str:
    """A new key empties the field of files after they were kept."""
    return form_key("addition-files")


def _show_flaws(view: View, found: Review) -> None:
    """Everything found in the files."""

    def accept(warnings: int) -> None:
        st.success(view.texts("additions.accepted", rows=len(found.rows), warnings=warnings))

    problems = [flaw.problem for flaw in found.flaws]
    show_found(view, problems, lambda part: _flaws_table(view, found.flaws[part]), accept)


def _flaws_table(view: View, flaws: Sequence[Flaw]) -> pd.DataFrame:
    """The problems in words: file, row, column, what was found, what is wrong and what would be right."""
    texts = view.texts
    return pd.DataFrame(
        {
            texts("column.severity"): [texts(f"severity.{flaw.problem.severity}") for flaw in flaws],
            texts("additions.file"): [flaw.file for flaw in flaws],
            texts("column.row"): [str(flaw.problem.row or "") for flaw in flaws],
            texts("column.column"): [flaw.problem.column for flaw in flaws],
            texts("column.found"): [flaw.problem.value for flaw in flaws],
            texts("column.problem"): [describe_flaw(flaw, texts) for flaw in flaws],
        }
    )


def _show_preview(view: View, found: Review, sent: Sequence[Sent], state: str) -> None:
    """What would change, and the confirmation where anything would."""
    texts = view.texts
    st.subheader(texts("upload.step_preview"), anchor=False)
    show_rows(view, found)
    if found.idle:
        st.info(texts("additions.unchanged"), icon=":material/done_all:")
        return
    show_effects(view, found, sent, state)
    _ask_confirmation(view, found, sent, state)


def _ask_confirmation(view: View, found: Review, sent: Sequence[Sent], state: str) -> None:
    """Keep the rows on a click; "saved" is said only after they are on the disk."""
    texts, key = view.texts, f"seen-{_uploader_key()}"
    seen = f"{st.session_state.setdefault(key, entry_of(state)):08d}"
    refusal = current_visitor().refusal
    if refusal:
        st.info(describe_safely(refusal, texts))
    label = texts("additions.confirm", rows=len(found.to_keep))
    if not st.button(label, type="primary", disabled=refusal is not None, key="confirm-tables"):
        return
    try:
        receipt = keep(data_dir(), found, sent, user=current_user(), seen=seen)
    except Conflict as conflict:
        st.session_state.pop(key)
        names = [f"{table}.csv {', '.join(json.loads(cells))}" for table, cells in conflict.keys]
        rows = list_names(names)
        st.warning(texts("additions.conflict", count=len(names), rows=escape(rows)))
        return
    except DataError as error:
        st.error(describe_safely(error, texts))
        return
    finish(view, receipt, "additions.saved", "additions.duplicate")


def list_names(names: Sequence[str], most: int = 5) -> str:
    """The first few of many names."""
    return "; ".join(names[:most]) + (" …" if len(names) > most else "")
