"""What else an answer has to say: against targets and published figures, and what matters most."""

from collections.abc import Iterator

from roi_calc.answering import uncertainty
from roi_calc.answering.answer import Answer
from roi_calc.answering.published_figures import (
    Benchmark,
    benchmarks_for,
    circumstances,
    figure_of,
    publisher,
)
from roi_calc.reading.inputs import changed
from roi_calc.schema import (
    Kind,
)


def insights(answer: Answer) -> Iterator[str]:
    """Yield what else there is to say: targets, published figures, and what matters most."""
    yield from _against_targets(answer)
    yield from _against_benchmarks(answer)
    if answer.calculator.outcome:
        yield from _what_matters_most(answer)


def _against_targets(answer: Answer) -> Iterator[str]:
    for name, target in answer.comparison.targets.items():
        value, kind = answer.outputs[name], answer.calculator.results[name].kind
        label, wanted = answer.words(f"{name}.label"), answer.figure_of(name, target)
        if value is None:
            yield answer.language.words("insight.target.undefined", label=label, target=wanted)
            continue
        # What is written the same is the same: nobody sees the digits behind.
        shown = answer.rounded(name, value)
        is_met = answer.result_figure(name) == wanted
        effect = "met" if is_met else "above" if value > target else "below"
        is_amount = kind is not Kind.SHARE
        yield answer.language.words(
            # The difference of two shares would be in percentage points: both are named instead.
            f"insight.target.{effect}{'' if is_amount or effect == 'met' else '.share'}",
            label=label,
            value=answer.result_figure(name),
            target=wanted,
            difference=answer.figure(abs(shown - target), kind),
        )


def _against_benchmarks(answer: Answer) -> Iterator[str]:
    """Yield what the subject would be at a published figure instead of the reader's own."""
    calculator = answer.calculator
    for name, value, comparable in comparable_figures(answer):
        published = comparable[0]
        inputs = changed(calculator, answer.given.inputs, {name: published.likely})
        outcome = calculator.outcome_for(inputs)
        if outcome is None or outcome == answer.outputs[calculator.subject]:
            continue
        yield answer.language.words(
            "insight.benchmark",
            published=figure_of(answer.language, published.likely, published, answer.currency),
            what=answer.language.words(f"benchmark.{published.id}"),
            source=", ".join(
                (publisher(answer.language, published), *circumstances(answer.language, published))
            ),
            value=figure_of(answer.language, value, published, answer.currency),
            label=answer.words(f"{calculator.subject}.label"),
            outcome=answer.figure_of(calculator.subject, outcome),
        )


def comparable_figures(answer: Answer) -> Iterator[tuple[str, float, list[Benchmark]]]:
    """Yield each input that published figures can be held against, its value, and these."""
    for name, quantity in answer.calculator.quantities.items():
        value = answer.inputs[name]
        comparable = [
            each
            for each in benchmarks_for(answer.calculator.name, name, answer.currency)
            if each.can_be_held_against(answer.currency) and each.likely != value
        ]
        if value is not None and comparable and quantity.is_comparable:
            yield name, value, comparable


def _what_matters_most(answer: Answer) -> Iterator[str]:
    nudges = uncertainty.strongest_nudges(answer.calculator, answer.given.inputs)
    if not nudges:
        return
    named = [
        answer.language.words(
            f"insight.nudge.{'more' if nudge.is_more else 'less'}",
            label=answer.words(f"{nudge.name}.label"),
        )
        for nudge in nudges
    ]
    yield answer.language.words(
        "insight.most",
        changes=answer.language.listed(named),
        label=answer.words(f"{answer.calculator.outcome}.label"),
        outcome=answer.figure_of(answer.calculator.outcome, nudges[0].outcome),
        value=answer.result_figure(answer.calculator.outcome),
    )
