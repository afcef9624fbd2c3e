"""The command line: `roi-calc deflection --requests 100`, made from the calculators' schema."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

from roi_calc import __version__, page
from roi_calc.calculators import CALCULATORS
from roi_calc.number_format import NEUTRAL, currencies, plain_number
from roi_calc.schema import (
    AnyCalculator,
    InputErrors,
    Kind,
    Values,
    read_inputs,
    refuse_totals_beside_parts,
)
from roi_calc.text import UnknownLanguageError, author_language, language, languages

_USAGE_ERROR: Final = 2


class _OneLineParser(argparse.ArgumentParser):
    """A parser whose errors are one line, without the usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(_USAGE_ERROR, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, or 2 for something that cannot be used."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    calculator = CALCULATORS[chosen.calculator]
    texts = {
        name: text for name in calculator.quantities if (text := getattr(chosen, name)) is not None
    }
    try:
        refuse_totals_beside_parts(calculator, texts)
        inputs = read_inputs(calculator, texts, NEUTRAL, chosen.currency)
    except InputErrors as refused:
        for error in refused.errors:
            said = author_language().error(calculator, error, chosen.currency)
            print(f"{parser.prog}: {_option(error.field)}: {said}", file=sys.stderr)
        return _USAGE_ERROR
    answer = page.answer(calculator, inputs, chosen.language, chosen.currency)
    print(_json(answer) if chosen.format == "json" else _table(answer))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _OneLineParser(
        prog="roi-calc",
        description="Compute the return of customer service on social media.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="calculator", required=True, metavar="CALCULATOR")
    for calculator in CALCULATORS.values():
        _add_command(commands, calculator)
    return parser


def _add_command(
    commands: "argparse._SubParsersAction[_OneLineParser]", calculator: AnyCalculator
) -> None:
    english = language("en")
    title = english.words(f"{calculator.name}.title")
    command = commands.add_parser(calculator.name, help=title, description=title)
    for name, quantity in calculator.quantities.items():
        label = english.words(f"{calculator.name}.{name}.label")
        unit = english.unit(calculator, name, "currency").replace("%", "%%")
        default = calculator.defaults[name]
        ending = "" if default is None else f"; default {NEUTRAL.number(default)}"
        command.add_argument(
            _option(name),
            dest=name,
            metavar="MONEY" if quantity.kind is Kind.MONEY else "NUMBER",
            help=f"{label}, {unit}{ending}",
        )
    command.add_argument(
        "--currency", type=_currency, default="USD", metavar="CODE", help="ISO 4217; default USD"
    )
    command.add_argument(
        "--language",
        type=_language,
        default=english,
        metavar="TAG",
        help=f"of the table: {', '.join(languages())}, or a region such as es-MX; default en",
    )
    command.add_argument("--format", choices=("table", "json"), default="table")


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _currency(code: str) -> str:
    if code.upper() not in currencies():
        message = f"{code!r} is not an ISO 4217 currency code, such as USD or EUR"
        raise argparse.ArgumentTypeError(message)
    return code.upper()


def _language(tag: str) -> object:
    try:
        return language(tag)
    except UnknownLanguageError as error:
        message = f"{tag!r} is not one of {', '.join(languages())} or a region of theirs"
        raise argparse.ArgumentTypeError(message) from error


def _json(answer: page.Answer) -> str:
    """Return inputs and outputs as JSON: shares and multiples as floats, undefined as null."""
    calculator = answer.calculator
    kinds = {name: result.kind for name, result in calculator.results.items()}
    return json.dumps(
        {
            "inputs": _plain(answer.inputs),
            "outputs": {
                name: float(value)
                if value is not None and kinds[name] in {Kind.SHARE, Kind.MULTIPLE}
                else value
                for name, value in _plain(answer.outputs).items()
            },
            "currency": answer.currency,
        },
        indent=2,
    )


def _plain(values: Values) -> Values:
    return {name: None if value is None else plain_number(value) for name, value in values.items()}


def _table(answer: page.Answer) -> str:
    """Return the sentence, then one line an output: its words and its value."""
    rows = [
        (answer.words(f"{name}.label"), answer.result_figure(name))
        for name in answer.calculator.results
    ]
    width = max(len(label) for label, _ in rows)
    value_width = max(len(value) for _, value in rows)
    lines = [f"{label:<{width}}  {value:>{value_width}}" for label, value in rows]
    return "\n".join([page.sentence(answer), "", *lines])


if __name__ == "__main__":
    sys.exit(main())
