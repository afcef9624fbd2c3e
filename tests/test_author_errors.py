"""An author's mistake stops the build, in one line: file, line, found, expected."""

import textwrap
from pathlib import Path

import pytest

from roi_calc.text import languages
from support.sites import run_tool, write_site

CONFIG = """
site_name: Test
theme: mkdocs
plugins: [roi-calculator]
markdown_extensions: [{}]
"""
# Line 1 is the heading, line 3 the fence, line 4 the first line of the block.
PAGE = "# Page\n\n```roi-calculator{header}\n{body}```\n"

MISTAKES = {
    "unknown calculator": (
        "calculator: deflecton\n",
        4,
        "unknown calculator 'deflecton'; expected one of deflection, handling-time, response-time, "
        "retention, programme, loaded-rate; did you mean 'deflection'?",
    ),
    "unknown key": (
        "title: A\ncurency: EUR\n",
        5,
        "unknown key 'curency'; expected one of calculator, show, currency, language, boot, id, "
        "title, values, targets, scenarios, links; did you mean 'currency'?",
    ),
    "unknown input": (
        "values:\n  request: 250\n",
        5,
        "unknown input 'request'; expected one of requests, cost_per_request, investment, "
        "deflection_share, repeat_share, phone_share, phone_cost, email_share, email_cost, "
        "chat_share, chat_cost, tool_cost, staff_hours, hourly_rate, advertising, request_cost, "
        "period; did you mean 'requests'?",
    ),
    "unknown currency": (
        "currency: EURO\n",
        4,
        "unknown currency 'EURO'; expected an ISO 4217 code such as USD or EUR; "
        "did you mean 'EUR'?",
    ),
    "unknown language": (
        "language: fr\n",
        4,
        f"unknown language 'fr'; expected one of {', '.join(languages())}, or one of these with a "
        "region, such as es-MX",
    ),
    "below the minimum": (
        "values:\n  requests: -1\n",
        5,
        "requests: -1 is below the minimum of 0.",
    ),
    "above the maximum": (
        "values:\n  requests: 99999999999\n",
        5,
        "requests: 99999999999 is above the maximum of 1000000000.",
    ),
    "not a number": (
        "values:\n  requests: many\n",
        5,
        "requests: “many” is not a number. Write it like 1234.5.",
    ),
    "a number in another convention": (
        "values:\n  cost_per_request: 8,01\n",
        5,
        "cost_per_request: “8,01” is not how numbers are written here. Did you mean 8.01?",
    ),
    "a word that YAML would make a truth value": (
        "values:\n  requests: no\n",
        5,
        "requests: “no” is not a number. Write it like 1234.5.",
    ),
    "an empty value": (
        "values:\n  requests:\n",
        5,
        "requests: Enter a number, such as 1234.5.",
    ),
    "a total beside its part": (
        "values:\n  investment: 500\n  tool_cost: 5\n",
        5,
        "investment: Given as a total and by its part “Tools and platforms”. "
        "Give one or the other.",
    ),
    "a part without the one it needs": (
        "values:\n  staff_hours: 5\n",
        3,
        "hourly_rate: Enter this too: “Staff time” is filled in and cannot be used without it.",
    ),
    "a key that stands twice": (
        "currency: EUR\ncurrency: USD\n",
        5,
        "'currency' is set twice; expected each key once",
    ),
    "an input that stands twice": (
        "values:\n  requests: 1\n  requests: 2\n",
        6,
        "'requests' is set twice; expected each key once",
    ),
    "a target that is no output": (
        "targets:\n  net_savings: 3\n",
        5,
        "unknown output 'net_savings'; expected one of cost_per_request, avoided_requests, "
        "gross_saving, investment, net_saving, roi, benefit_cost_ratio, cost_per_resolution, "
        "gross_saving_per_year, investment_per_year, net_saving_per_year, break_even_share, "
        "break_even_cost_per_request, break_even_requests; did you mean 'net_saving'?",
    ),
    "a target that is no number": (
        "targets:\n  net_saving: lots\n",
        5,
        "net_saving: 'lots' is not a number; write it like 1234.5",
    ),
    "a scenario with an unknown input": (
        "values:\n  requests: 5\nscenarios:\n  Cautious:\n    request: 3\n",
        8,
        "unknown input 'request'; expected one of requests, cost_per_request, investment, "
        "deflection_share, repeat_share, phone_share, phone_cost, email_share, email_cost, "
        "chat_share, chat_cost, tool_cost, staff_hours, hourly_rate, advertising, request_cost, "
        "period; did you mean 'requests'?",
    ),
    "a scenario with a bad value": (
        "values:\n  requests: 5\nscenarios:\n  Cautious:\n    requests: -3\n",
        8,
        "requests: -3 is below the minimum of 0.",
    ),
    "a scenario with a range": (
        "scenarios:\n  Cautious:\n    requests: 1..2..3\n",
        6,
        "requests: a range in a scenario; expected one number",
    ),
    "a scenario that is no mapping": (
        "scenarios:\n  Cautious: 3\n",
        5,
        "Cautious: '3' is not a mapping; expected indented lines such as 'requests: 80'",
    ),
    "a range of two numbers": (
        "values:\n  requests: 80..130\n",
        5,
        "requests: “80..130” is not a range. Write the lowest, the likely and the highest value, "
        "such as 80..100..130.",
    ),
    "a range in the wrong order": (
        "values:\n  requests: 130..100..80\n",
        5,
        "requests.low: The likely value is 100: the lowest must not be above it, nor the highest "
        "below.",
    ),
    "a range where there can be none": (
        "values:\n  phone_share: 0.4..0.5..0.6\n  phone_cost: 20\n",
        5,
        "phone_share: A range is of no use here. Enter one number.",
    ),
    "shares that do not sum": (
        "values:\n  phone_share: 0.5\n  phone_cost: 20\n  email_share: 0.4\n  email_cost: 8\n",
        7,
        "email_share: The shares add up to 90 %. Together they must be 100 %.",
    ),
    "an unknown answer": (
        "values:\n  period: fortnight\n",
        5,
        "period: “fortnight” is none of the answers; expected week, month, quarter or year.",
    ),
    "a link to an unknown calculator": (
        "links:\n  loaded: month.md\n",
        5,
        "unknown calculator 'loaded'; expected one of deflection, handling-time, response-time, "
        "retention, programme, loaded-rate; did you mean 'loaded-rate'?",
    ),
    "a link to a page that is not there": (
        "links:\n  loaded-rate: month.md\n",
        5,
        "links: loaded-rate: 'month.md' is not in the docs folder; expected a page such as "
        "'guide/month.md', or an address",
    ),
    "an unknown thing to show": (
        "show: input\n",
        4,
        "show: 'input' is unknown; expected one of calculator, inputs, results, benchmarks, "
        "all-benchmarks, formulas, options; "
        "did you mean 'inputs'?",
    ),
    "values that are no mapping": (
        "values: 3\n",
        4,
        "values: '3' is not a mapping; expected indented lines such as 'requests: 250'",
    ),
    "a list for a value": (
        "values:\n  requests: [1, 2]\n",
        5,
        "requests: ['1', '2'] is not a single text or number",
    ),
    "text that is no mapping": (
        "just words\n",
        3,
        "'just words' is not a mapping; expected lines such as 'currency: EUR'",
    ),
    "broken YAML": (
        "values: [1\n",
        4,
        "not YAML: expected ',' or ']', but got '<stream end>'; "
        "expected lines such as 'currency: EUR'",
    ),
    "half of a character": (
        'currency: USD\ntitle: "\\ud83d"\n',
        5,
        "'\\ud83d' is half of a character; expected the character itself",
    ),
    "an alias": (
        "title: &a A\nlanguage: *a\n",
        4,
        "a YAML anchor or alias; expected the value itself",
    ),
    "a tag": (
        "title: !!python/object:os.system A\n",
        4,
        "the YAML tag 'tag:yaml.org,2002:python/object:os.system'; expected a plain text or number",
    ),
    "too deep": (
        f"values: {'[' * 40}{']' * 40}\n",
        4,
        "more than 32 levels of nesting",
    ),
    "too long": (
        f"title: {'a' * 70_000}\n",
        3,
        "70007 characters; expected at most 65536",
    ),
    "too long a title": (
        f"title: {'a' * 300}\n",
        4,
        "title: 300 characters; expected at most 200",
    ),
}


