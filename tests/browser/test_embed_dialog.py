"""The dialog below a calculator: its codes work when they are pasted, by mouse and by keyboard."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mkdocs_roi_calculator.embeds.embed import HEIGHTS
from mkdocs_roi_calculator.embeds.host_script import loader
from roi_calc.language.language import language
from support.browsers import NAMES, PlaywrightTab, Tab, wait_until
from support.embeds import blog, build_guide, served_guide
from support.frames import FrameTab
from support.sites import ROOT, Served

CODE = "document.querySelector('.roi-embed-code').value"
DIALOG = "document.querySelector('roi-embed dialog')"
FRAMES = "document.querySelectorAll('.roi-embed-preview iframe')"
# The frame has told its height, and no other is on its way.
PREVIEWED = f"{FRAMES}.length === 1 && {FRAMES}[0].style.height"
REFUSAL = "Promise.reject(new DOMException('Not allowed', 'NotAllowedError'))"
SAID = "document.querySelector('.roi-embed-said').textContent"


@pytest.fixture(scope="module")
def guide_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide as files."""
    return build_guide(tmp_path_factory.mktemp("guide"))


@pytest.fixture(scope="module")
def guide(guide_site: Path) -> Iterator[Served]:
    """The guide, on loopback."""
    with served_guide(guide_site) as serving:
        yield serving


def _opened(tab: Tab, address: str) -> None:
    tab.open(address)
    wait_until(tab, "document.querySelector('roi-embed:defined')")
    tab.click(".roi-embed-open")
    wait_until(tab, f"{CODE} && {PREVIEWED}")


def _choose(tab: Tab, option: str, value: str) -> None:
    tab.evaluate(
        f"const fields = [...document.querySelectorAll('[data-option={option}]')];"
        f"const field = fields.find((each) => each.type !== 'radio' || each.value === '{value}');"
        "if (['checkbox', 'radio'].includes(field.type)) field.checked = true;"
        f"else field.value = '{value}';"
        "field.dispatchEvent(new Event('input', {bubbles: true}));"
        "field.dispatchEvent(new Event('change', {bubbles: true}));"
    )


def _clipboard(tab: Tab) -> None:
    """Keep what is copied where a test can read it: drivers differ in what they allow."""
    tab.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => "
        "{ window.copied = text; }}})"
    )


def _code(tab: Tab) -> str:
    return str(tab.evaluate(f"return {CODE}"))


def _type(tab: Tab, name: str, text: str) -> None:
    tab.evaluate(f"document.querySelector('[name={name}]').value = '{text}'")


@pytest.mark.parametrize("kind", ["script", "frame"])
def test_a_code_works_in_the_blog_that_it_is_pasted_into(
    kind: str, guide: Served, tab: Tab, tmp_path: Path
) -> None:
    _opened(tab, f"{guide.url}/")
    _type(tab, "requests", "250")
    _choose(tab, "values", "")
    _choose(tab, "theme", "dark")
    _choose(tab, "kind", kind)
    code = _code(tab)
    assert len(code) < 2000
    with blog(tmp_path / "blog", code) as address:
        tab.open(address)
        wait_until(tab, "document.querySelector('iframe')")
        wait_until(tab, "window.said.some(([, data]) => data.type === 'ready')")
        frame = FrameTab(tab)
        frame.wait_for_output("net_saving", "4500")
        assert frame.evaluate("return document.documentElement.dataset.theme") == "dark"


