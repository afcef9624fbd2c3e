"""What the page's worker may call where a link is opened or made: plain data both ways."""

from collections.abc import Mapping
from contextlib import suppress
from typing import TypedDict, final

from roi_calc.answering.answer import Answer, answer_to
from roi_calc.handover.beside import beside
from roi_calc.handover.beside_html import beside_html, notice_html
from roi_calc.handover.link import LinkError, digest, form_texts, link_text, opened
from roi_calc.language.language import Language
from roi_calc.language.words import words_of
from roi_calc.reading.inputs import Given, InputErrors, read_inputs
from roi_calc.schema import AnyCalculator


@final
class LinkedForm(TypedDict):
    """A form and its block's id.

    link: the text of the link that is opened in it. values, currency: what it lies beside: the
    texts of the form as the page was built, or what the reader had entered, which own says.
    """

    id: int
    calculator: str
    definition: str
    language: str
    currency: str
    values: Mapping[str, str]
    block: str
    link: str
    own: bool


class Linked(TypedDict):
    """What a link does to a form; both pieces of HTML are escaped by construction.

    ok: whether it is opened at all. texts: what to put into which field. currency: the link's.
    notice: whose numbers these are, and what was not taken. beside: how they lie beside others.
    """

    id: int
    ok: bool
    texts: dict[str, str]
    currency: str
    notice: str
    beside: str


class Made(TypedDict):
    """A form's link: its text for the fragment, and the digest of that; said: why there is none."""

    ok: bool
    text: str
    digest: str
    said: str


def shown(form: LinkedForm, calculator: AnyCalculator, words: Language) -> Linked:
    """Return what opening a link does to a form."""
    try:
        found = opened(form["link"], calculator, form["currency"], block=form["block"])
    except LinkError as refused:
        notice = notice_html(words, [refused.said(words)], is_opened=False)
        return Linked(
            id=form["id"],
            ok=False,
            texts={},
            currency=form["currency"],
            notice=notice,
            beside="",
        )
    theirs = answer_to(calculator, found.given, words, found.currency)
    base, is_own = _base(form, calculator, words)
    return Linked(
        id=form["id"],
        ok=True,
        texts=form_texts(found, words),
        currency=found.currency,
        notice=notice_html(words, found.said(words), is_opened=True),
        beside=beside_html(beside(base, theirs, is_own=is_own)),
    )


def made(form: LinkedForm, calculator: AnyCalculator, words: Language) -> Made:
    """Return the link to what stands in a form."""
    try:
        given = read_inputs(calculator, form["values"], words.numbers, form["currency"])
        text = link_text(calculator, given, form["currency"], block=form["block"])
    except LinkError as refused:
        return Made(ok=False, text="", digest="", said=refused.said(words))
    except InputErrors as refused:
        said = words_of(calculator, words).error(refused.errors[0], form["currency"])
        return Made(ok=False, text="", digest="", said=said)
    return Made(ok=True, text=text, digest=digest(text), said="")


def _base(form: LinkedForm, calculator: AnyCalculator, words: Language) -> tuple[Answer, bool]:
    """Return what the link lies beside, and whether that is the reader's own.

    What cannot be read any more, as another version kept it, is passed over for the example.
    """
    given, is_own = Given(calculator.inputs_type()), False
    with suppress(InputErrors):
        given = read_inputs(calculator, form["values"], words.numbers, form["currency"])
        is_own = form["own"]
    return answer_to(calculator, given, words, form["currency"]), is_own
