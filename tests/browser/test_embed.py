"""The embed page in a blog of another origin: it answers, in any sandbox, and reaches nothing."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.browsers import PlaywrightTab, Tab, wait_for_output, wait_until
from support.embeds import FIELD, blog, build_guide, check_that_it_answers, served_guide
from support.frames import FrameTab
from support.sites import Served

FULL = (
    "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox "
    "allow-downloads allow-modals"
)


@pytest.fixture(scope="module")
def guide_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide as files."""
    return build_guide(tmp_path_factory.mktemp("guide"))


@pytest.fixture(scope="module")
def guide(guide_site: Path) -> Iterator[Served]:
    """The guide, on loopback."""
    with served_guide(guide_site) as serving:
        yield serving


def _frame(address: str, sandbox: str | None = "allow-scripts") -> str:
    attribute = "" if sandbox is None else f' sandbox="{sandbox}"'
    return f'<iframe src="{address}" title="ROI" width="600" height="900"{attribute}></iframe>'


@pytest.mark.parametrize("sandbox", [None, FULL, "allow-scripts"], ids=["none", "full", "opaque"])
def test_it_answers_in_every_sandbox(
    sandbox: str | None, guide: Served, tab: Tab, tmp_path: Path
) -> None:
    with blog(tmp_path / "blog", _frame(f"{guide.url}/embed/month/", sandbox)) as address:
        tab.open(address)
        frame = FrameTab(tab)
        frame.wait_until("document.querySelector('roi-calculator:defined')")
        assert frame.evaluate("return self.origin === 'null'") is (sandbox == "allow-scripts")
        check_that_it_answers(tab)


def test_where_no_worker_may_start_it_answers_on_the_pages_own_thread(
    guide: Served, tab: Tab, tmp_path: Path, guide_site: Path
) -> None:
    page = guide_site / "embed" / "month" / "index.html"
    narrow = page.read_text("utf-8").replace("worker-src blob: data:", "worker-src 'none'")
    (page.parent.parent / "narrow").mkdir(exist_ok=True)
    (page.parent.parent / "narrow" / "index.html").write_text(narrow, "utf-8")
    with blog(tmp_path / "blog", _frame(f"{guide.url}/embed/narrow/")) as address:
        tab.open(address)
        frame = FrameTab(tab)
        frame.wait_until("document.querySelector('roi-calculator:defined')")
        frame.replace(FIELD, "250")
        # By its message: Python on this thread has closed what a test would look in with.
        wait_until(tab, "window.said.some(([, data]) => data.type === 'result')")


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        ("?requests=250", {"requests": "250", "cost_per_request": "20"}),
        ("#requests=250", {"requests": "250"}),
        ("?requests=1#requests=250", {"requests": "250"}),
        ("#?secret=abc", {"requests": "100"}),
        ("#requests=80..100..130", {"requests": "80..100..130"}),
        ("#requests=250&period=week", {"requests": "250", "period": "week"}),
        (
            "#cost_per_request=8.01&repeat_share=0.5%25",
            {"cost_per_request": "8.01", "repeat_share": "0.5%"},
        ),
    ],
)
def test_an_address_fills_in_numbers(
    asked: str, fields: dict[str, str], guide: Served, same_tab: Tab
) -> None:
    same_tab.open(f"{guide.url}/embed/month/{asked}")
    wait_until(same_tab, "document.querySelector('roi-calculator:defined')")
    for name, value in fields.items():
        assert same_tab.evaluate(f"return document.querySelector('[name={name}]').value") == value


def test_an_address_writes_numbers_with_a_point_in_every_language(guide: Served, tab: Tab) -> None:
    tab.open(f"{guide.url}/embed/mes/#cost_per_request=8.01")
    wait_until(tab, "document.querySelector('roi-calculator:defined')")
    assert tab.evaluate("return document.querySelector('[name=cost_per_request]').value") == "8,01"
    wait_for_output(tab, "net_saving", "301")


