"""A link has the inputs of an answer, and a stranger's link is read as if somebody typed it."""

import random
import re
from collections.abc import Iterator
from typing import Final

import pytest
import yaml

from roi_calc.calculators import CALCULATORS
from roi_calc.handover.link import (
    MOST_CHARACTERS,
    LinkError,
    digest,
    form_texts,
    link_text,
    opened,
)
from roi_calc.language.language import language, languages
from roi_calc.language.number_format import NEUTRAL
from roi_calc.own.drawn_inputs import drawn_inputs
from roi_calc.own.written_table import written_calculator
from roi_calc.reading.inputs import Given, Range, read_inputs
from roi_calc.schema import AnyCalculator, entered_of

DEFLECTION: Final = CALCULATORS["deflection"]
TABLE: Final = """
inputs:
  margin: {money: 120, label: Gross margin a year}
  churn: {share: 20 %, from: 0.1 %, label: Churn}
  plan: {one of: [basic, all], label: Plan}
  visits: {count: "", optional: yes, label: Visits}
results:
  worth: {money: margin / churn, show: large, label: Worth}
"""
CALCULATED: Final = [
    *CALCULATORS.values(),
    written_calculator("worth", yaml.load(TABLE, Loader=yaml.BaseLoader)),  # noqa: S506 - all is text
]


def _given(**texts: str) -> Given:
    return read_inputs(DEFLECTION, texts, NEUTRAL, "USD")


def test_a_link_says_what_differs_from_the_example_as_people_read_it() -> None:
    given = _given(requests="250", deflection_share="40%..60%..75%", period="year")
    assert link_text(DEFLECTION, given, "EUR") == (
        "deflection&requests=250&deflection_share=40..60..75&period=year&currency=EUR&v=1"
    )


def test_a_link_to_a_block_names_it() -> None:
    assert link_text(DEFLECTION, _given(), "USD", block="año 2") == (
        "a%C3%B1o%202&currency=USD&v=1"
    )


def test_a_share_that_could_be_a_fraction_has_its_sign() -> None:
    text = link_text(DEFLECTION, _given(deflection_share="0.6%"), "USD")
    assert "&deflection_share=0.6%&" in text
    assert opened(text, DEFLECTION, "USD").given.inputs.deflection_share == pytest.approx(0.006)


def test_the_digest_is_the_beginning_of_the_sha_256_of_the_text() -> None:
    # printf abc | sha256sum
    assert digest("abc") == "ba7816bf"


@pytest.mark.parametrize("calculator", CALCULATED, ids=lambda each: each.name)
def test_a_link_opens_as_what_it_was_made_of_in_every_language(calculator: AnyCalculator) -> None:
    spoken = [language(tag) for tag in languages()]
    count = 0
    for given in _drawn(calculator, 1000):
        text = link_text(calculator, given, "EUR")
        found = opened(text, calculator, "USD")
        assert found.doubtful == ()
        assert found.given.inputs == given.inputs
        assert found.currency == "EUR"
        assert link_text(calculator, found.given, found.currency) == text
        for each in spoken:
            typed = form_texts(found, each)
            again = read_inputs(calculator, typed, each.numbers, found.currency)
            assert link_text(calculator, again, "EUR") == text, each.tag
        count += 1
    assert count == 1000


def _drawn(calculator: AnyCalculator, count: int) -> Iterator[Given]:
    """Yield inputs, some with ranges that the calculator takes."""
    chance = random.Random(2)  # noqa: S311 - nothing is kept secret
    for inputs in drawn_inputs(calculator, count):
        entered = entered_of(calculator, inputs)
        ranges = {
            name: Range(value, value, min(quantity.maximum, value * 2 + 1))
            for name, quantity in calculator.quantities.items()
            if quantity.may_range
            and (value := entered[name]) is not None
            and value < quantity.maximum
            and chance.random() < 0.2
        }
        plain = Given(inputs)
        text = link_text(calculator, Given(inputs, ranges), "USD")
        yield plain if opened(text, calculator, "USD").doubtful else Given(inputs, ranges)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("retention&v=1", "other_calculator"),
        ("<script>&v=1", "other_calculator"),
        ("requests=250", "no_version"),
        ("requests=250&v=", "no_version"),
        ("requests=250&v=1.0", "no_version"),
        ("requests=250&v=2", "newer"),
        ("requests=250&currency=XQX&v=1", "unknown_currency"),
        ("requests=%ff&v=1", "no_link"),
        ("requests=\ud800&v=1", "no_link"),
        (f"requests={'1' * MOST_CHARACTERS}&v=1", "no_link"),
    ],
)
def test_a_link_that_may_mean_something_else_is_not_opened(text: str, reason: str) -> None:
    with pytest.raises(LinkError) as refused:
        opened(text, DEFLECTION, "USD")
    assert refused.value.reason == reason
    for tag in languages():
        assert refused.value.said(language(tag)).endswith(".")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "request=250",
            "The link names “request”, which this calculator does not ask for. It is left out.",
        ),
        ("requests=100&requests=4", "The link names “requests” twice. The first counts."),
        ("requests=-3", "-3 is below the minimum of 0."),
        ("requests=1e3", "“1e3” is not a number. Write it like 1,234.5."),
        ("requests=1,000", "“1,000” is not a number. Write it like 1,234.5."),
        ("requests=", "Enter a number, such as 1,234.5."),
        (
            "requests=1..2",
            "“1..2” is not a range. Write the lowest, the likely and the highest value, such as "
            "80..100..130.",
        ),
        (
            "requests=9..2..3",
            "The likely value is 2: the lowest must not be above it, nor the highest below.",
        ),
        (
            "deflection_share=0.6",
            "“0.6” can be read in two ways. Did you mean 0.6% or 60%?",
        ),
        (
            "survey_yes=4",
            "Enter this too: “Said they would have called or written” is filled in and cannot be "
            "used without it.",
        ),
        (
            "period=decade",
            "“decade” is none of the answers; expected week, month, quarter or year.",
        ),
    ],
)
def test_what_cannot_be_used_is_said_and_left_as_in_the_example(text: str, said: str) -> None:
    found = opened(f"deflection&{text}&v=1", DEFLECTION, "USD")
    (sentence,) = found.said(language("en"))
    assert sentence.endswith(said)
    assert found.given == Given(DEFLECTION.inputs_type())
    for tag in languages():
        assert found.said(language(tag))


