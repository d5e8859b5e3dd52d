"""What a visitor carries away of a region or of the whole plan: the briefing as page and document, and the workbook."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from lib.export.briefing import write_briefing
from lib.export.briefing_page import to_page
from lib.export.document import to_document
from lib.export.workbook import XLSX, to_workbook
from lib.views.cached import load_quarter_before
from lib.views.chart_panel import file_name

if TYPE_CHECKING:
    from lib.export.briefing import Briefing
    from lib.views.shell import View

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def offer_takeaway(view: View, region: str = "") -> None:
    """A row of files, each made when it is asked for; `region` "" is the whole plan."""
    texts, board, words = view.texts, view.board, view.words
    before, targets = load_quarter_before(board), list(board.targets_of(region))
    title = words.region(region) if region else texts("briefing.whole_plan")

    def briefing() -> Briefing:
        return write_briefing(board, before, words, region)

    offers = (
        ("briefing_html", "briefing", "html", "text/html", lambda: to_page(briefing())),
        ("briefing_docx", "briefing", "docx", DOCX, lambda: to_document(briefing(), board.as_of)),
        ("workbook", "workbook", "xlsx", XLSX, partial(to_workbook, board, words, targets, title)),
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="takeaway"):
        for key, kind, ending, mime, make in offers:
            name = file_name(f"{kind}-{region or 'plan'}", view)
            st.download_button(
                texts(f"takeaway.{key}"), make, file_name=f"{name}.{ending}", mime=mime, on_click="ignore",
                key=f"takeaway-{ending}", help=texts(f"takeaway.{key}_help"), icon=":material/download:",
            )  # fmt: skip
