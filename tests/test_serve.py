"""`mkdocs serve` follows the author: a changed page in any language, and changed Python of ours."""

import os
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from support.built_guide import small_translations, write_guide
from support.sites import ROOT, TOOLS, copy_packages, end, write_site

CONFIG = "site_name: Test\nplugins: [roi-calculator]\n"
PAGES = {"index.md": "# Home\n\n```roi-calculator\n```\n"}
PATIENCE_SECONDS = 60


@contextmanager
def _serving(folder: Path, packages: Path, page: str = "") -> Iterator[Callable[[], str]]:
    """Serve a site with our packages taken from a folder; yield what reads one page of it."""
    port = 20000 + os.getpid() % 20000
    server = subprocess.Popen(
        [str(TOOLS / "mkdocs"), "serve", "--dev-addr", f"127.0.0.1:{port}"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(packages), "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def read() -> str:
        # A page is held back while the site is built.
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{page}", timeout=10) as answer:
            text: str = answer.read().decode()
            return text

    try:
        yield read
    finally:
        end(server)


def _save(file: Path, text: str) -> None:
    """Write a file at once, as editors do: half a file would stop the build, and the server."""
    beside = file.with_suffix(".new")
    beside.write_text(text, "utf-8")
    beside.replace(file)


def _wait_for(read: Callable[[], str], text: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            if text in read():
                return
        except OSError:
            pass
        time.sleep(0.2)
    message = f"{text!r} did not come up in {PATIENCE_SECONDS} s"
    raise AssertionError(message)


def test_a_change_of_the_calculators_python_or_words_is_shown(tmp_path: Path) -> None:
    packages = copy_packages(tmp_path / "packages")
    site = write_site(tmp_path / "site", CONFIG, PAGES)
    with _serving(site, packages) as home:
        _wait_for(home, 'data-output="net_saving" data-value="1500"')
        calculator = packages / "roi_calc" / "calculators" / "deflection.py"
        changed = calculator.read_text("utf-8").replace(
            'Quantity(Kind.COUNT, symbol="A")] = 100', 'Quantity(Kind.COUNT, symbol="A")] = 200'
        )
        _save(calculator, changed)
        _wait_for(home, 'data-output="net_saving" data-value="3500"')
        words = packages / "roi_calc" / "language" / "locales" / "en.po"
        _save(words, words.read_text("utf-8").replace('"Cost avoided"', '"Avoided before cost"'))
        _wait_for(home, "Avoided before cost")


def test_a_catalog_that_comes_to_stand_beside_a_calculator_is_shown(tmp_path: Path) -> None:
    packages = copy_packages(tmp_path / "packages")
    page = "# Home\n\n```roi-calculator\ncalculator: clv\nlanguage: es\n```\n"
    config = "site_name: Test\nplugins: [{roi-calculator: {calculators: [own/clv.py]}}]\n"
    site = write_site(tmp_path / "site", config, {"index.md": page})
    (site / "own").mkdir()
    for name in ("clv.py", "clv.id.po"):
        shutil.copy(ROOT / "docs" / "calculators" / name, site / "own" / name)
    with _serving(site, packages) as home:
        _wait_for(home, "Gross margin")
        # With the time it has there, which is before the server's start.
        shutil.copy2(ROOT / "docs" / "calculators" / "clv.es.po", site / "own" / "clv.es.po")
        _wait_for(home, "Margen bruto")


def test_the_guide_is_served_in_every_language_and_follows_a_change_of_any(tmp_path: Path) -> None:
    (tmp_path / "guide").mkdir()
    guide = write_guide(tmp_path / "guide", small_translations())
    packages = copy_packages(tmp_path / "packages")
    with _serving(guide, packages, "es/month/") as spanish:
        _wait_for(spanish, "month (es)")
        assert "../../id/month/" in spanish()
        page = guide / "docs" / "es" / "month.md"
        _save(page, page.read_text("utf-8").replace("# month (es)", "# Un mes"))
        _wait_for(spanish, "Un mes")
