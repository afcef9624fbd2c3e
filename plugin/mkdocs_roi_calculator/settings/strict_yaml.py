"""YAML read strictly, with the line of every key: what an author writes in blocks and tables.

YamlTextError (ValueError)    everything that can be wrong with such a text
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from mkdocs_roi_calculator.settings.settings import KeyPath

MAXIMUM_LENGTH: Final = 64 * 1024
MAXIMUM_DEPTH: Final = 32

_HALF_A_CHARACTER: Final = re.compile(r"[\ud800-\udfff]")


class YamlTextError(ValueError):
    """A text that cannot be used. line: of it, 1 being the first; 0 where that is not known."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def composed(text: str) -> yaml.Node | None:
    """Return the node of a text whose every scalar is text; None for an empty one.

    `no` is "no", and `1:30` is "1:30", as a visitor's would be. Raises YamlTextError for text that
    is not YAML, for aliases and tags, and for more than 64 kB or 32 levels.
    """
    if len(text) > MAXIMUM_LENGTH:
        message = f"{len(text)} characters; expected at most {MAXIMUM_LENGTH}"
        raise YamlTextError(message)
    try:
        return _Loader(text).get_single_node()
    except yaml.YAMLError as error:
        raise _not_yaml(error, text) from error


def lines_of(node: yaml.Node, text: str, above: KeyPath = ()) -> Iterator[tuple[KeyPath, int]]:
    """Yield the line of every key in a node, from the outermost inwards."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            path = (*above, key.value)
            yield path, line_at(key.start_mark, text)
            yield from lines_of(value, text, path)


class _Loader(yaml.BaseLoader):
    r"""Refuses aliases and tags before they are built: a few lines of them can mean millions.

    And escapes such as `"\ud83d"`, which no file can hold.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._text = text
        self._depth = 0

    def get_event(self) -> yaml.Event:
        """Return the next event, of which the tree is built; YamlTextError for one of those."""
        event: yaml.Event = super().get_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._refused(event, "a YAML anchor or alias; expected the value itself")
        tag = getattr(event, "tag", None)
        if tag:
            raise self._refused(event, f"the YAML tag {tag!r}; expected a plain text or number")
        half = _HALF_A_CHARACTER.search(getattr(event, "value", ""))
        if half:
            said = f"{half[0]!a} is half of a character; expected the character itself"
            raise self._refused(event, said)
        self._depth += isinstance(event, yaml.CollectionStartEvent)
        self._depth -= isinstance(event, yaml.CollectionEndEvent)
        if self._depth > MAXIMUM_DEPTH:
            raise self._refused(event, f"more than {MAXIMUM_DEPTH} levels of nesting")
        return event

    def _refused(self, event: yaml.Event, message: str) -> YamlTextError:
        return YamlTextError(message, line_at(event.start_mark, self._text))


def plain(node: yaml.Node, text: str) -> object:
    """Return a node as mappings, lists and texts, refusing a key that stands twice."""
    if isinstance(node, yaml.MappingNode):
        return dict(_entries(node, text))
    if isinstance(node, yaml.SequenceNode):
        return [plain(each, text) for each in node.value]
    return node.value


def _entries(node: yaml.MappingNode, text: str) -> Iterator[tuple[str, object]]:
    seen: set[str] = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            message = "a key that is not a single word"
            raise YamlTextError(message, line_at(key.start_mark, text))
        if key.value in seen:
            raise set_twice(key, text)
        seen.add(key.value)
        yield key.value, plain(value, text)


def set_twice(key: yaml.ScalarNode, text: str) -> YamlTextError:
    """Return the error at a key that stands in its mapping already."""
    message = f"{key.value!r} is set twice; expected each key once"
    return YamlTextError(message, line_at(key.start_mark, text))


# Any: PyYAML has two classes of marks, one of them in C.
def line_at(mark: Any, text: str) -> int:  # noqa: ANN401
    """Return the line of a mark, counted from 1; 0 where there is no mark.

    YAML counts lines at characters that end none in Markdown, such as U+2028.
    """
    return 0 if mark is None else text.count("\n", 0, mark.index) + 1


def _not_yaml(error: yaml.YAMLError, text: str) -> YamlTextError:
    """Return YAML's own complaint in one line, at the place it names."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
    message = f"not YAML: {problem}; expected lines such as 'currency: EUR'"
    return YamlTextError(message, line_at(mark, text))
