"""The command line: `roi-calc deflection --requests 100`, made from the calculators' schema."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from textwrap import indent
from typing import Final, NoReturn

from roi_calc import __version__
from roi_calc.answering import sentences
from roi_calc.answering.alternatives import alternatives
from roi_calc.answering.answer import Answer, answer_to, plain_values
from roi_calc.answering.insights import insights
from roi_calc.answering.uncertainty import DRAWS, SEED
from roi_calc.calculators import CALCULATORS
from roi_calc.count_command import COUNT, CountCommandError, add_count_options, counted
from roi_calc.formulas.writing import formulas_as_json
from roi_calc.handover.link import LinkError, link_text
from roi_calc.handover.memo import Typed, memo
from roi_calc.handover.memo_markdown import memo_markdown
from roi_calc.handover.workbook import workbook
from roi_calc.json_schema import json_schema
from roi_calc.language.language import (
    Language,
    UnknownLanguageError,
    author_language,
    language,
    languages,
)
from roi_calc.language.number_format import NEUTRAL, currencies, plain_number
from roi_calc.language.words import words_of
from roi_calc.months_command import (
    MONTHS,
    MonthsCommandError,
    add_months_options,
    months_written,
    table_in,
)
from roi_calc.months_command import TITLE as MONTHS_TITLE
from roi_calc.own.checking import INPUT_SETS, faults
from roi_calc.own.loading import TABLES, FailureError, failing_told, load_checked
from roi_calc.own.python_file import CalculatorFileError, add_library
from roi_calc.reading.inputs import Given, InputErrors, read_inputs, refuse_totals_beside_parts
from roi_calc.schema import AnyCalculator, Kind, Quantity

_PROGRAM: Final = "roi-calc"
_SCHEMA: Final = "schema"
_FORMULAS: Final = "formulas"
_CHECK: Final = "check"
_USAGE_ERROR: Final = 2
_NUMBERS: Final = (
    "Numbers have a point for decimals and nothing between thousands: 1250, 8.01. A range is the "
    "lowest, the likely and the highest value: 80..100..130. What can be read in two ways is "
    "refused; how anything but plain digits was read is said."
)
_XLSX: Final = ".xlsx"
_METAVARS: Final = {Kind.MONEY: "MONEY", Kind.SHARE: "SHARE"}


class _OneLineParser(argparse.ArgumentParser):
    """A parser whose errors are one line, without the usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(_USAGE_ERROR, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, or 2 for something that cannot be used."""
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        # Who reads has read enough, as in `roi-calc deflection | head -1`; nothing is left to say,
        # also when Python flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _run(given: Sequence[str]) -> int:
    try:
        calculators = _with_files(given)
    except CalculatorFileError as error:
        print(f"{_PROGRAM}: {error}", file=sys.stderr)
        return _USAGE_ERROR
    chosen = _parser(calculators).parse_args(given)
    if chosen.command == _SCHEMA:
        schema = json_schema(calculators[chosen.calculator], chosen.language)
        print(json.dumps(schema, indent=2, ensure_ascii=False))
        return 0
    if chosen.command == _CHECK:
        return _check(calculators[chosen.calculator], chosen.calculator)
    if chosen.command == _FORMULAS:
        print(_formulas(calculators[chosen.calculator]))
        return 0
    if chosen.command in _OF_FILES:
        return _OF_FILES[chosen.command](chosen)
    return _answer(calculators[chosen.command], chosen)


def _answer(calculator: AnyCalculator, chosen: argparse.Namespace) -> int:
    texts = {
        name: text for name in calculator.fields if (text := getattr(chosen, name)) is not None
    }
    try:
        refuse_totals_beside_parts(calculator, texts)
        with failing_told(calculator):
            inputs = read_inputs(calculator, texts, NEUTRAL, chosen.currency)
            answer = answer_to(calculator, inputs, chosen.language, chosen.currency)
            written = _FORMATS[chosen.format](answer)
            book = workbook(answer) if chosen.xlsx else b""
    except InputErrors as refused:
        for each in refused.errors:
            said = words_of(calculator, author_language()).error(each, chosen.currency)
            print(f"{_PROGRAM}: {_option(each.field)}: {said}", file=sys.stderr)
        return _USAGE_ERROR
    except LinkError as refused:
        print(f"{_PROGRAM}: {refused.said(author_language())}", file=sys.stderr)
        return _USAGE_ERROR
    except FailureError as error:
        print(f"{_PROGRAM}: {error}", file=sys.stderr)
        return _USAGE_ERROR
    # Beside the answer, not in it: it may be JSON for a program.
    as_author = replace(answer, language=author_language())
    for place, reading in sentences.readings(as_author, texts).items():
        print(f"{_PROGRAM}: {_option(place)}: {reading}", file=sys.stderr)
    return _printed(written, chosen.xlsx, book)


def _printed(written: str, path: Path | None, book: bytes) -> int:
    """Print what was asked for, once its workbook is written where one is wanted."""
    if path is not None:
        try:
            path.write_bytes(book)
        except OSError as error:
            said = f"{str(path)!r} cannot be written: {error.strerror}; expected a place for a file"
            print(f"{_PROGRAM}: --xlsx: {said}", file=sys.stderr)
            return _USAGE_ERROR
    print(written)
    return 0


def _with_files(arguments: Sequence[str]) -> Mapping[str, AnyCalculator]:
    """Return our calculators and those of the files named first: `roi-calc clv.py --margin 30`."""
    calculators = dict(CALCULATORS)
    for argument in arguments[:2]:
        if argument.endswith((".py", *TABLES)):
            path = Path(argument)
            for wheel in path.parent.glob("*-none-any.whl"):
                add_library(wheel)
            calculators[argument] = load_checked(path)
    return calculators


def _parser(calculators: Mapping[str, AnyCalculator]) -> argparse.ArgumentParser:
    parser = _OneLineParser(
        prog=_PROGRAM,
        description="Compute the return of customer service on social media.",
        epilog="A site's own calculator is named by its file: roi-calc calculators/clv.py",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="CALCULATOR")
    for name, calculator in calculators.items():
        _add_command(commands, name, calculator)
    title = "print a calculator's inputs as JSON Schema"
    schema = commands.add_parser(_SCHEMA, help=title, description=title)
    schema.add_argument("calculator", choices=list(calculators), metavar="CALCULATOR")
    _add_language(schema)
    title = "print a calculator's formulas as text and as trees of lists, in JSON"
    formulas = commands.add_parser(_FORMULAS, help=title, description=title)
    formulas.add_argument("calculator", choices=list(calculators), metavar="CALCULATOR")
    title = "compare a calculator's formulas with what it computes, on 10,000 input sets"
    check = commands.add_parser(_CHECK, help=title, description=title)
    check.add_argument("calculator", choices=list(calculators), metavar="CALCULATOR")
    count = commands.add_parser(COUNT, help="count requests in a service tool's export")
    add_count_options(count)
    _add_language(count)
    months = commands.add_parser(MONTHS, help=MONTHS_TITLE)
    add_months_options(months)
    _add_xlsx(months)
    _add_language(months)
    return parser


def _add_command(
    commands: "argparse._SubParsersAction[_OneLineParser]", name: str, calculator: AnyCalculator
) -> None:
    english = words_of(calculator, language("en"))
    title = english.text("title")
    command = commands.add_parser(name, help=title, description=title, epilog=_NUMBERS)
    for field, declared in calculator.fields.items():
        default = calculator.defaults[field]
        label = english.text(f"{field}.label")
        if isinstance(declared, Quantity):
            unit = english.unit(field, "currency")
            metavar = _METAVARS.get(declared.kind, "NUMBER")
            said = f"{label}, {unit}" if unit else label
            if declared.kind.is_fraction:
                said = f"{said}: a fraction or 60%"
            if declared.is_optional:
                said = f"{said}; {english.language.words('form.optional')}"
            number = default if isinstance(default, int | float) else None
            shown = author_language().typed(number, declared.kind)
            if field in calculator.examples:
                shown = f"{shown} ({english.language.words('form.example')})"
        else:
            metavar, said, shown = "|".join(declared.options), label, str(default)
        command.add_argument(
            _option(field),
            dest=field,
            metavar=metavar,
            help=(said + (f"; default {shown}" if shown else "")).replace("%", "%%"),
        )
    command.add_argument(
        "--currency", type=_currency, default="USD", metavar="CODE", help="ISO 4217; default USD"
    )
    _add_language(command)
    command.add_argument(
        "--format",
        choices=tuple(_FORMATS),
        default=next(iter(_FORMATS)),
        help="markdown: a memo of one page; link: what follows the # of an address; default table",
    )
    _add_xlsx(command)


def _add_xlsx(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--xlsx",
        type=_xlsx,
        metavar="FILE",
        help="write a workbook too, with every result as a live formula: month.xlsx",
    )


def _add_language(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--language",
        type=_language,
        default=language("en"),
        metavar="TAG",
        help=f"of the words: {', '.join(languages())}, or a region such as es-MX; default en",
    )


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _currency(code: str) -> str:
    if code.upper() not in currencies():
        message = f"{code!r} is not an ISO 4217 currency code, such as USD or EUR"
        raise argparse.ArgumentTypeError(message)
    return code.upper()


def _xlsx(name: str) -> Path:
    path = Path(name)
    if path.suffix.lower() != _XLSX:
        message = f"{name!r} is no name of a workbook; expected one that ends in {_XLSX}"
        raise argparse.ArgumentTypeError(message)
    return path


def _language(tag: str) -> Language:
    try:
        return language(tag)
    except UnknownLanguageError as error:
        message = f"{tag!r} is not one of {', '.join(languages())} or a region of theirs"
        raise argparse.ArgumentTypeError(message) from error


def _json(answer: Answer) -> str:
    """Return inputs, outputs and formulas as JSON.

    Shares and multiples are floats, what is not defined is null.
    """
    calculator = answer.calculator
    kinds = {name: result.kind for name, result in calculator.results.items()}
    outputs = {
        name: _written(value, kinds[name]) for name, value in plain_values(answer.outputs).items()
    }
    undefined = {name: answer.undefined(name) for name, value in outputs.items() if value is None}
    told = {
        "inputs": {**plain_values(answer.entered), **answer.choices},
        "outputs": outputs,
        "undefined": undefined,
        "currency": answer.currency,
        **_surveys(answer),
        **_spread(answer),
    }
    lines = [
        *(
            f"{json.dumps(key)}: {json.dumps(value, indent=2, ensure_ascii=False)}"
            for key, value in told.items()
        ),
        f'"formulas": {_formulas(calculator)}',
    ]
    return "{\n" + indent(",\n".join(lines), "  ") + "\n}"


def _count(chosen: argparse.Namespace) -> int:
    try:
        print(counted(chosen, _PROGRAM))
    except CountCommandError as error:
        print(f"{_PROGRAM}: {error}", file=sys.stderr)
        return _USAGE_ERROR
    return 0


def _months(chosen: argparse.Namespace) -> int:
    try:
        table = table_in(chosen.file)
    except MonthsCommandError as error:
        print(f"{_PROGRAM}: {error}", file=sys.stderr)
        return _USAGE_ERROR
    book = b""
    if chosen.xlsx:
        today = Given(table.inputs)
        answer = answer_to(table.calculator, today, chosen.language, table.currency)
        book = workbook(answer, months=table)
    return _printed(months_written(table, chosen.language, chosen.format), chosen.xlsx, book)


def _check(calculator: AnyCalculator, called: str) -> int:
    """Say what is wrong with a calculator, and return the exit code."""
    found = list(faults(calculator))
    for fault in found:
        print(f"{_PROGRAM}: {fault}", file=sys.stderr)
    if found:
        return _USAGE_ERROR
    print(
        f"{called}: {len(calculator.formulas)} formulas give what is computed, on"
        f" {INPUT_SETS:,} input sets and with each input at its limits; their units agree"
    )
    return 0


def _formulas(calculator: AnyCalculator) -> str:
    """Return the general formulas as JSON, one output a line, each behind those it takes."""
    lines = (
        f"  {json.dumps(name)}: {json.dumps(each, ensure_ascii=False)}"
        for name, each in formulas_as_json(calculator.formulas).items()
    )
    return "{\n" + ",\n".join(lines) + "\n}"


def _surveys(answer: Answer) -> dict[str, object]:
    """Return what the counts of surveys tell, by the share; nothing without counts."""
    told = {
        found.name: {
            "share": _ratio(found.share),
            "range": list(map(_ratio, found.interval)),
            "break_even": None if found.needed is None else _ratio(found.needed),
            "verdict": found.verdict and found.verdict.value,
            "answers_that_tell": found.answers_that_tell,
            "range_if_silent_differ": found.silent and list(map(_ratio, found.silent)),
        }
        for found in answer.surveyed
    }
    return {"surveys": told} if told else {}


def _spread(answer: Answer) -> dict[str, object]:
    """Return what the ranges give, with the seed that gives it again; nothing without ranges."""
    spread = answer.spread
    if spread is None:
        return {}
    return {
        "spread": {
            "p5": plain_number(spread.p5),
            "p50": plain_number(spread.p50),
            "p95": plain_number(spread.p95),
            **({"chance_to_pay": spread.chance_to_pay} if answer.calculator.outcome else {}),
            "undefined_share": plain_number(spread.undefined_share),
            "draws": DRAWS,
            "seed": SEED,
            "swings": {
                swing.name: [plain_number(swing.at_low), plain_number(swing.at_high)]
                for swing in answer.swings
            },
        }
    }


def _written(value: float | None, kind: Kind) -> float | None:
    is_ratio = kind.is_fraction or kind is Kind.MULTIPLE
    return _ratio(value) if value is not None and is_ratio else value


def _ratio(value: float) -> float:
    """Return a ratio as JSON has it: without binary noise, and with a point if it is whole."""
    return float(plain_number(value))


def _table(answer: Answer) -> str:
    """Return the sentence, one line an output, and what else there is to say."""
    rows = [(answer.words(f"{name}.label"), _result(answer, name)) for name in answer.told]
    width = max(len(label) for label, _ in rows)
    lines = [f"{label:<{width}}  {value}" for label, value in rows]
    return "\n".join([sentences.sentence(answer), "", *lines, "", *_said(answer)])


def _said(answer: Answer) -> Iterator[str]:
    """Yield what else the page says, a line each: worth, conditions, ranges, scenarios."""
    yield from sentences.worth(answer)
    yield from sentences.warnings(answer)
    clauses = sentences.conditions(answer)
    if clauses:
        yield sentences.conditions_heading(answer)
        yield from (f"- {clause}" for clause in clauses)
    yield from sentences.impossibilities(answer)
    yield from sentences.assumptions(answer)
    yield from sentences.survey_sentences(answer)
    subject = answer.calculator.subject
    if answer.spread is not None:
        how_far = sentences.draws_of_surveys(answer)
        yield f"{sentences.spread_sentence(answer)} {how_far}".strip()
        if lean := sentences.lean_sentence(answer):
            yield lean
        for swing in answer.swings:
            ends = (swing.at_low, swing.at_high)
            low, high = (answer.figure_of(subject, end) for end in ends)
            yield f"- {answer.words(f'{swing.name}.label')}: {low} … {high}"
    yield from insights(answer)
    for each in alternatives(answer):
        value = None if each.outputs is None else each.outputs[subject]
        label = answer.words(f"{subject}.label")
        yield f"{each.name}: {label} {answer.figure_of(subject, value)}"


def _result(answer: Answer, name: str) -> str:
    """Write an output with what it is worth: `$333.33 (capacity, not cash)`."""
    if answer.outputs[name] is None:
        return answer.undefined(name)
    nature = answer.calculator.results[name].nature_for(answer.given.inputs)
    behind = f" ({answer.language.words(f'nature.{nature.value}')})" if nature else ""
    return answer.result_figure(name) + behind


def _memo(answer: Answer) -> str:
    return memo_markdown(memo(answer, Typed())).removesuffix("\n")


def _link(answer: Answer) -> str:
    return link_text(answer.calculator, answer.given, answer.currency)


_OF_FILES: Final[Mapping[str, Callable[[argparse.Namespace], int]]] = {
    COUNT: _count,
    MONTHS: _months,
}
_FORMATS: Final[Mapping[str, Callable[[Answer], str]]] = {
    "table": _table,
    "json": _json,
    "markdown": _memo,
    "link": _link,
}


if __name__ == "__main__":
    sys.exit(main())
