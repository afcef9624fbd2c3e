"""Workbooks in the spreadsheet programs that readers have: both work every formula out again."""

from pathlib import Path

from support.answers import books
from support.spreadsheets import by_gnumeric, by_libreoffice, differing


def test_libreoffice_gives_every_live_cell_of_every_case(tmp_path: Path) -> None:
    saved = by_libreoffice(books(), tmp_path)
    found = {name: differing(book, saved[name]) for name, book in books().items()}
    assert {name: each for name, each in found.items() if each} == {}


def test_gnumeric_gives_every_live_cell_of_every_case(tmp_path: Path) -> None:
    saved = by_gnumeric(books(), tmp_path)
    found = {name: differing(book, saved[name]) for name, book in books().items()}
    assert {name: each for name, each in found.items() if each} == {}
