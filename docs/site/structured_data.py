"""What each page says of itself to search engines: JSON-LD of schema.org, from the page alone.

The template writes it with Jinja's `tojson`, which escapes what could end the element. Pages with
steps or questions are named in mkdocs.yml, under `extra: structured_data`.
"""

import html
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Final, NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CALCULATOR: Final = "roi-calculator"
_Thing = Mapping[str, object]


def on_page_context(
    context: dict[str, object], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, object]:
    """Give the template the page's graph of things."""
    context["structured_data"] = {
        "@context": "https://schema.org",
        "@graph": list(_things(page, config, nav)),
    }
    return context


class _Calculator(NamedTuple):
    """A calculator as the page shows it: the block's id and its heading."""

    block_id: str
    title: str


def _things(page: Page, config: MkDocsConfig, nav: Navigation) -> Iterator[_Thing]:
    url = str(page.canonical_url)
    language = config.theme["language"]
    maintainers = {"@type": "Organization", "name": config.site_author}
    if "description" not in page.meta:
        message = f"{page.file.src_uri}: no description in the front matter; expected one sentence"
        raise PluginError(message)
    said = {"inLanguage": language, "description": page.meta["description"]}
    guide = {"@type": "WebSite", "name": config.site_name, "url": config.site_url}
    if page is nav.homepage:
        yield {**guide, **said, "publisher": maintainers}
    elif nav.homepage:
        yield _breadcrumbs([(str(nav.homepage.title), str(config.site_url)), (_title(page), url)])
    yield {
        "@type": "Article",
        "headline": page.meta.get("title", page.title),
        **said,
        "url": url,
        "mainEntityOfPage": url,
        "image": f"{config.extra['root']}assets/site/social-{language}.png",
        "author": maintainers,
        "publisher": maintainers,
        "isPartOf": guide,
        "isAccessibleForFree": True,
    }
    reader = _Reader()
    reader.feed(page.content or "")
    for calculator in reader.calculators.values():
        yield {
            "@type": "WebApplication",
            "name": calculator.title,
            **said,
            "url": f"{url}#{calculator.block_id}",
            "applicationCategory": "BusinessApplication",
            "operatingSystem": "Any",
            "browserRequirements": "JavaScript, WebAssembly",
            "isAccessibleForFree": True,
            "offers": {"@type": "Offer", "price": 0, "priceCurrency": "USD"},
        }
    for kind, heading in config.extra["structured_data"].get(page.file.src_uri, {}).items():
        parts = _below(page, heading)
        if kind == "HowTo":
            yield {"@type": kind, "name": _title(page), **said, "step": _steps(parts, url, reader)}
        else:
            yield {"@type": kind, **said, "mainEntity": _questions(parts, reader)}


def _title(page: Page) -> str:
    """Return the page's own heading, which is shorter than its title for search engines."""
    return html.unescape(page.toc.items[0].title)


def _breadcrumbs(pages: list[tuple[str, str]]) -> _Thing:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(pages, 1)
        ],
    }


def _below(page: Page, heading: str) -> list[AnchorLink]:
    """Return the headings below the one with an id; PluginError where there are none."""
    for top in page.toc.items:
        for each in (top, *top.children):
            if each.id == heading and each.children:
                return each.children
    message = f"{page.file.src_uri}: no headings below #{heading}, which mkdocs.yml names"
    raise PluginError(message)


def _steps(headings: list[AnchorLink], url: str, reader: "_Reader") -> list[_Thing]:
    return [
        {
            "@type": "HowToStep",
            "position": position,
            "name": html.unescape(each.title),
            "text": reader.text_below(each.id),
            "url": f"{url}#{each.id}",
        }
        for position, each in enumerate(headings, 1)
    ]


def _questions(headings: list[AnchorLink], reader: "_Reader") -> list[_Thing]:
    return [
        {
            "@type": "Question",
            "name": html.unescape(each.title),
            "acceptedAnswer": {"@type": "Answer", "text": reader.text_below(each.id)},
        }
        for each in headings
    ]


class _Reader(HTMLParser):
    """Reads a page's text by headings, and which calculators stand on it, each once."""

    def __init__(self) -> None:
        super().__init__()
        self.calculators: dict[str, _Calculator] = {}
        self._texts: dict[str, list[str]] = {"": []}
        self._heading = ""
        self._is_in_heading = False
        self._calculator = ""
        self._is_in_title = False

    def text_below(self, heading: str) -> str:
        """Return the text from a heading to the next one, on one line."""
        return " ".join("".join(self._texts[heading]).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins."""
        attributes = {key: value or "" for key, value in attrs}
        if tag == _CALCULATOR:
            self._calculator = attributes["calculator"]
            first = _Calculator(attributes["id"], "")
            self.calculators.setdefault(self._calculator, first)
        elif tag in _HEADINGS and "id" in attributes:
            self._heading = attributes["id"]
            self._texts[self._heading] = []
            self._is_in_heading = True
        self._is_in_title = bool(self._calculator) and attributes.get("class") == "roi-title"

    def handle_endtag(self, tag: str) -> None:
        """Note what ends."""
        self._is_in_title = False
        if tag == _CALCULATOR:
            self._calculator = ""
        elif tag in _HEADINGS:
            self._is_in_heading = False

    def handle_data(self, data: str) -> None:
        """Keep text of the page, and the title of a calculator."""
        calculator = self.calculators.get(self._calculator)
        if calculator is None and not self._is_in_heading:
            self._texts[self._heading].append(data)
        elif calculator and self._is_in_title and not calculator.title:
            self.calculators[self._calculator] = calculator._replace(title=data)
