"""Every figure that is known: search, filter, take away; and the same for programs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from lib.export.datapackage import to_datapackage
from lib.export.figures import figures_table, in_order
from lib.export.sdmx import to_sdmx_csv
from lib.export.table import to_csv
from lib.export.workbook import XLSX, to_workbook
from lib.i18n import LANGUAGES
from lib.plans import spoken_of
from lib.views.cached import load_tables, load_words
from lib.views.chart_panel import file_name
from lib.views.state import choose, choose_switch, choose_text
from lib.views.table import share_cells, show_sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from lib.views.shell import View
    from lib.views.table import Sheet

ALL: Final = ""
TABLE_HEIGHT: Final = 480
SHOWN: Final = (
    "region", "indicator", "period", "value", "unit", "basis", "status", "published", "source", "link", "note", "qualifier",
)  # fmt: skip
_SEARCHED: Final = ["period", "source", "note", "link", "value_text"]


def show_data(view: View) -> None:
    """The filters, the figures they leave, and the downloads."""
    rows, chosen = _filtered(view)
    st.markdown(view.texts("data.count", count=len(rows), total=len(view.board.known)))
    if view.once("unspoken", lambda: set(load_tables().regions["region"]) - spoken_of(load_tables())):
        st.caption(view.texts("data.unspoken"))
    if rows.empty:
        st.info(view.texts("data.nothing" if len(view.board.known) else "data.none"))
    else:
        sheet = _share_table(view, rows, chosen)
        show_sheet(sheet)
        st.download_button(
            view.texts("data.csv"), partial(to_csv, sheet.frame), file_name=f"{file_name('figures', view)}.csv", mime="text/csv",
            on_click="ignore", icon=":material/table:", key="data-csv",
        )  # fmt: skip
    _offer_everything(view)


def _filtered(view: View) -> tuple[pd.DataFrame, tuple[object, ...]]:
    """The vintages that the filters in the address leave, and what was chosen."""
    texts, board = view.texts, view.board
    known = board.once("listed", lambda: in_order(board.known.assign(in_use=board.in_use())))
    first, second, third = st.columns(3, vertical_alignment="bottom")
    with first:
        region = choose(
            texts("column.region"), "region", _listed(known, "region"), ALL, _named(view, view.words.region)
        )
    with second:
        named = _named(view, view.words.indicator)
        indicator = choose(texts("column.indicator"), "indicator", _listed(known, "indicator"), ALL, named)
    with third:
        wanted = choose_text(texts("data.search"), "q", texts("data.search_help"))
    used = choose_switch(texts("data.used_only"), "used", texts("data.used_help"))
    if used:
        known = known[known["in_use"]]
    for column, code in (("region", region), ("indicator", indicator)):
        known = known if code == ALL else known[known[column] == code]
    return _holding(known, wanted), (region, indicator, used, wanted)


def _listed(known: pd.DataFrame, column: str) -> list[str]:
    """The codes that have figures, and the choice of all."""
    return [ALL, *sorted(known[column].astype("str").unique())]


def _named(view: View, name: Callable[[str], str]) -> Callable[[str], str]:
    """How a choice is called."""
    return lambda code: name(code) if code else view.texts("data.all")


def _holding(rows: pd.DataFrame, wanted: str) -> pd.DataFrame:
    """The rows in which every word looked for stands, in whatever column, capital or small."""
    if not wanted.split():
        return rows
    texts = rows[_SEARCHED].astype("str").agg(" ".join, axis=1).str.casefold() if len(rows) else rows["source"]
    for word in wanted.casefold().split():
        texts = texts[texts.str.contains(word, regex=False)]
    return rows.loc[texts.index]


def _share_table(view: View, rows: pd.DataFrame, chosen: tuple[object, ...]) -> Sheet:
    """The figures as they are taken away; codes stand in the file only, and an address is a link only if it is one."""
    texts = view.texts
    looks = {
        texts("column.basis"): st.column_config.TextColumn(width="small"),
        texts("column.value"): st.column_config.NumberColumn(format="localized"),
        texts("column.link"): st.column_config.LinkColumn(validate="^https?://", display_text="↗"),
    }
    order = [texts(f"column.{name}") for name in SHOWN]
    options = {"key": "data-table", "height": TABLE_HEIGHT, "column_config": looks, "column_order": order}
    return share_cells(view, ("data", chosen), lambda: figures_table(rows, view.words), **options)


def _offer_everything(view: View) -> None:
    """All of the day, whatever the filters: for a spreadsheet, for programs, for statistical offices."""
    texts, board = view.texts, view.board
    st.subheader(texts("data.everything"), anchor=False)
    st.caption(texts("data.everything_note", date=view.words.day(board.as_of)))
    languages = [load_words(lang, board.plan) for lang in LANGUAGES]
    title = view.words.plan
    offers = (
        ("workbook", "xlsx", XLSX, partial(to_workbook, board, view.words, list(board.targets), title)),
        ("package", "zip", "application/zip", partial(to_datapackage, board, languages)),
        ("sdmx", "csv", "text/csv", partial(to_sdmx_csv, board)),
    )
    for name, ending, mime, make in offers:
        with st.container(horizontal=True, vertical_alignment="center", key=f"offer-{name}"):
            st.download_button(
                texts(f"data.{name}"), make, file_name=f"{file_name(name, view)}.{ending}", mime=mime, on_click="ignore",
                key=f"data-{name}", icon=":material/download:",
            )  # fmt: skip
            st.caption(texts(f"data.{name}_note"))
