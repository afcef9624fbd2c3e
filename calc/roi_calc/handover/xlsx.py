"""Writes workbooks as spreadsheet programs open them: OOXML, from the standard library alone.

Equal sheets give equal bytes, on every machine: nothing is compressed, and every date is the same.
What is in the cells, and in which words, is decided elsewhere.
"""

import io
import math
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from roi_calc.handover.xml_text import clean, escaped, in_quotes

# What Excel has room for.
LONGEST_FORMULA: Final = 8000
_LONGEST_SHEET_NAME: Final = 31
# Whole numbers below it have all their digits in a cell.
_EXACT: Final = 1e15
# The height of a line in points, and how much more than its characters a text may need.
_LINE: Final = 15
_WIDER: Final = 1
_LONGEST_LIST: Final = 255
_MOST_SHEETS: Final = 50
# A formula begins with one of these where somebody types it, or another program reads it.
_BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_DATE: Final = (1980, 1, 1, 0, 0, 0)
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_KINDS: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What is read as `_x0041_` is: an A.
_LOOKS_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_A_SHEET_NAME: Final = re.compile(r"[\[\]:*?/\\]")
# A name that is a cell's, a row's or a column's address, or a word of formulas, is none.
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,99}")
_ADDRESS: Final = re.compile(r"[a-z]{1,3}\d+|r\d*(c\d*)?|c\d*", re.IGNORECASE)
_WORDS: Final = frozenset({"true", "false", "and", "or", "not", "if"})


class NotWritableError(ValueError):
    """A sheet that no spreadsheet program would open; a mistake of ours, found by a test."""


@dataclass(frozen=True)
class Style:
    """How a cell looks. number: its format as spreadsheets write it; empty for the general one.

    ink, paper: the color of its text and ground, as `1F4E79`; empty for the program's own.
    """

    number: str = ""
    is_bold: bool = False
    is_large: bool = False
    ink: str = ""
    paper: str = ""
    wraps: bool = False
    is_to_the_right: bool = False


PLAIN: Final = Style()


@dataclass(frozen=True)
class Cell:
    """A number, a text, or nothing; with a formula, the value that it has.

    formula: without the `=`; empty where the value was entered. A text is never a formula, whatever
    it begins with.
    """

    value: float | str | None = None
    formula: str = ""
    style: Style = PLAIN


@dataclass(frozen=True)
class Limits:
    """What may be typed into a cell: a number between two, a whole one, or one of a few texts.

    said: what is told to who types something else.
    """

    least: float = 0
    most: float = 0
    is_whole: bool = False
    options: tuple[str, ...] = ()
    said: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows of cells from A1 on; None is an empty cell.

    widths: of the columns, in characters. frozen_rows, frozen_columns: so many stay in sight, and
    the rows are repeated on every printed page. limits: by cell, such as `B3`. warned: ranges such
    as `B3:H9` in which a number below 0 is red. merged: ranges that are one cell. heights: of rows
    counted from 0, in points. is_one_page: whether all of it is printed on one page.
    """

    name: str
    rows: Sequence[Sequence[Cell | None]]
    widths: Sequence[float] = ()
    frozen_rows: int = 0
    frozen_columns: int = 0
    is_landscape: bool = False
    limits: Mapping[str, Limits] = field(default_factory=dict)
    warned: Sequence[str] = ()
    merged: Sequence[str] = ()
    heights: Mapping[int, float] = field(default_factory=dict)
    is_one_page: bool = False


def is_name(text: str) -> bool:
    """Tell whether a text can name a cell: no address such as `a1` or `r`, and no word."""
    is_taken = _ADDRESS.fullmatch(text) or text in _WORDS
    return bool(_NAME.fullmatch(text)) and not is_taken


def column_letters(column: int) -> str:
    """Return the letters of a column, the first being 0: `A`, `Z`, `AA`."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def address(row: int, column: int, *, is_fixed: bool = False) -> str:
    """Return the address of a cell, both counted from 0: `B3`; `$B$3` for a fixed one."""
    sign = "$" if is_fixed else ""
    return f"{sign}{column_letters(column)}{sign}{row + 1}"


