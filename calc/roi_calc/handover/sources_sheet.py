"""The sheets of a workbook on where things come from: published figures, and what made it."""

from collections.abc import Iterator

from roi_calc import __version__
from roi_calc.answering.published_figures import (
    Benchmark,
    benchmarks_for,
    place_of,
    publisher,
    sample_of,
    year_of,
)
from roi_calc.answering.uncertainty import DRAWS, SEED
from roi_calc.calculators import MODEL_VERSION
from roi_calc.handover.book import LABEL, NOTE, TITLE, Book
from roi_calc.handover.command import PROGRAM, command
from roi_calc.handover.link import LinkError, digest, link_text
from roi_calc.handover.xlsx import Cell, Sheet, Style
from roi_calc.schema import Kind

_WIDTHS = (36, 52, 16, 16, 18, 14, 20, 22, 44, 60)
_HEAD_ROW = 3


def sources_sheet(book: Book) -> Sheet | None:
    """Return the sheet of the published figures on the inputs, each with its grade and its link.

    None where there is none in the currency.
    """
    answer, words = book.answer, book.words
    rows = [
        [Cell(answer.words(f"{name}.label"), style=LABEL), *_figure(book, each)]
        for name in answer.calculator.quantities
        for each in benchmarks_for(answer.calculator.name, name, answer.currency)
    ]
    if not rows:
        return None
    heads = ("input", "measures", "low", "high", "grade", "year", "place", "sample", "by", "link")
    head: list[list[Cell | None]] = [
        [Cell(answer.words("title"), style=TITLE)],
        [Cell(words("sources.note"))],
        [],
        book.head(*heads),
    ]
    return Sheet(words("sheet.sources"), head + rows, _WIDTHS, _HEAD_ROW + 1, 1, is_landscape=True)


def _figure(book: Book, published: Benchmark) -> Iterator[Cell | None]:
    language, looks = book.answer.language, Style(book.format_of(published.kind, is_typed=True))
    yield Cell(language.words(f"benchmark.{published.id}"), style=LABEL)
    yield Cell(published.low, style=looks)
    yield Cell(published.high, style=looks)
    yield Cell(language.words(f"grade.{published.grade}"), style=LABEL)
    yield Cell(year_of(language, published), style=LABEL)
    yield Cell(place_of(language, published), style=LABEL)
    yield Cell(sample_of(language, published), style=LABEL)
    yield Cell(publisher(language, published), style=LABEL)
    yield Cell(published.link, style=NOTE)


def about_sheet(book: Book) -> Sheet:
    """Return the sheet on the workbook itself: what made it, and how to make it again."""
    rows: list[list[Cell | None]] = [[Cell(book.answer.words("title"), style=TITLE)], []]
    for key, cell in _about(book):
        rows.append([Cell(book.words(f"about.{key}"), style=LABEL), cell])
    return Sheet(book.words("sheet.about"), rows, (44, 90))


def _about(book: Book) -> Iterator[tuple[str, Cell]]:
    answer, typed = book.answer, book.typed
    yield "program", Cell(f"{PROGRAM} {__version__}", style=LABEL)
    yield "model", Cell(float(MODEL_VERSION), style=LABEL)
    try:
        text = link_text(answer.calculator, answer.given, answer.currency)
    except LinkError:  # more inputs than an address holds
        text = ""
    if text:
        yield "digest", Cell(digest(text), style=LABEL)
        yield "link", Cell(f"{typed.address.partition('#')[0].strip()}#{text}", style=LABEL)
    if command(answer):
        yield "command", Cell(command(answer), style=LABEL)
    if typed.date.strip():
        yield "date", Cell(typed.date.strip(), style=LABEL)
    yield from _drawn(book)


def _drawn(book: Book) -> Iterator[tuple[str, Cell]]:
    """Yield what draws from the ranges gave, as values: nothing recomputes it here."""
    answer = book.answer
    if answer.spread is None:
        return
    subject = answer.calculator.results[answer.calculator.subject]
    looks = Style(book.format_of(subject.kind))
    yield "subject", Cell(answer.words(f"{answer.calculator.subject}.label"), style=LABEL)
    for name in ("p5", "p50", "p95"):
        yield name, Cell(getattr(answer.spread, name), style=looks)
    if answer.calculator.outcome:
        share = Style(book.format_of(Kind.SHARE))
        yield "chance", Cell(answer.spread.chance_to_pay, style=share)
    number = answer.language.numbers.number
    how = book.words("about.drawn", draws=number(DRAWS), seed=number(SEED))
    yield "how", Cell(how, style=LABEL)
