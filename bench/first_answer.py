"""How soon a page answers with Python in it: ours beside the other ways, in one run, in turn.

Every page computes the worked month with 250 requests as soon as it can and notes when; the clock
is the page's own, from the start of the navigation. Each measurement has a browser of its own, so
that the first visit is cold; the second is another page of the same browser. The server shapes
the link itself, because a browser's own emulation does not reach workers, and counts the bytes.

    make bench              everything, five rounds
    BENCH_ROUNDS=1 BENCH_LINKS=unthrottled BENCH_BROWSERS=chromium make bench-engine
"""

import json
import os
import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Page

from support.browsers import started
from support.sites import PYODIDE, ROOT, run_tool, write_site
from support.wire import OBSERVE, UNTHROTTLED, Link, Server, add_types, compressed, serving

ROUNDS: Final = int(os.environ.get("BENCH_ROUNDS", "5"))
OUTPUT: Final = ROOT / "build" / "bench"
PATIENCE_MS: Final = 180_000
RECALCULATIONS: Final = 300
SAVING: Final = 4500
_AFTERWARDS_MS: Final = 300
_IMPORT: Final = re.compile(r'\bimport\("\./([\w./-]+)"\)')
LINKS: Final[Mapping[str, Link]] = {
    "unthrottled": UNTHROTTLED,
    "9 Mbit/s, 170 ms": Link(9e6 / 8, 0.170),
    "1.6 Mbit/s, 150 ms": Link(1.6e6 / 8, 0.150),
    "a weak telephone: 1.6 Mbit/s, 400 ms": Link(1.6e6 / 8, 0.400),
}
# Of the page's thread, on a weak telephone; Chromium alone can be slowed down.
SLOWER: Final = 6

_ANSWER: Final = "window.answered = (value) => { window.answer ??= [performance.now(), value]; };"
_PYTHON: Final = "float(250 * 20 - 500)"
_LOADER: Final = "import { loadPyodide } from '/pyodide/pyodide.mjs';"
STOCK: Final = "stock Pyodide, worker"
PLAIN: Final = "plain JavaScript"
PAGES: Final[Mapping[str, str]] = {
    STOCK: "<script type=module>"
    "const worker = new Worker('/stock-worker.mjs', { type: 'module' });"
    "worker.onmessage = ({ data }) => answered(data);</script>",
    "stock Pyodide, page": f"<script type=module>{_LOADER}"
    "const python = await loadPyodide({ indexURL: '/pyodide/' });"
    f"answered(python.runPython('{_PYTHON}'));</script>",
    "PyScript, py": "<script type=module src=/pyscript/core.js></script>"
    '<script type=py config=\'{"interpreter": "/pyodide/pyodide.mjs"}\'>'
    f"import js; js.answered({_PYTHON})</script>",
    "PyScript, mpy": "<script type=module src=/pyscript/core.js></script>"
    '<script type=mpy config=\'{"interpreter": "/micropython/micropython.mjs"}\'>'
    f"import js; js.answered({_PYTHON})</script>",
    "plain JavaScript": "<script type=module>answered(250 * 20 - 500);</script>",
    "compileStreaming alone": "<script type=module>"
    "await WebAssembly.compileStreaming(fetch('/pyodide/pyodide.asm.wasm'));"
    f"answered({SAVING});</script>",
}
OURS: Final = "ours"
# Types a number as soon as there is a form, and notes when the headline answers it, and when
# everything does.
_TYPE: Final = """
addEventListener("DOMContentLoaded", () => {
  const calculator = document.querySelector("roi-calculator");
  if (!calculator) return;
  const seen = () => {
    const shown = calculator.querySelector("[data-output=net_saving]").dataset.value;
    if (shown !== "4500") return;
    window.answered(4500);
    if (calculator.matches("[state=ready]")) window.ready ??= performance.now();
    const isWhole = calculator.matches("[state=ready]:not([waiting], [stale])");
    if (isWhole) window.whole ??= performance.now();
  };
  const changes = { attributes: true, childList: true, subtree: true };
  new MutationObserver(seen).observe(calculator, changes);
  customElements.whenDefined("roi-calculator").then(() => {
    const field = calculator.querySelector("[name=requests]");
    field.value = "250";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
});
"""
_THEME: Final = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Ours</title>
{% for path in extra_css %}<link rel="stylesheet" href="{{ path }}">{% endfor %}
{% for script in config.extra_javascript %}{{ script | script_tag }}{% endfor %}
{{ page.content }}
"""
_OBSERVE: Final = (
    OBSERVE
    + """
