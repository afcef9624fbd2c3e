"""How the guide is laid out: old addresses, one calculator a page, and one next step."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from support.guide import (
    DOCS,
    EVERY_PAGE,
    LANGUAGES,
    LIMITS,
    PAGES,
    blocks,
    front_matter,
    source,
)

ADDRESSES: Final[Mapping[str, list[str]]] = tomllib.loads(
    (Path(__file__).parent / "addresses.toml").read_text("utf-8")
)
HOME: Final = "index.md"
ANSWER_WORDS: Final = 60
# What a page has besides words for readers.
_NO_WORDS: Final = re.compile(
    r"```.*?```|\A---.*?\n---\n|\]\([^)]*\)|\{roi\}`[^`]*`|\{ #[^}]*\}", re.DOTALL
)
_LINK: Final = re.compile(r"\]\((\.\./)?([\w/-]+\.md)")
# For bloggers: the others say what each platform takes, and have a form of their own.
BLOG_PAGES: Final = ("embedding.md", "embedding-yours.md")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ADDRESSES)
def test_every_anchor_that_was_published_still_leads_somewhere(page: str, language: str) -> None:
    assert (DOCS / language / page).is_file()
    there = re.findall(r"\{ #([\w-]+) \}", source(language, page))
    assert set(ADDRESSES[page]) - set(there) == set()
    assert sorted(set(there)) == sorted(there)


@pytest.mark.parametrize(("language", "page"), EVERY_PAGE)
def test_a_readers_page_has_one_calculator(language: str, page: str) -> None:
    calculators = [block for block in blocks(language, page) if "show" not in block]
    assert len(calculators) <= 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_readers_page_has_few_words(page: str, language: str) -> None:
    assert _words(language, page) <= LIMITS[page]["words"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [*(page for page in PAGES if page != HOME), *BLOG_PAGES])
def test_a_readers_page_ends_with_one_step(page: str, language: str) -> None:
    *_, last = source(language, page).rstrip().splitlines()
    assert re.fullmatch(
        r"[^:]+: \[[^\]]+\]\((?:\.\./)?[\w/-]+\.md(?:#[\w-]+)?\)(?:\{ #\w+ \})?", last
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_is_short(language: str) -> None:
    _, *questions = source(language, "questions.md").split("\n### ")
    asked = [each.partition("\n")[2].partition("\n## ")[0] for each in questions]
    assert len(asked) == 8
    assert [each for each in asked if _words_of(each) > ANSWER_WORDS] == []


def _words(language: str, page: str) -> int:
    return _words_of(source(language, page))


def _words_of(text: str) -> int:
    return len(_NO_WORDS.sub("", text).split())


@pytest.mark.parametrize(("language", "page"), EVERY_PAGE)
def test_readers_are_led_elsewhere_by_the_last_line_of_home_alone(language: str, page: str) -> None:
    *above, last, _ = source(language, page).rstrip().splitlines()
    text = source(language, page) if page != HOME else "\n".join(above)
    folder = page.rpartition("/")[0]
    led = {_target(found[0], found[1], folder) for found in _LINK.findall(text)}
    assert led - set(PAGES) == set()
    if page == HOME:
        assert [found[1] for found in _LINK.findall(last)] == ["embedding.md", "authors.md"]


def _target(up: str, page: str, folder: str) -> str:
    return page if up or not folder else f"{folder}/{page}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_is_the_calculator_and_few_words(language: str) -> None:
    assert front_matter(language, HOME)["hide"] == ["navigation", "toc"]
    before, _, _ = source(language, HOME).partition("```roi-calculator")
    assert [
        line[:2] for line in before.split("\n---\n")[1].splitlines() if line.startswith("#")
    ] == ["# "]
