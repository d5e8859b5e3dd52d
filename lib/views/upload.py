"""Receive a quarter's figures: template, file, problems, preview, confirmation."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from lib.clock import today
from lib.export.table import to_csv
from lib.ingest.layout import TEMPLATE_HEADER
from lib.intake import describe_form, point_out_foreign
from lib.schema import DataError
from lib.store import Conflict
from lib.tables import data_dir, example_files
from lib.views.cached import open_store
from lib.views.cached_checks import open_checks
from lib.views.notice import finish, form_key, warn_unless_writable
from lib.views.replay import tell_read_only
from lib.views.upload_check import choose_rows, offer_fixes, read_fixes, show_problems
from lib.views.upload_columns import check_as_told, remember_answers
from lib.views.upload_preview import show_preview
from lib.views.upload_progress import follow
from lib.views.visitor import (
    ask_name,
    current_user,
    current_visitor,
    describe_safely,
    has_login,
    may_check,
    regions_of,
    show_rights,
)

if TYPE_CHECKING:
    from datetime import date

    from lib.intake import Kept
    from lib.views.shell import View


def show_upload(view: View) -> None:
    """The whole form, top to bottom."""
    if tell_read_only(view):
        return
    warn_unless_writable(view, open_store())
    open_checks()
    show_rights(view)
    _show_template(view)
    if may_check():
        _take_file(view)


def _take_file(view: View) -> None:
    """The file, what was found in it, what it would change, and the confirmation."""
    st.subheader(view.texts("upload.step_file"), anchor=False)
    file = st.file_uploader(
        view.texts("upload.choose"), type=None, key=_uploader_key(), help=view.texts("upload.choose_help")
    )
    form = _ask_form(view)
    if file is None:
        return
    raw = file.getvalue()
    fixes = read_fixes(raw)
    try:
        with follow(view, raw) as progress:
            read, told = check_as_told(
                view, raw, current_user().name, form.published, form.source, tuple(fixes.items()), progress=progress
            )
    except DataError as error:
        st.error(describe_safely(error, view.texts))
        return
    user = current_user()
    checked = point_out_foreign(read, user, view.words.region, regions_of(user, view))
    show_problems(view, checked)
    offer_fixes(view, raw, checked)
    kept = choose_rows(view, checked)
    if kept is not None:
        _tell_dates(view, kept, form)
        said = describe_form(form.published, form.source, fixes, kept.left_out, told)
        if show_preview(view, kept, f"{hashlib.sha256(raw).hexdigest()}|{said}"):
            _ask_confirmation(view, kept, raw, file.name, said)


def _uploader_key() -> str:
    """A new key empties the file field after a file was kept."""
    return form_key("upload-file")


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


@dataclass(frozen=True)
class _Form:
    """When (None: not known) and by whom the figures were published that do not say it themselves."""

    published: date | None
    source: str


def _ask_form(view: View) -> _Form:
    """The form; today stands in it as the day of publication, and the page says what that does."""
    texts = view.texts
    first, second, *rest = st.columns(2 if has_login() else 3)
    published: Any = first.date_input(
        texts("upload.published"), value=today(), max_value=today(), help=texts("upload.published_help"), format="YYYY-MM-DD",
        key="upload-published",
    )  # fmt: skip
    source = second.text_input(
        texts("upload.source"), help=texts("upload.source_help"), max_chars=200, key="upload-source"
    )
    for column in rest:
        with column:
            ask_name(texts("upload.user"), texts("upload.user_help"))
    key = "checks.date_explained" if published else "checks.date_empty"
    st.caption(texts(key, date=view.words.day(published or today())))
    return _Form(published or None, source.strip())


def _tell_dates(view: View, kept: Kept, form: _Form) -> None:
    """How many figures take the form's date, or have none."""
    dates = kept.rows["published"]
    used = int((dates == pd.Timestamp(form.published)).sum()) if form.published else 0
    if used and form.published:
        st.caption(view.texts("checks.date_used", count=used, date=view.words.day(form.published)))
    if dates.isna().any():
        st.info(view.texts("checks.date_missing", count=int(dates.isna().sum())), icon=":material/event_busy:")


def _ask_confirmation(view: View, kept: Kept, raw: bytes, name: str, form: str) -> None:
    """Keep the file on a click; "saved" is said only after it is on the disk."""
    texts, seen = view.texts, _version_seen()
    refusal = current_visitor().refusal
    if refusal:
        st.info(describe_safely(refusal, texts))
    label = texts("upload.confirm", rows=len(kept.rows))
    if not st.button(label, type="primary", disabled=refusal is not None, key="confirm"):
        return
    try:
        receipt = open_store().append(kept.rows, raw, name=name, user=current_user(), form=form, seen=seen)
    except Conflict as conflict:
        st.session_state.pop(f"seen-{_uploader_key()}")
        st.warning(texts("upload.conflict", count=len(conflict.keys)))
        return
    except DataError as error:
        st.error(describe_safely(error, texts))
        return
    remember_answers(raw, receipt.upload.user)
    finish(view, receipt, "upload.saved", "upload.duplicate")


def _version_seen() -> str:
    """The store's version when this file's preview was first shown."""
    seen: str = st.session_state.setdefault(f"seen-{_uploader_key()}", open_store().version())
    return seen
