"""What a memory snapshot would win on a second visit: an experiment, no part of the product.

A copy of the site gets a worker that writes Python's memory into Cache Storage after its first
start, without the blocks that hold nothing, and starts from there on the next visit. Both copies
are visited twice, in turn; the second visit has a new browser with the profile of the first. What
was found: docs/decisions/no-snapshot.md.

    make bench-snapshot         eight rounds
    BENCH_ROUNDS=1 BENCH_BROWSERS=firefox make bench-snapshot
"""

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import product
from pathlib import Path
from typing import Final

from playwright.sync_api import BrowserContext

from bench_engine import compress_all, visit, write_pages
from support.browsers import kept_profile
from support.wire import add_types, serving

ROUNDS: Final = int(os.environ.get("BENCH_ROUNDS", "8"))
# So that the browser has written what it keeps.
PAUSE_SECONDS: Final = 2.5
# `_makeSnapshot`, `_loadSnapshot` and makeMemorySnapshot are Pyodide's, and private. Python answers
# once before its memory is written, so that a restored one has all that an answer needs.
_LOOK: Final = """
  const files = new Files(boot);
  const place = new URL("snapshot", location.href).href;
  const cache = await caches.open("snapshot");
  const found = cache.match(place).then((response) => response?.arrayBuffer());
"""
_START: Final = """
  const kept = await found;
  const pyodide = await pythonFrom(loader, core, wasm, library, boot.lockInfo,
    kept ? { _loadSnapshot: unpacked(kept) } : { _makeSnapshot: true });
  if (kept) {
    pyodide.runPython("import random; random.seed()");
  } else {
    pyodide.runPython(`
import gc, roi_calc.browser
roi_calc.browser.evaluate({"id": 1, "calculator": "deflection", "language": "en",
    "currency": "USD", "comparison": "", "values": {"requests": "1"}})
gc.collect()`);
    await cache.put(place, new Response(packed(pyodide.makeMemorySnapshot())));
  }
"""
_PACKING: Final = """
const BLOCK = 16384;
function packed(bytes) {
  const full = [];
  for (let start = 0; start < bytes.length; start += BLOCK) {
    if (bytes.subarray(start, start + BLOCK).some((each) => each)) full.push(start);
  }
  const head = Uint32Array.of(bytes.length, full.length, ...full);
  return new Blob([head, ...full.map((start) => bytes.subarray(start, start + BLOCK))]);
}
function unpacked(buffer) {
  const [length, count] = new Uint32Array(buffer, 0, 2);
  const bytes = new Uint8Array(length);
  let from = 8 + 4 * count;
  for (const start of new Uint32Array(buffer, 8, count)) {
    const size = Math.min(BLOCK, length - start);
    bytes.set(new Uint8Array(buffer, from, size), start);
    from += size;
  }
  return bytes;
}
"""
_CHANGES: Final[Mapping[str, str]] = {
    "\n  const files = new Files(boot);\n": _LOOK,
    "\n  const pyodide = await pythonFrom(loader, core, wasm, library, boot.lockInfo);\n": _START,
    "library, lockInfo) {": "library, lockInfo, options) {",
    "packages: {} },\n": "packages: {} },\n    ...options,\n",
    "/** @param {WorkerMessage} message */": _PACKING,
}


def _with_snapshot(site: Path) -> None:
    (worker,) = site.glob("assets/roi-calculator/*/python/worker.js")
    text = worker.read_text("utf-8")
    for before, after in _CHANGES.items():
        if text.count(before) != 1:
            message = f"worker.js has changed: {before!r} is not there once"
            raise SystemExit(message)
        text = text.replace(before, after)
    worker.write_text(text, "utf-8")


@contextmanager
def _opened(browser: str, profile: Path) -> Iterator[BrowserContext]:
    context = kept_profile(browser, profile)
    yield context
    context.close()


def _second_visit(browser: str, address: str) -> float:
    """Return the milliseconds to the answer on a second visit, by the page's own clock."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        with _opened(browser, Path(profile)) as context:
            visit(context, address)
            time.sleep(PAUSE_SECONDS)
        with _opened(browser, Path(profile)) as context:
            return float(visit(context, address).evaluate("window.moment"))


def main() -> None:
    """Measure both in turn and print medians, with the least and the most."""
    browsers = os.environ.get("BENCH_BROWSERS", "chromium,firefox").split(",")
    add_types()
    found: dict[tuple[str, str], list[float]] = {}
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        plain = write_pages(Path(scratch) / "plain")
        changed = Path(scratch) / "snapshot"
        shutil.copytree(plain, changed, symlinks=True)
        _with_snapshot(changed)
        servers = {site: stack.enter_context(serving(site)) for site in (plain, changed)}
        for server in servers.values():
            compress_all(server)
        for _, browser, site in product(range(ROUNDS), browsers, servers):
            name = "with a snapshot" if site == changed else "as it is"
            took = _second_visit(browser, f"{servers[site].url}/")
            found.setdefault((browser, name), []).append(took)
            print(f"{browser}, {name}: {took:.0f} ms", flush=True)
    for (browser, name), each in found.items():
        middle = statistics.median(each)
        print(f"{browser}, {name}: {middle:.0f} ms ({min(each):.0f} to {max(each):.0f})")


if __name__ == "__main__":
    main()
