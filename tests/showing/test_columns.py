"""Options beside each other: bars that are no steps of a sum, and nothing of what is not given."""

from xml.etree import ElementTree as ET

from roi_calc.answering.answer import answer_to
from roi_calc.answering.headline import detail, doubted
from roi_calc.calculators import CALCULATORS
from roi_calc.language.language import language
from roi_calc.language.number_format import NEUTRAL
from roi_calc.reading.inputs import read_inputs
from roi_calc.showing.block import Presentation, block
from roi_calc.showing.views import FULL, SIMPLE
from support.rendered import as_read

HIRE = {"proposed": "hire", "hire_fixed": "4000"}


def _block(view: str, name: str = "options", **texts: str) -> ET.Element:
    calculator = CALCULATORS[name]
    answer = answer_to(
        calculator, read_inputs(calculator, texts, NEUTRAL, "USD"), language("en"), "USD"
    )
    return as_read(block(answer, "b", Presentation(view=view)))


def _classes(made: ET.Element, tag: str) -> list[str]:
    picture = made.find(".//figure[@class='roi-figure']/svg")
    assert picture is not None
    return [each.get("class", "") for each in picture.iter(tag)]


def test_each_option_that_is_given_has_a_bar_of_its_own() -> None:
    both = _block(FULL, hire_fixed="4000")
    assert _classes(both, "rect") == ["roi-bar-total"] * 3
    assert _classes(both, "line") == ["roi-axis"]


def test_steps_of_a_sum_are_still_joined_and_end_in_a_gain() -> None:
    month = _block(FULL, "deflection")
    assert _classes(month, "rect") == ["roi-bar-total", "roi-bar-deduction", "roi-bar-gain"]
    assert _classes(month, "line") == ["roi-connector", "roi-connector", "roi-axis"]


def test_nothing_is_said_of_an_option_for_which_nothing_is_entered() -> None:
    def told(made: ET.Element) -> set[str]:
        return {each.get("data-output", "") for each in made.iter("bdi")}

    of_hire = {"cost_hire", "saving_hire", "crossing_hire"}
    assert told(_block(FULL)) & of_hire == set()
    assert told(_block(FULL, hire_fixed="4000")) >= of_hire


def test_where_no_agent_is_proposed_the_first_condition_is_what_decides() -> None:
    calculator = CALCULATORS["options"]
    answer = answer_to(
        calculator, read_inputs(calculator, HIRE, NEUTRAL, "USD"), language("en"), "USD"
    )
    assert doubted(answer).sentence == (
        "It stops paying if just this happens: handling a request costs less than $4 today."
    )
    assert _block(SIMPLE).find(".//button[@class='roi-open']") is not None
    assert _block(SIMPLE, **HIRE).find(".//button[@class='roi-open']") is None


def test_an_option_that_is_too_small_is_named_beside_the_figure() -> None:
    calculator = CALCULATORS["options"]
    given = read_inputs(calculator, {"agent_capacity": "800"}, NEUTRAL, "USD")
    said = detail(answer_to(calculator, given, language("en"), "USD"))
    assert said.endswith("takes only 800 of 1,000")
