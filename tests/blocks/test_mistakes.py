"""An author's mistake stops the build, in one line: file, line, found, expected."""

import re
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown import markdown
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from mkdocs_roi_calculator.blocks.mistakes import RoiCalculatorError
from support.sites import run_tool, write_site

CONFIG = """
site_name: Test
theme: mkdocs
plugins: [roi-calculator]
markdown_extensions: [{}]
"""
# Line 1 is the heading, line 3 the fence, line 4 the first line of the block.
PAGE = "# Page\n\n```roi-calculator{header}\n{body}```\n"
LONG = {
    f"title: {'a' * 70_000}\n": "3: roi-calculator: 70007 characters; expected at most 65536",
    f"title: {'a' * 300}\n": "4: roi-calculator: title: 300 characters; expected at most 200",
}

MISTAKES = sorted((Path(__file__).parent / "mistakes").glob("*.md"))


def _build() -> None:
    """Build the site of the folder, as MkDocs' command does."""
    config = load_config()
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()


@pytest.fixture
def stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Callable[[str, str], list[str]]:
    """Builds a site of one page, which must fail, in this process; returns what MkDocs says."""

    def build_site(config: str, page: str) -> list[str]:
        write_site(tmp_path, config, {"index.md": page})
        monkeypatch.chdir(tmp_path)
        with pytest.raises(Abort):
            _build()
        return caplog.messages

    return build_site


@pytest.mark.parametrize("page", MISTAKES, ids=lambda page: page.stem)
def test_mistake(page: Path, stopped: Callable[[str, str], list[str]]) -> None:
    """Each is a page beside what is said of it; `…` stands for a list that grows."""
    expected = page.with_suffix(".txt").read_text("utf-8").removesuffix("\n")
    said = stopped(CONFIG.format("pymdownx.superfences"), page.read_text("utf-8"))[-1]
    assert re.fullmatch(re.escape(expected).replace("…", ".*"), said), said


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


@pytest.mark.parametrize("body", LONG, ids=["block", "title"])
def test_what_is_too_long(body: str, tmp_path: Path) -> None:
    assert _said(tmp_path, PAGE.format(header="", body=body)) == f"docs/index.md:{LONG[body]}"


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


KNOWN = "calculator, currency, language, view, boot, pyodide, calculators, links, embed"


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("currency: EURO", "mkdocs.yml:6: roi-calculator: unknown currency 'EURO'"),
        (
            "boot: lod",
            "mkdocs.yml:6: roi-calculator: unknown boot 'lod'; expected one of visible, ",
        ),
        ("calculator: deflecton", "mkdocs.yml:6: roi-calculator: unknown calculator 'deflecton'"),
        ("pyodide: nowhere", "mkdocs.yml:6: roi-calculator: pyodide: 'nowhere' is not known"),
        ("pyodide: 'https://a.example/x'", "mkdocs.yml:6: roi-calculator: pyodide: 'https://a."),
        ("embed: {imag: a.png}", "mkdocs.yml:6: roi-calculator: embed: unknown key 'imag'"),
        ("links:\n        lod: a.md", "mkdocs.yml:7: roi-calculator: unknown calculator 'lod'"),
        (
            "curency: EUR",
            "mkdocs.yml:6: roi-calculator: unknown option 'curency'; "
            f"expected one of {KNOWN}; did you mean 'currency'?",
        ),
        ("pyodid: self", f"expected one of {KNOWN}; did you mean 'pyodide'?"),
    ],
)
@pytest.mark.parametrize("form", ["  - roi-calculator:\n", "  roi-calculator:\n"])
def test_a_mistake_in_the_sites_configuration(
    form: str, option: str, message: str, stopped: Callable[[str, str], list[str]]
) -> None:
    config = f"site_name: Test\nsite_url: https://a.example/\nplugins:\n{form}      boot: load\n"
    said = stopped(f"{config}      {option}\n", "# Page\n")
    assert [message in each for each in said].count(True) == 1, said


def test_a_mistake_in_a_configuration_that_is_inherited_names_its_file(
    tmp_path: Path, stopped: Callable[[str, str], list[str]]
) -> None:
    base = "plugins:\n  - search\n  - roi-calculator: {curency: EUR}\n"
    (tmp_path / "base.yml").write_text(base, "utf-8")
    said = stopped("INHERIT: base.yml\nsite_name: Test\n", "# Page\n")
    assert "base.yml:3: roi-calculator: unknown option 'curency'" in str(said)


def test_a_live_value_in_a_title_of_nav_is_told_what_to_do(
    stopped: Callable[[str, str], list[str]],
) -> None:
    nav = "nav:\n  - A:\n    - 'Keep {roi}`roi`': index.md\n"
    said = stopped(f"site_name: Test\nplugins: [roi-calculator]\n{nav}", "# Page\n")[-1]
    assert said.startswith("mkdocs.yml:5: roi-calculator: nav: 'Keep {roi}`roi`'; a title here can")


def test_an_option_that_the_extension_does_not_have(tmp_path: Path) -> None:
    config = "site_name: Test\nmarkdown_extensions: [{roi_calculator: {curency: EUR}}]\n"
    write_site(tmp_path, config, {"index.md": "# Page\n"})
    built = run_tool("mkdocs", "build", cwd=tmp_path)
    assert built.returncode != 0
    assert "unknown option 'curency' of the extension" in built.stderr
    assert "did you mean 'currency'?" in built.stderr


def test_a_mistake_in_the_extensions_options_is_not_said_to_be_the_blocks() -> None:
    options = {"roi_calculator": {"currency": "EURO"}}
    with pytest.raises(RoiCalculatorError, match="in the site's options: unknown currency 'EURO'"):
        markdown("```roi-calculator\n```\n", extensions=[*options], extension_configs=options)


def test_two_entries_of_the_plugin_add_up(tmp_path: Path) -> None:
    config = (
        "site_name: Test\nplugins:\n  - roi-calculator: {currency: GBP}\n"
        "  - roi-calculator: {language: es}\n"
    )
    write_site(tmp_path, config, {"index.md": "```roi-calculator\n```\n"})
    assert run_tool("mkdocs", "build", cwd=tmp_path).returncode == 0
    html = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert 'currency="GBP" language="es"' in html
    assert html.count("index.js") == 1


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