def address_on(sheet: str, row: int, column: int) -> str:
    """Return the address of a cell from everywhere in the workbook: `'Inputs'!$B$3`."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{address(row, column, is_fixed=True)}"


def quoted(text: str) -> str:
    """Return a text as it stands in a formula."""
    return '"' + clean(text).replace('"', '""') + '"'


def number_in_formula(value: float) -> str:
    """Return a number as it stands in a formula: small ones without an exponent, for readers."""
    if not math.isfinite(value):
        raise NotWritableError(value)
    shortest = f"{value:.15g}"
    return f"{value:.15f}".rstrip("0") if "e-" in shortest else shortest.upper()


def written(sheets: Sequence[Sheet], names: Mapping[str, str], title: str) -> bytes:
    """Return a workbook's bytes; the same for the same sheets.

    names: of cells, each with an address as of address_on(). title: of the document. Raises
    NotWritableError for what no program would open.
    """
    _check(sheets, names)
    styles = _Styles()
    pages = [_sheet(sheet, styles, is_first=not index) for index, sheet in enumerate(sheets)]
    files = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations(
            {
                "rId1": (f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
                "rId2": (
                    f"{_PACKAGE}/relationships/metadata/core-properties",
                    "docProps/core.xml",
                ),
            }
        ),
        "docProps/core.xml": _properties(title),
        "xl/workbook.xml": _workbook(sheets, names),
        "xl/_rels/workbook.xml.rels": _relations(
            {
                **{
                    f"rId{number}": (f"{_OFFICE}/worksheet", f"worksheets/sheet{number}.xml")
                    for number in range(1, len(sheets) + 1)
                },
                f"rId{len(sheets) + 1}": (f"{_OFFICE}/styles", "styles.xml"),
            }
        ),
        "xl/styles.xml": styles.written(),
        **{f"xl/worksheets/sheet{number}.xml": page for number, page in enumerate(pages, 1)},
    }
    return _zipped(files)


def _check(sheets: Sequence[Sheet], names: Mapping[str, str]) -> None:
    titles = [sheet.name for sheet in sheets]
    for title in titles:
        is_fit = 0 < len(title) <= _LONGEST_SHEET_NAME and title == clean(title)
        if not is_fit or _NOT_IN_A_SHEET_NAME.search(title) or title.strip("'") != title:
            raise NotWritableError(title)
    if len({title.casefold() for title in titles}) < len(titles) or len(titles) > _MOST_SHEETS:
        raise NotWritableError(titles)
    for name in names:
        if not is_name(name):
            raise NotWritableError(name)


def _zipped(files: Mapping[str, str]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        for name, content in files.items():
            # Stored: what a compressor makes of it depends on its version.
            entry = zipfile.ZipInfo(name, date_time=_DATE)
            entry.create_system = 0
            entry.external_attr = 0
            target.writestr(entry, (_HEAD + content).encode())
    return archive.getvalue()


def _content_types(sheets: int) -> str:
    parts = {
        "/xl/workbook.xml": f"{_KINDS}.sheet.main+xml",
        "/xl/styles.xml": f"{_KINDS}.styles+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        **{
            f"/xl/worksheets/sheet{number}.xml": f"{_KINDS}.worksheet+xml"
            for number in range(1, sheets + 1)
        },
    }
    said = "".join(
        f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in parts.items()
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{said}</Types>'
    )


def _relations(relations: Mapping[str, tuple[str, str]]) -> str:
    said = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for name, (kind, target) in relations.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{said}</Relationships>'


def _properties(title: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escaped(clean(title))}</dc:title></cp:coreProperties>"
    )


def _workbook(sheets: Sequence[Sheet], names: Mapping[str, str]) -> str:
    listed = "".join(
        f'<sheet name={in_quotes(sheet.name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    defined = "".join(
        f'<definedName name="{name}">{escaped(place)}</definedName>'
        for name, place in sorted(names.items())
    )
    repeated = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{index}">'
        f"{escaped(_rows_of(sheet))}</definedName>"
        for index, sheet in enumerate(sheets)
        if sheet.frozen_rows
    )
    both = f"<definedNames>{repeated}{defined}</definedNames>" if repeated or defined else ""
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews>'
        f'<sheets>{listed}</sheets>{both}<calcPr calcId="0" fullCalcOnLoad="1"/></workbook>'
    )


def _rows_of(sheet: Sheet) -> str:
    quoted_name = sheet.name.replace("'", "''")
    return f"'{quoted_name}'!$1:${sheet.frozen_rows}"


def _sheet(sheet: Sheet, styles: "_Styles", *, is_first: bool) -> str:
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{width:g}" customWidth="1"/>'
        for number, width in enumerate(sheet.widths, 1)
    )
    rows = "".join(
        f'<row r="{row + 1}"{_height(sheet, row)}>{"".join(_cells(row, cells, styles))}</row>'
        for row, cells in enumerate(sheet.rows)
        if any(cells)
    )
    turned = ' orientation="landscape"' if sheet.is_landscape else ""
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f"{_view(sheet, is_first=is_first)}"
        f'<sheetFormatPr defaultRowHeight="15"/>{f"<cols>{widths}</cols>" if widths else ""}'
        f"<sheetData>{rows}</sheetData>{_merged(sheet)}{_warnings(sheet)}{_limits(sheet)}"
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        f'<pageSetup{turned} fitToWidth="1" fitToHeight="{sheet.is_one_page:d}"/>'
        "<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
        "</worksheet>"
    )


def _height(sheet: Sheet, row: int) -> str:
    """Return a row's height: as given, or else for the longest text that wraps in its column."""
    height = sheet.heights.get(row)
    if height is None:
        texts = (
            (cell.value, width)
            for cell, width in zip(sheet.rows[row], sheet.widths, strict=False)
            if cell is not None and cell.style.wraps and isinstance(cell.value, str)
        )
        lines = max((math.ceil(len(text) * _WIDER / width) for text, width in texts), default=1)
        height = lines * _LINE
    return f' ht="{height:g}" customHeight="1"' if height > _LINE else ""


