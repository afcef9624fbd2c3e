"""The command that gives an answer again: `roi-calc deflection --requests 250 --currency EUR`."""

from collections.abc import Iterator
from typing import Final

from roi_calc.answering.answer import Answer
from roi_calc.calculators import CALCULATORS
from roi_calc.language.language import author_language
from roi_calc.reading.inputs import RANGE_MARK

PROGRAM: Final = "roi-calc"
_CURRENCY: Final = "USD"
_LANGUAGE: Final = "en"


def command(answer: Answer) -> str:
    """Return the command with every input that is not a default; empty for a site's own."""
    if answer.calculator.name not in CALCULATORS:
        return ""
    return " ".join((PROGRAM, answer.calculator.name, *_options(answer)))


def _options(answer: Answer) -> Iterator[str]:
    given = {**answer.entered, **answer.choices}
    for name, default in answer.calculator.defaults.items():
        value, known = given[name], answer.given.ranges.get(name)
        if value == default and known is None:
            continue
        option = f"--{name.replace('_', '-')}"
        if value is None:
            # A total is replaced by its parts; what is left empty by choice has to be said.
            if answer.calculator.quantities[name].is_optional:
                yield f"{option} ''"
            continue
        if isinstance(value, str):
            yield f"{option} {value}"
            continue
        kind = answer.calculator.quantities[name].kind
        texts = (author_language().typed(each, kind) for each in known or (value,))
        text = RANGE_MARK.join(texts)
        # Behind a space a minus would begin another option.
        yield f"{option}={text}" if text.startswith("-") else f"{option} {text}"
    if answer.currency != _CURRENCY:
        yield f"--currency {answer.currency}"
    if answer.language.tag != _LANGUAGE:
        yield f"--language {answer.language.tag}"
