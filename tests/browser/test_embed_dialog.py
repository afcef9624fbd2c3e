"""The dialog below a calculator: its codes work when they are pasted, by mouse and by keyboard."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mkdocs_roi_calculator.embeds.host_script import loader
from roi_calc.language.language import language
from support.browsers import PlaywrightTab, Tab, wait_until
from support.embeds import blog, build_guide, served_guide
from support.frames import FrameTab
from support.sites import ROOT, Served

CODE = "document.querySelector('.roi-embed-code').value"
DIALOG = "document.querySelector('roi-embed dialog')"


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
    # Once the preview has told its height.
    wait_until(tab, f"/height=.[1-9]/.test({CODE})")


def _choose(tab: Tab, option: str, value: str) -> None:
    tab.evaluate(
        f"const field = document.querySelector('[data-option={option}]');"
        f"if (field.type === 'checkbox') field.checked = true; else field.value = '{value}';"
        "field.dispatchEvent(new Event('input', {bubbles: true}));"
        "field.dispatchEvent(new Event('change', {bubbles: true}));"
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
    wait_until(tab, "document.querySelector('.roi-embed-said').textContent.includes('left out')")


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
    _choose(tab, "theme", "dark")
    frame = FrameTab(tab)
    wait_until(tab, "document.querySelector('iframe').src.includes('theme=dark')")
    frame.wait_until("document.documentElement.dataset.theme === 'dark'")


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
    tab.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => "
        "{ window.copied = text; }}})"
    )
    tab.click(".roi-embed-copy")
    wait_until(tab, "document.querySelector('.roi-embed-said').textContent === 'Copied.'")
    assert tab.evaluate("return window.copied") == _code(tab)


def test_the_calculator_does_not_take_the_dialogs_fields_for_its_own(
    guide: Served, tab: Tab
) -> None:
    _opened(tab, f"{guide.url}/")
    assert tab.evaluate("return document.querySelector('roi-calculator roi-embed')") is None
    assert tab.evaluate("return document.querySelectorAll('roi-embed').length") == 1
