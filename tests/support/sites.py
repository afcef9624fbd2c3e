"""Builds real sites in a folder, with the engine's own command, and serves them on loopback."""

import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import mkdocs_roi_calculator
import roi_calc
from support.faults import send_faulty

ROOT: Final = Path(__file__).parents[2]
PYODIDE: Final = ROOT / "node_modules" / "pyodide"
END_SECONDS: Final = 30
TOOLS: Final = Path(sys.executable).parent
# The system's, or the one that make had from PyPI.
# A calculator as a table of formulas.
WORTH: Final = """
inputs:
  margin: {money: 120}
  churn: {share: 20 %, from: 1 %}
  acquisition_cost: {money: 150}
results:
  lifetime_value: {money: margin / churn, show: large}
  net_value: {money: lifetime_value - acquisition_cost, show: outcome}
"""
NODE: Final = shutil.which("node") or str(ROOT / ".venv" / "bin" / "node")


def run_tool(
    tool: str, *arguments: str, cwd: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command of the environment that the tests run in; return its output and exit code."""
    return run(TOOLS / tool, *arguments, cwd=cwd, environment=environment)


def run(
    program: Path, *arguments: str, cwd: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program; return its output and exit code."""
    return subprocess.run(
        [str(program), *arguments],
        cwd=cwd,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process that a test started, by force if it does not go."""
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def write_site(folder: Path, config: str, pages: Mapping[str, str]) -> Path:
    """Write a site's mkdocs.yml and its pages; return the folder."""
    (folder / "docs").mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    for name, text in pages.items():
        page = folder / "docs" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, "utf-8", newline="")
    return folder


def built_site(folder: Path, config: str, pages: Mapping[str, str]) -> Path:
    """Write a site and build it with MkDocs; return what is built, or end the program."""
    built = run_tool("mkdocs", "build", "--quiet", cwd=write_site(folder, config, pages))
    if built.returncode:
        raise SystemExit(built.stderr)
    return folder / "site"


def block_of(html: str) -> str:
    """Return the calculator's HTML without what belongs to the page and the engine.

    Its ids name the page, and Zensical takes out the mark for search once it has followed it.
    """
    found = re.search(r"<roi-calculator\b.*</roi-calculator>", html, flags=re.DOTALL)
    if not found:
        raise AssertionError(html)
    unmarked = re.sub(r' data-search-exclude="[^"]*"', "", found[0])
    return re.sub(r"[0-9a-f]{8}-1", "key", unmarked)


def copy_packages(folder: Path) -> Path:
    """Copy our installed packages to a folder, to be changed there; return the folder."""
    for package in (roi_calc, mkdocs_roi_calculator):
        source = Path(next(iter(package.__path__)))
        shutil.copytree(source, folder / source.name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def build_with_changed_python(folder: Path, config: str, page: str, python: str) -> Path:
    """Build a site of one page with Python added behind roi_calc.browser; return what is built.

    python: as if a site's own calculator ran it: it may wrap `evaluate`.
    """
    packages = copy_packages(folder / "packages")
    browser = packages / "roi_calc" / "browser.py"
    browser.write_text(f"{browser.read_text('utf-8')}\n\n{python}", "utf-8")
    write_site(folder, config, {"index.md": page})
    built = run_tool(
        "mkdocs", "build", "--strict", cwd=folder, environment={"PYTHONPATH": str(packages)}
    )
    if built.returncode:
        raise AssertionError(built.stderr)
    return folder / "site"


@dataclass(frozen=True)
class Requested:
    """One request as the server saw it."""

    method: str
    path: str
    body: bytes


@dataclass
class Served:
    """A folder that is being served; every request to it is kept.

    faults: what goes wrong with a file, by its name; see support/faults.py. times: how often, if
    not always. headers: what is sent with every file, and with some by name.
    """

    url: str
    requests: list[Requested] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    headers: dict[str, Mapping[str, str]] = field(default_factory=dict)
    ended: threading.Event = field(default_factory=threading.Event)

    def fault_of(self, name: str) -> str:
        """Return what goes wrong with a file this time; empty for nothing."""
        if self.times.get(name, 1) == 0:
            return ""
        if name in self.times:
            self.times[name] -= 1
        return self.faults.get(name, "")


class _Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012 - the base class declares it so
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        # As nginx in Debian and many another: nothing of ours may need to be known by it.
        ".mjs": "application/octet-stream",
        ".wasm": "application/octet-stream",
    }

    def __init__(
        self,
        *arguments: object,
        served: Served,
        directory: str,
    ) -> None:
        self._served = served
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def parse_request(self) -> bool:
        """Keep what is asked for."""
        understood = super().parse_request()
        if understood:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length) if length else b""
            self._served.requests.append(Requested(self.command, self.path, body))
        return understood

    def do_GET(self) -> None:
        """Send a file, or let go wrong what the test wants to."""
        fault = self._served.fault_of(self._file)
        if fault:
            send_faulty(self, fault, Path(self.translate_path(self.path)), self._served.ended)
        else:
            super().do_GET()

    def end_headers(self) -> None:
        """Add the headers that the test asked for."""
        for place in ("", self._file):
            for name, value in self._served.headers.get(place, {}).items():
                self.send_header(name, value)
        super().end_headers()

    @property
    def _file(self) -> str:
        return self.path.partition("?")[0].rpartition("/")[2] or "index.html"

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Say nothing on the terminal."""


@contextmanager
def served(folder: Path, headers: Mapping[str, str] | None = None) -> Iterator[Served]:
    """Serve a folder on a free port of the loopback address while the context lasts."""
    site = Served("", headers={"": headers or {}})
    handler = functools.partial(_Handler, served=site, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        site.url = f"http://127.0.0.1:{server.server_port}"
        _move_sitemap(folder, site.url)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            site.ended.set()
            server.shutdown()
            thread.join()


def _move_sitemap(folder: Path, url: str) -> None:
    """Make sitemaps name the address that is served: Material's instant navigation reads them."""
    for sitemap in folder.glob("**/sitemap.xml"):
        moved = re.sub(r"<loc>https?://[^/]+", f"<loc>{url}", sitemap.read_text("utf-8"))
        sitemap.write_text(moved, "utf-8")
