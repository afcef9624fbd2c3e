"""Where the site's configuration has an option of ours, for error messages: MkDocs does not say."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml

# Where our options stand: under the plugin, or under the extension.
_HOMES: Final = (("plugins", "roi-calculator"), ("markdown_extensions", "roi_calculator"))


def place_of(config_file: str, *key: str) -> str:
    """Return `mkdocs.yml:7`: the file and line of an option, or of the nearest thing around it.

    key: the option, from the outermost name inwards. Without a line where there is none such.
    """
    first = Path(config_file or "mkdocs.yml")
    for length in range(len(key), 0, -1):
        for file, root in _composed(first):
            for home in _HOMES:
                line = _line(root, (*home, *key[:length]))
                if line:
                    return f"{file.name}:{line}"
    return first.name


def place_of_text(config_file: str, text: str) -> str:
    """Return the file and line that has a text; without a line where there is none such."""
    file = Path(config_file or "mkdocs.yml")
    for number, line in enumerate(file.read_text("utf-8-sig").splitlines(), start=1):
        if text in line:
            return f"{file.name}:{number}"
    return file.name


def _composed(file: Path) -> Iterator[tuple[Path, yaml.Node | None]]:
    """Yield a configuration and those it inherits from, as YAML has them."""
    seen: set[Path] = set()
    while file.is_file() and file not in seen:
        seen.add(file)
        root = yaml.compose(file.read_text("utf-8-sig"), Loader=yaml.BaseLoader)
        yield file, root
        parent = dict(_entries(root)).get("INHERIT")
        if parent is None:
            return
        file = file.parent / parent[0].value


def _line(node: yaml.Node | None, path: tuple[str, ...]) -> int:
    """Return the line of the key at the end of a path below a node; 0 where there is none."""
    line = 0
    for name in path:
        value, mark = dict(_entries(node)).get(name, (None, None))
        if mark is None:
            return 0
        node, line = value, mark.line + 1
    return line


def _entries(node: yaml.Node | None) -> Iterator[tuple[str, tuple[yaml.Node, yaml.Mark]]]:
    """Yield names with their values and marks; plugins and extensions may stand in a list."""
    for each in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        if isinstance(each, yaml.MappingNode):
            for name, value in each.value:
                yield str(name.value), (value, name.start_mark)
