"""What a page is sent for its quick answer: how much, for which blocks, and what is left out."""

import json
import re
import zlib
from dataclasses import dataclass, make_dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import pytest
import yaml

import mkdocs_roi_calculator
from mkdocs_roi_calculator.delivery.one_script import plain
from roi_calc.answering.answer import Answer, answer_to
from roi_calc.calculators import CALCULATORS
from roi_calc.language.language import language
from roi_calc.own.written_table import written_calculator
from roi_calc.quick.data import quick_data
from roi_calc.reading.inputs import read_inputs
from roi_calc.schema import AnyCalculator, Calculator, Kind, Quantity, Result
from roi_calc.showing.views import FULL, SIMPLE
from support.quick import LANGUAGES, plain_answer
from support.sites import WORTH

SCRIPT: Final = (
    Path(mkdocs_roi_calculator.__file__).parent / "browser" / "calculator" / "quick.js"
).read_text("utf-8")
MOST_OF_THE_SCRIPT: Final = 3_000
MOST_OF_A_BLOCK: Final = 2_000


def _compressed(text: str) -> int:
    return len(zlib.compress(text.encode(), 9, wbits=-15))


def _data(answer: Answer) -> Any:  # noqa: ANN401 - JSON
    return json.loads(quick_data(answer, SIMPLE))


def _leaves(said: Any) -> list[Any]:  # noqa: ANN401 - as above
    if isinstance(said, list) and said and not isinstance(said[0], int):
        return [*_leaves(said[1]), *_leaves(said[2])]
    return [said]


def test_the_script_is_small() -> None:
    assert _compressed(plain(SCRIPT)) <= MOST_OF_THE_SCRIPT


@pytest.mark.parametrize("name", CALCULATORS)
@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_block_brings_little_and_says_every_part(name: str, tag: str) -> None:
    answer = plain_answer(CALCULATORS[name], tag, "EUR")
    data = quick_data(answer, SIMPLE)
    assert 0 < _compressed(data) <= MOST_OF_A_BLOCK
    parts = json.loads(data)["parts"]
    assert set(parts) == {"lead", "doubt"}
    said = [leaf for part in parts.values() for leaf in _leaves(part)]
    assert len([leaf for leaf in said if leaf is None]) <= len(said) / 10


def test_the_script_names_no_calculator_and_no_word() -> None:
    known = {name for each in CALCULATORS.values() for name in (*each.fields, *each.results)}
    script = plain(SCRIPT)
    named = {*re.findall(r"\w+", script)}
    assert {name for name in known if "_" in name} & named == set()
    texts = re.findall(r'"([^"]*)"', script)
    assert [text for text in texts if " " in text.strip()] == []
    assert not {"$", "€", "%", "ROI"} & {*texts}


def test_what_is_worked_out_does_not_hang_on_a_pages_encoding() -> None:
    data = _data(plain_answer(CALCULATORS["options"], "es", "EUR"))
    assert json.dumps([data["results"], data["blanks"]], ensure_ascii=False).isascii()
    assert plain(SCRIPT).isascii()


def test_a_full_view_and_a_range_have_none() -> None:
    deflection = CALCULATORS["deflection"]
    assert quick_data(plain_answer(deflection, "en", "USD"), FULL) == ""
    ranged = plain_answer(deflection, "en", "USD", requests="80..100..130")
    assert quick_data(ranged, SIMPLE) == ""


def test_a_total_that_its_parts_replace_is_not_asked_for() -> None:
    parts = {"staff_hours": "16", "hourly_rate": "25"}
    data = _data(plain_answer(CALCULATORS["deflection"], "en", "USD", **parts))
    assert set(data["inputs"]) == {"requests", "cost_per_request", "deflection_share"}


def test_blocks_that_differ_in_sight_alone_share_their_data() -> None:
    deflection = CALCULATORS["deflection"]
    one = quick_data(plain_answer(deflection, "en", "USD", requests="250"), SIMPLE)
    other = quick_data(plain_answer(deflection, "en", "USD", requests="300"), SIMPLE)
    assert one is other
    repeats = plain_answer(deflection, "en", "USD", repeat_share="20")
    assert quick_data(repeats, SIMPLE) != one


def _built(calculator: AnyCalculator) -> Answer:
    spoken = language("en")
    return answer_to(calculator, read_inputs(calculator, {}, spoken.numbers, "USD"), spoken, "USD")


def test_a_table_of_formulas_has_a_quick_answer_too() -> None:
    data = _data(_built(written_calculator("worth", yaml.load(WORTH, yaml.BaseLoader))))  # noqa: S506
    assert set(data["inputs"]) == {"margin", "churn", "acquisition_cost"}
    assert None not in [leaf for part in data["parts"].values() for leaf in _leaves(part)]


@dataclass(frozen=True)
class _Inputs:
    amount: Annotated[float, Quantity(Kind.COUNT, label="Amount")] = 3


@dataclass(frozen=True)
class _Outputs:
    doubled: Annotated[float, Result(Kind.COUNT, label="Doubled", is_headline=True)]


def test_python_without_a_formula_is_left_to_python() -> None:
    def twice(inputs: _Inputs) -> _Outputs:
        return _Outputs(inputs.amount * 2)

    words = {"": {"title": "Twice", "amount.label": "Amount", "doubled.label": "Doubled"}}
    calculator = Calculator(name="twice", compute=twice, words=words)
    assert quick_data(_built(calculator), SIMPLE) == ""


def test_a_loop_on_an_unknown_number_ends_and_is_left_to_python() -> None:
    def headline(inputs: _Inputs, _: _Outputs) -> str:
        left = inputs.amount
        while left > 0:
            left -= 1
        return "doubled.label"

    result = Result(Kind.COUNT, "{amount} × 2", label="Doubled", is_headline=True)
    outputs = make_dataclass("Outputs", [("doubled", Annotated[float, result])], frozen=True)

    def twice(inputs: _Inputs) -> _Outputs:
        made: _Outputs = outputs(inputs.amount * 2)
        return made

    twice.__annotations__["return"] = outputs
    words = {"": {"title": "Twice", "amount.label": "Amount", "doubled.label": "Doubled"}}
    calculator = Calculator(name="twice", compute=twice, headline=headline, words=words)
    assert quick_data(_built(calculator), SIMPLE) == ""
