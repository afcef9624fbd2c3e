"""A site's own calculators where their author sees them: at build and on the command line.

What is wrong with one is told with its place, what was raised and on which inputs; what never ends
is ended. Loading itself, which the browser does too, is python_file.py's.
"""

import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final

from roi_calc.calculators import CALCULATORS
from roi_calc.language.po_catalog import messages
from roi_calc.own.agreement import Disagreement, comparison, told
from roi_calc.own.drawn_inputs import drawn_inputs
from roi_calc.own.python_file import (
    CalculatorFileError,
    line_declaring,
    line_of,
    load_calculator,
    said_of,
    source_of,
)
from roi_calc.own.time_limit import within_limit
from roi_calc.reading.for_authors import nearest
from roi_calc.reading.inputs import InputErrors
from roi_calc.schema import AnyCalculator, Choice, given_of

# What a catalog can say of an input and of an output; of a choice also each of its answers.
_INPUT_WORDS: Final = ("label", "short", "unit", "help")
_CHOICE_WORDS: Final = ("label", "short", "help")
_RESULT_WORDS: Final = ("label", "short", "undefined", "condition", "ceiling", "impossible")
# What is compared when a file is loaded; a slow function is not asked as often.
_INPUT_SETS: Final = 100
_LONGEST_SECONDS: Final = 0.3


# The files that hold a table of formulas, and the entry points of what reads them.
TABLES: Final = (".yml", ".yaml")
_TABLE_READERS: Final = "roi_calc.tables"


def load_checked(path: Path) -> AnyCalculator:
    """Return the calculator that a file defines, if it comes to an end and its catalogs fit.

    Raises CalculatorFileError as load_calculator() does, for a catalog's unknown key, and for a
    formula that is not what is computed.
    """
    if path.suffix in TABLES:
        return _table_reader(path)(path)
    with within_limit():
        calculator = load_calculator(path)
    _refuse_unknown_words(path, calculator)
    _refuse_disagreement(path, calculator)
    return calculator


def _table_reader(path: Path) -> Callable[[Path], AnyCalculator]:
    """Return what reads tables: it comes from another package, which can read YAML."""
    for found in entry_points(group=_TABLE_READERS, name=path.suffix.removeprefix(".")):
        reader: Callable[[Path], AnyCalculator] = found.load()
        return reader
    message = "tables are read by mkdocs-roi-calculator; expected it to be installed"
    raise CalculatorFileError(path, message)


class FailureError(CalculatorFileError):
    """A site's own calculator that fails on what it is given, or never ends."""

    def in_a_block(self, name: str) -> str:
        """Say it where the block that gave the values is named already. name: the calculator's."""
        place = f"{self.path.name}:{self.line}"
        return f"calculator {name!r} fails on these values, at {place}: {self.message}"


@contextmanager
def failing_told(calculator: AnyCalculator, inputs: object = None) -> Iterator[None]:
    """Raise FailureError where a site's own calculator fails on inputs, or never ends.

    Ours fail as they do: a mistake of ours is no author's.
    """
    if calculator.name in CALCULATORS:
        yield
        return
    try:
        with within_limit():
            yield
    except InputErrors:
        raise
    except (Exception, SystemExit) as error:
        path = source_of(calculator)
        at_work = _inputs_at_work(calculator, path, error) or inputs
        on_what = f", with {told(given_of(calculator, at_work))}" if at_work else ""
        line = line_of(calculator, path, error)
        raise FailureError(path, f"{said_of(error)}{on_what}", line) from error


def _inputs_at_work(calculator: AnyCalculator, path: Path, error: BaseException) -> object:
    """Return the inputs on which a file's code failed; None where it is not known.

    A range is drawn, and a scenario changed: they need not be the ones that were given.
    """
    found = None
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == str(path):
            values = frame.f_locals.values()
            inputs_type = calculator.inputs_type
            found = next((each for each in values if isinstance(each, inputs_type)), found)
    return found


def _refuse_disagreement(path: Path, calculator: AnyCalculator) -> None:
    """Raise CalculatorFileError for a formula that does not give what is computed.

    On the example and some inputs drawn within the limits, for no longer than a build may wait;
    `roi-calc check` takes its time. Inputs on which the function fails are told when they are met.
    """
    if not calculator.formulas:
        return
    compare = comparison(calculator)
    found: list[Disagreement] = []
    until = time.perf_counter() + _LONGEST_SECONDS
    with failing_told(calculator):
        for inputs in _some_inputs(calculator):
            with suppress(Exception):
                found = compare(inputs)
            if found or time.perf_counter() > until:
                break
    for each in found:
        raise CalculatorFileError(path, str(each), line_declaring(path, each.name))


def _some_inputs(calculator: AnyCalculator) -> Iterator[object]:
    yield calculator.inputs_type()
    with suppress(Exception):  # of the author's rules
        yield from drawn_inputs(calculator, _INPUT_SETS)


def _refuse_unknown_words(path: Path, calculator: AnyCalculator) -> None:
    """Raise CalculatorFileError for a key of a catalog that nothing will ask for."""
    known = _words_asked_for(calculator)
    for catalog in sorted(path.parent.glob(f"{path.stem}.*.po")):
        text = catalog.read_text("utf-8")
        for message_id, _ in messages(text):
            key = message_id.partition("\0")[0]
            if key and key not in known and not _is_reason(calculator, key):
                message = f"{key!r} is no word of {path.name}{nearest(key, known)}"
                raise CalculatorFileError(catalog, message, _line_of_key(text, key))


def _words_asked_for(calculator: AnyCalculator) -> set[str]:
    """Return the keys of what can be said of a calculator: its file's, and those of every name."""
    known = set(calculator.words[""])
    for name, declared in calculator.fields.items():
        is_choice = isinstance(declared, Choice)
        known |= {f"{name}.{word}" for word in (_CHOICE_WORDS if is_choice else _INPUT_WORDS)}
    known |= {f"{name}.{word}" for name in calculator.results for word in _RESULT_WORDS}
    return known


def _is_reason(calculator: AnyCalculator, key: str) -> bool:
    """Tell whether a key says why a result is not defined, where there is more than one why."""
    name, _, reason = key.partition(".undefined.")
    return bool(reason) and name in calculator.results and bool(calculator.results[name].reason)


def _line_of_key(text: str, key: str) -> int:
    lines = text.splitlines()
    return next((n for n, line in enumerate(lines, start=1) if line == f'msgid "{key}"'), 0)
