"""Mutation testing of the formulas: `make mutation`; `make mutation MUTANTS=--texts` their texts.

First every text of a formula (formula_texts.py). Then the functions: copies the package and their
tests into build/mutation, lets mutmut change one thing at a time there, and writes the score and
the mutants that no test noticed to report.md beside them. Fails below 95 %, if a survivor is not
explained in survivors.md, or if that explains what is no longer there. mutmut wants its sources in
one folder named src: hence the copy.
"""

import argparse
import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from mutation.formula_texts import formula_mutants

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
SANDBOX: Final = ROOT / "build" / "mutation"
MUTMUT: Final = Path(sys.executable).parent / "mutmut"

MODULES: Final = (
    "arithmetic.finance",
    "arithmetic.service",
    "arithmetic.survey",
    "answering.uncertainty",
)
# Without common: its formulas are made on import, before mutmut has chosen what to change.
CALCULATORS: Final = (
    "deflection",
    "handling_time",
    "response_time",
    "retention",
    "programme",
    "loaded_rate",
)
TESTS: Final = (
    "calculators/test_calculators.py",
    "arithmetic/test_finance.py",
    "answering/test_uncertainty.py",
    "cases",
)
# What chooses words or declares inputs is no formula; other tests see it.
NO_FORMULAS: Final = frozenset(
    {"_assumptions", "_worth", "_warnings", "_scenarios", "_sentence", "_benefit", "_part"}
)

CONFIGURATION: Final = """\
[tool.mutmut]
source_paths = ["src"]
only_mutate = [{files}]
pytest_add_cli_args = ["-p", "no:cacheprovider"]
pytest_add_cli_args_test_selection = ["tests"]

[tool.pytest.ini_options]
addopts = ["--import-mode=importlib"]
testpaths = ["tests"]
"""
AT_LEAST: Final = 0.95


def main() -> int:
    """Run the mutants and return the exit code: 1 for too many survivors, or unexplained ones."""
    parser = argparse.ArgumentParser(description="Change one thing at a time, and see who notices.")
    parser.add_argument("--texts", action="store_true", help="change the texts of formulas alone")
    is_texts_alone = parser.parse_args().texts
    of_texts = max(_stale(), _of_texts())
    return of_texts if is_texts_alone else max(of_texts, _of_functions())


def _of_texts() -> int:
    """Change the formulas' texts and return the exit code."""
    explained = (HERE / "survivors.md").read_text("utf-8")
    mutants = list(formula_mutants())
    survivors = [each.change for each in mutants if not each.is_caught]
    unexplained = [change for change in survivors if change not in explained]
    gone = [
        line
        for line in re.findall(r"^    [a-z-]+\.\w+: .+$", explained, flags=re.MULTILINE)
        if line not in survivors
    ]
    print(
        f"{len(mutants)} mutants of formulas' texts, {len(survivors)} survivors,"
        f" {len(unexplained)} of them not explained, {len(gone)} explanations of none:"
    )
    print(*unexplained, *gone, sep="\n")
    return 1 if unexplained or gone else 0


def _stale() -> int:
    """Name what survivors.md explains of lines that are nowhere, and return the exit code."""
    files = (ROOT / "calc" / "roi_calc").rglob("*.py")
    lines = {line.strip() for file in files for line in file.read_text("utf-8").splitlines()}
    explained = re.findall(
        r"^    - (.+)$", (HERE / "survivors.md").read_text("utf-8"), re.MULTILINE
    )
    stale = [line for line in explained if line not in lines]
    for line in stale:
        print(f"survivors.md: no line {line!r}; delete the explanation, or write it of what is now")
    return 1 if stale else 0


def _of_functions() -> int:
    """Run mutmut and return the exit code."""
    _prepare()
    done = subprocess.run([MUTMUT, "run", *_patterns()], cwd=SANDBOX, check=False)
    if done.returncode:
        return done.returncode
    statuses = dict(re.findall(r"(\S+): (.+)", _mutmut("results", "--all", "true")))
    checked = {name: status for name, status in statuses.items() if status != "not checked"}
    alive = [name for name, status in checked.items() if status in {"survived", "no tests"}]
    score = 1 - len(alive) / len(checked)
    explained = (HERE / "survivors.md").read_text("utf-8")
    survivors = {name: _change(name) for name in alive}
    unexplained = [name for name, change in survivors.items() if change not in explained]
    report = f"{len(checked)} mutants, {len(alive)} survivors: {score:.1%}\n\n" + "\n".join(
        f"- {name}{' (NOT EXPLAINED)' if name in unexplained else ''}\n{change}"
        for name, change in survivors.items()
    )
    (SANDBOX / "report.md").write_text(report, "utf-8")
    print(report)
    return 1 if score < AT_LEAST or unexplained else 0


def _prepare() -> None:
    shutil.rmtree(SANDBOX, ignore_errors=True)
    shutil.copytree(ROOT / "calc" / "roi_calc", SANDBOX / "src" / "roi_calc")
    (SANDBOX / "tests").mkdir()
    for name in TESTS:
        source = ROOT / "tests" / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        target = SANDBOX / "tests" / name
        target.parent.mkdir(exist_ok=True)
        copy(source, target)
    shutil.copy(HERE / "conftest.py", SANDBOX / "tests")
    files = ", ".join(f'"src/roi_calc/{name.replace(".", "/")}.py"' for name in _modules())
    (SANDBOX / "pyproject.toml").write_text(CONFIGURATION.format(files=files), "utf-8")


def _modules() -> Iterator[str]:
    yield from MODULES
    yield from (f"calculators.{name}" for name in CALCULATORS)


def _patterns() -> Iterator[str]:
    """Yield mutmut's names for the mutants of every formula."""
    for module in _modules():
        path = ROOT / "calc" / "roi_calc" / f"{module.replace('.', '/')}.py"
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name not in NO_FORMULAS:
                yield f"roi_calc.{module}.x_{node.name}__mutmut_*"
            if isinstance(node, ast.ClassDef):
                yield f"roi_calc.{module}.x*{node.name}*__mutmut_*"


def _change(mutant: str) -> str:
    """Return the lines that a mutant takes away and puts in their place, as in survivors.md."""
    lines = _mutmut("show", mutant).splitlines()
    return "\n".join(
        f"    {line[0]} {line[1:].strip()}" for line in lines if re.match(r"[-+](?![-+]{2} )", line)
    )


def _mutmut(*arguments: str) -> str:
    return subprocess.run(
        [MUTMUT, *arguments], cwd=SANDBOX, check=True, capture_output=True, text=True
    ).stdout


if __name__ == "__main__":
    sys.exit(main())
