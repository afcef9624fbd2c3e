"""The sites that the browser tests open, built once, and the three browsers, started once."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from roi_calc.calculators import CALCULATORS
from support.browsers import NAMES, started
from support.sites import ROOT, WORTH, Served, run_tool, served, write_site
from support.tabs import _kept_tab, browsers, same_tab, tab

# Fixtures: pytest finds them by their names here.
__all__ = ["_kept_tab", "same_tab", "tab"]

_CONFIG = """
site_name: Test site
site_url: https://test.example/
theme:
  name: material
  font: false
  features: [navigation.instant]
  palette:
    - {media: "(prefers-color-scheme: light)", scheme: default}
    - {media: "(prefers-color-scheme: dark)", scheme: slate}
extra_javascript: [errors.js]
plugins:
  - search
  - roi-calculator: {pyodide: PYODIDE, view: full, calculators: [OWN, faulty.py, WHEEL]}
markdown_extensions: [pymdownx.superfences]
nav: [index.md, two.md, both.md, es.md, id.md, pt.md, mexico.md, spain.md, parts.md, ranges.md,
  own.md, table.md, faulty.md]
validation: {nav: {omitted_files: ignore}}
"""
_WHEEL = "roi_test_twice-1-py3-none-any.whl"
# A site's own calculator with a mistake that shows only for some values, and a wheel it imports.
_FAULTY = """
from dataclasses import dataclass
from typing import Annotated
from roi_test_twice import twice
from roi_calc.schema import Kind, Quantity, Result

@dataclass(frozen=True)
class Inputs:
    amount: Annotated[float, Quantity(Kind.COUNT)] = 1

@dataclass(frozen=True)
class Outputs:
    doubled: Annotated[float, Result(Kind.COUNT, "{amount} × 2", is_headline=True)]

def faulty(inputs: Inputs) -> Outputs:
    if inputs.amount == 13:
        raise ValueError("thirteen")
    while inputs.amount == 99:
        pass
    return Outputs(twice(inputs.amount))
"""
_PARTS = "values:\n  tool_cost: 100\n  staff_hours: 16\n  hourly_rate: 25"
_RANGES = """values:
  requests: 80..100..130
  cost_per_request: 5..8.01..20
  deflection_share: 30 %..60 %..100 %
targets:
  net_saving: 2000
scenarios:
  Cautious:
    deflection_share: 40 %
"""
# As an author writes it, in the block itself.
_TABLE = f"calculator: worth\nid: worth{WORTH}"
_ERRORS = """
window.caughtErrors ??= [];
const keep = (text) => window.caughtErrors.push(String(text));
addEventListener("error", (event) => keep(event.message));
addEventListener("unhandledrejection", (event) => keep(event.reason));
const consoleError = console.error;
console.error = (...said) => { keep(said.join(" ")); consoleError(...said); };
"""
_BLOCK = "```roi-calculator\n{}\n```\n"
_PAGES = {
    "index.md": "# Without a calculator\n\n[Two](two.md)\n",
    "errors.js": _ERRORS,
    "two.md": "# Two\n\n[In Spanish](es.md)\n\n"
    + _BLOCK.format("")
    + "\n"
    + _BLOCK.format("title: The second\ncurrency: EUR\nvalues:\n  requests: 10"),
    "both.md": "# Both views\n\n[In Spanish](es.md)\n\n"
    + _BLOCK.format("")
    + "\n"
    + _BLOCK.format("view: simple"),
    "es.md": "# Spanish\n\n" + _BLOCK.format("language: es\ncurrency: EUR"),
    "id.md": "# Indonesian\n\n" + _BLOCK.format("language: id\ncurrency: IDR"),
    "mexico.md": "# Mexico\n\n" + _BLOCK.format("language: es-MX\ncurrency: MXN"),
    "spain.md": "# Spain\n\n" + _BLOCK.format("language: es-ES\ncurrency: EUR"),
    "pt.md": "# Portuguese\n\n" + _BLOCK.format("language: pt-BR\ncurrency: BRL"),
    "parts.md": "# Parts\n\n"
    + _BLOCK.format(_PARTS)
    + "\n"
    + _BLOCK.format(f"show: formulas\n{_PARTS}"),
    "ranges.md": "# Ranges\n\n" + _BLOCK.format(_RANGES),
    "table.md": "# Table\n\nWorth {roi}`worth.lifetime_value`.\n\n" + _BLOCK.format(_TABLE),
    "own.md": "# Own\n\n" + _BLOCK.format("calculator: clv"),
    "faulty.md": "# Faulty\n\n" + _BLOCK.format("calculator: faulty") + "\n" + _BLOCK.format(""),
    **{
        f"{name}.md": f"# {name}\n\n" + _BLOCK.format(f"calculator: {name}") for name in CALCULATORS
    },
    **{
        f"simple-{name}.md": f"# {name}\n\n" + _BLOCK.format(f"calculator: {name}\nview: simple")
        for name in (*CALCULATORS, "clv")
    },
}


def _build(folder: Path, pyodide: str) -> Path:
    own = str(ROOT / "docs" / "calculators" / "clv.py")
    config = _CONFIG.replace("PYODIDE", pyodide).replace("OWN", own).replace("WHEEL", _WHEEL)
    write_site(folder, config, _PAGES)
    (folder / "faulty.py").write_text(_FAULTY, "utf-8")
    with zipfile.ZipFile(folder / _WHEEL, "w") as wheel:
        wheel.writestr("roi_test_twice.py", "def twice(number):\n    return 2 * number\n")
    built = run_tool("mkdocs", "build", "--strict", cwd=folder)
    assert built.returncode == 0, built.stderr
    return folder / "site"


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site that carries Pyodide itself."""
    return _build(tmp_path_factory.mktemp("site"), "self")


@pytest.fixture(scope="session")
def cdn_site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site as most are published: with Pyodide from the CDN."""
    return _build(tmp_path_factory.mktemp("cdn-site"), "cdn")


@pytest.fixture(scope="session")
def guide_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide, built from the checkout's docs by the installed wheel."""
    folder = tmp_path_factory.mktemp("guide")
    built = run_tool(
        "mkdocs",
        "build",
        "--strict",
        "--site-dir",
        str(folder),
        cwd=ROOT,
        environment={"ROI_CALCULATOR_PYODIDE": "self"},
    )
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture(scope="module")
def guide(guide_folder: Path) -> Iterator[Served]:
    """The guide on loopback."""
    with served(guide_folder) as serving:
        yield serving


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium for a file's tests, for what only it can do."""
    with started("chromium") as running:
        assert isinstance(running, Browser)
        yield running


@pytest.fixture
def site(site_folder: Path) -> Iterator[Served]:
    """The test site on loopback, with a fresh list of requests."""
    with served(site_folder) as serving:
        yield serving


browser = browsers(NAMES)