TEXTS = """
const block = document.querySelector('roi-calculator');
const texts = [block.querySelector('form'), block.querySelector('.roi-answer')];
return texts.map((each) => each.outerHTML.replaceAll(block.id, 'block'));
"""


def _texts(tab: Tab, address: str, currency: str) -> object:
    """Return form and answer of a page, once Python has answered in a currency."""
    tab.open(address)
    # A field that is touched has the answer computed here too.
    wait_until(tab, "document.querySelector('roi-calculator:defined')")
    tab.evaluate("document.querySelector('roi-calculator').dispatchEvent(new Event('change'))")
    wait_until(tab, "document.querySelector('roi-calculator').getAttribute('state') === 'ready'")
    wait_until(tab, "!document.querySelector('roi-calculator').matches('[stale], [waiting]')")
    wait_until(tab, f"document.querySelector('.roi-currency').textContent.includes('{currency}')")
    texts = tab.evaluate(TEXTS)
    # Else the next form offers what this one had.
    tab.evaluate("sessionStorage.clear()")
    return texts


@pytest.mark.parametrize("currency", ["EUR", "JPY"])
def test_a_currency_that_is_asked_for_is_what_a_build_in_it_gives(
    currency: str, guide: Served, tab: Tab
) -> None:
    wish = f"#currency={currency.lower()}&requests=250"
    asked = _texts(tab, f"{guide.url}/embed/month/{wish}", currency)
    built = _texts(tab, f"{guide.url}/embed/{currency.lower()}/#requests=250", currency)
    assert asked == built
    assert "$" not in str(asked)
    wait_for_output(tab, "net_saving", "4500")


def test_figures_of_another_currency_go_and_those_of_the_new_one_come(
    guide: Served, tab: Tab
) -> None:
    published = "document.querySelector('[data-field=cost_per_request] .roi-apply')"
    tab.open(f"{guide.url}/embed/month/")
    assert tab.evaluate(f"return Boolean({published})")
    tab.open(f"{guide.url}/embed/month/?currency=EUR")
    wait_until(tab, f"!{published}")
    tab.open(f"{guide.url}/embed/eur/?currency=USD")
    wait_until(tab, f"{published}")
    for fold in (".roi-more", ".roi-unsure", "[data-field=cost_per_request] .roi-benchmarks"):
        tab.click(f"{fold} > summary")
    tab.click("[data-field=cost_per_request] .roi-apply")
    wait_for_output(tab, "net_saving", "301")


def test_what_is_typed_outlives_a_change_of_currency(guide: Served, tab: Tab) -> None:
    tab.open(f"{guide.url}/embed/month/?currency=EUR")
    wait_until(tab, "document.querySelector('roi-calculator:defined')")
    tab.replace(FIELD, "250")
    wait_until(tab, "document.querySelector('.roi-currency').textContent.includes('EUR')")
    wait_for_output(tab, "net_saving", "4500")
    assert tab.evaluate(f"return document.querySelector('{FIELD}').value") == "250"
    tab.click(".roi-more > summary")
    tab.click(".roi-reset")
    wait_for_output(tab, "net_saving", "1500")
    assert "€" in str(tab.evaluate("return document.querySelector('.roi-lead').textContent"))


