"""The script that a blog includes: a frame in the place of the link, as high as it has to be."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mkdocs_roi_calculator.embeds.code_dialog import SANDBOX
from mkdocs_roi_calculator.embeds.host_script import loader
from support.browsers import Tab, wait_until
from support.embeds import blog, build_guide, check_that_it_answers, served_guide
from support.frames import FrameTab
from support.sites import ROOT, Served, served

# The same script where nobody waits half a minute for what will not come.
IMPATIENT = "impatient.js"
HEIGHT = "document.querySelector('iframe')?.getBoundingClientRect().height"
# What a page has asked for, beside itself.
LOADED = "return performance.getEntriesByType('resource').map(({ name }) => name)"
# What stands there would be moved by a frame of another height.
TO_BEHIND = "document.querySelector('#behind').scrollIntoView({ block: 'center' })"
# What a blog's own analytics would do.
LISTENER = """<script>
window.events = [];
for (const type of ["ready", "result", "error"]) {
  addEventListener(`roi-calculator:${type}`, (event) => window.events.push([type, event.detail]));
}
window.shift = 0;
if (PerformanceObserver.supportedEntryTypes.includes("layout-shift")) {
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}
</script>"""


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The guide, on loopback."""
    site = build_guide(tmp_path_factory.mktemp("guide"))
    script = loader().content.decode()
    impatient = script.replace("PATIENCE_MS = 30000", "PATIENCE_MS = 2000")
    assert impatient != script
    (site / IMPATIENT).write_text(impatient, "utf-8")
    with served_guide(site) as serving:
        yield serving


def _script(guide: Served, address: str = loader().address) -> str:
    return f'<script async src="{guide.url}/{address}"></script>'


def _holder(guide: Served, path: str = "embed/month/", attributes: str = "") -> str:
    name = path.strip("/").rpartition("/")[2]
    return (
        f'<div data-roi-calculator="{name}" data-title="The {name}" data-height="900" {attributes}>'
        f'<a href="{guide.url}/{path}">A calculator</a></div>'
    )


def _is_shown(index: int = 0) -> str:
    """Return an expression: whether the n-th holder shows its frame and not its link."""
    holder = f"document.querySelectorAll('[data-roi-calculator]')[{index}]"
    return (
        f"{holder}.querySelector('iframe') && "
        f"getComputedStyle({holder}.querySelector('iframe')).opacity === '1' && "
        f"getComputedStyle({holder}.querySelector('a')).display === 'none'"
    )


def _is_link(tab: Tab) -> bool:
    return (
        tab.evaluate(
            "const link = document.querySelector('[data-roi-calculator] a');"
            "return getComputedStyle(link).display !== 'none' && link.getClientRects().length === 1"
            " && !document.querySelector('iframe')"
        )
        is True
    )


def test_the_reader_gets_the_calculator_and_the_blog_its_events(
    guide: Served, tab: Tab, tmp_path: Path
) -> None:
    with blog(tmp_path / "blog", LISTENER + _holder(guide) + _script(guide)) as address:
        tab.open(address)
        wait_until(tab, _is_shown())
        check_that_it_answers(tab)
        wait_until(tab, "window.events.length === 2")
        said = tab.evaluate("return window.events")
        assert said == [["ready", {"id": "month"}], ["result", {"id": "month"}]]
        # Nothing that was typed, and nothing that came out.
        assert "250" not in json.dumps(tab.evaluate("return window.said.map(([, data]) => data)"))
        attributes = tab.evaluate(
            "const frame = document.querySelector('iframe');"
            "return [frame.title, frame.referrerPolicy, frame.getAttribute('sandbox'), "
            "document.cookie, localStorage.length, sessionStorage.length]"
        )
        assert attributes == [
            "The month",
            "strict-origin-when-cross-origin",
            SANDBOX,
            "",
            0,
            0,
        ]
        assert tab.errors == []


