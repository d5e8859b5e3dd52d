"""What checking found in a chosen file, the certain cures and their use, and which lines are kept."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from lib.export.table import to_csv
from lib.faults import describe_problem
from lib.ingest.problems import list_rows
from lib.intake import Kept, find_fixes, keep_rows
from lib.views.notice import form_key
from lib.views.table import show_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lib.ingest.check import Checked
    from lib.schema import Problem
    from lib.views.shell import View

SHOWN_PROBLEMS: Final = 50
Replaced = dict[tuple[int, str, str], str]  # as `find_fixes` gives them


def show_problems(view: View, checked: Checked) -> None:
    """Everything found in a file of figures."""

    def accept(warnings: int) -> None:
        if len(checked.rows):
            said = view.texts("upload.accepted", rows=len(checked.rows), warnings=warnings, encoding=checked.encoding)
            st.success(said)
        else:
            st.warning(view.texts("upload.nothing"))

    show_found(view, checked.problems, lambda part: problems_table(view, checked.problems[part]), accept)


def show_found(
    view: View, problems: Sequence[Problem], list_part: Callable[[slice], pd.DataFrame], accept: Callable[[int], None]
) -> None:
    """Everything found, as a table that can be taken away. `list_part` words some of it; `accept` is told how many warnings."""
    texts = view.texts
    st.subheader(texts("upload.step_check"), anchor=False)
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    if errors:
        st.error(texts("upload.refused", errors=errors, warnings=warnings))
    else:
        accept(warnings)
    if problems:
        show_words(list_part(slice(SHOWN_PROBLEMS)))
        if len(problems) > SHOWN_PROBLEMS:
            st.caption(texts("upload.more_problems", shown=SHOWN_PROBLEMS, total=len(problems)))
        st.download_button(
            texts("upload.problems_csv"), lambda: to_csv(list_part(slice(None))), file_name="problems.csv",
            mime="text/csv", on_click="ignore", key="problems-csv",
        )  # fmt: skip


def problems_table(view: View, problems: list[Problem]) -> pd.DataFrame:
    """The problems in words: row, column, what was found, what is wrong and what would be right, and the certain cure."""
    texts = view.texts
    return pd.DataFrame(
        {
            texts("column.severity"): [texts(f"severity.{problem.severity}") for problem in problems],
            texts("column.row"): [str(problem.row or "") for problem in problems],
            texts("column.column"): [problem.column for problem in problems],
            texts("column.found"): [problem.value for problem in problems],
            texts("column.problem"): [describe_problem(problem, texts) for problem in problems],
            texts("column.fix"): [problem.fix for problem in problems],
        }
    )


def read_fixes(raw: bytes) -> Replaced:
    """The cells of this file that the visitor had replaced, and what is read instead."""
    replaced: Replaced = st.session_state.get(_key(raw), {})
    return replaced


def _key(raw: bytes) -> str:
    """The name under which a file's replacements are remembered while it stands in the form."""
    return f"{form_key('fixes')}-{hashlib.sha256(raw).hexdigest()}"


def offer_fixes(view: View, raw: bytes, checked: Checked) -> None:
    """Say which cells were replaced, and offer the cures that are certain."""
    texts, replaced, more = view.texts, read_fixes(raw), find_fixes(checked)
    if replaced:
        st.info(texts("checks.applied", count=len(replaced)), icon=":material/build:")
        show_words(_replaced_table(view, replaced))
        st.button(texts("checks.take_back"), key="take-back", on_click=_remember, args=(raw, {}), type="tertiary")
    if more:
        st.button(
            texts("checks.apply", count=len(more)), key="apply-fixes", help=texts("checks.apply_help"),
            icon=":material/build:", on_click=_remember, args=(raw, {**replaced, **more}),
        )  # fmt: skip


def _remember(raw: bytes, replaced: Replaced) -> None:
    st.session_state[_key(raw)] = replaced


def _replaced_table(view: View, replaced: Replaced) -> pd.DataFrame:
    """Each cell replaced: line, column, what stands there, and what is read instead."""
    texts = view.texts
    return pd.DataFrame(
        {
            texts("column.row"): [str(row) for row, _, _ in replaced],
            texts("column.column"): [column for _, column, _ in replaced],
            texts("column.replaced"): [found for _, _, found in replaced],
            texts("column.replacement"): list(replaced.values()),
        }
    )


def choose_rows(view: View, checked: Checked) -> Kept | None:
    """All or nothing, unless the visitor asks for the lines without errors; what is left out is named."""
    texts = view.texts
    whole, part = keep_rows(checked), keep_rows(checked, skip_errors=True)
    if whole is not None or part is None:
        if part is None and len(checked.rows):
            st.caption(texts("checks.cannot_skip"))
        return whole
    label = texts("checks.skip", rows=len(part.rows), count=len(part.left_out))
    if not st.checkbox(label, value=False, key="skip-errors", help=texts("checks.skip_help")):
        return None
    rows = list_rows(list(part.left_out), SHOWN_PROBLEMS)
    st.warning(texts("checks.left_out", count=len(part.left_out), rows=rows), icon=":material/playlist_remove:")
    return part
