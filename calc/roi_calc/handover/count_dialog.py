"""The dialog in which requests are counted from a file, as HTML: what stands in it from the start.

What depends on the file comes into its places, each with a `data-part`, from count_parts.py.
"""

from collections.abc import Iterable, Iterator
from typing import Final
from xml.etree import ElementTree as ET

from roi_calc.counting.rules import Step
from roi_calc.counting.settings import CALL_DAYS, REOPEN_DAYS
from roi_calc.counting.table import LARGEST_BYTES, LARGEST_MB, MOST_ROWS
from roi_calc.counting.tools import OTHER, TOOLS, Role
from roi_calc.language.language import Language
from roi_calc.showing.html import element, markup

# What something wrong is said beside: parts of the dialog, and a field.
FILE: Final = "file"
READING: Final = "reading"
CALLS: Final = "calls"
DAY_FIRST: Final = "day_first"
# Of a role's column: how its field's name begins, a choice by name, and the choice of none.
COLUMN: Final = "column."
NAMED: Final = "="
NO_COLUMN: Final = "-"
# What is listed with its values, to be ticked; fields and parts have the names of the roles.
LISTED: Final = (Role.CHANNEL, Role.TAGS, Role.STATE)
_FIELD_OF_STEP: Final = {
    Step.CHANNELS: Role.CHANNEL,
    Step.TAGS: Role.TAGS,
    Step.RESOLVED: Role.STATE,
}


def count_dialog(language: Language, block_id: str) -> str:
    """Return the dialog; block_id: of the calculator, with which its own ids begin."""
    return markup(_Dialog(language, f"{block_id}-count").element())


