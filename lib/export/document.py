"""A briefing as a document for a word processor: the same words, with pictures where the server can make them."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Final

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from lib.theme import QUIET

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd
    from docx.document import Document as DocumentType
    from docx.oxml.xmlchemy import BaseOxmlElement

    from lib.charts.frame import Chart
    from lib.export.briefing import Briefing, Section

WIDTH: Final = Cm(16.5)
COLUMNS: Final = (5.6, 3.6, 3.0, 1.9, 2.4)  # cm, of the scoreboard
LATIN, CHINESE = "Arial", "Microsoft YaHei"  # faces that the reader's own machine has


def to_document(briefing: Briefing, day: date, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The document as DOCX. `pictures`: a PNG for the charts that have one, by target; elsewhere the chart's words stand.

    `day` is the board's, so that the same board makes the same document.
    """
    document = Document()
    _dress(document, briefing, day)
    document.add_heading(briefing.title, level=0)
    _quiet(document, briefing.subtitle)
    document.add_paragraph().add_run(briefing.answer).bold = True
    _add_section(document, briefing.findings)
    document.add_heading(briefing.scoreboard_heading, level=1)
    _add_table(document, briefing.scoreboard)
    if briefing.charts:
        document.add_heading(briefing.charts_heading, level=1)
    for name, chart in briefing.charts.items():
        _add_chart(document, chart, (pictures or {}).get(name))
    for section in briefing.sections:
        _add_section(document, section)
    sink = BytesIO()
    document.save(sink)
    return sink.getvalue()


def _dress(document: DocumentType, briefing: Briefing, day: date) -> None:
    """Page, faces and properties."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.25)
    for name in ("Normal", "Title", "Heading 1"):
        font = document.styles[name].font
        font.name, font.color.rgb = LATIN, RGBColor(0x23, 0x26, 0x2B)
        traits = document.styles[name].element.get_or_add_rPr()
        traits.get_or_add_rFonts().set(qn("w:eastAsia"), CHINESE)
        traits.append(_element("w:lang", val="en-GB", eastAsia="zh-CN"))
    document.styles["Normal"].font.size = Pt(10.5)
    document.styles["Title"].font.size = Pt(20)
    properties = document.core_properties
    properties.title, properties.language, properties.author = briefing.title, briefing.lang, ""
    properties.created = properties.modified = datetime.combine(day, time())
    properties.revision = 1


def _element(name: str, **traits: str) -> BaseOxmlElement:
    """A piece of the format that the library has no words for."""
    element: BaseOxmlElement = OxmlElement(name)
    for trait, value in traits.items():
        element.set(qn(f"w:{trait}"), value)
    return element


def _quiet(document: DocumentType, *lines: str) -> None:
    """Lines that explain, small and grey, in one paragraph."""
    run = document.add_paragraph().add_run("\n".join(lines))
    run.font.size, run.font.color.rgb = Pt(9), RGBColor.from_string(QUIET.removeprefix("#"))


def _add_section(document: DocumentType, section: Section) -> None:
    document.add_heading(section.heading, level=1)
    if section.note:
        _quiet(document, section.note)
    for line in section.lines:
        document.add_paragraph(line, style="List Bullet")


def _add_table(document: DocumentType, frame: pd.DataFrame) -> None:
    """The table, its header repeated on every page and no row cut by a page's end."""
    table = document.add_table(rows=0, cols=len(frame.columns), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, COLUMNS, strict=True):
        column.width = Cm(width)
    for place, values in enumerate([tuple(frame.columns), *frame.itertuples(index=False, name=None)]):
        row = table.add_row()
        row._tr.get_or_add_trPr().append(_element("w:cantSplit"))  # noqa: SLF001 - the library has no other way
        for cell, value, width in zip(row.cells, values, COLUMNS, strict=True):
            cell.width = Cm(width)
            run = cell.paragraphs[0].add_run(str(value))
            run.font.size, run.bold = Pt(9), place == 0
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))  # noqa: SLF001 - as above


def _add_chart(document: DocumentType, chart: Chart, picture: bytes | None) -> None:
    """The picture, which carries title and sources inside; without one its title, what it shows, and its sources."""
    if picture is not None:
        document.add_picture(BytesIO(picture), width=WIDTH)
        return
    document.add_paragraph().add_run(chart.heading.title).bold = True
    document.add_paragraph(chart.alt)
    _quiet(document, *chart.heading.notes)
