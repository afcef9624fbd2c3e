"""A site's own calculators: found by the paths its configuration names, and loaded once a build.

A path is a Python file or a table, each a calculator, or a pure-Python wheel, which files import.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from mkdocs_roi_calculator.settings.settings import SettingError
from roi_calc.calculators import CALCULATORS
from roi_calc.own.loading import TABLES, load_checked
from roi_calc.own.python_file import (
    CalculatorFileError,
    add_library,
)
from roi_calc.schema import AnyCalculator

OPTION: Final = "calculators"
State = tuple[tuple[str, int], ...]


def site_calculators(paths: Iterable[str]) -> Mapping[str, AnyCalculator]:
    """Return all calculators that a site can show, ours and its own, by name.

    Raises SettingError for a path that is neither a calculator nor a wheel.
    """
    stamped = tuple((path, state(path)) for path in map(Path, paths))
    try:
        return {**CALCULATORS, **_loaded(stamped)}
    except CalculatorFileError as error:
        message = f"{OPTION}: {error}"
        raise SettingError(message, OPTION) from error


# MkDocs makes a Markdown object for every page: the files are read once for all of them.
@lru_cache(maxsize=8)
def _loaded(
    stamped: tuple[tuple[Path, State], ...],
) -> Mapping[str, AnyCalculator]:
    paths = [path for path, _ in stamped]
    for path in paths:
        if path.suffix not in {".py", ".whl", *TABLES}:
            message = "neither a Python file nor a wheel nor a .yml table"
            raise CalculatorFileError(path, message)
        if path.suffix == ".whl":
            add_library(path)
    found: dict[str, AnyCalculator] = {}
    for path in paths:
        if path.suffix != ".whl":
            calculator = load_checked(path)
            if calculator.name in found:
                message = f"a second calculator named {calculator.name!r}"
                raise CalculatorFileError(path, message)
            found[calculator.name] = calculator
    return found


def state(path: Path) -> State:
    """Return when a file, and each catalog beside it, was last changed."""
    files = [path, *sorted(path.parent.glob(f"{path.stem}.*.po"))]
    return tuple((file.name, file.stat().st_mtime_ns) for file in files if file.is_file())
