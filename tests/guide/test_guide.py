"""The guide's numbers are the calculators' numbers: text and code cannot drift apart."""

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import markdown
import pytest

from mkdocs_roi_calculator.settings.settings import OPTIONS, layer_from, resolve
from roi_calc.answering.answer import Surveyed, answer_to
from roi_calc.answering.published_figures import Benchmark, benchmarks
from roi_calc.calculators import CALCULATORS
from roi_calc.language.language import language as words
from roi_calc.language.language import languages
from roi_calc.language.number_format import number_format
from roi_calc.language.number_reading import NumberError, parse_number
from roi_calc.language.po_catalog import messages
from roi_calc.language.rounding import threshold
from roi_calc.reading.inputs import Given, changed
from roi_calc.schema import Kind, outputs_of
from support.figures import CURRENCIES, Figure, claimed, figures
from support.guide import (
    EVERY_PAGE,
    LANGUAGES,
    SOURCE_LANGUAGE,
    blocks,
    live_values,
    prose,
    source,
)
from support.sites import ROOT

AUTHORS = ROOT / "docs" / "en"
EXAMPLES = ROOT / "docs" / "calculators"
OWN_CALCULATORS = sorted((ROOT / "docs").glob("*/own-calculators.md"))
# Any: TOML's tables
CLAIMS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "guide.toml").read_text("utf-8"))
OTHERS: dict[str, dict[str, str]] = CLAIMS.pop("others")
NAMES: list[str] = CLAIMS.pop("names")


Claim = Mapping[str, Any]


def _cases(kind: str) -> list[tuple[str, str, Claim]]:
    """Return the claims that have `outputs`, or those that have `live` values, per language."""
    return [
        (language, page, claim)
        for language in LANGUAGES
        for page, claims in CLAIMS.items()
        for claim in claims
        if kind in claim
    ]


def _named(part: str | Claim) -> str:
    return part if isinstance(part, str) else str(part["name"])


def _said(language: str, page: str) -> dict[Figure, str]:
    """Return every number of a page's prose, and how it is written there."""
    text = prose(language, page)
    for name in NAMES:
        text = text.replace(name, "")
    return {figure: written for written, figure in figures(language, text)}


def _published() -> set[Figure]:
    """Return the published figures that the calculators offer, and their years."""
    return set().union(*(_sizes(each) | _year(each) for each in benchmarks()))


def _sizes(published: Benchmark) -> set[Figure]:
    marks = {code: mark for mark, code in CURRENCIES.items()}
    is_share = published.kind is Kind.SHARE
    is_amount = published.kind is Kind.MONEY
    mark = "%" if is_share else marks[published.currency] if is_amount else ""
    sizes = (published.low, published.high, published.likely)
    return {Figure(mark, Decimal(repr(float(each))) * (100 if is_share else 1)) for each in sizes}


def _year(published: Benchmark) -> set[Figure]:
    return {Figure("", Decimal(published.year))} if published.year else set()


def _value(neutral: str) -> float:
    figure = claimed(neutral)
    size = -figure.size if neutral.startswith("-") else figure.size
    return float(size / 100 if figure.mark == "%" else size)


def _is_what_was_claimed(value: float | None, neutral: str) -> bool:
    """Tell whether a value is the claimed one: 62.4% stands for 62.35 % to 62.45 %."""
    figure = claimed(neutral)
    decimals = -int(figure.size.as_tuple().exponent)
    # A half may go either way, and is a hair more in binary.
    tolerance = 0.5 * (1 + 1e-9) * 10**-decimals / (100 if figure.mark == "%" else 1)
    return value == pytest.approx(_value(neutral), abs=tolerance)


@pytest.mark.parametrize(("language", "page", "claim"), _cases("outputs"), ids=_named)
def test_what_the_guide_says_is_what_the_calculator_gives(
    language: str, page: str, claim: Claim
) -> None:
    known = CALCULATORS[claim.get("calculator", "deflection")]
    values = {name: _value(neutral) for name, neutral in claim["inputs"].items()}
    computed = outputs_of(known, known.compute(changed(known, known.inputs_type(), values)))
    said = _said(language, page)
    for name, neutral in claim["outputs"].items():
        assert claimed(neutral) in said, f"{language}/{page} does not say {neutral}"
        assert _is_what_was_claimed(computed[name], neutral), name