def test_what_can_be_used_is_used_beside_what_cannot() -> None:
    found = opened("deflection&requests=250&investment=-1&v=1", DEFLECTION, "USD")
    assert (found.names, found.given.inputs.requests) == (("requests",), 250)
    assert len(found.doubtful) == 1


def test_nothing_of_a_link_is_quoted_at_length_or_hides_what_stands_around_it() -> None:
    found = opened(f"{'x' * 300}=1&%E2%80%AEa%0A=2&v=1", DEFLECTION, "USD")
    long, hidden = (re.findall("“(.*)”", each)[0] for each in found.said(language("en")))
    assert (long, hidden) == ("x" * 39 + "…", "a")


def test_a_hundred_thousand_hostile_links_are_read_or_refused() -> None:
    chance = random.Random(3)  # noqa: S311 - nothing is kept secret
    ended: dict[str, int] = {}
    for _ in range(100_000):
        text = _hostile(chance)
        try:
            found = opened(text, DEFLECTION, "USD")
        except LinkError as refused:
            reason = refused.reason
        else:
            reason = "doubtful" if found.doubtful else "taken"
            assert all(map(_is_within_limits, found.names, [found.given] * len(found.names)))
        ended[reason] = ended.get(reason, 0) + 1
    assert {"taken", "doubtful", "no_link", "newer", "unknown_currency"} <= set(ended)
    assert min(ended.values()) > 100


_PIECES: Final = (
    *DEFLECTION.fields,
    *(f"{name}.low" for name in list(DEFLECTION.quantities)[:4]),
    "deflection",
    "retention",
    "__proto__",
    "constructor",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "{requests.__class__}",
    "%3Cscript%3E",
    "%00",
    "%ff",
    "%",
    "%2",
    "\u202e",
    "\ud800",
    "١٢٣",
    "１２",
    "=",
    "==",
    "#",
    "..",
    "&",
    "",
)
_VALUES: Final = (
    *("1", "250", "0", "-0", "-1", "1e308", "1e999", "nan", "inf", "Infinity", "0x10", "1_000"),
    *("1.5", "1.234567891", "1.2345678912", "9" * 15, "9" * 16, "9" * 999, "0.6", "60%", "60%%"),
    *("1..2..3", "3..2..1", "1..2", "..", "..1..", "1..2..3..4", "1.." * 500, "0..0..0"),
    *("yes", "no", "month", "decade", "=1+1", "+1", "@SUM(1)", "$(id)", "' OR 1=1", "\r\n"),
)


def _hostile(chance: random.Random) -> str:
    """Return a link that somebody made up: mostly whole, so that it comes far."""
    items = [chance.choice(["deflection", "deflection", "deflection", "", chance.choice(_PIECES)])]
    items += [
        f"{chance.choice(_PIECES)}={chance.choice(_VALUES)}" for _ in range(chance.randrange(5))
    ]
    items.append(chance.choice(["v=1"] * 12 + ["v=2", "v=", "v=-1", "v=1&v=2", "v=" + "9" * 99]))
    if chance.random() < 0.2:
        items.append(f"currency={chance.choice(['EUR', 'usd', 'XQX', '', '<b>', 'ß'])}")
    if chance.random() < 0.1:
        chance.shuffle(items)
    text = "&".join(items)
    if chance.random() < 0.1 and text:
        place = chance.randrange(len(text))
        text = text[:place] + chr(chance.randrange(0x3000)) + text[place + 1 :]
    return text


def _is_within_limits(name: str, given: Given) -> bool:
    quantity, value = DEFLECTION.quantities.get(name), getattr(given.inputs, name)
    if quantity is None or value is None:
        return True
    return all(
        quantity.minimum <= each <= quantity.maximum
        for each in (value, *given.ranges.get(name, ()))
    )
