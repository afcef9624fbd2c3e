"""A page with a block brings its script and style itself, and every other page stays as it was."""

import re
from pathlib import Path

import markdown
import pytest

from support.sites import run_tool, write_site

BLOCK = "```roi-calculator\nid: month\n```\n"
UNNAMED = "```roi-calculator\n```\n"
TABLE = "```roi-calculator\nshow: options\n```\n"
PAGES = {
    "index.md": "# Home\n\n```python\n1\n```\n\n[Elsewhere](deep/er/none.md)\n",
    "deep/er/none.md": "# Elsewhere\n\nSome `code` and {braces}.\n",
    "deep/er/two.md": "# Two\n\n1. In a list\n\n    ```roi-calculator\n    ```\n\n" + UNNAMED,
    "table.md": f"# A table\n\n{TABLE}",
    "roi.md": f"# One\n\nIt is {{roi}}`net_saving`.\n\n{BLOCK}",
}
WITH_BLOCKS = {"deep/er/two": 2, "roi": 1}
CONFIG = """
site_name: Test
site_url: https://test.example/below/
theme: {name: material, font: false, features: [navigation.instant]}
markdown_extensions: [pymdownx.superfences, EXTENSION]
plugins: [search, PLUGIN]
"""
ENGINES = {
    "mkdocs": ("tables", "roi-calculator"),
    "properdocs": ("tables", "roi-calculator"),
    "zensical": ("roi_calculator", "tags"),
}
STYLE = r'<link rel="stylesheet" href="([^"]*roi-calculator/[^"]*style\.css)"'
SCRIPT = r'<script src="([^"]*roi-calculator/[^"]*index\.js)" defer="defer"></script>'
IMPORTED = r'<link rel="modulepreload" href="([^"]*roi-calculator/[^"]*\.js)"'


