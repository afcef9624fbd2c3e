"""The guide's pages as files: which there are, their front matter, headings, blocks and prose."""

import html
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import markdown
import yaml

from roi_calc.language.language import languages
from support.sites import ROOT

DOCS: Final = ROOT / "docs"
SOURCE_LANGUAGE: Final = "en"
# What each may be: words, screens. The other pages are for authors, who get the code's own tables.
LIMITS: Final[Mapping[str, Mapping[str, int]]] = tomllib.loads(
    (ROOT / "tests" / "guide" / "pages.toml").read_text("utf-8")
)
PAGES: Final = tuple(LIMITS)
# A language that has words for the calculators, and pages.
LANGUAGES: Final = tuple(each for each in languages() if (DOCS / each).is_dir())
EVERY_PAGE: Final = tuple((each, page) for each in LANGUAGES for page in PAGES)
# With those for authors.
EVERY_FILE: Final = tuple(
    (each, file.relative_to(DOCS / each).as_posix())
    for each in LANGUAGES
    for file in sorted((DOCS / each).rglob("*.md"))
)

_FENCE: Final = re.compile(r"^(`{3,})(.*?)\n(.*?)^\1$\n?", flags=re.DOTALL | re.MULTILINE)
_HEADING: Final = re.compile(r"^(#{1,6}) (.*?)(?: \{ #([a-z0-9-]+) \})?$", flags=re.MULTILINE)
_LIVE: Final = re.compile(r"\{roi\}`([\w.-]+)[^`]*`")


@dataclass(frozen=True)
class Heading:
    """One heading; anchor: the one that is written out, or empty."""

    level: int
    title: str
    anchor: str


def source(language: str, page: str) -> str:
    """Return a page as it is written."""
    return (DOCS / language / page).read_text("utf-8")


# Any: YAML's values
def front_matter(language: str, page: str) -> Mapping[str, Any]:
    """Return what stands above a page."""
    found = re.match(r"---\n(.*?)\n---\n", source(language, page), flags=re.DOTALL)
    assert found, f"{language}/{page} has no front matter"
    read: Mapping[str, Any] = yaml.safe_load(found[1])
    return read


def headings(language: str, page: str) -> list[Heading]:
    """Return a page's headings in order."""
    text = _FENCE.sub("", _body(language, page))
    return [Heading(len(each[1]), each[2], each[3] or "") for each in _HEADING.finditer(text)]


def block_texts(language: str, page: str) -> list[str]:
    """Return the text of each of a page's calculators."""
    return [
        fence[3] for fence in _FENCE.finditer(_body(language, page)) if fence[2] == "roi-calculator"
    ]


# Any: YAML's nested texts
def blocks(language: str, page: str) -> list[Mapping[str, Any]]:
    """Return what a page's calculators are given, every number as it is written."""
    return [
        yaml.load(text, yaml.BaseLoader) or {}  # noqa: S506 - it makes nothing but texts
        for text in block_texts(language, page)
    ]


@cache
def prose(language: str, page: str) -> str:
    """Return what a page says itself: no blocks, no code, and no live values, which follow them."""
    text = _LIVE.sub("", _FENCE.sub("", _body(language, page)))
    rendered = markdown.markdown(text, extensions=("attr_list", "tables"))
    without_code = re.sub(r"<code>.*?</code>", " ", rendered, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", without_code))


def live_values(language: str, page: str) -> set[str]:
    """Return the live values that a page shows, as `<block>.<name>`, or with `.working` behind."""
    return {each[1] for each in _LIVE.finditer(source(language, page))}


def _body(language: str, page: str) -> str:
    return re.sub(r"\A---\n.*?\n---\n", "", source(language, page), flags=re.DOTALL)
