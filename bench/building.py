"""What a block costs to build: 200 pages with one block each beside the same pages without.

In MkDocs' own theme and in Material, with the search that comes with each, whole process against
whole process. All sites are built in turn, several times; medians and ratios are printed, because
only figures of one run on one machine can be compared.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from support.sites import run_tool, write_site

PAGES: Final = 200
ROUNDS: Final = 5
THEMES: Final = ("mkdocs", "material")
CONFIG: Final = """
site_name: Bench
theme: {{name: {}}}
plugins: [search, roi-calculator]
markdown_extensions: [pymdownx.superfences]
"""
TEXT: Final = (
    "# Page {}\n\nSome words before, as an article has them.\n\n{}\nAnd some words after.\n"
)
VALUES: Final = "values:\n  requests: {}\n  cost_per_request: {}\n  investment: {}\n"
WITHOUT: Final = "without a block"
# What stands on the page with a number: a fence's name and values, by the name of the site.
BLOCKS: Final[dict[str, Callable[[int], tuple[str, int, int, int]]]] = {
    "with a block of its own": lambda n: ("roi-calculator", n + 1, 5 + n % 40, 100 + 7 * n),
    "with the same block": lambda _: ("roi-calculator", 100, 20, 500),
    WITHOUT: lambda n: ("text", n + 1, 5 + n % 40, 100 + 7 * n),
}


def _site(folder: Path, theme: str, name: str) -> Path:
    pages = {"index.md": "# Home\n"}
    for number in range(PAGES):
        language, *values = BLOCKS[name](number)
        fence = f"```{language}\n{VALUES.format(*values)}```\n"
        pages[f"page{number}.md"] = TEXT.format(number, fence)
    return write_site(folder, CONFIG.format(theme), pages)


def _seconds(site: Path) -> float:
    started = time.perf_counter()
    built = run_tool("mkdocs", "build", "--quiet", cwd=site)
    took = time.perf_counter() - started
    if built.returncode:
        raise SystemExit(built.stderr)
    return took


def main() -> None:
    """Build all sites in turn and print what the blocks cost in each theme."""
    with tempfile.TemporaryDirectory() as scratch:
        sites = {
            (theme, name): _site(Path(scratch, theme, str(index)), theme, name)
            for theme in THEMES
            for index, name in enumerate(BLOCKS)
        }
        seconds: dict[tuple[str, str], list[float]] = {each: [] for each in sites}
        for _ in range(ROUNDS):
            for each, site in sites.items():
                seconds[each].append(_seconds(site))
    medians = {each: statistics.median(took) for each, took in seconds.items()}
    for (theme, name), rounds in seconds.items():
        median, without = medians[theme, name], medians[theme, WITHOUT]
        spread = f"{min(rounds):.2f}-{max(rounds):.2f}"
        print(f"{theme}, {PAGES} pages {name}: median {median:.2f} s ({spread}, {ROUNDS} rounds)")
        if name != WITHOUT:
            block = (median - without) / PAGES * 1000
            print(f"  ratio {median / without:.2f}, {block:.1f} ms a block")


if __name__ == "__main__":
    main()