def _built(engine: str, folder: Path, extension: str, plugin: str, more: str = "") -> Path:
    config = CONFIG.replace("EXTENSION", extension).replace("PLUGIN", plugin)
    write_site(folder, config + more, PAGES)
    built = run_tool(engine, "build", "--strict", cwd=folder)
    assert built.returncode == 0, built.stderr + built.stdout
    return folder / "site"


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def site(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages as the engine builds them."""
    return _built(engine, tmp_path_factory.mktemp(engine), *ENGINES[engine])


IN_MKDOCS = pytest.mark.parametrize("engine", ["mkdocs"], indirect=True)


def _addresses(pattern: str, site: Path, page: Path) -> set[Path]:
    """Return the files that a page's elements name."""
    found = re.findall(pattern, page.read_text("utf-8"))
    return {(page.parent / address).resolve().relative_to(site.resolve()) for address in found}


def _asks_at_once_for_what_is_imported(site: Path, page: Path) -> None:
    """Hold what a page names beside its script against what the script imports."""
    (script,) = _addresses(SCRIPT, site, page)
    imported = re.findall(r'import\("\./([^"]+)"\)', (site / script).read_text("utf-8"))
    assert imported
    assert _addresses(IMPORTED, site, page) == {script.parent / each for each in imported}


def test_a_page_without_a_block_is_byte_for_byte_what_it_was(
    engine: str, site: Path, tmp_path: Path
) -> None:
    without = _built(engine, tmp_path, "tables", "tags")
    compared = 0
    for page in without.rglob("*.html"):
        address = page.relative_to(without)
        if "two" in address.parts or {"roi", "table"} & set(address.parts):
            continue
        assert (site / address).read_bytes() == page.read_bytes(), address
        compared += 1
    assert compared >= 3, "the home page, another, and the page for what is not found"


def test_a_page_with_blocks_brings_what_they_need(site: Path) -> None:
    for name, blocks in WITH_BLOCKS.items():
        page = site / name / "index.html"
        html = page.read_text("utf-8")
        content = html.partition("<h1")[2]
        assert content.count("<roi-calculator") == blocks
        assert len(re.findall(STYLE, content)) == len(re.findall(SCRIPT, content)) == 1
        assert content.index("<roi-calculator") > content.index("index.js"), "before the first"
        for file in _addresses(STYLE, site, page) | _addresses(SCRIPT, site, page):
            assert (site / file).is_file()
        _asks_at_once_for_what_is_imported(site, page)
    table = (site / "table" / "index.html").read_text("utf-8")
    assert re.search(STYLE, table)
    assert not re.search(f"{SCRIPT}|{IMPORTED}", table), "nothing of it is live"


@IN_MKDOCS
def test_the_head_names_the_style_that_the_content_brings(site: Path) -> None:
    for name in WITH_BLOCKS:
        head, _, body = (site / name / "index.html").read_text("utf-8").partition("</head>")
        assert re.findall(STYLE, head) == re.findall(STYLE, body)
        assert not re.search(SCRIPT, head)


@IN_MKDOCS
def test_search_finds_what_it_found(site: Path) -> None:
    index = (site / "search" / "search_index.json").read_text("utf-8")
    assert "It is $1,500." in index
    assert "assets/roi-calculator" not in index


@IN_MKDOCS
@pytest.mark.parametrize(
    "excluded",
    [
        "exclude_docs: |\n  *.zip\n  *.json",
        "exclude_docs: |\n  *\n  !*.md",
        "draft_docs: '*.js'",
        "hooks: [exclude.py]",
    ],
)
def test_our_files_are_published_whatever_the_site_leaves_out(
    excluded: str, site: Path, tmp_path: Path
) -> None:
    (tmp_path / "exclude.py").write_text(
        "def on_files(files, config):\n"
        "    for file in [each for each in files if each.src_uri.startswith('assets/roi')]:\n"
        "        files.remove(file)\n"
        "    return files\n"
    )
    some = _built("mkdocs", tmp_path, *ENGINES["mkdocs"], more=excluded)

    def ours(site: Path) -> set[Path]:
        found = site.glob("assets/roi-calculator/**/*")
        return {file.relative_to(site) for file in found}

    assert ours(some) == ours(site)


def test_a_page_made_of_other_pages_finds_what_they_bring(tmp_path: Path) -> None:
    """As the page of mkdocs-print-site-plugin, which moves content and not what it names."""
    (tmp_path / "collect.py").write_text(
        "from pathlib import Path\n"
        "content = []\n"
        "def on_page_content(html, page, config, files):\n"
        "    content.append(html)\n"
        "def on_post_build(config):\n"
        "    made = Path(config.site_dir, 'all', 'of', 'it', 'index.html')\n"
        "    made.parent.mkdir(parents=True)\n"
        "    made.write_text('<html><body>' + ''.join(content) + '</body></html>')\n"
        "    Path(config.site_dir, 'in_no_utf-8.html').write_bytes(bytes([0xE9]))\n"
    )
    site = _built("mkdocs", tmp_path, *ENGINES["mkdocs"], more="hooks: [collect.py]")
    page = site / "all" / "of" / "it" / "index.html"
    assert len(re.findall(SCRIPT, page.read_text("utf-8"))) == len(WITH_BLOCKS)
    for file in _addresses(STYLE, site, page) | _addresses(SCRIPT, site, page):
        assert (site / file).is_file(), file
    _asks_at_once_for_what_is_imported(site, page)


def test_plain_python_markdown_is_told_where_they_are() -> None:
    def converted(**options: str) -> str:
        return markdown.markdown(
            BLOCK, extensions=["roi_calculator"], extension_configs={"roi_calculator": options}
        )

    told = converted(assets="/shared/roi-calculator")
    assert re.findall(STYLE, told) == ["/shared/roi-calculator/style.css"]
    assert re.findall(SCRIPT, told) == ["/shared/roi-calculator/index.js"]
    assert not re.search(IMPORTED, told), "what lies there names the folder of the day"
    assert converted().startswith("<roi-calculator"), "where nobody knows, nothing is named"