window.ownScripts = [[0, 0]];
// Only of frames that took long; a long task itself does not say whose it was.
observe("long-animation-frame", ({ scripts }) => {
  const ours = scripts.filter(({ sourceURL }) => sourceURL.includes("/roi-calculator/"));
  window.ownScripts.push(...ours.map(({ startTime, duration }) => [startTime, duration]));
});
"""
)
_RECALCULATE: Final = """
async (count) => {
  const script = document.querySelector("script[src*=roi-calculator]").src;
  const page = await import(script.replace("index.js", "define.js"));
  const { runtime } = page.$python_runtime;
  const took = [];
  for (let each = 0; each < count; each++) {
    const started = performance.now();
    await runtime.evaluate({ calculator: "deflection", language: "en", currency: "USD",
      view: "simple",
      comparison: "",
      values: { requests: String(each), cost_per_request: "20", investment: "500" } });
    took.push(performance.now() - started);
  }
  return took;
}
"""


# Of our scripts before Python was there.
_EARLY: Final = """
Math.max(...ownScripts.filter(([start]) => start < (window.ready ?? 0)).map(([, took]) => took), 0)
"""
# How long a key takes to its headline: the handler and the layout that follows.
_PRESS: Final = """
(count) => {
  const calculator = document.querySelector("roi-calculator");
  const field = calculator.querySelector("[name=requests]");
  const took = [];
  for (let each = 0; each < count; each++) {
    field.value = String(each + 100);
    const started = performance.now();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    calculator.getBoundingClientRect();
    took.push(performance.now() - started);
  }
  return took;
}
"""


def compress_all(server: Server) -> None:
    """Compress every file beforehand: a site's server does not do it while a reader waits."""
    for folder in (server.folder, *filter(Path.is_symlink, server.folder.iterdir())):
        for file in filter(Path.is_file, folder.rglob("*.[mwjz]*")):
            server.body(file)


def write_pages(folder: Path) -> Path:
    """Build our page, and put the others and their files beside it; return the folder."""
    config = (
        "site_name: Bench\ntheme: {name: null, custom_dir: theme, locale: en}\n"
        "plugins: [roi-calculator: {pyodide: self}]\n"
    )
    # Nothing of a theme's, as in the other pages.
    (folder / "theme").mkdir(parents=True)
    (folder / "theme" / "main.html").write_text(_THEME, "utf-8")
    write_site(folder, config, {"index.md": "# Ours\n\n```roi-calculator\n```\n"})
    built = run_tool("mkdocs", "build", "--strict", cwd=folder)
    if built.returncode:
        raise SystemExit(built.stderr)
    site = folder / "site"
    for name, source in {
        "pyodide": PYODIDE,
        "pyscript": ROOT / "node_modules" / "@pyscript" / "core" / "dist",
        "micropython": ROOT / "node_modules" / "@micropython" / "micropython-webassembly-pyscript",
    }.items():
        (site / name).symlink_to(source)
    for name, body in PAGES.items():
        (site / _file_of(name)).write_text(f"<!doctype html><title>{name}</title>{body}", "utf-8")
    (site / "stock-worker.mjs").write_text(
        f"{_LOADER}const python = await loadPyodide({{ indexURL: '/pyodide/' }});"
        f"postMessage(python.runPython('{_PYTHON}'));",
        "utf-8",
    )
    return site


def _file_of(name: str) -> str:
    return f"{name.replace(' ', '-').replace(',', '')}.html"


def visit(context: BrowserContext, address: str, *, is_slow: bool = False) -> Page:
    """Open a page and wait for its answer."""
    page = context.new_page()
    if is_slow:
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(_ANSWER + _OBSERVE + _TYPE)
    page.goto(address, wait_until="commit")
    page.wait_for_function("window.answer", timeout=PATIENCE_MS)
    moment, value = page.evaluate("window.answer")
    if value != SAVING:
        message = f"{address} answered {value}"
        raise SystemExit(message)
    page.evaluate("(moment) => { window.moment = moment; }", moment)
    return page


