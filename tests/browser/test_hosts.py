"""The codes in sites of every kind: what they leave, forbid, restyle, print and keep."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support import platforms
from support.browsers import (
    NAMES,
    PlaywrightTab,
    Tab,
    new_tab,
    started,
    wait_for_output,
    wait_until,
)
from support.embeds import (
    FIELD,
    OPEN,
    blog,
    build_guide,
    check_that_it_answers,
    codes,
    served_guide,
)
from support.frames import FrameTab
from support.platforms import Platform
from support.sites import Served, served

IS_SHOWN = "document.querySelector('iframe')?.style.display === 'block'"
FRAME_BOX = "document.querySelector('iframe').getBoundingClientRect()"
CONTENT_HEIGHT = "document.querySelector('.roi-frame').getBoundingClientRect().height"


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The guide, on loopback."""
    with served_guide(build_guide(tmp_path_factory.mktemp("guide"))) as serving:
        yield serving


def _pasted(guide: Served) -> str:
    pasted = codes(guide)
    return f"{pasted.script}{pasted.frame}<p>{pasted.link}</p>"


def _wait_for_height(tab: Tab) -> None:
    inside = FrameTab(tab).evaluate(f"return Math.ceil({CONTENT_HEIGHT})")
    wait_until(tab, f"{FRAME_BOX}.height === {inside}")


@pytest.mark.parametrize(
    ("platform", "origin_is_null"),
    [(platforms.FRAMES_ALONE, False), (platforms.FRAMES_IN_A_SANDBOX, True)],
    ids=["as they are", "in a sandbox"],
)
def test_a_platform_that_leaves_frames_shows_the_calculator(
    platform: Platform, *, origin_is_null: bool, guide: Served, tab: Tab, tmp_path: Path
) -> None:
    with blog(tmp_path / "blog", platform.left_of(_pasted(guide))) as address:
        tab.open(address)
        assert tab.evaluate("return document.querySelectorAll('iframe').length") == 1
        assert FrameTab(tab).evaluate("return self.origin === 'null'") is origin_is_null
        check_that_it_answers(tab)


@pytest.mark.parametrize(
    "platform",
    [platforms.FRAMES_ALONE, platforms.FRAMES_IN_A_SANDBOX],
    ids=["as they are", "in a sandbox"],
)
def test_what_is_taken_to_the_boss_is_made_in_a_frame(
    platform: Platform, guide: Served, tab: Tab, tmp_path: Path
) -> None:
    with blog(tmp_path / "blog", platform.left_of(_pasted(guide))) as address:
        tab.open(address)
        check_that_it_answers(tab)
        frame = FrameTab(tab)
        frame.click(".roi-take-away")
        frame.wait_until("document.querySelector('.roi-away[open]')")
        frame.replace(".roi-away [name=title]", "Riverbend")
        frame.wait_until(
            "document.querySelector('.roi-away-preview').textContent.includes('Riverbend')"
        )
        # A frame in a sandbox may save nothing, and is not told: so a reader is.
        frame.click(".roi-away-workbook")
        frame.wait_until("document.querySelector('.roi-away-said').textContent.includes('frame')")
        frame.click(".roi-away-close")
        frame.wait_until("!document.querySelector('.roi-away')")


@pytest.mark.parametrize(
    "platform", [platforms.NO_SCRIPTS, platforms.LINKS_ALONE], ids=["no scripts", "links alone"]
)
@pytest.mark.parametrize("which", [0, -1], ids=["in the holder", "the code of a link"])
def test_a_platform_that_leaves_links_leads_to_the_calculator(
    which: int, platform: Platform, guide: Served, tab: Tab, tmp_path: Path
) -> None:
    with blog(tmp_path / "blog", platform.left_of(_pasted(guide))) as address:
        tab.open(address)
        assert tab.evaluate("return document.querySelector('iframe, script[src]')") is None
        link = f"[...document.querySelectorAll('a')].at({which})"
        assert tab.evaluate(f"return {link}.href") == f"{guide.url}/embed/month/"
        tab.evaluate(f"{link}.click()")
        wait_until(tab, "document.querySelector('roi-calculator:defined')")
        wait_for_output(tab, "net_saving", "1500")


NONCE = "bm9uY2U"
REFUSALS = f"""<script nonce="{NONCE}">
window.refused = [];
addEventListener("securitypolicyviolation", (event) => {{
  window.refused.push(event.effectiveDirective);
}});
</script>"""


def _with_policy_of_nonces(folder: Path, guide: Served, nonce: str) -> dict[str, str]:
    """Write a blog's page whose loader has a nonce; return the headers to send with it."""
    code = codes(guide).script.replace("<script ", f'<script nonce="{nonce}" ')
    page = f'<!doctype html><title>A blog</title><link rel="icon" href="data:,">{REFUSALS}{code}'
    (folder / "index.html").write_text(page, "utf-8")
    return {
        "Content-Security-Policy": "default-src 'none'; img-src data:; style-src 'self'; "
        f"script-src 'nonce-{NONCE}' 'strict-dynamic'; frame-src {guide.url}/embed/"
    }