def _said(folder: Path, page: str, *, extensions: str = "pymdownx.superfences") -> str:
    """Build a site of one page, which must fail; return the line that says why."""
    write_site(folder, CONFIG.format(extensions), {"index.md": page})
    built = run_tool("mkdocs", "build", cwd=folder)
    assert built.returncode != 0, built.stderr
    assert "Traceback" not in built.stderr
    lines = [
        line for line in built.stderr.splitlines() if "index.md:" in line and "page '" not in line
    ]
    assert len(lines) == 1, built.stderr
    return lines[0].removeprefix("ERROR   -  ")


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake(name: str, tmp_path: Path) -> None:
    body, line, message = MISTAKES[name]
    said = _said(tmp_path, PAGE.format(header="", body=body))
    assert said == f"docs/index.md:{line}: roi-calculator: {message}"


NEVER_CLOSED = (
    "roi-calculator: the block is never closed where it stands; expected a closing fence under it, "
    "such as ```, with the same indentation and nothing behind it"
)
MARGIN = "; in lists, quotes and the like, blocks need pymdownx.superfences"
UNCLOSED = {
    "never closed": "Text.\n\n```roi-calculator\ncurrency: EUR\n",
    "words behind the closing fence": "Text.\n\n```roi-calculator\ncurrency: EUR\n``` x\n",
    "closed by too short a fence": "Text.\n\n````roi-calculator\ncurrency: EUR\n```\n",
    "never closed in a list": "* A\n\n    ```roi-calculator\n    currency: EUR\n\nText.\n",
}


