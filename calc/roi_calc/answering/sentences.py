"""What an answer says, a sentence each: the result, its worth, its doubts, its conditions."""

from collections.abc import Iterator, Mapping
from typing import Final

from roi_calc.answering.answer import Answer, Surveyed, can_come_true
from roi_calc.arithmetic import survey
from roi_calc.reading.inputs import RANGE_MARK
from roi_calc.schema import (
    LOW,
    Kind,
    input_name,
)

# Of the span of nine draws in ten.
_NOTICEABLE: Final = 0.1


def readings(answer: Answer, texts: Mapping[str, str]) -> dict[str, str]:
    """Return how each text was read, by its field, where the text alone might leave a doubt."""
    said = {place: _reading(answer, place, text) for place, text in texts.items() if text.strip()}
    return {place: reading for place, reading in said.items() if reading}


def sentence(answer: Answer) -> str:
    """Return the answer in one sentence; of a calculator without one, its headlines."""
    calculator = answer.calculator
    if calculator.sentence is None:
        headlines = [name for name, result in calculator.results.items() if result.is_headline]
        return " ".join(
            answer.language.words(
                "sentence.plain", label=answer.words(f"{name}.label"), value=answer.operand(name)
            )
            for name in headlines or calculator.results
        )
    key = calculator.sentence(answer.given.inputs, answer.computed)
    count = answer.inputs[calculator.counted] if calculator.counted else None
    return answer.counted(key, count, **answer.figures)


def assumptions(answer: Answer) -> tuple[str, ...]:
    """Return what the answer takes for granted, a sentence each."""
    return tuple(
        answer.words(key, **answer.figures)
        for key in answer.calculator.assumptions(answer.given.inputs)
    )


def worth(answer: Answer) -> tuple[str, ...]:
    """Return what the answer is worth in cash and time, a sentence each."""
    if answer.calculator.worth is None:
        return ()
    keys = answer.calculator.worth(answer.given.inputs, answer.computed)
    figures = {**answer.figures, **_estimates(answer)}
    return tuple(answer.words(key, **figures) for key in keys)


def worth_sentence(answer: Answer) -> str:
    """Return the same as one text; empty where nothing is known of it."""
    return " ".join(worth(answer))


def warnings(answer: Answer) -> tuple[str, ...]:
    """Return what makes the answer doubtful, a sentence each."""
    keys = answer.calculator.warnings(answer.given.inputs, answer.computed)
    return tuple(answer.words(key, **answer.figures) for key in keys)


def _estimates(answer: Answer) -> dict[str, str]:
    """Return the outputs that are hours or posts as they are said: `10 hours`."""
    return {
        name: answer.language.estimate(answer.outputs[name] or 0, result.kind)
        for name, result in answer.calculator.results.items()
        if result.kind in {Kind.HOURS, Kind.POSTS}
    }


def conditions(answer: Answer) -> tuple[str, ...]:
    """Return every break-even that exists and can come true, as a clause.

    Where it pays, each says what would end that; where it does not, what would be enough.
    """
    return tuple(each_condition(answer))


def each_condition(answer: Answer) -> Iterator[str]:
    """Yield the same one by one."""
    return (_condition(answer, name) for name in _coming_true(answer))


def conditions_by_name(answer: Answer) -> dict[str, str]:
    """Return the same by the name of the break-even."""
    return {name: _condition(answer, name) for name in _coming_true(answer)}


def _coming_true(answer: Answer) -> Iterator[str]:
    for name in _break_evens(answer):
        if can_come_true(answer, name) and (answer.outputs[name] or not answer.pays):
            yield name


def conditions_heading(answer: Answer, number: int | None = None) -> str:
    """Return what stands before conditions: that any of them ends it, or that one will do.

    number: how many of them follow, if not all.
    """
    key = "conditions.paying" if answer.pays else "conditions.not_paying"
    return answer.language.counted(key, number or len(conditions(answer)))


def conditions_sentence(answer: Answer) -> str:
    """Return what must be true for it to pay, in one sentence; empty where nothing can pay."""
    clauses = conditions(answer)
    if clauses:
        listed = "; ".join(clauses) if answer.pays else answer.language.listed(clauses)
        return f"{conditions_heading(answer)} {listed}."
    return " ".join(impossibilities(answer)) or no_condition(answer)


def no_condition(answer: Answer) -> str:
    """Say why there is no break-even to name; empty for a calculator that has none at all."""
    if not any(result.is_condition for result in answer.calculator.results.values()):
        return ""
    return answer.language.words("conditions.none" if answer.pays else "conditions.never")


def impossibilities(answer: Answer) -> tuple[str, ...]:
    """Return a sentence for every break-even beyond what can come true."""
    return tuple(
        answer.words(f"{name}.impossible")
        for name in _break_evens(answer)
        if not can_come_true(answer, name)
    )


def survey_sentences(answer: Answer) -> tuple[str, ...]:
    """Return what the counts of a survey can tell and what they cannot; empty without counts."""
    return tuple(each for found in answer.surveyed for each in _survey_sentences(answer, found))


