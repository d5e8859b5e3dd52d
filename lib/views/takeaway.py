"""What a visitor carries away of a region or of the whole plan: the briefing as page and document, workbook, all charts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from lib.charts.build import trajectory_charts
from lib.charts.overview import map_chart
from lib.export.archive import to_zip
from lib.export.briefing import write_briefing
from lib.export.briefing_page import to_page
from lib.export.document import to_document
from lib.export.press import print_charts
from lib.export.workbook import XLSX, to_workbook
from lib.schema import DataError
from lib.views.cached import load_boundaries, load_quarter_before
from lib.views.chart_panel import file_name
from lib.views.shell import keep_current
from lib.views.visitor import describe_safely

if TYPE_CHECKING:
    from datetime import date

    from lib.export.briefing import Briefing
    from lib.views.shell import View

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@st.fragment
def offer_takeaway(view: View, region: str = "") -> None:
    """A row of files, each made when it is asked for while the page stays; `region` "" is the whole plan."""
    keep_current(view)
    texts, board, words = view.texts, view.board, view.words
    before, targets = load_quarter_before(board), list(board.targets_of(region))
    title = words.region(region) if region else words.plan

    def briefing() -> Briefing:
        return write_briefing(board, before, words, region)

    offers = (
        ("briefing_html", "briefing", "html", "text/html", lambda: to_page(briefing())),
        ("briefing_docx", "briefing", "docx", DOCX, lambda: _document(briefing(), board.as_of)),
        ("workbook", "workbook", "xlsx", XLSX, partial(to_workbook, board, words, targets, title)),
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="takeaway"):
        for key, kind, ending, mime, make in offers:
            name = file_name(f"{kind}-{region or 'plan'}", view)
            st.download_button(
                texts(f"takeaway.{key}"), make, file_name=f"{name}.{ending}", mime=mime, on_click="ignore",
                key=f"takeaway-{ending}", help=texts(f"takeaway.{key}_help"), icon=":material/download:",
            )  # fmt: skip
        wanted = st.button(
            texts("takeaway.album"),
            key="takeaway-album",
            help=texts("takeaway.album_help"),
            icon=":material/photo_library:",
        )
    if wanted:
        _offer_album(view, region)


def _document(briefing: Briefing, day: date) -> bytes:
    """The document with pictures where the server can make them, else with their words."""
    try:
        pictures = print_charts(briefing.charts, ("png",))
    except DataError:
        return to_document(briefing, day)
    return to_document(briefing, day, {name.removesuffix(".png"): picture for name, picture in pictures.items()})


def _offer_album(view: View, region: str) -> None:
    """Make every chart in one go, and hand over the archive; where that cannot be, say what is missing."""
    texts = view.texts
    charts = trajectory_charts(view.board, view.board.targets_of(region).values(), view.words)
    if not region:
        drawn = map_chart(view.board, load_boundaries(), view.words)
        charts |= {"map": drawn} if drawn is not None else {}
    if not charts:
        st.info(texts("takeaway.album_none"))
        return
    bar = st.progress(0.0, text=texts("takeaway.album_start"))

    def follow(done: int, of: int) -> None:
        if done:
            bar.progress(done / of, text=texts("takeaway.album_progress", done=done, of=of))

    try:
        files = print_charts({file_name(name, view): chart for name, chart in charts.items()}, follow=follow)
    except DataError as error:
        st.warning(describe_safely(error, texts))
        return
    finally:
        bar.empty()
    album, name = to_zip(files), file_name(f"charts-{region or 'plan'}", view)
    st.download_button(
        texts("takeaway.album_save", count=len(files), size=f"{len(album) / 1e6:.1f}"), album,
        file_name=f"{name}.zip", mime="application/zip", on_click="ignore",
        key="takeaway-zip", type="primary", icon=":material/download:",
    )  # fmt: skip
