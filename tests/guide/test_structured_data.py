"""What pages say of themselves to search engines and to sites that link to them.

REQUIRED holds what Google's documentation of structured data and schema.org ask of each type, as
far as a page without ratings, dates and prices can say it.
"""

import json
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from support.built_guide import (
    ADDRESS,
    BuiltPage,
    build_guide,
    mistake_in,
    pages_of,
    read_page,
    small_translations,
    write_guide,
)

REQUIRED = {
    "Answer": {"text"},
    "Article": {"headline", "image", "author", "publisher", "inLanguage", "mainEntityOfPage"},
    "BreadcrumbList": {"itemListElement"},
    "FAQPage": {"mainEntity", "inLanguage"},
    "HowTo": {"name", "step", "inLanguage"},
    "HowToStep": {"name", "text", "url", "position"},
    "ListItem": {"position", "name", "item"},
    "Offer": {"price", "priceCurrency"},
    "Organization": {"name"},
    "Question": {"name", "acceptedAnswer"},
    "WebApplication": {"name", "url", "offers", "applicationCategory", "operatingSystem"},
    "WebSite": {"name", "url"},
}
AWKWARD = "id </script><!-- <script> & 'quotes'"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide, with small translations."""
    texts = small_translations()
    texts["id/index.md"] = texts["id/index.md"].replace("index (id).", f'"{AWKWARD}"', 1)
    return build_guide(write_guide(tmp_path_factory.mktemp("guide"), texts))


def _graph(page: BuiltPage) -> list[dict[str, Any]]:
    (script,) = page.all("script", type="application/ld+json")
    data = json.loads(script.text)
    assert data["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = data["@graph"]  # Any: JSON
    return graph


def _things(found: object) -> Iterator[Mapping[str, Any]]:
    """Yield everything with a type, at every depth."""
    if isinstance(found, dict):
        if "@type" in found:
            yield found
        for each in found.values():
            yield from _things(each)
    elif isinstance(found, list):
        for each in found:
            yield from _things(each)


def _of(page: BuiltPage, kind: str) -> list[dict[str, Any]]:
    return [thing for thing in _graph(page) if thing["@type"] == kind]


def test_every_thing_has_what_its_type_requires(site: Path) -> None:
    for page in pages_of(site):
        for thing in _things(_graph(page)):
            missing = REQUIRED[thing["@type"]] - {
                key for key, value in thing.items() if value != ""
            }
            assert missing == set(), (page.path, thing["@type"])


def test_every_page_is_an_article_in_its_language(site: Path) -> None:
    for page in pages_of(site):
        (article,) = _of(page, "Article")
        (language,) = page.all("html")
        assert article["inLanguage"] == language.attributes["lang"]
        assert article["url"] == page.address
        assert len(article["headline"]) <= 110, page.path


def test_the_month_has_its_steps_and_the_boss_his_questions(site: Path) -> None:
    (month,) = _of(read_page(site, "month/index.html"), "HowTo")
    assert len(month["step"]) == 5
    assert month["step"][0]["name"] == "1. Cost avoided"
    assert "100 × $20 = $2,000" in month["step"][0]["text"]
    assert month["step"][0]["url"] == f"{ADDRESS}month/#gross-saving"
    (questions,) = _of(read_page(site, "boss-questions/index.html"), "FAQPage")
    assert len(questions["mainEntity"]) >= 5


def test_a_page_with_a_calculator_has_an_application_in_its_language(site: Path) -> None:
    for path, language, name in (
        ("month/", "en", "What answering on social media is worth"),
        ("es/month/", "es", "Lo que vale atender en redes sociales"),
    ):
        page = read_page(site, f"{path}index.html")
        (application,) = _of(page, "WebApplication")
        assert application["inLanguage"] == language
        assert application["name"] == name
        block = application["url"].removeprefix(f"{page.address}#")
        assert [tag for tag in page.all("roi-calculator") if tag.attributes["id"] == block]
    assert _of(read_page(site, "self-hosting/index.html"), "WebApplication") == []


def test_no_text_can_end_the_element(site: Path) -> None:
    page = read_page(site, "id/index.html")
    (article,) = _of(page, "Article")
    assert article["description"] == AWKWARD


def test_a_page_without_a_description_stops_the_build(tmp_path: Path) -> None:
    texts = small_translations()
    texts["es/month.md"] = "# Un mes\n"
    said = mistake_in(write_guide(tmp_path, texts), "es")
    assert "month.md: no description in the front matter" in said


def test_a_link_to_a_page_is_shown_with_title_text_and_picture(site: Path) -> None:
    for page in pages_of(site):
        (language,) = page.all("html")
        picture = f"assets/site/social-{language.attributes['lang']}.png"
        assert page.content("og:url") == page.address
        assert page.content("og:title") == page.content("twitter:title")
        assert page.content("og:description") == page.content("description")
        assert page.content("og:image") == page.content("twitter:image") == ADDRESS + picture
        assert page.content("twitter:card") == "summary_large_image"


@pytest.mark.parametrize("language", ["en", "es", "id"])
def test_the_picture_is_as_large_as_the_page_says_and_light(language: str, site: Path) -> None:
    png = (site / "assets" / "site" / f"social-{language}.png").read_bytes()
    assert struct.unpack(">II", png[16:24]) == (1200, 630)
    assert len(png) < 300_000
