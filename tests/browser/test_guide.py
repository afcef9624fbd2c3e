"""The guide's own pages in a browser: its languages, and what they ask of the network."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.browsers import Tab, wait_until
from support.built_guide import build_guide, small_translations, write_guide
from support.sites import Served, served

# Material learns from the sitemap which links it may take; no other click gets through.
_IS_TAKEN = """(() => {
  let isTaken = false;
  const decide = (event) => { isTaken = event.defaultPrevented; event.preventDefault(); };
  addEventListener("click", decide, { once: true });
  document.querySelector("LINK").click();
  return isTaken;
})()"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide with four pages in Spanish and Indonesian, whatever is translated by now."""
    folder = tmp_path_factory.mktemp("small")
    return build_guide(write_guide(folder, small_translations()), "https://guide.example/")


@pytest.fixture
def three_languages(small: Path) -> Iterator[Served]:
    """The same, served."""
    with served(small) as serving:
        yield serving


def _click(tab: Tab, link: str, title: str) -> None:
    """Click a link as soon as Material takes it for instant navigation, and wait for its page."""
    wait_until(tab, _IS_TAKEN.replace("LINK", link))
    wait_until(tab, f"document.querySelector('h1').textContent.startsWith('{title}')")


def _switch(tab: Tab, language: str) -> str:
    """Follow the switch to a language; return the path it leads to."""
    address = tab.evaluate(
        f"return document.querySelector('.md-select__link[lang={language}]').href"
    )
    tab.open(str(address))
    assert tab.evaluate("return document.documentElement.lang") == language
    return str(tab.evaluate("return location.pathname"))


def test_the_switch_stays_on_the_page_also_after_instant_navigation(
    tab: Tab, three_languages: Served
) -> None:
    tab.open(f"{three_languages.url}/")
    _click(tab, "article a[href*=month]", "Work out a month")
    assert _switch(tab, "es") == "/es/month/"
    _click(tab, ".md-nav a[href*=goals]", "goals (es)")
    assert _switch(tab, "id") == "/id/goals/"
    assert _switch(tab, "en") == "/goals/"
    assert tab.errors == []


def test_the_switch_leads_home_from_a_page_in_english_only(
    tab: Tab, three_languages: Served
) -> None:
    tab.open(f"{three_languages.url}/goals/")
    _click(tab, ".md-nav a[href*=self-hosting]", "Hosting it yourself")
    assert _switch(tab, "es") == "/es/"
