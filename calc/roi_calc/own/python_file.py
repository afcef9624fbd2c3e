"""A site's own calculators: a Python file with typed dataclasses and a function becomes one.

The function is the one named as the file (`clv.py` has `def clv(inputs: Inputs) -> Outputs`). Its
words stand in the file, and in other languages in catalogs beside it (`clv.es.po`). The same file
is loaded at build, on the command line and in the browser, which is sent the catalogs compiled.

    CalculatorFileError (ValueError)    everything that can be wrong with such a file
"""

import importlib.util
import inspect
import json
import re
import sys
import traceback
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass, replace
from functools import cache
from pathlib import Path
from string import Formatter
from types import FunctionType, ModuleType
from typing import Final, get_type_hints

from roi_calc.calculators import CALCULATORS
from roi_calc.formulas.reading import formula
from roi_calc.formulas.tokens import FormulaError
from roi_calc.formulas.tree import EMPTY, Is, claims
from roi_calc.language.catalogs import OWN_WORDS, sent
from roi_calc.schema import (
    PERIOD,
    PERIOD_INPUT,
    RESERVED_NAMES,
    AnyCalculator,
    Calculator,
    Choice,
    Kind,
    Quantity,
    Result,
    Survey,
)

# The package under which the files are published for the browser.
PACKAGE: Final = "roi_calc_site"
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


class CalculatorFileError(ValueError):
    """A file that is no calculator: where, what was found, what was expected."""

    def __init__(self, path: Path, message: str, line: int = 0) -> None:
        super().__init__(f"{path}{f':{line}' if line else ''}: {message}")
        self.path = path
        self.line = line
        self.message = message


def load_calculator(path: Path) -> AnyCalculator:
    """Return the calculator that a file defines, checked by computing its defaults.

    A module-level `CALCULATOR` is taken as it is; else the calculator is made from the function.
    Raises CalculatorFileError for a file that cannot be used.
    """
    if not _NAME.fullmatch(path.stem):
        message = "expected a file name of small letters, digits and underscores, such as clv.py"
        raise CalculatorFileError(path, message)
    module = _module(path)
    calculator = _calculator(path, module)
    if calculator.name in CALCULATORS:
        message = f"a calculator named {calculator.name!r} exists already; expected another name"
        raise CalculatorFileError(path, message)
    _check(path, calculator)
    return calculator


def add_library(wheel: Path) -> None:
    """Let calculators import from a pure-Python wheel.

    Raises CalculatorFileError for a file that is missing or for one platform only.
    """
    if not wheel.name.endswith("-none-any.whl"):
        message = "not a pure-Python wheel; expected a name that ends in '-none-any.whl'"
        raise CalculatorFileError(wheel, message)
    if not wheel.is_file():
        message = "no such file"
        raise CalculatorFileError(wheel, message)
    try:
        with zipfile.ZipFile(wheel) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile as error:
        message = "not a wheel: not a zip archive"
        raise CalculatorFileError(wheel, message) from error
    for name in names:
        if name.startswith(("/", "roi_calc")) or ".." in name.split("/") or "\\" in name:
            message = f"holds {name!r}, which a wheel for calculators must not"
            raise CalculatorFileError(wheel, message)
    if str(wheel) not in sys.path:
        # First, so that what is built with is what is published.
        sys.path.insert(0, str(wheel))


@cache
def published_calculator(name: str) -> AnyCalculator:
    """Return a calculator that a site has published beside its pages; KeyError for none such.

    Its own file is tried first: a mistake in another one is no concern of this one's readers.
    """
    found = importlib.util.find_spec(PACKAGE)
    folders = map(Path, (found.submodule_search_locations or ()) if found else ())
    files = [file for folder in folders for file in folder.glob("[a-z]*.py")]
    stem = name.replace("-", "_")
    for file in sorted(files, key=lambda file: (file.stem != stem, file.stem)):
        try:
            calculator = load_calculator(file)
        except CalculatorFileError:
            if file.stem == stem:
                raise
            continue
        if calculator.name == name:
            return calculator
    raise KeyError(name)


def _module(path: Path) -> ModuleType:
    """Run the file as a module; its own mistakes are told with their line."""
    name = f"{PACKAGE}.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not path.is_file():
        message = "no such file; expected the path of a Python file"
        raise CalculatorFileError(path, message)
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up here.
    sys.modules[name] = module
    try:
        # Not through the loader: it would run the old code when a file changes within a second.
        exec(compile(path.read_bytes(), str(path), "exec"), vars(module))  # noqa: S102 - the author's own code
    except SyntaxError as error:
        raise CalculatorFileError(path, f"not Python: {error.msg}", error.lineno or 0) from error
    except (Exception, SystemExit) as error:
        raise CalculatorFileError(path, said_of(error), _line_in(path, error)) from error
    return module


