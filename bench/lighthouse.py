"""How the guide does on a telephone: Lighthouse on four pages and a post, medians of three runs.

The site is built for the address it is served at, and served as a real host would: compressed
beforehand, and kept for a year where the address has a hash. Lighthouse's own mobile settings, its
own throttling included.

    make bench-site
"""

import functools
import http.server
import json
import os
import re
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from support.sites import NODE, ROOT, run_tool
from support.wire import compressed

ROUNDS: Final = int(os.environ.get("BENCH_ROUNDS", "3"))
OUTPUT: Final = ROOT / "build" / "bench"
LIGHTHOUSE: Final = ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"
EMBED: Final = "embed/month/"
PAGES: Final = {"home page": "", "month": "month/", "Spanish month": "es/month/", "embed": EMBED}
# Somebody else's article, on an origin of its own, with the code that the guide's dialog copies.
POST: Final = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <meta name="description" content="A post with a calculator in it.">
    <title>A post</title>
    <link rel="icon" href="data:,">
  </head>
  <body>
    <main>
      <h1>What answering is worth</h1>
      <p>Change the three numbers to yours.</p>
      <div data-roi-calculator="month" data-title="ROI calculator" data-height="480"
        style="min-height:480px">
        <a href="{address}embed/month/">ROI calculator</a>
      </div>
      <script async src="{address}assets/roi-calculator/embed.v1.js"></script>
    </main>
  </body>
</html>
"""
# An embed asks search engines on purpose to keep the guide's page instead.
NOT_ASKED: Final = {EMBED: ["is-crawlable"]}
LEAST: Final = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
METRICS: Final = {
    "first-contentful-paint": "first paint, s",
    "largest-contentful-paint": "largest paint, s",
    "total-blocking-time": "blocked, ms",
    "cumulative-layout-shift": "shift",
    "total-byte-weight": "on the wire, kB",
}
# Lighthouse's own measure of the machine, which it slows down fourfold: about 1500 and more on a
# desk computer that has nothing else to do. Below 1000, performance says more of the machine.
MACHINE: Final = "machine"
_CHROME_FLAGS: Final = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"
_TYPES: Final = {
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
_HASHED: Final = re.compile(r"\.[0-9a-f]{8}\.min\.|/assets/roi-calculator/|/assets/site/")


class _Handler(http.server.BaseHTTPRequestHandler):
    """Sends files as a good host does."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, site: Path) -> None:
        self._site = site
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        file = self._site / path.lstrip("/")
        is_found = file.is_file() or (file / "index.html").is_file()
        if file.is_dir():
            file /= "index.html"
        if not is_found:
            file = self._site / "404.html"
        body, encoding = _compressed(file)
        self.send_response(200 if is_found else 404)
        self.send_header("Content-Type", _TYPES.get(file.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        lasting = "public, max-age=31536000, immutable"
        self.send_header("Cache-Control", lasting if _HASHED.search(path) else "no-cache")
        self.end_headers()
        try:
            self.wfile.write(body)
        except ConnectionError:  # the page was closed
            self.close_connection = True

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Say nothing on the terminal."""


@functools.cache
def _compressed(file: Path) -> tuple[bytes, str]:
    """Return a file as it goes over the wire, and how it is compressed."""
    content = file.read_bytes()
    if file.suffix in {".zip", ".png"}:
        return content, ""
    return compressed(content), "gzip"


@contextmanager
def _serving(site: Path) -> Iterator[str]:
    handler = functools.partial(_Handler, site=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _build(site: Path, address: str) -> None:
    built = run_tool(
        "mkdocs",
        "build",
        "--strict",
        "--site-dir",
        str(site),
        cwd=ROOT,
        environment={"SITE_URL": address, "ROI_CALCULATOR_PYODIDE": "self"},
    )
    if built.returncode:
        raise SystemExit(built.stderr)
    # A site's host has them compressed before anybody asks.
    for file in filter(Path.is_file, site.rglob("*")):
        _compressed(file)


def _report(address: str, skipped: Sequence[str] = ()) -> dict[str, Any]:
    """Run Lighthouse once, without some of its audits, and return its report."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "report.json")
        subprocess.run(
            [
                NODE,
                str(LIGHTHOUSE),
                address,
                "--quiet",
                "--output=json",
                f"--output-path={file}",
                f"--chrome-flags={_CHROME_FLAGS}",
                f"--only-categories={','.join(LEAST)}",
                *(f"--skip-audits={audit}" for audit in skipped),
            ],
            check=True,
            env={**os.environ, "CHROME_PATH": "/usr/bin/chromium"},
            timeout=300,
        )
        report: dict[str, Any] = json.loads(file.read_text("utf-8"))
        return report


def _figures(report: Mapping[str, Any]) -> dict[str, float]:
    scores = {name: 100 * report["categories"][name]["score"] for name in LEAST}
    values = {name: report["audits"][name]["numericValue"] for name in METRICS}
    return {**scores, **values, "machine": report["environment"]["benchmarkIndex"]}


def _shortcomings(report: Mapping[str, Any]) -> list[str]:
    """Return what cost points, by Lighthouse's own names."""
    return sorted(
        audit["id"]
        for category in report["categories"].values()
        for reference in category["auditRefs"]
        if reference["weight"]
        for audit in [report["audits"][reference["id"]]]
        if audit["score"] is not None and audit["score"] < 0.9
    )


def _median(rounds: list[dict[str, float]], name: str) -> float:
    return statistics.median(each[name] for each in rounds)


def _table(found: Mapping[str, list[dict[str, float]]]) -> str:
    titles = [*LEAST, *METRICS.values(), MACHINE]
    lines = [f"| | {' | '.join(titles)} |", "|---|" + "---|" * len(titles)]
    for page, rounds in found.items():
        cells = [f"{_median(rounds, name):.0f}" for name in LEAST]
        for name, title in METRICS.items():
            value = _median(rounds, name)
            scaled = value / 1000 if title.endswith((" s", "kB")) else value
            cells.append(f"{scaled:.{3 if title == 'shift' else 1}f}")
        cells.append(f"{_median(rounds, MACHINE):.0f}")
        lines.append(f"| {page} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Measure every page in turn and write it as Markdown and JSON."""
    found: dict[str, list[dict[str, float]]] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory() as blog,
        _serving(Path(folder)) as address,
        _serving(Path(blog)) as blog_address,
    ):
        _build(Path(folder), address)
        Path(blog, "404.html").write_text("Not found", "utf-8")
        Path(blog, "index.html").write_text(POST.format(address=address), "utf-8")
        addresses = {name: address + at for name, at in PAGES.items()} | {"a post": blog_address}
        for _ in range(ROUNDS):
            for name, at in addresses.items():
                report = _report(at, NOT_ASKED.get(at.removeprefix(address), []))
                found.setdefault(name, []).append(_figures(report))
                scores = {key: round(found[name][-1][key]) for key in LEAST}
                print(name, scores, *_shortcomings(report), flush=True)
    OUTPUT.mkdir(parents=True, exist_ok=True)
    (OUTPUT / "lighthouse.json").write_text(
        json.dumps({"rounds": ROUNDS, "least": LEAST, "found": found}), "utf-8"
    )
    (OUTPUT / "lighthouse.md").write_text(f"{_table(found)}\n", "utf-8")
    below = [
        f"{page}: {name} {_median(rounds, name):.0f}, aimed for {least}"
        for page, rounds in found.items()
        for name, least in LEAST.items()
        if _median(rounds, name) < least
    ]
    print(*below, sep="\n")


if __name__ == "__main__":
    main()
