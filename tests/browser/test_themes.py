"""The calculator in other people's themes, each in an environment with what it came with."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Frame

from support.browsers import AnyBrowser, PlaywrightTab, new_tab
from support.environments import Environment
from support.sites import Served, served, write_site

SMALL = Environment(
    (
        "mkdocs-alabaster==0.8.0",
        "mkdocs-bootstrap4==0.1.5",
        "mkdocs-bootswatch==1.1",
        "mkdocs-cinder==1.2.0",
        "mkdocs-dracula-theme==1.1.0",
        "mkdocs-gitbook==0.0.1",
        "mkdocs-ivory==0.4.6",
        "mkdocs-shadcn==0.12.2",
        "mkdocs-simple-blog==0.6.1",
        "mkdocs-terminal==4.8.0",
        "mkdocs-windmill==1.0.5",
        "pymdown-extensions",
    )
)
MATERIAL = Environment(("mkdocs-material==7.1.11",))
NAMES = (
    *("alabaster", "bootstrap4", "cinder", "dracula", "gitbook", "ivory", "mkdocs", "readthedocs"),
    *("shadcn", "simple-blog", "superhero", "terminal", "windmill"),
)
ENVIRONMENTS = {**dict.fromkeys(NAMES, SMALL), "material": MATERIAL}
# One that writes scripts as it likes, and one that shows its pages in a frame.
QUICK = ("bootstrap4", "windmill")
THEMES = [
    pytest.param(name, marks=() if name in QUICK else pytest.mark.matrix) for name in ENVIRONMENTS
]
CONFIG = """
site_name: Test
site_url: https://test.example/
theme: {name: THEME}
markdown_extensions: [pymdownx.superfences]
plugins: [search, roi-calculator: {pyodide: self}]
"""
PAGES = {"index.md": "# Home\n", "roi.md": "# ROI\n\n```roi-calculator\n```\n"}
IN_TWO_BROWSERS = pytest.mark.parametrize("browser", ["chromium", "firefox"], indirect=True)
ANSWER = "document.querySelector('[data-output=net_saving]').dataset.value"
SHOWN = """[window, ...Array.from(frames)].some(
  ({ document }) => document.querySelector(".roi-answer"),
)"""
# Firefox says only which attribute it is.
SAID = """(() => {
  const said = getComputedStyle(document.querySelector(".roi-status"), "::before");
  return said.visibility === "visible" && /not started|not-started/.test(said.content);
})()"""


@pytest.fixture(scope="module", params=THEMES)
def site_folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in a theme."""
    theme: str = request.param
    folder = tmp_path_factory.mktemp(theme)
    write_site(folder, CONFIG.replace("THEME", theme), PAGES)
    built = ENVIRONMENTS[theme].run("mkdocs", "build", cwd=folder)
    assert built.returncode == 0, built.stderr
    assert "roi-calculator" not in (folder / "site" / "index.html").read_text("utf-8")
    return folder / "site"


@pytest.fixture
def article(browser: AnyBrowser, site: Served) -> Iterator[Frame]:
    """The frame with the calculator; nothing comes from elsewhere."""
    with new_tab(browser) as tab:
        assert isinstance(tab, PlaywrightTab)
        tab.page.route(lambda url: not url.startswith(site.url), lambda route: route.abort())
        tab.open(f"{site.url}/roi/")
        tab.page.wait_for_function(SHOWN)
        yield next(frame for frame in tab.page.frames if frame.query_selector(".roi-answer"))


@pytest.fixture
def site(site_folder: Path) -> Iterator[Served]:
    """The site, on a server that knows no `.mjs`."""
    with served(site_folder) as serving:
        yield serving


@IN_TWO_BROWSERS
def test_it_answers_in_any_theme(article: Frame) -> None:
    article.fill("roi-calculator input[name=requests]", "250")
    article.wait_for_function(f"{ANSWER} === '4500'")


@pytest.mark.parametrize("site_folder", ["bootstrap4"], indirect=True)
@IN_TWO_BROWSERS
def test_where_the_script_does_not_start_the_first_field_says_so(
    browser: AnyBrowser, site: Served
) -> None:
    site.faults["define.js"] = "404"
    with new_tab(browser) as tab:
        assert isinstance(tab, PlaywrightTab)
        tab.page.route(lambda url: not url.startswith(site.url), lambda route: route.abort())
        tab.open(f"{site.url}/roi/")
        assert not tab.evaluate(f"return {SAID}")
        tab.replace("roi-calculator input[name=requests]", "250")
        tab.page.wait_for_function(SAID)
        tab.evaluate("document.activeElement.blur()")
        tab.evaluate("requestAnimationFrame(() => requestAnimationFrame(() => { isLater = 1; }))")
        tab.page.wait_for_function("globalThis.isLater")
        assert tab.evaluate(f"return {SAID}"), "and it stays"