def test_the_frame_is_as_high_as_what_is_in_it_and_follows_it_both_ways(
    guide: Served, tab: Tab, tmp_path: Path
) -> None:
    inside = "Math.ceil(document.querySelector('.roi-frame').getBoundingClientRect().height)"
    with blog(tmp_path / "blog", _holder(guide) + _script(guide)) as address:
        tab.open(address)
        wait_until(tab, _is_shown())
        frame = FrameTab(tab)
        heights = []
        for _ in range(3):
            wait_until(tab, f"{HEIGHT} === {frame.evaluate(f'return {inside}')}")
            heights.append(tab.evaluate(f"return {HEIGHT}"))
            frame.evaluate(
                "for (const each of document.querySelectorAll('details')) each.open = !each.open"
            )
            # Until it is measured, told and followed.
            frame.evaluate("requestAnimationFrame(() => requestAnimationFrame(() => {}))")
            wait_until(tab, f"{HEIGHT} !== {heights[-1]}")
        closed, opened, closed_again = heights
        assert opened > closed == closed_again  # type: ignore[operator] # numbers


def test_several_embeds_and_several_includes_are_one_frame_each(
    guide: Served, tab: Tab, tmp_path: Path
) -> None:
    holders = _holder(guide, attributes='data-prefill-requests="250"') + _holder(
        guide, "embed/mes/", 'data-prefill-cost_per_request="8.01" data-theme="dark"'
    )
    body = _script(guide) + holders + _script(guide) + _script(guide)
    with blog(tmp_path / "blog", body) as address:
        tab.open(address)
        wait_until(tab, f"{_is_shown(0)} && {_is_shown(1)}")
        assert tab.evaluate("return document.querySelectorAll('iframe').length") == 2
        month, mes = FrameTab(tab, 0), FrameTab(tab, 1)
        month.wait_for_output("net_saving", "4500")
        mes.wait_for_output("net_saving", "301")
        assert mes.evaluate("return document.documentElement.dataset.theme") == "dark"
        assert month.evaluate("return document.documentElement.dataset.theme ?? ''") == ""


def test_attributes_say_all_that_an_address_can(guide: Served, tab: Tab, tmp_path: Path) -> None:
    attributes = (
        'data-language="es" data-currency="EUR" data-radius="4" data-font="serif" '
        'data-spacing="wide" data-theme="dark" data-view="full" data-prefill-requests="250"'
    )
    holder = _holder(guide, attributes=attributes)
    with blog(tmp_path / "blog", LISTENER + holder + _script(guide)) as address:
        tab.open(address)
        wait_until(tab, _is_shown())
        frame = FrameTab(tab)
        frame.wait_until("document.documentElement.lang === 'es'")
        frame.wait_until("document.querySelector('roi-calculator[view=full]')")
        frame.wait_until("document.querySelector('.roi-currency').textContent.includes('EUR')")
        frame.wait_for_output("net_saving", "4500")
        looks = frame.evaluate(
            "const { dataset, style } = document.documentElement;"
            "return [dataset.font, dataset.spacing, dataset.theme, style.cssText]"
        )
        assert looks == ["serif", "wide", "dark", "--roi-radius: 4px;"]
        ready = "window.events.filter(([type]) => type === 'ready').length"
        assert tab.evaluate(f"return {ready}") == 1


@pytest.mark.parametrize(
    "attributes",
    [
        'data-language="fr"',
        'data-language="../../rate/"',
        'data-language="https://elsewhere.example/"',
        'data-language="&quot;><script>alert(1)</script>" data-currency="<b>"',
        'data-currency="ABC" data-radius="1e9" data-font="url(x)" data-spacing="8px;color:red"',
        'data-view="../../rate/"',
        'data-language="%E0%A4%A" data-currency="%00"',
    ],
)
def test_hostile_attributes_change_nothing(
    attributes: str, guide: Served, same_tab: Tab, tmp_path: Path
) -> None:
    holder = _holder(guide, attributes=attributes)
    with blog(tmp_path / "blog", holder + _script(guide)) as address:
        same_tab.open(address)
        wait_until(same_tab, _is_shown())
        frame = FrameTab(same_tab)
        said = frame.evaluate(
            "const { lang, dataset, style } = document.documentElement;"
            "const block = document.querySelector('roi-calculator');"
            "return [location.pathname, lang, dataset.font ?? '', dataset.spacing ?? '', "
            "style.cssText, block.getAttribute('currency')]"
        )
        assert said == ["/embed/month/", "en", "", "", "", "USD"]
        assert same_tab.errors == []