def _merged(sheet: Sheet) -> str:
    cells = "".join(f'<mergeCell ref="{place}"/>' for place in sheet.merged)
    return f'<mergeCells count="{len(sheet.merged)}">{cells}</mergeCells>' if cells else ""


def _view(sheet: Sheet, *, is_first: bool) -> str:
    chosen = ' tabSelected="1"' if is_first else ""
    if not sheet.frozen_rows and not sheet.frozen_columns:
        return f'<sheetViews><sheetView showGridLines="0"{chosen} workbookViewId="0"/></sheetViews>'
    across = f' xSplit="{sheet.frozen_columns}"' if sheet.frozen_columns else ""
    down = f' ySplit="{sheet.frozen_rows}"' if sheet.frozen_rows else ""
    corner = address(sheet.frozen_rows, sheet.frozen_columns)
    pane = "bottomRight" if across and down else "bottomLeft" if down else "topRight"
    return (
        f'<sheetViews><sheetView showGridLines="0"{chosen} workbookViewId="0">'
        f'<pane{across}{down} topLeftCell="{corner}" activePane="{pane}" state="frozen"/>'
        f'<selection pane="{pane}"/></sheetView></sheetViews>'
    )


def _cells(row: int, cells: Sequence[Cell | None], styles: "_Styles") -> Iterator[str]:
    for column, cell in enumerate(cells):
        if cell is not None:
            yield _cell(address(row, column), cell, styles)


def _cell(place: str, cell: Cell, styles: "_Styles") -> str:
    value, formula = cell.value, cell.formula
    begins = isinstance(value, str) and value.startswith(_BEGINS_A_FORMULA)
    look = styles.number_of(cell.style, is_quoted=begins and not formula)
    start = f'<c r="{place}" s="{look}"'
    if len(formula) > LONGEST_FORMULA:
        raise NotWritableError(formula)
    said = f"<f>{escaped(clean(formula))}</f>" if formula else ""
    match value:
        case None:
            return f"{start}>{said}</c>" if formula else f"{start}/>"
        case str() if formula:
            return f'{start} t="str">{said}<v>{_text(value)}</v></c>'
        case str():
            kept = f'<is><t xml:space="preserve">{_text(value)}</t></is>'
            return f'{start} t="inlineStr">{kept}</c>'
    if not math.isfinite(value):
        raise NotWritableError(place)
    return f"{start}>{said}<v>{_number(value)}</v></c>"


def _number(value: float) -> str:
    return repr(int(value)) if value == int(value) and abs(value) < _EXACT else repr(float(value))


def _text(text: str) -> str:
    """Return a text as a cell holds it: a return keeps its place, and no text is an escape."""
    kept = _LOOKS_ESCAPED.sub("_x005F_", clean(text))
    return escaped(kept).replace("\r", "&#13;")


def _limits(sheet: Sheet) -> str:
    said = "".join(filter(None, (_limit(place, each) for place, each in sheet.limits.items())))
    count = said.count("<dataValidation ")
    return f'<dataValidations count="{count}">{said}</dataValidations>' if count else ""


