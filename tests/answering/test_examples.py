"""A number that a calculator starts from is called an example until the reader enters another."""

from collections.abc import Mapping

import markdown
import pytest

from roi_calc.browser import Answered, evaluate
from roi_calc.calculators import CALCULATORS
from roi_calc.json_schema import json_schema
from roi_calc.language.language import language
from support.sites import ROOT, run_tool


def _units(calculator: str, values: Mapping[str, str], tag: str = "en") -> dict[str, str]:
    """Return the words behind the fields once they hold these texts."""
    reply = evaluate(
        {
            "id": 1,
            "calculator": calculator,
            "language": tag,
            "currency": "USD",
            "view": "full",
            "comparison": "",
            "values": values,
        }
    )
    answered: Answered = reply  # type: ignore[assignment] # these values are taken
    return answered["units"]


@pytest.mark.parametrize(
    ("tag", "said"), [("en", "example"), ("es", "ejemplo"), ("id", "contoh"), ("pt", "exemplo")]
)
def test_an_invented_default_says_that_it_is_an_example(tag: str, said: str) -> None:
    assert _units("deflection", {}, tag)["requests"].endswith(f" · {said}")
    units = _units("retention", {}, tag)
    assert all(
        units[name].endswith(f" · {said}")
        for name in ("churn_before", "churn_after", "attribution_share")
    )


@pytest.mark.parametrize(
    "values",
    [
        {"requests": "250"},
        {"requests": "0"},
        {"requests": "80..100..130"},
        {"requests": "100", "requests.low": "80", "requests.high": "130"},
    ],
    ids=str,
)
def test_the_reader_s_own_number_is_no_example(values: Mapping[str, str]) -> None:
    units = _units("deflection", values)
    assert units["requests"] == "a month"
    assert units["cost_per_request"].endswith(" · example")


def test_all_none_and_one_are_no_examples() -> None:
    units = _units("deflection", {})
    assert not units["deflection_share"].endswith("example")
    assert not units["repeat_share"].endswith("example")
    assert not _units("response-time", {})["chasers_each"].endswith("example")


@pytest.mark.parametrize("name", CALCULATORS)
def test_every_invented_default_is_an_example_wherever_inputs_are_listed(name: str) -> None:
    calculator = CALCULATORS[name]
    block = f"```roi-calculator\ncalculator: {name}\nshow: inputs\n```"
    table = markdown.markdown(block, extensions=["roi_calculator"])
    properties = json_schema(calculator, language("en"))["properties"]
    assert isinstance(properties, dict)
    listed = {each for each, described in properties.items() if "examples" in described}
    assert listed == calculator.examples
    assert table.count("</code> example</span>") == len(listed)
    for each in listed:
        assert properties[each]["examples"] == [properties[each]["default"]]
    said = run_tool("roi-calc", name, "--help", cwd=ROOT).stdout
    assert " ".join(said.split()).count(" (example)") == len(listed)
