"""What a block costs to build: 1,000 pages with one block each beside the same pages without.

Both sites are built in turn, several times; the medians and their ratio are printed, because only
figures of one run on one machine can be compared.
"""

import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

from support.sites import run_tool, write_site

PAGES: Final = 1000
ROUNDS: Final = 5
CONFIG: Final = (
    "site_name: Bench\nplugins: [roi-calculator]\nmarkdown_extensions: [pymdownx.superfences]\n"
)
TEXT: Final = (
    "# Page {}\n\nSome words before, as an article has them.\n\n{}\nAnd some words after.\n"
)
BLOCK: Final = "```roi-calculator\nvalues:\n  requests: {}\n```\n"
CODE: Final = "```text\nvalues:\n  requests: {}\n```\n"


def _site(folder: Path, fence: str) -> Path:
    pages = {f"page{n}.md": TEXT.format(n, fence.format(n)) for n in range(PAGES)}
    return write_site(folder, CONFIG, {**pages, "index.md": "# Home\n"})


def _seconds(site: Path) -> float:
    started = time.perf_counter()
    built = run_tool("mkdocs", "build", "--quiet", cwd=site)
    took = time.perf_counter() - started
    if built.returncode:
        raise SystemExit(built.stderr)
    return took


def main() -> None:
    """Build both sites in turn and print what the blocks cost."""
    with tempfile.TemporaryDirectory() as scratch:
        sites = {
            "with a block": _site(Path(scratch, "with"), BLOCK),
            "without": _site(Path(scratch, "without"), CODE),
        }
        seconds: dict[str, list[float]] = {name: [] for name in sites}
        for _ in range(ROUNDS):
            for name, site in sites.items():
                seconds[name].append(_seconds(site))
    medians = {name: statistics.median(each) for name, each in seconds.items()}
    for name, each in seconds.items():
        spread = f"{min(each):.2f}-{max(each):.2f}"
        print(f"{PAGES} pages {name}: median {medians[name]:.2f} s ({spread}, {ROUNDS} rounds)")
    with_block, without = medians.values()
    print(f"a block: {(with_block - without) / PAGES * 1000:.2f} ms")
    print(f"ratio: {with_block / without:.2f}")


if __name__ == "__main__":
    main()
