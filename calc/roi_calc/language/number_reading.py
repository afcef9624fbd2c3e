"""How a text is read as a number: in the one way it can be meant, or else by its locale's rule.

A text with one reading is read, whoever writes so: `8,01`, `1.234,5`, `US$20`. Of two readings the
locale's own is taken, and whoever shows it says so (language.py). Where no rule decides, nothing is
guessed: NumberError has both, spelled as they would be read. No limits of any input live here.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Final, NamedTuple

from roi_calc.language.number_format import (
    MAXIMUM_FRACTION_DIGITS,
    NumberFormat,
    currencies,
    currency_marks,
)

# Longer text is refused before anything is converted: one pasted number must not hang the page.
MAXIMUM_TEXT_LENGTH: Final = 60
MAXIMUM_INTEGER_DIGITS: Final = 15

_MINUS_SIGNS: Final = "\u2212\u2010\u2011\u2012\u2013\ufe63"
# Nobody sees or types them: marks of direction, joiners, soft hyphens, a file's first character.
_INVISIBLE: Final = (
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_SMALL_FORMS: Final = {"\ufe50": ",", "\ufe52": ".", "\ufe62": "+", "\ufe69": "$", "\ufe6a": "%"}
_FULL_WIDTH: Final = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_WIDE_SIGNS: Final = {"\uffe0": "¢", "\uffe1": "£", "\uffe5": "¥", "\uffe6": "₩"}
_EQUIVALENTS: Final = str.maketrans(
    {**_FULL_WIDTH, **_SMALL_FORMS, **_WIDE_SIGNS, "\u066a": "%", "\u2019": "'"}
    | dict.fromkeys(_MINUS_SIGNS, "-")
    | dict.fromkeys(_INVISIBLE)
)
# Arabic ones, which have one meaning wherever they stand.
_DECIMAL_MARK: Final = "\u066b"
_GROUP_MARK: Final = "\u066c"

_EXPONENT: Final = re.compile(r"-?[\d.,]+[eE][+-]?\d+")
# What stands for cents that there are none of: `20,-`, `20.--`, `20:-`, `500/-`.
_NO_CENTS: Final = re.compile(r"(?<=\d) ?(?:(?P<mark>[.,]) ?(?:[-\u2014]{1,2}|=)|[:/]-{1,2})$")
_AROUND_A_NUMBER: Final = re.compile(
    r"[-+]? ?(\D*?)\.? ?[-+]?\d(?:[\d.,' ]*\d)?[-.,:/= ]*(\D*?)\.?"
)


class NumberFault(Enum):
    """Why a text is not a number here; the value is the catalog's key for the sentence."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    EXPONENT = "exponent"
    OTHER_CONVENTION = "other_convention"
    TWO_READINGS = "two_readings"
    NO_PER_CENT_SIGN = "no_per_cent_sign"
    OTHER_CURRENCY = "other_currency"
    NOT_A_NUMBER = "not_a_number"


class Suggestion(NamedTuple):
    """What could have been meant: a spelling that would be read, and as which number."""

    text: str
    value: float


class NumberError(ValueError):
    """A text that is not read as a number. suggestions: what it could mean, the likeliest first."""

    def __init__(self, fault: NumberFault, suggestions: Iterable[Suggestion] = ()) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.suggestions = tuple(suggestions)


class _Notation(NamedTuple):
    """A way to write numbers: the decimal mark, the one between groups, the size of most groups.

    least_decimals: how many digits must stand behind the decimal mark.
    """

    decimal: str
    group: str
    higher_group_size: int
    least_decimals: int = 1


# Every notation in use: which marks stand together, with groups of three or, in India, of two.
_NOTATIONS: Final = tuple(
    _Notation(decimal, group, size)
    for decimal, groups in ((".", ", '"), (",", ". '"))
    for group in groups
    for size in (3, 2)
)


def parse_number(text: str, numbers: NumberFormat, currency: str = "") -> float:
    """Return the number that a text writes.

    Marks of `currency` around it, a plus sign, what stands for no cents, spaces, and digits of any
    script are accepted; groups must be whole. Raises NumberError.
    """
    if len(text) > MAXIMUM_TEXT_LENGTH:
        raise NumberError(NumberFault.TOO_LONG)
    written = _normalized(text, numbers.decimal)
    bare = list(_bare(written, numbers, currency))
    if bare and not any(bare):
        raise NumberError(NumberFault.MISSING)
    notations = _own_notations(numbers, is_money=bool(currency))
    own = list(dict.fromkeys(_readings(bare, notations)))
    possible = list(dict.fromkeys([*own, *_readings(bare, _NOTATIONS)]))
    readings = possible if numbers.is_neutral or not own else own
    if not readings:
        raise NumberError(_fault(written, bare, numbers, currency))
    if len(readings) == 1:
        return _bounded(readings[0])
    # `1,000` where the comma is foreign: nobody writes 1 with three idle zeros.
    likely = [value for value in readings if value in own or not _has_idle_zeros(value)]
    fault = NumberFault.TWO_READINGS if len(likely) > 1 else NumberFault.OTHER_CONVENTION
    values = map(_bounded, likely)
    raise NumberError(fault, [Suggestion(_spelled(value, numbers), value) for value in values])


