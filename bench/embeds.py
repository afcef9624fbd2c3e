"""What an embedded calculator costs the page around it: our loader beside the other ways.

A long article has the calculator below the fold, or in view, put there by each way in turn; the
frame is the same page in all, with each library's own part added. Article and frame come from two
sites, as a blog and a guide do, so that Chromium gives each a process. Typeform's embed shows this
frame too, at its whole address, with a stand-in for what a form of theirs says; nobody outside is
asked.

    make bench-embed        three rounds
    BENCH_ROUNDS=1 BENCH_BROWSERS=chromium make bench-embed
"""

import json
import math
import os
import re
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from string import Template
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Frame, Page, Route, ViewportSize

from mkdocs_roi_calculator.embeds.host_script import loader
from support.browsers import started
from support.embeds import build_guide, move_guide
from support.sites import ROOT
from support.wire import OBSERVE, Server, compressed, serving

ROUNDS: Final = int(os.environ.get("BENCH_ROUNDS", "3"))
OUTPUT: Final = ROOT / "build" / "bench"
NPM: Final = ROOT / "node_modules"
PATIENCE_SECONDS: Final = 60
# After which nothing more comes that nobody asked for.
QUIET_MS: Final = 1000
WINDOW: Final[ViewportSize] = {"width": 1280, "height": 900}
# A reader in a hurry: about 2,000 pixels a second.
NOTCH: Final = 120
BETWEEN_NOTCHES_MS: Final = 60
# Libraries add a margin of the page.
SAME_HEIGHT: Final = 40
TYPEFORM: Final = "https://embed.typeform.com/next/css/"
TYPEFORM_STYLES: Final = NPM / "@typeform" / "embed" / "build" / "css"

Figures = dict[str, float | None]


@dataclass(frozen=True)
class Way:
    """One way to embed.

    code: what the article has, in which `$frame` is the framed page, `$script` the way's script,
    `$height` the frame's height, and `$care` what its documents offer against requests and shifts.
    script and child: files of npm packages, for the article and the framed page. start: what the
    framed page runs behind its file.
    """

    code: str
    care: str = ""
    script: str = ""
    child: str = ""
    start: str = ""

    @property
    def sizes(self) -> bool:
        """Whether the frame becomes as high as what is in it."""
        return "$script" in self.code


_CAREFUL_FRAME: Final = 'loading="lazy" height="$height"'
_FRAME: Final = (
    '<iframe id="calculator" src="$frame" title="Calculator" style="width: 100%; border: 0" $care>'
    "</iframe>"
)
# In the place of what a form of Typeform's says to the page around it.
_FORM: Final = """
const embedId = new URLSearchParams(location.search).get("typeform-embed-id");
const say = (type, more) => parent.postMessage({ type, embedId, ...more }, "*");
const frame = document.querySelector(".roi-frame");
new ResizeObserver(() => say("form-height-changed",
  { height: Math.ceil(frame.getBoundingClientRect().height) })).observe(frame);
say("form-ready");
"""
NOTHING: Final = "nothing"
OURS: Final = "ours"
WAYS: Final[Mapping[str, Way]] = {
    NOTHING: Way(""),
    "plain iframe": Way(_FRAME.replace("$care", _CAREFUL_FRAME)),
    OURS: Way(
        '<div data-roi-calculator="month" data-title="Calculator" data-height="$height"'
        ' style="min-height:${height}px"><a href="$frame">Calculator</a></div>'
        '<script async src="$script"></script>'
    ),
    "iframe-resizer 4": Way(
        f'{_FRAME}<script src="$script"></script>'
        '<script>iFrameResize({}, "#calculator")</script>',
        _CAREFUL_FRAME,
        "iframe-resizer/js/iframeResizer.min.js",
        "iframe-resizer/js/iframeResizer.contentWindow.min.js",
    ),
    "iframe-resizer 5": Way(
        f'{_FRAME}<script src="$script"></script>'
        '<script>iframeResize({ license: "GPLv3" }, "#calculator")</script>',
        _CAREFUL_FRAME,
        "@iframe-resizer/parent/index.umd.js",
        "@iframe-resizer/child/index.umd.js",
    ),
    "open-iframe-resizer": Way(
        f'{_FRAME}<script src="$script"></script>'
        '<script>iframeResizer.initialize({}, "#calculator")</script>',
        _CAREFUL_FRAME,
        "@open-iframe-resizer/core/dist/index.umd.cjs",
        "@open-iframe-resizer/core/dist/index.umd.cjs",
    ),
    "pym.js": Way(
        '<div data-pym-src="$frame" $care></div><script src="$script"></script>',
        'style="min-height:${height}px"',
        "pym.js/dist/pym.v1.min.js",
        "pym.js/dist/pym.v1.min.js",
        "new pym.Child({ polling: 500 });",
    ),
    "Typeform": Way(
        '<div data-tf-widget="$frame" data-tf-auto-resize $care></div>'
        '<script src="$script"></script>',
        'data-tf-lazy style="min-height:${height}px"',
        "@typeform/embed/build/embed.js",
        start=_FORM,
    ),
}