def line_of(calculator: AnyCalculator, path: Path, error: BaseException) -> int:
    """Return the last line of a calculator's file that an error passed through, or its function's.

    0 where neither is known.
    """
    code = getattr(calculator.compute, "__code__", None)
    return _line_in(path, error) or (code.co_firstlineno if code else 0)


def _line_in(path: Path, error: BaseException) -> int:
    """Return the last line of a file that an error passed through; 0 if it passed through none."""
    lines = [
        frame.lineno or 0
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == str(path)
    ]
    return lines[-1] if lines else 0


def source_of(calculator: AnyCalculator) -> Path:
    """Return the file that a calculator's function stands in."""
    return Path(inspect.getsourcefile(calculator.compute) or "")


def _calculator(path: Path, module: ModuleType) -> AnyCalculator:
    made = getattr(module, "CALCULATOR", None)
    if made is None:
        function = getattr(module, path.stem, None)
        if not isinstance(function, FunctionType):
            message = (
                f"no function {path.stem!r}; expected 'def {path.stem}(inputs: Inputs) -> Outputs'"
            )
            raise CalculatorFileError(path, message)
        made = Calculator(name=path.stem.replace("_", "-"), compute=function)
    if not isinstance(made, Calculator):
        message = f"CALCULATOR is {type(made).__name__}; expected a Calculator"
        raise CalculatorFileError(path, message)
    _require_types(path, made)
    return replace(made, words=_words(path, made))


def _require_types(path: Path, calculator: AnyCalculator) -> None:
    function = calculator.compute
    line = function.__code__.co_firstlineno
    try:
        hints = get_type_hints(function)
    except (NameError, TypeError) as error:
        raise CalculatorFileError(path, said_of(error), line) from error
    takes = [hint for name, hint in hints.items() if name != "return"]
    if len(takes) != 1 or not all(map(is_dataclass, (*takes, hints.get("return")))):
        message = (
            f"{function.__name__}: expected one dataclass in and one out, "
            f"as in 'def {function.__name__}(inputs: Inputs) -> Outputs'"
        )
        raise CalculatorFileError(path, message, line)
    for declared, known in (
        (takes[0], calculator.fields),
        (hints["return"], calculator.results),
    ):
        for name in get_type_hints(declared):
            if name not in known:
                expected = "Quantity(…) or Choice(…)" if declared is takes[0] else "Result(…)"
                message = f"{declared.__name__}.{name}: expected Annotated[…, {expected}]"
                raise CalculatorFileError(path, message, line_declaring(path, name))
    if not calculator.results:
        message = f"{hints['return'].__name__} has no results; expected at least one"
        raise CalculatorFileError(path, message, line)


def _check(path: Path, calculator: AnyCalculator) -> None:
    """Refuse defaults outside their limits, formulas that say nothing, and what cannot compute."""
    mistakes = (
        _wrong_shapes,
        _wrong_defaults,
        _wrong_names,
        _wrong_formulas,
        _wrong_surveys,
        _wrong_words,
    )
    for name, message in (each for find in mistakes for each in find(calculator)):
        raise CalculatorFileError(path, f"{name}: {message}", line_declaring(path, name))
    try:
        inputs = calculator.inputs_type()
        outputs = calculator.compute(inputs)
        values = {name: getattr(outputs, name) for name in calculator.results}
    except (Exception, SystemExit) as error:
        message = f"with its defaults: {said_of(error)}"
        raise CalculatorFileError(path, message, line_of(calculator, path, error)) from error
    for name, value in values.items():
        if value is not None and type(value) not in {int, float}:
            message = f"{name}: {value!r} is {type(value).__name__}; expected a float or None"
            raise CalculatorFileError(path, message, line_declaring(path, name))


def _wrong_shapes(calculator: AnyCalculator) -> Iterator[tuple[str, str]]:
    """Yield what should be names in a tuple and is not: `part_of="cost"` is four letters."""
    for name, declared in calculator.fields.items():
        if isinstance(declared, Choice):
            if not _is_names(declared.options) or not declared.options:
                yield name, f"options={declared.options!r}; expected a tuple of names"
            continue
        for what, names in (("part_of", declared.part_of), ("needs", declared.needs)):
            if not _is_names(names):
                yield name, f"{what}={names!r}; expected a tuple of inputs, such as ('cost',)"
            elif unknown := [each for each in names if each not in calculator.quantities]:
                known = ", ".join(each for each in calculator.quantities if each != name)
                yield name, f"{what} names {unknown[0]!r}, no number of these inputs: {known}"
            elif name in names:
                yield name, f"{what} names itself; expected another input"
    if not _is_names(calculator.pictured):
        yield calculator.name, f"pictured={calculator.pictured!r}; expected a tuple of outputs"