def test_a_policy_of_nonces_needs_the_scripts_nonce_and_the_frames_source(
    guide: Served, tab: Tab, tmp_path: Path
) -> None:
    with served(tmp_path, _with_policy_of_nonces(tmp_path, guide, NONCE)) as strict:
        tab.open(f"{strict.url}/")
        wait_until(tab, IS_SHOWN)
        check_that_it_answers(tab)
        # The holder's own style, whose height the script sets instead.
        assert tab.evaluate("return window.refused") == ["style-src-attr"]


def test_a_policy_of_nonces_refuses_the_script_without_one(
    guide: Served, tab: Tab, tmp_path: Path
) -> None:
    with served(tmp_path, _with_policy_of_nonces(tmp_path, guide, "other")) as strict:
        tab.open(f"{strict.url}/")
        wait_until(tab, "window.refused.includes('script-src-elem')")
        # The loader, which is no part of the page then, would have marked what it takes up.
        assert tab.evaluate("return document.querySelector('[data-roi-seen], iframe')") is None
        assert tab.evaluate("return document.querySelector('a').getClientRects().length") == 1


ISOLATED = {"Cross-Origin-Embedder-Policy": "require-corp"}
SHARED = {**ISOLATED, "Cross-Origin-Resource-Policy": "cross-origin"}


def test_an_isolated_site_is_left_with_the_link(guide: Served, tab: Tab, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f"<!doctype html>{codes(guide).script}", "utf-8")
    with served(tmp_path, ISOLATED) as isolated:
        tab.open(f"{isolated.url}/")
        # The loader, which is no part of the page then, would have marked what it takes up.
        assert tab.evaluate("return document.querySelector('[data-roi-seen], iframe')") is None
        assert tab.evaluate("return document.querySelector('a').getClientRects().length") == 1


