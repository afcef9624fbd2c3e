"""A memo of one page: twelve parts, each with a limit, in a fixed order, and none without content.

What it says is what the answer says; what a reader typed for it stands beside. No HTML lives here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from roi_calc import __version__
from roi_calc.answering import sentences
from roi_calc.answering.alternatives import alternatives
from roi_calc.answering.answer import Answer
from roi_calc.answering.insights import comparable_figures
from roi_calc.answering.published_figures import (
    Benchmark,
    benchmarks_for,
    figure_of,
    publisher,
    year_of,
)
from roi_calc.arithmetic import survey
from roi_calc.formulas.tree import names
from roi_calc.handover.command import PROGRAM, command
from roi_calc.handover.count_record import CountRecord
from roi_calc.handover.link import LinkError, digest, link_text
from roi_calc.handover.notes import (
    CELL,
    COUNTED,
    LINE,
    OWN_GRADES,
    PUBLISHED,
    SHORT,
    TITLE,
    TWO_LINES,
)
from roi_calc.language.language import Language
from roi_calc.reading.inputs import InputErrors, changed
from roi_calc.schema import BREAK_EVEN, Kind, Values, outputs_of, parts_of

_BREAKS: Final = re.compile(r"[^\S\u00a0\u202f]+")
# Whole amounts say enough from here on.
_WHOLE_FROM: Final = 100
_FIGURES: Final = 3
_CONDITIONS: Final = 4
_SOURCES: Final = 8
# What fits where it stands, in characters.
LINK: Final = 160
# From the best down.
_GRADES: Final = ("strong", "good", "fair")


@dataclass(frozen=True)
class Typed:
    """What a reader writes for a memo; whatever is empty is left out.

    period, date: as they are to be read. ask: what is asked for, with amount and date. left_out:
    what is not in the figures. counted: how the requests were counted. address: of the page with
    the inputs. sources: where numbers come from, by input. grades: how they were come by, one of
    OWN_GRADES, by input. entered: the inputs that are the reader's own; None where every one is
    that is not a default. count: a file that the requests were counted from.
    """

    title: str = ""
    period: str = ""
    team: str = ""
    author: str = ""
    date: str = ""
    ask: str = ""
    left_out: str = ""
    counted: str = ""
    address: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)
    grades: Mapping[str, str] = field(default_factory=dict)
    entered: frozenset[str] | None = None
    count: CountRecord | None = None


@dataclass(frozen=True)
class Figure:
    """A large figure: its name, its value, and how: `= 100 × $20`; empty where it is an input's."""

    label: str
    value: str
    working: str


@dataclass(frozen=True)
class Conditions:
    """What ends it, or would be enough: a line that says which, and a clause each."""

    heading: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Caution:
    """The answer beside more cautious ones: a table, and what the ranges mean.

    heads: of the columns, that of the rows' names left out. rows: a name, then a figure a column.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    draws: str


@dataclass(frozen=True)
class Source:
    """An input: its name, its value, where it comes from, and how far that can be trusted.

    input: the name that it has in the form.
    """

    input: str
    label: str
    value: str
    source: str
    grade: str


@dataclass(frozen=True)
class Sources:
    """The inputs: those that fit, the reader's own that do not, and the rest in a line."""

    rows: tuple[Source, ...]
    overleaf: tuple[Source, ...]
    rest: str


@dataclass(frozen=True)
class Foot:
    """Which version answered what and when, where it can be opened again, and the command.

    version: with a digest of the inputs, the same for the same ones in every language. address: as
    it is written, with the inputs where there is room. link: with the inputs; empty where they are
    too long for one, or no address is known.
    """

    version: str
    address: str
    command: str
    link: str = ""


@dataclass(frozen=True)
class Memo:
    """The twelve parts in their order, in a language; empty or None for one with nothing to say.

    by: team, author and date.
    """

    language: Language
    title: str
    by: tuple[str, ...]
    ask: str
    answer: str
    figures: tuple[Figure, ...]
    cash_or_time: str
    conditions: Conditions | None
    caution: Caution | None
    sources: Sources | None
    counted: str
    left_out: str
    least_certain: str
    foot: Foot


