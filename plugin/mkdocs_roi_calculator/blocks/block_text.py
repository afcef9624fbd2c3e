"""The text of a block, from fence line to fence line: YAML read strictly, with line numbers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

import yaml

from mkdocs_roi_calculator.settings.settings import (
    KEYS,
    PAGE_KEYS,
    KeyPath,
    Layer,
    SettingError,
    layer_from,
)

MAXIMUM_LENGTH: Final = 64 * 1024
MAXIMUM_DEPTH: Final = 32

_HALF_A_CHARACTER: Final = re.compile(r"[\ud800-\udfff]")


class FenceError(ValueError):
    """A block that cannot be used. line: of the block's text, 1 being the first under the fence."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def read_fence(text: str) -> Layer:
    """Return the settings that a block's text gives; none for an empty block.

    Every scalar is text, as a visitor's would be (`no` is "no", `1:30` is "1:30"). Raises
    FenceError for text that is not YAML, for aliases, tags, duplicate or unknown keys, and for
    more than 64 kB or 32 levels.
    """
    if len(text) > MAXIMUM_LENGTH:
        message = f"{len(text)} characters; expected at most {MAXIMUM_LENGTH}"
        raise FenceError(message)
    try:
        _refuse_what_no_block_needs(text)
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise _not_yaml(error, text) from error
    return Layer() if root is None else _layer(root, text, KEYS)


def read_below(text: str, key: str, above: int = 0) -> Layer:
    """Return the settings under a key of a YAML text, read as strictly as a block; none for none.

    above: how many lines of its file stand above the text. Raises FenceError as read_fence() does,
    with lines of the file.
    """
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    found = [(name, value) for name, value in pairs if name.value == key]
    if not found or (isinstance(found[-1][1], yaml.ScalarNode) and not found[-1][1].value):
        return Layer()
    name, value = found[-1]
    try:
        if len(found) > 1:
            raise _second(name, text)
        layer = _layer(value, text, PAGE_KEYS)
    except FenceError as error:
        line = error.line or _line(name.start_mark, text)
        raise FenceError(str(error), above + line) from error
    return replace(layer, lines={path: above + line for path, line in layer.lines.items()})


def _layer(node: yaml.Node, text: str, keys: Iterable[str]) -> Layer:
    """Return the settings that a node of a text gives, with their lines."""
    data = _plain(node, text)
    lines = dict(_lines(node, text))
    try:
        return layer_from(data, keys, lines)
    except SettingError as error:
        raise FenceError(str(error), lines.get(error.key, 0)) from error


def _lines(node: yaml.Node, text: str, above: KeyPath = ()) -> Iterator[tuple[KeyPath, int]]:
    """Yield the line of every key in a node, from the outermost inwards."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            path = (*above, key.value)
            yield path, _line(key.start_mark, text)
            yield from _lines(value, text, path)


def _refuse_what_no_block_needs(text: str) -> None:
    r"""Refuse aliases and tags before anything is built: a few lines of them can mean millions.

    And escapes such as `"\ud83d"`, which no file can hold.
    """
    depth = 0
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        line = _line(event.start_mark, text)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = "a YAML anchor or alias; expected the value itself"
            raise FenceError(message, line)
        tag = getattr(event, "tag", None)
        if tag:
            message = f"the YAML tag {tag!r}; expected a plain text or number"
            raise FenceError(message, line)
        half = _HALF_A_CHARACTER.search(getattr(event, "value", ""))
        if half:
            message = f"{half[0]!a} is half of a character; expected the character itself"
            raise FenceError(message, line)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAXIMUM_DEPTH:
            message = f"more than {MAXIMUM_DEPTH} levels of nesting"
            raise FenceError(message, line)


def _plain(node: yaml.Node, text: str) -> object:
    """Return a node as mappings, lists and texts, refusing a key that stands twice."""
    if isinstance(node, yaml.MappingNode):
        return dict(_entries(node, text))
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each, text) for each in node.value]
    return node.value


def _entries(node: yaml.MappingNode, text: str) -> Iterator[tuple[str, object]]:
    seen: set[str] = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            message = "a key that is not a single word"
            raise FenceError(message, _line(key.start_mark, text))
        if key.value in seen:
            raise _second(key, text)
        seen.add(key.value)
        yield key.value, _plain(value, text)


def _second(key: yaml.ScalarNode, text: str) -> FenceError:
    message = f"{key.value!r} is set twice; expected each key once"
    return FenceError(message, _line(key.start_mark, text))


# Any: PyYAML has two classes of marks, one of them in C.
def _line(mark: Any, text: str) -> int:  # noqa: ANN401
    """Return the line of a mark, counted from 1; 0 where there is no mark.

    YAML counts lines at characters that end none in Markdown, such as U+2028.
    """
    return 0 if mark is None else text.count("\n", 0, mark.index) + 1


def _not_yaml(error: yaml.YAMLError, text: str) -> FenceError:
    """Return YAML's own complaint in one line, at the place it names."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
    message = f"not YAML: {problem}; expected lines such as 'currency: EUR'"
    return FenceError(message, _line(mark, text))
