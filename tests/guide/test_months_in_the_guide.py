"""What the guide says of Riverbend's February is what the calculator says of it."""

import pytest

from roi_calc.calculators.deflection import DEFLECTION
from roi_calc.language.language import language
from roi_calc.months.month import Figures
from roi_calc.months.sentences import Speaker
from roi_calc.months.table import Entered, Table
from support.guide import LANGUAGES, source

FEBRUARY = Entered("", {"requests": 430}, {"requests": 418})


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_guide_says_of_february_what_the_calculator_says(tag: str) -> None:
    table = Table(DEFLECTION, "USD", Figures(400, 2200, 0.6, 0.1, 12), [FEBRUARY])
    said = Speaker(table, language(tag)).sentence(table.months[0])
    page = source(tag, "sheet.md").replace("\u00a0", " ")
    assert said.replace("\u00a0", " ").removesuffix(".") in page


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_guide_calls_what_is_pressed_as_it_is_called(tag: str) -> None:
    page, words = source(tag, "sheet.md"), language(tag).words
    for key in ("memo.open", "months.heading", "months.save", "months.open_file"):
        assert f"**{words(key)}**" in page, key