@dataclass(frozen=True)
class Case:
    """Where the calculator stands, and whether the author takes care."""

    is_far: bool
    is_careful: bool = False


CASES: Final[Mapping[str, Case]] = {
    "below the fold": Case(is_far=True),
    "below the fold, with care": Case(is_far=True, is_careful=True),
    "in view": Case(is_far=False),
}
_PARAGRAPH: Final = f"<p>{'Words that a reader came for. ' * 20}</p>"
_BEFORE: Final = {True: 25, False: 1}
_BEHIND: Final = 30
_ARTICLE: Final = Template("""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>An article</title><link rel="icon" href="data:,">
<style>body { max-width: 700px; margin: 0 auto; font: 18px/1.5 sans-serif }</style></head>
<body><section><h1>An article</h1>$before</section>$code$behind</body></html>
""")


@dataclass
class Sites:
    """The guide, whose frame and scripts are embedded, and the blog around it."""

    guide: Server
    blog: Server

    def write(self, name: str, height: int) -> None:
        """Write the way's articles."""
        way = WAYS[name]
        places = {
            "frame": f"{self.guide.url}/{_frame_of(name)}",
            "script": f"{self.guide.url}/{_script_of(name)}",
            "height": str(height),
        }
        for title, case in CASES.items():
            care = Template(way.care).substitute(places) if case.is_careful else ""
            article = _ARTICLE.substitute(
                before=_PARAGRAPH * _BEFORE[case.is_far],
                code=Template(way.code).substitute(places, care=care),
                behind=_PARAGRAPH * _BEHIND,
            )
            (self.blog.folder / _article_of(name, title)).write_text(article, "utf-8")
        # What was sent of them before.
        self.blog.body.cache_clear()

    def article(self, name: str, case: str) -> str:
        """Return the address of an article: to browsers another site than the guide's."""
        return f"{self.blog.url.replace('127.0.0.1', 'localhost')}/{_article_of(name, case)}"

    def forget(self) -> None:
        """Count from here."""
        self.guide.asked.clear()
        self.guide.sent = 0


