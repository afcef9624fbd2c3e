"""The form: what the page's script, its style and a screen reader find in it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest

from roi_calc.answering.answer import Answer, answer_to
from roi_calc.calculators import CALCULATORS
from roi_calc.language.language import language, languages
from roi_calc.language.number_format import NEUTRAL
from roi_calc.own.written_table import written_calculator
from roi_calc.reading.inputs import read_inputs
from roi_calc.showing import form as showing
from roi_calc.showing.block import Presentation, block
from roi_calc.showing.views import FULL
from support.rendered import as_read

FORMS: Final = Path(__file__).parent / "forms"
LINKS: Final = {name: f"{name}/" for name in CALCULATORS}


def _answer(
    calculator: str, texts: Mapping[str, str] | None = None, tag: str = "en", currency: str = "USD"
) -> Answer:
    found = CALCULATORS[calculator]
    given = read_inputs(found, texts or {}, NEUTRAL, currency)
    return answer_to(found, given, language(tag), currency)


def _form(calculator: str, texts: Mapping[str, str] | None = None, tag: str = "en") -> ET.Element:
    return _form_of(_answer(calculator, texts, tag), LINKS)


def _form_of(answer: Answer, links: Mapping[str, str]) -> ET.Element:
    """Return the form of the view that has every field in it, with its help."""
    made = as_read(block(answer, "x", Presentation(links=links, view=FULL))).find("form")
    assert made is not None
    return made


def _field(made: ET.Element, name: str) -> ET.Element:
    (found,) = (each for each in made.iter("div") if each.get("data-field") == name)
    return found


# What stands around the fields, and a field of each kind.
WRITTEN: Final[Mapping[str, tuple[str, Mapping[str, str], str]]] = {
    "around": ("deflection", {}, ""),
    "number": ("deflection", {"cost_per_request": "12..20..35"}, "cost_per_request"),
    "replaced": ("deflection", {"investment": "", "tool_cost": "80"}, "investment"),
    "part": ("deflection", {}, "hourly_rate"),
    "published": ("deflection", {}, "shrinkage"),
    "choice": ("deflection", {"period": "quarter"}, "period"),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_form_is_written_as_script_style_and_a_screen_reader_take_it(name: str) -> None:
    calculator, texts, field = WRITTEN[name]
    made = _form(calculator, texts)
    shown = _field(made, field) if field else _without_fields(made)
    ET.indent(shown)
    html = ET.tostring(shown, encoding="unicode", method="html").rstrip() + "\n"
    assert html == (FORMS / f"{name}.html").read_text("utf-8")


def test_what_can_be_counted_from_a_file_has_a_button_with_a_place_for_what_is_wrong() -> None:
    made = _form("deflection")
    found = [each for each in made.iter("p") if each.get("class") == "roi-counting"]
    assert found == _field(made, "requests").findall(".//p[@class='roi-counting']")
    (counting,) = found
    button, place = counting
    assert (button.tag, button.attrib, button.text) == (
        "button",
        {
            "type": "button",
            "class": "roi-count",
            "data-failed": "That could not be loaded. Check the connection and try again.",
        },
        "Count it from a file",
    )
    assert (place.tag, place.attrib) == ("span", {"role": "status", "class": "roi-away-failed"})
    assert not list(_form("retention").iterfind(".//p[@class='roi-counting']"))


def test_the_line_on_loading_is_a_box_with_a_place_and_a_button() -> None:
    made = showing.status_line(_answer("deflection"))
    assert (made.tag, made.get("class")) == ("div", "roi-status-line")
    assert [(each.tag, each.get("class")) for each in made] == [
        ("p", "roi-status"),
        ("button", "roi-retry"),
    ]


def test_a_unit_leaves_out_a_currency_that_stands_elsewhere() -> None:
    answer = _answer("deflection")
    full, brief = showing.units(answer), showing.units(answer, ["cost_per_request"])
    assert full["cost_per_request"] != brief["cost_per_request"]
    assert full.keys() == brief.keys()
    assert {name for name in full if full[name] != brief[name]} == {"cost_per_request"}


def _without_fields(made: ET.Element) -> ET.Element:
    for each in made.iter("div"):
        if each.get("class") == "roi-field":
            each[:] = []
    return made


def _ids(made: ET.Element) -> list[str]:
    return [each.attrib["id"] for each in made.iter() if "id" in each.attrib]


@pytest.mark.parametrize("tag", languages())
@pytest.mark.parametrize("calculator", CALCULATORS)
def test_what_names_another_element_names_one_that_is_there(calculator: str, tag: str) -> None:
    made = _form(calculator, tag=tag)
    counted = Counter(_ids(made))
    assert set(counted.values()) == {1}
    outside = {"roi-x-title"}  # the block's heading
    named = {
        (key, each)
        for element in made.iter()
        for key in ("for", "aria-labelledby", "aria-describedby")
        for each in element.get(key, "").split()
    }
    assert {each for _, each in named} <= counted.keys() | outside
    inputs = [each for each in made.iter() if each.tag in {"input", "select"}]
    assert {each.attrib["id"] for each in inputs} == {each for key, each in named if key == "for"}


@pytest.mark.parametrize("calculator", CALCULATORS)
def test_every_field_is_sent_under_its_name_and_has_a_place_for_what_is_wrong(
    calculator: str,
) -> None:
    made = _form(calculator)
    declared = CALCULATORS[calculator]
    sent = [each.attrib["name"] for each in made.iter() if each.tag in {"input", "select"}]
    ranged = {name for name, each in declared.quantities.items() if each.may_range}
    assert sorted(sent) == sorted(
        [*declared.fields, *(name + end for name in ranged for end in (".low", ".high"))]
    )
    for name in sent:
        field = _field(made, name)
        (own,) = (each for each in field.iter() if each.get("name") == name)
        if own.tag == "input":
            places = [each for each in field.iter("p") if each.get("class") == "roi-error"]
            assert places[0].attrib["id"] in own.attrib["aria-describedby"].split()


def test_a_goal_is_linked_where_it_is_worked_out_and_its_parts_are_not_linked_again() -> None:
    made = _form("programme")
    fields = [each for each in made.iter("div") if "data-field" in each.attrib]
    linked = {
        field.attrib["data-field"]: link.attrib["href"]
        for field in fields
        for link in field.findall(".//*[@class='roi-related']/a")
    }
    assert linked == {
        "deflection_saving": "deflection/",
        "deflection_cost": "deflection/",
        "chaser_saving": "response-time/",
        "chaser_cost": "response-time/",
        "response_retention_value": "response-time/",
        "handling_time_value": "handling-time/",
        "handling_time_cost": "handling-time/",
        "retention_value": "retention/",
        "retention_cost": "retention/",
    }


def test_a_link_to_a_block_of_the_same_page_names_it_to_the_script() -> None:
    made = _form_of(_answer("handling-time"), {"loaded-rate": "#roi-rate"})
    (link,) = _field(made, "hourly_rate").findall(".//*[@class='roi-related']/a")
    assert (link.get("href"), link.get("data-block")) == ("#roi-rate", "rate")


@pytest.mark.parametrize(
    ("kinds", "is_named"), [("count count", False), ("money count", True), ("count money", True)]
)
def test_a_currency_is_named_where_there_are_amounts(kinds: str, is_named: bool) -> None:  # noqa: FBT001 - a case
    one, other = kinds.split()
    table = {"inputs": {"asked": {one: "1"}}, "results": {"found": {other: "asked × 2"}}}
    own = written_calculator("own", table)
    answer = answer_to(own, read_inputs(own, {}, NEUTRAL, "USD"), language("en"), "USD")
    made = _form_of(answer, {})
    assert showing.has_amounts(answer) == is_named
    assert ("roi-x-currency" in _ids(made)) == is_named
    assert made.get("aria-describedby") == ("roi-x-currency" if is_named else None)


@pytest.mark.parametrize(
    ("currency", "line"),
    [("USD", "Amounts are in US dollars (USD)."), ("ZZZ", "")],
)
def test_the_currency_is_named_over_the_fields(currency: str, line: str) -> None:
    answer = _answer("deflection", currency=currency)
    assert showing.currency_line(answer, answer.language.currency_name(currency)) == line


FIELDS: Final = {"roi-field", "roi-folded"}


@pytest.mark.parametrize("calculator", CALCULATORS)
def test_fields_in_sight_come_before_those_folded_away(calculator: str) -> None:
    made = _form(calculator)
    folded = [each.tag == "details" for each in made if each.get("class") in FIELDS]
    assert folded == sorted(folded)


def _open(made: ET.Element) -> Iterator[str]:
    """Yield what the lines of the open folds say."""
    for each in made.iter("details"):
        if "open" in each.attrib:
            yield "".join(each[0].itertext())


def test_a_fold_is_open_where_something_in_it_is_not_as_it_was() -> None:
    assert list(_open(_form("deflection"))) == []
    words = language("en")
    parts = _form("deflection", {"investment": "", "tool_cost": "80"})
    assert list(_open(parts)) == [_answer("deflection").words("investment.parts")]
    ranged = list(_open(_form("deflection", {"deflection_share": "50%..60%..100%"})))
    label = _answer("deflection").words("deflection_share.label")
    assert f"{words.words('range.open')}: {label}" in ranged


@pytest.mark.parametrize(
    ("texts", "unit"),
    [
        ({}, "a month · example"),
        ({"requests": "101"}, "a month"),
        ({"requests": "90..100..120"}, "a month"),
    ],
)
def test_a_number_is_an_example_until_another_is_entered(
    texts: Mapping[str, str], unit: str
) -> None:
    assert showing.units(_answer("deflection", texts))["requests"].endswith(unit)


def test_the_published_figures_of_every_input_can_be_had_alone() -> None:
    figures = showing.published_figures(_answer("deflection"))
    assert figures.keys() == CALCULATORS["deflection"].quantities.keys()
    assert figures["shrinkage"].startswith('<details class="roi-benchmarks">')
    assert figures["requests"] == ""


def test_a_total_that_its_parts_replace_is_said_not_to_be_used() -> None:
    parts = {"investment": "", "tool_cost": "80"}
    assert showing.notes(_answer("deflection")) == {}
    assert showing.notes(_answer("deflection", parts)) == {
        "investment": "Not used: the parts below add up to $80."
    }


def test_what_failed_can_be_tried_again_from_a_button_that_says_so() -> None:
    button = block(_answer("deflection"), "x").find(".//button[@class='roi-retry']")
    assert button is not None
    assert (button.text, button.get("type"), button.get("hidden")) == (
        "Try again",
        "button",
        "hidden",
    )


def test_a_published_figure_its_source_and_its_button_are_words_apart() -> None:
    figures = _field(_form("deflection"), "cost_per_request").findall(
        ".//div[@class='roi-published']//li"
    )
    assert figures
    use = language("en").words("benchmarks.use")
    for each in figures:
        figure, source, button = (
            each.findall("strong") + each.findall("small") + each.findall("button")
        )
        assert all((part.tail or "").startswith(" ") for part in (figure, source))
        assert button.text == use
