"""The dialog on a phone and on a desk: four languages, light, dark, narrow, on paper."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from support.browsers import PlaywrightTab, wait_until
from support.embeds import PAGES, build_guide, served_guide
from support.sites import ROOT, Served

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PATHS = {"en": "", "es": "es/", "id": "id/", "pt": "pt/"}
FRAME = "document.querySelector('.roi-embed-preview iframe')"
BOXES = """(selectors) => selectors.map((each) => {
  const { left, top, right, bottom, width, height } =
    document.querySelector(each).getBoundingClientRect();
  return { left, top, right, bottom, width, height };
})"""


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The guide with a calculator in each language, on loopback."""
    more = {
        f"{tag}.md": f"# A page\n\n```roi-calculator\nid: {tag}\nlanguage: {tag}\n```\n"
        for tag in ("id", "pt")
    }
    with served_guide(build_guide(tmp_path_factory.mktemp("guide"), PAGES | more)) as serving:
        yield serving


def _opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_selector("roi-embed:defined")
    page.click(".roi-embed-open")
    wait_until(PlaywrightTab(page), f"{FRAME}?.style.height")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("tag", PATHS)
def test_everything_fits_and_axe_finds_nothing(
    tag: str, width: int, scheme: str, chromium: Browser, guide: Served
) -> None:
    page = chromium.new_page(
        viewport={"width": width, "height": 700},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    _opened(page, f"{guide.url}/{PATHS[tag]}")
    page.evaluate("for (const each of document.querySelectorAll('.roi-embed-fold')) each.open = 1")
    beyond = page.evaluate(
        "() => { const dialog = document.querySelector('dialog[open]');"
        "const { left, right } = dialog.getBoundingClientRect();"
        "return [dialog.scrollWidth - dialog.clientWidth, ...[...dialog.querySelectorAll('*')]"
        ".filter((each) => { const box = each.getBoundingClientRect();"
        "return box.width && (box.left < left || box.right > right); })"
        ".map((each) => each.outerHTML)]; }"
    )
    assert beyond == [0]
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "() => axe.run('roi-embed', { iframes: false }).then(({ violations }) => "
        "violations.flatMap(({ id, nodes }) => nodes.map(({ failureSummary }) =>"
        " `${id}: ${failureSummary}`)))"
    )
    assert found == []
    page.close()


@pytest.mark.parametrize("tag", PATHS)
def test_nothing_to_press_is_small_and_nothing_to_read_is(
    tag: str, chromium: Browser, guide: Served
) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 780})
    _opened(page, f"{guide.url}/{PATHS[tag]}")
    page.evaluate("for (const each of document.querySelectorAll('.roi-embed-fold')) each.open = 1")
    low = page.evaluate(
        "() => [...document.querySelectorAll('dialog[open] :is(button, summary, select, textarea,"
        " .roi-embed-kinds label, input:not([type=radio], [type=checkbox]), p:has(> input))')]"
        ".filter((each) => each.getBoundingClientRect().height < 44)"
        ".map((each) => each.outerHTML)"
    )
    assert low == []
    sizes = page.evaluate(
        "() => [...document.querySelectorAll('dialog[open] *')].filter((each) => each.textContent)"
        ".map((each) => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert min(sizes) >= 14
    page.close()


@pytest.mark.parametrize(
    ("width", "height"), [(320, 568), (360, 780), (780, 360), (800, 1200), (1280, 800)]
)
def test_the_preview_comes_first_and_the_button_is_in_view(
    width: int, height: int, chromium: Browser, guide: Served
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": height})
    _opened(page, f"{guide.url}/es/")
    selectors = [".roi-embed-title", ".roi-embed-preview", ".roi-embed-code", ".roi-embed-copy"]
    title, preview, code, copy = page.evaluate(BOXES, selectors)
    assert 0 <= title["top"] < title["bottom"] <= preview["top"]
    assert preview["height"] <= 480
    assert copy["bottom"] <= height
    if width >= 992:
        assert preview["right"] < code["left"]
        assert preview["width"] >= 560
    else:
        assert preview["bottom"] <= code["top"]
    page.evaluate("for (const each of document.querySelectorAll('.roi-embed-fold')) each.open = 1")
    page.evaluate("document.querySelector('dialog[open]').scrollTop = 99999")
    (copy,) = page.evaluate(BOXES, [".roi-embed-copy"])
    if width < 992:
        assert 0 <= copy["top"] < copy["bottom"] <= height
    page.close()


def test_what_has_the_focus_is_not_below_the_buttons(chromium: Browser, guide: Served) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 568})
    _opened(page, f"{guide.url}/")
    page.evaluate("for (const each of document.querySelectorAll('.roi-embed-fold')) each.open = 1")
    seen = set()
    for key in ["Tab"] * 18 + ["Shift+Tab"] * 18:
        page.keyboard.press(key)
        place = page.evaluate(
            "() => { const each = document.activeElement;"
            "if (!each.closest('.roi-embed-fold')) return undefined;"
            "const box = each.getBoundingClientRect();"
            "const bar = document.querySelector('.roi-embed-actions').getBoundingClientRect();"
            "return [each.id || each.value || each.textContent,"
            " box.bottom <= bar.top || box.top >= bar.bottom, box.top >= 0,"
            " box.bottom <= innerHeight]; }"
        )
        if place:
            assert place[1:] == [True, True, True], place
            seen.add(place[0])
    assert len(seen) >= 11
    page.close()


def test_on_paper_there_is_no_dialog(chromium: Browser, guide: Served) -> None:
    page = chromium.new_page()
    _opened(page, f"{guide.url}/")
    page.emulate_media(media="print")
    assert (
        page.evaluate(
            "() => [...document.querySelectorAll('roi-embed, dialog')]"
            ".filter((each) => each.getClientRects().length).length"
        )
        == 0
    )
    page.close()