@pytest.mark.parametrize(
    "link",
    [
        "https://elsewhere.example/embed/month/",
        "javascript:alert(1)",
        "data:text/html,<p>",
        "/embed/month/",
    ],
)
def test_a_link_that_is_not_the_guides_stays_a_link(
    link: str, guide: Served, same_tab: Tab, tmp_path: Path
) -> None:
    body = f'<div data-roi-calculator="month"><a href="{link}">A link</a></div>{_script(guide)}'
    with blog(tmp_path / "blog", body) as address:
        same_tab.open(address)
        wait_until(same_tab, "'roiSeen' in document.querySelector('[data-roi-calculator]').dataset")
        assert _is_link(same_tab)


@pytest.mark.parametrize("link", ["https://", "http://x:port/", "http://[x]/"])
def test_a_link_that_cannot_be_read_leaves_the_other_calculators_alone(
    link: str, guide: Served, same_tab: Tab, tmp_path: Path
) -> None:
    broken = f'<div data-roi-calculator="broken"><a href="{link}">A link</a></div>'
    with blog(tmp_path / "blog", broken + _holder(guide) + _script(guide)) as address:
        same_tab.open(address)
        wait_until(same_tab, _is_shown(1))
        assert same_tab.evaluate("return document.querySelectorAll('iframe').length") == 1
        assert same_tab.errors == []


def test_a_page_that_is_not_there_leaves_the_link(guide: Served, tab: Tab, tmp_path: Path) -> None:
    holder = _holder(guide, "embed/nowhere/")
    with blog(tmp_path / "blog", LISTENER + holder + _script(guide, IMPATIENT)) as address:
        tab.open(address)
        wait_until(tab, "window.events.length === 1")
        assert tab.evaluate("return window.events") == [
            ["error", {"id": "nowhere", "code": "frame"}]
        ]
        assert _is_link(tab)


def test_without_its_script_there_is_a_link(guide: Served, tab: Tab, tmp_path: Path) -> None:
    gone = _script(guide).replace("embed.v1.js", "nothing.js")
    with blog(tmp_path / "blog", _holder(guide) + gone) as address:
        tab.open(address)
        assert _is_link(tab)


def test_nothing_but_the_script_is_asked_for_until_the_reader_comes_near(
    guide: Served, tab: Tab, tmp_path: Path
) -> None:
    far = '<div style="height: 6000px">Words</div>'
    with blog(tmp_path / "blog", far + _holder(guide) + _script(guide)) as address:
        guide.requests.clear()
        tab.open(address)
        wait_until(tab, "'roiSeen' in document.querySelector('[data-roi-calculator]').dataset")
        assert [each.path for each in guide.requests] == [f"/{loader().address}"]
        # Nor anybody else.
        assert tab.evaluate(LOADED) == [f"{guide.url}/{loader().address}"]
        tab.evaluate("document.querySelector('[data-roi-calculator]').scrollIntoView()")
        wait_until(tab, _is_shown())
        asked = [each.path for each in guide.requests]
        assert asked == [f"/{loader().address}", "/embed/month/"]