def test_a_frame_without_an_origin_takes_another_language_and_currency(
    guide: Served, tab: Tab, tmp_path: Path
) -> None:
    body = _frame(f"{guide.url}/embed/month/?language=es&currency=EUR&requests=250")
    with blog(tmp_path / "blog", body) as address:
        tab.open(address)
        frame = FrameTab(tab)
        frame.wait_until(
            "document.documentElement.lang === 'es' && "
            "document.querySelector('.roi-currency').textContent.includes('EUR')"
        )
        frame.wait_for_output("net_saving", "4500")
        # The page that is left tells nothing.
        ready = "window.said.filter(([, data]) => data.type === 'ready').length"
        assert tab.evaluate(f"return {ready}") == 1


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("month/?language=es", "month/es/"),
        ("month/#language=PT-br&requests=250", "month/pt/"),
        ("month/#?secret=a&language=id", "month/id/"),
        ("month/?language=es#language=id", "month/id/"),
        ("month/es/#language=en&theme=dark", "month/"),
        ("month/es/#language=pt", "month/pt/"),
        ("mes/en/?language=es_MX", "mes/"),
        ("month/?view=full", "month/full/"),
        ("month/#view=simple", "month/"),
        ("month/full/#view=simple&theme=dark", "month/"),
        ("month/#language=es&view=full&requests=250", "month/full/es/"),
        ("month/full/#language=id", "month/full/id/"),
        ("mes/#view=full&language=es-MX", "mes/full/"),
        ("month/#view=constructor", "month/"),
        ("month/#view=full/../../../rate", "month/"),
        ("month/#view=%22%5D,script", "month/"),
        ("month/#language=en-GB", "month/"),
        ("month/#language=fr", "month/"),
        ("month/#language=", "month/"),
        ("month/#language=es/../../../rate", "month/"),
        ("month/#language=https://elsewhere.example/", "month/"),
        ("month/#language=%22%5D,script", "month/"),
        ("month/#language=%E0%A4%A&language=es", "month/"),
        ("month/#language=" + "es-" * 1000, "month/"),
    ],
)
def test_a_language_and_a_view_lead_to_the_page_in_them_with_all_other_wishes(
    asked: str, leads_to: str, guide: Served, same_tab: Tab, tmp_path: Path
) -> None:
    with blog(tmp_path / "blog", _frame(f"{guide.url}/embed/{asked}", FULL)) as address:
        same_tab.open(address)
        # A page that is being left never says it.
        wait_until(same_tab, f"{SAID}.some((data) => data.type === 'ready')")
        frame = FrameTab(same_tab)
        assert frame.evaluate("return location.pathname") == f"/embed/{leads_to}"
        wishes = json.dumps(re.sub(r"^[\w/]+", "", asked))
        kept = f"location.href === new URL({wishes}, location.href).href"
        assert frame.evaluate(f"return {kept}") is True
        if "requests=250" in asked:
            frame.wait_until(
                "document.querySelector('[data-output=net_saving]').dataset.value === '4500'"
            )


@pytest.mark.parametrize(
    ("browser", "others"),
    # WebKitGTK draws without a graphics card here, and takes a minute for as many as Chromium.
    [("chromium", 19), ("firefox", 4), ("webkit", 4)],
    indirect=["browser"],
)
def test_frames_with_numbers_take_turns_and_one_that_is_seen_does_not_wait_for_the_others(
    others: int, guide: Served, tab: Tab, tmp_path: Path
) -> None:
    unseen = _frame(f"{guide.url}/embed/month/#requests=250", FULL)
    seen = _frame(f"{guide.url}/embed/mes/#requests=250", FULL)
    far = f'<div style="position: absolute; top: 9000px">{unseen * others}</div>'
    answered = f"{SAID}.filter((data) => data.type === 'result').map((data) => data.id)"
    with blog(tmp_path / "blog", seen + far) as address:
        tab.open(address)
        wait_until(tab, f"{answered}.includes('mes')")
        assert tab.evaluate(f"return {answered}.indexOf('mes')") in {0, 1}
        wait_until(tab, f"{answered}.length === {1 + others}")


def _workers(guide: Served) -> list[str]:
    """What has been asked for to start Python."""
    return [path for request in guide.requests if "worker" in (path := request.path)]


