"""The guide's numbers are the calculators' numbers: text and code cannot drift apart."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import markdown
import pytest

from mkdocs_roi_calculator.settings import KEYS
from roi_calc.benchmarks import benchmarks
from roi_calc.calculators import CALCULATORS
from roi_calc.inputs import changed
from roi_calc.number_format import number_format
from roi_calc.schema import outputs_of
from support.sites import ROOT

GUIDE = ROOT / "docs" / "en"
# Any: TOML's tables
CLAIMS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "guide.toml").read_text("utf-8"))
OTHERS: dict[str, dict[str, str]] = CLAIMS.pop("others")


def _text(page: str) -> str:
    """Return a page's prose: no front matter, no blocks, no addresses."""
    text = re.sub(r"\A---\n.*?\n---\n", "", (GUIDE / page).read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"\]\([^)]*\)", "]", text)


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\$?\d(?:[\d,]*\d)?(?:\.\d+)?%?", text))


def _value(written: str) -> float:
    value = number_format("en").read(written.replace("$", "").strip("%"))
    return value / 100 if written.endswith("%") else value


def _computed(calculator: str, inputs: Mapping[str, str]) -> Mapping[str, float | None]:
    values = {name: _value(written) for name, written in inputs.items()}
    known = CALCULATORS[calculator]
    return outputs_of(known, known.compute(changed(known, known.inputs_type(), values)))


CASES = [(page, claim) for page, claims in CLAIMS.items() for claim in claims]


@pytest.mark.parametrize(("page", "claim"), CASES, ids=str)
def test_what_the_guide_says_is_what_the_calculator_gives(
    page: str, claim: Mapping[str, Any]
) -> None:
    computed = _computed(claim.get("calculator", "deflection"), claim["inputs"])
    said = _numbers(_text(page))
    for name, written in claim["outputs"].items():
        assert written.removeprefix("-") in said, f"{page} does not say {written}"
        # 62.4% stands for anything from 62.35 % to 62.45 %.
        decimals = len(written.rstrip("%").partition(".")[2])
        tolerance = 0.5 * 10**-decimals / (100 if written.endswith("%") else 1)
        assert computed[name] == pytest.approx(_value(written), abs=tolerance), name


@pytest.mark.parametrize("page", CLAIMS)
def test_every_number_of_the_page_is_accounted_for(page: str) -> None:
    known = set(OTHERS[page])
    for claim in CLAIMS[page]:
        known |= {*claim["inputs"].values()}
        known |= {written.removeprefix("-") for written in claim["outputs"].values()}
    assert _numbers(_text(page)) - known == set()


def test_the_blocks_of_the_month_are_those_the_text_works_out() -> None:
    blocks = re.findall(
        r"^```roi-calculator\n(.*?)^```$",
        (GUIDE / "month.md").read_text("utf-8"),
        flags=re.DOTALL | re.MULTILINE,
    )
    assert len(blocks) == 4
    assert "cost_per_request: 8.01" in blocks[1]
    parts = CLAIMS["month.md"][4]["inputs"]
    for name, written in parts.items():
        assert f"{name}: {written.strip('$')}" in blocks[3]


def test_the_authors_page_names_every_setting_as_the_code_does() -> None:
    table = (GUIDE / "authors.md").read_text("utf-8")
    for key, meaning in KEYS.items():
        row = re.search(rf"^\| `{key}` \| ([^|]*) \|$", table, flags=re.MULTILINE)
        assert row, key
        assert row[1].startswith(meaning.partition(":")[0]), key


def test_the_reference_has_every_calculator_with_its_inputs_and_results() -> None:
    page = (GUIDE / "calculators.md").read_text("utf-8")
    for name, calculator in CALCULATORS.items():
        for table, rows in (("inputs", calculator.fields), ("results", calculator.results)):
            block = f"```roi-calculator\ncalculator: {name}\nshow: {table}\n```"
            assert block in page
            html = markdown.markdown(block, extensions=["roi_calculator"])
            for row in rows:
                assert f"<td><code>{row}</code></td>" in html


def test_the_table_of_published_figures_has_all_of_them_with_their_grade() -> None:
    block = "```roi-calculator\nshow: all-benchmarks\n```"
    html = markdown.markdown(block, extensions=["roi_calculator"])
    assert html.count("<tr>") == len(benchmarks()) + 1
    assert "$8.01" in html
    # No more precise than the source: under a dollar, and over seven minutes.
    assert "&lt; $1.00" in html
    assert "&gt; 7 minutes" in html
    assert "weak source" in html


def test_the_example_of_an_own_calculator_is_the_file_that_the_page_runs() -> None:
    page = (GUIDE / "own-calculators.md").read_text("utf-8")
    file = (ROOT / "docs" / "calculators" / "clv.py").read_text("utf-8")
    assert f"```python\n{file}```\n" in page


def test_the_blocks_on_the_authors_page_are_right() -> None:
    page = (GUIDE / "authors.md").read_text("utf-8")
    blocks = re.findall(
        r"^````\n(```roi-calculator\n(?:(?!````).)*?```)\n````$", page, re.DOTALL | re.MULTILINE
    )
    assert len(blocks) == 3
    for block in blocks:
        assert "<roi-calculator" in markdown.markdown(block, extensions=["roi_calculator"])