def survey_paragraph(answer: Answer) -> str:
    """Return the same as one text, which says so where there are no counts."""
    return " ".join(survey_sentences(answer)) or answer.language.words("survey.none")


def undefined_draws(answer: Answer) -> str:
    """Say how many of the draws have no outcome; empty if all have one."""
    if answer.spread is None or not answer.spread.undefined_share:
        return ""
    share = answer.language.share_of_draws(answer.spread.undefined_share)
    return answer.language.words("spread.undefined", share=share)


def draws_of_surveys(answer: Answer) -> str:
    """Say how far draws can be trusted whose range comes from a survey; empty without counts."""
    return answer.language.words("survey.draws") if answer.surveyed else ""


def spread_sentence(answer: Answer) -> str:
    """Return what the ranges mean for the outcome; only where there is a spread."""
    if answer.spread is None:
        raise ValueError(answer.given.ranges)
    spread = answer.spread
    return answer.language.words(
        "spread.sentence" if answer.calculator.outcome else "spread.sentence.plain",
        label=answer.words(f"{answer.calculator.subject}.label"),
        low=answer.drawn_figure(spread.p5),
        middle=answer.drawn_figure(spread.p50),
        high=answer.drawn_figure(spread.p95),
        chance=answer.language.share_of_draws(spread.chance_to_pay),
    )


def lean_sentence(answer: Answer) -> str:
    """Say why the likely values give something else than the middle of the draws; empty if alike.

    Alike means of one sign, and no further apart than a tenth of what nine draws in ten span.
    """
    spread, likely = answer.spread, answer.outputs[answer.calculator.subject]
    if spread is None or likely is None:
        return ""
    apart = abs(spread.p50 - likely) > _NOTICEABLE * (spread.p95 - spread.p5)
    if not apart and (spread.p50 < 0) == (likely < 0):
        return ""
    words = answer.language.words
    lean = "up" if spread.p50 > likely else "down"
    if not answer.calculator.outcome:
        start, value = "plain", likely
    else:
        start, value = ("loss", -likely) if likely < 0 else ("gain", likely)
    written = answer.figure_of(answer.calculator.subject, value)
    middle = answer.drawn_figure(spread.p50)
    return (
        f"{words(f'spread.likely.{start}', value=written)} "
        f"{words(f'spread.lean.{lean}', middle=middle)}"
    )


def _reading(answer: Answer, place: str, text: str) -> str:
    name = input_name(place)
    known, value = answer.given.ranges.get(name), answer.entered.get(name)
    if value is None:
        return ""
    kind = answer.calculator.quantities[name].kind
    if RANGE_MARK in text:
        if known is None:
            return ""
        low, likely, high = (answer.figure(each, kind) for each in known)
        return answer.language.words("note.range", low=low, likely=likely, high=high)
    if known is not None and place != name:
        value = known.low if place.endswith(LOW) else known.high
    return answer.language.reading(text, value, kind)


def _break_evens(answer: Answer) -> Iterator[str]:
    for name, result in answer.calculator.results.items():
        if result.is_condition and answer.outputs[name] is not None:
            yield name


def _condition(answer: Answer, name: str) -> str:
    result = answer.calculator.results[name]
    number = answer.outputs[name] if result.kind is Kind.COUNT else None
    if answer.pays:
        clause = "above" if result.is_ceiling else "below"
    else:
        clause = "ceiling" if result.is_ceiling else "condition"
    return answer.counted(
        f"{name}.{clause}", number, **{**answer.figures, "value": answer.result_figure(name)}
    )


def _survey_sentences(answer: Answer, found: Surveyed) -> Iterator[str]:
    def share(value: float) -> str:
        return answer.figure(value, Kind.SHARE)

    words = answer.language.words
    said = {
        "yes": answer.operand(found.declared.yes),
        "answered": answer.operand(found.declared.answered),
        "share": share(found.share),
        "sure": share(survey.CONFIDENCE),
        "low": share(found.interval.low),
        "high": share(found.interval.high),
    }
    yield words("survey.said", **said)
    if found.needed is not None and found.verdict is not None:
        needed = answer.language.threshold(found.needed, Kind.SHARE, answer.currency)
        yield words(f"survey.{found.verdict.value}", **said, needed=needed)
    if found.verdict is survey.Verdict.UNCLEAR:
        yield _answers_that_tell(answer, found)
    if found.silent is not None:
        low, high = map(share, found.silent)
        yield words("survey.silent", low=low, high=high)


def _answers_that_tell(answer: Answer, found: Surveyed) -> str:
    """Say how many answers would tell, or that no number of them would."""
    if found.answers_that_tell is None:
        return answer.language.words("survey.never")
    missing = found.answers_that_tell - (answer.inputs[found.declared.answered] or 0)
    return answer.language.words(
        "survey.answers",
        needed=answer.figure(found.answers_that_tell, Kind.COUNT),
        missing=answer.figure(missing, Kind.COUNT),
    )
