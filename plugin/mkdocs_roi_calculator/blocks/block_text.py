"""The text of a block, from fence line to fence line: YAML read strictly, with line numbers."""

from collections.abc import Iterable
from dataclasses import replace

import yaml

from mkdocs_roi_calculator.settings.settings import (
    KEYS,
    PAGE_KEYS,
    Layer,
    SettingError,
    layer_from,
)
from mkdocs_roi_calculator.settings.strict_yaml import (
    YamlTextError,
    composed,
    line_at,
    lines_of,
    plain,
    set_twice,
)


def read_fence(text: str) -> Layer:
    """Return the settings that a block's text gives; none for an empty block.

    Every scalar is text, as a visitor's would be (`no` is "no", `1:30` is "1:30"). Raises
    YamlTextError for text that is not YAML, for aliases, tags, duplicate or unknown keys, and for
    more than 64 kB or 32 levels.
    """
    root = composed(text)
    return Layer() if root is None else _layer(root, text, KEYS)


def read_below(text: str, key: str, above: int = 0) -> Layer:
    """Return the settings under a key of a YAML text, read as strictly as a block; none for none.

    above: how many lines of its file stand above the text. Raises YamlTextError as read_fence()
    does, with lines of the file.
    """
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    found = [(name, value) for name, value in pairs if name.value == key]
    if not found or (isinstance(found[-1][1], yaml.ScalarNode) and not found[-1][1].value):
        return Layer()
    name, value = found[-1]
    try:
        if len(found) > 1:
            raise set_twice(name, text)
        layer = _layer(value, text, PAGE_KEYS)
    except YamlTextError as error:
        line = error.line or line_at(name.start_mark, text)
        raise YamlTextError(str(error), above + line) from error
    return replace(layer, lines={path: above + line for path, line in layer.lines.items()})


def _layer(node: yaml.Node, text: str, keys: Iterable[str]) -> Layer:
    """Return the settings that a node of a text gives, with their lines."""
    data = plain(node, text)
    lines = dict(lines_of(node, text))
    try:
        return layer_from(data, keys, lines)
    except SettingError as error:
        raise YamlTextError(str(error), lines.get(error.key, 0)) from error
