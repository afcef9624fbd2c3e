"""The oldest versions that pyproject.toml allows build what the newest build."""

from pathlib import Path

import markdown
import pytest

from support.environments import Environment
from support.sites import block_of, write_site

BLOCK = "```roi-calculator\ncurrency: EUR\nvalues:\n  cost_per_request: 8.01\n```\n"
PAGES = {"index.md": f"# A block\n\n{BLOCK}", "none.md": "# No block\n\n```python\n1\n```\n"}
CONFIG = """
site_name: Test
theme: THEME
plugins: [search, roi-calculator]
markdown_extensions: [pymdownx.superfences]
"""
LOWEST = {
    "mkdocs": Environment(("pymdown-extensions>=10.0",), is_lowest=True),
    # Which brings its own pymdown-extensions and MkDocs.
    "{name: material, font: false}": Environment(("mkdocs-material>=9.4",), is_lowest=True),
}


@pytest.mark.parametrize("theme", LOWEST)
def test_the_lowest_versions_give_what_the_newest_give(theme: str, tmp_path: Path) -> None:
    write_site(tmp_path, CONFIG.replace("THEME", theme), PAGES)
    built = LOWEST[theme].run("mkdocs", "build", "--strict", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    newest = markdown.markdown(BLOCK, extensions=["pymdownx.superfences", "roi_calculator"])
    html = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert block_of(html) == block_of(newest)
    assert list((tmp_path / "site" / "assets" / "roi-calculator").iterdir())


def test_lowest_means_what_pyproject_allows() -> None:
    mkdocs = LOWEST["mkdocs"].versions()
    assert (mkdocs["mkdocs"], mkdocs["pymdown-extensions"]) == ("1.5.0", "10.0")
    assert LOWEST["{name: material, font: false}"].versions()["mkdocs-material"] == "9.4.0"