def _processes() -> set[int]:
    """Return the processes below this one."""
    tree = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    parents = {int(pid): int(parent) for pid, parent in map(str.split, tree.stdout.splitlines())}
    below: set[int] = set()
    for pid in parents:
        above = pid
        while above in parents and above != os.getpid():
            above = parents[above]
        if above == os.getpid() and pid != above and Path(f"/proc/{pid}/status").is_file():
            below.add(pid)
    return below


def _peak_megabytes() -> float:
    """Return the most memory that the largest process of the browser's pages has had."""
    peaks = [0.0]
    for pid in _processes():
        lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
        status = dict(line.split(":", 1) for line in lines)
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
        if b"renderer" in command or b"contentproc" in command:
            peaks.append(int(status["VmHWM"].split()[0]) / 1024)
    return max(peaks)


def _processor_seconds() -> float:
    """Return the processor time of the browser so far, all its processes together.

    It says more than the clock where the machine has other things to do.
    """
    ticks = 0
    for pid in _processes():
        if re.search(rb"chrom|firefox", Path(f"/proc/{pid}/cmdline").read_bytes()):
            figures = Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
            ticks += int(figures[11]) + int(figures[12])  # of the user, of the system
    return ticks / os.sysconf("SC_CLK_TCK")


def _measure(
    browser: Browser, server: Server, name: str, *, is_slow: bool
) -> dict[str, float | list[float]]:
    address = f"{server.url}/" + ("" if name == OURS else _file_of(name))
    context = browser.new_context()
    server.sent = 0
    page = visit(context, address, is_slow=is_slow)
    if name == OURS:
        page.wait_for_function("window.whole", timeout=PATIENCE_MS)
    # The task that showed the answer is told of after it.
    page.wait_for_timeout(_AFTERWARDS_MS)
    figures: dict[str, float | list[float]] = {
        "cold_ms": page.evaluate("window.moment"),
        "long_tasks_ms": page.evaluate("window.longTasks.reduce((sum, each) => sum + each, 0)"),
        "own_script_ms": page.evaluate("Math.max(...ownScripts.map(([, took]) => took))"),
        "early_script_ms": page.evaluate(_EARLY),
        "shift": page.evaluate("window.shift"),
        "peak_mb": _peak_megabytes(),
        "processor_ms": 1000 * _processor_seconds(),
    }
    figures["whole_ms"] = figures["cold_ms"]
    if name == OURS:
        figures["whole_ms"] = page.evaluate("window.whole")
        figures["key_ms"] = page.evaluate(_PRESS, RECALCULATIONS)
        figures["recalculation_ms"] = page.evaluate(_RECALCULATE, RECALCULATIONS)
    figures["bytes"] = server.sent
    page.close()
    # So that the browser has written what it keeps.
    time.sleep(0.5)
    again = visit(context, address)
    if name == OURS:
        again.wait_for_function("window.whole", timeout=PATIENCE_MS)
    figures["warm_ms"] = again.evaluate("window.whole ?? window.moment")
    context.close()
    return figures


def _before_interaction(site: Path) -> int:
    """Return the compressed bytes of script and style that our page loads before anybody acts."""
    (folder,) = (each.parent for each in site.glob("assets/roi-calculator/*/index.js"))
    script = folder / "index.js"
    # It names all that it needs, so that all are fetched at once.
    modules = [folder / name for name in _IMPORT.findall(script.read_text("utf-8"))]
    files = [script, *modules, folder / "style.css"]
    return sum(len(compressed(file.read_bytes())) for file in files)


def _shown(values: list[float], unit: str) -> str:
    scale = {"s": 1000, "kB": 1000, "MB": 1, "ms": 1}[unit]
    digits = 2 if unit == "s" else 0
    low, middle, high = (
        each / scale for each in (min(values), statistics.median(values), max(values))
    )
    return f"{middle:.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"  # noqa: RUF001 - a range


COLUMNS: Final = {
    "cold_ms": ("first visit, s", "s"),
    "whole_ms": ("all of the answer, s", "s"),
    "warm_ms": ("second visit, s", "s"),
    "bytes": ("on the wire, kB", "kB"),
    "processor_ms": ("processor time with the browser's start, s", "s"),
    "long_tasks_ms": ("long tasks, ms", "ms"),
    "peak_mb": ("peak memory, MB", "MB"),
}