@pytest.mark.parametrize("before", ["", '<div style="height: 6000px">Words</div>'])
def test_a_place_that_is_kept_is_filled_without_a_shift(
    before: str, guide: Served, browser_tab_with_shifts: Tab, tmp_path: Path
) -> None:
    tab = browser_tab_with_shifts
    body = LISTENER + before + '{}<p id="behind">Behind</p>' + _script(guide)
    with blog(tmp_path / "blog", body.replace("{}", _holder(guide))) as first:
        tab.open(first)
        tab.evaluate(TO_BEHIND)
        wait_until(tab, f"window.events.length && {_is_shown()}")
        height = tab.evaluate(f"return {HEIGHT}")
    reserved = _holder(guide, attributes=f'style="min-height:{height}px"')
    with blog(tmp_path / "again", body.replace("{}", reserved)) as second:
        tab.open(second)
        tab.evaluate(TO_BEHIND)
        wait_until(tab, f"window.events.length && {_is_shown()}")
        tab.evaluate("return new Promise(requestAnimationFrame)")
        assert tab.evaluate("return window.shift") == 0


@pytest.fixture
def browser_tab_with_shifts(tab: Tab) -> Tab:
    """A tab of a browser that measures shifts."""
    if not tab.evaluate("return PerformanceObserver.supportedEntryTypes.includes('layout-shift')"):
        pytest.skip("only Chromium measures layout shifts")
    return tab


FORGED = """<iframe id="forger" src="ELSEWHERE"></iframe>"""
FORGER = """<script>
const forge = (data) => parent.postMessage(data, "*");
for (const height of [1, 99999]) {
  forge({ ns: "roi-calculator", v: 1, id: "month", type: "ready", height });
  forge({ ns: "roi-calculator", v: 1, id: "month", type: "resize", height });
  forge({ ns: "roi-calculator", v: 1, id: "month", type: "error", detail: "forged" });
}
forge("done");
</script>"""


def test_messages_of_other_frames_are_nothing(guide: Served, tab: Tab, tmp_path: Path) -> None:
    with blog(tmp_path / "forger", FORGER) as forger:
        body = LISTENER + _holder(guide) + FORGED.replace("ELSEWHERE", forger) + _script(guide)
        with blog(tmp_path / "blog", body) as address:
            tab.open(address)
            wait_until(tab, _is_shown())
            wait_until(tab, "window.said.some(([, data]) => data === 'done')")
            tab.evaluate(
                "const ns = 'roi-calculator';"
                "postMessage({ns, v: 1, id: 'month', type: 'resize', height: 99999}, '*');"
                "postMessage('done too', '*');"
            )
            wait_until(tab, "window.said.some(([, data]) => data === 'done too')")
            assert tab.evaluate("return window.events") == [["ready", {"id": "month"}]]
            height = tab.evaluate(f"return {HEIGHT}")
            assert isinstance(height, (int, float))
            assert 200 < height < 9000


def test_messages_of_another_page_in_the_frame_are_nothing(
    guide: Served, tab: Tab, tmp_path: Path
) -> None:
    with blog(tmp_path / "forger", FORGER) as forger:
        body = LISTENER + _holder(guide) + _script(guide)
        with blog(tmp_path / "blog", body) as address:
            tab.open(address)
            wait_until(tab, _is_shown())
            height = tab.evaluate(f"return {HEIGHT}")
            tab.evaluate(f"document.querySelector('iframe').src = '{forger}'")
            wait_until(tab, "window.said.some(([, data]) => data === 'done')")
            assert tab.evaluate("return window.events") == [["ready", {"id": "month"}]]
            assert tab.evaluate(f"return {HEIGHT}") == height


def test_a_frame_of_the_guide_speaks_for_itself_alone(
    guide: Served, tab: Tab, tmp_path: Path
) -> None:
    body = LISTENER + _holder(guide) + _holder(guide, "embed/mes/") + _script(guide)
    with blog(tmp_path / "blog", body) as address:
        tab.open(address)
        wait_until(tab, f"{_is_shown(0)} && {_is_shown(1)}")
        height = tab.evaluate(f"return {HEIGHT}")
        FrameTab(tab, 1).evaluate(
            "const ns = 'roi-calculator';"
            "parent.postMessage({ns, v: 1, id: 'month', type: 'error', detail: 'forged'}, '*');"
            "parent.postMessage({ns, v: 1, id: 'month', type: 'resize', height: 777}, '*');"
        )
        wait_until(tab, "document.querySelectorAll('iframe')[1].style.height === '777px'")
        assert tab.evaluate(f"return {HEIGHT}") == height
        assert tab.evaluate("return window.events.at(-1)") == [
            "error",
            {"id": "mes", "code": "forged"},
        ]