def memo(answer: Answer, typed: Typed) -> Memo:
    """Return the memo of an answer, with what its reader typed for it."""
    title = _cut(typed.title, TITLE) or answer.words("title")
    period = _cut(typed.period, SHORT)
    by = (_cut(typed.team, SHORT), _cut(typed.author, SHORT), _cut(typed.date, SHORT))
    return Memo(
        language=answer.language,
        title=f"{title}: {period}" if period else title,
        by=tuple(filter(None, by)),
        ask=_cut(typed.ask, TWO_LINES),
        answer=sentences.sentence(_brief(answer)),
        figures=tuple(_figures(answer)),
        cash_or_time=" ".join((*sentences.worth(answer), *sentences.warnings(answer))),
        conditions=_conditions(answer),
        caution=_caution(answer),
        sources=_sources(answer, typed),
        counted=_cut(typed.counted, TWO_LINES),
        left_out=_cut(typed.left_out, LINE),
        least_certain=_least_certain(answer),
        foot=_foot(answer, typed),
    )


def with_count(answer: Answer, typed: Typed) -> Typed:
    """Return what was typed, with how the requests were counted where these are the answer's.

    What the reader wrote of where they come from stays.
    """
    export, count = answer.calculator.from_export, typed.count
    if export is None or count is None or answer.inputs[export.requests] != count.requests:
        return replace(typed, count=None)
    name, sources = export.requests, typed.sources
    return replace(
        typed,
        counted=typed.counted or count.line,
        sources={name: count.source, **sources},
        grades={**typed.grades, name: typed.grades.get(name) or COUNTED},
        entered=None if typed.entered is None else typed.entered | {name},
    )


class _Brief(Answer):
    """An answer whose amounts have no decimals where they say enough without."""

    def operand(self, name: str) -> str:
        """Write the number behind a name, whole if it is a large amount and no threshold."""
        value, kind = self.value_and_kind(name)
        result = self.calculator.results.get(name)
        is_exact = result is not None and (result.is_condition or result.shown_up_to is not None)
        if kind is not Kind.MONEY or value is None or abs(value) < _WHOLE_FROM or is_exact:
            return super().operand(name)
        return self.language.numbers.amount(value, self.currency, 0)


def _brief(answer: Answer) -> Answer:
    return _Brief(**{name: vars(answer)[name] for name in Answer.__dataclass_fields__})


def one_line(text: str) -> str:
    """Return a text in one line. Spaces that keep a figure together stay what they are."""
    return _BREAKS.sub(" ", text).strip()


def _cut(text: str, most: int) -> str:
    """Return a text in one line, and no longer than there is room for."""
    line = one_line(text)
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def leading_results(answer: Answer) -> list[str]:
    """Return the results to show large: what was gained, what is left, and the return."""
    results = answer.calculator.results
    headlines = [name for name, each in results.items() if each.is_headline] or list(results)
    returns = [name for name in headlines if results[name].is_return]
    chosen = [headlines[0], answer.calculator.subject, *returns[:1]]
    return list(dict.fromkeys((*chosen, *headlines)))[:_FIGURES]


def _figures(answer: Answer) -> Iterator[Figure]:
    shown = leading_results(answer)
    for name in sorted(shown, key=list(answer.calculator.results).index):
        label = answer.words(f"{name}.label")
        if answer.outputs[name] is None:
            yield Figure(label, answer.undefined(name), "")
        elif name in answer.worked_out:
            working = answer.working(name)
            said = f"{working.sign} {working.numbers}"
            for each in _steps(answer, name, {*shown}):
                step = answer.working(each)
                longer = f"{said}; {step.figure} {step.sign} {step.numbers}"
                if len(longer) > LINE:
                    break
                said = longer
            yield Figure(label, working.figure, said)
        else:
            yield Figure(label, answer.result_figure(name), "")


def _steps(answer: Answer, name: str, shown: set[str]) -> Iterator[str]:
    """Yield the results that the working of one needs and no other figure shows, each once."""
    for each in names(answer.worked_out[name]):
        if each in answer.worked_out and each not in shown:
            shown.add(each)
            yield each
            yield from _steps(answer, each, shown)


