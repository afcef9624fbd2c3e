"""Builds HTML and SVG as a tree that is escaped when it is written, never by joining strings."""

from functools import cache
from typing import Final
from xml.etree import ElementTree as ET

_ANCHOR: Final = "roi-"

Node = ET.Element | str
Attribute = str | int | float | bool | None


def element(tag: str, *children: Node, **attributes: Attribute) -> ET.Element:
    """Return an element; text children are escaped when it is written.

    In attribute names `_` stands for `-`, and a trailing one is dropped (`class_`, `for_`). True
    writes the attribute with its own name, None and False leave it out.
    """
    made = ET.Element(tag, _attributes(attributes))
    if len(children) == 1 and isinstance(children[0], str):
        made.text = children[0]
    else:
        append(made, *children)
    return made


def anchor(key: str) -> str:
    """Return the id of the block with a key, by which links lead to it."""
    return f"{_ANCHOR}{key}"


def key_in(link: str) -> str:
    """Return the key of the block that a link leads to on its own page; empty for another link."""
    found, mark, key = link.partition(f"#{_ANCHOR}")
    return "" if found or not mark else key


def append(parent: ET.Element, *children: Node) -> None:
    """Add elements and text behind what the parent already holds."""
    for child in children:
        if isinstance(child, ET.Element):
            parent.append(child)
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + child
        else:
            parent.text = (parent.text or "") + child


def markup(*nodes: ET.Element) -> str:
    """Return the HTML of elements, one after the other."""
    return "".join(ET.tostring(node, encoding="unicode", method="html") for node in nodes)


def _attributes(attributes: dict[str, Attribute]) -> dict[str, str]:
    return {
        _name(name): _name(name) if value is True else str(value)
        for name, value in attributes.items()
        if value is not None and value is not False
    }


# A block has hundreds of attributes and two dozen names of them.
@cache
def _name(python_name: str) -> str:
    return python_name.rstrip("_").replace("_", "-")
