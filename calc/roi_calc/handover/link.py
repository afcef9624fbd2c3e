"""The inputs of an answer as the text of a link, and such a text read back: a stranger's, unread.

    deflection&requests=250&deflection_share=40..60..75&currency=EUR&v=1

First the calculator, or the id of a block on the page; then each input that differs from the
calculator's example, in the order of its form, as an embed's address writes it: a point for
decimals, shares in percent, `..` in a range, nothing for an input left empty; then the currency
and the version of the model, and what the reader wrote where they wanted that sent (notes.py).
Equal inputs give equal text, whatever the language of the page.

    LinkError (ValueError)    a text that is not opened, or inputs that no link can hold
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from roi_calc.calculators import MODEL_VERSION
from roi_calc.handover.notes import NotesError, packed, unpacked
from roi_calc.language.language import Language
from roi_calc.language.number_format import NEUTRAL, currencies
from roi_calc.language.number_reading import NumberFault
from roi_calc.language.words import words_of
from roi_calc.reading.inputs import RANGE_MARK, Given, InputErrors, read_inputs
from roi_calc.schema import (
    HIGH,
    LOW,
    AnyCalculator,
    InputError,
    Quantity,
    choices_of,
    entered_of,
    parts_of,
)

MOST_CHARACTERS: Final = 4000

# Why a text is not opened at all; each is also the end of the catalog's key, `link.<reason>`.
TOO_LONG: Final = "too_long"
NO_LINK: Final = "no_link"
OTHER_CALCULATOR: Final = "other_calculator"
NO_VERSION: Final = "no_version"
NEWER: Final = "newer"
UNKNOWN_CURRENCY: Final = "unknown_currency"
# Why a part of it is not taken, or taken with doubt.
UNKNOWN_INPUT: Final = "unknown_input"
TWICE: Final = "twice"
VALUE: Final = "value"
OLDER: Final = "older"
NOTES: Final = "notes"

_CURRENCY: Final = "currency"
_VERSION: Final = "v"
_NOTES: Final = "notes"
# As a page shows the sign behind a share, a number without it is percent.
_NUMBERS: Final = replace(NEUTRAL, is_neutral=False)
_SPELLING: Final = Language("en", _NUMBERS)
_NUMBER: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?%?", flags=re.ASCII)
_VERSION_NUMBER: Final = re.compile(r"[1-9]\d{0,3}", flags=re.ASCII)
_NEEDS_NO_CODE: Final = frozenset(
    b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._~/"
)
_CODE: Final = re.compile(rb"%([0-9a-fA-F]{2})")
_MOST_QUOTED: Final = 40


class LinkError(ValueError):
    """A text that is not opened, or inputs that no link can hold. found: what the reason names."""

    def __init__(self, reason: str, found: str = "") -> None:
        super().__init__(f"{reason}: {found}" if found else reason)
        self.reason = reason
        self.found = found

    def said(self, language: Language) -> str:
        """Return the sentence that says why, and what to do."""
        return language.words(f"link.{self.reason}", **_values(self.found))


@dataclass(frozen=True)
class Doubtful:
    """A part of a link that is not taken, or not without a word.

    reason: UNKNOWN_INPUT, TWICE, VALUE, NOTES or OLDER. found: what stands in the link. error: what
    is wrong with a value.
    """

    reason: str
    found: str
    error: InputError | None = None

    def said(self, calculator: AnyCalculator, language: Language, currency: str) -> str:
        """Return the sentence on it, for the reader of a page of the calculator."""
        values = _values(self.found)
        if self.error is not None:
            words = words_of(calculator, language)
            values["label"] = words.text(f"{self.error.name}.label")
            values["error"] = words.error(self.error, currency)
        return language.words(f"link.{self.reason}", **values)


@dataclass(frozen=True)
class Opened:
    """What a link says: inputs that were checked as typed ones are, and the currency they are in.

    names: the inputs that it names and that were taken, in the order of the form. doubtful: what
    was not taken, and what has to be said. notes: what was written for a memo, by the dialog's
    fields.
    """

    calculator: AnyCalculator
    given: Given
    currency: str
    names: tuple[str, ...]
    doubtful: tuple[Doubtful, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)

    def said(self, language: Language) -> list[str]:
        """Return a sentence on each part that was not taken, or not without a word."""
        return [each.said(self.calculator, language, self.currency) for each in self.doubtful]


def link_text(
    calculator: AnyCalculator,
    given: Given,
    currency: str,
    *,
    block: str = "",
    notes: Mapping[str, str] | None = None,
) -> str:
    """Return the text of a link to what was given, to stand behind the `#` of an address.

    block: the id of the block on a page that it is for; without one it is for any block of the
    calculator. notes: what was written for a memo, where it is to be sent too. Raises LinkError
    where it would be longer than MOST_CHARACTERS.
    """
    items = [_coded(block or calculator.name)]
    items += [f"{_coded(name)}={text}" for name, text in _texts(calculator, given)]
    items += [f"{_CURRENCY}={currency}", f"{_VERSION}={MODEL_VERSION}"]
    if notes:
        items.append(f"{_NOTES}={packed(notes)}")
    text = "&".join(items)
    if len(text) > MOST_CHARACTERS:
        raise LinkError(TOO_LONG)
    return text


def digest(text: str) -> str:
    """Return what tells the text of one link from another's on paper: 8 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def opened(text: str, calculator: AnyCalculator, currency: str, *, block: str = "") -> Opened:
    """Return what the text of a link says, read as if it were typed.

    calculator, currency, block: of the form that it is opened in; the currency of a link that names
    none. An input that a link does not name has the calculator's example. What cannot be used is
    left out and noted; a text that may mean something else here altogether raises LinkError: one
    for another calculator, in a currency that there is none of, or of a later version.
    """
    head, wishes, doubtful = _parsed(text)
    if head not in {"", calculator.name, block}:
        raise LinkError(OTHER_CALCULATOR, head)
    version = wishes.pop(_VERSION, "")
    if not _VERSION_NUMBER.fullmatch(version):
        raise LinkError(NO_VERSION)
    if int(version) > MODEL_VERSION:
        raise LinkError(NEWER, version)
    if int(version) < MODEL_VERSION:
        doubtful.append(Doubtful(OLDER, version))
    code = wishes.pop(_CURRENCY, currency)
    if code.upper() not in currencies():
        raise LinkError(UNKNOWN_CURRENCY, code)
    notes = {}
    if _NOTES in wishes:
        try:
            notes = unpacked(wishes.pop(_NOTES), calculator)
        except NotesError:
            doubtful.append(Doubtful(NOTES, ""))
    unknown = [name for name in wishes if name not in calculator.fields]
    doubtful += [Doubtful(UNKNOWN_INPUT, name) for name in unknown]
    texts = {name: wishes[name] for name in calculator.fields if name in wishes}
    given, refused = _read(calculator, texts, code.upper())
    return Opened(calculator, given, code.upper(), tuple(texts), (*doubtful, *refused), notes)