@pytest.mark.parametrize("name", UNCLOSED)
@pytest.mark.parametrize("extensions", ["pymdownx.superfences", "tables"])
def test_a_block_that_is_never_closed(name: str, extensions: str, tmp_path: Path) -> None:
    said = _said(tmp_path, f"# Page\n\n{UNCLOSED[name]}", extensions=extensions)
    margin = MARGIN if extensions == "tables" else ""
    assert said == f"docs/index.md:5: {NEVER_CLOSED}{margin}"


def test_a_closing_fence_with_another_indentation(tmp_path: Path) -> None:
    page = "# Page\n\n```roi-calculator\ncurrency: EUR\n  ```\n\nText.\n"
    assert _said(tmp_path, page) == f"docs/index.md:3: {NEVER_CLOSED}"


def test_without_superfences_a_block_in_a_list_is_no_silent_loss(tmp_path: Path) -> None:
    page = "# Page\n\n* A\n\n    ```roi-calculator\n    ```\n"
    assert _said(tmp_path, page, extensions="tables") == f"docs/index.md:5: {NEVER_CLOSED}{MARGIN}"


@pytest.mark.parametrize("extensions", ["pymdownx.superfences", "tables"])
def test_what_is_only_written_about_stops_nothing(extensions: str, tmp_path: Path) -> None:
    page = (
        "# Page\n\nThe `roi-calculator` block, or \\`\\`\\`roi-calculator.\n\n"
        "    ```roi-calculator\n    never closed, but code\n\n"
        "```roi-calculator-old\nanother name, never closed\n"
    )
    write_site(tmp_path, CONFIG.format(extensions), {"index.md": page})
    assert run_tool("mkdocs", "build", "--strict", cwd=tmp_path).returncode == 0


def test_an_example_before_the_block_does_not_take_its_line(tmp_path: Path) -> None:
    block = "```roi-calculator\nvalues:\n  requests: many\n```\n"
    page = f"# Page\n\n````\n{block}````\n\n{block}"
    assert _said(tmp_path, page).startswith("docs/index.md:12: roi-calculator: requests:")


def test_a_word_in_the_title_does_not_take_the_line_of_an_input(tmp_path: Path) -> None:
    page = PAGE.format(header="", body='title: "requests: many"\nvalues:\n  requests: -1\n')
    assert _said(tmp_path, page).startswith("docs/index.md:6: roi-calculator: requests: -1")


def test_an_input_outside_of_values_is_told_where_it_belongs(tmp_path: Path) -> None:
    said = _said(tmp_path, PAGE.format(header="", body="requests: 250\n"))
    assert said.endswith("; an input belongs under 'values:', indented")


def test_a_block_that_the_next_one_closes(tmp_path: Path) -> None:
    page = "# Page\n\n```roi-calculator\ncurrency: EUR\n\nText.\n\n```roi-calculator\n```\n"
    assert _said(tmp_path, page).startswith("docs/index.md:8: roi-calculator: not YAML")


def test_words_behind_the_name(tmp_path: Path) -> None:
    page = PAGE.format(header=' currency="EUR"', body="")
    assert _said(tmp_path, page).startswith("docs/index.md:3: roi-calculator: 'currency' behind")


def test_a_mistake_inside_a_list_is_found_on_its_line(tmp_path: Path) -> None:
    page = "# Page\n\n* A\n\n    ```roi-calculator\n    values:\n      request: 1\n    ```\n"
    assert _said(tmp_path, page).startswith("docs/index.md:7: roi-calculator: unknown input")


def test_a_mistake_in_a_quote_is_found_on_its_line(tmp_path: Path) -> None:
    page = "# Page\n\n> ```roi-calculator\n> currency: EURO\n> ```\n"
    assert _said(tmp_path, page).startswith("docs/index.md:4: roi-calculator: unknown currency")


