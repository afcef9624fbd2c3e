"""In a real Pelican: a post in Markdown or reStructuredText, with each of the codes."""

import textwrap
from collections.abc import Iterator

import pytest

from support.browsers import Tab, wait_for_output, wait_until
from support.embeds import Codes, check_that_it_answers, codes
from support.sites import Served, run_tool, served

CONFIG = """
SITENAME = "Blog"
TIMEZONE = "UTC"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""
MARKDOWN = "Title: Post\nDate: 2026-01-01\nSlug: {slug}\n\nBefore\n\n{code}\n\nBehind\n"
RESTRUCTURED = (
    "Post\n####\n\n:date: 2026-01-01\n:slug: {slug}\n\nBefore\n\n"
    ".. raw:: html\n\n{code}\n\nBehind\n"
)


def _posts(pasted: Codes) -> Iterator[tuple[str, str]]:
    for name in ("script", "frame", "address", "link"):
        code = getattr(pasted, name)
        yield f"{name}.md", MARKDOWN.format(slug=f"md-{name}", code=code)
        inside = textwrap.indent(code, "    ")
        yield f"{name}.rst", RESTRUCTURED.format(slug=f"rst-{name}", code=inside)


@pytest.fixture(scope="module")
def blog(guide: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The posts as Pelican builds them with the theme that it brings."""
    folder = tmp_path_factory.mktemp("pelican")
    (folder / "content").mkdir()
    (folder / "pelicanconf.py").write_text(CONFIG, "utf-8")
    for name, text in _posts(codes(guide)):
        (folder / "content" / name).write_text(text, "utf-8")
    built = run_tool("pelican", "--fatal", "warnings", "content", cwd=folder)
    assert built.returncode == 0, built.stdout + built.stderr
    with served(folder / "output") as serving:
        yield serving


@pytest.mark.parametrize("markup", ["md", "rst"])
@pytest.mark.parametrize("code", ["script", "frame"])
def test_readers_of_a_post_get_an_answer(code: str, markup: str, blog: Served, tab: Tab) -> None:
    tab.open(f"{blog.url}/{markup}-{code}.html")
    wait_until(tab, "document.querySelector('article iframe')")
    check_that_it_answers(tab)


def test_a_link_leads_to_the_answer(blog: Served, tab: Tab) -> None:
    tab.open(f"{blog.url}/md-link.html")
    tab.click("a[href$='/embed/month/']")
    wait_until(tab, "document.querySelector('roi-calculator:defined')")
    wait_for_output(tab, "net_saving", "1500")


def test_it_looks_for_no_description_at_an_address(blog: Served, guide: Served, tab: Tab) -> None:
    tab.open(f"{blog.url}/md-address.html")
    assert tab.evaluate("return document.querySelector('iframe')") is None
    said = tab.evaluate("return document.querySelector('article').textContent")
    assert codes(guide).address in str(said)
