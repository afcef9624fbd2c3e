"""The text of a block, from fence line to fence line: YAML read strictly, with line numbers."""

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from mkdocs_roi_calculator.settings import PAGE_KEYS, Layer, SettingError, layer_from

MAXIMUM_LENGTH: Final = 64 * 1024
MAXIMUM_DEPTH: Final = 32

_FRONT_MATTER: Final = re.compile(
    r"\A\ufeff?---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE
)
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
        data = {} if root is None else _plain(root)
    except yaml.YAMLError as error:
        raise _not_yaml(error) from error
    try:
        return layer_from(data)
    except SettingError as error:
        raise FenceError(str(error), line_of(text, error.key)) from error


def read_front_matter(file: str, key: str) -> Layer | None:
    """Return the settings under a key of a page's front matter, read as strictly as a block.

    None where the file has no front matter or the key is not in it. Raises FenceError as
    read_fence() does, with lines of the file.
    """
    found = _FRONT_MATTER.match(file)
    if not found:
        return None
    try:
        root = yaml.compose(found[1], Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return None  # the engine's own complaint, not ours
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    nodes = [value for name, value in pairs if name.value == key]
    if not nodes or (isinstance(nodes[0], yaml.ScalarNode) and not nodes[0].value):
        return None
    try:
        return layer_from(_plain(nodes[0]), PAGE_KEYS)
    except FenceError as error:
        raise FenceError(str(error), error.line + 1) from error
    except SettingError as error:
        line = line_of(file, error.key, below=key)
        raise FenceError(str(error), line) from error


def line_of(text: str, key: str, below: str = "") -> int:
    """Return the line of a text that sets a key; 0 where none does.

    key: a setting at the margin of the text, or `values.<input>` for one under `values`, or
    `scenarios.<name>.<input>`. below: the key under which all of them stand, in front matter.
    """
    lines = text.splitlines()
    start = next((n for n, line in enumerate(lines) if line.startswith(f"{below}:")), 0)
    *outer, inner = key.split(".")
    for each in outer:
        opens = re.compile(rf"""\s*["']?{re.escape(each)}["']?\s*:""")
        nested = (n for n, line in enumerate(lines) if opens.match(line))
        start = next((n for n in nested if n >= start), start)
    sets_key = re.compile(rf"""(?:^|[\s{{,"'-]){re.escape(inner)}["']?\s*:""")
    for number, line in enumerate(lines[start:], start=start + 1):
        is_at_margin = below or outer or line.strip(" -\"'").startswith(inner)
        if inner and is_at_margin and sets_key.search(line):
            return number
    return start + 1 if below else 0


def _refuse_what_no_block_needs(text: str) -> None:
    r"""Refuse aliases and tags before anything is built: a few lines of them can mean millions.

    And escapes such as `"\ud83d"`, which no file can hold.
    """
    depth = 0
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        line = _line(event.start_mark)
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


def _plain(node: yaml.Node) -> object:
    """Return a node as mappings, lists and texts, refusing a key that stands twice."""
    if isinstance(node, yaml.MappingNode):
        return dict(_entries(node))
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    return node.value


def _entries(node: yaml.MappingNode) -> Iterator[tuple[str, object]]:
    seen: set[str] = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            message = "a key that is not a single word"
            raise FenceError(message, _line(key.start_mark))
        if key.value in seen:
            message = f"{key.value!r} is set twice; expected each key once"
            raise FenceError(message, _line(key.start_mark))
        seen.add(key.value)
        yield key.value, _plain(value)


# Any: PyYAML has two classes of marks, one of them in C.
def _line(mark: Any) -> int:  # noqa: ANN401
    """Return the line of a mark, counted from 1; 0 where there is no mark."""
    return 0 if mark is None else int(mark.line) + 1


def _not_yaml(error: yaml.YAMLError) -> FenceError:
    """Return YAML's own complaint in one line, at the place it names."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
    message = f"not YAML: {problem}; expected lines such as 'currency: EUR'"
    return FenceError(message, _line(mark))