def parse_share(text: str, numbers: NumberFormat) -> float:
    """Return the fraction that the text writes: `60 %` is 0.6; NumberError as in parse_number().

    Without its sign a reader's is percent, because the field shows the sign, and an author's is a
    fraction. What the other would read a hundred times larger or smaller is refused.
    """
    if len(text) > MAXIMUM_TEXT_LENGTH:
        raise NumberError(NumberFault.TOO_LONG)
    written = _normalized(text, numbers.decimal)
    unsigned = written.removesuffix("%").removeprefix("%").strip()
    is_fraction = numbers.is_neutral and unsigned == written
    try:
        value = parse_number(unsigned, numbers)
    except NumberError as error:
        meant = [
            each if is_fraction and _is_at_most_all(each.value) else _per_cent(each.value, numbers)
            for each in error.suggestions
        ]
        raise NumberError(error.fault, meant) from error
    if unsigned != written or value == 0:
        return _per_cent(value, numbers).value
    if is_fraction and not _is_at_most_all(value):
        raise NumberError(NumberFault.NO_PER_CENT_SIGN, _spellings(value, numbers))
    if not is_fraction and _is_at_most_all(value):
        raise NumberError(NumberFault.TWO_READINGS, _spellings(value, numbers))
    return value if is_fraction else _per_cent(value, numbers).value


def _is_at_most_all(value: float) -> bool:
    """Tell whether a number without a sign could be a fraction."""
    return abs(value) <= 1


def _spellings(value: float, numbers: NumberFormat) -> Iterator[Suggestion]:
    """Yield a share without its sign as percent, for authors as a fraction too, and as a whole."""
    as_per_cent = _per_cent(value, numbers)
    yield as_per_cent
    if numbers.is_neutral and _is_at_most_all(as_per_cent.value):
        yield Suggestion(numbers.ungrouped(as_per_cent.value), as_per_cent.value)
    yield Suggestion(numbers.signed_share(value), value)


def _per_cent(value: float, numbers: NumberFormat) -> Suggestion:
    """Return so much percent, with the sign."""
    # In decimal: 12.3 / 100 is 0.12300000000000001 in binary, not the author's 0.123.
    fraction = float(Decimal(repr(value)) / 100)
    return Suggestion(numbers.signed_share(fraction), fraction)


def _spelled(value: float, numbers: NumberFormat) -> str:
    """Write a number so that it is read back as the same, grouped where a group leaves no doubt."""
    if numbers.leaves_doubt:
        return numbers.ungrouped(value)
    return numbers.number(value, MAXIMUM_FRACTION_DIGITS)


def _normalized(text: str, decimal: str) -> str:
    """Return the text with ASCII digits, marks and single spaces, trimmed."""
    ascii_digits = "".join(
        str(int(character)) if character.isdecimal() else character for character in text
    )
    single = ascii_digits.replace(_DECIMAL_MARK, decimal).replace(_GROUP_MARK, "'")
    return " ".join(single.translate(_EQUIVALENTS).split())


def _bare(text: str, numbers: NumberFormat, currency: str) -> Iterator[str]:
    """Yield the text without plus sign and currency: two ways for `Rp.50`; none for two signs."""
    sign, rest = _split_sign(text)
    marks = _marks(currency, numbers.currency_symbol(currency)) if currency else ()
    mark, rest = _split_mark(_without_mark_behind(rest, marks), marks)
    is_abbreviation = rest.startswith(".") and any(map(str.isalpha, mark))
    if mark:
        inner, rest = _split_sign(rest)
        if sign and inner:
            return
        sign = sign or inner
    for each in (rest[1:].lstrip(), rest) if is_abbreviation else (rest,):
        digits = _with_cents(each) if currency else each
        yield digits and sign.replace("+", "") + digits


def _split_sign(text: str) -> tuple[str, str]:
    return (text[0], text[1:].lstrip()) if text[:1] in {"-", "+"} else ("", text)


def _split_mark(text: str, marks: tuple[str, ...]) -> tuple[str, str]:
    """Return the last mark in front of the number, and what follows: `USD $20` has two."""
    last = ""
    for _ in range(2):
        found = next((mark for mark in marks if text[: len(mark)].lower() == mark), "")
        last, text = found or last, text[len(found) :].lstrip()
    return last, text


