"""Mutation testing: `make mutation`, which tries 300 changes and every formula's text.

First every text of a formula (formula_texts.py), then functions (function_mutants.py, trial.py):
those of the formulas, of reading, of answering and of forms. Writes the score and the mutants that
no test noticed to build/mutation/report.md. Fails below 95 %, if a survivor is not explained in
survivors.md, or if that explains what no change makes any more, or what a test has noticed.

    make mutation MUTANTS=--texts                     the formulas' texts alone
    make mutation MUTANTS='--sample 300 --seed 7'     another 300 of the functions'
    make mutation MUTANTS=--all                       all of them
    make mutation MUTANTS='--all --of reading'        all of a room
"""

import argparse
import random
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest
from hypothesis import Phase, settings

from mutation.formula_texts import formula_mutants
from mutation.function_mutants import FunctionMutant, function_mutants
from mutation.trial import Trial

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
PACKAGE: Final = ROOT / "calc" / "roi_calc"
SURVIVORS: Final = HERE / "survivors.md"
REPORT: Final = ROOT / "build" / "mutation" / "report.md"

MODULES: Final = (
    "arithmetic/*.py",
    "calculators/*.py",
    "reading/*.py",
    "answering/*.py",
    "own/written_table.py",
    "showing/form.py",
)
# Where the tests of each room's functions are; what another process runs is not changed there.
_OF_FORMULAS: Final = ("arithmetic", "calculators", "formulas", "answering", "reading")
_OF_ANSWERS: Final = ("reading", "answering", "showing", "blocks", "language")
TESTS: Final[Mapping[str, Sequence[str]]] = {
    "arithmetic": _OF_FORMULAS,
    "calculators": _OF_FORMULAS,
    "reading": _OF_ANSWERS,
    "answering": _OF_ANSWERS,
    "own": ("own/test_written_table.py", "own/test_table_mistakes.py"),
    "showing": _OF_ANSWERS,
}
# What chooses words or declares inputs of a calculator is no formula; other tests see it.
NO_FORMULAS: Final = frozenset(
    {"_assumptions", "_worth", "_warnings", "_scenarios", "_sentence", "_benefit", "_part"}
)
# Hypothesis is here before pytest is, which has nothing to rewrite in it.
QUIET: Final = ("-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning")
AT_LEAST: Final = 0.95
SAMPLE: Final = 300


def main() -> int:
    """Run the mutants and return the exit code: 1 for too many survivors, or unexplained ones."""
    parser = argparse.ArgumentParser(
        prog="make mutation",
        description="Change one thing at a time, and see whether a test notices.",
    )
    parser.add_argument("--texts", action="store_true", help="change the texts of formulas alone")
    parser.add_argument("--all", action="store_true", help="change everything in the functions")
    parser.add_argument(
        "--sample",
        type=int,
        default=SAMPLE,
        metavar="N",
        help="try N changes of functions, drawn at random (%(default)s)",
    )
    parser.add_argument(
        "--seed", type=int, default=0, metavar="S", help="which are drawn (%(default)s)"
    )
    parser.add_argument(
        "--of",
        nargs="+",
        default=[],
        metavar="NAME",
        help="only of these rooms, modules or functions: reading, showing.form",
    )
    given = parser.parse_args()
    mutants = list(_mutants())
    codes = [_stale(mutants)]
    if not given.of:
        codes.append(_of_texts())
    if not given.texts:
        asked = [each for each in mutants if _is_of(each, given.of)]
        if not given.all:
            drawn = random.Random(given.seed)  # noqa: S311 - a seed tells which
            asked = drawn.sample(asked, min(given.sample, len(asked)))
        codes.append(_of_functions(asked))
    return max(codes)


def _is_of(mutant: FunctionMutant, names: Sequence[str]) -> bool:
    return not names or any(f"{mutant.name}.".startswith(f"{each}.") for each in names)


def _of_texts() -> int:
    """Change the formulas' texts and return the exit code."""
    explained = SURVIVORS.read_text("utf-8")
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
    print(*unexplained, *gone, sep="\n", flush=True)
    return 1 if unexplained or gone else 0


def _explained() -> list[str]:
    """Return the changes of functions that survivors.md explains."""
    lines = r"(?:^    [-+] .*\n)+"
    found = re.findall(lines, SURVIVORS.read_text("utf-8"), flags=re.MULTILINE)
    return [each.rstrip("\n") for each in found]


def _stale(mutants: Iterable[FunctionMutant]) -> int:
    """Name what survivors.md explains and no change makes, and return the exit code."""
    changes = {each.change for each in mutants}
    stale = [each for each in _explained() if each not in changes]
    for change in stale:
        print(f"survivors.md explains what no change makes any more; delete it:\n{change}")
    return 1 if stale else 0


def _of_functions(mutants: Sequence[FunctionMutant]) -> int:
    """Try mutants of functions and return the exit code."""
    explained = set(_explained())
    survivors: list[FunctionMutant] = []
    noticed: list[str] = []

    def after(mutant: FunctionMutant, is_noticed: bool) -> None:  # noqa: FBT001 - as the trial says it
        if is_noticed:
            noticed.append(mutant.change)
        else:
            survivors.append(mutant)
            if mutant.change not in explained:
                print(f"not noticed: {mutant.name}\n{mutant.change}", flush=True)
        if not (len(noticed) + len(survivors)) % 100:
            print(f"{len(noticed) + len(survivors)} of {len(mutants)}", flush=True)

    settings.register_profile(
        "mutation",
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
    )
    settings.load_profile("mutation")
    trial = Trial(mutants, after)
    rooms = {each.module.split(".")[1] for each in mutants}
    folders = sorted({str(ROOT / "tests" / each) for room in rooms for each in TESTS[room]})
    options = ["-p", "no:cacheprovider", "-o", "faulthandler_timeout=0", "-s", "-q", *QUIET]
    done = pytest.main([*options, *folders], plugins=[trial])
    if done:
        return int(done)
    unexplained = [each for each in survivors if each.change not in explained]
    needless = (explained & set(noticed)) - {each.change for each in survivors}
    for change in needless:
        print(f"survivors.md explains what a test notices; delete it:\n{change}")
    tried = len(noticed) + len(survivors)
    score = len(noticed) / max(tried, 1)
    summary = (
        f"{tried} mutants of functions, {len(survivors)} survivors, {len(unexplained)} of"
        f" them not explained: {score:.1%} noticed,"
        f" {trial.seconds / max(tried, 1):.2f} s of processor time each"
    )
    print(summary)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    told = (
        f"- {each.name}{' (NOT EXPLAINED)' if each in unexplained else ''}\n{each.change}"
        for each in survivors
    )
    REPORT.write_text("\n".join([summary, "", *told, ""]), "utf-8")
    return 1 if score < AT_LEAST or unexplained or needless else 0


def _mutants() -> Iterator[FunctionMutant]:
    for pattern in MODULES:
        for path in sorted(PACKAGE.glob(pattern)):
            module = ".".join(("roi_calc", *path.relative_to(PACKAGE).with_suffix("").parts))
            for each in function_mutants(module, path):
                if path.parent.name != "calculators" or each.function not in NO_FORMULAS:
                    yield each


if __name__ == "__main__":
    sys.exit(main())
