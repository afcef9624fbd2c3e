"""Where a block is a block, and where it stays what it is: each case is a file beside this one.

A calculator in the expected HTML is shortened to its title, currency and net saving.
"""

import re
from pathlib import Path

import markdown
import pytest

from mkdocs_roi_calculator.blocks.mistakes import RoiCalculatorError

FENCES = Path(__file__).parent / "fences"
EXTENSIONS = {
    "superfences": [
        "admonition",
        "pymdownx.details",
        "pymdownx.superfences",
        "pymdownx.tabbed",
        "roi_calculator",
    ],
    "plain": ["fenced_code", "roi_calculator"],
}
CASES = sorted(FENCES.glob("*/*.md"))


def _converted(source: str, extensions: list[str]) -> str:
    html = markdown.markdown(source, extensions=extensions)
    return re.sub(r"<roi-calculator\b.*?</roi-calculator>", _shortened, html, flags=re.DOTALL)


def _shortened(block: re.Match[str]) -> str:
    title = re.search(r'class="roi-title"[^>]*>(.*?)</p>', block[0])
    currency = re.search(r' currency="(\w+)"', block[0])
    saving = re.search(r'data-output="net_saving" data-value="([^"]*)"', block[0])
    assert title
    assert currency
    assert saving
    return f"[{title[1]} | {currency[1]} | {saving[1]}]"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_fence(case: Path) -> None:
    source = case.read_bytes().decode()
    html = _converted(source, EXTENSIONS[case.parent.name])
    assert html == case.with_suffix(".html").read_text("utf-8").removesuffix("\n")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_the_order_of_the_extensions_does_not_matter(case: Path) -> None:
    source = case.read_bytes().decode()
    extensions = EXTENSIONS[case.parent.name]
    assert _converted(source, extensions[::-1]) == _converted(source, extensions)


def test_superfences_listed_twice_still_finds_the_block() -> None:
    extensions = ["pymdownx.superfences", "roi_calculator", "pymdownx.superfences"]
    assert "| 1500]" in _converted("```roi-calculator\n```\n", extensions)


def test_every_id_on_a_page_is_unique() -> None:
    html = markdown.markdown("```roi-calculator\n```\n\n" * 3, extensions=["roi_calculator"])
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) > 60
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "source",
    [
        "Some text:\n{}\n",
        "{}\nsome text\n",
        "{}\n{}\n",
        "* A\n\n    {}\n* B\n",
        "> text\n> {}\n",
        "!!! note\n    text\n    {}\n    more\n",
    ],
)
def test_no_block_ends_up_inside_a_paragraph(source: str) -> None:
    indent = re.search(r"^[ >]*(?=\{\})", source, flags=re.MULTILINE)
    block = f"```roi-calculator\n{indent[0] if indent else ''}```"
    html = markdown.markdown(source.replace("{}", block), extensions=EXTENSIONS["superfences"])
    assert html.count("<roi-calculator") == source.count("{}")
    for before in html.split("<roi-calculator")[:-1]:
        assert before.count("<p>") + before.count("<p ") == before.count("</p>"), html[:300]


@pytest.mark.parametrize(
    "extensions",
    [
        ["pymdownx.superfences", "roi_calculator", "mkdocs_roi_calculator.extension"],
        ["roi_calculator", "roi_calculator"],
    ],
)
def test_the_extension_under_both_its_names_works_once(extensions: list[str]) -> None:
    assert "| 1500]" in _converted("```roi-calculator\n```\n", extensions)


def test_a_fence_of_the_sites_own_with_our_name_does_not_win() -> None:
    own = {"custom_fences": [{"name": "roi-calculator", "class": "mine"}]}
    html = markdown.markdown(
        "```roi-calculator\n```\n",
        extensions=["pymdownx.superfences", "roi_calculator"],
        extension_configs={"pymdownx.superfences": own},
    )
    assert "<roi-calculator" in html


def test_converting_twice_with_one_instance_gives_the_same() -> None:
    md = markdown.Markdown(extensions=["pymdownx.superfences", "roi_calculator"])
    source = "```roi-calculator\n```\n"
    first = md.convert(source)
    md.reset()
    assert md.convert(source) == first


@pytest.mark.parametrize(
    "name", ["roi_calculator", "ROI-Calculator", "roicalculator", ".Roi_calculator"]
)
@pytest.mark.parametrize("extensions", EXTENSIONS.values(), ids=EXTENSIONS)
def test_a_block_whose_name_is_a_slip_is_a_mistake(name: str, extensions: list[str]) -> None:
    info = f"{{{name}}}" if name.startswith(".") else name
    said = f"a block called '{name.removeprefix('.')}'; expected 'roi-calculator'"
    with pytest.raises(RoiCalculatorError, match=said):
        markdown.markdown(f"```{info}\n```\n", extensions=extensions)


@pytest.mark.parametrize("name", ["roi-calculator-old", "calculator", "roi", "roi-calc"])
@pytest.mark.parametrize("extensions", EXTENSIONS.values(), ids=EXTENSIONS)
def test_another_name_is_none_of_ours(name: str, extensions: list[str]) -> None:
    assert "currency: EUR" in markdown.markdown(
        f"```{name}\ncurrency: EUR\n```\n", extensions=extensions
    )


def test_a_slip_that_is_only_written_about_stops_nothing() -> None:
    source = "    ```roi_calculator\n    ```\n\n````\n```roi_calculator\n```\n````\n"
    html = markdown.markdown(source, extensions=EXTENSIONS["superfences"])
    assert html.count("```roi_calculator") == 2


def test_a_fence_of_the_sites_own_with_such_a_name_is_its_own() -> None:
    own = {"custom_fences": [{"name": "roi_calculator", "class": "mine"}]}
    html = markdown.markdown(
        "```roi_calculator\n```\n",
        extensions=["pymdownx.superfences", "roi_calculator"],
        extension_configs={"pymdownx.superfences": own},
    )
    assert 'class="mine"' in html