@pytest.mark.parametrize("browser", ["chromium"], indirect=True)
def test_a_frame_that_is_seen_waits_no_longer_than_half_a_minute(
    guide: Served, tab: Tab, tmp_path: Path, guide_site: Path
) -> None:
    """A turn may never end: of a page that was left and is kept, or of one that hangs."""
    (guide_site / "holds.html").write_text(
        "<!doctype html><script>for (const name of ['', '-seen'])"
        "navigator.locks.request(`roi-calculator-start${name}`, () => new Promise(() => {}));"
        "navigator.locks.query().then(({held}) => { document.title = held.length; });</script>",
        "utf-8",
    )
    assert isinstance(tab, PlaywrightTab)
    tab.page.clock.install()
    before = len(_workers(guide))
    holds = _frame(f"{guide.url}/holds.html", FULL)
    with blog(tmp_path / "blog", holds) as address:
        tab.open(address)
        FrameTab(tab).wait_until("document.title === '2'")
        tab.evaluate(
            "document.body.insertAdjacentHTML('afterbegin', "
            f"{json.dumps(_frame(f'{guide.url}/embed/month/#requests=250', FULL))})"
        )
        frame = FrameTab(tab)
        frame.wait_until("document.querySelector('roi-calculator')?.getAttribute('state')")
        tab.page.clock.run_for(29_000)
        assert len(_workers(guide)) == before
        tab.page.clock.run_for(2_000)
        frame.wait_for_output("net_saving", "4500")
        assert len(_workers(guide)) > before


STYLE = "getComputedStyle(document.querySelector('roi-calculator'))"


@pytest.mark.parametrize(
    ("asked", "style", "becomes"),
    [
        ("#radius=0", "borderTopLeftRadius", "0px"),
        ("#radius=24", "borderTopLeftRadius", "24px"),
        ("#font=serif", "fontFamily", "ui-serif, georgia, serif"),
        ("#font=mono", "fontFamily", "ui-monospace, monospace"),
        ("#font=sans", "fontFamily", "system-ui, sans-serif"),
    ],
)
def test_an_address_sets_corners_and_font(
    asked: str, style: str, becomes: str, guide: Served, same_tab: Tab
) -> None:
    same_tab.open(f"{guide.url}/embed/month/{asked}")
    wait_until(same_tab, "document.querySelector('roi-calculator:defined')")
    found = str(same_tab.evaluate(f"return {STYLE}.{style}"))
    assert found.lower().replace('"', "") == becomes


def test_an_address_sets_the_spacing(guide: Served, tab: Tab) -> None:
    heights = []
    for spacing in ("compact", "normal", "wide"):
        tab.open(f"{guide.url}/embed/month/?spacing={spacing}")
        wait_until(tab, "document.querySelector('roi-calculator:defined')")
        heights.append(
            tab.evaluate(
                "return document.querySelector('.roi-frame').getBoundingClientRect().height"
            )
        )
    assert heights == sorted(heights)  # type: ignore[type-var] # numbers
    assert len(set(heights)) == 3


HOSTILE = {
    "a script": "#requests=<script>alert(1)</script>",
    "HTML": "?requests=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
    "an unknown name": "#__proto__=1&constructor=2&onload=3",
    "a theme that does not exist": "#theme=</style><script>",
    "an accent that is no color": "#accent=url(javascript:alert(1))",
    "malformed encoding": "#requests=%E0%A4%A&%=%&==",
    "repeated": "#requests=x&requests=y",
    "huge": "#requests=" + "9" * 5000,
    "a huge number": "#requests=1e999",
    "not a number": "#requests=NaN",
    "digits of another script": "#requests=%D9%A1%D9%A2",
    "above the maximum": "#requests=999999999999999",
    "below the minimum": "#requests=-5",
    "a range that falls": "#requests=3..2..1",
    "a range that falls at its end": "#requests=1..3..2",
    "half of a pair": "#staff_hours=8",
    "more answers than asked": "#survey_yes=91&survey_answered=90",
    "an option that does not exist": "#period=fortnight",
    "a radius above the largest": "#radius=25",
    "a radius that is a style": "#radius=8px;background:url(//elsewhere.example)",
    "a font of another site": "#font=url(//elsewhere.example/font.woff2)",
    "a font that every object has": "#font=constructor&spacing=toString&theme=valueOf",
    "a spacing that is a number": "#spacing=-1e9",
    "a currency that is none": "#currency=ABC",
    "a currency that every object has": "#currency=__proto__",
    "a currency's sign": "#currency=%E2%82%AC",
    "a currency that is a path": "#currency=../../x",
    "a huge currency": "#currency=" + "EUR" * 600,
}


