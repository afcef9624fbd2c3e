"""The same Markdown becomes the same calculator in every engine, by each engine's own command."""

import re
from pathlib import Path

import markdown
import pytest

from support.sites import block_of, run_tool, write_site

PAGE = """---
roi_calculator:
  currency: EUR
---
# Page with {roi}`net_saving`

## Kept {roi}`roi`

```roi-calculator
title: The same everywhere
values:
  requests: 250
  cost_per_request: 8.01
```
"""
EXTENSIONS = "[pymdownx.superfences, {toc: {permalink: true}}, roi_calculator]"
CONFIGS = {
    "mkdocs": "site_name: Test\ntheme: {name: material, font: false}\nplugins: [roi-calculator]\n"
    "markdown_extensions: [pymdownx.superfences]\n",
    "properdocs": "site_name: Test\ntheme: {name: material, font: false}\n"
    "plugins: [roi-calculator]\nmarkdown_extensions: [pymdownx.superfences]\n",
    "zensical": f"site_name: Test\nmarkdown_extensions: {EXTENSIONS}\n",
}


def _built(engine: str, folder: Path) -> Path:
    write_site(folder, CONFIGS[engine], {"index.md": PAGE})
    built = run_tool(engine, "build", cwd=folder)
    assert built.returncode == 0, built.stderr + built.stdout
    return folder / "site"


@pytest.fixture(scope="module", params=CONFIGS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page as each engine builds it."""
    return _built(request.param, tmp_path_factory.mktemp(request.param))


def test_engine_gives_what_plain_python_markdown_gives(site: Path) -> None:
    body = PAGE.partition("---\n# Page")[2].replace(
        "```roi-calculator\n", "```roi-calculator\ncurrency: EUR\n"
    )
    plain = markdown.markdown(body, extensions=["pymdownx.superfences", "roi_calculator"])
    html = (site / "index.html").read_text("utf-8")
    assert block_of(html) == block_of(plain)


def test_engine_publishes_what_the_pages_load_and_nobody_installed(site: Path) -> None:
    html = (site / "index.html").read_text("utf-8")
    named = re.findall(r'(?:src|href)="([^"]*assets/roi-calculator/[^"]*)"', html)
    assert named
    assert all((site / address).is_file() for address in named)
    for name in ("index.js", "define.js", "worker.js", "release.js", "library.zip"):
        assert list(site.glob(f"assets/roi-calculator/*/**/{name}")), name
    assert not list(site.glob("assets/roi-calculator/*/site.zip")), "nothing was added"


def test_engine_has_live_values_in_its_title_and_its_table_of_contents(
    site: Path,
) -> None:
    html = (site / "index.html").read_text("utf-8")
    texts = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert texts.count("Page with €1,502.50") >= 2, "heading, and title or navigation"
    assert texts.count("Kept 301%") >= 2, "heading and table of contents"
    assert '<h2 id="kept">' in html


@pytest.mark.parametrize("engine", CONFIGS)
def test_engine_stops_at_an_authors_mistake(engine: str, tmp_path: Path) -> None:
    write_site(tmp_path, CONFIGS[engine], {"index.md": PAGE.replace("requests", "request")})
    built = run_tool(engine, "build", cwd=tmp_path)
    assert built.returncode != 0
    said = "docs/index.md:12: roi-calculator: unknown input 'request'; expected one of requests"
    assert said in built.stdout + built.stderr


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first = _built("mkdocs", tmp_path / "first")
    second = _built("mkdocs", tmp_path / "second")
    for file in sorted(first.rglob("*")):
        if file.is_file() and file.suffix != ".gz":  # the sitemap's archive carries the time
            assert file.read_bytes() == (second / file.relative_to(first)).read_bytes(), file


def test_installing_again_removes_the_files_of_the_version_before(tmp_path: Path) -> None:
    home = tmp_path / "assets" / "roi-calculator"
    olds = [home / "0123456789ab", home / "python-0123456789ab"]
    for old in olds:
        old.mkdir(parents=True)
    (home / "mine").mkdir()
    for _ in range(2):
        installed = run_tool("mkdocs-roi-calculator", "install", str(tmp_path), cwd=tmp_path)
        assert installed.returncode == 0
        assert "'assets: /assets/roi-calculator/'" in installed.stdout
    assert not any(old.exists() for old in olds)
    assert (home / "mine").is_dir()
    assert len(list(home.glob("[0-9a-f]" * 12))) == 1


def test_a_site_can_carry_all_of_python(tmp_path: Path) -> None:
    installed = run_tool(
        "mkdocs-roi-calculator", "install", str(tmp_path), "--pyodide", "self", cwd=tmp_path
    )
    assert installed.returncode == 0, installed.stderr
    (carried,) = (tmp_path / "assets" / "roi-calculator").glob("python-*")
    assert sorted(file.name for file in carried.iterdir()) == [
        "library.zip",
        "licenses.txt",
        "pyodide.asm.js",
        "pyodide.asm.wasm",
        "pyodide.js",
    ]


@pytest.mark.parametrize(
    ("pyodide", "said"),
    [
        ("node_modules", "'node_modules' is not known; expected 'cdn', 'self' to publish"),
        ("self, https://files.example/py", "an address without '/' at its end; add it"),
        ("", "'' is not known"),
    ],
)
def test_a_source_of_python_that_is_none_is_refused(
    pyodide: str, said: str, tmp_path: Path
) -> None:
    refused = run_tool(
        "mkdocs-roi-calculator", "install", "site", "--pyodide", pyodide, cwd=tmp_path
    )
    assert refused.returncode == 2
    assert said in refused.stderr


I18N = """
site_name: Test
theme: {name: material, font: false}
markdown_extensions: [pymdownx.superfences]
plugins:
  - i18n:
      docs_structure: folder
      languages:
        - {locale: en, name: English, default: true}
        - {locale: es, name: Español}
        - {locale: id, name: Bahasa Indonesia}
  - roi-calculator
"""


def test_blocks_speak_the_language_of_their_page_in_a_site_of_several(tmp_path: Path) -> None:
    block = "```roi-calculator\n```\n"
    pages = {f"{language}/index.md": f"# {language}\n\n{block}" for language in ("en", "es", "id")}
    # In English only: the other languages show it as it is.
    pages["en/page.md"] = f"# Page\n\n{block}"
    write_site(tmp_path, I18N, pages)
    built = run_tool("mkdocs", "build", "--strict", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    expected = {"": "en", "es/": "es", "id/": "id", "page/": "en", "es/page/": "en"}
    for address, language in expected.items():
        html = (tmp_path / "site" / address / "index.html").read_text("utf-8")
        assert f' language="{language}"' in block_of(html), address