def _is_names(found: object) -> bool:
    return isinstance(found, tuple) and all(isinstance(each, str) for each in found)


def _wrong_defaults(calculator: AnyCalculator) -> Iterator[tuple[str, str]]:
    """Yield each input whose default cannot be its example, and why."""
    for name, quantity in calculator.quantities.items():
        default = calculator.defaults[name]
        if isinstance(default, int | float):
            if not quantity.minimum <= default <= quantity.maximum:
                limits = f"{quantity.minimum:g} to {quantity.maximum:g}"
                yield name, f"the default {default} is outside its limits, {limits}"
            elif quantity.is_whole and default != round(default):
                yield name, f"the default {default} is not a whole number, as is_whole asks"
        elif default is not None or not (quantity.part_of or quantity.is_optional):
            yield name, "expected a number as default, one that makes a good example"
    for name, choice in calculator.choices.items():
        if calculator.defaults[name] not in choice.options:
            yield name, f"expected a default that is one of {', '.join(choice.options)}"


def _wrong_names(calculator: AnyCalculator) -> Iterator[tuple[str, str]]:
    """Yield what the calculator says of itself that is no input or output."""
    known = {*calculator.fields, *calculator.results}
    if not re.fullmatch(r"[a-z][a-z0-9-]*", calculator.name):
        yield calculator.name, "expected a name of small letters, digits and hyphens"
    for name in calculator.fields:
        if name in RESERVED_NAMES:
            yield name, "a name of the command line's own; expected another"
        if name == PERIOD_INPUT and calculator.fields[name] != PERIOD:
            yield name, "expected roi_calc.schema.PERIOD, or another name"
    steps = [step.lstrip("+-") for step in calculator.pictured]
    for name in (calculator.counted, *steps):
        if name and name not in known:
            yield name, f"no input or output; expected one of {', '.join(sorted(known))}"


def _wrong_formulas(calculator: AnyCalculator) -> Iterator[tuple[str, str]]:
    """Yield the outputs whose formula cannot be read, or says what is no input or output."""
    for name, result in calculator.results.items():
        try:
            used = list(claims(formula(result.formula))) if result.formula else []
        except (FormulaError, TypeError) as error:
            yield name, f"its formula {error}"
            return
        for each in used:
            if isinstance(each, Is):
                yield from ((name, message) for message in _wrong_claim(calculator, each))
            elif each.name not in calculator.quantities and each.name not in calculator.results:
                yield name, f"its formula names {each.name!r}, which is no input or output"
    try:
        calculator.formulas  # noqa: B018 - worked out once, where it is asked for
    except FormulaError as error:
        yield calculator.subject, f"its formula is no end: {error}"


def _wrong_claim(calculator: AnyCalculator, claim: Is) -> Iterator[str]:
    """Yield why an input cannot be what a formula asks whether it is."""
    if claim.option == EMPTY:
        if claim.name not in calculator.quantities:
            yield f"its formula asks whether {claim.name!r} is empty, which is no number put in"
    elif claim.name not in calculator.choices:
        yield f"its formula asks whether {claim.name!r} is {claim.option}; expected a choice"
    elif claim.option not in calculator.choices[claim.name].options:
        known = ", ".join(calculator.choices[claim.name].options)
        yield f"its formula asks whether {claim.name!r} is {claim.option}; expected one of {known}"


def _wrong_surveys(calculator: AnyCalculator) -> Iterator[tuple[str, str]]:
    """Yield what a survey says of itself that its inputs do not keep."""
    for share, survey in calculator.surveys.items():
        counts = (survey.yes, survey.answered, survey.asked)
        unknown = [name for name in (share, *counts) if name not in calculator.quantities]
        if unknown:
            yield unknown[0], f"no input; expected one of {', '.join(calculator.quantities)}"
        elif survey.break_even not in calculator.results:
            message = f"no output; expected one of {', '.join(calculator.results)}"
            yield survey.break_even, message
        else:
            yield from _unfit_for_a_survey(calculator, share, survey)


