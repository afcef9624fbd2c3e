"""In a real WordPress: what each role may paste, and that readers get an answer."""

from collections.abc import Iterator

import pytest

from support import wordpress as blogs
from support.browsers import Tab, wait_for_output, wait_until
from support.embeds import check_that_it_answers, codes
from support.frames import FrameTab
from support.sites import Served
from support.wordpress import WordPress

pytestmark = pytest.mark.skipif(bool(blogs.missing()), reason=f"missing: {blogs.missing()}")

ROLES = ("admin", "editor", "author")


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WordPress]:
    """One WordPress for all."""
    with blogs.wordpress(tmp_path_factory.mktemp("wordpress")) as running:
        yield running


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", ["embed/month/", ""], ids=["embed page", "guide page"])
def test_every_role_pastes_the_address_and_readers_get_an_answer(
    page: str, role: str, blog: WordPress, guide: Served, tab: Tab
) -> None:
    tab.open(blog.post(role, f"Before\n\n{guide.url}/{page}\n\nBehind"))
    frame = "document.querySelector('iframe')"
    wait_until(tab, frame)
    assert tab.evaluate(f"return {frame}.getAttribute('sandbox')") == "allow-scripts"
    check_that_it_answers(tab)
    # As tall as what it shows, within the limits of WordPress.
    shown = FrameTab(tab).evaluate("return document.body.scrollHeight")
    wait_until(tab, f"Math.abs({frame}.getBoundingClientRect().height - {shown}) < 2")
    assert 200 < int(str(shown)) <= 480
    wait_until(tab, "getComputedStyle(document.querySelector('blockquote')).display === 'none'")


def _custom_html(code: str) -> str:
    return f"<!-- wp:html -->\n{code}\n<!-- /wp:html -->"


@pytest.mark.parametrize("role", ["admin", "editor"])
def test_those_who_may_use_scripts_paste_the_code_with_the_script(
    role: str, blog: WordPress, guide: Served, tab: Tab
) -> None:
    tab.open(blog.post(role, _custom_html(codes(guide).script)))
    wait_until(tab, "document.querySelector('[data-roi-calculator] iframe')?.style.height > '1'")
    check_that_it_answers(tab)


@pytest.mark.parametrize("role", ["admin", "editor"])
def test_those_who_may_use_frames_paste_the_frame(
    role: str, blog: WordPress, guide: Served, tab: Tab
) -> None:
    tab.open(blog.post(role, _custom_html(codes(guide).frame)))
    check_that_it_answers(tab)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_pastes_a_link(role: str, blog: WordPress, guide: Served, tab: Tab) -> None:
    tab.open(blog.post(role, codes(guide).link))
    tab.click("a[href$='/embed/month/']")
    wait_until(tab, "document.querySelector('roi-calculator:defined')")
    wait_for_output(tab, "net_saving", "1500")


def test_of_an_authors_frame_nothing_is_left(blog: WordPress, guide: Served, tab: Tab) -> None:
    tab.open(blog.post("author", _custom_html(codes(guide).frame)))
    assert tab.evaluate("return document.querySelector('iframe')") is None
    assert tab.evaluate("return document.querySelector(\"a[href*='/embed/']\")") is None


def test_for_authors_the_link_is_left(blog: WordPress, guide: Served, tab: Tab) -> None:
    tab.open(blog.post("author", _custom_html(codes(guide).script)))
    assert tab.evaluate("return document.querySelector('iframe')") is None
    address = tab.evaluate("return document.querySelector('[data-roi-calculator] a').href")
    assert address == f"{guide.url}/embed/month/"
