"""Where a block is a block, and where it stays what it is: each case is a file in tests/fences.

A calculator in the expected HTML is shortened to its title, currency and net saving.
"""

import re
from pathlib import Path

import markdown
import pytest

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


def test_converting_twice_with_one_instance_gives_the_same() -> None:
    md = markdown.Markdown(extensions=["pymdownx.superfences", "roi_calculator"])
    source = "```roi-calculator\n```\n"
    first = md.convert(source)
    md.reset()
    assert md.convert(source) == first