@pytest.mark.parametrize(("language", "page", "claim"), _cases("at_low"), ids=_named)
def test_what_the_guide_says_of_a_survey_is_what_its_counts_tell(
    language: str, page: str, claim: Claim
) -> None:
    known = CALCULATORS[claim.get("calculator", "deflection")]
    values = {name: _value(neutral) for name, neutral in claim["inputs"].items()}
    inputs = changed(known, known.inputs_type(), values)
    (told,) = answer_to(known, Given(inputs), words(language), "USD").surveyed
    at_low = changed(known, inputs, {told.name: told.interval.low})
    found = {**_told(told, values), **outputs_of(known, known.compute(at_low))}
    said = _said(language, page)
    for name, neutral in {**claim.get("survey", {}), **claim.get("at_low", {})}.items():
        assert claimed(neutral) in said, f"{language}/{page} does not say {neutral}"
        assert _is_what_was_claimed(found[name], neutral), name


def _told(told: Surveyed, counts: Mapping[str, float]) -> dict[str, float | None]:
    """Return what a survey tells, by the names of the claims; the break-even as it is written."""
    assert told.needed is not None
    assert told.silent is not None
    assert told.answers_that_tell is not None
    answered, asked = counts[told.declared.answered], counts[told.declared.asked]
    return {
        "low": told.interval.low,
        "high": told.interval.high,
        "needed": threshold(told.needed, Kind.SHARE, "USD"),
        "answers": told.answers_that_tell,
        "missing": told.answers_that_tell - answered,
        "silent": asked - answered,
        "silent_low": told.silent.low,
        "silent_high": told.silent.high,
    }


@pytest.mark.parametrize(("language", "page", "claim"), _cases("live"), ids=_named)
def test_the_live_values_start_from_what_the_guide_tells(
    language: str, page: str, claim: Claim
) -> None:
    (block,) = [each for each in blocks(language, page) if each.get("id") == claim["block"]]
    layer = layer_from({key: value for key, value in block.items() if key != "id"})
    settings = resolve(layer)
    computed = outputs_of(settings.calculator, settings.calculator.compute(settings.given.inputs))
    live = live_values(language, page)
    for name, neutral in claim["live"].items():
        assert {f"{claim['block']}.{name}", f"{claim['block']}.{name}.working"} & live, name
        assert _is_what_was_claimed(computed[name], neutral), name


@pytest.mark.parametrize(("language", "page"), EVERY_PAGE)
def test_every_number_of_a_page_is_accounted_for(language: str, page: str) -> None:
    known = {claimed(neutral) for neutral in OTHERS.get(page, {})} | _published()
    for claim in CLAIMS.get(page, []):
        for part in ("inputs", "outputs", "survey", "at_low"):
            known |= {claimed(neutral) for neutral in claim.get(part, {}).values()}
    said = _said(language, page)
    assert [written for figure, written in said.items() if figure not in known] == []


@pytest.mark.parametrize("page", OTHERS)
def test_no_number_is_excused_that_no_page_has(page: str) -> None:
    said = _said(SOURCE_LANGUAGE, page)
    assert [neutral for neutral in OTHERS[page] if claimed(neutral) not in said] == []


@pytest.mark.parametrize("language", languages())
def test_the_table_of_options_has_every_key_with_its_default_and_places(language: str) -> None:
    block = f"```roi-calculator\nshow: options\nlanguage: {language}\n```"
    html = markdown.markdown(block, extensions=["roi_calculator"])
    rows = re.findall(
        r"<tr><td><code>([\w-]+)</code></td><td>(.*?)</td><td>(.*?)</td><td>(.*?)</td></tr>", html
    )
    assert [key for key, *_ in rows] == [each.key for each in OPTIONS]
    table = {key: (default, places) for key, _, default, places in rows}
    assert table["currency"][0] == "<code>USD</code>"
    assert table["id"][0] == ""
    assert [table[key][1].count(",") + 1 for key in ("id", "values", "currency")] == [1, 2, 3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_authors_page_has_its_options_from_the_code(language: str) -> None:
    assert {"show": "options"} in blocks(language, "authors.md")


def test_the_table_of_languages_says_how_each_reads_and_writes_numbers() -> None:
    page = (AUTHORS / "authors.md").read_text("utf-8")
    table = page.partition("| `language` | Words |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| (`[^|]*) \| [^|]* \| ([^|]*) \| ([^|]*) \|$", table, flags=re.MULTILINE)
    tags = [tag for names, *_ in rows for tag in re.findall(r"`([\w-]+)`", names)]
    assert set(tags) >= set(languages())
    for names, read, written in rows:
        for tag in re.findall(r"`([\w-]+)`", names):
            numbers = number_format(tag)
            assert numbers.number(1234.5) == written
            if read.startswith("asked"):
                with pytest.raises(NumberError):
                    parse_number("1.234", numbers)
            else:
                assert parse_number("1.234", numbers) == float(read)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CALCULATORS)
