"""Builds HTML and SVG as a tree that is escaped when it is written, never by joining strings."""

import re
from collections.abc import Callable, Hashable
from functools import cache
from typing import Final
from xml.etree import ElementTree as ET

_ANCHOR: Final = "roi-"
# Elements without an end, and those in which nothing is escaped.
_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_RAW: Final = frozenset({"script", "style"})
# The tag of an element whose text is HTML already.
_WRITTEN: Final = "written"
# What stands for a slot until it is filled: no text of an author or a catalog has it.
_MARK: Final = re.compile("\0(\\d+)\0")
_MADE: Final[dict[Hashable, str]] = {}
_MOST_MADE: Final = 2000

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
    return "".join(map(_written, nodes))


def filled(key: Hashable, make: Callable[..., ET.Element], *slots: Node) -> ET.Element:
    """Return what `make` makes of the slots, where only these differ from one block to another.

    It is built and written once for a key, with marks for the slots, which are filled in from then
    on. key: all else that it depends on. make: puts each slot into the text or the attributes of
    what it returns, an element only into the text.
    """
    # Pages may be drawn side by side: what was found is not looked up again.
    template = _MADE.get(key)
    if template is None:
        if len(_MADE) >= _MOST_MADE:
            _MADE.clear()
        marks = [f"\0{index}\0" for index in range(len(slots))]
        template = _MADE[key] = _template(make(*marks), len(slots))
    in_text = [_escaped(each) if isinstance(each, str) else _written(each) for each in slots]
    in_tags = [_escaped(each, quote=True) if isinstance(each, str) else "" for each in slots]
    whole = ET.Element(_WRITTEN)
    whole.text = template.format(*in_text, *in_tags)
    return whole


def _template(made: ET.Element, count: int) -> str:
    """Return what is formatted with the slots as text, and then with them as in attributes."""
    html = _written(made).replace("{", "{{").replace("}", "}}")

    def place(mark: re.Match[str]) -> str:
        is_in_tag = html.rfind("<", 0, mark.start()) > html.rfind(">", 0, mark.start())
        return f"{{{int(mark[1]) + count * is_in_tag}}}"

    return _MARK.sub(place, html)


def _written(node: ET.Element) -> str:
    """Return an element as HTML: ElementTree takes nearly twice as long for the same."""
    tag, text, tail = node.tag, node.text or "", node.tail
    if tag == _WRITTEN:
        return f"{text}{_escaped(tail)}" if tail else text
    attributes = "".join(
        [f' {name}="{_escaped(value, quote=True)}"' for name, value in node.items()]
    )
    inner = text if tag in _RAW else _escaped(text)
    if len(node):
        inner += "".join(map(_written, node))
    end = "" if tag in _VOID else f"</{tag}>"
    return f"<{tag}{attributes}>{inner}{end}{_escaped(tail) if tail else ''}"


def _escaped(text: str, *, quote: bool = False) -> str:
    """Return a text, or the value of an attribute, in which nothing is markup.

    Nor does it look like any to programs that search pages without reading them as HTML.
    """
    if "&" in text:
        text = text.replace("&", "&amp;")
    if quote and '"' in text:
        text = text.replace('"', "&quot;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


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
