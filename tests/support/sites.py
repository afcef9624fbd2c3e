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

ROOT: Final = Path(__file__).parents[2]
PYODIDE: Final = ROOT / "node_modules" / "pyodide"
TOOLS: Final = Path(sys.executable).parent
# The system's, or the one that make had from PyPI.
NODE: Final = shutil.which("node") or str(ROOT / ".venv" / "bin" / "node")


def run_tool(
    tool: str, *arguments: str, cwd: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command of the environment that the tests run in; return its output and exit code."""
    return subprocess.run(
        [str(TOOLS / tool), *arguments],
        cwd=cwd,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def write_site(folder: Path, config: str, pages: Mapping[str, str]) -> Path:
    """Write a site's mkdocs.yml and its pages; return the folder."""
    (folder / "docs").mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    for name, text in pages.items():
        page = folder / "docs" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, "utf-8", newline="")
    return folder


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
    """A folder that is being served; every request to it is kept."""

    url: str
    requests: list[Requested] = field(default_factory=list)


class _Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012 - the base class declares it so
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def __init__(
        self,
        *arguments: object,
        served: Served,
        headers: Mapping[str, str],
        directory: str,
    ) -> None:
        self._served = served
        self._extra_headers = headers
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def parse_request(self) -> bool:
        """Keep what is asked for."""
        understood = super().parse_request()
        if understood:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length) if length else b""
            self._served.requests.append(Requested(self.command, self.path, body))
        return understood

    def end_headers(self) -> None:
        """Add the headers that the test asked for."""
        for name, value in self._extra_headers.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Say nothing on the terminal."""


@contextmanager
def served(folder: Path, headers: Mapping[str, str] | None = None) -> Iterator[Served]:
    """Serve a folder on a free port of the loopback address while the context lasts."""
    site = Served("")
    handler = functools.partial(_Handler, served=site, headers=headers or {}, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        site.url = f"http://127.0.0.1:{server.server_port}"
        _move_sitemap(folder, site.url)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


def _move_sitemap(folder: Path, url: str) -> None:
    """Make the sitemap name the address that is served: Material's instant navigation reads it."""
    sitemap = folder / "sitemap.xml"
    if sitemap.is_file():
        moved = re.sub(r"<loc>https?://[^/]+", f"<loc>{url}", sitemap.read_text("utf-8"))
        sitemap.write_text(moved, "utf-8")