def test_a_pinned_script_in_another_language_and_currency_works_when_pasted(
    guide: Served, tab: Tab, tmp_path: Path
) -> None:
    _opened(tab, f"{guide.url}/")
    wait_until(tab, "document.querySelector('[data-option=currency]').options.length > 100")
    _choose(tab, "pinned", "")
    _choose(tab, "language", "es")
    _choose(tab, "currency", "EUR")
    _choose(tab, "font", "serif")
    _choose(tab, "spacing", "compact")
    _choose(tab, "radius", "7")
    code = _code(tab)
    assert f"{guide.url}/embed/month/es/#currency=EUR" in code
    assert f'data-title="{language("es").words("deflection.title")}"' in code
    assert f'integrity="{loader().integrity}" crossorigin="anonymous"' in code
    assert f"{guide.url}/{loader().pinned}" in code
    with blog(tmp_path / "blog", code) as address:
        tab.open(address)
        wait_until(tab, "window.said.some(([, data]) => data.type === 'ready')")
        frame = FrameTab(tab)
        frame.wait_until("document.querySelector('.roi-currency').textContent.includes('EUR')")
        looks = frame.evaluate(
            "const { dataset, lang, style } = document.documentElement;"
            "return [lang, dataset.font, dataset.spacing, style.cssText]"
        )
        assert looks == ["es", "serif", "compact", "--roi-radius: 7px;"]


def test_only_the_code_with_the_script_can_be_pinned(guide: Served, tab: Tab) -> None:
    shown = "document.querySelector('[data-option=pinned]').checkVisibility()"
    _opened(tab, f"{guide.url}/")
    tab.evaluate("document.querySelectorAll('.roi-embed-fold')[1].open = true")
    _choose(tab, "pinned", "")
    assert tab.evaluate(f"return {shown}")
    for kind in ("frame", "address", "link"):
        _choose(tab, "kind", kind)
        assert not tab.evaluate(f"return {shown}")
        assert "integrity" not in _code(tab)


@pytest.mark.parametrize("radius", ["25", "-1", "1.5", "x", ""])
def test_corners_beyond_the_limits_are_not_written(radius: str, guide: Served, tab: Tab) -> None:
    _opened(tab, f"{guide.url}/")
    _choose(tab, "radius", "8")
    assert "radius=8" in _code(tab)
    _choose(tab, "radius", radius)
    assert "radius" not in _code(tab)


def test_what_is_the_default_is_not_written(guide: Served, tab: Tab) -> None:
    _opened(tab, f"{guide.url}/")
    for option, other, default in (
        ("currency", "EUR", "USD"),
        ("font", "mono", "sans"),
        ("spacing", "wide", "normal"),
        ("theme", "light", "auto"),
        ("language", "pt", "en"),
        ("view", "full", "simple"),
    ):
        wait_until(tab, f"document.querySelector('[data-option={option}] [value={other}]')")
        before = _code(tab)
        _choose(tab, option, other)
        assert _code(tab) != before
        _choose(tab, option, default)
    _choose(tab, "kind", "address")
    assert _code(tab) == f"{guide.url}/embed/month/"


def test_an_address_and_a_link_are_codes_too(guide: Served, tab: Tab) -> None:
    _opened(tab, f"{guide.url}/")
    _choose(tab, "kind", "address")
    assert _code(tab) == f"{guide.url}/embed/month/"
    _choose(tab, "kind", "link")
    assert re.fullmatch(rf'<a href="{guide.url}/embed/month/">[^<>]+</a>', _code(tab))


def test_numbers_are_written_with_a_point_whatever_the_language(guide: Served, tab: Tab) -> None:
    _opened(tab, f"{guide.url}/es/")
    _type(tab, "cost_per_request", "8,01")
    _type(tab, "requests", "1.250")
    _type(tab, "repeat_share", "0,5\u00a0%")
    _choose(tab, "values", "")
    assert "cost_per_request=8.01" in _code(tab)
    assert "requests=1250" in _code(tab)
    assert "repeat_share=0.5%25" in _code(tab)


