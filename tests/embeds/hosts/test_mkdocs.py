"""In a real MkDocs, with the theme that it brings: the code that the docs print is a calculator."""

from pathlib import Path

from support.browsers import Tab, wait_until
from support.embeds import check_that_it_answers, codes
from support.sites import Served, run_tool, served, write_site


def test_readers_of_a_page_get_an_answer(guide: Served, tab: Tab, tmp_path: Path) -> None:
    page = f"# Post\n\nBefore\n\n{codes(guide).script}\n\nBehind\n"
    built = run_tool(
        "mkdocs",
        "build",
        "--strict",
        cwd=write_site(tmp_path, "site_name: Blog\n", {"index.md": page}),
    )
    assert built.returncode == 0, built.stderr
    with served(tmp_path / "site") as blog:
        tab.open(f"{blog.url}/")
        wait_until(tab, "document.querySelector('iframe')?.style.height")
        check_that_it_answers(tab)