def test_a_guide_can_open_itself_to_isolated_sites(
    guide: Served, tab: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(guide.headers, "", {**OPEN, **SHARED})
    (tmp_path / "index.html").write_text(f"<!doctype html>{codes(guide).script}", "utf-8")
    with served(tmp_path, ISOLATED) as isolated:
        tab.open(f"{isolated.url}/")
        wait_until(tab, IS_SHOWN)
        check_that_it_answers(tab)


HOSTILE = """<style>
*, input, table, iframe {
  font: 40px/3 fantasy; letter-spacing: 5px; color: red; background: yellow;
  margin: 9px; padding: 9px; border: 9px dotted red; box-sizing: border-box;
  max-width: 300px; max-height: 200px; transition: all 9s;
}
iframe { float: right; transform: rotate(3deg); filter: invert(1); zoom: 2; }
input { width: 1px } table { display: none }
</style>"""
LOOK = """
return [...document.querySelectorAll(".roi-frame, .roi-frame *")].map((each) => {
  const { x, y, width, height } = each.getBoundingClientRect();
  const { color, backgroundColor, fontFamily, fontSize } = getComputedStyle(each);
  return [each.localName, x, y, width, height, color, backgroundColor, fontFamily, fontSize];
});
"""


def _look(tab: Tab, address: str) -> tuple[object, object]:
    """Return the frame's box with what is done to it, and every box that is in it."""
    tab.open(address)
    wait_until(tab, IS_SHOWN)
    _wait_for_height(tab)
    own = tab.evaluate(
        f"const {{ width, height }} = {FRAME_BOX};"
        "const { filter, opacity, cssFloat } = getComputedStyle(document.querySelector('iframe'));"
        "return [width, height, filter, opacity, cssFloat];"
    )
    return own, FrameTab(tab).evaluate(LOOK)


def test_a_site_whose_styles_reach_everything_shows_the_same_frame(
    guide: Served, tab: Tab, tmp_path: Path
) -> None:
    room = "width:600px;max-width:none;max-height:none;box-sizing:content-box;"
    code = codes(guide).script.replace('style="', f'style="{room}')
    with blog(tmp_path / "plain", code) as plain, blog(tmp_path / "own", HOSTILE + code) as hostile:
        assert _look(tab, plain) == _look(tab, hostile)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_site_of_320_pixels_does_not_overflow(
    direction: str, guide: Served, tab: Tab, tmp_path: Path
) -> None:
    # WebKitGTK's window cannot be as narrow, and Firefox' scroll bar would take some of it.
    turned = (
        "<style>html { width: 320px }</style>"
        f"<script>document.documentElement.dir = '{direction}';</script>"
    )
    with blog(tmp_path / "blog", turned + codes(guide).script) as address:
        tab.open(address)
        wait_until(tab, IS_SHOWN)
        _wait_for_height(tab)
        assert tab.evaluate(
            "const page = document.documentElement.getBoundingClientRect();"
            f"return [page.width, {FRAME_BOX}.left >= page.left, {FRAME_BOX}.right <= page.right];"
        ) == [320, True, True]
        fits = "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert tab.evaluate(fits)
        assert FrameTab(tab).evaluate(fits)
        assert FrameTab(tab).evaluate("return document.documentElement.dir") == "ltr"
        check_that_it_answers(tab)


# What a printer would make true; only one of the drivers can.
PRINTED = """
const print = (rules) => {
  for (const rule of rules) {
    if (!(rule instanceof CSSMediaRule)) continue;
    rule.media.mediaText = rule.media.mediaText.replace("print", "all");
  }
};
for (const { cssRules } of document.styleSheets) print(cssRules);
"""
PAPER_WIDTH = 718  # of A4, between a browser's usual margins
CONTROLS = """
return [...document.querySelectorAll("button, summary")]
  .filter((each) => each.getClientRects().length)
  .map((each) => each.textContent);
"""


@pytest.mark.parametrize("screen_width", [PAPER_WIDTH, 1200])
def test_on_paper_the_whole_answer_stands_and_nothing_to_click(
    screen_width: int, guide: Served, tab: Tab, tmp_path: Path
) -> None:
    wishes = 'data-theme="dark" data-accent="#8ab4f8"'
    code = codes(guide).script.replace("<div ", f"<div {wishes} ")
    with blog(tmp_path / "blog", f'<div id="room">{code}</div>') as address:
        tab.open(address)
        tab.evaluate(f"document.querySelector('#room').style.width = '{screen_width}px'")
        wait_until(tab, IS_SHOWN)
        check_that_it_answers(tab)
        _wait_for_height(tab)
        height = tab.evaluate(f"return {FRAME_BOX}.height")
        frame = FrameTab(tab)
        frame.evaluate(PRINTED)
        tab.evaluate(f"document.querySelector('#room').style.width = '{PAPER_WIDTH}px'")
        frame.wait_until(f"innerWidth === {PAPER_WIDTH}")
        # No script runs as paper is filled: the frame keeps the height that it had.
        assert frame.evaluate(f"return {CONTENT_HEIGHT} <= {height}")
        assert frame.evaluate(CONTROLS) == []
        assert frame.evaluate(
            f"return ['{FIELD}', '[data-output=net_saving]', '.roi-bar']"
            ".map((each) => document.querySelector(each).getClientRects().length)"
        ) == [1, 1, 1]
        field = f"getComputedStyle(document.querySelector('{FIELD}'))"
        assert frame.evaluate(f"return [{field}.borderTopColor, {field}.outlineStyle]") == [
            "rgba(0, 0, 0, 0)",
            "none",
        ]
        assert frame.evaluate("return getComputedStyle(document.body).color") == "rgb(27, 28, 31)"
        home = "getComputedStyle(document.querySelector('.roi-home a')).color"
        assert frame.evaluate(f"return {home}") == "rgb(11, 87, 208)"


ANSWERS = "window.said.filter(([, data]) => data.type === 'result').length"


# WebKitGTK's driver goes back without the browser's memory.
@pytest.mark.parametrize("name", NAMES[:2])
def test_a_site_that_the_browser_kept_has_the_calculator_as_it_was_left(
    name: str, guide: Served, tmp_path: Path
) -> None:
    with (
        blog(tmp_path / "blog", codes(guide).script) as address,
        started(name, without=("--disable-back-forward-cache",)) as browser,
        new_tab(browser) as tab,
    ):
        assert isinstance(tab, PlaywrightTab)
        tab.open(address)
        wait_until(tab, IS_SHOWN)
        check_that_it_answers(tab)
        # The drivers cannot look into a kept frame: what is typed there answers by message.
        field = FrameTab(tab).evaluate(
            f"const {{ x, y }} = document.querySelector('{FIELD}').getBoundingClientRect();"
            "return [x + 9, y + 9];"
        )
        assert isinstance(field, list)
        tab.evaluate("addEventListener('pageshow', ({ persisted }) => window.wasKept = persisted)")
        before = tab.evaluate(f"return {ANSWERS}")
        tab.open(f"{guide.url}/rate/")
        # Nothing is loaded that the drivers' own way could wait for.
        tab.evaluate("setTimeout(() => history.back())")
        wait_until(tab, "window.wasKept")
        x, y = tab.page.evaluate(f"() => [{FRAME_BOX}.x, {FRAME_BOX}.y]")
        tab.page.mouse.click(x + field[0], y + field[1])
        tab.press("9")
        wait_until(tab, f"{ANSWERS} > {before}")
