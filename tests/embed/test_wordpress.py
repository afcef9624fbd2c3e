"""In a real WordPress: what each role may paste, and that readers get an answer."""

from collections.abc import Iterator

import pytest

from mkdocs_roi_calculator.loader import loader
from support import wordpress as blogs
from support.browsers import NAMES, AnyBrowser, Tab, new_tab, started, wait_until
from support.embeds import build_guide, served_guide
from support.frames import FrameTab
from support.sites import Served
from support.wordpress import WordPress

pytestmark = pytest.mark.skipif(bool(blogs.missing()), reason=f"missing: {blogs.missing()}")

ROLES = ("admin", "editor", "author")
FIELD = "input[name=requests]"


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The guide, on loopback."""
    with served_guide(build_guide(tmp_path_factory.mktemp("guide"))) as serving:
        yield serving


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WordPress]:
    """One WordPress for all."""
    with blogs.wordpress(tmp_path_factory.mktemp("wordpress")) as running:
        yield running


@pytest.fixture(scope="module", params=NAMES[:2])
def browser(request: pytest.FixtureRequest) -> Iterator[AnyBrowser]:
    """Chromium and Firefox."""
    with started(request.param) as running:
        yield running


@pytest.fixture
def tab(browser: AnyBrowser) -> Iterator[Tab]:
    """A fresh tab of each browser."""
    with new_tab(browser) as opened:
        yield opened


def _answers(tab: Tab) -> None:
    frame = FrameTab(tab)
    frame.wait_until("document.querySelector('roi-calculator:defined')")
    frame.replace(FIELD, "250")
    frame.wait_for_output("net_saving", "4500")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", ["embed/month/", ""], ids=["embed page", "guide page"])
def test_every_role_pastes_the_address_and_readers_get_an_answer(
    page: str, role: str, blog: WordPress, guide: Served, tab: Tab
) -> None:
    tab.open(blog.post(role, f"Before\n\n{guide.url}/{page}\n\nBehind"))
    frame = "document.querySelector('iframe')"
    wait_until(tab, frame)
    assert tab.evaluate(f"return {frame}.getAttribute('sandbox')") == "allow-scripts"
    _answers(tab)
    # WordPress' own limits.
    wait_until(tab, f"{frame}.getBoundingClientRect().height === 1000")
    wait_until(tab, "getComputedStyle(document.querySelector('blockquote')).display === 'none'")


def _script_code(guide: Served) -> str:
    return (
        "<!-- wp:html -->\n"
        '<div data-roi-calculator="month" data-title="ROI" data-height="900">'
        f'<a href="{guide.url}/embed/month/">The calculator</a></div>'
        f'<script async src="{guide.url}/{loader().address}"></script>\n<!-- /wp:html -->'
    )


@pytest.mark.parametrize("role", ["admin", "editor"])
def test_those_who_may_use_scripts_paste_the_code_with_the_script(
    role: str, blog: WordPress, guide: Served, tab: Tab
) -> None:
    tab.open(blog.post(role, _script_code(guide)))
    wait_until(tab, "document.querySelector('[data-roi-calculator] iframe')?.style.height > '1'")
    _answers(tab)


def test_for_authors_the_link_is_left(blog: WordPress, guide: Served, tab: Tab) -> None:
    tab.open(blog.post("author", _script_code(guide)))
    assert tab.evaluate("return document.querySelector('iframe')") is None
    address = tab.evaluate("return document.querySelector('[data-roi-calculator] a').href")
    assert address == f"{guide.url}/embed/month/"
