"""Inputs for quick answers, and what Python says of them: drawn ones, and those at the edges."""

import random
import zlib
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from roi_calc.answering.answer import Answer, answer_to
from roi_calc.language.language import Language, language
from roi_calc.quick.data import quick_data
from roi_calc.reading.inputs import InputErrors, read_inputs
from roi_calc.schema import AnyCalculator, Quantity
from roi_calc.showing import simple_view
from roi_calc.showing.form import unit
from roi_calc.showing.html import markup
from roi_calc.showing.views import SIMPLE

LANGUAGES: Final = ("en", "es", "id", "pt")
# Of no, two and three decimals, before and behind the digits, with signs, letters and their code.
CURRENCIES: Final = ("USD", "EUR", "GBP", "BRL", "IDR", "JPY", "INR", "CHF", "KWD", "CLP")
_EDGES: Final = (
    *("0", "1", "2", "0.1", "0.3", "0.005", "0.015", "1.005", "2.675", "0.125", "9.995", "10"),
    *("99.5", "99.99", "99.995", "100", "100.5", "999", "999.995", "1000", "1000.5", "1001"),
    *("12345", "123456.789", "999999.5", "1000000", "0.000000001", "0.0001", "0.00012345"),
    *("33.333333333", "66.666666667", "4.35", "1.1", "0.7", "50", "25", "75", "999999999.999"),
)


class Case(NamedTuple):
    """What is typed, in the order of the inputs in sight, and a sum of what Python says of it.

    said: the CRC-32 of the parts; None where an input cannot be used.
    """

    texts: list[str]
    said: int | None


def plain_answer(calculator: AnyCalculator, tag: str, currency: str, **given: str) -> Answer:
    """Return the answer of a page that is built with some values."""
    spoken = language(tag)
    read = read_inputs(calculator, given, spoken.numbers, currency)
    return answer_to(calculator, read, spoken, currency)


def said(answer: Answer, names: list[str]) -> str:
    """Return all that a quick answer says: two parts, and the words behind some inputs."""
    parts = simple_view.parts(answer)
    units = [unit(answer, name, is_brief=True) for name in names]
    return "\0".join([*(markup(*parts[name]) for name in ("lead", "doubt")), *units])


def free(built: Answer) -> list[str]:
    """Return the inputs that a quick answer reads."""
    return [name for name in simple_view.in_rows(built) if built.entered[name] is not None]


def cases(built: Answer, count: int, edges: int, seed: int) -> Iterator[Case]:
    """Yield drawn texts and texts at the edges, with what Python says of each."""
    drawn = random.Random(seed)  # noqa: S311 - the same in every run
    calculator, spoken = built.calculator, built.language
    names = free(built)
    for place in range(count + edges):
        pick = _drawn if place < count else _edge
        texts = {name: pick(drawn, calculator.quantities[name], spoken) for name in names}
        try:
            read = read_inputs(calculator, texts, spoken.numbers, built.currency)
        except InputErrors:
            yield Case([*texts.values()], None)
            continue
        text = said(answer_to(calculator, read, spoken, built.currency), names)
        yield Case([*texts.values()], zlib.crc32(text.encode()))


def _drawn(drawn: random.Random, quantity: Quantity, spoken: Language) -> str:
    if quantity.is_whole:
        return str(int(_amount(drawn, quantity.minimum, quantity.maximum)))
    if quantity.kind.is_fraction:
        number = drawn.uniform(1, 100)
        return _typed(f"{number:.{drawn.choice((0, 0, 1, 2))}f}", spoken)
    number = _amount(drawn, quantity.minimum, quantity.maximum)
    return _typed(f"{number:.{drawn.choice((0, 0, 1, 2, 4))}f}", spoken)


def _amount(drawn: random.Random, least: float, most: float) -> float:
    """Return a number of any size, the smaller ones as often as the large ones."""
    return min(max(10 ** drawn.uniform(-1, 7), least), most)


def _edge(drawn: random.Random, quantity: Quantity, spoken: Language) -> str:
    if drawn.random() < 0.1:
        limit = drawn.choice((quantity.minimum, quantity.maximum))
        return spoken.typed(limit, quantity.kind)
    return _typed(drawn.choice(_EDGES), spoken)


def _typed(text: str, spoken: Language) -> str:
    return text.replace(".", spoken.numbers.decimal)


def gate(calculator: AnyCalculator, count: int, edges: int) -> Iterator[dict[str, Any]]:
    """Yield a calculator in every language and currency, with its data and its cases.

    count, edges: how many cases, spread over languages and currencies.
    """
    pairs = [(tag, currency) for tag in LANGUAGES for currency in CURRENCIES]
    for seed, (tag, currency) in enumerate(pairs):
        built = plain_answer(calculator, tag, currency)
        drawn, at_edges = (_share(each, seed, len(pairs)) for each in (count, edges))
        yield {
            "name": f"{calculator.name} {tag} {currency}",
            "names": free(built),
            "quick": quick_data(built, SIMPLE),
            "cases": list(cases(built, drawn, at_edges, seed)),
        }


def _share(total: int, place: int, places: int) -> int:
    return total // places + (place < total % places)


# Compares every case; what differs is returned with what was said.
COMPARE: Final = """
(quickAnswer, sites) => {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
    return byte;
  });
  const encoder = new TextEncoder();
  const crc = (text) => {
    let sum = -1;
    for (const byte of encoder.encode(text)) sum = table[(sum ^ byte) & 255] ^ (sum >>> 8);
    return ~sum >>> 0;
  };
  const found = { answered: 0, usable: 0, differing: [] };
  for (const { name, names, quick, cases } of sites) {
    const data = JSON.parse(quick);
    for (const [texts, sum] of cases) {
      const quickly = quickAnswer(
        data,
        Object.fromEntries(names.map((each, place) => [each, texts[place]])),
      );
      if (sum !== null) found.usable += 1;
      if (!quickly) continue;
      found.answered += 1;
      const { parts, units } = quickly;
      const said = [parts.lead, parts.doubt, ...names.map((each) => units[each])].join("\\0");
      if (crc(said) !== sum) found.differing.push([name, texts, said]);
    }
  }
  return found;
}
"""
