"""What is wrong with a table is said with its place, what was found and what is expected."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
import yaml

from roi_calc.own.written_table import TableError, written_calculator

LONG: Final = "x" * 301
MANY: Final = ", ".join(f"a{number}: {{money: 1}}" for number in range(61))
MISTAKES: Final = yaml.safe_load(Path(__file__).with_name("table_mistakes.yml").read_text("utf-8"))
# Of the table as a whole: everything that is written, and what is said.
OF_THE_WHOLE: Final = {
    "a key that does not exist": (
        "inputs: {a: {money: 1}}\nresult: {r: {money: a}}",
        "unknown key 'result'; expected one of title, inputs, results; did you mean 'results'?",
    ),
    "no inputs": (
        "results: {r: {money: 1}}",
        "inputs: expected indented lines such as 'margin: {money: 120}'",
    ),
    "inputs that are a text": (
        "inputs: margin\nresults: {r: {money: 1}}",
        "inputs: expected indented lines such as 'margin: {money: 120}'",
    ),
    "a title that is a list": (
        "title: [Worth]\ninputs: {a: {money: 1}}\nresults: {r: {money: a}}",
        "title: ['Worth']; expected a text of at most 300 characters",
    ),
    "a name that is long": (
        f"inputs: {{{'A' * 61}: {{money: 1}}}}\nresults: {{r: {{money: 1}}}}",
        f"inputs: {'A' * 60}: expected a name of small letters, digits and underscores, and no "
        "word of ours",
    ),
    "no results": (
        "inputs: {a: {money: 1}}\nresults: {}",
        "results: expected indented lines such as 'margin: {money: margin / churn}'",
    ),
}


def _refusal(text: str) -> TableError:
    filled = text.replace("LONG", LONG).replace("MANY", MANY)
    table = yaml.load(filled, Loader=yaml.BaseLoader)  # noqa: S506 - all is text
    with pytest.raises(TableError) as refused:
        written_calculator("worth", table)
    return refused.value


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_said_with_its_place(mistake: Mapping[str, str]) -> None:
    refused = _refusal(f"inputs: {{{mistake['inputs']}}}\nresults: {{{mistake['results']}}}")
    said = mistake["said"]
    assert str(refused) == said
    # The path leads to the line, so it is what stands before the message.
    assert said.startswith("".join(f"{key}: " for key in refused.path))
    assert refused.path[0] in {"inputs", "results"}
    place = said.removeprefix("".join(f"{key}: " for key in refused.path))
    assert not place.startswith(("inputs", "results"))


@pytest.mark.parametrize(("text", "said"), OF_THE_WHOLE.values(), ids=OF_THE_WHOLE)
def test_a_mistake_in_the_whole_is_said(text: str, said: str) -> None:
    assert str(_refusal(text)) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Worth", "'Worth'; expected small letters, digits and hyphens, such as 'clv'"),
        ("deflection", "'deflection' is one of ours; expected another name for a table"),
    ],
)
def test_a_name_that_cannot_be_had_is_refused(name: str, said: str) -> None:
    with pytest.raises(TableError) as refused:
        written_calculator(name, {"inputs": {"a": {"money": "1"}}, "results": {}})
    assert (refused.value.path, str(refused.value)) == (("calculator",), f"calculator: {said}")


def test_as_many_inputs_as_a_table_may_have_are_taken() -> None:
    most = {f"a{number}": {"money": "1"} for number in range(60)}
    table = {"inputs": most, "results": {"r": {"money": "a1"}}}
    assert len(written_calculator("worth", table).fields) == 60