def test_every_calculator_has_a_page_with_its_inputs_results_and_formulas(
    name: str, language: str
) -> None:
    page = f"calculators/{name}.md"
    calculator = CALCULATORS[name]
    shown = [{"calculator": name, "show": show} for show in ("inputs", "results", "formulas")]
    assert blocks(language, page) == shown
    assert f"({page})" in source(language, "calculators.md")
    assert f": {page}\n" in (ROOT / "mkdocs.yml").read_text("utf-8")
    for table, rows in (("inputs", calculator.fields), ("results", calculator.results)):
        block = f"```roi-calculator\ncalculator: {name}\nshow: {table}\n```"
        html = markdown.markdown(block, extensions=["roi_calculator"])
        for row in rows:
            assert f"<td><code>{row}</code></td>" in html


def test_the_table_of_published_figures_has_all_of_them_with_their_grade() -> None:
    block = "```roi-calculator\nshow: all-benchmarks\n```"
    html = markdown.markdown(block, extensions=["roi_calculator"])
    assert html.count("<tr>") == len(benchmarks()) + 1
    assert "$8.01" in html
    # No more precise than the source: under a dollar, and over seven minutes.
    assert "&lt; $1" in html
    assert "&gt; 7 minutes" in html
    assert "weak source" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_asked_for_most_have_the_reliability_that_the_table_gives(
    language: str,
) -> None:
    listed = source(language, "benchmarks.md").partition("{ #figures }")[2].partition("<details")[0]
    lines = listed.strip().splitlines()
    assert len(lines) == 5
    for line in lines:
        said = {figure for _, figure in figures(language, line)}
        told = [each for each in benchmarks() if _sizes(each) & said and _year(each) & said]
        assert told, line
        for each in told:
            grade = words(language).words(f"grade.{each.grade}")
            (word,) = set(grade.split()) - {"source", "fuente", "sumber"}
            assert word in line


@pytest.mark.parametrize(("language", "said"), [("en", "Gartner, in "), ("es", "Gartner, en ")])
def test_where_a_published_figure_was_read_is_said_in_the_reader_s_language(
    language: str, said: str
) -> None:
    block = f"```roi-calculator\nlanguage: {language}\nshow: all-benchmarks\n```"
    assert f"{said}destinationCRM" in markdown.markdown(block, extensions=["roi_calculator"])


@pytest.mark.parametrize("page", OWN_CALCULATORS, ids=str)
def test_the_example_of_an_own_calculator_is_the_file_that_the_page_runs(page: Path) -> None:
    file = (EXAMPLES / "clv.py").read_text("utf-8")
    assert f"```python\n{file}```\n" in page.read_text("utf-8")


@pytest.mark.parametrize("page", OWN_CALCULATORS, ids=str)
def test_the_catalog_beside_the_example_says_what_the_page_shows_of_it(page: Path) -> None:
    (shown,) = re.findall(r"^```po\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    catalogs = (set(messages(each.read_text("utf-8"))) for each in EXAMPLES.glob("clv.*.po"))
    assert any(set(messages(shown)) <= catalog for catalog in catalogs)


def test_the_blocks_on_the_authors_page_are_right() -> None:
    page = (AUTHORS / "authors.md").read_text("utf-8")
    blocks = re.findall(
        r"^````\n(```roi-calculator\n(?:(?!````).)*?```)\n````$", page, re.DOTALL | re.MULTILINE
    )
    assert len(blocks) == 4
    for block in blocks:
        assert 'class="roi-calculator' in markdown.markdown(block, extensions=["roi_calculator"])
