"""The oldest versions that pyproject.toml allows, and the newest, build what these tests' own do.

With every change the smallest and the largest of each; all with `make matrix`.
"""

from pathlib import Path
from sysconfig import get_path

import markdown
import pytest

import mkdocs_roi_calculator as plugin
import roi_calc
from support.environments import Environment, has_python, locked
from support.sites import NODE, PYODIDE, ROOT, block_of, run, write_site

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
LARGEST_PYTHON = max(filter(has_python, PYTHONS), key=PYTHONS.index)
BLOCK = "```roi-calculator\ncurrency: EUR\nvalues:\n  cost_per_request: 8.01\n```\n"
PAGES = {"index.md": f"# A block\n\n{BLOCK}", "none.md": "# No block\n\n```python\n1\n```\n"}
CONFIG = """
site_name: Test
theme: THEME
plugins: [search, roi-calculator]
markdown_extensions: [pymdownx.superfences]
"""
ZENSICAL = "site_name: Test\nmarkdown_extensions: [pymdownx.superfences, roi_calculator]\n"
PLAIN = CONFIG.replace("THEME", "mkdocs")
MATERIAL = CONFIG.replace("THEME", "{name: material, font: false}")

Built = tuple[str, str, Environment]  # the command, the configuration, and where


def _material(version: str, python: str = "") -> Built:
    return "mkdocs", MATERIAL, Environment((f"mkdocs-material{version}",), python)


LOWEST_MKDOCS = Environment(("pymdown-extensions>=10.0",), is_lowest=True)
# Which brings its own pymdown-extensions and MkDocs.
LOWEST_MATERIAL = Environment(("mkdocs-material>=9.4",), is_lowest=True)
LARGEST = Environment(locked("mkdocs-material", "properdocs", "zensical"), LARGEST_PYTHON)
SMALLEST_AND_LARGEST: dict[str, Built] = {
    "lowest MkDocs and pymdown-extensions": ("mkdocs", PLAIN, LOWEST_MKDOCS),
    "lowest Material": ("mkdocs", MATERIAL, LOWEST_MATERIAL),
    "largest Python, MkDocs": ("mkdocs", MATERIAL, LARGEST),
    "largest Python, ProperDocs": ("properdocs", MATERIAL, LARGEST),
    "largest Python, Zensical": ("zensical", ZENSICAL, LARGEST),
}
NEWEST = ("mkdocs-material", "properdocs", "zensical", "pymdown-extensions")
MATRIX: dict[str, Built] = {
    **{
        f"pymdown-extensions {version}": (
            "mkdocs",
            PLAIN,
            Environment((f"pymdown-extensions=={version}",)),
        )
        for version in ("10.0", "10.7", "10.14", "10.21.3", "11.0.2", "12.0", "12.1", "13.1")
    },
    **{
        f"MkDocs {version}": (
            "mkdocs",
            PLAIN,
            Environment((f"mkdocs=={version}", "pymdown-extensions")),
        )
        for version in ("1.5.0", "1.5.3", "1.6.0", "1.6.1")
    },
    **{
        f"Material {version}": _material(f"=={version}.*")
        for version in ("9.4", "9.5", "9.6", "9.7")
    },
    **{
        f"newest with {engine} on Python {python}": (
            engine,
            ZENSICAL if engine == "zensical" else MATERIAL,
            Environment(NEWEST, python),
        )
        for python in PYTHONS
        for engine in ("mkdocs", "properdocs", "zensical")
    },
}
CASES = [
    *(pytest.param(built, id=name) for name, built in SMALLEST_AND_LARGEST.items()),
    *(pytest.param(built, id=name, marks=pytest.mark.matrix) for name, built in MATRIX.items()),
]


@pytest.mark.parametrize("built", CASES)
def test_a_block_is_the_same_in_any_version(built: Built, tmp_path: Path) -> None:
    command, config, environment = built
    if not has_python(environment.python):
        pytest.skip(f"no Python {environment.python} on this machine")
    write_site(tmp_path, config, PAGES)
    done = environment.run(command, "build", "--strict", cwd=tmp_path)
    assert done.returncode == 0, done.stderr + done.stdout
    here = markdown.markdown(BLOCK, extensions=["pymdownx.superfences", "roi_calculator"])
    html = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert block_of(html) == block_of(here)
    assert list(tmp_path.glob("site/assets/roi-calculator/*/index.js"))
    assert "roi-calculator" not in (tmp_path / "site" / "none" / "index.html").read_text("utf-8")


def test_a_block_is_the_same_in_the_python_of_pyodide(tmp_path: Path) -> None:
    """Which is 3.14, also on a machine that has no other one."""
    write_site(tmp_path, PLAIN, PAGES)
    script = ROOT / "tests" / "support" / "build_in_pyodide.mjs"
    ours = {str(Path(next(iter(each.__path__))).parent) for each in (roi_calc, plugin)}
    folders = map(str, (script, PYODIDE, tmp_path, get_path("purelib"), *ours))
    done = run(Path(NODE), *folders, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("3.14.")
    here = markdown.markdown(BLOCK, extensions=["pymdownx.superfences", "roi_calculator"])
    html = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert block_of(html) == block_of(here)


def test_lowest_means_what_pyproject_allows() -> None:
    mkdocs = LOWEST_MKDOCS.versions()
    assert (mkdocs["mkdocs"], mkdocs["pymdown-extensions"]) == ("1.5.0", "10.0")
    assert LOWEST_MATERIAL.versions()["mkdocs-material"] == "9.4.0"