def _conditions(answer: Answer) -> Conditions | None:
    """Return what must be true, each with the margin to it; what else is to say where nothing."""
    found = list(sentences.conditions_by_name(answer).items())[:_CONDITIONS]
    if found:
        heading = sentences.conditions_heading(answer, len(found))
        return Conditions(heading, tuple(f"{said}{_margin(answer, name)}" for name, said in found))
    said = " ".join(sentences.impossibilities(answer)) or sentences.no_condition(answer)
    return Conditions(said, ()) if said else None


def _margin(answer: Answer, name: str) -> str:
    """Return how much there is today of what a break-even needs: ` (60% today, 25% needed)`."""
    calculator, doubt = answer.calculator, answer.calculator.doubt
    about = name.removeprefix(BREAK_EVEN)
    if doubt is not None and doubt.is_its_value and doubt.break_even == name:
        about = doubt.opens
    known: Values = {**answer.inputs, **answer.outputs}
    if known.get(about) is None:
        return ""
    _, kind = answer.value_and_kind(about)
    if kind is not calculator.results[name].kind:
        return ""
    today, needed = answer.operand(about), answer.result_figure(name)
    return f" ({answer.language.words('memo.margin', today=today, needed=needed)})"


def _caution(answer: Answer) -> Caution | None:
    """Return the answer beside a cautious one and one with the best graded published figure."""
    words = answer.language.words
    columns: list[tuple[str, Values]] = [(words("scenario.base"), answer.outputs)]
    columns += _most_cautious(answer)
    columns += _as_published(answer)
    draws = "" if answer.spread is None else sentences.spread_sentence(answer)
    if len(columns) == 1:
        return Caution((), (), draws) if draws else None
    results = answer.calculator.results
    shown = [
        name
        for name in leading_results(answer)
        if name == answer.calculator.subject or results[name].is_return
    ]
    rows = tuple(
        (
            answer.words(f"{name}.label"),
            *(answer.figure_of(name, outputs[name]) for _, outputs in columns),
        )
        for name in shown
    )
    return Caution(tuple(head for head, _ in columns), rows, draws)


def _most_cautious(answer: Answer) -> Iterator[tuple[str, Values]]:
    """Yield the worst ends of the ranges, or else the scenario that leaves least."""
    subject = answer.calculator.subject
    found = [
        (each.name, each.outputs)
        for each in alternatives(answer)
        if each.outputs is not None and each.outputs[subject] is not None
    ]
    if answer.spread is not None:
        yield from found[:1]
    elif found:
        yield min(found, key=lambda each: each[1][subject] or 0)


def _as_published(answer: Answer) -> Iterator[tuple[str, Values]]:
    """Yield the answer with the best graded published figure instead of the reader's own."""
    figures = [(name, each) for name, _, found in comparable_figures(answer) for each in found]
    for name, published in sorted(figures, key=lambda each: _GRADES.index(each[1].grade)):
        try:
            inputs: Any = changed(answer.calculator, answer.given.inputs, {name: published.likely})
        except InputErrors:
            continue
        head = answer.language.words(
            "memo.published",
            figure=figure_of(answer.language, published.likely, published, answer.currency),
            source=_cited(answer.language, published),
        )
        yield head, outputs_of(answer.calculator, answer.calculator.compute(inputs))
        return


def _cited(language: Language, published: Benchmark) -> str:
    return f"{publisher(language, published)}, {year_of(language, published)}"


def _sources(answer: Answer, typed: Typed) -> Sources | None:
    """Return the inputs, the reader's own first; those that nobody touched are examples."""
    listed = _listed(answer, typed)
    own = [name for name in listed if _is_own(answer, typed, name)]
    others = [name for name in listed if name not in own]
    leading = [name for name in others if name in answer.calculator.leading]
    rows, overleaf = own[:_SOURCES], own[_SOURCES:]
    rows += leading[: _SOURCES - len(rows)]
    rest = [name for name in others if name not in rows]
    said = "; ".join(f"{_label(answer, name)} {_value(answer, name)}" for name in rest)
    if not rows and not rest:
        return None
    return Sources(
        tuple(_source(answer, typed, name) for name in rows),
        tuple(_source(answer, typed, name) for name in overleaf),
        answer.language.words("memo.rest", inputs=said) if said else "",
    )