def _without_mark_behind(text: str, marks: tuple[str, ...]) -> str:
    for _ in range(2):
        for mark in marks:
            # A letter behind a number may be a thousand, or a million.
            if len(mark) == 1 and mark.isalpha():
                continue
            ends = (mark, f"{mark}.") if mark[-1].isalpha() else (mark,)
            found = next((end for end in ends if text.lower().endswith(end)), "")
            if found:
                text = text[: -len(found)].rstrip()
                break
    return text


def _with_cents(text: str) -> str:
    """Return `20,00` for `20,-`, which says what the mark is; else what stands before the dash."""
    found = _NO_CENTS.search(text)
    if not found:
        return text
    whole = text[: found.start()]
    spelled = f"{whole}{found['mark']}00" if found["mark"] else ""
    return spelled if any(_readings([spelled], _NOTATIONS)) else whole


@cache
def _marks(currency: str, symbol: str) -> tuple[str, ...]:
    """Return what may mark a currency, in small letters, the longest first.

    symbol: what the locale shows for it.
    """
    known = (currency, symbol, *currency_marks(currency))
    marks = {_normalized(mark, ".").lower() for mark in known} - {""}
    return tuple(sorted(marks, key=lambda mark: (-len(mark), mark)))


@cache
def _all_marks() -> frozenset[str]:
    """Return what marks any currency, but single letters, which may mean anything."""
    marks = (mark for code in currencies() for mark in (code, *currency_marks(code)))
    return frozenset(mark.lower() for mark in marks if not (len(mark) == 1 and mark.isalpha()))


def _own_notations(numbers: NumberFormat, *, is_money: bool) -> Iterator[_Notation]:
    """Yield how a locale writes numbers, and amounts, which a few of them write otherwise."""
    pairs = [(numbers.decimal, numbers.group)]
    if is_money:
        pairs.append((numbers.money_decimal, numbers.money_group))
    for decimal, group in pairs:
        plain = " " if group.isspace() else group.translate(_EQUIVALENTS)
        yield _Notation(decimal, plain, numbers.higher_group_size, least_decimals=0)


def _readings(bare: Iterable[str], notations: Iterable[_Notation]) -> Iterator[Decimal]:
    """Yield the numbers that texts are in any of some notations, those without decimals first."""
    patterns = [_pattern(notation) for notation in notations]
    found = [match for each in bare for pattern in patterns if (match := pattern.fullmatch(each))]
    written = [match for match in found if match["whole"] or match["fraction"]]
    yield from (_decimal(match) for match in written if match["fraction"] is None)
    yield from (_decimal(match) for match in written if match["fraction"] is not None)


@cache
def _pattern(notation: _Notation) -> re.Pattern[str]:
    size = notation.higher_group_size
    mark, decimal = re.escape(notation.group), re.escape(notation.decimal)
    grouped = rf"[1-9]\d{{0,{size - 1}}}(?:{mark}\d{{{size}}})*{mark}\d{{3}}" if mark else r"\d+"
    whole = rf"(?P<sign>-?)(?P<whole>\d+|{grouped})?"
    fraction = rf"(?:{decimal}(?P<fraction>\d{{{notation.least_decimals},}}))?"
    return re.compile(whole + fraction, flags=re.ASCII)


def _decimal(found: re.Match[str]) -> Decimal:
    whole = re.sub(r"\D", "", found["whole"] or "0")
    return Decimal(f"{found['sign']}{whole}.{found['fraction'] or ''}")


def _has_idle_zeros(value: Decimal) -> bool:
    return value.as_tuple().exponent != 0 and value == value.to_integral_value()


def _bounded(value: Decimal) -> float:
    exponent = value.as_tuple().exponent
    is_precise = isinstance(exponent, int) and -exponent > MAXIMUM_FRACTION_DIGITS
    if is_precise or abs(value) >= 10**MAXIMUM_INTEGER_DIGITS:
        raise NumberError(NumberFault.TOO_LONG)
    return float(value)


def _fault(written: str, bare: Iterable[str], numbers: NumberFormat, currency: str) -> NumberFault:
    """Return why a text has no reading."""
    if any(map(_EXPONENT.fullmatch, bare)):
        return NumberFault.EXPONENT
    around = _AROUND_A_NUMBER.fullmatch(written) if currency else None
    foreign = _all_marks() - set(_marks(currency, numbers.currency_symbol(currency)))
    if around and any({each.lower(), f"{each.lower()}."} & foreign for each in around.groups()):
        return NumberFault.OTHER_CURRENCY
    return NumberFault.NOT_A_NUMBER
