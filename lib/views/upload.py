"""Receive a quarter's figures: template, file, problems, preview, confirmation; then history and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from lib.clock import CHINA, today
from lib.export.table import to_csv
from lib.ingest.layout import TEMPLATE_HEADER
from lib.intake import preview_changes, what_if
from lib.schema import SHIPPED_BY, DataError
from lib.store import Conflict
from lib.tables import data_dir, example_files
from lib.verdict.board import build_board
from lib.views.cached import check_file_once, load_board, open_store
from lib.views.status import badge
from lib.words import describe_error, describe_problem, escape

if TYPE_CHECKING:
    from datetime import date

    from lib.ingest.check import Checked
    from lib.store import Upload
    from lib.views.shell import View

SHOWN_PROBLEMS: Final = 50


def show_upload(view: View) -> None:
    """The whole form, top to bottom."""
    _show_notice(view)
    if not open_store().writable():
        st.error(view.texts("error.store_unwritable"))
    _show_template(view)
    st.subheader(view.texts("upload.step_file"), anchor=False)
    file = st.file_uploader(
        view.texts("upload.choose"), type=None, key=_uploader_key(), help=view.texts("upload.choose_help")
    )
    published, source, user = _ask_form(view)
    if file is None:
        return
    raw = file.getvalue()
    try:
        checked = check_file_once(raw, published, source)
    except DataError as error:
        st.error(describe_error(error, view.texts))
        return
    _show_problems(view, checked)
    if checked.ok and len(checked.rows):
        _show_preview(view, checked)
        _ask_confirmation(view, checked, raw, file.name, user, f"{published}|{source}")


def _show_notice(view: View) -> None:
    """What the last click did, once."""
    fault = st.session_state.pop("upload-fault", None)
    if fault:
        st.error(describe_error(fault, view.texts))
    notice = st.session_state.pop("upload-notice", None)
    if notice:
        st.success(notice, icon=":material/check_circle:")


def _uploader_key() -> str:
    """A new key empties the file field after a file was kept."""
    return f"upload-file-{st.session_state.get('upload-round', 0)}"


def _show_template(view: View) -> None:
    texts = view.texts
    st.subheader(texts("upload.step_template"), anchor=False)
    st.markdown(texts("upload.template_note"))
    header = pd.DataFrame(columns=TEMPLATE_HEADER[texts.lang])
    with st.container(horizontal=True, key="upload-templates"):
        st.download_button(
            texts("upload.template"), to_csv(header), file_name=f"template-{texts.lang}.csv", mime="text/csv",
            on_click="ignore", icon=":material/table:", key="template",
        )  # fmt: skip
        for name, raw in example_files(data_dir()).items():
            stem = name.removesuffix(".csv")
            st.download_button(
                texts(f"upload.example.{stem}"), raw, file_name=name, mime="text/csv", on_click="ignore",
                type="tertiary", key=f"example-{stem}",
            )  # fmt: skip
    st.caption(texts("upload.examples_note"))


def _ask_form(view: View) -> tuple[date, str, str]:
    """When and by whom the figures were published, and who uploads them; they serve the rows that do not say so."""
    texts = view.texts
    first, second, third = st.columns(3)
    published: Any = first.date_input(
        texts("upload.published"), value=today(), max_value=today(), help=texts("upload.published_help"), format="YYYY-MM-DD",
        key="upload-published",
    )  # fmt: skip
    source = second.text_input(
        texts("upload.source"), help=texts("upload.source_help"), max_chars=200, key="upload-source"
    )
    user = third.text_input(texts("upload.user"), help=texts("upload.user_help"), max_chars=60, key="upload-user")
    return published or today(), source.strip(), user.strip()


def _show_problems(view: View, checked: Checked) -> None:
    """Everything found, as a table that can be taken away."""
    texts = view.texts
    st.subheader(texts("upload.step_check"), anchor=False)
    errors = sum(problem.severity == "error" for problem in checked.problems)
    warnings = len(checked.problems) - errors
    if errors:
        st.error(texts("upload.refused", errors=errors, warnings=warnings))
    elif not len(checked.rows):
        st.warning(texts("upload.nothing"))
    else:
        st.success(texts("upload.accepted", rows=len(checked.rows), warnings=warnings, encoding=checked.encoding))
    if checked.problems:
        table = problems_table(view, checked)
        st.table(table.head(SHOWN_PROBLEMS).map(escape), hide_index=True)
        if len(table) > SHOWN_PROBLEMS:
            st.caption(texts("upload.more_problems", shown=SHOWN_PROBLEMS, total=len(table)))
        st.download_button(
            texts("upload.problems_csv"), to_csv(table), file_name="problems.csv", mime="text/csv", on_click="ignore",
            key="problems-csv",
        )  # fmt: skip


def problems_table(view: View, checked: Checked) -> pd.DataFrame:
    """The problems in words: row, column, what was found, what is wrong and what would be right."""
    texts = view.texts
    return pd.DataFrame(
        {
            texts("column.severity"): [texts(f"severity.{problem.severity}") for problem in checked.problems],
            texts("column.row"): [str(problem.row or "") for problem in checked.problems],
            texts("column.column"): [problem.column for problem in checked.problems],
            texts("column.found"): [problem.value for problem in checked.problems],
            texts("column.problem"): [describe_problem(problem, texts) for problem in checked.problems],
        }
    )


def _show_preview(view: View, checked: Checked) -> None:
    """What would change today: figures new, revised, unchanged; and the verdicts that would move."""
    texts, board = view.texts, load_board(today())
    st.subheader(texts("upload.step_preview"), anchor=False)
    changes = preview_changes(checked.rows, board.figures)
    counts = changes["change"].value_counts()
    st.markdown(
        " · ".join(f"**{counts.get(kind, 0)}** {texts(f'change.{kind}')}" for kind in ("new", "revised", "unchanged"))
    )
    st.dataframe(_preview_table(view, changes), hide_index=True, key="preview", placeholder="—")
    after = build_board(board.tables, what_if(open_store().read(), checked.rows), board.as_of)
    moved = [
        f"- {name}: {badge(verdict.status, texts)} → {badge(after.verdicts[name].status, texts)}"
        for name, verdict in board.verdicts.items()
        if after.verdicts[name].status != verdict.status
    ]
    st.markdown("\n".join([texts("upload.moves"), *moved]) if moved else texts("upload.no_moves"))


def _preview_table(view: View, changes: pd.DataFrame) -> pd.DataFrame:
    texts, words = view.texts, view.words
    return pd.DataFrame(
        {
            texts("column.row"): changes["row"].to_list(),
            texts("column.change"): [texts(f"change.{change}") for change in changes["change"]],
            texts("column.region"): changes["region"].map(words.region).to_list(),
            texts("column.indicator"): changes["indicator"].map(words.indicator).to_list(),
            texts("column.period"): changes["period"].to_list(),
            texts("column.basis"): [texts(f"basis.{basis}") for basis in changes["basis"]],
            texts("column.value"): changes["value"].to_list(),
            texts("column.unit"): changes["unit"].map(words.unit).to_list(),
            texts("column.old_value"): changes["old_value"].to_list(),
            texts("column.as_written"): (changes["value_text"] + " " + changes["unit_text"]).to_list(),
            texts("column.source"): changes["source"].to_list(),
        }
    )


def _ask_confirmation(view: View, checked: Checked, raw: bytes, name: str, user: str, form: str) -> None:
    """Keep the file on a click; "saved" is said only after it is on the disk."""
    texts, seen = view.texts, _version_seen()
    if not user:
        st.info(texts("upload.user_needed"))
    if not st.button(texts("upload.confirm", rows=len(checked.rows)), type="primary", disabled=not user, key="confirm"):
        return
    try:
        receipt = open_store().append(checked.rows, raw, name=name, user=user, form=form, seen=seen)
    except Conflict as conflict:
        st.session_state.pop(f"seen-{_uploader_key()}")
        st.warning(texts("upload.conflict", count=len(conflict.keys)))
        return
    except DataError as error:
        st.error(describe_error(error, texts))
        return
    key = "upload.duplicate" if receipt.duplicate else "upload.saved"
    _finish(texts(key, rows=receipt.upload.rows, upload=receipt.upload.upload))


def _version_seen() -> str:
    """The store's version when this file's preview was first shown."""
    seen: str = st.session_state.setdefault(f"seen-{_uploader_key()}", open_store().version())
    return seen


def _finish(notice: str) -> None:
    """Empty the form and draw the page anew with the changed store."""
    st.session_state["upload-notice"] = notice
    st.session_state["upload-round"] = st.session_state.get("upload-round", 0) + 1
    st.rerun()


def show_history(view: View) -> None:
    """Every upload ever, newest first; one's own can be undone."""
    texts = view.texts
    st.subheader(texts("history.title"), anchor=False)
    st.caption(texts("history.note"))
    for upload in open_store().history():
        if upload.action == "append":
            _show_entry(view, upload)


def _show_entry(view: View, upload: Upload) -> None:
    texts = view.texts
    text, button = st.columns((5, 1), vertical_alignment="center")
    state = "history.active" if upload.active else "history.undone"
    who = texts("history.shipped") if upload.user == SHIPPED_BY else upload.user
    when = upload.uploaded_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    line = texts("history.line", name=upload.name, rows=upload.rows, user=who, when=when, upload=upload.upload)
    text.markdown(f"{escape(line)} · **{texts(state)}**")
    if upload.active and upload.user != SHIPPED_BY:
        button.button(
            texts("history.undo"),
            key=f"undo-{upload.upload}",
            help=texts("history.undo_help"),
            disabled=not st.session_state.get("upload-user", "").strip(),
            on_click=_undo,
            args=(upload.upload, texts("history.undone_notice", upload=upload.upload)),
        )


def _undo(upload: str, notice: str) -> None:
    """Withdraw an upload by a new entry; nothing is deleted."""
    try:
        open_store().undo(upload, user=st.session_state["upload-user"].strip())
    except DataError as error:
        st.session_state["upload-fault"] = error
        return
    st.session_state["upload-notice"] = notice