def _table(runs: Mapping[str, list[dict[str, float | list[float]]]]) -> str:
    titles = " | ".join(title for title, _ in COLUMNS.values())
    lines = [f"| | {titles} |", "|---|" + "---|" * len(COLUMNS)]
    for name, measured in runs.items():
        cells = [
            _shown([float(each[column]) for each in measured], unit)  # type: ignore[arg-type]
            for column, (_, unit) in COLUMNS.items()
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _beside_others(runs: Mapping[str, list[dict[str, float | list[float]]]]) -> str:
    """Say what of the others' first visits ours takes, by the medians."""

    def median(name: str, column: str) -> float:
        return statistics.median(float(each[column]) for each in runs[name])  # type: ignore[arg-type]

    taken = {
        "bytes": median(OURS, "bytes") / median(STOCK, "bytes"),
        "time to all of the answer": median(OURS, "whole_ms") / median(STOCK, "cold_ms"),
        "time of the second visit": median(OURS, "warm_ms") / median(STOCK, "cold_ms"),
    }
    said = ", ".join(f"{share:.2f} ({name})" for name, share in taken.items())
    headline = median(OURS, "cold_ms") / median(PLAIN, "cold_ms")
    return (
        f"Of the first visit of {STOCK}: {said}. The headline takes {headline:.2f} times as long as"
        f" {PLAIN}."
    )


def main() -> None:
    """Measure everything in turn and write it as Markdown and JSON."""
    links = [name for name in LINKS if name in os.environ.get("BENCH_LINKS", ";".join(LINKS))]
    browsers = os.environ.get("BENCH_BROWSERS", "chromium,firefox").split(",")
    add_types()
    found: dict[str, dict[str, list[dict[str, float | list[float]]]]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        site = write_pages(Path(scratch))
        before = _before_interaction(site)
        with serving(site) as server:
            compress_all(server)
            for link, _, browser_name, name in product(
                links, range(ROUNDS), browsers, (OURS, *PAGES)
            ):
                server.link = LINKS[link]
                with started(browser_name, is_timed=True) as browser:
                    if not isinstance(browser, Browser):
                        raise SystemExit(browser_name)
                    is_slow = "telephone" in link and browser_name == "chromium"
                    figures = _measure(browser, server, name, is_slow=is_slow)
                runs = found.setdefault(f"{browser_name}, {link}", {})
                runs.setdefault(name, []).append(figures)
                print(f"{browser_name}, {link}, {name}: {figures['cold_ms']:.0f} ms", flush=True)
                _write(found, before)


def _write(
    found: Mapping[str, Mapping[str, list[dict[str, float | list[float]]]]], before: int
) -> None:
    OUTPUT.mkdir(parents=True, exist_ok=True)
    (OUTPUT / "engine.json").write_text(
        json.dumps({"before_interaction_bytes": before, "rounds": ROUNDS, "found": found}), "utf-8"
    )
    parts = [f"Script and style before any interaction: {before / 1000:.1f} kB compressed."]
    for title, runs in found.items():
        parts.append(f"### {title}\n\n{_table(runs)}")
        if {OURS, STOCK, PLAIN} <= runs.keys():
            parts.append(_beside_others(runs))
        recalculations, keys = (
            [
                took
                for each in runs.get(OURS, [])
                for took in each[column]  # type: ignore[union-attr]
            ]
            for column in ("recalculation_ms", "key_ms")
        )
        if recalculations:
            percentiles = statistics.quantiles(recalculations, n=100)
            of_keys = statistics.quantiles(keys, n=100)
            worst = {
                each: max(float(run[each]) for run in runs[OURS])  # type: ignore[arg-type]
                for each in ("shift", "own_script_ms", "early_script_ms")
            }
            parts.append(
                f"A key to its headline: p50 {of_keys[49]:.1f} ms, p95 {of_keys[94]:.1f} ms; to "
                f"all of the answer: p50 {percentiles[49]:.1f} ms, p95 {percentiles[94]:.1f} ms, "
                f"of {len(recalculations)}. Layout shift: {worst['shift']:.3f}. Longest script of "
                f"ours in a slow frame: {worst['own_script_ms']:.0f} ms, before Python was there "
                f"{worst['early_script_ms']:.0f} ms."
            )
    (OUTPUT / "engine.md").write_text("\n\n".join(parts) + "\n", "utf-8")


if __name__ == "__main__":
    main()
