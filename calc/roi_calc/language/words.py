"""What a calculator says in a language: ours by the catalog, a site's own in its author's words."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from roi_calc.language.language import Language, Text
from roi_calc.schema import (
    ALWAYS,
    BREAK_EVEN,
    NEVER,
    PERIOD_INPUT,
    AnyCalculator,
    InputError,
    Result,
)


@dataclass(frozen=True)
class Words(ABC):
    """A calculator's words, by keys such as `requests.label`."""

    calculator: AnyCalculator
    language: Language

    def text(self, key: str, **values: Text) -> str:
        """Return the text for a key, with its placeholders filled; KeyError for none such."""
        if key.startswith(f"{PERIOD_INPUT}.") and PERIOD_INPUT in self.calculator.choices:
            # One choice for every calculator that has it.
            return self.language.words(f"choice.{key}", **values)
        return self._own_text(key, **values)

    def brief(self, name: str) -> str:
        """Return an input's label where there is little room."""
        key = f"{name}.brief"
        return self.text(key if self.has(key) else f"{name}.label")

    @abstractmethod
    def has(self, key: str) -> bool:
        """Tell whether it has words for a key that needs none."""

    @abstractmethod
    def _own_text(self, key: str, **values: Text) -> str:
        """Return the text for a key that is this calculator's."""

    @abstractmethod
    def counted(self, key: str, number: float, **values: Text) -> str:
        """Return the same in the plural form that goes with a number."""

    @abstractmethod
    def source(self, result: Result) -> str:
        """Return who says that a result is worked out so; empty for nobody."""

    def unit(self, name: str, currency: str, period: str = "month") -> str:
        """Return the words behind an input's number, such as `USD a month`."""
        return self.text(f"{name}.unit", currency=currency, per=self.language.per(period))

    def error(self, error: InputError, currency: str) -> str:
        """Say what is wrong with an input, what is expected, and what to do."""
        other = error.other and self.text(f"{error.other}.label")
        return self.language.fault(self.calculator.fields[error.name], error, currency, other)


class CatalogWords(Words):
    """What one of ours says: the catalog has it, under the calculator's name."""

    def has(self, key: str) -> bool:
        """Tell whether the catalog has the calculator's own key."""
        return self.language.has(f"{self.calculator.name}.{key}")

    def _own_text(self, key: str, **values: Text) -> str:
        own = f"{self.calculator.name}.{key}"
        # What several calculators say alike stands once.
        return self.language.words(own if self.language.has(own) else f"common.{key}", **values)

    def counted(self, key: str, number: float, **values: Text) -> str:
        """Return the plural form of the calculator's own key."""
        return self.language.counted(f"{self.calculator.name}.{key}", number, **values)

    def source(self, result: Result) -> str:
        """Return the source that the catalog has under the result's key for it."""
        return result.source and self.language.words(f"source.{result.source}")


class OwnWords(Words):
    """What a site's own says: in the page's language if it can, else in its file's."""

    def has(self, key: str) -> bool:
        """Tell whether its author has words for the key."""
        return any(key in texts for texts in self.calculator.words.values())

    def _own_text(self, key: str, **values: Text) -> str:
        for language in (self.language.base, ""):
            texts = self.calculator.words.get(language, {})
            if key in texts:
                return texts[key].format_map(values)
        return self._plain_text(key, **values)

    def _plain_text(self, key: str, **values: Text) -> str:
        """Return the plain words for what an author need not say."""
        name, _, what = key.rpartition(".")
        solved = self._solved(name)
        if what == "help":
            return ""
        if what == "label" and solved:
            return self.language.words("plain.break_even", label=self.text(f"{solved}.label"))
        if what == "label" or not name:
            raise KeyError(key)
        if name.endswith(".undefined"):
            return self._reason(name.removesuffix(".undefined"), what)
        # What must be true is said of the input itself.
        label = self.text(f"{solved or name}.label")
        if what == "short":
            return self.text(f"{name}.label")
        if what == "unit":
            what = f"unit.{self.calculator.quantities[name].kind.value}"
        return self.language.words(f"plain.{what}", **{**values, "label": label})

    def _solved(self, name: str) -> str:
        """Return the input that a break-even is of, if it was found and has no words of its own."""
        is_named = f"{name}.label" in self.calculator.words.get("", {})
        return name.removeprefix(BREAK_EVEN) if name.startswith(BREAK_EVEN) and not is_named else ""

    def _reason(self, name: str, why: str) -> str:
        """Return why a result is not defined: a divisor is 0, or no value of the input decides."""
        label = self.text(f"{self._solved(name) or name}.label")
        if why == ALWAYS:
            return self.language.words("plain.always_pays", label=label)
        if why == NEVER:
            return self.language.words("plain.impossible", label=label)
        return self.language.words("plain.undefined_by", label=self.text(f"{why}.label"))

    def counted(self, key: str, number: float, **values: Text) -> str:  # noqa: ARG002 - the others'
        """Return the one form there is."""
        return self.text(key, **values)

    def source(self, result: Result) -> str:
        """Return the source as the author names it."""
        return result.source


def words_of(calculator: AnyCalculator, language: Language) -> Words:
    """Return what a calculator says in a language."""
    return (OwnWords if calculator.words else CatalogWords)(calculator, language)
