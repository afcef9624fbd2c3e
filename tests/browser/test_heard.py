"""The guide's main job by ear: a number is found, changed, answered, mistyped and put right."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pytest
from playwright.sync_api import Browser

from roi_calc.calculators import CALCULATORS
from roi_calc.language.language import Language, language
from roi_calc.language.words import words_of
from roi_calc.schema import Kind
from support.browsers import PlaywrightTab, wait_for_state
from support.guide import LANGUAGES, SOURCE_LANGUAGE, headings
from support.screen_reader import ScreenReader, announced
from support.sites import Served

CALCULATOR: Final = CALCULATORS["deflection"]
# The example, what is made of it, and no number in any language.
VALUES: Final = {"requests": "100", "cost_per_request": "20", "investment": "500"}
MONEY: Final = tuple(each for each in VALUES if CALCULATOR.quantities[each].kind is Kind.MONEY)
NET_SAVING, CHANGED_NET_SAVING = 1500, 4500
NO_NUMBER: Final = "many"


@dataclass(frozen=True)
class Heard:
    """What is said in each step of the job, in one language."""

    language: Language
    read: list[str]  # from the top of the page to the end of the calculator's answer
    fields: dict[str, str]
    changed: list[str]
    mistaken: list[str]
    summary: list[str]
    link: list[str]
    back: list[str]

    def amount(self, value: float) -> str:
        """Return an amount as it is written, but for spaces, which are all alike to the ear."""
        return self.language.numbers.amount(value, "USD", decimals=0).replace("\u00a0", " ")

    def label(self, name: str) -> str:
        """Return a field's label."""
        return words_of(CALCULATOR, self.language).brief(name)


@pytest.fixture(scope="module", params=LANGUAGES)
def heard(request: pytest.FixtureRequest, chromium: Browser, guide: Served) -> Iterator[Heard]:
    """The job, done once in each language."""
    tag: str = request.param
    context = chromium.new_context()
    tab = PlaywrightTab(context.new_page())
    tab.open(f"{guide.url}/" if tag == SOURCE_LANGUAGE else f"{guide.url}/{tag}/")
    wait_for_state(tab)
    reader = ScreenReader(tab.page)
    read = reader.read_to("end of document")
    fields = {name: reader.press_until_on(name) for name in VALUES}
    reader.press_until_on("requests", "Shift+Tab")
    yield Heard(
        language=language(tag),
        read=read,
        fields=fields,
        changed=reader.type_over("250"),
        mistaken=reader.type_over(NO_NUMBER),
        summary=reader.press_and_wait("Enter"),
        link=reader.press("Tab"),
        back=reader.press("Enter"),
    )
    context.close()


def test_the_page_says_what_it_is_for_and_the_answer_to_the_example(heard: Heard) -> None:
    title = headings(heard.language.tag, "index.md")[0].title
    assert f"heading, {title}, level 1" in heard.read
    assert any(heard.amount(NET_SAVING) in each for each in heard.read)


@pytest.mark.parametrize("name", VALUES)
def test_a_field_says_its_label_and_its_number(name: str, heard: Heard) -> None:
    said = heard.fields[name]
    assert said.startswith(f"textbox, {heard.label(name)}")
    assert f", {VALUES[name]}, " in said


@pytest.mark.parametrize("name", MONEY)
def test_the_field_of_an_amount_says_its_currency(name: str, heard: Heard) -> None:
    assert heard.language.currency_name("USD") in heard.fields[name]


def test_a_changed_number_is_answered_once(heard: Heard) -> None:
    (answer,) = announced(heard.changed)
    assert heard.amount(CHANGED_NET_SAVING) in answer


def test_a_mistake_is_said_once_with_what_to_do_and_what_still_stands(heard: Heard) -> None:
    (mistake,) = announced(heard.mistaken)
    wrong, _, remedy = _mistake(heard)
    assert wrong in mistake
    assert remedy in mistake
    assert heard.language.words("status.stale") in mistake


def test_the_list_of_mistakes_is_said_once_where_the_focus_goes(heard: Heard) -> None:
    (group,) = heard.summary
    assert group.startswith(f"group, {heard.language.words('form.error_summary')}")
    assert _mistake(heard)[0] in group


def test_a_mistake_in_the_list_leads_to_its_field_which_says_it_again(heard: Heard) -> None:
    wrong = _mistake(heard)[0]
    (link,) = heard.link
    assert link.startswith(f"link, {heard.label('requests')}: {wrong}")
    (field,) = heard.back
    assert field.startswith(f"textbox, {heard.label('requests')}, {NO_NUMBER}, ")
    assert wrong in field
    assert field.endswith(", invalid")


def _mistake(heard: Heard) -> tuple[str, str, str]:
    """Return what is said of the mistake before, in and after the example of how to write it."""
    said = heard.language.words("error.not_a_number", found=NO_NUMBER, example="\n")
    return said.partition("\n")
