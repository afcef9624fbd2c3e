"""Months as their reader enters them beside a form: texts, what they say, and what follows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from roi_calc.language.language import Language
from roi_calc.language.words import Words, words_of
from roi_calc.months.month import NAMES, Figures
from roi_calc.months.reading import Read, is_filled_in, label_of, read_month, texts_of
from roi_calc.months.sentences import Speaker
from roi_calc.months.table import ACTUAL, PLAN, Entered, Month, Table
from roi_calc.schema import AnyCalculator


@dataclass(frozen=True)
class Said:
    """What is said of one month beside its fields; empty where there is nothing to say.

    figures: net savings as they are written: plan, actual and so_far. errors: by field. standing:
    what stands for a field that is left empty, by field.
    """

    figures: dict[str, str]
    sentence: str
    errors: Mapping[str, str]
    standing: Mapping[str, str]


@dataclass(frozen=True)
class MonthsEntry:
    """The texts of months, by field, beside a form whose inputs are today's."""

    calculator: AnyCalculator
    language: Language
    currency: str
    today: Figures
    texts: Sequence[Mapping[str, str]]

    @cached_property
    def words(self) -> Words:
        """What the calculator says."""
        return words_of(self.calculator, self.language)

    @cached_property
    def read(self) -> Sequence[Read]:
        """What each month's texts say, in their order."""
        return [
            read_month(each, self.calculator, self.language, self.currency) for each in self.texts
        ]

    @cached_property
    def table(self) -> Table:
        """The months in which anything was entered."""
        entered = [
            each.entered
            for each, texts in zip(self.read, self.texts, strict=True)
            if is_filled_in(texts)
        ]
        return Table(self.calculator, self.currency, self.today, entered)

    def wrong(self) -> Iterator[str]:
        """Yield a sentence on everything that cannot be used, with its month."""
        for number, each in enumerate(self.read):
            for place, error in each.errors.items():
                yield self.language.words(
                    "months.wrong",
                    month=self.name(number),
                    label=label_of(place, self.words),
                    error=self.words.error(error, self.currency),
                )

    def said(self) -> list[Said]:
        """Return what is said of each month; nothing that rests on what cannot be used."""
        table = Table(
            self.calculator, self.currency, self.today, [each.entered for each in self.read]
        )
        speaker = Speaker(table, self.language)
        found, is_sound = [], True
        for texts, read, month, so_far in zip(
            self.texts, self.read, table.months, table.cumulative, strict=True
        ):
            errors = {
                place: self.words.error(error, self.currency)
                for place, error in read.errors.items()
            }
            is_sound = is_sound and not errors
            standing = self._standing(month)
            if errors or not is_filled_in(texts):
                found.append(Said({}, "", errors, standing))
                continue
            figures = {"plan": speaker.amount(month.plan.net_saving)}
            if month.actual is not None:
                figures["actual"] = speaker.amount(month.actual.net_saving)
                figures |= {"so_far": speaker.amount(so_far)} if is_sound else {}
            found.append(Said(figures, speaker.sentence(month), errors, standing))
        return found

    def together(self) -> str:
        """Return what is said of all months; empty where one of them cannot be used."""
        is_wrong = any(each.errors for each in self.read)
        return "" if is_wrong else Speaker(self.table, self.language).together()

    def _standing(self, month: Month) -> dict[str, str]:
        """Return what stands for each field of a month: today's number, or the planned one."""
        standing = {}
        for side, figures in ((PLAN, self.today), (ACTUAL, month.plan)):
            for name in NAMES:
                kind = self.calculator.quantities[name].kind
                standing[f"{side}.{name}"] = self.language.typed(getattr(figures, name), kind)
        # What came is never guessed.
        return {**standing, f"{ACTUAL}.requests": ""}

    def name(self, number: int) -> str:
        """Return what a month is called, the first being 0."""
        name = self.read[number].entered.name
        return name or self.language.words("months.number", number=f"{number + 1}")


def texts_as_saved(table: Table, today: Figures, language: Language) -> list[dict[str, str]]:
    """Return the texts of a file's months beside a form whose inputs may be others.

    What a plan left empty stood for the file's own figures: where the form's differ, these are
    filled in.
    """
    differing = {
        name: value for name, value in vars(table.today).items() if value != vars(today)[name]
    }
    return [
        texts_of(
            Entered(each.name, {**differing, **each.plan}, each.actual), table.calculator, language
        )
        for each in table.entered
    ]