@pytest.mark.parametrize(
    ("meta", "line", "message"),
    [
        ("currency: EURO", 3, "unknown currency 'EURO'"),
        ("values: {requests: -1}", 3, "requests: -1 is below the minimum of 0."),
        ("curency: EUR", 3, "front matter: unknown key 'curency'"),
        ("values: {requests: 010, requests: 8}", 3, "front matter: 'requests' is set twice"),
        ("title: [a]", 3, "front matter: title: ['a'] is not a single text or number"),
    ],
)
def test_a_mistake_in_the_front_matter_is_found_on_its_line(
    meta: str, line: int, message: str, tmp_path: Path
) -> None:
    page = f"---\nroi_calculator:\n  {meta}\n---\n# Page\n\n```roi-calculator\n```\n"
    assert _said(tmp_path, page).startswith(f"docs/index.md:{line}: roi-calculator: {message}")


@pytest.mark.parametrize("value", ["EUR", "[]", "[a]"])
def test_front_matter_that_is_no_mapping(value: str, tmp_path: Path) -> None:
    page = f"---\ntitle: T\nroi_calculator: {value}\n---\n# Page\n\n```roi-calculator\n```\n"
    said = _said(tmp_path, page)
    assert said.startswith("docs/index.md:3: roi-calculator: front matter: ")
    assert "is not a mapping" in said


def test_numbers_in_front_matter_are_read_as_they_are_written(tmp_path: Path) -> None:
    page = "---\nroi_calculator:\n  values: {requests: 010}\n---\n```roi-calculator\n```\n"
    write_site(tmp_path, CONFIG.format(""), {"index.md": page})
    assert run_tool("mkdocs", "build", "--strict", cwd=tmp_path).returncode == 0
    html = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert 'data-output="gross_saving" data-value="200"' in html


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("currency: EURO", "mkdocs.yml: roi-calculator: unknown currency 'EURO'"),
        ("boot: lod", "mkdocs.yml: roi-calculator: unknown boot 'lod'; expected one of visible, "),
        ("calculator: deflecton", "mkdocs.yml: roi-calculator: unknown calculator 'deflecton'"),
        ("pyodide: nowhere", "mkdocs.yml: roi-calculator: pyodide: 'nowhere' is not known"),
        ("pyodide: 'https://a.example/x'", "mkdocs.yml: roi-calculator: pyodide: 'https://a."),
    ],
)
def test_a_mistake_in_the_sites_configuration(option: str, message: str, tmp_path: Path) -> None:
    config = f"site_name: Test\nplugins:\n  - roi-calculator:\n      {option}\n"
    write_site(tmp_path, config, {"index.md": "# Page\n"})
    built = run_tool("mkdocs", "build", cwd=tmp_path)
    assert built.returncode != 0
    assert message in built.stderr
    assert "Traceback" not in built.stderr


def test_an_option_that_the_extension_does_not_have(tmp_path: Path) -> None:
    config = "site_name: Test\nmarkdown_extensions: [{roi_calculator: {curency: EUR}}]\n"
    write_site(tmp_path, config, {"index.md": "# Page\n"})
    built = run_tool("mkdocs", "build", cwd=tmp_path)
    assert built.returncode != 0
    assert "unknown option 'curency' of the extension" in built.stderr
    assert "did you mean 'currency'?" in built.stderr


def test_two_entries_of_the_plugin_add_up(tmp_path: Path) -> None:
    config = (
        "site_name: Test\nplugins:\n  - roi-calculator: {currency: GBP}\n"
        "  - roi-calculator: {language: es}\n"
    )
    write_site(tmp_path, config, {"index.md": "```roi-calculator\n```\n"})
    assert run_tool("mkdocs", "build", cwd=tmp_path).returncode == 0
    html = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert 'currency="GBP" language="es"' in html
    assert html.count("index.mjs") == 1


def test_later_layers_win_over_earlier_ones(tmp_path: Path) -> None:
    config = textwrap.dedent("""
        site_name: Test
        plugins:
          - roi-calculator: {currency: GBP, language: en-GB}
    """)
    meta = "---\nroi_calculator:\n  currency: EUR\n  values: {requests: 250, tool_cost: 10}\n---\n"
    page = meta + "```roi-calculator\nvalues: {cost_per_request: 10, investment: 100}\n```\n"
    write_site(tmp_path, config, {"index.md": page})
    assert run_tool("mkdocs", "build", "--strict", cwd=tmp_path).returncode == 0
    html = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert 'currency="EUR"' in html
    assert 'language="en-GB"' in html
    assert 'data-output="gross_saving" data-value="2500"' in html
    assert 'data-output="investment" data-value="100"' in html, "the block's total wins"