@dataclass
class Visit:
    """A page that is open.

    outside: the bytes of what it asked of Typeform's server. refused: what it asked of any other.
    """

    page: Page
    sites: Sites
    outside: list[int] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def requests(self) -> int:
        """Return how many requests the calculator has caused."""
        return len(self.sites.guide.asked) + len(self.outside)

    @property
    def sent(self) -> int:
        """Return the bytes that came for them."""
        return self.sites.guide.sent + sum(self.outside)

    def frame(self) -> Frame | None:
        """Return the guide's frame, if it is there."""
        own = (each for each in self.page.frames if each.url.startswith(self.sites.guide.url))
        return next(own, None)

    def height_inside(self) -> float:
        """Return how high the calculator is; 0 before it is there."""
        frame = self.frame()
        element = frame and frame.query_selector(".roi-frame")
        return float(element.evaluate("(each) => each.offsetHeight")) if element else 0

    def wait_until_it_stands(self, but_for: float = 0) -> float:
        """Wait until the calculator shows at another height than before, in a frame as high.

        Return its height. A plain frame has been written with it.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            inside = self.height_inside()
            if inside not in {0, but_for} and self._is_as_high_as(inside):
                self.page.wait_for_timeout(QUIET_MS)
                return inside
            self.page.wait_for_timeout(200)
        message = f"{self.page.url}: no calculator of its height after {PATIENCE_SECONDS} s"
        raise SystemExit(message)

    def _is_as_high_as(self, inside: float) -> bool:
        outside, opacity = self.page.evaluate(
            "(frame => [frame.offsetHeight, getComputedStyle(frame).opacity])"
            "(document.querySelector('iframe'))"
        )
        return abs(float(outside) - inside) <= SAME_HEIGHT and str(opacity) == "1"

    def scroll_to_end_of(self, selector: str) -> None:
        """Scroll by the wheel until the `bottom` of an element is in the middle of the window."""
        bottom = self.page.evaluate(
            "(selector) => document.querySelector(selector).getBoundingClientRect().bottom",
            selector,
        )
        # Beside the column, so that no frame takes the wheel.
        self.page.mouse.move(20, 400)
        for _ in range(math.ceil((bottom - WINDOW["height"] / 2) / NOTCH)):
            self.page.mouse.wheel(0, NOTCH)
            self.page.wait_for_timeout(BETWEEN_NOTCHES_MS)


def _frame_of(name: str) -> str:
    has_child = WAYS[name].child or WAYS[name].start
    return f"embed/{_file_name(name)}/" if has_child else "embed/month/"


def _script_of(name: str) -> str:
    return loader().address if name == OURS else f"ways/{_file_name(name)}.js"


def _child_of(name: str) -> str:
    return f"ways/{_file_name(name)}.child.js"


def _article_of(name: str, case: str) -> str:
    return f"{_file_name(name)}-{_file_name(case)}.html"


def _file_name(title: str) -> str:
    return title.replace(",", "").replace(" ", "-")


def _write_ways(site: Path) -> None:
    """Put the libraries beside the guide, and for each a copy of the framed page with its part."""
    (site / "ways").mkdir()
    month = (site / "embed" / "month" / "index.html").read_text("utf-8")
    for name, way in WAYS.items():
        if way.script:
            (site / _script_of(name)).write_bytes((NPM / way.script).read_bytes())
        if way.child or way.start:
            library = (NPM / way.child).read_text("utf-8") if way.child else ""
            (site / _child_of(name)).write_text(f"{library}\n{way.start}", "utf-8")
            page = site / _frame_of(name) / "index.html"
            page.parent.mkdir()
            script = f'<script src="/{_child_of(name)}"></script>'
            page.write_text(month.replace("</body>", f"{script}</body>"), "utf-8")


@contextmanager
def _sites() -> Iterator[Sites]:
    with tempfile.TemporaryDirectory() as scratch:
        site = build_guide(Path(scratch) / "guide")
        blog = Path(scratch) / "blog"
        blog.mkdir()
        with serving(site) as guide, serving(blog) as articles:
            move_guide(site, guide.url)
            _write_ways(site)
            yield Sites(guide, articles)


@contextmanager
def _visiting(browser: Browser, sites: Sites) -> Iterator[Visit]:
    """Open a page in a browser profile of its own."""
    context = browser.new_context(viewport=WINDOW)
    visit = Visit(context.new_page(), sites)
    _keep_inside(context, visit)
    visit.page.add_init_script(OBSERVE)
    sites.forget()
    yield visit
    context.close()


def _keep_inside(context: BrowserContext, visit: Visit) -> None:
    """Answer for Typeform's server with the package's styles, and refuse every other."""

    def answer(route: Route) -> None:
        address = route.request.url
        if not address.startswith(TYPEFORM):
            visit.refused.append(address)
            route.abort()
            return
        body = (TYPEFORM_STYLES / address.removeprefix(TYPEFORM)).read_bytes()
        visit.outside.append(len(compressed(body)))
        route.fulfill(body=body, content_type="text/css")

    context.route(re.compile("^https:"), answer)


def _height(browser: Browser, sites: Sites) -> int:
    """Return the frame's height in the article, which the dialog of a guide would have filled in.

    By a visit to ours with another height, which warms the browser up as well.
    """
    sites.write(OURS, WINDOW["height"])
    with _visiting(browser, sites) as visit:
        visit.page.goto(sites.article(OURS, "in view"))
        visit.wait_until_it_stands()
        return int(visit.page.evaluate("document.querySelector('iframe').offsetHeight"))


def _measure(visit: Visit, name: str, case_name: str) -> Figures:
    way, case, page = WAYS[name], CASES[case_name], visit.page
    processor = _Processor(page)
    page.goto(visit.sites.article(name, case_name))
    page.wait_for_timeout(QUIET_MS)
    figures: Figures = {"early_requests": visit.requests, "early_bytes": visit.sent}
    if case.is_far:
        visit.scroll_to_end_of("section")
    if name == NOTHING:
        page.wait_for_timeout(QUIET_MS)
    else:
        inside = visit.wait_until_it_stands()
    figures |= {
        "requests": visit.requests,
        "bytes": visit.sent,
        "shift": _shift(page),
        **_long_tasks(page),
        **processor.figures(),
    }
    if way.sizes:
        frame = visit.frame()
        assert frame
        # So that there are words behind it to be moved.
        visit.scroll_to_end_of("iframe")
        frame.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        visit.wait_until_it_stands(but_for=inside)
        figures["shift_as_it_grew"] = _more(_shift(page), figures["shift"])
    if visit.refused:
        message = f"{name} asked for {', '.join(visit.refused)}"
        raise SystemExit(message)
    return figures


def _more(after: float | None, before: float | None) -> float | None:
    return None if after is None or before is None else after - before


def _shift(page: Page) -> float | None:
    """Return how far the page has shifted, in sum; None where the browser does not say."""
    if not page.evaluate("PerformanceObserver.supportedEntryTypes.includes('layout-shift')"):
        return None
    return float(page.evaluate("window.shift"))


def _long_tasks(page: Page) -> Figures:
    if not page.evaluate("PerformanceObserver.supportedEntryTypes.includes('longtask')"):
        return {"long_tasks": None, "long_tasks_ms": None}
    took = page.evaluate("window.longTasks")
    return {"long_tasks": len(took), "long_tasks_ms": sum(took)}


class _Processor:
    """The processor time of the article's own thread, in Chromium: not the clock's."""

    def __init__(self, page: Page) -> None:
        self._session = None
        browser = page.context.browser
        if browser and browser.browser_type.name == "chromium":
            self._session = page.context.new_cdp_session(page)
            self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def figures(self) -> Figures:
        """Return the milliseconds for scripts, and for everything."""
        if not self._session:
            return {"script_ms": None, "thread_ms": None}
        told = self._session.send("Performance.getMetrics")["metrics"]
        metrics = {each["name"]: 1000 * float(each["value"]) for each in told}
        return {"script_ms": metrics["ScriptDuration"], "thread_ms": metrics["TaskDuration"]}


def _sizes(sites: Sites) -> dict[str, dict[str, int]]:
    """Return the compressed bytes of each way's files, for the article and the framed page."""
    found: dict[str, dict[str, int]] = {}
    for name, way in WAYS.items():
        script = sites.guide.folder / _script_of(name)
        child = sites.guide.folder / _child_of(name)
        styles = TYPEFORM_STYLES / "widget.css" if name == "Typeform" else None
        article = [each for each in (script, styles) if each and each.is_file()]
        found[name] = {
            "article": sum(len(compressed(each.read_bytes())) for each in article),
            "frame": len(compressed(child.read_bytes())) if way.child else 0,
        }
    return found


