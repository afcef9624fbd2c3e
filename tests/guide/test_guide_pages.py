"""The form of the guide's pages: titles, headings and anchors, and alike in every language."""

import itertools
import re
from collections import Counter
from typing import Any, Final

import pytest
from markdown.extensions.toc import slugify

from roi_calc.language.locales import locale_file
from roi_calc.language.po_catalog import messages
from support.figures import Figure, figures
from support.guide import (
    DOCS,
    EVERY_FILE,
    EVERY_PAGE,
    LANGUAGES,
    PAGES,
    SOURCE_LANGUAGE,
    blocks,
    front_matter,
    headings,
    live_values,
    prose,
    source,
)
from support.sites import ROOT

MAXIMUM_TITLE = 60
MAXIMUM_DESCRIPTION = 155
# Its English is the repository's.
CHANGELOG: Final = ROOT / "CHANGELOG.md"
# Words of a block; the rest of it says the same in every language.
WORDS = ("title", "language")
# The same of a calculator that is written in the block, as a table.
WORDS_OF_A_TABLE = ("label", "help", "unit", "options")
EMBEDDING_PAGES = [(each, page) for each, page in EVERY_FILE if page.startswith("embedding")]
NO_PLATFORMS: Final = ("developers", "server", "yours")
PLATFORM_PAGES = [
    (each, page)
    for each, page in EMBEDDING_PAGES
    if page not in {"embedding.md"} | {f"embedding-{name}.md" for name in NO_PLATFORMS}
]
MINIMUM_PICTURE_WORDS = 60
MAXIMUM_PICTURE_BYTES = 100_000
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
    for half in {"inputs", "results"} & set(kept):
        kept[half] = [(name, _without_words(each)) for name, each in kept[half].items()]
    return kept


def _without_words(declared: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in declared.items() if key not in WORDS_OF_A_TABLE}


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
    assert _targets(language, page) == _targets(SOURCE_LANGUAGE, page)


def _targets(language: str, page: str) -> set[str]:
    # What is not translated is linked in English.
    link = rf"\]\((?:\.\./{SOURCE_LANGUAGE}/)?([^)\s]+)\)"
    return set(re.findall(link, source(language, page)))


@pytest.mark.parametrize(("language", "page"), AUTHORS_PAGES)
def test_an_authors_page_has_the_same_blocks_and_keys_in_every_language(
    language: str, page: str
) -> None:
    def keys(tag: str) -> list[str]:
        return re.findall(r"^\| (`[^|]*`) \|", source(tag, page), re.MULTILINE)

    assert keys(language) == keys(SOURCE_LANGUAGE)
    here, there = (
        [_said_alike(dict(block)) for block in blocks(each, page)]
        for each in (language, SOURCE_LANGUAGE)
    )
    assert here == there


@pytest.mark.parametrize(("language", "page"), EMBEDDING_PAGES)
def test_a_page_on_embedding_has_the_same_anchors_codes_and_links_in_every_language(
    language: str, page: str
) -> None:
    assert _anchors(language, page) == _anchors(SOURCE_LANGUAGE, page)
    assert _codes(language, page) == _codes(SOURCE_LANGUAGE, page)
    assert _targets(language, page) == _targets(SOURCE_LANGUAGE, page)


def _anchors(language: str, page: str) -> list[str]:
    _, *below = headings(language, page)
    return [each.anchor or slugify(each.title, "-") for each in below]


def _codes(language: str, page: str) -> list[str]:
    text = source(language, page)
    return re.findall(r"^```\w+\n.*?^```$", text, re.DOTALL | re.MULTILINE)


# In bold are the buttons and choices that somebody has to find there, and nothing else; but for
# the page that says what a host has to allow.
@pytest.mark.parametrize(
    ("language", "page"), [each for each in EMBEDDING_PAGES if each[1] != "embedding-server.md"]
)
def test_what_a_page_on_embedding_names_stands_in_the_dialog(language: str, page: str) -> None:
    catalog = messages(locale_file(f"{language}.po"))
    dialog = [text for key, text in catalog if key.startswith("embed.")]
    named = re.findall(r"\*\*([^*]+)\*\*", source(language, page))
    assert [each for each in named if not any(each in text for text in dialog)] == []


@pytest.mark.parametrize(("language", "page"), PLATFORM_PAGES)
def test_a_page_on_a_platform_has_a_light_picture_that_is_also_told_in_words(
    language: str, page: str
) -> None:
    pictures = re.findall(r"!\[(.*)\]\((\w+:\w+|images/[\w.-]+)\)", source(language, page))
    assert pictures
    for words, picture in pictures:
        assert len(words) > MINIMUM_PICTURE_WORDS
        if not picture.startswith("drawn:"):
            assert (DOCS / language / picture).stat().st_size < MAXIMUM_PICTURE_BYTES


def test_every_page_is_there_in_every_language() -> None:
    pages = [{page for each, page in EVERY_FILE if each == language} for language in LANGUAGES]
    assert pages == [pages[0]] * len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_changelog_has_the_same_releases_and_entries_in_every_language(language: str) -> None:
    def entries(text: str) -> list[tuple[str, int]]:
        _, *releases = re.split(r"^## ", text, flags=re.MULTILINE)
        return [(re.split(r"[, \n]", each)[0], each.count("\n- ")) for each in releases]

    is_source = language == SOURCE_LANGUAGE
    here = CHANGELOG.read_text("utf-8") if is_source else source(language, "changelog.md")
    assert entries(here)
    assert entries(here) == entries(CHANGELOG.read_text("utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_on_performance_has_the_same_figures_in_every_language(language: str) -> None:
    def said(tag: str) -> Counter[Figure]:
        text = re.sub(r"\d+\.\d+\.\d+", "", prose(tag, "performance.md"))  # versions
        return Counter(figure for _, figure in figures(tag, text))

    assert said(language) == said(SOURCE_LANGUAGE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_glossary_uses_the_calculators_own_words(language: str) -> None:
    catalog = messages(locale_file(f"{language}.po"))
    labels = {text for key, text in catalog if key.endswith(".label")}
    rows = re.findall(r"^\|.*\| ([^|\n]*) ?\|$", source(language, "glossary.md"), re.MULTILINE)
    head, *names = [row.strip() for row in rows]
    assert len(names) > 40
    assert set(names) - {head, ""} - labels == set()