def test_what_is_no_number_does_not_get_into_a_code(guide: Served, tab: Tab) -> None:
    _opened(tab, f"{guide.url}/")
    _type(tab, "requests", '"><script>alert(1)</script>')
    _type(tab, "cost_per_request", "8,01")  # read as 8.01, and never written as 801
    _choose(tab, "values", "")
    assert "alert" not in _code(tab)
    assert "801" not in _code(tab)
    wait_until(tab, f"{SAID}.includes('left out')")
    _choose(tab, "kind", "address")
    assert "left out" in str(tab.evaluate(f"return {SAID}"))
    tab.evaluate("document.querySelector('[data-option=values]').click()")
    assert tab.evaluate(f"return {SAID}") == ""


def test_a_color_that_cannot_be_read_is_said(guide: Served, tab: Tab) -> None:
    _opened(tab, f"{guide.url}/")
    _choose(tab, "own-accent", "")
    _choose(tab, "accent", "#ffff00")
    assert "accent=ffff00" in _code(tab)
    said = str(tab.evaluate("return document.querySelector('.roi-embed-said').textContent"))
    assert re.fullmatch(r"That color could not be read well; it is shown as #[0-9a-f]{6}\.", said)
    _choose(tab, "accent", "#000080")
    assert tab.evaluate("return document.querySelector('.roi-embed-said').textContent") == ""


def test_the_preview_shows_what_the_code_gives(guide: Served, tab: Tab) -> None:
    _opened(tab, f"{guide.url}/")
    wait_until(tab, "document.querySelector('[data-option=currency]').options.length > 100")
    _type(tab, "requests", "250")
    _choose(tab, "values", "")
    _choose(tab, "language", "id")
    _choose(tab, "currency", "IDR")
    _choose(tab, "theme", "dark")
    _choose(tab, "view", "full")
    wait_until(tab, f"{FRAMES}.length === 1 && {FRAMES}[0].src.includes('view=full')")
    frame = FrameTab(tab)
    frame.wait_until("document.querySelector('roi-calculator[view=full]:defined')")
    frame.wait_until("document.querySelector('.roi-currency').textContent.includes('IDR')")
    frame.wait_for_output("net_saving", "4500")
    looks = "const { lang, dataset } = document.documentElement; return [lang, dataset.theme]"
    assert frame.evaluate(looks) == ["id", "dark"]
    address = tab.evaluate(f"return {FRAMES}[0].src")
    _choose(tab, "kind", "address")
    assert _code(tab) == address


def test_nothing_in_the_dialog_moves_while_the_preview_changes(guide: Served, tab: Tab) -> None:
    _opened(tab, f"{guide.url}/")
    tab.evaluate("document.querySelector('.roi-embed-fold').open = true")
    tab.evaluate(
        "window.places = new Set(); window.counts = new Set();"
        "const look = () => {"
        "  const box = document.querySelector('.roi-embed-fold').getBoundingClientRect();"
        f"  window.places.add(box.top + {DIALOG}.scrollTop);"
        f"  window.isBlank ||= ![...{FRAMES}].some((each) => each.contentDocument?.body"
        "    ?.querySelector('roi-calculator') && getComputedStyle(each).visibility === 'visible');"
        "  requestAnimationFrame(look);"
        "};"
        "look();"
        # Both may be there for less than a frame is shown.
        f"const count = () => window.counts.add({FRAMES}.length);"
        "count();"
        f"new MutationObserver(count).observe({DIALOG}, {{childList: true, subtree: true}});"
    )
    for option, value in (("language", "id"), ("spacing", "wide"), ("theme", "dark")):
        _choose(tab, option, value)
    wait_until(tab, f"{FRAMES}[0].src.includes('theme=dark')")
    wait_until(tab, PREVIEWED)
    assert tab.evaluate("return window.places.size") == 1
    assert tab.evaluate("return [...window.counts].sort()") == [1, 2]
    assert tab.evaluate("return window.isBlank") is False


