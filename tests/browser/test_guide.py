"""The guide's own pages in a browser: its languages, and what they ask of the network."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from support.browsers import (
    PlaywrightTab,
    Tab,
    started,
    wait_for_output,
    wait_for_state,
    wait_until,
)
from support.built_guide import build_guide, small_translations, write_guide
from support.sites import ROOT, Served, served

# Material learns from the sitemap which links it may take; no other click gets through.
_IS_TAKEN = """(() => {
  let isTaken = false;
  const decide = (event) => { isTaken = event.defaultPrevented; event.preventDefault(); };
  addEventListener("click", decide, { once: true });
  document.querySelector("LINK").click();
  return isTaken;
})()"""

# Pages that fall silent side by side.
TABS = 8
# Whether something of what has the focus can be seen: of an option of the theme, its form.
IS_SEEN = """(() => {
document.getAnimations().forEach((each) => each.finish());
const each = document.activeElement;
const shown = each.matches(".md-option") ? each.closest("form") : each;
const { left, top, width, height } = shown.getClientRects()[0] ?? shown.getBoundingClientRect();
return shown.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
  [2, height / 2, height - 2].some((below) => {
    const there = document.elementFromPoint(left + width / 2, top + below);
    return shown.contains(there) || there?.contains(shown);
  });
})()"""
IN_TWO_BROWSERS = pytest.mark.parametrize("browser", ["chromium", "firefox"], indirect=True)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide with a few pages in Spanish and Indonesian, whatever is translated by now."""
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
    _click(tab, "article a[href*=month]", "How it is worked out")
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


def test_a_link_to_a_place_on_the_page_leaves_what_was_typed(tab: Tab, guide_folder: Path) -> None:
    """Material draws the page anew for the first of them."""
    with served(guide_folder) as guide:
        tab.open(f"{guide.url}/month/")
        wait_for_state(tab)
        tab.evaluate("document.querySelector('roi-calculator').isFirst = true")
        tab.replace("roi-calculator input[name=requests]", "250")
        wait_for_output(tab, "net_saving", "4500")
        wait_until(tab, _IS_TAKEN.replace("LINK", "article a[href$='#cash-or-time']"))
        wait_until(tab, "document.querySelector('roi-calculator')?.isFirst !== true")
        assert tab.evaluate("return document.querySelector('input[name=requests]').value") == "250"
        wait_for_output(tab, "net_saving", "4500")
        assert tab.evaluate("return document.querySelector('.roi-earlier').hidden")
        assert tab.errors == []


def test_no_page_asks_anybody_else_or_for_what_is_not_there(
    guide_folder: Path,
) -> None:
    """Fonts and icons included; Python itself comes from the site where it is built so.

    Of the pages to embed and the memos, those of one calculator: the others name the same.
    """
    asked: list[str] = []
    wrong: list[str] = []
    every = [each.relative_to(guide_folder) for each in guide_folder.rglob("*.html")]
    alike = [each for each in every if {"embed", "memo"} & set(each.parts[:2])]
    kept = {*every} - {each for each in alike if "month" not in each.parts}
    assert len(kept) > len(every) - len(alike)
    pages = sorted(each.as_posix() for each in kept)
    with served(guide_folder) as site, started("chromium") as chromium:
        assert isinstance(chromium, Browser)
        context = chromium.new_context()
        context.on("request", lambda request: asked.append(request.url))
        context.on("requestfailed", lambda request: wrong.append(request.url))
        context.on("response", lambda answer: wrong.extend([answer.url] * (answer.status >= 400)))
        context.on("weberror", lambda caught: wrong.append(str(caught.error)))
        tabs = [context.new_page() for _ in range(TABS)]
        for tab, address in zip(tabs, ("month/", "embed/month/"), strict=False):
            tab.goto(f"{site.url}/{address}")
            tab.focus("roi-calculator input")
            tab.wait_for_selector("roi-calculator[state=ready]")
        # It asks for the same wherever it starts.
        context.route("**/worker.js", lambda route: route.fulfill(content_type="text/javascript"))
        for first in range(0, len(pages), TABS):
            for tab, page in zip(tabs, pages[first : first + TABS], strict=False):
                tab.goto(f"{site.url}/{page}")
            for tab in tabs:
                tab.wait_for_load_state("networkidle")
        context.close()
    assert len(asked) > len(pages)
    elsewhere = [url for url in asked if not url.startswith((site.url, "data:", "blob:"))]
    assert elsewhere == []
    assert wrong == []


def _opened(tab: Tab, url: str, width: int) -> PlaywrightTab:
    """Open a page of this width."""
    assert isinstance(tab, PlaywrightTab)
    tab.page.set_viewport_size({"width": width, "height": 740})
    tab.open(url)
    return tab


