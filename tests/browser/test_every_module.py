"""The page's own worker can import every module of the library that the wheel carries."""

from pathlib import Path

from support.browsers import Tab, wait_for_output, wait_for_state
from support.pack import packed_modules
from support.sites import run_tool, served, write_site

CONFIG = """
site_name: Test
theme: {name: material, font: false}
extra_javascript: [errors.js]
plugins: [roi-calculator: {pyodide: self, calculators: [modules.py]}]
"""
PAGE = "# Page\n\n```roi-calculator\ncalculator: modules\n```\n"
ERRORS = """
window.caughtErrors = [];
const consoleError = console.error;
console.error = (...said) => { caughtErrors.push(said.join(" ")); consoleError(...said); };
"""
# The build computes it too, where there is no Pyodide: imports wait until they are asked for.
CALCULATOR = """
from dataclasses import dataclass
from importlib import import_module
from typing import Annotated
from roi_calc.schema import Kind, Quantity, Result

NAMES = ()
LIBRARY = "/lib/python3"

@dataclass(frozen=True)
class Inputs:
    is_asked: Annotated[float, Quantity(Kind.COUNT)] = 0

@dataclass(frozen=True)
class Outputs:
    imported: Annotated[float, Result(Kind.COUNT, is_headline=True)]

def modules(inputs: Inputs) -> Outputs:
    if not inputs.is_asked:
        return Outputs(0)
    failed = []
    for name in NAMES:
        try:
            origin = import_module(name).__spec__.origin
        except Exception as error:
            failed.append(f"{name}: {error!r}")
        else:
            if not origin.startswith(LIBRARY):
                failed.append(f"{name} from {origin}")
    if failed:
        raise ImportError("; ".join(failed))
    return Outputs(len(NAMES))
"""
FIELD = "roi-calculator input[name=is_asked]"


def test_the_worker_imports_every_module_of_the_pack(tab: Tab, tmp_path: Path) -> None:
    names = packed_modules()
    write_site(tmp_path, CONFIG, {"index.md": PAGE, "errors.js": ERRORS})
    (tmp_path / "modules.py").write_text(
        CALCULATOR.replace("NAMES = ()", f"NAMES = {names!r}"), "utf-8"
    )
    built = run_tool("mkdocs", "build", "--strict", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    with served(tmp_path / "site") as site:
        tab.open(f"{site.url}/")
        tab.click(FIELD)
        wait_for_state(tab)
        tab.replace(FIELD, "1")
        wait_for_output(tab, "imported", str(len(names)))
    assert len(names) > 100
    assert tab.errors == []