def _limit(place: str, limits: Limits) -> str:
    told = f" error={in_quotes(clean(limits.said)[:255])}" if limits.said else ""
    start = f'<dataValidation allowBlank="1" showErrorMessage="1"{told} sqref="{place}"'
    if limits.options:
        listed = ",".join(limits.options)
        if len(listed) > _LONGEST_LIST or any("," in each for each in limits.options):
            return ""
        return (
            f'{start} type="list"><formula1>{escaped(quoted(listed))}</formula1></dataValidation>'
        )
    kind = "whole" if limits.is_whole else "decimal"
    ends = (number_in_formula(each) for each in (limits.least, limits.most))
    formulas = "".join(
        f"<formula{index}>{end}</formula{index}>" for index, end in enumerate(ends, 1)
    )
    return f'{start} type="{kind}" operator="between">{formulas}</dataValidation>'


def _warnings(sheet: Sheet) -> str:
    return "".join(
        f'<conditionalFormatting sqref="{place}"><cfRule type="cellIs" dxfId="0"'
        f' priority="{number}" operator="lessThan"><formula>0</formula></cfRule>'
        "</conditionalFormatting>"
        for number, place in enumerate(sheet.warned, 1)
    )


class _Styles:
    """Every look of a workbook's cells, each once and under a number."""

    def __init__(self) -> None:
        self._looks: dict[tuple[Style, bool], int] = {(PLAIN, False): 0}

    def number_of(self, style: Style, *, is_quoted: bool = False) -> int:
        return self._looks.setdefault((style, is_quoted), len(self._looks))

    def written(self) -> str:
        """Return the part of the file that says how cells look."""
        styles = [style for style, _ in self._looks]
        formats = list(dict.fromkeys(each.number for each in styles if each.number))
        fonts = list(dict.fromkeys((each.is_bold, each.is_large, each.ink) for each in styles))
        papers = list(dict.fromkeys(each.paper for each in styles if each.paper))
        listed = "".join(
            f'<numFmt numFmtId="{_FIRST_FORMAT + index}" formatCode={in_quotes(each)}/>'
            for index, each in enumerate(formats)
        )
        numbers = f'<numFmts count="{len(formats)}">{listed}</numFmts>'
        # The first two are the format's own, and programs want them there.
        fills = "".join(
            f"<fill><patternFill patternType={kind}</fill>"
            for kind in (
                '"none"/>',
                '"gray125"/>',
                *(
                    f'"solid"><fgColor rgb="FF{paper}"/><bgColor indexed="64"/></patternFill>'
                    for paper in papers
                ),
            )
        )
        looks = "".join(
            self._look(style, formats, fonts, papers, is_quoted=is_quoted)
            for style, is_quoted in self._looks
        )
        return (
            f'<styleSheet xmlns="{_MAIN}">'
            f"{numbers if formats else ''}"
            f'<fonts count="{len(fonts)}">{"".join(map(_font, fonts))}</fonts>'
            f'<fills count="{len(papers) + 2}">{fills}</fills>'
            '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
            "</borders>"
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
            f'</cellStyleXfs><cellXfs count="{len(self._looks)}">{looks}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            '<dxfs count="1"><dxf><font><color rgb="FF9C0006"/></font></dxf></dxfs></styleSheet>'
        )

    def _look(
        self,
        style: Style,
        formats: Sequence[str],
        fonts: Sequence[tuple[bool, bool, str]],
        papers: Sequence[str],
        *,
        is_quoted: bool,
    ) -> str:
        number = _FIRST_FORMAT + formats.index(style.number) if style.number else 0
        font = fonts.index((style.is_bold, style.is_large, style.ink))
        fill = papers.index(style.paper) + 2 if style.paper else 0
        quote = ' quotePrefix="1"' if is_quoted else ""
        # A text keeps away from the figure before it.
        text = ' wrapText="1" horizontal="left" indent="1"' if style.wraps else ""
        side = ' horizontal="right"' if style.is_to_the_right else text
        return (
            f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="0" xfId="0"{quote}'
            ' applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">'
            f'<alignment vertical="top"{side}/></xf>'
        )


# Below it are the program's own.
_FIRST_FORMAT: Final = 164
_USUAL_SIZE: Final = 11
_LARGE_SIZE: Final = 14


def _font(font: tuple[bool, bool, str]) -> str:
    is_bold, is_large, ink = font
    color = f'<color rgb="FF{ink}"/>' if ink else ""
    size = _LARGE_SIZE if is_large else _USUAL_SIZE
    return f'<font>{"<b/>" if is_bold else ""}<sz val="{size}"/>{color}<name val="Calibri"/></font>'
