"""Ours added to sites of other people's kind: a page answers, and the rest stays as it was."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.browsers import PlaywrightTab, Tab, wait_for_output
from support.other_sites import OTHER_SITES, OtherSite
from support.sites import served, write_site

SITES = [
    pytest.param(name, marks=() if name == "argo-cd" else pytest.mark.matrix)
    for name in OTHER_SITES
]
IN_CHROMIUM = pytest.mark.parametrize("browser", ["chromium"], indirect=True)
INDEX = Path("search", "search_index.json")


@dataclass(frozen=True)
class Built:
    """The same site without our plugin and the block, and with them."""

    without: Path
    with_ours: Path


@pytest.fixture(scope="module", params=SITES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site of somebody's kind, built twice."""
    site = OTHER_SITES[request.param]
    folder = tmp_path_factory.mktemp(request.param)
    ours = site.config.replace("PLUGIN", "roi-calculator: {pyodide: self}")
    without = _build(site, folder / "without", site.config.replace("  - PLUGIN\n", ""), "")
    return Built(without, _build(site, folder / "with", ours, "```roi-calculator\n```\n"))


def _build(site: OtherSite, folder: Path, config: str, block: str) -> Path:
    page = {"roi.md": f"# What it is worth\n\n{block}"}
    write_site(folder, config, {**site.pages, **page})
    for name, text in site.files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    done = site.environment.run("mkdocs", "build", cwd=folder, modules="src")
    assert done.returncode == 0, done.stderr
    return folder / "site"


def _entries(site: Path) -> Iterator[dict[str, str]]:
    """Yield what search finds, but for the calculator's page."""
    found = json.loads((site / INDEX).read_text("utf-8"))
    for entry in found["docs"]:
        if not entry["location"].startswith("roi/"):
            yield entry


def test_everything_else_is_byte_for_byte_what_it_was(built: Built) -> None:
    files = [file for file in built.without.rglob("*") if file.is_file() and file.suffix != ".gz"]
    kept = [file.relative_to(built.without) for file in files]
    for file in kept:
        if file != INDEX and file.parts[0] != "roi":
            before, now = (site / file for site in (built.without, built.with_ours))
            assert now.read_bytes() == before.read_bytes(), file
    assert list(_entries(built.with_ours)) == list(_entries(built.without))


@IN_CHROMIUM
def test_the_block_answers(built: Built, tab: Tab) -> None:
    assert isinstance(tab, PlaywrightTab)
    with served(built.with_ours) as site:
        tab.page.route(lambda url: not url.startswith(site.url), lambda route: route.abort())
        tab.open(f"{site.url}/roi/")
        tab.replace("roi-calculator input[name=requests]", "250")
        wait_for_output(tab, "net_saving", "4500")