def test_before_the_button_is_used_nothing_of_the_dialog_is_fetched(
    guide: Served, tab: Tab
) -> None:
    guide.requests.clear()
    tab.open(f"{guide.url}/")
    wait_until(tab, "document.querySelector('roi-embed:defined')")
    wait_until(tab, "document.readyState === 'complete'")
    mine = ("code-dialog", "color.js", "currencies", "/embed/month/")
    assert not [each.path for each in guide.requests if any(name in each.path for name in mine)]
    assert tab.evaluate("return document.querySelector('iframe')") is None
    tab.click(".roi-embed-open")
    wait_until(tab, PREVIEWED)
    asked = [each.path for each in guide.requests]
    assert all(any(name in path for path in asked) for name in mine)


def test_two_steps_are_enough_from_the_keyboard_too(guide: Served, tab: Tab) -> None:
    tab.open(f"{guide.url}/")
    _clipboard(tab)
    wait_until(tab, "document.querySelector('roi-embed:defined')")
    tab.evaluate("document.querySelector('.roi-embed-open').focus()")
    tab.press("Enter")
    wait_until(tab, "document.activeElement.matches('.roi-embed-copy')")
    tab.press("Enter")
    wait_until(tab, f"{SAID}.startsWith('Copied.')")
    assert "data-roi-calculator" in str(tab.evaluate("return window.copied"))


def test_what_few_need_is_folded_away(guide: Served, tab: Tab) -> None:
    _opened(tab, f"{guide.url}/")
    shown = (
        f"return [...{DIALOG}.querySelectorAll('iframe, textarea, button, summary, select, input')]"
        ".filter((each) => each.checkVisibility({ contentVisibilityAuto: true })"
        " && each.getClientRects().length)"
        ".map((each) => each.matches('button, summary') ? each.textContent : each.localName)"
    )
    unfold = "document.querySelectorAll('.roi-embed-fold')[{}].open = true"
    first = ["iframe", "textarea", "Copy", "Close", "Change how it looks", "It did not work?"]
    assert tab.evaluate(shown) == first
    tab.evaluate(unfold.format(0))
    looks = [*["select"] * 4, *["input"] * 3, "select", "select", "input"]
    assert tab.evaluate(shown) == [*first[:5], *looks, first[5]]
    tab.evaluate(unfold.format(1))
    assert tab.evaluate(shown) == [*first[:5], *looks, first[5], *["input"] * 5]


# WebKitGTK's window cannot be as narrow.
@pytest.mark.parametrize("browser", NAMES[:2], indirect=True)
@pytest.mark.parametrize("width", [360, 1280])
def test_a_code_has_one_height_whatever_copies_it(width: int, guide: Served, tab: Tab) -> None:
    assert isinstance(tab, PlaywrightTab)
    tab.page.set_viewport_size({"width": width, "height": 780})
    _opened(tab, f"{guide.url}/")
    heights = r'height[:="]+(\d+)'
    assert re.findall(heights, _code(tab)) == ["480", "480"]
    _choose(tab, "kind", "frame")
    assert re.findall(heights, _code(tab)) == ["480"]
    _choose(tab, "view", "full")
    assert re.findall(heights, _code(tab)) == [f"{HEIGHTS['full']}"]
    assert "#view=full" in _code(tab)


def test_it_is_worked_from_the_keyboard(guide: Served, tab: Tab) -> None:
    if not isinstance(tab, PlaywrightTab):
        pytest.skip("WebKitGTK's driver sends Escape to the page and not to the dialog")
    tab.open(f"{guide.url}/")
    wait_until(tab, "document.querySelector('roi-embed:defined')")
    tab.page.focus(".roi-embed-open")
    tab.press("Enter")
    wait_until(tab, f"{DIALOG}.open && {DIALOG}.contains(document.activeElement)")
    named = tab.page.get_by_role("dialog", name="Embed this calculator", exact=True)
    assert named.count() == 1
    nameless = tab.page.locator("dialog :is(select, input, textarea, button)").evaluate_all(
        "(fields) => fields.filter((each) => !(each.matches('button') ? each.textContent :"
        " each.ariaLabel || each.labels[0]?.textContent)?.trim()).map((each) => each.outerHTML)"
    )
    assert nameless == []
    tab.press("Escape")
    wait_until(tab, f"!{DIALOG}.open && document.activeElement.matches('.roi-embed-open')")
    tab.press("Enter")
    wait_until(tab, f"{DIALOG}.open && {PREVIEWED}")
    FrameTab(tab).evaluate("document.querySelector('input').focus()")
    tab.press("Escape")
    wait_until(tab, f"!{DIALOG}.open && document.activeElement.matches('.roi-embed-open')")