def form_texts(opened: Opened, language: Language) -> dict[str, str]:
    """Return the texts that a reader would have typed for a link, by the names of the fields."""
    calculator, given = opened.calculator, opened.given
    texts = dict(choices_of(calculator, given.inputs))
    for name, value in entered_of(calculator, given.inputs).items():
        kind = calculator.quantities[name].kind
        ends = given.ranges.get(name) if value is not None else None
        texts[name] = language.typed(value, kind)
        texts[name + LOW] = language.typed(ends and ends.low, kind)
        texts[name + HIGH] = language.typed(ends and ends.high, kind)
    return texts


def _texts(calculator: AnyCalculator, given: Given) -> Iterator[tuple[str, str]]:
    """Yield each input that is to be named, with its text."""
    inputs = given.inputs
    written: Mapping[str, float | str | None] = {
        **entered_of(calculator, inputs),
        **choices_of(calculator, inputs),
    }
    for name, declared in calculator.fields.items():
        value, default = written[name], calculator.defaults[name]
        if isinstance(value, str):
            if value != default:
                yield name, _coded(value)
        elif isinstance(declared, Quantity):
            ends = given.ranges.get(name) if value is not None else None
            if ends is not None:
                yield name, RANGE_MARK.join(_SPELLING.typed(each, declared.kind) for each in ends)
            elif value != default and not _goes_without_saying(calculator, name, given):
                yield name, _SPELLING.typed(value, declared.kind)


def _goes_without_saying(calculator: AnyCalculator, name: str, given: Given) -> bool:
    """Tell whether an input is empty because of parts that stand for it."""
    return any(getattr(given.inputs, part) is not None for part in parts_of(calculator, name))


def _parsed(text: str) -> tuple[str, dict[str, str], list[Doubtful]]:
    """Return what a text names first, its wishes by name, and what stands in it twice."""
    if len(text) > MOST_CHARACTERS:
        raise LinkError(NO_LINK)
    first, *rest = text.removeprefix("#").split("&")
    head, items = (_decoded(first), rest) if "=" not in first else ("", [first, *rest])
    wishes: dict[str, str] = {}
    doubtful = []
    for item in filter(None, items):
        name, _, value = item.partition("=")
        name, value = _decoded(name), _decoded(value)
        if name in wishes:
            doubtful.append(Doubtful(TWICE, name))
        wishes.setdefault(name, value)
    return head, wishes, doubtful


def _read(
    calculator: AnyCalculator, texts: dict[str, str], currency: str
) -> tuple[Given, list[Doubtful]]:
    """Return what can be read of the texts, and what cannot; `texts` keeps what was read."""
    refused = [
        InputError(name, NumberFault.NOT_A_NUMBER.value, texts[name])
        for name in calculator.quantities
        if texts.get(name) and not all(map(_NUMBER.fullmatch, texts[name].split(RANGE_MARK)))
    ]
    doubtful = []
    while True:
        doubtful += [Doubtful(VALUE, each.found, each) for each in refused]
        for name in {name for each in refused for name in _blamed(each, texts)}:
            del texts[name]
        try:
            return read_inputs(calculator, texts, _NUMBERS, currency), doubtful
        except InputErrors as errors:
            refused = list(errors.errors)


def _blamed(error: InputError, texts: Mapping[str, str]) -> Iterable[str]:
    """Return the inputs of a link that an error takes away: itself, or its other, or them all."""
    return next(([each] for each in (error.name, error.other) if each in texts), texts)


def _coded(text: str) -> str:
    """Return a text as an address holds it, bytes that need it as `%20`."""
    return "".join(
        chr(byte) if byte in _NEEDS_NO_CODE else f"%{byte:02X}" for byte in text.encode()
    )


def _decoded(text: str) -> str:
    """Return what an address holds; LinkError for what is no text."""
    try:
        plain = text.replace("+", " ").encode()
        return _CODE.sub(lambda code: bytes([int(code[1], 16)]), plain).decode()
    except UnicodeError as error:
        raise LinkError(NO_LINK) from error


def _values(found: str) -> dict[str, str]:
    """Return what a sentence may quote of a link: a few characters, and only those that print."""
    printed = "".join(each if each.isprintable() else " " for each in found[: 2 * _MOST_QUOTED])
    text = " ".join(printed.split())
    return {"found": text if len(text) <= _MOST_QUOTED else f"{text[: _MOST_QUOTED - 1]}…"}