class _Dialog:
    """The dialog's pieces. name: with which its ids begin."""

    def __init__(self, language: Language, name: str) -> None:
        self._language = language
        self._name = name

    def element(self) -> ET.Element:
        return element(
            "dialog",
            element("h2", self._say("title"), id=f"{self._name}-title", class_="roi-away-title"),
            self._actions(),
            element(
                "form",
                element("p", self._say("private"), class_="roi-count-private"),
                self._file(FILE),
                element(
                    "div",
                    self._reading(),
                    self._trail(),
                    self._calls(),
                    self._sample(),
                    self._place("rest", "div"),
                    class_="roi-count-counted",
                    hidden=True,
                ),
                novalidate=True,
                autocomplete="off",
            ),
            class_="roi-away roi-counts",
            aria_labelledby=f"{self._name}-title",
            lang=self._language.tag,
            dir=self._language.direction,
        )

    def _say(self, key: str, **values: str) -> str:
        return self._language.words(f"count.{key}", **values)

    def _actions(self) -> ET.Element:
        """Return the buttons, with what is said while a file is counted and behind."""
        said = ("counting", "stopped", "failed", "unreadable")
        waiting = {f"data_{name}": self._say(name) for name in said}
        return element(
            "div",
            element("button", self._say("use"), type="button", class_="roi-count-use", hidden=True),
            element(
                "button", self._say("give_up"), type="button", class_="roi-count-stop", hidden=True
            ),
            element(
                "button",
                self._language.words("memo.close"),
                type="button",
                class_="roi-away-close",
            ),
            element("p", role="status", class_="roi-away-said", **waiting),
            class_="roi-away-actions",
        )

    def _file(self, name: str) -> ET.Element:
        """Return where a file is chosen or dropped."""
        number = self._language.numbers.number
        key, limits = f"{self._name}-{name}", {"limit": number(LARGEST_MB)}
        return element(
            "div",
            element("label", self._say(f"field.{name}"), for_=key),
            element(
                "input",
                id=key,
                name=name,
                type="file",
                accept=".csv,.tsv,.tab,.txt,text/csv,text/tab-separated-values",
                aria_describedby=f"{key}-help {key}-error",
                data_largest=LARGEST_BYTES,
                data_too_large=self._say("error.too_large", **limits),
            ),
            element(
                "small",
                self._say(f"field.{name}.help", rows=number(MOST_ROWS), **limits),
                id=f"{key}-help",
            ),
            self._error(name),
            class_="roi-count-drop",
        )

    def _reading(self) -> ET.Element:
        """Return how the file is read: which tool it is from, and what its columns say."""
        tools = {"": self._say("tool.told"), **{name: tool.title for name, tool in TOOLS.items()}}
        orders = {each or "": self._say(f"dates.{each or 'told'}") for each in ("", "day", "month")}
        return element(
            "details",
            element("summary", self._say("reading")),
            self._error(READING),
            self._select("tool", {**tools, OTHER: self._say("tool.other")}),
            self._place("columns", "div"),
            self._select(DAY_FIRST, orders),
            self._line("separator", width=4),
            self._check("group_messages"),
            class_="roi-count-reading",
            data_about=READING,
        )

    def _trail(self) -> ET.Element:
        """Return the rules in their order, each with what it leaves, and behind it its setting."""
        return element(
            "section",
            element("h3", self._say("trail"), id=f"{self._name}-trail"),
            self._place("heading", "p"),
            element(
                "ol",
                *(self._step(step) for step in Step),
                class_="roi-count-trail",
            ),
            self._place("result", "p"),
            class_="roi-count-steps",
        )

    def _step(self, step: Step) -> ET.Element:
        return element(
            "li",
            element(
                "details",
                element("summary", self._place(f"left.{step}", "span")),
                self._place(f"taken.{step}", "p"),
                *self._settings_of(step),
            ),
        )

    def _settings_of(self, step: Step) -> Iterator[ET.Element]:
        """Yield the fields of a rule's settings."""
        if step in _FIELD_OF_STEP:
            role = _FIELD_OF_STEP[step]
            yield element(
                "fieldset",
                element("legend", self._say(f"field.{role}")),
                self._place(f"values.{role}", "div"),
                class_="roi-count-values",
            )
        elif step is Step.IN_MONTH:
            yield self._select("month", {}, part="months")
            yield self._select("zone", {})
        elif step is Step.NOT_REOPENED:
            yield self._line("reopen_days", f"{REOPEN_DAYS}", width=4)

    def _calls(self) -> ET.Element:
        return element(
            "details",
            element("summary", self._say("calls")),
            self._file(CALLS),
            self._place("calls.columns", "div"),
            self._line("call_days", f"{CALL_DAYS}", width=4),
            self._place("repeat", "p"),
            class_="roi-count-calls",
        )

    def _sample(self) -> ET.Element:
        return element(
            "details",
            element("summary", self._say("by_hand.title")),
            self._place("sample", "div"),
            self._line("wrong", width=5),
            self._line("opened", width=5),
            self._place("by_hand", "p"),
            class_="roi-count-sample",
        )

    def _place(self, part: str, tag: str) -> ET.Element:
        return element(tag, data_part=part)

    def _error(self, about: str) -> ET.Element:
        return element(
            "p", class_="roi-count-error", id=f"{self._name}-{about}-error", data_error=about
        )

    def _select(self, name: str, options: dict[str, str], part: str = "") -> ET.Element:
        control = element(
            "select",
            *(element("option", said, value=value) for value, said in options.items()),
            id=f"{self._name}-{name}",
            name=name,
            data_part=part or None,
            aria_describedby=f"{self._name}-{name}-error",
        )
        return self._labelled(name, control)

    def _line(self, name: str, value: str = "", width: int = 10) -> ET.Element:
        control = element(
            "input",
            id=f"{self._name}-{name}",
            name=name,
            type="text",
            value=value,
            size=width,
            inputmode=None if name == "separator" else "numeric",
            aria_describedby=f"{self._name}-{name}-error",
        )
        return self._labelled(name, control)

    def _check(self, name: str) -> ET.Element:
        control = element("input", id=f"{self._name}-{name}", name=name, type="checkbox", value="1")
        label = element("label", control, " ", self._say(f"field.{name}"), class_="roi-count-tick")
        return element("p", label)

    def _labelled(self, name: str, control: ET.Element) -> ET.Element:
        label = element("label", self._say(f"field.{name}"), for_=f"{self._name}-{name}")
        return element("div", label, control, self._error(name), class_="roi-count-field")


def options(choices: Iterable[tuple[str, str, bool]]) -> Iterator[ET.Element]:
    """Yield the options of a list: each with its value, its words and whether it is chosen."""
    for value, said, is_chosen in choices:
        yield element("option", said, value=value, selected=is_chosen)