def _listed(answer: Answer, typed: Typed) -> list[str]:
    """Return the inputs that say something, in the order of the form: no idle default.

    The counts of a survey are said with the share that they stand for.
    """
    calculator, ranges = answer.calculator, answer.given.ranges
    doubted = [calculator.doubt.opens] if calculator.doubt else []
    worth_saying = {*calculator.examples, *ranges, *doubted, *typed.sources}
    counts = {part for each in answer.surveyed for part in parts_of(calculator, each.name)}
    return [
        name
        for name, value in answer.inputs.items()
        if value is not None
        and name not in counts
        and (value != calculator.defaults[name] or name in worth_saying)
    ]


def _is_own(answer: Answer, typed: Typed, name: str) -> bool:
    if typed.sources.get(name, "").strip() or name in {each.name for each in answer.surveyed}:
        return True
    if typed.entered is not None:
        return name in typed.entered
    return answer.inputs[name] != answer.calculator.defaults[name] or name in answer.given.ranges


def _label(answer: Answer, name: str) -> str:
    return answer.words(f"{name}.label")


def _value(answer: Answer, name: str) -> str:
    """Write an input as it was given, with its unit: a range with its ends."""
    kind = answer.calculator.quantities[name].kind
    known = answer.given.ranges.get(name)
    if known is None:
        value = answer.figure(answer.inputs[name], kind)
    else:
        low, likely, high = (answer.figure(each, kind) for each in known)
        value = answer.language.words("memo.range", low=low, likely=likely, high=high)
    if kind is Kind.MONEY or kind.is_fraction:
        return value
    return f"{value} {answer.own_words.unit(name, answer.currency, answer.period)}".strip()


def _source(answer: Answer, typed: Typed, name: str) -> Source:
    source = _cut(typed.sources.get(name, ""), CELL)
    grade = grade_of(answer, typed, name)
    return Source(name, _label(answer, name), _value(answer, name), source, grade)


def grade_of(answer: Answer, typed: Typed, name: str) -> str:
    """Return how a number was come by: said by the reader, else as far as it can be seen."""
    words = answer.language.words
    if not _is_own(answer, typed, name):
        return words("memo.grade.example")
    for found in answer.surveyed:
        if found.name == name:
            yes, answered = (
                answer.operand(each) for each in (found.declared.yes, found.declared.answered)
            )
            return words("memo.grade.survey", yes=yes, answered=answered)
    said = typed.grades.get(name, "")
    published = _published_as(answer, name)
    if published is not None and said in {"", PUBLISHED}:
        return words(
            "memo.grade.published_by",
            source=_cited(answer.language, published),
            grade=words(f"grade.{published.grade}"),
        )
    if said in OWN_GRADES:
        return words(f"memo.grade.{said}")
    return words("memo.grade.guess" if name in answer.given.ranges else "memo.grade.own")


def _published_as(answer: Answer, name: str) -> Benchmark | None:
    """Return the published figure that an input has the value of."""
    value = answer.inputs[name]
    found: Iterable[Benchmark] = benchmarks_for(answer.calculator.name, name, answer.currency)
    return next((each for each in found if each.likely == value), None)


def _least_certain(answer: Answer) -> str:
    """Return which range moves the answer most, and what a survey can tell; empty without both."""
    said = []
    if answer.swings:
        widest = answer.swings[0]
        low, high = (
            answer.figure_of(answer.calculator.subject, end)
            for end in (widest.at_low, widest.at_high)
        )
        label = _label(answer, widest.name)
        said.append(answer.language.words("memo.widest", label=label, low=low, high=high))
    for found in answer.surveyed:
        if found.verdict is survey.Verdict.UNCLEAR:
            said.append(sentences.survey_sentences(answer)[1])
            break
    return " ".join(said)


def _foot(answer: Answer, typed: Typed) -> Foot:
    words, date = answer.language.words, _cut(typed.date, SHORT)
    key = "memo.version.dated" if date else "memo.version"
    version = words(key, program=PROGRAM, version=__version__, date=date)
    address = typed.address.strip()
    try:
        inputs = link_text(answer.calculator, answer.given, answer.currency)
    except LinkError:  # no link can hold them, and no digest stands for them
        return Foot(version, address, command(answer))
    told = f"{version} · {words('memo.digest', digest=digest(inputs))}"
    link = f"{address}#{inputs}" if address else ""
    return Foot(told, link if len(link) <= LINK else address, command(answer), link)