def _unfit_for_a_survey(
    calculator: AnyCalculator, share: str, survey: Survey
) -> Iterator[tuple[str, str]]:
    """Yield the inputs and the output of a survey that cannot be what it takes them for."""
    total = calculator.quantities[share]
    if (total.kind, total.minimum, total.maximum) != (Kind.SHARE, 0, 1):
        yield share, "expected a share from 0 to 1, as counts may give any"
    for name in (survey.yes, survey.answered, survey.asked):
        quantity = calculator.quantities[name]
        if quantity.part_of != (share,):
            yield name, f"expected part_of to name {share!r}, which it stands for"
        if not quantity.is_whole:
            yield name, "expected is_whole, as people are counted"
    if calculator.quantities[survey.answered].minimum < 1:
        yield survey.answered, "expected a minimum of 1: nothing is known of nobody"
    if calculator.results[survey.break_even].is_ceiling:
        yield survey.break_even, "a ceiling; expected what the share must reach"


def _wrong_words(calculator: AnyCalculator) -> Iterator[tuple[str, str]]:
    """Yield the words with braces that nothing will fill."""
    fillings = {*calculator.fields, *calculator.results, "currency", "per", "value", "label"}
    for words in calculator.words.values():
        for key, text in words.items():
            try:
                used = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
            except ValueError:
                used = {text}
            if used - fillings:
                message = f"{text!r} has braces that name nothing; write {{{{ and }}}} for braces"
                yield key.partition(".")[0], message


def _words(path: Path, calculator: AnyCalculator) -> Mapping[str, Mapping[str, str]]:
    """Return the words in the file, and those of the catalogs beside it, by language."""
    doc = inspect.getdoc(calculator.compute) or humanized(calculator.name)
    own = {"title": doc.partition("\n")[0].rstrip(".")}
    for name, each in (*calculator.fields.items(), *calculator.results.items()):
        own.setdefault(f"{name}.label", each.label or humanized(name))
        own.update(_words_for(name, each))
    return _WordsByLanguage(path, {**own, **calculator.words.get("", {})})


class _WordsByLanguage(Mapping[str, Mapping[str, str]]):
    """What a file says, under no language, and what its catalogs say.

    Words that a reader is sent are looked for when they are asked for: another language's may come
    while the calculator is in use.
    """

    def __init__(self, path: Path, own: Mapping[str, str]) -> None:
        self._name = OWN_WORDS.format(stem=path.stem)
        self._known: dict[str, Mapping[str, str]] = {"": own, **catalogs_beside(path)}

    def __getitem__(self, language: str) -> Mapping[str, str]:
        if language not in self._known:
            compiled = sent(language, self._name)
            if compiled is None:
                raise KeyError(language)
            self._known[language] = json.loads(compiled)
        return self._known[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def catalogs_beside(path: Path) -> dict[str, Mapping[str, str]]:
    """Return the texts of the catalogs beside a file, by language; none in the browser.

    Raises CalculatorFileError for a catalog that is not PO.
    """
    words: dict[str, Mapping[str, str]] = {}
    for catalog in path.parent.glob(f"{path.stem}.*.po"):
        # Readers have neither a PO nor what reads it.
        from roi_calc.language.po_catalog import CatalogError, messages  # noqa: PLC0415

        language = catalog.suffixes[-2].removeprefix(".")
        try:
            words[language] = dict(messages(catalog.read_text("utf-8")))
        except (CatalogError, UnicodeDecodeError) as error:
            raise CalculatorFileError(catalog, str(error)) from error
    return words


def _words_for(name: str, declared: Quantity | Choice | Result) -> dict[str, str]:
    if isinstance(declared, Choice):
        options = {f"{name}.{option}": humanized(option) for option in declared.options}
        return {**options, f"{name}.help": declared.help}
    if isinstance(declared, Result):
        return {f"{name}.undefined": declared.undefined} if declared.undefined else {}
    folds = {f"{declared.fold}.fold": humanized(declared.fold)} if declared.fold else {}
    units = {f"{name}.unit": declared.unit} if declared.unit else {}
    parts = {f"{total}.parts": f"{humanized(total)}: …" for total in declared.part_of}
    return {**folds, **units, **parts, f"{name}.help": declared.help}


def humanized(name: str) -> str:
    """Return a name as words: `gross_margin` becomes `Gross margin`."""
    return name.replace("_", " ").replace("-", " ").capitalize()


def line_declaring(path: Path, name: str) -> int:
    """Return the line that declares a field; 0 where it is not found."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if re.match(rf"\s+{re.escape(name)}\s*:", line):
            return number
    return 0


def said_of(error: BaseException) -> str:
    """Say what an author's code raised."""
    return f"{type(error).__name__}: {error}"
