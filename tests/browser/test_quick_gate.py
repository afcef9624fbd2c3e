"""The quick answer says what Python says, to the letter, in every engine that may work it out.

10,000 drawn inputs of each calculator and 1,000 at the edges, in four languages and ten currencies.
"""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import pytest

import mkdocs_roi_calculator
from roi_calc.calculators import CALCULATORS
from support.browsers import Tab, wait_until
from support.quick import COMPARE, gate
from support.sites import NODE, Served, served

DRAWN: Final = 10_000
EDGES: Final = 1_000
# Of what Python answers. What is left to it is written in a way that could be read in two.
LEAST_ANSWERED: Final = 0.95
_PAGE: Final = "<!doctype html><title>Gate</title><script type=module src=gate.js></script>"
_SCRIPT: Final = f"""
import {{ quickAnswer }} from "./quick.js";
const compare = {COMPARE};
const told = globalThis.document
  ? await (await fetch("cases.json")).json()
  : JSON.parse((await import("node:fs")).readFileSync("cases.json", "utf8"));
const found = compare(quickAnswer, told);
if (globalThis.document) window.found = found;
else console.log(JSON.stringify(found));
"""


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return what makes a calculator's page, once: Python takes longer than a browser."""
    return cache(partial(_written, tmp_path_factory))


def _written(tmp_path_factory: pytest.TempPathFactory, calculator: str) -> Path:
    """Write a page that compares all cases of a calculator with what the module says."""
    made = tmp_path_factory.mktemp("gate")
    package = Path(mkdocs_roi_calculator.__file__).parent
    shutil.copy(package / "browser" / "calculator" / "quick.js", made)
    (made / "package.json").write_text('{"type": "module"}', "utf-8")
    (made / "gate.js").write_text(_SCRIPT, "utf-8")
    (made / "index.html").write_text(_PAGE, "utf-8")
    cases = list(gate(CALCULATORS[calculator], DRAWN, EDGES))
    (made / "cases.json").write_text(json.dumps(cases), "utf-8")
    return made


@pytest.fixture(scope="module", params=CALCULATORS)
def folder(request: pytest.FixtureRequest, folders: Callable[[str], Path]) -> Path:
    """Each calculator's page in turn."""
    return folders(request.param)


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Served]:
    """The same on loopback."""
    with served(folder) as serving:
        yield serving


def _is_python(found: Any) -> None:  # noqa: ANN401 - what the page found
    assert found["differing"][:3] == []
    assert found["usable"] > DRAWN * 0.9
    assert LEAST_ANSWERED * found["usable"] <= found["answered"] <= found["usable"]


def test_a_browser_says_to_the_letter_what_python_says(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/index.html")
    wait_until(tab, "window.found")
    _is_python(json.loads(str(tab.evaluate("return JSON.stringify(window.found)"))))


def test_node_says_to_the_letter_what_python_says(folder: Path) -> None:
    ran = subprocess.run(
        [NODE, "gate.js"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    _is_python(json.loads(ran.stdout))