@pytest.mark.parametrize("asked", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_address_changes_nothing(asked: str, guide: Served, same_tab: Tab) -> None:
    same_tab.open(f"{guide.url}/embed/month/{asked}")
    wait_until(same_tab, "document.querySelector('roi-calculator:defined')")
    # What Python has to look at first has its time.
    wait_until(same_tab, "document.querySelector('[name=requests]').value === '100'")
    if re.search("currency=[A-Z]{3}$", asked):
        names = "performance.getEntriesByType('resource').some(({ name, responseEnd }) =>"
        wait_until(same_tab, f"{names} name.endsWith('/currencies.en.json') && responseEnd)")
        same_tab.evaluate("return new Promise((resolve) => setTimeout(resolve))")
    assert same_tab.evaluate("return document.querySelector('[name=period]').value") == "month"
    assert same_tab.evaluate("return document.documentElement.dataset.theme ?? ''") == ""
    assert same_tab.evaluate("return document.documentElement.style.cssText") == ""
    looks = "const { font, spacing } = document.documentElement.dataset; return [font, spacing]"
    assert same_tab.evaluate(looks) == [None, None]
    assert same_tab.evaluate("return document.querySelectorAll('script, img').length") == 1
    assert (
        same_tab.evaluate(
            "return document.querySelector('roi-calculator').getAttribute('currency')"
        )
        == "USD"
    )
    wait_for_output(same_tab, "net_saving", "1500")
    if isinstance(same_tab, PlaywrightTab):
        assert same_tab.errors == []


def test_what_is_ignored_is_said_once(guide: Served, tab: Tab) -> None:
    if not isinstance(tab, PlaywrightTab):
        pytest.skip("WebKitGTK's driver reports no console")
    said: list[str] = []
    tab.page.on("console", lambda each: said.append(each.text))
    with tab.page.expect_console_message(lambda each: "currency" in each.text):
        tab.open(
            f"{guide.url}/embed/month/#requests=<b>&theme=x&nonsense=1&requests=2"
            "&language=fr&view=x&radius=99&font=x&spacing=x&currency=ABC"
        )
    line, unknown = [each for each in said if "ignored" in each]
    assert line.startswith("roi-calculator: ignored ")
    names = ('"requests"', 'theme="x"', '"nonsense"', 'language="fr"', 'radius="99"')
    assert all(each in line for each in (*names, 'view="x"', 'font="x"', 'spacing="x"'))
    assert unknown == 'roi-calculator: ignored currency="ABC"'


@pytest.mark.parametrize(
    ("asked", "scheme", "paper"),
    [
        ("#theme=light", "light", "#ffffff"),
        ("#theme=dark", "dark", "#16181d"),
        ("", "light", "#ffffff"),
    ],
)
def test_a_theme_is_what_the_address_asks_for(
    asked: str, scheme: str, paper: str, guide: Served, same_tab: Tab
) -> None:
    same_tab.open(f"{guide.url}/embed/month/{asked}")
    said = "getComputedStyle(document.documentElement)"
    assert same_tab.evaluate(f"return {said}.colorScheme") == scheme
    assert same_tab.evaluate(f"return {said}.getPropertyValue('--paper').trim()") == paper


PAPERS = {"light": "#ffffff", "dark": "#16181d"}
CONTRAST = """
const luminance = (hex) => [1, 3, 5]
  .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
  .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
  .reduce((sum, each, index) => sum + each * [0.2126, 0.7152, 0.0722][index], 0);
const accent = document.documentElement.style.getPropertyValue("--roi-accent");
const [low, high] = [luminance(accent), luminance("PAPER")].sort((a, b) => a - b);
return [accent, (high + 0.05) / (low + 0.05)];
"""


@pytest.mark.parametrize(
    ("theme", "given", "becomes"),
    [
        ("light", "0b57d0", "#0b57d0"),
        ("light", "ffff00", ""),
        ("light", "ffffff", ""),
        ("dark", "0b57d0", ""),
        ("dark", "000000", ""),
        ("dark", "ffcc00", "#ffcc00"),
    ],
)
def test_an_accent_is_readable_whatever_is_given(
    theme: str, given: str, becomes: str, guide: Served, same_tab: Tab
) -> None:
    same_tab.open(f"{guide.url}/embed/month/#theme={theme}&accent=%23{given}")
    wait_until(same_tab, "document.documentElement.style.getPropertyValue('--roi-accent')")
    found = same_tab.evaluate(CONTRAST.replace("PAPER", PAPERS[theme]))
    assert isinstance(found, list)
    accent, contrast = found
    assert contrast >= 4.5
    assert accent == becomes or (not becomes and accent != f"#{given}")


SAID = "window.said.map(([, data]) => data)"


def test_the_height_is_told_as_each_host_listens_for_it(
    guide: Served, tab: Tab, tmp_path: Path
) -> None:
    body = _frame(f"{guide.url}/embed/month/#?secret=abc")
    with blog(tmp_path / "blog", body) as address:
        tab.open(address)
        wait_until(tab, f"{SAID}.some((data) => data.type === 'ready')")
        wait_until(tab, f"{SAID}.some((data) => data.type === 'embed-size')")
        tab.evaluate(
            "const frame = document.querySelector('iframe').contentWindow;"
            "frame.postMessage({method: 'register', windowId: 7}, '*');"
        )
        wait_until(tab, f"{SAID}.some((data) => data.method === 'resize')")
        tab.evaluate(
            "const frame = document.querySelector('iframe').contentWindow;"
            "frame.postMessage(JSON.stringify({method: 'register', windowId: 8}), '*');"
        )
        wait_until(tab, f"{SAID}.some((data) => typeof data === 'string' && /:8/.test(data))")
        said = tab.evaluate(f"return {SAID}")
        assert isinstance(said, list)
        height = next(each["height"] for each in said if "type" in each and each["type"] == "ready")
        assert {"message": "height", "value": height, "secret": "abc"} in said
        assert {"sentinel": "amp", "type": "embed-size", "height": height} in said
        assert {"method": "resize", "windowId": 7, "height": height} in said
        texts = [json.loads(each) for each in said if isinstance(each, str)]
        assert {"method": "resize", "windowId": 8, "height": height} in texts
        source = f"{guide.url}/embed/month/"
        assert {"context": "iframe.resize", "src": source, "height": height} in texts


def test_the_height_is_told_again_once_wordpress_listens(
    guide: Served, tab: Tab, tmp_path: Path
) -> None:
    body = _frame(f"{guide.url}/embed/month/#?secret=abc")
    with blog(tmp_path / "blog", body) as address:
        tab.open(address)
        wait_until(tab, f"{SAID}.some((data) => data.type === 'embed-size')")
        told = f"{SAID}.findLast((data) => data.message === 'height')"
        height = tab.evaluate(f"return {told}.value")
        tab.evaluate("window.said.length = 0")
        tab.evaluate(
            "const frame = document.querySelector('iframe').contentWindow;"
            "frame.postMessage({message: 'ready', secret: 'other'}, '*');"
            "frame.postMessage({message: 'ready', secret: 'abc'}, '*');"
        )
        wait_until(tab, told)
        assert tab.evaluate(f"return {told}") == {
            "message": "height",
            "value": height,
            "secret": "abc",
        }
        count = f"{SAID}.filter((data) => data.message === 'height').length"
        assert tab.evaluate(f"return {count}") == 1


def test_a_frame_without_a_width_tells_its_height_when_it_has_one(
    guide: Served, tab: Tab, tmp_path: Path
) -> None:
    body = _frame(f"{guide.url}/embed/month/").replace('width="600"', 'style="width: 0"')
    script = "<script>addEventListener('load', () => { window.isLoaded = true; });</script>"
    with blog(tmp_path / "blog", body + script) as address:
        tab.open(address)
        wait_until(tab, "window.isLoaded")
        assert tab.evaluate(f"return {SAID}") == []
        tab.evaluate("document.querySelector('iframe').style.width = '600px'")
        wait_until(tab, f"{SAID}.some((data) => data.type === 'ready')")
        heights = f"{SAID}.map((data) => data.height).filter(Boolean)"
        found = tab.evaluate(f"return {heights}")
        assert isinstance(found, list)
        assert max(found) < 4000


def test_a_page_around_it_that_asks_for_no_text_changes_nothing(
    guide: Served, tab: Tab, tmp_path: Path
) -> None:
    with blog(tmp_path / "blog", _frame(f"{guide.url}/embed/month/", FULL)) as address:
        tab.open(address)
        wait_until(tab, f"{SAID}.some((data) => data.type === 'ready')")
        tab.evaluate("window.said.length = 0")
        tab.evaluate(
            "const no = { toString: 1, valueOf: 1 };"
            "const wishes = { theme: no, font: no, spacing: [no], radius: [5], accent: no };"
            "const init = { ns: 'roi-calculator', v: 1, type: 'init', ...wishes };"
            "document.querySelector('iframe').contentWindow.postMessage(init, '*');"
        )
        # It tells its height after everything else.
        wait_until(tab, f"{SAID}.some((data) => data.type === 'resize')")
        found = "const { style, dataset } = document.documentElement;"
        assert FrameTab(tab).evaluate(
            f"{found} return [style.cssText, dataset.theme, dataset.font, dataset.spacing]"
        ) == ["", None, None, None]


THEME = "document.documentElement.dataset.theme ?? 'none'"


def test_the_frame_listens_to_its_parent_alone(guide: Served, tab: Tab, tmp_path: Path) -> None:
    forger = (
        "<script>const send = (data) => parent.frames[0].postMessage(data, '*');"
        "const ns = 'roi-calculator';"
        "addEventListener('message', () => {"
        "send({ns, v: 1, type: 'init', theme: 'dark', accent: '#ff0000'});"
        "parent.postMessage('done', '*'); });</script>"
    )
    with blog(tmp_path / "forger", forger) as elsewhere:
        body = _frame(f"{guide.url}/embed/month/") + _frame(elsewhere)
        with blog(tmp_path / "blog", body) as address:
            tab.open(address)
            wait_until(tab, f"{SAID}.some((data) => data.type === 'ready')")
            tab.evaluate("window.frames[1].postMessage('go', '*')")
            wait_until(tab, f"{SAID}.includes('done')")
            frame = FrameTab(tab)
            assert frame.evaluate(f"return {THEME}") == "none"
            tab.evaluate(
                "const ns = 'roi-calculator'; const say = (data) => "
                "window.frames[0].postMessage({ns, v: 1, type: 'init', ...data}, '*');"
                "say({theme: '</style>', accent: 'red;}'}); say({theme: {}, accent: [1]});"
                "window.frames[0].postMessage(null, '*'); window.frames[0].postMessage('{', '*');"
                "say({theme: 'dark'});"
            )
            frame.wait_until(f"({THEME}) === 'dark'")
            assert frame.evaluate("return document.documentElement.style.cssText") == ""
            assert tab.errors == []
