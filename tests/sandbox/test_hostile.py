"""Files made to hurt whoever reads them, each in a real process with the limits that are served, built where it is needed."""

from __future__ import annotations

import io
import zipfile

import pytest

from lib.sandbox.pool import FAILURES

HEADER = "region,indicator,period,value,unit,source\n"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LABELS = ("地区", "指标", "时期", "数值", "单位", "来源")
_FIGURES = ("沈阳市", "地区生产总值", "2024年", "9027.1", "亿元", "虚构（made-up）")
FIRST = "".join(
    f'<row r="{row}">'
    + "".join(f'<c r="{chr(65 + at)}{row}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in enumerate(cells))
    + "</row>"
    for row, cells in ((1, _LABELS), (2, _FIGURES))
)


def workbook(rows=FIRST, *, dimension="A1:F2", after="", strings="", sheet="worksheets/sheet1.xml", head=""):
    """An .xlsx of one sheet with these rows in XML; `after` follows the rows, `head` stands before the sheet."""
    body = f'<worksheet xmlns="{_SHEET}"><dimension ref="{dimension}"/><sheetData>{rows}</sheetData>{after}</worksheet>'
    kinds = f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    kinds += f'<Override PartName="/xl/{sheet}" ContentType="{_TYPE}.worksheet+xml"/>'
    kinds += f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/>'
    links = f'<Relationship Id="rId1" Type="{_DOCUMENT}/worksheet" Target="{sheet}"/>'
    links += f'<Relationship Id="rId2" Type="{_DOCUMENT}/sharedStrings" Target="sharedStrings.xml"/>'
    whole = f'<Relationship Id="rId1" Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/>'
    tabs = '<sheet name="S" sheetId="1" r:id="rId1"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{kinds}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{whole}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_DOCUMENT}"><sheets>{tabs}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_SHEET}">{strings}</sst>',
        f"xl/{sheet}": head + body,
    }
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return sink.getvalue()


def number_rows(count, start=3):
    """Rows of numbers as XML, hardly two alike."""
    return "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row * 7919 % 99991}</v></c><c r="B{row}"><v>{row * 104729 % 99989}</v></c></row>'
        for row in range(start, start + count)
    )


_ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9)
)
_FIRST_LINE = "210100,gdp,2024,1,亿元,x\n"

# What the file is -> how it is made and the codes of which one must stand against it.
HOSTILE = {
    "87 MB of XML in a few MB": (lambda: workbook(FIRST + number_rows(1_000_000)), {"workbook_too_large"}),
    "a thousand to one": (lambda: workbook(FIRST, after=f"<!--{' ' * 60_000_000}-->"), {"workbook_too_large"}),
    "a thousand to one under another name": (
        lambda: workbook(FIRST, after=f"<!--{' ' * 60_000_000}-->", sheet="media/image1.png"), {"workbook_too_large"},
    ),
    "entities that multiply": (lambda: workbook(head=f"{_ENTITIES}]>"), {"workbook_broken"}),
    "entities behind a long comment": (
        lambda: workbook(head=f"<!--{'x' * 5000}-->{_ENTITIES}]>", rows=FIRST.replace("沈阳市", "&j;")), {"workbook_broken"},
    ),
    "cells far apart": (
        lambda: workbook(FIRST + '<row r="3"><c r="XFD3"><v>1</v></c></row>' + number_rows(90_000, 4)), {"workbook_too_large"},
    ),
    "many long rows": (
        lambda: workbook(FIRST + "".join(f'<row r="{at}"><c r="XFD{at}"><v>1</v></c></row>' for at in range(3, 5000))),
        {"workbook_too_large"},
    ),
    "a cell in the last row of a sheet": (
        lambda: workbook(FIRST + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), {"workbook_too_large"},
    ),
    "10,000 columns": (lambda: bytes(f"{HEADER.strip()}{',x' * 10_000}\n{'1,' * 10_006}\n", "utf-8"), {"too_many_columns"}),
    "a field of 2 MB": (lambda: bytes(f'{HEADER}210100,gdp,2024,1,亿元,"{"x" * 2_000_000}"\n', "utf-8"), {"field_too_long"}),
    "one line of 19 MB": (lambda: b"region,indicator," * 1_150_000, {"too_many_columns", "header_not_found", "header_duplicate"}),
    "one line of 19 MB without a separator": (lambda: b"x" * 19_000_000, {"header_not_found"}),
    "19 MB of separators": (lambda: HEADER.encode() + b"," * 19_000_000, {"no_rows", "header_not_found"}),
    "9 million blank lines": (lambda: HEADER.encode() + b"\n" * 9_000_000, {"too_many_rows", "no_rows"}),
    "200 MB": (lambda: b"x" * 200_000_000, {"file_too_large"}),
    "an open quote": (lambda: bytes(f'{HEADER}"{_FIRST_LINE * 600_000}', "utf-8"), {"quote_unclosed", "field_too_long"}),
}  # fmt: skip
HARMLESS = {
    "a dimension of the whole sheet": lambda: workbook(dimension="A1:XFD1048576"),
    "a merge of the whole sheet": lambda: workbook(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "a merge of a column on every line": lambda: workbook(
        after="<mergeCells>"
        + "".join(f'<mergeCell ref="A{at}:A1048576"/>' for at in range(3, 300_000))
        + "</mergeCells>"
    ),
    "shared strings that nobody shares": lambda: workbook(
        strings="".join(f"<si><t>{at}-{at * 7919}</t></si>" for at in range(700_000))
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(pool, check_in, name):
    """Its own fault is named, not the limit it would have met, and no row is kept."""
    make, expected = HOSTILE[name]
    checked = check_in(pool, make())
    found = {problem.code for problem in checked.problems}
    assert found & expected
    assert not found & FAILURES
    assert not checked.ok
    assert checked.rows.empty


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_looks_large_is_read(pool, check_in, name):
    """The one figure in it is found."""
    checked = check_in(pool, HARMLESS[name]())
    assert checked.rows["value"].tolist() == [9027.1]
