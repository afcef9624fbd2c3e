"""The form of the guide's pages: titles, headings and anchors, and alike in every language."""

import itertools
import re
from typing import Any

import pytest

from roi_calc.catalog import messages
from roi_calc.locales import locale_file
from support.guide import (
    EVERY_FILE,
    EVERY_PAGE,
    LANGUAGES,
    PAGES,
    SOURCE_LANGUAGE,
    blocks,
    front_matter,
    headings,
    live_values,
    source,
)

MAXIMUM_TITLE = 60
MAXIMUM_DESCRIPTION = 155
# Words of a block; the rest of it says the same in every language.
WORDS = ("title", "language")
AUTHORS_PAGES = [(each, page) for each, page in EVERY_FILE if page not in PAGES]


@pytest.mark.parametrize(("language", "page"), EVERY_FILE)
def test_a_page_says_what_it_is_in_few_words(language: str, page: str) -> None:
    meta = front_matter(language, page)
    assert 0 < len(meta["title"]) <= MAXIMUM_TITLE
    assert 0 < len(meta["description"]) <= MAXIMUM_DESCRIPTION


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["title", "description"])
def test_no_two_pages_say_that_they_are_the_same(key: str, language: str) -> None:
    said = [front_matter(each, page)[key] for each, page in EVERY_FILE if each == language]
    assert sorted(set(said)) == sorted(said)


@pytest.mark.parametrize(("language", "page"), EVERY_PAGE)
def test_a_page_has_one_first_heading_and_skips_no_level(language: str, page: str) -> None:
    levels = [heading.level for heading in headings(language, page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    for one, next_one in itertools.pairwise(levels):
        assert next_one <= one + 1


@pytest.mark.parametrize(("language", "page"), EVERY_PAGE)
def test_a_page_has_the_same_anchors_in_every_language(language: str, page: str) -> None:
    anchors = [(each.level, each.anchor) for each in headings(language, page)]
    assert all(anchor for level, anchor in anchors if level == 2)
    assert anchors == [(each.level, each.anchor) for each in headings(SOURCE_LANGUAGE, page)]


def _said_alike(block: dict[str, Any]) -> dict[str, Any]:
    """Return a block without its words."""
    kept = {key: value for key, value in block.items() if key not in WORDS}
    if "scenarios" in kept:
        kept["scenarios"] = list(kept["scenarios"].values())
    return kept


@pytest.mark.parametrize(("language", "page"), EVERY_PAGE)
def test_a_page_has_the_same_blocks_in_every_language(language: str, page: str) -> None:
    here, there = (
        [_said_alike(dict(block)) for block in blocks(each, page)]
        for each in (language, SOURCE_LANGUAGE)
    )
    assert here == there


@pytest.mark.parametrize(("language", "page"), EVERY_PAGE)
def test_a_page_shows_the_same_live_values_in_every_language(language: str, page: str) -> None:
    assert live_values(language, page) == live_values(SOURCE_LANGUAGE, page)


@pytest.mark.parametrize(("language", "page"), EVERY_PAGE)
def test_a_page_leads_to_the_same_places_in_every_language(language: str, page: str) -> None:
    # What is not translated is linked in English.
    def targets(tag: str) -> set[str]:
        return set(re.findall(rf"\]\((?:\.\./{SOURCE_LANGUAGE}/)?([^)\s]+)\)", source(tag, page)))

    assert targets(language) == targets(SOURCE_LANGUAGE)


@pytest.mark.parametrize(("language", "page"), AUTHORS_PAGES)
def test_an_authors_page_has_the_same_blocks_and_keys_in_every_language(
    language: str, page: str
) -> None:
    def keys(tag: str) -> list[str]:
        return re.findall(r"^\| (`[^|]*`) \|", source(tag, page), re.MULTILINE)

    assert keys(language) == keys(SOURCE_LANGUAGE)
    assert blocks(language, page) == blocks(SOURCE_LANGUAGE, page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_glossary_uses_the_calculators_own_words(language: str) -> None:
    catalog = messages(locale_file(f"{language}.po"))
    labels = {text for key, text in catalog if key.endswith(".label")}
    rows = re.findall(r"^\|.*\| ([^|\n]*) ?\|$", source(language, "glossary.md"), re.MULTILINE)
    head, *names = [row.strip() for row in rows]
    assert len(names) > 40
    assert set(names) - {head, ""} - labels == set()