def test_it_works_under_the_policy_that_the_docs_print(
    guide_site: Path, guide: Served, tab: Tab
) -> None:
    docs = (ROOT / "docs" / "en" / "self-hosting.md").read_text("utf-8")
    (page,) = re.findall(r"(default-src .*worker-src 'self'.*form-action 'none')\";", docs)
    (more,) = re.findall(r"^connect-src 'self'; frame-src.*$", docs, re.MULTILINE)
    # Another name than the frame's page, which has a policy of its own.
    shutil.copy(guide_site / "index.html", guide_site / "strict.html")
    guide.headers["strict.html"] = {"Content-Security-Policy": f"{page}; {more}"}
    _opened(tab, f"{guide.url}/strict.html")
    wait_until(tab, "document.querySelector('[data-option=currency]').options.length > 100")
    FrameTab(tab).wait_until("document.querySelector('roi-calculator:defined')")


def test_copying_is_said_whether_or_not_the_browser_allows_it(guide: Served, tab: Tab) -> None:
    _opened(tab, f"{guide.url}/")
    wait_until(tab, "document.querySelector('[data-option=currency]').options.length > 100")
    _clipboard(tab)
    tab.click(".roi-embed-copy")
    wait_until(tab, f"{SAID} === 'Copied. Paste it where your blog takes HTML.'")
    assert tab.evaluate("return window.copied") == _code(tab)
    assert tab.evaluate("return document.querySelector('.roi-embed-said').role") == "status"
    _choose(tab, "kind", "address")
    assert tab.evaluate(f"return {SAID}") == "Changed: copy it again."
    tab.click(".roi-embed-copy")
    wait_until(tab, f"{SAID} === 'Copied. Paste it on a line of its own.'")
    assert tab.evaluate("return window.copied") == f"{guide.url}/embed/month/"
    tab.evaluate(f"navigator.clipboard.writeText = () => {REFUSAL}")
    tab.click(".roi-embed-copy")
    wait_until(tab, f"{SAID}.startsWith('The browser did not allow copying.')")
    assert tab.evaluate(
        "const field = document.activeElement;"
        "return field.value.slice(field.selectionStart, field.selectionEnd)"
    ) == _code(tab)


def test_what_was_copied_stays_said_while_the_dialog_looks_things_up(
    guide: Served, tab: Tab
) -> None:
    tab.open(f"{guide.url}/")
    _clipboard(tab)
    wait_until(tab, "document.querySelector('roi-embed:defined')")
    tab.click(".roi-embed-open")
    wait_until(tab, CODE)
    tab.click(".roi-embed-copy")
    wait_until(tab, f"{SAID}.startsWith('Copied.')")
    wait_until(tab, "document.querySelector('[data-option=currency]').options.length > 100")
    wait_until(tab, PREVIEWED)
    assert str(tab.evaluate(f"return {SAID}")).startswith("Copied.")


def test_the_calculator_does_not_take_the_dialogs_fields_for_its_own(
    guide: Served, tab: Tab
) -> None:
    _opened(tab, f"{guide.url}/")
    assert tab.evaluate("return document.querySelector('roi-calculator roi-embed')") is None
    assert tab.evaluate("return document.querySelectorAll('roi-embed').length") == 1
