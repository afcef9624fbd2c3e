"""What is shipped: the wheel in an empty environment, and the pinned Pyodide."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from mkdocs_roi_calculator import assets
from support.sites import PYODIDE, ROOT, write_site

CONFIG = "site_name: Two pages\nplugins: [roi-calculator]\n"
PAGES = {
    "index.md": "# Home\n\n[The calculator](roi.md)\n",
    "roi.md": "# ROI\n\n```roi-calculator\n```\n",
}


def _wheel() -> Path:
    (wheel,) = (ROOT / "dist").glob("*.whl")
    return wheel


def test_the_tests_run_against_the_wheel_and_not_the_checkout() -> None:
    assert not Path(assets.__file__).is_relative_to(ROOT / "plugin")


def test_the_wheel_in_an_empty_environment_builds_a_site_that_works(tmp_path: Path) -> None:
    python = tmp_path / "empty" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "empty")], check=True)
    # What it needs comes at the versions of the lock file, with their hashes.
    pinned = (ROOT / "requirements-dev.txt").read_text("utf-8")
    (tmp_path / "lock.txt").write_text(re.sub(r" \\\n +--hash=\S+", "", pinned), "utf-8")
    subprocess.run(
        [
            str(python),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--constraint",
            str(tmp_path / "lock.txt"),
            str(_wheel()),
        ],
        check=True,
        capture_output=True,
    )
    site = write_site(tmp_path / "site", CONFIG, PAGES)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    built = subprocess.run(
        [str(python), "-m", "mkdocs", "build", "--strict"],
        cwd=site,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    html = (site / "site" / "roi" / "index.html").read_text("utf-8")
    assert 'data-output="net_saving" data-value="1500">$1,500.00<' in html
    told = subprocess.run(
        [str(python.with_name("roi-calc")), "deflection", "--format", "json"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(told.stdout)["outputs"]["net_saving"] == 1500


def test_the_wheel_carries_the_licence_and_every_file_it_publishes() -> None:
    names = zipfile.ZipFile(_wheel()).namelist()
    assert any(name.endswith("licenses/LICENSE") for name in names)
    for name in ("worker.mjs", "element.mjs", "runtime.mjs", "index.mjs", "style.css"):
        assert f"mkdocs_roi_calculator/browser/{name}" in names
    for name in ("en.po", "es.po", "id.po", "en.numbers.json", "currencies.json"):
        assert f"roi_calc/locales/{name}" in names
    for name in ("library.zip", "modules.zip", "pyodide.asm.wasm", "licenses.txt"):
        assert f"mkdocs_roi_calculator/python/{name}" in names


def test_the_pinned_hashes_are_those_of_the_npm_package() -> None:
    release = json.loads((Path(assets.__file__).parent / "pyodide.json").read_text("utf-8"))
    assert (
        json.loads((PYODIDE / "package.json").read_text("utf-8"))["version"] == release["version"]
    )
    for name, integrity in release["integrity"].items():
        digest = hashlib.sha384((PYODIDE / name).read_bytes()).digest()
        assert integrity == f"sha384-{base64.b64encode(digest).decode()}", name
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text("utf-8"))
    assert release["lock_info"] == lock["info"]


def test_the_calculators_need_the_standard_library_alone() -> None:
    code = (
        "import sys, json\n"
        f"sys.path = [path for path in sys.path if 'site-packages' not in path]\n"
        f"sys.path.insert(0, {str(_wheel())!r})\n"
        "import roi_calc.browser\n"
        "from roi_calc.calculators import CALCULATORS\n"
        "reply = roi_calc.browser.evaluate({'id': 1, 'calculator': 'deflection',"
        " 'language': 'en', 'currency': 'USD', 'comparison': '', 'values': {}})\n"
        "print(json.dumps(reply['outputs']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout)["net_saving"] == 1500


def _imported_by(module: str) -> set[str]:
    folder = ROOT / "plugin" / "mkdocs_roi_calculator" / "browser"
    text = (folder / module).read_text("utf-8")
    return set(re.findall(r'^import (?:.* from )?"\./([\w.-]+)";', text, flags=re.MULTILINE))


def test_the_script_names_every_module_so_that_all_are_fetched_at_once() -> None:
    named = _imported_by("index.mjs")
    assert named >= {"element.mjs", "runtime.mjs"}
    assert named >= {each for module in named for each in _imported_by(module)}