COLUMNS: Final = {
    "early_requests": ("requests before the scroll", 0, 1),
    "early_bytes": ("kB before the scroll", 1, 1000),
    "requests": ("requests in all", 0, 1),
    "bytes": ("kB in all", 1, 1000),
    "shift": ("shift until it stands", 3, 1),
    "shift_as_it_grew": ("shift as it grew", 3, 1),
    "long_tasks": ("long tasks", 0, 1),
    "long_tasks_ms": ("long tasks, ms", 0, 1),
    "script_ms": ("script, ms", 1, 1),
    "thread_ms": ("thread, ms", 0, 1),
}


def _table(runs: Mapping[str, list[Figures]]) -> str:
    lines = [
        f"| | {' | '.join(title for title, _, _ in COLUMNS.values())} |",
        "|---|" + "---|" * len(COLUMNS),
    ]
    lines += [
        f"| {name} | {' | '.join(_cell(measured, column) for column in COLUMNS)} |"
        for name, measured in runs.items()
    ]
    return "\n".join(lines)


def _cell(measured: list[Figures], column: str) -> str:
    """Return the median, with the least and the most where they differ."""
    _, digits, scale = COLUMNS[column]
    values = [each[column] for each in measured if column in each]
    known = [value / scale for value in values if value is not None]
    if not known:
        return "–"  # noqa: RUF001 - a dash
    low, middle, high = (
        f"{each:.{digits}f}" for each in (min(known), statistics.median(known), max(known))
    )
    return middle if low == high else f"{middle} ({low}–{high})"  # noqa: RUF001 - a range


def main() -> None:
    """Measure everything in turn and write it as Markdown and JSON."""
    browsers = os.environ.get("BENCH_BROWSERS", "chromium,firefox").split(",")
    found: dict[str, dict[str, list[Figures]]] = {}
    with _sites() as sites:
        for _, browser_name in product(range(ROUNDS), browsers):
            with started(browser_name, is_timed=True) as browser:
                if not isinstance(browser, Browser):
                    raise SystemExit(browser_name)
                height = _height(browser, sites)
                for name in WAYS:
                    sites.write(name, height)
                for case, name in product(CASES, WAYS):
                    with _visiting(browser, sites) as visit:
                        figures = _measure(visit, name, case)
                    runs = found.setdefault(f"{browser_name}, {case}", {})
                    runs.setdefault(name, []).append(figures)
                    print(f"{browser_name}, {case}, {name}: {figures}", flush=True)
            _write(found, _sizes(sites))


def _write(
    found: Mapping[str, Mapping[str, list[Figures]]], sizes: Mapping[str, Mapping[str, int]]
) -> None:
    OUTPUT.mkdir(parents=True, exist_ok=True)
    (OUTPUT / "embed.json").write_text(
        json.dumps({"rounds": ROUNDS, "bytes": sizes, "found": found}), "utf-8"
    )
    files = ["| | for the article, kB | for the framed page, kB |", "|---|---|---|"]
    files += [
        f"| {name} | {each['article'] / 1000:.1f} | {each['frame'] / 1000:.1f} |"
        for name, each in sizes.items()
    ]
    tables = [f"### {title}\n\n{_table(runs)}" for title, runs in found.items()]
    (OUTPUT / "embed.md").write_text("\n\n".join(["\n".join(files), *tables]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