@pytest.mark.parametrize(
    ("height", "becomes"),
    [
        ("-1", 120),
        ("0", 120),
        ("1e9", 9000),
        ("700.2", 701),
        ("NaN", None),
        ("Infinity", None),
        ("'700'", None),
        ("'<b>'", None),
        ("null", None),
        ("{}", None),
        ("[700]", None),
    ],
)
def test_a_height_is_a_number_within_limits_or_nothing(
    height: str, becomes: int | None, guide: Served, same_tab: Tab, tmp_path: Path
) -> None:
    with blog(tmp_path / "blog", _holder(guide) + _script(guide)) as address:
        same_tab.open(address)
        wait_until(same_tab, _is_shown())
        before = same_tab.evaluate(f"return {HEIGHT}")
        FrameTab(same_tab).evaluate(
            f"parent.postMessage({{ns: 'roi-calculator', v: 1, type: 'resize', height: {height}}},"
            "'*'); parent.postMessage('done', '*')"
        )
        wait_until(same_tab, "window.said.some(([, data]) => data === 'done')")
        assert same_tab.evaluate(f"return {HEIGHT}") == (before if becomes is None else becomes)


def test_the_pinned_script_is_what_its_integrity_says(
    guide: Served, tab: Tab, tmp_path: Path
) -> None:
    pinned = (
        f'<script async src="{guide.url}/{loader().pinned}" integrity="{loader().integrity}" '
        'crossorigin="anonymous"></script>'
    )
    with blog(tmp_path / "blog", _holder(guide) + pinned) as address:
        tab.open(address)
        wait_until(tab, _is_shown())


def test_the_policy_that_the_docs_print_is_all_that_a_blog_needs(
    guide: Served, tab: Tab, tmp_path: Path
) -> None:
    docs = (ROOT / "docs" / "en" / "embedding-server.md").read_text("utf-8")
    (printed,) = re.findall(r"^Content-Security-Policy: (script-src .*)$", docs, re.MULTILINE)
    policy = f"default-src 'none'; {printed.replace('https://guide.example', guide.url)}"
    (tmp_path / "index.html").write_text(
        f"<!doctype html><title>A blog</title>{_holder(guide)}{_script(guide)}", "utf-8"
    )
    with served(tmp_path, {"Content-Security-Policy": policy}) as strict:
        tab.open(f"{strict.url}/")
        wait_until(tab, _is_shown())


def test_the_listener_that_the_docs_print_makes_a_frame_as_high_as_what_is_in_it(
    guide: Served, tab: Tab, tmp_path: Path
) -> None:
    docs = (ROOT / "docs" / "en" / "embedding-developers.md").read_text("utf-8")
    (listener,) = re.findall(r"```js\n(const frame = .*?)```", docs, re.DOTALL)
    body = (
        f'<iframe src="{guide.url}/embed/month/" height="150"></iframe>'
        f"<script>{listener.replace('https://guide.example', guide.url)}</script>"
    )
    with blog(tmp_path / "blog", body) as address:
        tab.open(address)
        wait_until(tab, f"{HEIGHT} > 200")


def test_a_blog_in_quirks_mode_shows_it_too(guide: Served, tab: Tab, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f"{_holder(guide)}{_script(guide)}", "utf-8")
    with served(tmp_path) as old:
        tab.open(f"{old.url}/")
        wait_until(tab, _is_shown())
        assert tab.evaluate("return document.compatMode") == "BackCompat"
        inside = "document.querySelector('.roi-frame').getBoundingClientRect().height"
        wait_until(tab, f"{HEIGHT} === {FrameTab(tab).evaluate(f'return Math.ceil({inside})')}")
        check_that_it_answers(tab)