def _has_focus(tab: Tab, selector: str) -> None:
    """Wait until an element has the focus, and can be seen."""
    wait_until(tab, f"document.activeElement.matches({selector!r}) && {IS_SEEN}", seconds=20)


@IN_TWO_BROWSERS
@pytest.mark.parametrize("width", [360, 1280])
def test_the_focus_is_never_where_it_cannot_be_seen(
    width: int, tab: Tab, guide_folder: Path
) -> None:
    with served(guide_folder) as site:
        page = _opened(tab, f"{site.url}/month/", width)
        stops = 0
        page.press("Tab")
        while page.evaluate("return document.activeElement !== document.body"):
            wait_until(page, IS_SEEN, seconds=20)
            stops += 1
            page.press("Tab")
    # The header, what is open beside the page, the page with its calculator, the footer.
    assert 15 < stops < 100


@IN_TWO_BROWSERS
def test_what_is_closed_on_a_narrow_page_is_opened_and_left_by_keyboard(
    tab: Tab, guide_folder: Path
) -> None:
    with served(guide_folder) as site:
        page = _opened(tab, f"{site.url}/month/", 360)
        page.page.focus("[data-opens=drawer]")
        page.press("Enter")
        # It opens on the page's own group.
        _has_focus(page, ".md-sidebar--primary .md-nav__title")
        section = ".md-sidebar--primary .md-nav__item--nested .md-nav__item--nested > label"
        page.page.focus(section)
        page.press("Enter")
        _has_focus(page, ".md-nav__item--nested .md-nav__title")
        page.press("Tab")
        _has_focus(page, ".md-nav__item--nested .md-nav__link")
        page.press("Shift+Tab")
        page.press("Enter")
        _has_focus(page, section)
        page.press("Escape")
        _has_focus(page, "[data-opens=drawer][aria-expanded=false]")
        page.press("Enter")
        page.press("Shift+Tab")
        _has_focus(page, "[data-opens=search]")
        assert page.evaluate("return document.querySelector('#__drawer').checked") is False
        page.press("Space")
        _has_focus(page, ".md-search__input")
        page.press("Escape")
        _has_focus(page, "[data-opens=search][aria-expanded=false]")
        assert page.errors == []


def test_the_data_for_search_engines_is_no_script_to_a_policy(
    tab: Tab, small: Path, tmp_path: Path
) -> None:
    """The tightest of the documented policies, with the element that every page of ours has."""
    docs = (ROOT / "docs" / "en" / "self-hosting.md").read_text("utf-8")
    policies = re.findall(r"default-src 'none'; script-src 'self';[^\"\n]*", docs)
    data = re.search(
        r'<script type="application/ld\+json">.*?</script>',
        (small / "month" / "index.html").read_text("utf-8"),
        re.DOTALL,
    )
    assert policies
    assert data
    watch = "window.violations = [];addEventListener('securitypolicyviolation', (event) => "
    (tmp_path / "watch.js").write_text(f"{watch}window.violations.push(event.violatedDirective));")
    inline = "<script>window.isRun = true;</script>"
    for name, element in (("data", data[0]), ("script", inline)):
        html = f'<!doctype html><script src="watch.js"></script>{element}'
        (tmp_path / f"{name}.html").write_text(html, "utf-8")
    with served(tmp_path, {"Content-Security-Policy": policies[0]}) as site:
        tab.open(f"{site.url}/script.html")
        wait_until(tab, "window.violations.length")
        assert tab.evaluate("return window.isRun ?? false") is False
        tab.open(f"{site.url}/data.html")
        assert tab.evaluate("return window.violations") == []
        assert tab.evaluate(
            "return JSON.parse(document.querySelector('[type$=json]').textContent)['@context']"
        )


def test_a_page_prints_without_navigation_and_with_the_working_of_the_answer(
    guide_folder: Path,
) -> None:
    with served(guide_folder) as site, started("chromium") as chromium:
        assert isinstance(chromium, Browser)
        page = chromium.new_page()
        page.goto(f"{site.url}/month/")
        page.emulate_media(media="print")
        # Material unfolds everything.
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        block = page.locator("roi-calculator").first
        shown = (".roi-big", ".roi-working ol", ".roi-conditions", ".roi-unsure", ".roi-folded")
        assert [block.locator(each).first.is_visible() for each in shown] == [True] * 3 + [
            False
        ] * 2
        for away in (".md-header", ".md-sidebar", ".md-footer", ".md-skip"):
            assert not page.locator(away).first.is_visible(), away
        assert page.locator("article h1").is_visible()
        printed = "(link) => getComputedStyle(link, '::after').content"
        link = page.locator("article a[rel=external]").first
        assert link.get_attribute("href") in link.evaluate(printed)
        assert page.locator("article a[href*=doubt]").first.evaluate(printed) == "none"
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("[data-closed]").count() == 0
        page.close()
