"""How the guide is laid out: old addresses, one calculator a page, and one next step."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from support.guide import DOCS, EVERY_PAGE, LANGUAGES, PAGES, blocks, front_matter, source

ADDRESSES: Final[Mapping[str, list[str]]] = tomllib.loads(
    (Path(__file__).parent / "addresses.toml").read_text("utf-8")
)
# Readers' pages that end with one step, and how many words each may have in any language.
WORDS: Final = {
    "month.md": 650,
    "doubt.md": 500,
    "goals.md": 450,
    "satisfaction.md": 300,
    "response-time.md": 300,
    "handling-time.md": 300,
    "plan.md": 420,
    "questions.md": 700,
    "data-points.md": 1150,
    "data-points/freshdesk.md": 330,
    "data-points/hootsuite.md": 330,
    "data-points/khoros.md": 330,
    "data-points/other-tool.md": 330,
    "data-points/sprout-social.md": 330,
    "data-points/survey.md": 300,
    "data-points/wage.md": 400,
    "data-points/zendesk.md": 330,
}
HOME_WORDS: Final = 320
ANSWER_WORDS: Final = 60
# What a page has besides words for readers.
_NO_WORDS: Final = re.compile(
    r"```.*?```|\A---.*?\n---\n|\]\([^)]*\)|\{roi\}`[^`]*`|\{ #[^}]*\}", re.DOTALL
)
# A month and a program of such months.
SEVERAL: Final = {"programme.md"}
AUTHORS: Final = re.compile(r"\]\(authors\.md")


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
    assert len(calculators) <= 1 or page in SEVERAL


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", WORDS)
def test_a_readers_page_is_short_and_ends_with_one_step(page: str, language: str) -> None:
    assert _words(language, page) <= WORDS[page]
    *_, last = source(language, page).rstrip().splitlines()
    assert re.fullmatch(
        r"[^:]+: \[[^\]]+\]\((?:\.\./)?[\w-]+\.md(?:#[\w-]+)?\)(?:\{ #\w+ \})?", last
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_are_led_to_the_developers_by_the_last_line_of_home_alone(language: str) -> None:
    leading = [page for page in PAGES if AUTHORS.search(source(language, page))]
    assert leading == ["index.md"]
    *_, last, _ = source(language, "index.md").rstrip().splitlines()
    assert AUTHORS.search(last)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_is_the_calculator_and_few_words(language: str) -> None:
    assert _words(language, "index.md") <= HOME_WORDS
    assert front_matter(language, "index.md")["hide"] == ["navigation", "toc"]
    before, _, _ = source(language, "index.md").partition("```roi-calculator")
    assert [
        line[:2] for line in before.split("\n---\n")[1].splitlines() if line.startswith("#")
    ] == ["# "]
